"""A PX file as its grammar has it, read by a parser that shares nothing with the writer; and as pyaxis reads it."""

import itertools
import re
from pathlib import Path
from typing import Any

import pytest

from unit.dissemination.exchange.expected import ABSENT, HIDDEN, NIL, Found

WORDS = {'".."': HIDDEN, '"-"': NIL, '"..."': ABSENT}
Entries = dict[tuple[str, str, tuple[str, ...]], list[str]]
_ENTRY = re.compile(
    r'\s*([A-Z0-9-]+)(?:\[(\w+)\])?(?:\(((?:"[^"]*",?)+)\))?=((?:[^";]|"[^"]*")*);', re.DOTALL
)


def entries(content: bytes) -> tuple[Entries, list[str]]:
    """The keywords by name, language and subkeys, and the data."""
    text = content.decode()
    head, data = text.split("DATA=", 1) if text.startswith("DATA=") else text.split("\r\nDATA=", 1)
    found: Entries = {}
    place = 0
    while match := _ENTRY.match(head + "\r\n", place):
        name, language, keys, value = match.groups()
        key = (name, language or "", tuple(re.findall(r'"([^"]*)"', keys or "")))
        assert key not in found, key
        found[key] = values(value)
        place = match.end()
    assert not head[place:].strip(), head[place:]
    return found, data.rstrip().removesuffix(";").split()


def values(text: str) -> list[str]:
    """The values of an entry; strings without a comma between them are one."""
    parts, inside, part = [], False, ""
    for character in text:
        if character == '"':
            inside = not inside
        elif character == "," and not inside:
            parts.append(part)
            part = ""
        elif inside or not character.isspace():
            part += character
    return [*parts, part]


def cells(content: bytes, language: str = "") -> Found:
    """Every figure by its codes."""
    found, data = entries(content)
    variables = [*found["STUB", language, ()], *found["HEADING", language, ()]]
    axes = [found["CODES", language, (v,)] for v in variables]
    assert len(data) == len(list(itertools.product(*axes)))
    return {
        key: WORDS.get(word) or int(word) for key, word in zip(itertools.product(*axes), data, strict=True)
    }


def with_pyaxis(content: bytes, language: str, folder: Path) -> tuple[dict[str, Any], Found]:
    """The metadata and the figures by their codes, as pyaxis gives them."""
    pyaxis = pytest.importorskip("pyaxis.pyaxis")
    path = folder / "x.px"
    path.write_bytes(content)
    read = pyaxis.parse(str(path), encoding="utf-8", lang=language, sd_values=r"^\"\.\.\"$")
    meta, frame = read["METADATA"], read["DATA"]
    variables = [*meta["STUB"], *meta["HEADING"]]
    by_text = [dict(zip(meta[f"VALUES({v})"], meta[f"CODES({v})"], strict=True)) for v in variables]
    found = {}
    for *texts, figure in frame.itertuples(index=False):
        key = tuple(codes[text] for codes, text in zip(by_text, texts, strict=True))
        found[key] = HIDDEN if figure != figure else WORDS.get(figure) or int(figure)  # noqa: PLR0124
    return meta, found
