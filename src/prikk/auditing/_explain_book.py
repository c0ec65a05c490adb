"""A system as plain numbers, and what a derivation knows of its quantities so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from prikk.auditing._explain_model import Interval
from prikk.auditing._model import Step
from prikk.auditing._system import MEMBER, PART, SUM, System
from prikk.tabular import Publication, sums


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A system with lists for arrays: row ``i`` has ``coefs[starts[i]:starts[i + 1]]`` of ``cells``.

    ``totals`` has for each row (the cell that it is the sum of, the dimension or -1), None where it is no sum.
    """

    starts: list[int]
    cells: list[int]
    coefs: list[int]
    row_low: list[int]
    row_high: list[int]
    low: list[int]
    high: list[int]
    kinds: list[int]
    numbers: list[int]
    totals: list[tuple[int, int] | None]
    texts: tuple[str, ...]

    def row(self, row: int) -> list[tuple[int, int]]:
        """The (quantity, coefficient) of one row."""
        here = slice(self.starts[row], self.starts[row + 1])
        return list(zip(self.cells[here], self.coefs[here], strict=True))

    def zero(self, quantity: int) -> bool:
        """Whether the quantity is known to be zero by itself."""
        return self.low[quantity] == 0 == self.high[quantity]


class Known:
    """What is known of each quantity: its domain, and what the steps so far have added (``found``)."""

    def __init__(self, book: Book, found: Mapping[int, Interval] | None = None) -> None:
        self.book = book
        self.found = dict(found or {})

    def copy(self) -> Known:
        """The same, to add to apart."""
        return Known(self.book, self.found)

    def __getitem__(self, quantity: int) -> Interval:
        """The interval of one quantity."""
        return self.found.get(quantity) or (self.book.low[quantity], self.book.high[quantity])

    def add(self, step: Step) -> None:
        """Note what a step gives."""
        low, high = self[step.quantity]
        self.found[step.quantity] = (
            low if step.low is None else max(low, step.low),
            high if step.high is None else min(high, step.high),
        )

    def meets(self, quantity: int, want: Interval) -> bool:
        """Whether the quantity is known to lie within an interval."""
        low, high = self[quantity]
        return low >= want[0] and high <= want[1]


def totals_of(publication: Publication, system: System) -> list[tuple[int, int] | None]:
    """What each row of a system is the sum of, and over which dimension."""
    found = sums(publication.table)
    identities = list(zip(found.totals.tolist(), found.dimensions.tolist(), strict=True))
    named: list[tuple[int, int] | None] = []
    for kind, number in system.origin.tolist():
        named.append(identities[number] if kind in {SUM, PART} else (number, -1) if kind == MEMBER else None)
    return named


def book_of(publication: Publication, system: System) -> Book:
    """Copy a system into lists."""
    return Book(
        starts=system.matrix.indptr.tolist(),
        cells=system.matrix.indices.tolist(),
        coefs=system.matrix.data.tolist(),
        row_low=system.row_low.tolist(),
        row_high=system.row_high.tolist(),
        low=system.low.tolist(),
        high=system.high.tolist(),
        kinds=system.origin[:, 0].tolist(),
        numbers=system.origin[:, 1].tolist(),
        totals=totals_of(publication, system),
        texts=tuple(r.text for r in publication.relations),
    )
