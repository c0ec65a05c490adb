"""The syntax of PX: statements ``KEYWORD[language]("key", …)=value;`` and at the end the data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from prikk.errors import ReadingError
from prikk.reading.formats._decode import Decoded, decode, decode_as
from prikk.reading.formats._faults import refused

_HEAD = re.compile(
    r"""\s*+([A-Za-z][A-Za-z0-9_-]*+)\s*+(?:\[([^\]]{1,20})\])?+\s*+(?:\(((?:[^"()]++|"[^"]*+")*+)\))?+\s*+="""
)
_STRING = re.compile(r'"([^"]*)"')
_PART = re.compile(r'"[^"]*"|[^\s",;]+|[,;"]')
_DATUM = re.compile(r'"[^"]*"|[^\s",;\x1a]+')
_CHARSET = re.compile(rb'\bCHARSET\s*=\s*"([^"]*)"', re.IGNORECASE)
_CODEPAGE = re.compile(rb'\bCODEPAGE\s*=\s*"([^"]*)"', re.IGNORECASE)
_START = re.compile(
    rb"\s*(?:CHARSET|AXIS-VERSION|CODEPAGE|LANGUAGE|LANGUAGES|CREATION-DATE|NEXT-UPDATE|PX-SERVER|DECIMALS|MATRIX"
    rb"|SUBJECT-CODE|SUBJECT-AREA|TITLE|CONTENTS|DIRECTORY-PATH|UPDATE-FREQUENCY|TABLEID|SHOWDECIMALS|AGGREGALLOWED"
    rb'|AUTOPEN|COPYRIGHT|DESCRIPTION)\s*(?:\[\w+\])?\s*=\s*["\w]',
    re.IGNORECASE,
)
_HEAD_BYTES = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement: its strings joined where a comma does not part them, other words as they are."""

    keyword: str
    language: str
    keys: tuple[str, ...]
    values: tuple[str, ...]


def is_px(data: bytes) -> bool:
    """Whether bytes begin like a PX file."""
    return _START.match(data.removeprefix(b"\xef\xbb\xbf")[:_HEAD_BYTES]) is not None


def decode_px(data: bytes) -> Decoded | None:
    """Decode by what the file says of itself; without CHARSET it is from DOS (PX 2013, 2.1).

    Bytes that are valid UTF-8 are that, whatever the file says.
    """
    found = decode(data)
    if found is None or found.encoding not in ("latin-1", "cp1252", "cp850"):
        return found
    codepage, charset = _CODEPAGE.search(data[:_HEAD_BYTES]), _CHARSET.search(data[:_HEAD_BYTES])
    if codepage is not None:
        try:
            return decode_as(data, codepage[1].decode("ascii", errors="replace"))
        except LookupError:
            return found
    return decode_as(data, "cp1252" if charset is not None else "cp850")


def statements(text: str, place: str) -> tuple[list[Statement], str]:
    """Give the statements of a file and the text of its data."""
    found: list[Statement] = []
    at = 0
    while True:
        head = _HEAD.match(text, at)
        if head is None:
            if text[at:].strip():
                raise _broken(text, at, place)
            what, fix = "it has no DATA.", "Fetch it anew: it is probably cut off."
            raise refused("px-data", place, what, fix)
        keyword = head[1].upper()
        if keyword == "DATA":
            return found, text[head.end() :]
        values, at = _values(text, head.end(), place)
        keys = tuple(_STRING.findall(head[3] or ""))
        found.append(Statement(keyword=keyword, language=head[2] or "", keys=keys, values=values))


def _values(text: str, at: int, place: str) -> tuple[tuple[str, ...], int]:
    """The values up to the semicolon. Strings that follow each other without a comma are one string."""
    values: list[str] = []
    after_string = False
    for part in _PART.finditer(text, at):
        token = part[0]
        if token == ";":
            return tuple(values), part.end()
        if token == '"':
            break
        string = token.startswith('"')
        if string and after_string:
            values[-1] += token[1:-1]
        elif token != ",":
            values.append(token[1:-1] if string else token)
        after_string = string
    raise _broken(text, at, place)


def _broken(text: str, at: int, place: str) -> ReadingError:
    line = text.count("\n", 0, at) + 1
    fix = 'A statement is KEYWORD="value"; with its quotes closed.'
    return refused("px-syntax", f"{place}, line {line}", "the statement cannot be read.", fix)


def data_parts(text: str) -> Iterator[str]:
    """The parts of the data, strings with their quotes; commas and semicolons part them like blanks."""
    for part in _DATUM.finditer(text):
        yield part[0]
