"""Close the brackets of one component: probing, search, the walk, then programmes.

The steps are described, with their reasons, in ``docs/design/audit.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import scipy.sparse as sp

from prikk.auditing import _kernels as kernels
from prikk.auditing._field import field_of
from prikk.auditing._kernels import Ints, Rows, State
from prikk.auditing._leap import Goals
from prikk.auditing._model import Limits
from prikk.auditing._system import System
from prikk.auditing._walk import walked
from prikk.solve import Limits as SolveLimits
from prikk.solve import Programme, solve
from prikk.tabular import UNBOUNDED

_PROBE_VISITS = 300
_TRAIL = 400_000
_DEPTH = 20_000
VISITS_PER_ROW = 200


class Ends(NamedTuple):
    """Which ends of each quantity matter: no farther than ``low`` and ``high``; none where these cross."""

    low: Ints
    high: Ints


class ContradictionError(Exception):
    """The system has no solution; ``row`` is one that propagation could not satisfy, or -1."""

    def __init__(self, row: int) -> None:
        super().__init__(row)
        self.row = row


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Two brackets for each quantity, all of one length.

    ``low`` and ``high`` are proven from outside; ``inner_low`` and ``inner_high`` are taken by tables that
    were found (``inner_low > inner_high`` where none was).
    """

    low: Ints
    high: Ints
    inner_low: Ints
    inner_high: Ints


def satisfies(system: System, table: Ints) -> bool:
    """Tell whether a table lies in the domains and fulfils every row."""
    sums = system.matrix @ table
    rows = bool(np.all(sums >= system.row_low)) and bool(np.all(sums <= system.row_high))
    return rows and bool(np.all(table >= system.low)) and bool(np.all(table <= system.high))


def rows_of(matrix: sp.csr_array, low: Ints, high: Ints) -> Rows:
    by_cell = sp.csc_array(matrix)
    arrays = (
        matrix.indptr,
        matrix.indices,
        matrix.data,
        low,
        high,
        by_cell.indptr,
        by_cell.indices,
        by_cell.data,
    )
    return Rows(*(np.ascontiguousarray(a, dtype=np.int64) for a in arrays))


def state_of(rows: Rows, low: Ints, high: Ints, hint: Ints) -> State:
    many = len(rows.low)
    now = np.clip(hint, low, high)
    activity = np.zeros(many, dtype=np.int64)
    np.add.at(activity, np.repeat(np.arange(many), np.diff(rows.start)), rows.coef * now[rows.cell])
    bad = np.flatnonzero((activity < rows.low) | (activity > rows.high))
    violated, position = np.zeros(many + 1, dtype=np.int64), np.full(many, -1, dtype=np.int64)
    violated[: len(bad)] = bad
    position[bad] = np.arange(len(bad))
    return State(
        low=low.copy(),
        high=high.copy(),
        hint=hint.copy(),
        now=now,
        activity=activity,
        queue=np.zeros(many + 1, dtype=np.int64),
        queued=np.zeros(many, dtype=np.bool_),
        trail=np.zeros((_TRAIL, 3), dtype=np.int64),
        violated=violated,
        position=position,
        sizes=np.array([0, len(bad)], dtype=np.int64),
    )


def whole_programme(system: System, cost: np.ndarray) -> Programme:
    def real(bound: Ints) -> np.ndarray:
        return np.where(np.abs(bound) >= UNBOUNDED // 2, np.copysign(np.inf, bound), bound)

    return Programme(
        matrix=system.matrix.astype(np.float64),
        row_low=real(system.row_low),
        row_high=real(system.row_high),
        low=real(system.low),
        high=real(system.high),
        cost=cost,
        integer=np.ones(len(system.low), dtype=bool),
    )


class Closing:
    """The brackets while they are being closed."""

    def __init__(self, system: System, start: Ints) -> None:
        self.system = system
        self.rows = rows_of(system.matrix, system.row_low, system.row_high)
        self.state = state_of(self.rows, system.low, system.high, start)
        self.decisions = np.zeros((_DEPTH, 4), dtype=np.int64)
        self.inner_low, self.inner_high = start.copy(), start.copy()

    def close(self, targets: Ints, ends: Ends | None, limits: Limits) -> Bounds:
        """Close the ends of the targets and give the brackets of all quantities."""
        cuts = kernels.probe(self.rows, self.state, targets, self.inner_low, self.inner_high, _PROBE_VISITS)
        if cuts < 0:
            raise ContradictionError(-1)
        large = len(self.inner_low) > limits.large
        if not self._searched(targets, _rounds(len(self.inner_low), limits)):
            if large:
                self._walk(targets, ends, limits)
            else:
                self._programmes(targets, limits)
        return Bounds(
            low=self.state.low, high=self.state.high, inner_low=self.inner_low, inner_high=self.inner_high
        )

    def _searched(self, targets: Ints, rounds: tuple[int, ...]) -> bool:
        """Search for every open end, in rounds of so many nodes each; tell whether all are closed."""
        for number, nodes in enumerate(rounds):
            waiting, walk = self._open(targets), number > 0
            open_ends = kernels.sweep(
                self.rows, self.state, self.decisions, waiting, self.inner_low, self.inner_high, nodes, walk
            )
            if open_ends < 0:
                raise ContradictionError(-1)
            if open_ends == 0:
                return True
        return False

    def _walk(self, targets: Ints, ends: Ends | None, limits: Limits) -> None:
        """Walk towards the ends that are still open, and take what its tables took."""
        start = self.state.hint
        field = field_of(self.system, start, self.state.low, self.state.high)
        low, high = _seen(field.row_of, self.inner_low - start, self.inner_high - start, len(field.low))
        goals = self._goals(field.row_of, targets, ends)
        low, high = walked(field, goals, (low, high), limits)
        moves = np.flatnonzero(field.row_of >= 0)
        row = field.row_of[moves]
        self.inner_low[moves] = np.minimum(self.inner_low[moves], start[moves] + low[row])
        self.inner_high[moves] = np.maximum(self.inner_high[moves], start[moves] + high[row])

    def _goals(self, row_of: Ints, targets: Ints, ends: Ends | None) -> Goals:
        """The ends that matter, as changes of rows from the table at hand."""
        moving = targets[row_of[targets] >= 0]
        low, high = self.state.low[moving], self.state.high[moving]
        if ends is not None:
            low, high = np.maximum(low, ends.low[moving]), np.minimum(high, ends.high[moving])
        start, crossed = self.state.hint[moving], low > high
        change = np.concatenate([low - start, high - start])
        change[np.tile(crossed, 2)] = 0
        # No change at all is no goal; nor is an end on the far side of the table, which has passed it.
        wanted = np.concatenate([low < start, high > start]) & (change != 0)
        pairs = np.stack([np.tile(row_of[moving], 2)[wanted], change[wanted]], axis=1)
        distinct, many = np.unique(pairs, axis=0, return_counts=True)
        return Goals(row=distinct[:, 0], change=distinct[:, 1], weight=many.astype(np.int64))

    def _open(self, targets: Ints) -> Ints:
        closed = (self.inner_low[targets] <= self.state.low[targets]) & (
            self.inner_high[targets] >= self.state.high[targets]
        )
        return targets[~closed]

    def _programmes(self, targets: Ints, limits: Limits) -> None:
        """Close what is left with one integer programme an end, as many as the limits allow."""
        left = limits.programmes
        for j in self._open(targets):
            for upper in (False, True):
                if left > 0 and self._end_open(int(j), upper):
                    left -= 1
                    self._programme(int(j), upper, limits)

    def _end_open(self, j: int, upper: bool) -> bool:  # noqa: FBT001 - which end, not a behaviour
        if upper:
            return bool(self.inner_high[j] < self.state.high[j])
        return bool(self.inner_low[j] > self.state.low[j])

    def _programme(self, j: int, upper: bool, limits: Limits) -> None:  # noqa: FBT001
        """Drive one quantity to its end; a solution widens the inner bracket, a bound cuts the outer."""
        cost = np.zeros(len(self.inner_low))
        cost[j] = -1.0 if upper else 1.0
        system = System(
            matrix=self.system.matrix,
            row_low=self.system.row_low,
            row_high=self.system.row_high,
            low=self.state.low,
            high=self.state.high,
            origin=self.system.origin,
        )
        answer = solve(whole_programme(system, cost), SolveLimits(nodes=limits.programme_nodes))
        if answer.values is not None:
            table = np.rint(answer.values).astype(np.int64)
            if satisfies(system, table):
                np.minimum(self.inner_low, table, out=self.inner_low)
                np.maximum(self.inner_high, table, out=self.inner_high)
        if np.isfinite(answer.bound):
            self._cut(j, upper, answer.bound)

    def _cut(self, j: int, upper: bool, bound: float) -> None:  # noqa: FBT001
        """Take a proven bound of the programme (of cost ±z) as the domain's end, rounded safely."""
        slack = 1e-6 * max(1.0, abs(bound))
        low, high = int(self.state.low[j]), int(self.state.high[j])
        if upper:
            high = min(high, int(np.floor(-bound + slack)))
        else:
            low = max(low, int(np.ceil(bound - slack)))
        outcome, row = kernels.settle(
            self.rows, self.state, j, low, high, False, VISITS_PER_ROW * len(self.rows.low)
        )
        if outcome == kernels.IMPOSSIBLE:
            raise ContradictionError(int(row))


def _seen(row_of: Ints, low: Ints, high: Ints, rows: int) -> tuple[Ints, Ints]:
    """What rows are known to change by, from what the quantities do that change with them."""
    moves = np.flatnonzero(row_of >= 0)
    least, most = np.zeros(rows, dtype=np.int64), np.zeros(rows, dtype=np.int64)
    np.minimum.at(least, row_of[moves], low[moves])
    np.maximum.at(most, row_of[moves], high[moves])
    return least, most


def _rounds(many: int, limits: Limits) -> tuple[int, ...]:
    """The rounds of the search in a component of so many quantities; see :class:`Limits`."""
    if many > limits.large:
        return (limits.large_nodes,) if limits.large_nodes else ()
    return limits.nodes[:1] if many <= limits.small else limits.nodes
