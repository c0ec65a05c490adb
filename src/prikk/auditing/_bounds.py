"""Bounds of every quantity of a system: propagation, probing, search, then programmes.

The four steps are described, with their reasons, in ``docs/design/audit.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from prikk.auditing import _kernels as kernels
from prikk.auditing._kernels import Ints, Rows, State
from prikk.auditing._model import Limits
from prikk.auditing._parallel import in_parallel
from prikk.auditing._system import System
from prikk.solve import Limits as SolveLimits
from prikk.solve import Outcome, Programme, solve
from prikk.tabular import UNBOUNDED

_PROBE_VISITS = 300
_TRAIL = 400_000
_DEPTH = 20_000
_VISITS_PER_ROW = 200


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


def bounds_of(system: System, targets: Ints, hint: Ints | None, limits: Limits) -> Bounds:
    """Give the brackets of all quantities, closed as far as the limits go for the ``targets``, in their order.

    ``hint`` is a table that satisfies the system, if the caller has one: it starts the search and proves
    nothing by itself that is not checked here. Raises :class:`ContradictionError` when there is no solution.
    """
    rows = _rows(system.matrix, system.row_low, system.row_high)
    low, high = _propagated(rows, system)
    targets = targets[low[targets] < high[targets]]
    result = Bounds(
        low=low, high=high, inner_low=np.full_like(low, UNBOUNDED), inner_high=np.full_like(low, -1)
    )
    fixed = low == high
    result.inner_low[fixed] = result.inner_high[fixed] = low[fixed]
    wanted = np.zeros(len(low), dtype=bool)
    wanted[targets] = True
    order = np.full(len(low), len(targets), dtype=np.int64)
    order[targets] = np.arange(len(targets))
    tasks: list[Task] = []
    for part in _components(system, ~fixed):
        if wanted[part].any():
            inside = np.flatnonzero(wanted[part])
            inside = inside[np.argsort(order[part[inside]], kind="stable")].astype(np.int64)
            smaller = _without_fixed(system, low, high, part)
            tasks.append(Task(part, smaller, None if hint is None else hint[part], inside, limits))
    for task, found in zip(tasks, in_parallel(close, tasks, limits.processes), strict=True):
        if isinstance(found, ContradictionError):
            raise found
        if found is not None:
            _merge(result, task.part, found)
    return result


class Task(NamedTuple):
    """One component: its quantities, its system, a table to start from, the targets in it, the limits."""

    part: Ints
    system: System
    hint: Ints | None
    targets: Ints
    limits: Limits

    @property
    def size(self) -> int:
        """How much work it may be."""
        return len(self.part)


def close(task: Task) -> Bounds | ContradictionError | None:
    """Close the brackets of one component; None when no table to start from was found."""
    try:
        start = _start(task.system, task.hint, task.limits)
        return None if start is None else _Search(task.system, start).close(task.targets, task.limits)
    except ContradictionError as error:
        return error


def _merge(result: Bounds, part: Ints, found: Bounds) -> None:
    for name in ("low", "high", "inner_low", "inner_high"):
        getattr(result, name)[part] = getattr(found, name)


def _components(system: System, unknown: NDArray[np.bool_]) -> list[Ints]:
    """The unknown quantities in groups that no row connects, each sorted; the groups by their first member."""
    cells = np.flatnonzero(unknown)
    if len(cells) == 0:
        return []
    part = sp.csr_array(abs(sp.csc_array(system.matrix)[:, cells]))
    rows = np.flatnonzero(np.diff(part.indptr))
    rowed = sp.csr_array(part[rows])
    triplets = rowed.tocoo()
    ends = (triplets.coords[0] + len(cells), triplets.coords[1])
    size = len(cells) + rowed.shape[0]
    graph = sp.coo_array((np.ones(len(triplets.data)), ends), shape=(size, size))
    _, label = connected_components(sp.csr_array(graph), directed=False)
    label = label[: len(cells)]
    by_label = np.argsort(label, kind="stable")
    groups = np.split(cells[by_label], np.flatnonzero(np.diff(label[by_label])) + 1)
    return sorted((g.astype(np.int64) for g in groups), key=lambda g: int(g[0]))


def satisfies(system: System, table: Ints) -> bool:
    """Tell whether a table lies in the domains and fulfils every row."""
    sums = system.matrix @ table
    rows = bool(np.all(sums >= system.row_low)) and bool(np.all(sums <= system.row_high))
    return rows and bool(np.all(table >= system.low)) and bool(np.all(table <= system.high))


def _rows(matrix: sp.csr_array, low: Ints, high: Ints) -> Rows:
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


def _state(rows: Rows, low: Ints, high: Ints, hint: Ints) -> State:
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


def _propagated(rows: Rows, system: System) -> tuple[Ints, Ints]:
    if np.any(system.low > system.high):
        raise ContradictionError(-1)
    state = _state(rows, system.low, system.high, system.low)
    outcome, row = kernels.settle_all(rows, state, _VISITS_PER_ROW * len(rows.low) + 1_000_000)
    if outcome == kernels.IMPOSSIBLE:
        raise ContradictionError(int(row))
    return state.low, state.high


def _without_fixed(system: System, low: Ints, high: Ints, part: Ints) -> System:
    """The system in a component of the open quantities; rows that say nothing of them are left out."""
    fixed = np.where(low == high, low, 0)
    matrix = sp.csr_array(sp.csc_array(system.matrix)[:, part])
    kept = np.flatnonzero(np.diff(matrix.indptr) > 0)
    matrix = sp.csr_array(matrix[kept])
    known = sp.csr_array(system.matrix[kept]) @ fixed
    return System(
        matrix=matrix,
        row_low=system.row_low[kept] - known,
        row_high=system.row_high[kept] - known,
        low=low[part],
        high=high[part],
        origin=system.origin[kept],
    )


def _start(system: System, hint: Ints | None, limits: Limits) -> Ints | None:
    """One table to start from: the hint if it holds, else an integer programme's; None when none is found."""
    if hint is not None and satisfies(system, hint):
        return hint
    answer = solve(_programme(system, np.zeros(len(system.low))), SolveLimits(nodes=limits.programme_nodes))
    if answer.outcome == Outcome.INFEASIBLE:
        raise ContradictionError(-1)
    if answer.values is None:
        return None
    table = np.rint(answer.values).astype(np.int64)
    return table if satisfies(system, table) else None


def _programme(system: System, cost: np.ndarray) -> Programme:
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


class _Search:
    """The brackets while they are being closed."""

    def __init__(self, system: System, start: Ints) -> None:
        self.system = system
        self.rows = _rows(system.matrix, system.row_low, system.row_high)
        self.state = _state(self.rows, system.low, system.high, start)
        self.decisions = np.zeros((_DEPTH, 4), dtype=np.int64)
        self.inner_low, self.inner_high = start.copy(), start.copy()

    def close(self, targets: Ints, limits: Limits) -> Bounds:
        """Close the ends of the targets and give the brackets of all quantities."""
        cuts = kernels.probe(self.rows, self.state, targets, self.inner_low, self.inner_high, _PROBE_VISITS)
        if cuts < 0:
            raise ContradictionError(-1)
        small = len(self.inner_low) <= limits.small
        rounds = limits.nodes[:1] if small else limits.nodes
        for walk, nodes in zip((False, *[True] * len(rounds)), rounds, strict=False):
            waiting = self._open(targets)
            open_ends = kernels.sweep(
                self.rows, self.state, self.decisions, waiting, self.inner_low, self.inner_high, nodes, walk
            )
            if open_ends < 0:
                raise ContradictionError(-1)
            if open_ends == 0:
                break
        else:
            self._programmes(targets, limits)
        return Bounds(
            low=self.state.low, high=self.state.high, inner_low=self.inner_low, inner_high=self.inner_high
        )

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
        answer = solve(_programme(system, cost), SolveLimits(nodes=limits.programme_nodes))
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
            self.rows, self.state, j, low, high, False, _VISITS_PER_ROW * len(self.rows.low)
        )
        if outcome == kernels.IMPOSSIBLE:
            raise ContradictionError(int(row))
