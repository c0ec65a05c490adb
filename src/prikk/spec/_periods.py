"""Reference periods: codes and reference dates."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Every = Literal["month", "quarter", "year"]
Reference = Literal["end of period", "start of period"]

MONTHS_IN: dict[Every, int] = {"month": 1, "quarter": 3, "year": 12}
_PATTERN: dict[Every, re.Pattern[str]] = {
    "month": re.compile(r"(?P<year>\d{4})-(?P<part>0[1-9]|1[0-2])"),
    "quarter": re.compile(r"(?P<year>\d{4})-Q(?P<part>[1-4])"),
    "year": re.compile(r"(?P<year>\d{4})"),
}
EXAMPLE: dict[Every, str] = {"month": "2022-01", "quarter": "2022-Q1", "year": "2022"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """One reference period: its code, and the date on which people are counted."""

    code: str
    first_month: dt.date
    reference: dt.date


def parse_period(code: str, every: Every) -> int | None:
    """Give the running number of a period code (months, quarters or years since year 0), or None."""
    match = _PATTERN[every].fullmatch(code)
    if match is None or int(match["year"]) == 0:
        return None
    parts = 12 // MONTHS_IN[every]
    return int(match["year"]) * parts + (int(match["part"]) - 1 if parts > 1 else 0)


@lru_cache(maxsize=64)  # asked for again and again, for every figure that is worked out
def periods_of(
    first: str, last: str, every: Every, reference: Reference, step: int = 1
) -> tuple[Period, ...]:
    """Give the periods from ``first`` to ``last``, both included, in order: each, or every ``step``-th.

    Codes are ``2022-01``, ``2022-Q1`` or ``2022``; both must be valid for ``every``.

    >>> [p.reference.isoformat() for p in periods_of("2022-01", "2022-02", "month", "end of period")]
    ['2022-01-31', '2022-02-28']
    """
    low, high = parse_period(first, every), parse_period(last, every)
    if low is None or high is None:
        raise ValueError(f"not a {every}: {first!r} or {last!r}")
    return tuple(_period(n, every, reference) for n in range(low, high + 1, step))


def _period(number: int, every: Every, reference: Reference) -> Period:
    length = MONTHS_IN[every]
    year, part = divmod(number, 12 // length)
    first = dt.date(year, part * length + 1, 1)
    following = dt.date(year + (first.month + length > 12), (first.month + length - 1) % 12 + 1, 1)
    code = {"month": f"{year:04}-{first.month:02}", "quarter": f"{year:04}-Q{part + 1}", "year": f"{year:04}"}
    at_end = reference == "end of period"
    return Period(
        code=code[every], first_month=first, reference=following - dt.timedelta(1) if at_end else first
    )
