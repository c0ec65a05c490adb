"""Is a table long: one row a cell, with columns that name it and one that holds the value?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from prikk.reading.formats._cells import looks_like_period, looks_like_value

_VALUE_NAMES = re.compile(
    r"(obs_?)?values?|verdi|v[äæ]rdi|v[äa]rde|antall?|counts?|freq(uency)?|n|number|numbers|personer|persons|obs"
    r"|figure|amount|bel[øo]p|sum|cell_?value",
    re.IGNORECASE,
)
_CODE_NAMES = re.compile(
    r".*(code|kode|kod|nr|no|id|year|år|aar|month|måned|period|time|tid|quarter|kvartal|week|uke|age|alder|dato|date)\d*",
    re.IGNORECASE,
)
_FLAG = frozenset({"", "0", "1", "true", "false", "t", "f", "yes", "no"})
_SAMPLE = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    name: str
    filled: int
    distinct: int
    figures: int
    flag: bool
    leading_zeros: bool

    @property
    def repeats(self) -> bool:
        """Whether its entries name something: each stands in several rows."""
        return self.filled > 0 and self.distinct * 2 <= self.filled

    @property
    def numeric(self) -> bool:
        return self.filled > 0 and self.figures * 10 >= self.filled * 6


def looks_long(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether a rectangular table with one heading row is long. In doubt it is not.

    It is when one column, and one only, holds the values (by its name, or because it is the only one with
    figures that are no code, flag or row number), another one's codes come back in several rows, and no
    heading is a period.

    >>> looks_long(["age", "sex", "n"], [["a", "f", "3"], ["a", "m", "4"], ["b", "f", "*"], ["b", "m", "2"]])
    True
    >>> looks_long(["age", "2021", "2022"], [["a", "1", "3"], ["b", "1", "4"], ["c", "5", "*"]])
    False
    """
    if len(header) < 3 or len(rows) < 4 or not _is_heading(header):
        return False
    sample = rows[:_SAMPLE]
    columns = [_column(name, [row[i] for row in sample]) for i, name in enumerate(header)]
    value = _value_column(columns)
    return value is not None and any(c.repeats for i, c in enumerate(columns) if i != value and not c.flag)


def _is_heading(header: Sequence[str]) -> bool:
    if any(not name for name in header[1:]) or len(set(header)) < len(header):
        return False
    return not any(looks_like_period(name) or looks_like_value(name) for name in header if len(name) > 1)


def _column(name: str, entries: Sequence[str]) -> _Column:
    filled = [e for e in entries if e]
    different = set(filled)
    figures = {e for e in different if looks_like_value(e)}
    return _Column(
        name=name,
        filled=len(filled),
        distinct=len(different),
        figures=sum(e in figures for e in filled),
        flag={e.lower() for e in different} <= _FLAG,
        leading_zeros=any(len(e) > 1 and e[0] == "0" and e.isdigit() for e in different),
    )


def _value_column(columns: Sequence[_Column]) -> int | None:
    named = [
        i for i, c in enumerate(columns) if _VALUE_NAMES.fullmatch(c.name) and (c.numeric or not c.filled)
    ]
    if named:
        return named[0] if len(named) == 1 else None
    found = [i for i, c in enumerate(columns) if c.numeric and not _is_code(c)]
    return found[0] if len(found) == 1 else None


def _is_code(column: _Column) -> bool:
    if column.flag or column.leading_zeros or _CODE_NAMES.fullmatch(column.name):
        return True
    return not column.name  # the row numbers that R writes
