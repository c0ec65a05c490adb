"""Chains: proofs by propagation, found in a small ball of rows, as steps in order."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from prikk.auditing import _explain_kernels as kernels
from prikk.auditing import _explain_proofs as proofs
from prikk.auditing import _explain_refute as refutes
from prikk.auditing import _explain_trim as trims
from prikk.auditing._explain_book import Known
from prikk.auditing._explain_model import HIGH, LOW, End, ExplainLimits, Interval, Rows, Steps
from prikk.auditing._explain_steps import step_of
from prikk.auditing._kernels import Ints
from prikk.auditing._kernels import Rows as Matrix
from prikk.auditing._system import System

_VISITS = 200_000


class Chains:
    """A system made ready for proofs by propagation.

    ``passing`` are the quantities through which a ball of rows grows. What propagation through all rows
    gives is worked out when it is first asked for.
    """

    def __init__(self, system: System, passing: NDArray[np.bool_]) -> None:
        self.field = _field(system, passing)
        self._whole: tuple[kernels.Area, Ints, Ints, Ints] | None = None
        self._now: kernels.Area | None = None

    def nearby(self, quantity: int, want: Interval, limits: ExplainLimits) -> Ints:
        """The facts that prove the ends ``want``, from the smallest ball of rows that does; none if none does."""
        if not self.reaches(quantity, want):
            return np.zeros((0, 6), dtype=np.int64)
        reach = (limits.radius, limits.rows, limits.visits)
        facts: Ints = proofs.prove(self.field, quantity, want, *reach)
        return facts

    def anywhere(self, quantity: int, want: Interval) -> Ints:
        """The same from all rows at once."""
        area, facts, last, local = self._all()
        used = proofs.trace(area, facts, last, local[quantity], want)
        chosen = np.unique(area.names[facts[used, kernels.ROW]])
        found: Ints = proofs.lean(self.field, chosen, quantity, want, _VISITS)
        return found

    def ends(self, quantity: int) -> Interval:
        """What propagation through all rows gives for a quantity, with all that was learnt."""
        local, now = self._all()[3], self._settled()
        if local[quantity] < 0:
            return int(self.field.low[quantity]), int(self.field.high[quantity])
        return int(now.low[local[quantity]]), int(now.high[local[quantity]])

    def reaches(self, quantity: int, want: Interval) -> bool:
        """Whether propagation through all rows proves the ends ``want``."""
        low, high = self.ends(quantity)
        return low >= want[LOW] and high <= want[HIGH]

    def learn(self, quantity: int, ends: Interval) -> None:
        """Sharpen a domain, and what follows from it."""
        self.field.low[quantity], self.field.high[quantity] = ends
        now, at = self._settled(), self._all()[3][quantity]
        if at < 0:
            return
        now.low[at], now.high[at] = max(now.low[at], ends[LOW]), min(now.high[at], ends[HIGH])
        rows = np.zeros(len(now.names), dtype=bool)
        rows[now.cell_row[now.cell_start[at] : now.cell_start[at + 1]]] = True
        _propagate(now, rows)

    def denied(self, quantity: int, end: End, value: int, reach: tuple[int, int, int]) -> Ints:
        """The facts that refute values past an end, from the smallest ball of rows that does; none if none does."""
        facts: Ints = refutes.refute(self.field, quantity, end, value, reach)
        return facts

    def trimmed(self, quantity: int, end: End, value: int, rows: Rows) -> Rows:
        """A line, shorter if it can be, that still holds an end of a quantity to a value."""
        if not rows:
            return rows
        numbers, times = (np.array(list(part), dtype=np.int64) for part in (rows.keys(), rows.values()))
        numbers, times = trims.trim(self.field, quantity, end, value, numbers, times)
        return dict(zip(numbers.tolist(), times.tolist(), strict=True))

    def around(self, quantity: int, most: int) -> Ints:
        """The nearest rows, at most so many."""
        order, _ = kernels.ball(self.field, quantity, 50, most)
        nearest: Ints = order[:most]
        return nearest

    def _settled(self) -> kernels.Area:
        """All rows, with the domains that propagation ends with."""
        if self._now is None:
            area, facts, last, _ = self._all()
            self._now = area._replace(low=area.low.copy(), high=area.high.copy())
            _settle(self._now, facts, last)
        return self._now

    def _all(self) -> tuple[kernels.Area, Ints, Ints, Ints]:
        if self._whole is None:
            rows = len(self.field.weight)
            area = kernels.area_of(self.field, np.arange(rows))
            every = np.ones(rows, dtype=bool)
            _, facts, last = kernels.chase(area, every, every, -1, (0, 0), _visits(rows))
            local = np.full(len(self.field.low), -1, dtype=np.int64)
            local[area.cells] = np.arange(len(area.cells))
            self._whole = area, facts, last, local
        return self._whole


def _visits(rows: int) -> int:
    return 50 * rows + 5_000


def _propagate(now: kernels.Area, first: NDArray[np.bool_]) -> None:
    """Go on from some rows to the end."""
    rows = len(now.names)
    _, facts, last = kernels.chase(now, np.ones(rows, dtype=bool), first, -1, (0, 0), _visits(rows))
    _settle(now, facts, last)


def _settle(now: kernels.Area, facts: Ints, last: Ints) -> None:
    """Put what was found last of each end into the domains."""
    for end, domain in ((LOW, now.low), (HIGH, now.high)):
        found = last[:, end] >= 0
        domain[found] = facts[last[found, end], kernels.VALUE]


def chain_of(known: Known, facts: Ints) -> Steps:
    """Write the facts of a proof as steps; ``known`` learns them."""
    steps = []
    for quantity, end, value, row in facts[:, :4].tolist():
        low, high = known[quantity]
        if (low >= value) if end == LOW else (high <= value):
            continue
        step = step_of(known, {row: 1}, quantity, end)
        if step is not None:
            known.add(step)
            steps.append(step)
    return tuple(steps)


def _field(system: System, passing: NDArray[np.bool_]) -> kernels.Field:
    matrix = system.matrix
    by_cell = sp.csc_array(matrix)
    zero = (system.low == 0) & (system.high == 0)
    arrays = (matrix.indptr, matrix.indices, matrix.data, system.row_low, system.row_high)
    turned = (by_cell.indptr, by_cell.indices, by_cell.data)
    rows, cells = matrix.shape
    return kernels.Field(
        Matrix(*(np.ascontiguousarray(a, dtype=np.int64) for a in (*arrays, *turned))),
        np.ascontiguousarray(system.low, dtype=np.int64),
        np.ascontiguousarray(system.high, dtype=np.int64),
        _lengths(matrix, zero),
        passing,
        np.full(cells, -1, dtype=np.int64),
        np.full(rows, -1, dtype=np.int64),
        np.full(cells, -1, dtype=np.int64),
        np.zeros(cells, dtype=np.int64),
        np.zeros(rows, dtype=np.int64),
    )


def _lengths(matrix: sp.csr_array, zero: NDArray[np.bool_]) -> Ints:
    """How many quantities of each row a reader must look at: those that are not shown as zero."""
    counted = np.concatenate([[0], np.cumsum(~zero[matrix.indices])])
    lengths: Ints = np.diff(counted[matrix.indptr]).astype(np.int64)
    return lengths
