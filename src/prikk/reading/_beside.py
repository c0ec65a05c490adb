"""Figures beside the counts: each with its count's cell, row by row; and the intervals that rounding leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor, gcd

import numpy as np
from numpy.typing import NDArray

from prikk.reading._assemble import Assembled
from prikk.reading._numbers import Figure
from prikk.reading._piece import Ints, Piece
from prikk.reading._words import Role, role_of
from prikk.tabular import Relation, Status, Unknown

_FINEST = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Percentages or changes of one kind: each figure with the cell of the count it belongs to.

    ``document`` tells in which document they stand, ``group`` in which columns of it.
    """

    group: tuple[int, str]
    role: Role
    head: str
    figures: tuple[Figure | None, ...]
    cells: Ints
    texts: tuple[str, ...]
    decimals: int

    def interval(self, at: int) -> tuple[Fraction, Fraction] | None:
        """What a number was before it was rounded, both ends included."""
        figure = self.figures[at]
        return None if figure is None else unrounded(figure.value, max(figure.decimals, self.decimals))

    def numbers(self) -> NDArray[np.float64]:
        """The figures as floating-point numbers, NaN where none is printed."""
        return np.array([np.nan if f is None else float(f.value) for f in self.figures])

    def halves(self) -> NDArray[np.float64]:
        """How far rounding may have moved each figure."""
        own = [self.decimals if f is None else max(f.decimals, self.decimals) for f in self.figures]
        return np.array([0.5 / 10.0 ** min(d, _FINEST) for d in own]) + 1e-9


@dataclass(slots=True)
class System:
    """The table with what is added to it: relations, and unknowns numbered behind the cells."""

    built: Assembled
    labels: Sequence[Mapping[str, str]]
    relations: list[Relation] = field(default_factory=list)
    unknowns: list[Unknown] = field(default_factory=list)

    def exact(self, cell: int) -> int | None:
        """The figure of a cell, if it is shown exactly."""
        if (
            cell < 0
            or self.built.status[cell] != Status.PUBLISHED
            or self.built.low[cell] != self.built.high[cell]
        ):
            return None
        return int(self.built.low[cell])

    def unknown(self, name: str, low: int = 0, high: int | None = None) -> int:
        """Add an unknown quantity and give its number."""
        self.unknowns.append(
            Unknown(name=name, low=low) if high is None else Unknown(name=name, low=low, high=high)
        )
        return len(self.built.table) + len(self.unknowns) - 1

    def relate(self, terms: Sequence[tuple[int, int]], low: int | None, high: int | None, text: str) -> None:
        """Add a relation, with the terms of shown cells worked out and the coefficients as small as they can be."""
        rest, fixed = [], 0
        for quantity, coefficient in terms:
            value = self.exact(quantity) if quantity < len(self.built.table) else None
            if value is None:
                rest.append((quantity, coefficient))
            else:
                fixed += coefficient * value
        if not rest:
            return
        divisor = gcd(*(c for _, c in rest)) * (-1 if rest[0][1] < 0 else 1)
        least = None if low is None else Fraction(low - fixed, divisor)
        most = None if high is None else Fraction(high - fixed, divisor)
        if divisor < 0:
            least, most = most, least
        relation = Relation(
            terms=tuple((q, c // divisor) for q, c in rest),
            low=None if least is None else ceil(least),
            high=None if most is None else floor(most),
            text=text,
        )
        if self.relations and (both := _joined(self.relations[-1], relation)) is not None:
            self.relations[-1] = both
        elif relation not in self.relations[-4:]:
            self.relations.append(relation)


def _joined(a: Relation, b: Relation) -> Relation | None:
    """Write two statements about the same terms as one; None when they are about others."""
    if a.terms != b.terms or a.text != b.text:
        return None
    lows = [x for x in (a.low, b.low) if x is not None]
    highs = [x for x in (a.high, b.high) if x is not None]
    return Relation(terms=a.terms, low=max(lows, default=None), high=min(highs, default=None), text=a.text)


def columns_beside(pieces: Sequence[Piece], cell_of: Sequence[Ints]) -> list[Beside]:
    """Give all figures that are no counts, with the cells of their counts; columns that say the same go together."""
    groups: dict[tuple[int, Role, str], list[tuple[int, int]]] = {}
    for p, piece in enumerate(pieces):
        for column, role in enumerate(piece.roles):
            if role not in (Role.COUNT, Role.OTHER):
                groups.setdefault((piece.document, role, _spoken(piece.heads[column])), []).append(
                    (p, column)
                )
    return [_together(*group, own, pieces, cell_of) for group, own in groups.items()]


def _spoken(head: str) -> str:
    """The part of a heading that says what the figures are."""
    parts = head.split(", ")
    return next((t for t in reversed(parts) if role_of(t) not in (None, Role.COUNT)), head)


def _together(
    document: int,
    role: Role,
    head: str,
    own: Sequence[tuple[int, int]],
    pieces: Sequence[Piece],
    cell_of: Sequence[Ints],
) -> Beside:
    figures: list[Figure | None] = []
    texts: list[str] = []
    cells: list[Ints] = []
    for p, column in own:
        piece = pieces[p]
        wide = len(piece.heads)
        at = np.arange(len(piece.texts) // wide) * wide
        figures.extend(piece.figures[i] for i in (at + column).tolist())
        texts.extend(piece.texts[i] for i in (at + column).tolist())
        cells.append(cell_of[p][at + piece.counts[column]])
    return Beside(
        group=(document, head),
        role=role,
        head=head,
        figures=tuple(figures),
        cells=np.concatenate(cells),
        texts=tuple(texts),
        decimals=_usual_decimals(figures),
    )


def _usual_decimals(figures: Sequence[Figure | None]) -> int:
    """How many decimals the column has: "68" among "67.6" and "70.5" is 68.0."""
    own = [f.decimals for f in figures if f is not None]
    positive = [d for d in own if d]
    return min(positive) if len(positive) * 2 >= len(own) and positive else 0


def unrounded(value: Decimal, decimals: int) -> tuple[Fraction, Fraction]:
    """Give the closed interval that a rounded number stands for, whichever way halves went.

    >>> unrounded(Decimal("2.1"), 1)
    (Fraction(41, 20), Fraction(43, 20))
    """
    exact = Fraction(value)
    if decimals >= _FINEST:  # an unrounded quotient: as exact as its own digits
        step = Fraction(1, 10**_FINEST)
        return floor(exact / step) * step, ceil(exact / step) * step
    half = Fraction(1, 2 * 10**decimals)
    return exact - half, exact + half


def usual(holds: int, of: int, least: int = 2) -> bool:
    """Whether something holds so often that it is no coincidence."""
    return of >= least and holds * 20 >= of * 19


def exact_values(system: System, cells: Ints) -> NDArray[np.float64]:
    """The figures of cells, NaN where they are not shown exactly."""
    at = np.maximum(cells, 0)
    clear = (
        (cells >= 0)
        & (system.built.status[at] == Status.PUBLISHED)
        & (system.built.low[at] == system.built.high[at])
    )
    return np.where(clear, system.built.low[at], np.nan)
