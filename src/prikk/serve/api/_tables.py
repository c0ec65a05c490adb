"""The tables that there are, as lists and one by one: from facts alone, no figure is read for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from prikk.dissemination.exchange import utc
from prikk.serve.api._problems import ProblemError, bad, quoted
from prikk.serve.store import Release

Json = dict[str, Any]
TIME_UNITS = {"month": "Monthly", "quarter": "Quarterly", "year": "Annual"}
PAGE_SIZE = 20
LARGEST_PAGE = 10_000
_MOST_DAYS = 36_500


def listed(releases: Sequence[Release], given: Mapping[str, str], language: str, base: str) -> Json:
    """One page of the tables that are asked for.

    Raises:
        ProblemError: 400 for a parameter that means nothing, 404 for a page that there is not.
    """
    size = _number(given, "pagesize", PAGE_SIZE, LARGEST_PAGE)
    number = _number(given, "pagenumber", 1, 10**9)
    found = list(_found(releases, given, language))
    pages = max(1, -(-len(found) // size))
    if number > pages:
        what = f"There is no page {number}; there are {pages}."
        raise ProblemError(404, what, "pageNumber", "Ask for an earlier page, or a smaller pageSize.")
    page = found[(number - 1) * size : number * size]
    info = {"pageNumber": number, "pageSize": size, "totalElements": len(found), "totalPages": pages}
    links = list(_page_links(given, language, base, number, pages))
    tables = [table(release, release.id, language, base) for release in page]
    return {"language": language, "tables": tables, "page": {**info, "links": links}, "links": links[:1]}


def table(release: Release, name: str, language: str, base: str) -> Json:
    """A table in a list; in the main language of the release where it does not have the one asked for."""
    facts = release.facts
    spoken = language if language in facts.languages else facts.languages[0]
    described = facts.about.get(spoken) or facts.title[spoken]
    return {
        "type": "Table",
        "id": name,
        "label": facts.title[spoken],
        "description": described,
        "updated": None if facts.published is None else utc(facts.published),
        "firstPeriod": facts.periods[0],
        "lastPeriod": facts.periods[-1],
        "category": "public",
        "variableNames": [title[spoken] for title in facts.variables.values()],
        "discontinued": release.withdrawn is not None,
        "source": (facts.source or facts.publisher).get(spoken, ""),
        "subjectCode": facts.id,
        "timeUnit": TIME_UNITS[facts.every],
        "tags": list(facts.keywords.get(spoken, ())),
        "paths": [[{"id": facts.id, "label": facts.title[spoken]}]],
        "links": links(
            base, f"tables/{quote(name)}", spoken, ("self", ""), ("metadata", "/metadata"), ("data", "/data")
        ),
    }


def links(base: str, path: str, language: str, *wanted: tuple[str, str]) -> list[Json]:
    """Links to an address below ``/api/v2`` and to what is under it."""
    return [link(rel, language, f"{base}/api/v2/{path}{under}?lang={language}") for rel, under in wanted]


def link(rel: str, language: str, href: str) -> Json:
    """One link."""
    return {"rel": rel, "hreflang": language, "href": href}


def _number(given: Mapping[str, str], name: str, usual: int, most: int) -> int:
    text = given.get(name, "")
    if not text:
        return usual
    if not (text.isascii() and text.isdigit() and len(text) <= 10 and 1 <= int(text) <= most):
        raise bad(f"{quoted(text)} is no whole number from 1 to {most}.", name, f"Leave it out for {usual}.")
    return int(text)


def flag(given: Mapping[str, str], name: str) -> bool:
    """A parameter that is true or false, in any case; false when it is left out."""
    text = given.get(name, "").lower()
    if text not in ("", "true", "false", "1", "0"):
        raise bad(f"{quoted(text)} is neither true nor false.", name, "Write true or false.")
    return text in ("true", "1")


def _found(releases: Sequence[Release], given: Mapping[str, str], language: str) -> Iterator[Release]:
    withdrawn = flag(given, "includediscontinued")
    words = given.get("query", "").casefold().split()
    since = None
    if given.get("pastdays"):
        days = _number(given, "pastdays", 1, _MOST_DAYS)
        since = dt.datetime.now(dt.UTC) - dt.timedelta(days=days)
    for release in releases:
        if release.withdrawn is not None and not withdrawn:
            continue
        if since is not None and release.modified < since:
            continue
        if not words or _holds(release, words, language):
            yield release


def _holds(release: Release, words: Sequence[str], language: str) -> bool:
    """Whether all words are in what a table says of itself."""
    facts = release.facts
    spoken = language if language in facts.languages else facts.languages[0]
    texts = [facts.id, facts.title[spoken], facts.about.get(spoken, ""), *facts.keywords.get(spoken, ())]
    texts += [title[spoken] for title in facts.variables.values()]
    whole = "\n".join(texts).casefold()
    return all(word in whole for word in words)


def _page_links(
    given: Mapping[str, str], language: str, base: str, number: int, pages: int
) -> Iterator[Json]:
    wanted = {"self": number, "first": 1, "last": pages, "next": number + 1, "previous": number - 1}
    same = {k: given[k] for k in ("query", "pastdays", "includediscontinued", "pagesize") if given.get(k)}
    for rel, page in wanted.items():
        if 1 <= page <= pages:
            query = urlencode({"lang": language, **same, "pageNumber": page})
            yield link(rel, language, f"{base}/api/v2/tables?{query}")
