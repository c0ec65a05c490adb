import asyncio
import gzip
import io
import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import brotli
import httpx
import pytest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from prikk.serve import Config, Store
from prikk.serve.operation import Shell, routes

LONG = "æøå " * 1000


class Site:
    """Some routes behind the layer; ``made`` counts how often an answer was made."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        self.folder, self.made = folder, 0
        config = Config(folder=folder, **{"log": "none", **settings})
        app = Starlette()
        app.state.store, app.state.config = Store(folder), config
        found = [
            Route("/api/long", self.long),
            Route("/api/short", self.short),
            Route("/api/echo", self.echo, methods=["POST"]),
            Route("/api/private", self.private),
            Route("/api/items/{number:int}", self.item),
            Route("/page", self.page),
            Route("/stream", self.stream),
            Route("/blocks", self.blocks),
            Route("/fails/{secret}", self.fails),
            Route("/breaks", self.breaks),
            Route("/file", self.file),
            Route("/gone", self.gone),
            *routes(),
        ]
        self.app = Shell(app, found, app.state.store, config)
        app.state.metrics = self.app.metrics

    async def long(self, request: Request) -> Response:
        self.made += 1
        return PlainTextResponse(LONG, headers={"Last-Modified": "Fri, 01 Mar 2024 07:00:00 GMT"})

    async def short(self, request: Request) -> Response:
        self.made += 1
        return JSONResponse(
            {"language": request.headers.get("accept-language"), "q": str(request.query_params)}
        )

    async def echo(self, request: Request) -> Response:
        return JSONResponse({"bytes": len(await request.body())})

    async def private(self, request: Request) -> Response:
        self.made += 1
        return JSONResponse({}, headers={"Cache-Control": "no-store"})

    async def item(self, request: Request) -> Response:
        return JSONResponse(request.path_params)

    async def page(self, request: Request) -> Response:
        return Response("<p>x</p>", media_type="text/html", headers={"Vary": "Accept-Language"})

    async def stream(self, request: Request) -> Response:
        async def parts() -> Any:
            for _ in range(3):
                yield b"part "

        return StreamingResponse(parts(), media_type="text/plain")

    def blocks(self, request: Request) -> Response:
        return PlainTextResponse("from a thread")

    async def fails(self, request: Request) -> Response:
        raise RuntimeError(f"secret text of {self.folder} and {request.path_params['secret']}")

    async def breaks(self, request: Request) -> Response:
        async def parts() -> Any:
            yield b"begun"
            raise RuntimeError("in the middle")

        return StreamingResponse(parts())

    async def file(self, request: Request) -> Response:
        return FileResponse(self.folder / "large.txt")

    async def gone(self, request: Request) -> Response:
        raise HTTPException(410, "Wrong register.")

    def ask(self, method: str, url: str, **options: Any) -> httpx.Response:
        async def once() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, client=(options.pop("client", "192.0.2.1"), 1))
            headers = {"accept-encoding": "identity", **options.pop("headers", {})}
            async with httpx.AsyncClient(transport=transport, base_url="http://host") as client:
                return await client.request(method, url, headers=headers, **options)

        return asyncio.run(once())

    def get(self, url: str, **headers: str) -> httpx.Response:
        return self.ask("GET", url, headers={k.replace("_", "-"): v for k, v in headers.items()})


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Site]:
    return lambda **settings: Site(tmp_path, **settings)


def test_an_answer_is_made_once_and_then_given_from_memory(make: Callable[..., Site]):
    site = make()
    first, second = site.get("/api/long"), site.get("/api/long")
    assert site.made == 1
    assert first.text == second.text == LONG
    assert first.headers["x-request-id"] != second.headers.pop("x-request-id")
    assert {k: v for k, v in first.headers.items() if k != "x-request-id"} == dict(second.headers)


@pytest.mark.parametrize("headers", [{"accept_language": "en"}, {"accept": "text/csv"}, {"host": "other"}])
def test_another_question_has_another_answer(make: Callable[..., Site], headers: dict[str, str]):
    site = make()
    site.get("/api/short")
    assert site.get("/api/short", **headers).json()["language"] == headers.get("accept_language")
    assert site.get("/api/short?a=1").json()["q"] == "a=1"
    assert site.made == 3


def test_answers_are_dropped_when_another_catalogue_is_shown(
    make: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
):
    site = make()
    site.get("/api/long")
    other = object()
    monkeypatch.setattr(Store, "catalogue", lambda self: other)
    site.get("/api/long")
    assert site.made == 2


def test_what_must_not_be_stored_and_answers_to_head_are_not_kept(make: Callable[..., Site]):
    site = make()
    for method, url in (("GET", "/api/private"), ("HEAD", "/api/long")) * 2:
        site.ask(method, url)
    assert site.made == 4


@pytest.mark.parametrize(("accept", "encoding"), [("gzip", "gzip"), ("gzip, br", "br"), ("br;q=0, gzip;q=0.5", "gzip"), ("identity", None)])  # fmt: skip
@pytest.mark.parametrize("url", ["/api/long", "/file"])
def test_long_answers_are_compressed_as_asked(
    make: Callable[..., Site], accept: str, encoding: str | None, url: str
):
    site = make()
    (site.folder / "large.txt").write_text(LONG * 30)
    answer = site.get(url, accept_encoding=accept)
    assert answer.headers.get("content-encoding") == encoding
    assert answer.text.startswith(LONG)
    assert "Accept-Encoding" in answer.headers["vary"]
    size = int(answer.headers["content-length"])
    assert (size < 4000) == (encoding is not None)


def test_compressed_bytes_are_what_they_say(make: Callable[..., Site]):
    site = make()
    raw: dict[str, bytes] = {}
    for name in ("gzip", "br"):
        messages: list[Any] = []

        async def send(message: Any, kept: list[Any] = messages) -> None:
            kept.append(message)

        scope = scope_of("/api/long", (b"accept-encoding", name.encode()))
        asyncio.run(site.app(scope, nothing, send))
        raw[name] = messages[1]["body"]
    assert gzip.decompress(raw["gzip"]).decode() == brotli.decompress(raw["br"]).decode() == LONG


def scope_of(path: str, *headers: tuple[bytes, bytes], method: str = "GET") -> dict[str, Any]:
    return {
        "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": b"", "headers": list(headers),
        "asgi": {"version": "3.0", "spec_version": "2.4"}, "client": ("192.0.2.1", 1), "scheme": "http", "root_path": "", "http_version": "1.1", "server": ("host", 80),
    }  # fmt: skip


async def nothing() -> dict[str, Any]:
    return {"type": "http.request", "body": b"", "more_body": False}


@pytest.mark.parametrize("encoding", ["identity", "gzip", "br"])
@pytest.mark.parametrize("times", [1, 2])
def test_who_has_an_answer_is_told_so(make: Callable[..., Site], encoding: str, times: int):
    site = make()
    for _ in range(times):
        etag = site.get("/api/long", accept_encoding=encoding).headers["etag"]
    for known in (etag, f'"x", {etag}', f"W/{etag}", "*"):
        answer = site.get("/api/long", accept_encoding=encoding, if_none_match=known)
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", etag)
    assert site.get("/api/long", accept_encoding=encoding, if_none_match='"x"').status_code == 200


def test_encodings_have_tags_of_their_own(make: Callable[..., Site]):
    tags = {make().get("/api/long", accept_encoding=e).headers["etag"] for e in ("identity", "gzip", "br")}
    assert len(tags) == 3


@pytest.mark.parametrize(("since", "status"), [("Fri, 01 Mar 2024 07:00:00 GMT", 304), ("Fri, 01 Mar 2024 06:59:59 GMT", 200), ("soon", 200)])  # fmt: skip
def test_a_date_is_compared_unless_there_is_a_tag(make: Callable[..., Site], since: str, status: int):
    assert make().get("/api/long", if_modified_since=since).status_code == status
    assert make().get("/api/long", if_modified_since=since, if_none_match='"x"').status_code == 200


def test_a_file_that_the_reader_has_is_not_sent(make: Callable[..., Site]):
    site = make()
    (site.folder / "large.txt").write_bytes(bytes(500_000))
    etag = site.get("/file").headers["etag"]
    answer = site.get("/file", if_none_match=etag)
    assert (answer.status_code, answer.content) == (304, b"")


def test_parts_of_a_file_can_be_asked_for(make: Callable[..., Site]):
    site = make()
    (site.folder / "large.txt").write_text("0123456789" * 100)
    answer = site.get("/file", range="bytes=990-", accept_encoding="gzip")
    assert (answer.status_code, answer.text) == (206, "0123456789")
    assert "content-encoding" not in answer.headers


def test_head_says_what_get_would(make: Callable[..., Site]):
    site = make()
    for url in ("/api/long", "/api/short", "/page"):
        head, get = site.ask("HEAD", url), site.get(url)
        for name in ("content-length", "content-type", "etag"):
            assert head.headers[name] == get.headers[name]


def test_pages_have_a_strict_policy_and_data_may_be_read_from_anywhere(make: Callable[..., Site]):
    site = make()
    page, data = site.get("/page").headers, site.get("/api/short").headers
    assert "default-src 'self'" in page["content-security-policy"]
    assert "unsafe" not in page["content-security-policy"]
    assert page["vary"] == "Accept-Language, Accept-Encoding"
    assert "access-control-allow-origin" not in page
    assert data["access-control-allow-origin"] == "*"
    assert page["x-content-type-options"] == data["x-content-type-options"] == "nosniff"


def test_a_browser_may_ask_first(make: Callable[..., Site]):
    answer = make().ask("OPTIONS", "/api/echo", headers={"origin": "https://elsewhere.example", "access-control-request-method": "POST"})  # fmt: skip
    assert answer.status_code == 204
    assert "POST" in answer.headers["access-control-allow-methods"]
    assert "Content-Type" in answer.headers["access-control-allow-headers"]
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("url", ["/stream", "/blocks", "/api/items/7"])
def test_answers_of_all_kinds_come_through(make: Callable[..., Site], url: str):
    expected = {"/stream": "part part part ", "/blocks": "from a thread", "/api/items/7": '{"number":7}'}
    assert make().get(url).text == expected[url]


@pytest.mark.parametrize(("method", "url", "status"), [
    ("GET", "/api/nothing", 404), ("GET", "/api/items/x", 404), ("POST", "/api/long", 405), ("GET", "/api/echo", 405), ("DELETE", "/api/long", 405),
    ("TRACE", "/", 405), ("GET", "/gone", 410), ("GET", "/" + "x" * 9000, 414), ("GET", "/api/short?" + "x" * 9000, 414),
])  # fmt: skip
def test_refusals_are_problems_to_programs_and_pages_to_people(
    make: Callable[..., Site], method: str, url: str, status: int
):
    answer = make().ask(method, url)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status
    assert answer.json()["requestId"] == answer.headers["x-request-id"]
    people = make().ask(method, url, headers={"accept": "text/html", "accept-language": "nb"})
    is_page = people.headers["content-type"].startswith("text/html")
    assert is_page == (not url.startswith("/api"))
    if is_page:
        assert 'lang="nb"' in people.text


def test_a_method_that_a_route_has_not_is_told_which_it_has(make: Callable[..., Site]):
    assert make().ask("GET", "/api/echo").headers["allow"] == "POST"


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_has_a_bound_whatever_it_says_of_itself(make: Callable[..., Site], chunked: bool):
    site = make(max_body=1000)

    async def parts() -> Any:
        for _ in range(11):
            yield bytes(100)

    content = parts() if chunked else bytes(1100)
    assert site.ask("POST", "/api/echo", content=content).status_code == 413
    assert site.ask("POST", "/api/echo", content=bytes(1000)).json() == {"bytes": 1000}


def test_other_hosts_are_refused_where_hosts_are_named(make: Callable[..., Site]):
    site = make(allowed_hosts=("host", "[::1]"))
    found = [
        site.get("/api/short", host=h).status_code
        for h in ("host", "HOST:80", "[::1]:8000", "evil", "host.evil")
    ]
    assert found == [200, 200, 200, 400, 400]


def test_a_client_that_calls_too_often_waits_and_others_do_not(make: Callable[..., Site]):
    site = make(max_calls=3, time_window=60)
    found = [site.get("/api/short").status_code for _ in range(4)]
    assert found == [200, 200, 200, 429]
    assert 1 <= int(site.get("/api/short").headers["retry-after"]) <= 21
    assert site.ask("GET", "/api/short", client="192.0.2.2").status_code == 200
    assert site.get("/page").status_code == site.get("/healthz").status_code == 200


def test_what_nobody_expected_is_told_to_the_operator_alone(
    make: Callable[..., Site], caplog: pytest.LogCaptureFixture
):
    answer = make().get("/fails/my-name")
    assert (answer.status_code, answer.json()["title"]) == (500, "Internal Server Error")
    assert set(answer.json()) == {"type", "title", "status", "requestId"}
    fields = caplog.records[0].fields
    assert (fields["error"], fields["id"], fields["route"]) == (
        "RuntimeError",
        answer.json()["requestId"],
        "/fails/{secret}",
    )
    assert "my-name" not in str(fields)
    assert "secret text" not in str(fields)


def test_an_answer_that_breaks_in_the_middle_is_not_made_to_look_whole(
    make: Callable[..., Site], caplog: pytest.LogCaptureFixture
):
    messages: list[Any] = []

    async def send(message: Any) -> None:
        messages.append(message)

    asyncio.run(make().app(scope_of("/breaks"), nothing, send))
    assert [m.get("body") for m in messages] == [None, b"begun"]
    assert messages[-1]["more_body"] is True


def test_the_log_tells_requests_without_what_was_asked(
    make: Callable[..., Site], capsys: pytest.CaptureFixture[str]
):
    site = make(log="json")

    async def some() -> None:
        async def send(message: Any) -> None:
            pass

        for path in ("/api/items/7", "/api/items/7", "/nobody@example.org", "/fails/my-name"):
            await site.app(scope_of(path), nothing, send)
        await asyncio.sleep(0.2)

    logging.getLogger("prikk.serve").addHandler(quiet := logging.StreamHandler(io.StringIO()))
    asyncio.run(some())
    logging.getLogger("prikk.serve").removeHandler(quiet)
    text = capsys.readouterr().err
    lines = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    assert [(one["route"], one["status"]) for one in lines] == [
        ("/api/items/{number:int}", 200), ("/api/items/{number:int}", 200), ("(none)", 404), ("/fails/{secret}", 500),
    ]  # fmt: skip
    assert "example.org" not in text
    assert "192.0.2.1" not in text
    assert "my-name" not in text


def test_metrics_count_by_template(make: Callable[..., Site]):
    site = make()
    for url in ("/api/items/1", "/api/items/2", "/private-path", "/api/long", "/api/long"):
        site.get(url)
    text = site.get("/metrics").text
    assert 'prikk_requests_total{method="GET",route="/api/items/{number:int}",status="200"} 2.0' in text
    assert 'prikk_requests_total{method="GET",route="(none)",status="404"} 1.0' in text
    assert "prikk_kept_answers_total 1.0" in text
    assert "private-path" not in text


def test_readiness_follows_the_folder(make: Callable[..., Site]):
    site = make()
    assert site.get("/readyz").status_code == 200
    site.folder.rmdir()
    assert (site.get("/readyz").status_code, site.get("/healthz").status_code) == (503, 200)


def test_a_reader_who_leaves_is_no_fault(make: Callable[..., Site], caplog: pytest.LogCaptureFixture):
    async def gone() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        pass

    asyncio.run(make().app(scope_of("/api/echo", method="POST"), gone, send))
    assert caplog.records == []
