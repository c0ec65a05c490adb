"""The pages that list: tables with a search, and the releases of a table."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request

from prikk.serve.browse._errors import withdrawal_words
from prikk.serve.browse._languages import told, words
from prikk.serve.browse._pages import site_address, table_address
from prikk.serve.browse._searching import Hit, Labels, search
from prikk.serve.browse._writing import Writing
from prikk.serve.store import Release

_ON_A_PAGE = 50


def find(request: Request, language: str, labels: Labels) -> dict[str, Any]:
    """The tables that fit a search, a page of them, and the releases to come."""
    catalogue, root = request.app.state.store.catalogue(), request.scope["root_path"]
    query = " ".join(request.query_params.get("query", "")[:200].split())
    hits = search(catalogue.newest(), query, language, labels)
    pages = max(1, -(-len(hits) // _ON_A_PAGE))
    number = _number(request.query_params.get("page", ""), pages)
    shown = hits[(number - 1) * _ON_A_PAGE : number * _ON_A_PAGE]
    return {
        "query": query,
        "count": _count(len(hits), query, language) if catalogue.newest() else words(language).no_tables,
        "tables": [_table(hit, language, root) for hit in shown],
        "page": number,
        "pages": pages,
        "around": _around(query, number, pages, language),
        "upcoming": [
            (
                Writing(facts=next_.release.facts, language=language).date(next_.due),
                next_.due.isoformat(),
                told(next_.release.facts.title, language),
                table_address(root, language, next_.release.id),
            )
            for next_ in catalogue.upcoming
        ],
    }


def _number(text: str, pages: int) -> int:
    wanted = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    return min(max(1, wanted), pages)


def _count(count: int, query: str, language: str) -> str:
    say = words(language)
    if not count:
        return say.found_none.format(query=query)
    found = say.found_one if count == 1 else say.found_many.format(count=count)
    return say.found_for.format(found=found, query=query) if query else found


def _around(query: str, number: int, pages: int, language: str) -> list[tuple[str, str, str]]:
    """Links to the pages before and after."""
    say = words(language)
    steps = ((number - 1, say.previous, "prev"), (number + 1, say.following, "next"))
    asked = [("query", query)] if query else []
    return [
        (f"?{urlencode([*asked, ('page', str(n))])}", text, rel) for n, text, rel in steps if 1 <= n <= pages
    ]


def _table(hit: Hit, language: str, root: str) -> dict[str, Any]:
    facts, say = hit.release.facts, words(language)
    # A release without this language is told in its own.
    spoken = language if language in facts.languages else facts.languages[0]
    writing = Writing(facts=facts, language=spoken)
    titles = [writing.variable(name) for name in facts.variables]
    return {
        "href": table_address(root, spoken, hit.release.id),
        "title": writing.text("title"),
        "language": spoken,
        "id": facts.id,
        "withdrawn": hit.release.withdrawn is not None,
        "labels": hit.labels,
        "facts": [
            (say.periods, writing.span(facts.periods)),
            *([(say.updated, writing.published())] if facts.published else []),
            (say.unit, writing.text("unit")),
            (say.variables, ", ".join(titles)),
        ],
    }


def releases(request: Request, language: str, id_: str) -> dict[str, Any]:
    """All releases of a table that may be shown, newest first."""
    root = request.scope["root_path"]
    versions = request.app.state.store.catalogue().versions(id_)
    return {
        "title": told(versions[0].facts.title, language),
        "table": table_address(root, language, id_),
        "releases": [_release(release, language, root) for release in versions],
        "table_feed": f"{root}/feeds/{id_}.atom?lang={language}",
    }


def _release(release: Release, language: str, root: str) -> dict[str, Any]:
    writing = Writing(facts=release.facts, language=language)
    return {
        "version": release.version,
        "published": writing.published(),
        "span": writing.span(release.facts.periods),
        "site": site_address(root, release),
        "table": table_address(root, language, release.name),
        "withdrawn": withdrawal_words(release, language),
    }
