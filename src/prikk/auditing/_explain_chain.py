"""Chains: proofs by propagation, found in a small ball of rows, as steps in order."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from prikk.auditing import _explain_kernels as kernels
from prikk.auditing import _explain_proofs as proofs
from prikk.auditing._explain_book import Known
from prikk.auditing._explain_model import LOW, ExplainLimits, Interval, Steps
from prikk.auditing._explain_steps import step_of
from prikk.auditing._kernels import Ints, Rows
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

    def nearby(self, quantity: int, want: Interval, limits: ExplainLimits) -> Ints:
        """The facts that prove the ends ``want``, from the smallest ball of rows that does; none if none does."""
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
        """What propagation through all rows gives for a quantity."""
        _, facts, last, local = self._all()
        low, high = int(self.field.low[quantity]), int(self.field.high[quantity])
        if local[quantity] < 0:
            return low, high
        at = last[local[quantity]]
        return (
            low if at[0] < 0 else int(facts[at[0], kernels.VALUE]),
            high if at[1] < 0 else int(facts[at[1], kernels.VALUE]),
        )

    def around(self, quantity: int, most: int) -> Ints:
        """The nearest rows, at most so many."""
        order, _ = kernels.ball(self.field, quantity, 50, most)
        nearest: Ints = order[:most]
        return nearest

    def _all(self) -> tuple[kernels.Area, Ints, Ints, Ints]:
        if self._whole is None:
            rows = len(self.field.weight)
            area = kernels.area_of(self.field, np.arange(rows))
            _, facts, last = kernels.chase(area, np.ones(rows, bool), -1, (0, 0), 200 * rows + 1_000_000)
            local = np.full(len(self.field.low), -1, dtype=np.int64)
            local[area.cells] = np.arange(len(area.cells))
            self._whole = area, facts, last, local
        return self._whole


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
        Rows(*(np.ascontiguousarray(a, dtype=np.int64) for a in (*arrays, *turned))),
        np.ascontiguousarray(system.low, dtype=np.int64),
        np.ascontiguousarray(system.high, dtype=np.int64),
        _lengths(matrix, zero),
        passing,
        np.full(cells, -1, dtype=np.int64),
        np.full(rows, -1, dtype=np.int64),
        np.full(cells, -1, dtype=np.int64),
    )


def _lengths(matrix: sp.csr_array, zero: NDArray[np.bool_]) -> Ints:
    """How many quantities of each row a reader must look at: those that are not shown as zero."""
    counted = np.concatenate([[0], np.cumsum(~zero[matrix.indices])])
    lengths: Ints = np.diff(counted[matrix.indptr]).astype(np.int64)
    return lengths
