"""What every page has around it: languages, menu, feeds, and the files of style and script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from prikk.dissemination.site import language_name
from prikk.serve.api._request import languages_of
from prikk.serve.browse._languages import spoken, words
from prikk.serve.browse._templates import asset, rendered
from prikk.serve.store import Release


def page(
    request: Request,
    template: str,
    language: str,
    context: Mapping[str, Any],
    *,
    languages: Sequence[str] = (),
    status: int = 200,
) -> Response:
    """Answer with a page; ``languages`` are those in which there is the same one, all of the server without them."""
    known = languages or languages_of(request)
    root = request.scope["root_path"]
    rest = request.url.path.removeprefix(root).removeprefix(f"/{language}")
    query = f"?{request.url.query}" if request.url.query else ""
    translations = [
        (code, language_name(code), f"{root}/{code}{quote(rest, safe='/@.-_')}{query}")
        for code in known
        if code != language
    ]
    frame = _frame(request.app.state.config.title, language, root)
    text = rendered(template, {**frame, "translations": translations, **context})
    headers = {"Cache-Control": "no-store"} if status >= 400 else {}
    return HTMLResponse(text, status_code=status, headers={**headers, "Content-Language": language})


def _frame(title: str, language: str, root: str) -> dict[str, Any]:
    return {
        "server": title,
        "language": language,
        "spoken": spoken(language),
        "say": words(language),
        "root": root,
        "css": f"{root}/static/browse.css?v={asset('css')[2]}",
        "js": f"{root}/static/browse.js?v={asset('js')[2]}",
        "feed": f"{root}/feeds/releases.atom?lang={language}",
        "calendar": f"{root}/feeds/calendar.ics?lang={language}",
        "table_feed": "",
    }


def error_text(title: str, language: str, root: str, context: Mapping[str, Any]) -> str:
    """A page that says what went wrong, without a request."""
    frame = {**_frame(title, language, root), "translations": [], "details": [], "links": []}
    return rendered("error.html", {**frame, **context})


def table_address(root: str, language: str, table: str, rest: str = "") -> str:
    """The address of a page of a table."""
    return f"{root}/{language}/tables/{quote(table, safe='@')}{rest}"


def site_address(root: str, release: Release) -> str:
    """The static site of a release."""
    return f"{root}/releases/{release.id}/{release.version}/index.html"
