"""Bounds of every quantity of a system: what propagation gives, then each component by itself.

The steps are described, with their reasons, in ``docs/design/audit.md``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from prikk.auditing import _kernels as kernels
from prikk.auditing._closing import (
    VISITS_PER_ROW,
    Bounds,
    Closing,
    ContradictionError,
    Ends,
    rows_of,
    satisfies,
    state_of,
    whole_programme,
)
from prikk.auditing._kernels import Ints, Rows
from prikk.auditing._model import Limits
from prikk.auditing._parallel import in_parallel
from prikk.auditing._system import System
from prikk.solve import Limits as SolveLimits
from prikk.solve import Outcome, solve
from prikk.tabular import UNBOUNDED

__all__ = ["Bounds", "ContradictionError", "Ends", "bounds_of"]


def bounds_of(
    system: System, targets: Ints, hint: Ints | None, limits: Limits, ends: Ends | None = None
) -> Bounds:
    """Give the brackets of all quantities, closed as far as the limits go for the ``targets``, in their order.

    ``hint`` is a table that satisfies the system, if the caller has one: it starts the search and proves
    nothing by itself that is not checked here. ``ends`` are those that a verdict rests on: where not all ends can be
    had, these come first. Raises :class:`ContradictionError` when there is no solution.
    """
    rows = rows_of(system.matrix, system.row_low, system.row_high)
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
            start = None if hint is None else hint[part]
            within = None if ends is None else Ends(ends.low[part], ends.high[part])
            tasks.append(Task(part, smaller, start, inside, within, limits))
    for task, found in zip(tasks, in_parallel(close, _shared(tasks), limits.processes), strict=True):
        if isinstance(found, ContradictionError):
            raise found
        if found is not None:
            _merge(result, task.part, found)
    return result


class Task(NamedTuple):
    """One component: its quantities, its system, a table to start from, the targets and ends in it, the limits."""

    part: Ints
    system: System
    hint: Ints | None
    targets: Ints
    ends: Ends | None
    limits: Limits

    @property
    def size(self) -> int:
        """How much work it may be."""
        return len(self.part)


def close(task: Task) -> Bounds | ContradictionError | None:
    """Close the brackets of one component; None when no table to start from was found."""
    try:
        start = _start(task.system, task.hint, task.limits)
        return (
            None if start is None else Closing(task.system, start).close(task.targets, task.ends, task.limits)
        )
    except ContradictionError as error:
        return error


def _shared(tasks: list[Task]) -> list[Task]:
    """Where several components are large, each has one process; a single one may use them all."""
    if sum(task.size > task.limits.large for task in tasks) < 2:
        return tasks
    return [task._replace(limits=replace(task.limits, processes=1)) for task in tasks]


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


def _propagated(rows: Rows, system: System) -> tuple[Ints, Ints]:
    if np.any(system.low > system.high):
        raise ContradictionError(-1)
    state = state_of(rows, system.low, system.high, system.low)
    outcome, row = kernels.settle_all(rows, state, VISITS_PER_ROW * len(rows.low) + 1_000_000)
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
    answer = solve(
        whole_programme(system, np.zeros(len(system.low))), SolveLimits(nodes=limits.programme_nodes)
    )
    if answer.outcome == Outcome.INFEASIBLE:
        raise ContradictionError(-1)
    if answer.values is None:
        return None
    table = np.rint(answer.values).astype(np.int64)
    return table if satisfies(system, table) else None
