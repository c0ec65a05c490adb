"""Cuts from the duals of programmes, made where a point breaks them."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

from prikk.errors import SolveError
from prikk.protect._cuts import Cuts, Field, Wanted, gathered, limits_of, worth
from prikk.protect._model import Floats, Ints
from prikk.solve import Answer, Limits, Programme, solve

_SCALE = 5_040
_SHARE = 0.1
_BROKEN = 0.05
_SOFT = 0.02
_GAIN = 0.003
_BRANCHING = Limits(nodes=50, gap=0.005)
_BRANCHED = 250
"""An integer programme takes about as long as so many linear ones."""


def _tried(programme: Programme, limits: Limits | None) -> Answer | None:
    """Solve; None where the solver fails. What was proven before stays proven, so a bound need not fail with it."""
    try:
        return solve(programme, limits)
    except SolveError:
        return None


class Cutting:
    """The loop of programmes: solve the master, find cuts that its point breaks, and again; then in whole numbers.

    ``points`` are the last fractional one and all in whole numbers.
    """

    def __init__(self, field: Field, wanted: Wanted, cuts: Cuts, effort: int) -> None:
        self.field, self.wanted, self.cuts, self.left = field, wanted, cuts, effort
        self.bound = 0.0
        self.points: list[Floats] = []
        self._rest = np.zeros(len(wanted.row), dtype=np.int64)
        inside = field.inside
        single = np.flatnonzero(np.diff(inside.indptr) == 1)
        single = single[np.abs(inside.data[inside.indptr[single]]) == 1]
        leaf, first = np.unique(inside.indices[inside.indptr[single]], return_index=True)
        self._leaf, self._box = leaf, single[first]
        self._sign = inside.data[inside.indptr[self._box]]
        self._rows = np.setdiff1d(np.arange(inside.shape[0]), self._box)
        self._matrix = sp.csc_array(inside[self._rows].astype(np.float64))
        self._across = sp.csr_array(inside[self._rows].T)

    def run(self) -> float:
        """Give the best bound within the effort."""
        while self.left > 0:
            before = self.bound
            y = self._master(None)
            self.points = self.points if y is None else [y]
            if y is None or not self._cut(y) or self.bound < before * (1 + _GAIN):
                break
        while self.left >= _BRANCHED:
            y = self._master(_BRANCHING)
            self._rest[:] = 0
            if y is not None:
                self.points.append(y)
            if y is None or not self._cut(y):
                break
        return self.bound

    def _master(self, branching: Limits | None) -> Floats | None:
        """The cheapest point under the cuts, in whole numbers when there are limits for branching."""
        cost, cuts = self.field.cost, self.cuts
        self.left -= 1 if branching is None else _BRANCHED
        programme = Programme(
            matrix=cuts.matrix,
            row_low=cuts.need,
            row_high=np.full(len(cuts.need), np.inf),
            low=np.zeros(len(cost)),
            high=np.ones(len(cost)),
            cost=cost,
            integer=np.full(len(cost), branching is not None),
        )
        answer = _tried(programme, branching)
        if answer is None:
            return None
        if answer.duals is not None:
            self.bound = max(self.bound, worth(cost, cuts, np.maximum(answer.duals, 0.0)))
        elif np.isfinite(answer.bound):
            self.bound = max(self.bound, answer.bound * (1 - 1e-6))
        return answer.values

    def _cut(self, y: Floats) -> bool:
        """Add the cuts that a point breaks, and tell whether there are any."""
        fresh: dict[bytes, Cuts] = {}
        for i in range(len(self.wanted.row)):
            row = int(self.wanted.row[i])
            if self.left <= 0:
                break
            if self._rest[i] > 0 or (self.wanted.if_hidden[i] and y[self.field.column[row]] < _SHARE):
                self._rest[i] -= 1
                continue
            found = self._separated(i, y)
            if found is not None and float((found.matrix @ y)[0]) < found.need[0] - _BROKEN:
                fresh[found.matrix.indices.tobytes() + found.matrix.data.tobytes()] = found
            else:
                # What holds here mostly holds at the next points too.
                self._rest[i] = 2
        self.cuts = self.cuts.plus(fresh.values())
        return bool(fresh)

    def _separated(self, i: int, y: Floats) -> Cuts | None:
        """The cut that the duals give where as little as at ``y`` is hidden; None where it says nothing."""
        row, way, need = int(self.wanted.row[i]), int(self.wanted.way[i]), int(self.wanted.need[i])
        self.left -= 1
        answer = _tried(self._programme(row, way, need, y), Limits(presolve=False))
        if answer is None or answer.duals is None:
            return None
        weight, share = self._weights(row, way or 1, answer.duals)
        if share <= 0:
            return None
        up, down = limits_of(self.field, way)
        used = np.flatnonzero(weight)
        room = np.abs(weight[used]) * np.where(weight[used] > 0, up[used], down[used])
        missing = float(share) * need - float(room[self.field.problem.must[used]].sum())
        if missing <= 0:
            return None
        column = self.field.column[used]
        free = column >= 0
        shape = (1, len(y))
        matrix = gathered(
            room[free] / missing, np.zeros(int(free.sum()), dtype=np.int64), column[free], shape
        )
        if not self.wanted.if_hidden[i]:
            return Cuts(matrix, np.ones(1)) if matrix.sum() >= 1.0 else None
        itself = sp.coo_array((np.ones(1), ([0], [self.field.column[row]])), shape=shape)
        return Cuts(sp.csr_array(matrix - sp.csr_array(itself)), np.zeros(1))

    def _programme(self, row: int, way: int, need: int, y: Floats) -> Programme:
        """Move a row as far as it goes where rows are hidden to a share: a row without limits moves by the need."""
        p, field = self.field.problem, self.field
        up, down = limits_of(field, way)
        # A little of everything is hidden, or the duals of what is shown would be anything.
        seen = np.where(p.must, 1.0, np.where(field.column >= 0, y[field.column] + _SOFT, 0.0))
        most = np.where(p.must, 1e3, float(need))
        high, low = np.minimum(up, most) * seen, -np.minimum(down, most) * seen
        high[row], low[row] = 1e4, -1e4
        box = np.full((2, p.width), 1e4)
        box[0, self._leaf] = np.where(self._sign > 0, high[self._box], -low[self._box])
        box[1, self._leaf] = np.where(self._sign > 0, -low[self._box], high[self._box])
        cost = np.zeros(p.width)
        own = slice(p.rows.start[row], p.rows.start[row + 1])
        cost[p.rows.leaf[own]] = -(way or 1) * p.rows.coef[own]
        return Programme(
            matrix=self._matrix,
            row_low=low[self._rows],
            row_high=high[self._rows],
            low=-box[1],
            high=box[0],
            cost=cost,
            integer=np.zeros(p.width, dtype=bool),
        )

    def _weights(self, row: int, way: int, duals: Floats) -> tuple[Ints, int]:
        """Whole multipliers of the other rows that sum to so many times the row; 0 times where there are none."""
        rows = self.field.problem.rows
        weight = np.zeros(len(self.field.up), dtype=np.int64)
        weight[self._rows] = np.rint(-duals * _SCALE)
        left = -(self._across @ weight[self._rows])
        own = slice(rows.start[row], rows.start[row + 1])
        left[rows.leaf[own]] += way * _SCALE * rows.coef[own]
        weight[self._box] = left[self._leaf] * self._sign
        left[self._leaf] = 0
        share = 0 if np.any(left) else _SCALE - way * int(weight[row])
        weight[row] = 0
        return weight, share
