"""The lines of a plain text and what kind each is: heading, rule, row of a table, text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from prikk.reading.formats._inline import unmarked

_HEADING = re.compile(r"\s{0,3}(#{1,6})\s(.*)")
_RULE = re.compile(r"[-=_*+~|:.\s]*+")
_DRAWN = re.compile(r"--|==|__|\*\*|~~|- -|\* \*")
_RULE_FIELD = re.compile(r"\s*:?[-=_+]{2,}:?\s*")
_BAR_RULE = re.compile(r"[\s|:-]*+")
_BAR = re.compile(r"(?<!\\)\|")


class Kind(Enum):
    """What a line is."""

    BLANK = auto()
    HEADING = auto()
    RULE = auto()
    ROW = auto()
    TEXT = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """One line: ``fields`` of a row or rule that is cut into them, ``level`` of a heading."""

    number: int
    kind: Kind
    text: str = ""
    level: int = 0
    fields: tuple[str, ...] = ()


def plain_lines(text: str) -> list[TextLine]:
    """Give every line of a text, with lines that only a break inside a paragraph parts joined to one."""
    raw = [line.rstrip("\r").replace("\f", "") for line in text.split("\n")]
    barred = _barred(raw)
    return list(_joined([_line(i, line, barred=i in barred) for i, line in enumerate(raw, start=1)]))


def _barred(raw: Sequence[str]) -> set[int]:
    """The numbers of the lines whose bars part fields: those of a table that is drawn with bars."""
    found: set[int] = set()
    for i, line in enumerate(raw, start=1):
        if "|" not in line:
            continue
        below = raw[i] if i < len(raw) else ""
        ruled = "|" in below and "-" in below and _BAR_RULE.fullmatch(below) is not None
        if line.lstrip().startswith("|") or i - 1 in found or ruled:
            found.add(i)
    return found


def _line(number: int, raw: str, *, barred: bool) -> TextLine:
    if not raw.strip():
        return TextLine(number=number, kind=Kind.BLANK)
    heading = _HEADING.fullmatch(raw)
    if heading is not None:
        text = unmarked(heading[2].strip().rstrip("#")).strip()
        return TextLine(number=number, kind=Kind.HEADING, text=text, level=len(heading[1]))
    fields = _fields(raw, barred=barred)
    if len(fields) > 1:
        ruled = all(_RULE_FIELD.fullmatch(f) or not f.strip() for f in fields)
        return TextLine(number=number, kind=Kind.RULE if ruled else Kind.ROW, fields=fields)
    if _RULE.fullmatch(raw) and _DRAWN.search(raw):
        return TextLine(number=number, kind=Kind.RULE)
    return TextLine(number=number, kind=Kind.TEXT, text=raw)


def _fields(raw: str, *, barred: bool) -> tuple[str, ...]:
    if barred:
        inner = raw.strip().removeprefix("|")
        inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
        return tuple(f.replace("\\|", "|") for f in _BAR.split(inner))
    return tuple(raw.split("\t")) if "\t" in raw.strip(" ") else (raw,)


def _joined(lines: Sequence[TextLine]) -> Iterator[TextLine]:
    """Join a line that ends in two blanks to the next one.

    But a line that more often is a paragraph of its own in this document is one here too.
    """
    alone = _alone(lines)
    held: TextLine | None = None
    for line in lines:
        if held is not None and line.kind is Kind.TEXT:
            line = replace(line, text=f"{held.text.strip()} {line.text.lstrip()}", number=held.number)  # noqa: PLW2901
        elif held is not None:
            yield held
        held = None
        if line.kind is Kind.TEXT and line.text.endswith("  ") and alone[line.text.strip()] <= 0:
            held = line
        else:
            yield line
    if held is not None:
        yield held


def _alone(lines: Sequence[TextLine]) -> Counter[str]:
    """How much more often each text is a paragraph of its own than a line that is broken."""
    kinds = [Kind.BLANK, *(line.kind for line in lines), Kind.BLANK]
    balance: Counter[str] = Counter()
    for line, above, below in zip(lines, kinds, kinds[2:], strict=False):
        if line.kind is not Kind.TEXT:
            continue
        if above is not Kind.TEXT and below is not Kind.TEXT:
            balance[line.text.strip()] += 1
        elif line.text.endswith("  "):
            balance[line.text.strip()] -= 1
    return balance
