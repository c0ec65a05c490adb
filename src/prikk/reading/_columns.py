"""Which columns say what a row is about, and which hold its figures."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from prikk.reading._periods import moment, names_period
from prikk.reading._tokens import Kind, kind_of
from prikk.reading._words import names_count, names_label, role_of


@dataclass(frozen=True, kw_only=True)
class Column:
    """The texts of a column below its heading."""

    head: str
    texts: tuple[str, ...]

    @cached_property
    def distinct(self) -> Counter[str]:
        """How often each text stands in it."""
        return Counter(self.texts)

    @cached_property
    def kinds(self) -> Counter[Kind]:
        """How many cells of each kind it has."""
        kinds: Counter[Kind] = Counter()
        for text, times in self.distinct.items():
            kinds[kind_of(text)] += times
        return kinds

    @cached_property
    def words(self) -> bool:
        """Whether it is a column of words: a few words among figures stand for figures."""
        texts = sum(kind_of(t) == Kind.TEXT for t in self.distinct)
        filled = self.kinds.total() - self.kinds[Kind.EMPTY]
        share = self.kinds[Kind.TEXT] * 2 >= filled
        return texts > 0 and share and (texts > 2 or self.kinds[Kind.NUMBER] == 0)

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """Its different numbers."""
        return tuple(t for t in self.distinct if kind_of(t) == Kind.NUMBER)

    @cached_property
    def plain_numbers(self) -> bool:
        """Whether it has numbers, all of digits alone, and nothing that stands for a hidden one."""
        return bool(self.numbers) and all(t.isdecimal() for t in self.numbers) and not self.kinds[Kind.MARK]

    @cached_property
    def code_like(self) -> bool:
        """Whether its numbers are codes: one constant, or growing and of one length."""
        digits = [t for t in self.texts if kind_of(t) == Kind.NUMBER]
        if not digits or not all(t.isdecimal() for t in digits):
            return False
        growing = all(a < b for a, b in itertools.pairwise(digits))
        return len(set(digits)) == 1 or (growing and len({len(t) for t in digits}) == 1)

    @cached_property
    def periods(self) -> bool:
        """Whether all its texts are periods with a year."""
        found = [moment(t) for t in self.distinct if t]
        return bool(found) and all(m is not None and m.year is not None for m in found)


def label_columns(columns: Sequence[Column], *, drawn: bool) -> tuple[bool, ...]:
    """Tell for each column whether it holds labels.

    Columns of words do, numbers to their left are codes, and numbers under a heading such as "År" are
    labels too. If that leaves rows that nothing tells apart, years or other numbers become labels.
    """
    labels = [c.words for c in columns]
    last = _leading(columns, labels)
    for i, column in enumerate(columns):
        if not labels[i]:
            labels[i] = _numeric_label(column, leading=i < last)
    if not any(labels) and len(columns) > 1:
        labels[0] = drawn or not names_count(columns[0].head)
    if all(labels) or not drawn:
        labels = _spare_one(columns, labels)
    if drawn and sum(labels) < 2:  # its labels may repeat in sections
        return tuple(labels)
    return tuple(_until_distinct(columns, labels))


def _leading(columns: Sequence[Column], labels: Sequence[bool]) -> int:
    """The end of the run of label columns at the left, figures among them not counted."""
    last = 0
    for i, column in enumerate(columns):
        if labels[i]:
            last = i
        elif not (
            column.code_like or column.periods or (column.plain_numbers and not names_count(column.head))
        ):
            break
    return last


def _numeric_label(column: Column, *, leading: bool) -> bool:
    filled = column.kinds.total() - column.kinds[Kind.EMPTY]
    if not filled or column.kinds[Kind.MARK]:
        return False
    if leading:
        return column.code_like or column.periods or not names_count(column.head)
    if ": " in column.head:  # "Kjønn: Menn" says what is counted
        return False
    if names_period(column.head):
        return all(moment(t) is not None or (t.isdecimal() and int(t) <= 53) for t in column.distinct if t)
    if names_label(column.head) and role_of(column.head) is None:
        return column.plain_numbers
    return column.periods and len(column.distinct) == 1 and len(column.texts) > 1


def _spare_one(columns: Sequence[Column], labels: list[bool]) -> list[bool]:
    """At least one column must hold figures: the last one whose heading says so, or that could."""
    if not all(labels):
        return labels
    named = [i for i, c in enumerate(columns) if names_count(c.head)]
    able = named or [i for i, c in enumerate(columns) if c.kinds[Kind.NUMBER] or c.kinds[Kind.MARK]]
    if able and len(columns) > 1:
        labels[able[-1]] = False
    return labels


def _until_distinct(columns: Sequence[Column], labels: list[bool]) -> list[bool]:
    rows = len(columns[0].texts) if columns else 0
    while rows:
        found = Counter(zip(*(c.texts for c, x in zip(columns, labels, strict=True) if x), strict=True))
        twice = rows - len(found)
        if not any(labels) or twice * 4 <= rows or labels.count(False) < 2:
            break
        able = [i for i, c in enumerate(columns) if not labels[i] and _may_tell(c, rows)]
        if not able:
            break
        able.sort(key=lambda i: (not columns[i].periods, len(columns[i].distinct)))
        labels[able[0]] = True
    return labels


def _may_tell(column: Column, rows: int) -> bool:
    few = 1 < len(column.distinct) <= max(2, rows // 2)
    return column.plain_numbers and few and not names_count(column.head) and role_of(column.head) is None
