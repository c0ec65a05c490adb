"""Printed cells: made from raw text, and the little that the layout must know of their contents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation

from prikk.reading._grid import GridCell

Row = tuple[GridCell | None, ...]

# A figure with any grouping, decimal sign, sign, percentage or footnote mark; or what stands for one.
_VALUE = re.compile(
    r"""[<>≤≥≈~±(\[]*\s*[-+−–]?\s*(?:kr|\$|€|£)?\s*
        (?:\d[\d\s.,'’·_]*)(?:[eE][-+]?\d+)?
        \s*(?:%|‰|‰|pct\.?|p\.?p\.?)?\s*[)\]]*\s*(?:[*†‡¹²³⁴⁵⁶⁷⁸⁹]+|\d?\)|\s[bdefinprsuz]{1,2})?""",
    re.VERBOSE,
)
_MARKER = re.compile(
    r"[-–—−.:*·…xX#¤†‡~?]{1,6}|[<≤]\s*\d+|n[./]?\s?a\.?|NA|NaN|null|:\s?\w|\[\w{1,4}\]|\([cqsxz]\)|/{1,2}"
)
_PERIOD = re.compile(r"(?:18|19|20|21)\d\d(?:[-/.]?(?:[01]?\d|[KkQqTtMmUuWwVv]\d{1,2}|\d\d|\d{4}))?")
_NOTE = re.compile(
    r"(?:[*†‡¹²³⁴⁵⁶⁷⁸⁹]|\(?\d{1,2}\)|(?:kilde|källa|kjelde|source|note|merk|merknad|anm|anmerkning"
    r"|fotnote|footnote|lähde|quelle|kilder|sources|notes)\b\.?\s*:?)",
    re.IGNORECASE,
)
_LEGEND = re.compile(r"""["'«(]?(?:[^\w\s]{1,3}["'»)]?\s*[=:]|\S{1,3}["'»)]?\s*=)\s+\S""")
_LONG = 120
_MOST_DIGITS = 400
_SENTENCE = 60


def cell(raw: str, *, bold: bool = False, header: bool = False) -> GridCell | None:
    """Make a cell of raw text; None when it is blank.

    >>> cell("   menn ")
    GridCell(text='menn', number=None, bold=False, indent=3, header=False, row_span=1, column_span=1)
    """
    text = raw.strip()
    if not text:
        return None
    return GridCell(text=text, bold=bold, header=header, indent=indentation(raw, text))


def indentation(raw: str, text: str) -> int:
    """The leading blanks of a label; those of a figure are padding."""
    blanks = len(raw) - len(raw.lstrip())
    return blanks if blanks and not looks_like_value(text) else 0


def exact_number(text: str) -> Decimal | None:
    """The number that a format writes as a number; None where it is none, or beyond all reason.

    >>> exact_number("9284"), exact_number("1E-2"), exact_number("NaN"), exact_number("1E999")
    (Decimal('9284'), Decimal('0.01'), None, None)
    """
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) <= _MOST_DIGITS else None


def looks_like_value(text: str) -> bool:
    """Whether a cell may hold a figure, or a symbol in the place of one. A year does.

    >>> [looks_like_value(t) for t in ("1 234", "2,5 %", "<10", "*", "..", "Januar", "20-24 år")]
    [True, True, True, True, True, False, False]
    """
    return len(text) <= 40 and bool(_VALUE.fullmatch(text) or _MARKER.fullmatch(text))


def looks_like_period(text: str) -> bool:
    """Whether it may be a year, month, quarter or week.

    >>> [looks_like_period(t) for t in ("2022", "2022-01", "2022K1", "202201", "77818")]
    [True, True, True, True, False]
    """
    return bool(_PERIOD.fullmatch(text))


def is_note(line: str) -> bool:
    """Whether a line of text is about the figures (a source, a legend, a sentence) and no title.

    >>> [is_note(t) for t in ("* = skjult", "Kilde: NAV", "1) Foreløpige tall", "Alder og hovedgrupper")]
    [True, True, True, False]
    """
    if _NOTE.match(line) or _LEGEND.match(line) or len(line) > _LONG:
        return True
    return len(line) > _SENTENCE and line.endswith(".")


def starts_table(row: Sequence[GridCell | None]) -> bool:
    """Whether a row is a heading: at least two texts, none of them (but periods) like a figure."""
    filled = [c for c in row if c is not None]
    if len(filled) < 2:
        return False
    return all(looks_like_period(c.text) or not looks_like_value(c.text) for c in filled)


def has_figures(rows: Iterable[Sequence[GridCell | None]]) -> bool:
    """Whether a block is worth a look: a figure or symbol outside its first row and column."""
    return any(
        c is not None and (c.number is not None or looks_like_value(c.text))
        for row in list(rows)[1:]
        for c in row[1:]
    )


def rectangular(rows: Iterable[Sequence[GridCell | None]]) -> tuple[Row, ...]:
    """Fill rows up to one width, without columns that are blank at the right."""
    rows = list(rows)
    width = max((_filled_width(row) for row in rows), default=0)
    return tuple(tuple(row[:width]) + (None,) * (width - len(row)) for row in rows)


def _filled_width(row: Sequence[GridCell | None]) -> int:
    return max((i + max(1, c.column_span) for i, c in enumerate(row) if c is not None), default=0)
