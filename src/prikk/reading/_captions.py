"""Captions as people mean them: without the number of the table, and a page that goes on with the titles of its table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from prikk.reading._grid import Content, Grid
from prikk.reading._text import key

_NUMBERED = re.compile(
    r"(?:tabell|tabel|table|tabelle|tafla|taulukko|tab\.)\s+(?P<number>[a-z]?\d+(?:\.\d+)*[a-z]?)"
    r"(?:\s*[.:,]\s+|\s+[–—-]\s+|\s+|(?=[.:,(]?\s*$)|(?=\())(?P<rest>.*)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?:^|[\s,.:;–—-]+|\s*[(\[])(?:\.{3}|…)?(?:forts\.?|fortsetter|fortsettelse|fortsatt|fortset|fortsat|fortsætter|fortsatte|"
    r"held fram|framhald|fortsättning|fortsätter|fortsetzung|cont(?:'?d|\.)?|continued|jatkuu)"
    r"(?: (?:fra|frå|från|from) (?:forrige|førre|föregående|previous) (?:side|sida|page))?(?:\.{3}|…)?[)\]]?[.:]?$",
    re.IGNORECASE,
)


def with_captions(contents: Sequence[Content]) -> tuple[Content, ...]:
    """Take "Table 34." off the titles of the grids of a document; "Table 34, continued" gets the titles of table 34.

    A title that is nothing but the number of its table is kept: there it may be all that tells two tables apart.
    """
    known: dict[str, tuple[str, ...]] = {}
    cleaned: list[Content] = []
    for content in contents:
        if isinstance(content, Grid):
            titles = _continued(content.titles, known) or _unnumbered(content.titles)
            for name in _names(content.titles):
                known.setdefault(name, titles)
            cleaned.append(replace(content, titles=titles))
        else:
            cleaned.append(content)
    return tuple(cleaned)


def unnumbered(title: str) -> str:
    """Give a title without the number of its table and without the words that it goes on.

    >>> unnumbered("Tabell 33. Andre på tiltak"), unnumbered("Table 2.1b – Age (continued)"), unnumbered("Table 4")
    ('Andre på tiltak', 'Age', 'Table 4')
    """
    found = _NUMBERED.fullmatch(title.strip())
    if found is not None and found["rest"].strip(" .:,") and not _GOES_ON.fullmatch(found["rest"].strip()):
        title = found["rest"].strip()
    return _GOES_ON.sub("", title).strip() or title


def _unnumbered(titles: Sequence[str]) -> tuple[str, ...]:
    return tuple(unnumbered(t) for t in titles)


def _continued(titles: Sequence[str], known: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The titles of the table that a page goes on with, by its number or by its last title; empty when it is none."""
    for title in reversed(titles):
        if _GOES_ON.search(title):
            return next((known[n] for n in _names([title]) if n in known), ())
    return ()


def _names(titles: Sequence[str]) -> list[str]:
    """What a later page may call a table: its number, or else its last title."""
    for title in reversed(titles):
        found = _NUMBERED.fullmatch(title.strip())
        if found is not None:
            return [f"#{found['number'].casefold()}"]
    return [key(unnumbered(t)) for t in titles[-1:]]
