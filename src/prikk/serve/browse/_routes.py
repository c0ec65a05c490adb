"""The addresses of the pages for people."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from prikk.serve.api._request import chosen_language, languages_of
from prikk.serve.browse._about import about
from prikk.serve.browse._asked import Asked, asked
from prikk.serve.browse._choosing import choice
from prikk.serve.browse._errors import missing, unreadable, withdrawn
from prikk.serve.browse._listing import find, releases
from prikk.serve.browse._pages import page, table_address
from prikk.serve.browse._reading import Fault
from prikk.serve.browse._result import result
from prikk.serve.browse._searching import Labels
from prikk.serve.browse._templates import asset
from prikk.serve.store import Release, UnreadableError

_LASTING = "public, max-age=31536000, immutable"
Handler = Callable[[Request], Response]
Shown = Callable[[Request, str, Release], Response]


def routes() -> list[Route]:
    """The pages, in the order in which they are tried; the last takes every address that nothing else took."""
    labels = Labels()

    def front(request: Request) -> Response:
        language = request.path_params["lang"]
        return page(request, "find.html", language, find(request, language, labels))

    return [
        Route("/", _to_front),
        Route("/static/browse.{kind}", _asset),
        Route("/tables/{table}", _to_table),
        Route("/{lang}", _to_front),
        Route("/{lang}/", _in_language(front)),
        Route("/{lang}/tables", _to_front),
        Route("/{lang}/tables/{table}", _in_language(_of_release(_choose))),
        Route("/{lang}/tables/{table}/view", _in_language(_of_release(_view))),
        Route("/{lang}/tables/{table}/releases", _in_language(_releases)),
        Route("/{rest:path}", _nothing),
    ]


def _asset(request: Request) -> Response:
    kind = request.path_params["kind"]
    if kind not in ("css", "js"):
        raise HTTPException(404)
    content, media_type, digest = asset(kind)
    # An old page may ask for an old file: what it gets is the new one, but not for long.
    lasting = request.query_params.get("v") == digest
    headers = {"Cache-Control": _LASTING if lasting else "no-cache"}
    return Response(content, media_type=media_type, headers=headers)


def _language(request: Request) -> str:
    """The language for readers who have not chosen one."""
    return chosen_language(request, languages_of(request), strict=False)


def _to_front(request: Request) -> Response:
    language = request.path_params.get("lang") or _language(request)
    if language not in languages_of(request):
        return _nothing(request)
    return _redirect(f"{request.scope['root_path']}/{language}/", request)


def _to_table(request: Request) -> Response:
    table = request.path_params["table"]
    found = request.app.state.store.catalogue().find(table)
    if found is None:
        return missing(request, _language(request), table)
    language = chosen_language(request, found.facts.languages, strict=False)
    name = found.name if "@" in table else found.id
    return _redirect(table_address(request.scope["root_path"], language, name), request)


def _redirect(address: str, request: Request) -> Response:
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"{address}{query}", 307, {"Vary": "Accept-Language"})


def _nothing(request: Request) -> Response:
    """404: a page for people; the server says it to programs."""
    if "text/html" not in request.headers.get("accept", ""):
        raise HTTPException(404)
    first = request.url.path.removeprefix(request.scope["root_path"]).split("/")[1]
    return missing(request, first if first in languages_of(request) else _language(request))


def _in_language(handler: Handler) -> Handler:
    """Let only languages through that the server has."""

    def handled(request: Request) -> Response:
        if request.path_params["lang"] not in languages_of(request):
            return missing(request, _language(request))
        return handler(request)

    return handled


def _of_release(shown: Shown) -> Handler:
    """Give the release of an address to what shows it; say so where there is none, or it cannot be shown."""

    def handled(request: Request) -> Response:
        language, table = request.path_params["lang"], request.path_params["table"]
        release: Release | None = request.app.state.store.catalogue().find(table)
        if release is None:
            return missing(request, language, table)
        if release.withdrawn is not None:
            return withdrawn(request, language, release)
        if language not in release.facts.languages:
            other = f"/{release.facts.languages[0]}/"
            path = request.url.path.removeprefix(request.scope["root_path"]).replace(
                f"/{language}/", other, 1
            )
            return _redirect(request.scope["root_path"] + path, request)
        try:
            return shown(request, language, release)
        except UnreadableError:
            return unreadable(request, language)

    return handled


def _choose(request: Request, language: str, release: Release) -> Response:
    found = asked(request, language, release)
    # What is too much to be shown can still be looked at and changed here.
    return _choice(found, [fault for fault in found.reading.faults if fault.words != "cells_over"])


def _choice(found: Asked, faults: Sequence[Fault]) -> Response:
    context = {**choice(found, faults), **about(found)}
    languages, status = found.release.facts.languages, 400 if faults else 200
    return page(found.request, "choose.html", found.language, context, languages=languages, status=status)


def _view(request: Request, language: str, release: Release) -> Response:
    found = asked(request, language, release)
    if found.reading.state is None:
        return _choice(found, found.reading.faults)
    context = result(found, found.reading.state)
    return page(request, "view.html", language, context, languages=release.facts.languages)


def _releases(request: Request) -> Response:
    language, table = request.path_params["lang"], request.path_params["table"]
    versions = request.app.state.store.catalogue().versions(table.partition("@")[0])
    if not versions:
        return missing(request, language, table)
    return page(request, "releases.html", language, releases(request, language, versions[0].id))
