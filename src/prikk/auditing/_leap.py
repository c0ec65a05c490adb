"""One step of the walk: the change in a neighbourhood that reaches the most open ends."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from prikk.auditing._field import Field, merged
from prikk.auditing._kernels import Ints
from prikk.errors import SolveError
from prikk.solve import Limits, Programme, solve

Floats = NDArray[np.float64]

_STRIDE = 20  # no quantity changes by more in a step; ends farther off are for later steps
_DRIFT = 0.01  # what a change for its own sake is worth at most: it leads to tables where other ends give
_GAP = 0.2  # the last fifth of the ends takes most of the time, and the next step has others
_FAR = 1 << 30  # no sum of changes of a stride comes near it: a bound from here on is none


class Goals(NamedTuple):
    """Ends worth reaching: a row is to change by at least ``change`` (at most, where negative)."""

    row: Ints
    change: Ints
    weight: Ints

    def open(self, low: Ints, high: Ints) -> Ints:
        """The goals that rows which changed by ``low`` to ``high`` so far did not reach."""
        short = np.where(self.change > 0, high[self.row] < self.change, low[self.row] > self.change)
        return np.flatnonzero(short)


class Local(NamedTuple):
    """A neighbourhood: bounds of its columns, and its rows with what is left for each to change by.

    ``least`` and ``most`` are what a row can change by. ``kept`` are the rows that the columns' bounds alone
    do not hold; ``place`` tells where each row of the field is.
    """

    matrix: sp.csr_array
    column_low: Ints
    column_high: Ints
    low: Ints
    high: Ints
    least: Ints
    most: Ints
    kept: Ints
    place: Ints


def leap(
    field: Field, columns: Ints, activity: Ints, goals: Goals, nodes: int, chance: np.random.Generator
) -> tuple[Ints, int]:
    """Change some columns so that as many goals as possible are reached; rows have changed by ``activity``.

    Gives the change of every column, and how many simplex steps it took. The change keeps every row
    within its bounds; it is zero where the programme found nothing.
    """
    local = _local(field, columns, activity)
    row, change, weight = _in_reach(local, goals, activity)
    many, ends = len(columns), len(row)
    drift = chance.uniform(-_DRIFT, _DRIFT, many)
    rows, row_low, row_high = _rows(local, row, change)
    programme = Programme(
        matrix=rows,
        row_low=row_low,
        row_high=row_high,
        low=np.concatenate([local.column_low, np.zeros(ends)]),
        high=np.concatenate([local.column_high, np.ones(ends)]),
        cost=np.concatenate([drift, -weight]),
        integer=np.ones(many + ends, dtype=bool),
    )
    try:
        answer = solve(programme, Limits(nodes=nodes, gap=_GAP, restarts=False))
    except SolveError:  # a step that the solver cannot take is none; nothing rests on it
        return np.zeros(many, dtype=np.int64), 0
    if answer.values is None:
        return np.zeros(many, dtype=np.int64), answer.iterations
    return np.rint(answer.values[:many]).astype(np.int64), answer.iterations


def _local(field: Field, columns: Ints, activity: Ints) -> Local:
    """The columns, and the rows that they touch; equal rows are merged, those of one column are its bounds."""
    inside = sp.csr_array(field.by_column[:, columns])
    touched = np.flatnonzero(np.diff(inside.indptr))
    inside = sp.csr_array(inside[touched])
    first, group = merged(inside)
    matrix = sp.csr_array(inside[first])
    row_low = np.full(len(first), -_FAR, dtype=np.int64)
    row_high = np.full(len(first), _FAR, dtype=np.int64)
    np.maximum.at(row_low, group, field.low[touched] - activity[touched])
    np.minimum.at(row_high, group, field.high[touched] - activity[touched])
    low, high = _column_bounds(matrix, row_low, row_high)
    up, down = sp.csr_array(matrix.maximum(0)), sp.csr_array(matrix.minimum(0))
    least, most = up @ low + down @ high, up @ high + down @ low
    place = np.full(field.matrix.shape[0], -1, dtype=np.int64)
    place[touched] = group
    return Local(
        matrix=matrix,
        column_low=low,
        column_high=high,
        low=row_low,
        high=row_high,
        least=np.maximum(least, row_low),
        most=np.minimum(most, row_high),
        kept=np.flatnonzero((least < row_low) | (most > row_high)),
        place=place,
    )


def _column_bounds(matrix: sp.csr_array, row_low: Ints, row_high: Ints) -> tuple[Ints, Ints]:
    """The bounds that rows of a single column give, and the stride."""
    low = np.full(matrix.shape[1], -_STRIDE, dtype=np.int64)
    high = np.full(matrix.shape[1], _STRIDE, dtype=np.int64)
    alone = _alone(matrix)
    column = matrix.indices[matrix.indptr[:-1][alone]]
    np.maximum.at(low, column, row_low[alone])
    np.minimum.at(high, column, row_high[alone])
    return low, high


def _alone(matrix: sp.csr_array) -> Ints:
    """Rows that are one column by itself."""
    single: Ints = np.flatnonzero(np.diff(matrix.indptr) == 1)
    return np.asarray(single[matrix.data[matrix.indptr[:-1][single]] == 1], dtype=np.int64)


def _in_reach(local: Local, goals: Goals, activity: Ints) -> tuple[Ints, Ints, Floats]:
    """The goals as (local row, change from here, weight), without those that no change here can reach."""
    row, change = local.place[goals.row], goals.change - activity[goals.row]
    near = np.where(goals.change > 0, change <= local.most[row], change >= local.least[row]) & (row >= 0)
    pairs = np.stack([row[near], change[near]], axis=1)
    distinct, which = np.unique(pairs, axis=0, return_inverse=True)
    weight = np.zeros(len(distinct))
    np.add.at(weight, which.ravel(), goals.weight[near])
    return distinct[:, 0], distinct[:, 1], weight


def _rows(local: Local, row: Ints, change: Ints) -> tuple[sp.csr_array, Floats, Floats]:
    """All rows of the programme: those that could be broken, and one a goal that ties it to its own column."""
    goal = sp.csr_array(local.matrix[row])
    upward = change > 0
    gap = np.where(upward, local.least[row] - change, local.most[row] - change)
    matrix = sp.block_array(
        [[local.matrix[local.kept], None], [goal, sp.diags_array(gap.astype(float))]], format="csr"
    )
    low = np.where(upward, local.least[row], -np.inf)
    high = np.where(upward, np.inf, local.most[row])
    lows, highs = np.concatenate([local.low[local.kept], low]), np.concatenate([local.high[local.kept], high])
    return matrix, np.where(lows <= -_FAR, -np.inf, lows), np.where(highs >= _FAR, np.inf, highs)
