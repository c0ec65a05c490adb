"""Tags and text of an HTML page, one after the other, in time that grows with its length only.

The parser of the standard library goes over an open comment again for every sign in it; this one looks
at each sign a bounded number of times. It follows the tokenizer of the HTML standard (13.2.5) as far as
tables need it: what is left open at the end of the file swallows the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from prikk.reading.formats._inline import unescaped

_ATTRIBUTE = r"""[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+))?+"""
_START = re.compile(rf"<([a-zA-Z][^\s/>]*+)((?:[\s/]++|{_ATTRIBUTE})*+)>")
_PAIR = re.compile(r"""([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"'][^\s>]*+)))?+""")
_END = re.compile(r"</([a-zA-Z][^\s/>]*+)[^>]*+>")
_RAW = {name: re.compile(f"</{name}\\b", re.IGNORECASE) for name in ("script", "style", "textarea", "title")}
_MOST_ATTRIBUTES = 200


@dataclass(frozen=True, slots=True)
class Start:
    """A start tag, and whether it ends its element too (``<td/>``)."""

    name: str
    attributes: dict[str, str]
    closed: bool
    line: int


@dataclass(frozen=True, slots=True)
class End:
    """An end tag."""

    name: str


@dataclass(frozen=True, slots=True)
class Text:
    """Text between tags, its references resolved; inside scripts and style sheets as it is."""

    text: str


def tokens(page: str) -> Iterator[Start | End | Text]:
    """Give the tags and texts of a page; comments and declarations are left out."""
    at, line, raw = 0, 1, ""
    while at < len(page):
        mark = _next_mark(page, at, raw)
        if mark > at:
            yield Text(unescaped(page[at:mark]))
            line += page.count("\n", at, mark)
        token, at = _markup(page, mark, line)
        if token is not None:
            yield token
        raw = token.name if isinstance(token, Start) and token.name in _RAW else ""
        line += page.count("\n", mark, at)


def _next_mark(page: str, at: int, raw: str) -> int:
    """Where the next tag begins; inside a script only its own end tag is one."""
    if raw:
        found = _RAW[raw].search(page, at)
        return found.start() if found else len(page)
    mark = page.find("<", at)
    return mark if mark >= 0 else len(page)


def _markup(page: str, mark: int, line: int) -> tuple[Start | End | Text | None, int]:
    """What stands at a mark, and where it ends."""
    next_ = page[mark + 1 : mark + 2]
    if page.startswith("<!--", mark):
        return None, _behind(page, "-->", mark + 2)
    if next_ in ("!", "?"):
        return None, _behind(page, ">", mark)
    if next_ == "/":
        end = _END.match(page, mark)
        return (End(end[1].lower()), end.end()) if end else (None, _behind(page, ">", mark))
    if not (next_.isascii() and next_.isalpha()):
        return (Text("<") if next_ else None), mark + 1
    start = _START.match(page, mark)
    if start is None:
        return None, len(page)
    attributes = _attributes(start[2]) if start[2] else {}
    return Start(start[1].lower(), attributes, start[2].endswith("/"), line), start.end()


def _behind(page: str, sign: str, at: int) -> int:
    found = page.find(sign, at)
    return found + len(sign) if found >= 0 else len(page)


def _attributes(text: str) -> dict[str, str]:
    """The attributes of a tag; of two with one name the first counts."""
    found: dict[str, str] = {}
    for pair in _PAIR.finditer(text):
        value = next((v for v in pair.groups()[1:] if v is not None), "")
        found.setdefault(pair[1].lower(), unescaped(value))
        if len(found) >= _MOST_ATTRIBUTES:
            break
    return found
