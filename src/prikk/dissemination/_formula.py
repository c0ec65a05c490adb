"""What a derived figure is worked out from: one form for changes, shares, indices, means and rates.

Every one is ``scale * (sum of signed figures) / (a figure or a number)``, rounded to so many decimals, halves away from zero.
So one rule computes them all, and one rule says what each tells a reader (:mod:`prikk.release`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from prikk.spec import ColumnKind, ReleaseSpec

Cell = tuple[int, tuple[str, ...]]
"""A figure: the place of its period, and its code in each dimension."""

DECIMALS: Mapping[ColumnKind, int] = {
    "figure": 0,
    "change": 0,
    "percent": 1,
    "change_year": 0,
    "percent_year": 1,
    "share": 1,
    "index": 1,
    "mean": 0,
    "rate": 1,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """``terms`` are figures with their signs; ``base`` is a figure, or a number that everybody knows."""

    terms: tuple[tuple[Cell, int], ...]
    base: Cell | int = 1
    scale: int = 1
    decimals: int = 0

    @property
    def inputs(self) -> tuple[Cell, ...]:
        """All figures in it."""
        own = tuple(cell for cell, _ in self.terms)
        return own if isinstance(self.base, int) else (*own, self.base)

    @property
    def unit(self) -> int:
        """How many units of the last decimal one whole of the quotient is."""
        return self.scale * int(10**self.decimals)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What stands beside a row: the codes of its table's total, and the public base of its rate, ``per`` so many."""

    total: tuple[str, ...]
    population: int | None = None
    per: int = 1


def rounded(unit: int, total: int, base: int) -> int:
    """``unit * total / base`` as a whole number, halves away from zero; the base is above 0.

    >>> rounded(1000, 1, 3), rounded(1000, -1, 16), rounded(1, 5, 2)
    (333, -63, 3)
    """
    size = (2 * unit * abs(total) + base) // (2 * base)
    return -size if total < 0 else size


def formula(spec: ReleaseSpec, kind: ColumnKind, cell: Cell, beside: Beside) -> Formula | None:
    """The formula of a kind for a figure; None where its period has nothing to compare with."""
    found = _FORMULAS[kind](spec, cell, beside)
    return None if found is None else replace(found, decimals=DECIMALS[kind])


def _share(_: ReleaseSpec, cell: Cell, beside: Beside) -> Formula:
    return Formula(terms=((cell, 1),), base=(cell[0], beside.total), scale=100)


def _index(_: ReleaseSpec, cell: Cell, __: Beside) -> Formula:
    return Formula(terms=((cell, 1),), base=(0, cell[1]), scale=100)


def _mean(spec: ReleaseSpec, cell: Cell, _: Beside) -> Formula | None:
    year = spec.whole_year(cell[0])
    return Formula(terms=tuple(((p, cell[1]), 1) for p in year), base=len(year)) if year else None


def _rate(_: ReleaseSpec, cell: Cell, beside: Beside) -> Formula | None:
    population = beside.population
    return Formula(terms=((cell, 1),), base=population, scale=beside.per) if population else None


def _change(earlier: Callable[[ReleaseSpec, int], int | None], *, percent: bool) -> Maker:
    def made(spec: ReleaseSpec, cell: Cell, _: Beside) -> Formula | None:
        place, codes = cell
        before = earlier(spec, place)
        if before is None:
            return None
        terms = ((cell, 1), ((before, codes), -1))
        return Formula(terms=terms, base=(before, codes), scale=100) if percent else Formula(terms=terms)

    return made


def _previous(_: ReleaseSpec, place: int) -> int | None:
    return place - 1 if place else None


Maker = Callable[[ReleaseSpec, Cell, Beside], Formula | None]
_FORMULAS: Mapping[ColumnKind, Maker] = {
    "change": _change(_previous, percent=False),
    "percent": _change(_previous, percent=True),
    "change_year": _change(ReleaseSpec.a_year_before, percent=False),
    "percent_year": _change(ReleaseSpec.a_year_before, percent=True),
    "share": _share,
    "index": _index,
    "mean": _mean,
    "rate": _rate,
}
