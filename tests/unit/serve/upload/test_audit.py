import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest

from prikk.serve import Config, create_app
from prikk.serve.upload._run import Bounds, audited, safe_name
from serving import asked

TABLE = "measure,count\nA,*\nB,340\nTotal,342\n"
BOUNDS = Bounds(seconds=60, memory=2_000_000_000)


def site(folder: Path, **settings: Any) -> Any:
    return create_app(Config(folder=folder, log="none", audit=True, **settings))


def test_a_file_gives_its_report_in_a_sandbox_and_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    (tmp_path / "store").mkdir()
    files = {"file": ("min tabell.csv", TABLE, "text/csv")}
    answer = asked(
        site(tmp_path / "store"), "POST", "/audit?lang=nb", files=files, data={"threshold": "4", "zeros": ""}
    )
    assert answer.status_code == 200
    assert "min_tabell.csv" in answer.text
    policy = answer.headers["content-security-policy"]
    assert "sandbox allow-scripts" in policy
    assert "'sha256-" in policy
    assert "unsafe" not in policy
    assert answer.headers["cache-control"] == "no-store"
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_file_that_is_no_table_is_told_in_words_and_without_a_path(tmp_path: Path):
    files = {"file": ("<b>note</b>.txt", "hello", "text/plain")}
    answer = asked(site(tmp_path), "POST", "/audit?lang=en", files=files)
    assert answer.status_code == 422
    assert "no table was found" in answer.text
    assert "<b>note" not in answer.text
    assert "/tmp" not in answer.text


def test_without_a_file_the_form_is_asked_for_again(tmp_path: Path):
    assert asked(site(tmp_path), "POST", "/audit", data={"threshold": "4"}).status_code == 400
    assert (
        asked(
            site(tmp_path), "POST", "/audit", content=b"x", headers={"content-type": "text/plain"}
        ).status_code
        == 400
    )


def test_a_file_has_a_bound(tmp_path: Path):
    files = {"file": ("a.csv", "x" * 60_000, "text/csv")}
    assert asked(site(tmp_path, audit_bytes=10_000), "POST", "/audit", files=files).status_code == 413


def test_pages_of_others_cannot_send_files(tmp_path: Path):
    headers = {"sec-fetch-site": "cross-site"}
    assert (
        asked(site(tmp_path), "POST", "/audit", files={"file": ("a.csv", TABLE)}, headers=headers).status_code
        == 403
    )


@pytest.mark.parametrize(
    ("language", "words"), [("nb", "Kontroller en tabell"), ("en", "Check a table"), ("se", "Check a table")]
)
def test_the_form_is_in_the_language_of_the_reader(tmp_path: Path, language: str, words: str):
    answer = asked(site(tmp_path), "GET", "/audit", headers={"accept-language": language})
    assert words in answer.text
    assert "<script" not in answer.text


def test_the_page_is_not_there_unless_asked_for(tmp_path: Path):
    app = create_app(Config(folder=tmp_path, log="none"))
    assert asked(app, "GET", "/audit").status_code == 404


@pytest.mark.parametrize("name", ["numpy.py", "typer.py", "runpy.py", "resource.py", "sitecustomize.py"])
def test_a_file_that_bears_the_name_of_a_module_is_never_run(tmp_path, name):
    mark = tmp_path / "ran"
    program = f"open({str(mark)!r}, 'w').write('x')\nraise SystemExit(0)\n"
    outcome = asyncio.run(audited(name, program.encode(), (), BOUNDS))
    assert outcome.state == "refused"
    assert not mark.exists()


def test_an_audit_that_takes_too_long_is_stopped():
    outcome = asyncio.run(audited("a.csv", TABLE.encode(), (), Bounds(seconds=0, memory=BOUNDS.memory)))
    assert outcome.state == "time"


def test_an_audit_that_takes_too_much_memory_is_stopped():
    outcome = asyncio.run(audited("a.csv", TABLE.encode(), (), Bounds(seconds=60, memory=60_000_000)))
    assert outcome.state in {"failed", "time"}


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "-rf.csv",
        "--html",
        "a\x00b.csv",
        "report.html",
        "..",
        "",
        "x" * 500 + ".csv",
        "a\\b.csv",
    ],
)
def test_names_become_plain_ones(name: str):
    safe = safe_name(name)
    assert safe
    assert set(safe) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")
    assert safe[0] not in "-._"
    assert len(safe) <= 80


def test_who_comes_when_many_wait_is_told_when_to_come_again(tmp_path: Path):
    app = site(tmp_path)

    async def many() -> list[int]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://host") as client:
            asked = [client.post("/audit", files={"file": ("a.txt", "hello")}, timeout=90) for _ in range(6)]
            return sorted(answer.status_code for answer in await asyncio.gather(*asked))

    assert asyncio.run(many()) == [422, 422, 422, 422, 503, 503]
