"""The values of protection: what is asked, the problem as arrays, and what solving it gives."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from prikk.sensitivity import Requirement
from prikk.tabular import CellTable, Index

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Range = Literal["full", "not-exact"] | int
"""All of its reach, at least two values, or so many values where the reach has them."""

FREE = 1 << 40
"""Stands for "no limit" of a change."""
SMALL = 800
"""Up to so many finest cells a programme is quick in most of them, and every choice is made for the least loss."""
TINY = 520
"""Up to so many finest cells programmes take all of them, and cuts are found fast enough to show where cheap patterns lie."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Task:
    """What to protect.

    Attributes:
        table: the cells that are published.
        values: the true value of each cell.
        requirement: what the rules ask of each cell.
        cost: what hiding a cell loses, above 0.
        secondary_low: the least that a reader knows a hidden cell to be that is not sensitive.
        range: how many values a reader must be left with.
        keep: cells that may not be hidden.
        hide: cells to hide beside the sensitive ones.
        groups: a number a cell; cells of one number (from 0 up) are hidden together or not at all.
        finest: the counts of the finest cells as ``tabular.membership`` lists them, where these are not published.
        listed_over: as in a ``tabular.Publication``.
        additive: False for distinct people, whose totals are not sums.
        alone: cells whose only contributor knows their value. What is proven of other cells leaves these as they are, so that
            it holds for such a reader too.
    """

    table: CellTable
    values: Ints
    requirement: Requirement
    cost: Floats
    secondary_low: int
    range: Range = "full"
    keep: Mask | None = None
    hide: Mask | None = None
    groups: Ints | None = None
    finest: Ints | None = None
    listed_over: int | None = None
    additive: bool = True
    alone: Mask | None = None


class Rows(NamedTuple):
    """Sums of finest cells, by row and by finest cell; for the compiled loops.

    Row ``r`` sums ``coef[k] * finest[leaf[k]]`` for ``k`` from ``start[r]`` to ``start[r + 1] - 1``; finest cell
    ``j`` stands in the rows ``row[k]`` for ``k`` from ``at[j]`` to ``at[j + 1] - 1``, with ``weight[k]``.
    ``down`` and ``up`` say how far a row may fall and rise when it is hidden.
    """

    start: Ints
    leaf: Ints
    coef: Ints
    at: Ints
    row: Ints
    weight: Ints
    down: Ints
    up: Ints


class Targets(NamedTuple):
    """What must be witnessed: a row rises by at least ``up`` or falls by at least ``down``.

    Where one of them is 0 only the other counts; where neither is, either will do. ``start`` and ``order`` list
    the targets by row: those of row ``r`` are ``order[start[r]:start[r + 1]]``.
    """

    row: Ints
    down: Ints
    up: Ints
    start: Ints
    order: Ints


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Problem:
    """Cells to protect, as changes of finest cells.

    Cells that sum the same finest cells are one row, ``row_of`` each cell. ``must`` are the rows that are hidden from the
    start, and after them relations that hold whatever is hidden; ``fixed`` rows may not be hidden. ``cost`` is
    what hiding a row loses, 0 where it must be. ``coords`` holds the coordinates of the finest cells.
    ``partner`` numbers the groups of rows that are hidden together, -1 for a row by itself.
    ``finest`` are the counts that the witnesses change, where not all of them are published.

    ``person`` numbers the people who are alone in a row and know it, -1 for the other rows. What moves such a row is a witness only for
    rows of the same person; targets that are ``loose`` have no other, and take any.
    """

    rows: Rows
    must: Mask
    fixed: Mask
    cost: Floats
    targets: Targets
    coords: Index
    row_of: Ints
    partner: Ints
    finest: Ints | None
    person: Ints
    loose: Mask

    @property
    def width(self) -> int:
        """The number of finest cells."""
        return len(self.rows.at) - 1


class Witness(NamedTuple):
    """A change of some finest cells, and the rows that have to be hidden for it: those it moves, by how much.

    Rows hidden together with one that moves stand there too, with a move of 0.
    """

    leaves: Ints
    changes: Ints
    rows: Ints
    moves: Ints


class Reason(StrEnum):
    """Why a cell does not get all it needs."""

    UNAVOIDABLE = "unavoidable"
    """Nothing that is hidden could make its value open."""
    KEPT = "kept"
    """What may not be hidden gives it away."""
    ALONE = "alone"
    """A reader who knows a cell that he is alone in can work it out."""
    UNDECIDED = "undecided"
    """No way was found within the limits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """A sensitive cell that does not get all it needs, and the kept cells that would have to go to help it."""

    cell: int
    reason: Reason
    release: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Suppression:
    """A pattern with its proof.

    ``status`` is a ``tabular.Status`` a cell. Witness ``i`` changes the finest cells ``coords[k]`` by ``changes[k]`` for ``k``
    from ``starts[i]`` to ``starts[i + 1] - 1``; ``finest`` are the counts that they change, as ``tabular.membership`` lists
    them, where not all of these are published. ``loss`` is the summed cost of the secondary cells; no pattern that
    meets the requirement loses less than ``lower_bound``. ``shortfalls`` are empty where every sensitive
    cell gets what it needs. ``programmes`` counts the linear programmes solved. ``serves`` tells for each cell how many
    sensitive cells the witnesses that move it are about, ``serves_first`` one of them (-1 where there is none).
    """

    status: NDArray[np.uint8]
    starts: Ints
    coords: Index
    changes: Ints
    loss: float
    lower_bound: float
    shortfalls: tuple[Shortfall, ...]
    programmes: int
    serves: Ints
    serves_first: Ints
    finest: Ints | None = None
    finished: bool = True

    @property
    def gap(self) -> float:
        """How far the loss may be from the least possible, as a share of it."""
        return 0.0 if self.loss <= 0 else 1.0 - self.lower_bound / self.loss
