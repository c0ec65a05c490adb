"""Pages for people when something is wrong: what, and where to go on."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from prikk.dissemination.site import Speech, locale_of
from prikk.serve.browse._languages import short, told, words
from prikk.serve.browse._pages import error_text, page, table_address
from prikk.serve.store import Release

_TITLES = {400: "bad", 404: "missing", 410: "gone", 500: "failed", 503: "busy"}


def error_page(status: int, detail: str, language: str, root: str, id_: str) -> tuple[bytes, bytes]:
    """Body and media type of a page for an error that no page of its own was made for; ``id_`` is that of the request."""
    say = words(language)
    title = getattr(say, _TITLES.get(status, "other_error"))
    text = {404: say.missing_text, 503: say.busy_text}.get(status, detail)
    context = {"title": title, "lead": text, "status": status, "request_id": id_}
    return error_text("", language, root, context).encode(), b"text/html; charset=utf-8"


def missing(request: Request, language: str, table: str = "") -> Response:
    """404: no such page, or no such table."""
    say = words(language)
    lead = say.missing_table_text.format(name=short(table)) if table else say.missing_text
    title = say.missing_table if table else say.missing
    return _error(request, language, 404, title, lead=lead)


def withdrawn(request: Request, language: str, release: Release) -> Response:
    """410: why, since when, and the newest release that still stands."""
    say, root = words(language), request.scope["root_path"]
    versions = request.app.state.store.catalogue().versions(release.id)
    standing = next((r for r in versions if r.withdrawn is None), None)
    details, links = withdrawal_words(release, language), list[tuple[str, str]]()
    if standing is not None:
        details.append(say.gone_newest.format(version=standing.version))
        links.append((table_address(root, language, standing.name), say.open_table))
    links.append((table_address(root, language, release.id, "/releases"), say.releases))
    lead = told(release.facts.title, language) + f" ({release.version})"
    return _error(request, language, 410, say.gone, lead=lead, details=details, links=links)


def withdrawal_words(release: Release, language: str) -> list[str]:
    """Since when a release is withdrawn, and why."""
    say, withdrawal = words(language), release.withdrawn
    if withdrawal is None:
        return []
    found = list[str]()
    if withdrawal.at is not None:
        speech = Speech(language=language, locale=locale_of(language), every="month")
        found.append(say.withdrawn_at.format(date=speech.date(withdrawal.at.date())) + ".")
    reason = told(withdrawal.reason, language)
    found.append(say.gone_reason.format(reason=reason) if reason else say.no_reason)
    return found


def unreadable(request: Request, language: str) -> Response:
    """503: the files of a release cannot be read."""
    say = words(language)
    found = _error(request, language, 503, say.busy, lead=say.busy_text)
    found.headers["Retry-After"] = "10"
    return found


def _error(request: Request, language: str, status: int, title: str, **context: Any) -> Response:
    whole = {"lead": "", "details": [], "links": [], "request_id": "", "title": title, "status": status}
    return page(request, "error.html", language, {**whole, **context}, status=status)
