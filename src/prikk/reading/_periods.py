"""Reference periods as documents write them: "Januar", "2. kvartal 2022", "2022M01", "År: 2009", "202511"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from prikk.reading._text import key

_MONTHS: dict[str, int] = {}
for _names in (
    "januar februar mars april mai juni juli august september oktober november desember",
    "january february march april may june july august september october november december",
    "januari februari mars april maj juni juli augusti september oktober november december",
    "januar februar marts april maj juni juli august september oktober november december",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "jan feb mar apr mai jun jul aug sep okt nov des",
    "jan feb mar apr may jun jul aug sept oct nov dec",
):
    _MONTHS.update({name: number for number, name in enumerate(_names.split(), start=1)})
_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_MARKED = re.compile(r"(?<=\d)(?:[*†‡¹²³⁴⁵⁶⁷⁸⁹]+| \d\))$")
"""A footnote at a year: "2022*" is provisional."""
_TURN = 60
"""Years of two digits below it are of this century."""
_YEAR = r"(?:19|20)\d\d"
_PATTERNS = tuple(
    re.compile(p)
    for p in (
        rf"(?P<year>{_YEAR})",
        rf"(?P<year>{_YEAR})[-/.]?m?(?P<month>0[1-9]|1[0-2])",
        rf"(?P<year>{_YEAR})[-/. ]?(?:q|k|kv|t)(?P<quarter>[1-4])",
        rf"(?:q|k|kv)(?P<quarter>[1-4])[ /.-]*(?P<year>{_YEAR})",
        rf"(?P<quarter>[1-4])[. ]*(?:kvartal|kv|quarter|qtr|quartal|kvt)\.?,? ?(?P<year>{_YEAR})?",
        rf"(?P<name>{_NAME})\.?[ ,'/-]*(?P<year>{_YEAR})?",
        rf"(?P<year>{_YEAR})[ ,/-]+(?P<name>{_NAME})\.?",
        rf"(?P<name>{_NAME})(?:\.|-|/| ?['’])(?P<short>\d\d)",
        rf"(?P<year>{_YEAR})-(?P<month>0[1-9]|1[0-2])-(?P<day>[0-3]\d)",
        rf"(?P<day>[0-3]?\d)\. ?(?:(?P<name>{_NAME})|(?P<month>[01]?\d)\.)[ ,]*(?P<year>{_YEAR})",
    )
)
_RANGE = re.compile(rf"({_NAME})\.?(?: ({_YEAR}))? ?(?:-|til|to|bis|–) ?({_NAME})\.? ?({_YEAR})?")
_INSIDE = re.compile(
    rf"(?:\b(?:\d{{1,2}}\.? )?(?:{_NAME})\.? {_YEAR}\b|\b{_YEAR}-(?:0[1-9]|1[0-2])\b|\b[1-4]\. (?:kvartal|quarter) {_YEAR}\b)"
)
_YEARS = re.compile(rf"(?<![\d.,-])({_YEAR})(?![\d.,]*\d)")
_MONTH_NUMBERS = re.compile(r"m[åoa]n(?:e|a|th)")
_HEADS = frozenset(
    [
        "år",
        "year",
        "years",
        "period",
        "periode",
        "perioder",
        "month",
        "måned",
        "månad",
        "monat",
        "månednummer",
        "kvartal",
        "quarter",
        "tid",
        "time",
        "dato",
        "date",
        "år-måned",
        "jahr",
        "ar",
        "tidspunkt",
    ]
)


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A period: a year, and perhaps a month or a quarter of it; the year is None where only the part is printed."""

    year: int | None
    month: int | None = None
    quarter: int | None = None
    day: int | None = None

    @property
    def code(self) -> str:
        """The code: ``2022``, ``2022-01``, ``2022-Q1``, ``2022-01-31``; without a year ``--01``."""
        year = "-" if self.year is None else f"{self.year:04}"
        if self.quarter is not None:
            return f"{year}-Q{self.quarter}"
        if self.month is None:
            return year
        code = f"{year}-{self.month:02}"
        return code if self.day is None else f"{code}-{self.day:02}"


@lru_cache(maxsize=1 << 13)
def moment(text: str) -> Moment | None:
    """Read a label that is a period and nothing else.

    >>> [m and m.code for m in map(moment, ("2009", "Januar", "202511", "2. kvartal 2022", "Mai 2021", "Maidalen"))]
    ['2009', '--01', '2025-11', '2022-Q2', '2021-05', None]
    """
    plain = _MARKED.sub("", key(text))
    for pattern in _PATTERNS:
        match = pattern.fullmatch(plain)
        if match:
            parts = match.groupdict()
            year, day = parts.get("year"), parts.get("day")
            if parts.get("short"):  # "jan.22"
                year = f"20{parts['short']}" if int(parts["short"]) < _TURN else f"19{parts['short']}"
            month = _MONTHS[parts["name"]] if parts.get("name") else parts.get("month")
            quarter = parts.get("quarter")
            return Moment(
                int(year) if year else None,
                int(month) if month else None,
                int(quarter) if quarter else None,
                int(day) if day else None,
            )
    return None


def names_period(heading: str) -> bool:
    """Whether a heading is one of periods: "År", "D_År-Måned"."""
    words = re.split(r"[^\w-]+| ", key(heading))
    return any(w in _HEADS for w in words)


def all_moments(labels: Sequence[str], heading: str = "") -> tuple[Moment, ...] | None:
    """Read labels that are all periods; None when one is not, or when bare numbers may be codes.

    Years must follow each other or stand under a heading that says so: 2003 and 2018 are also municipalities.
    """
    if (
        labels
        and _MONTH_NUMBERS.search(key(heading))
        and all(t.isdecimal() and 1 <= int(t) <= 12 for t in labels)
    ):
        return tuple(Moment(None, int(t)) for t in labels)
    found = [moment(label) for label in labels]
    if not found or None in found:
        return None
    moments = tuple(m for m in found if m is not None)
    if names_period(heading):
        return moments
    bare = [m.year for m in moments if m.month is None and m.quarter is None and m.year is not None]
    if bare and key(heading) and len(bare) > 1 and not _consecutive(bare):
        return None
    return moments


def _consecutive(years: Sequence[int]) -> bool:
    distinct = sorted(set(years))
    steps = {b - a for a, b in itertools.pairwise(distinct)}
    return len(steps) <= 1


def years_in(text: str) -> tuple[int, ...]:
    """Give the years that a line of text names, in order.

    >>> years_in("Januar - Juli 2022"), years_in("3 2022 personer, 12.2022")
    ((2022,), (2022,))
    """
    return tuple(int(y) for y in _YEARS.findall(text))


def span_of(text: str) -> tuple[Moment, Moment] | None:
    """Read a range of months, "Oktober 2021 - Mars 2022"; a missing year is that of the other end, or one before.

    >>> [m.code for m in span_of("Januar - Juli 2022")]
    ['2022-01', '2022-07']
    """
    match = _RANGE.search(key(text))
    if match is None:
        return None
    first, last = _MONTHS[match[1]], _MONTHS[match[3]]
    if match[2] is None and match[4] is None:
        return None
    end = int(match[4]) if match[4] else int(match[2]) + (last < first)
    start = int(match[2]) if match[2] else end - (last < first)
    return Moment(start, first), Moment(end, last)


def single_moment(text: str) -> Moment | None:
    """Give the one period that a line of text names, such as "per 31. oktober 2022"; None if none or several."""
    if span_of(text) is not None:
        return None
    found = {moment(hit) for hit in _INSIDE.findall(key(text))} - {None}
    if len(found) == 1:
        return found.pop()
    years = set(years_in(text))
    return Moment(years.pop()) if not found and len(years) == 1 else None


def dated(moments: Sequence[Moment], texts: Sequence[str]) -> tuple[Moment, ...]:
    """Give months or quarters without a year the year that the texts name; as they are if none or several do.

    >>> [m.code for m in dated([Moment(None, 11), Moment(None, 2)], ["November 2021 - Februar 2022"])]
    ['2021-11', '2022-02']
    """
    if all(m.year is not None for m in moments):
        return tuple(moments)
    span = next((s for s in map(span_of, texts) if s is not None), None)
    if span is not None:
        return tuple(_in_span(m, span) for m in moments)
    years = {y for text in texts for y in years_in(text)}
    if len(years) != 1:
        return tuple(moments)
    year = years.pop()
    return tuple(m if m.year is not None else Moment(year, m.month, m.quarter, m.day) for m in moments)


def _in_span(moment: Moment, span: tuple[Moment, Moment]) -> Moment:
    if moment.year is not None or moment.month is None:
        return moment
    first, last = span
    year = first.year if moment.month >= (first.month or 1) else last.year
    return Moment(year, moment.month, None, moment.day)


def merged(moments: Sequence[Moment]) -> Moment | None:
    """Put a year and a month of it together; None when the parts name different periods.

    >>> merged([Moment(None, 11), Moment(2025), Moment(2025, 11)]).code
    '2025-11'
    """
    parts: dict[str, set[int]] = {}
    for m in moments:
        for part in ("year", "month", "quarter", "day"):
            value = getattr(m, part)
            if value is not None:
                parts.setdefault(part, set()).add(value)
    if any(len(found) > 1 for found in parts.values()):
        return None
    chosen = {part: min(found) for part, found in parts.items()}
    return Moment(chosen.get("year"), chosen.get("month"), chosen.get("quarter"), chosen.get("day"))
