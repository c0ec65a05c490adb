"""What cannot be protected, and why."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from prikk.protect._cover import added, best_of
from prikk.protect._finder import Finder, Trial
from prikk.protect._model import Ints, Problem, Reason, Shortfall, Task, Witness
from prikk.protect._pattern import Pattern
from prikk.protect._programme import Demand


class Blocked(NamedTuple):
    """A target that rows which may not be hidden stand in the way of: those of one way round it."""

    target: int
    rows: Ints


def settled(finder: Finder, pattern: Pattern, failed: list[int]) -> list[Blocked]:
    """Deal with targets for which no witness was found.

    Where even with everything hidden the row cannot move so far, the target shrinks to what it can, to nothing if
    need be: ``problem.targets`` is changed in place. The rest is blocked by rows that may not be hidden.
    """
    problem = finder.problem
    blocked = []
    everything = Finder(replace(problem, fixed=np.zeros_like(problem.fixed)), finder.columns, 1)
    for t in failed:
        if pattern.covered[t]:
            continue
        way = _shrunk(everything, problem, t)
        if way is None:
            continue
        # Any way that leaves alone what may not be hidden will do: its rows are hidden then.
        if finder.checked(way.leaves, way.changes) is not None:
            added(finder, pattern, _cheaper(finder, pattern, t, way))
        elif not _taken(finder, pattern, t):
            blocked.append(Blocked(t, way.rows[problem.fixed[way.rows]]))
    return blocked


def _cheaper(finder: Finder, pattern: Pattern, target: int, way: Witness) -> Witness:
    targets = finder.problem.targets
    row, up, down = (int(x[target]) for x in (targets.row, targets.up, targets.down))
    move = int(way.moves[np.flatnonzero(way.rows == row)[0]])
    demand = Demand(row, up if move > 0 else -down)
    nothing = np.zeros(len(finder.problem.cost))
    return finder.beside(demand, way, pattern.visible, pattern.burden, nothing) or way


def _taken(finder: Finder, pattern: Pattern, target: int) -> bool:
    """Try hardest for one target, and tell whether that helped."""
    witness = best_of(finder, pattern, target, np.zeros(len(finder.problem.cost)), Trial.LAST)
    if witness is not None:
        added(finder, pattern, witness)
    return witness is not None


def _shrunk(everything: Finder, problem: Problem, target: int) -> Witness | None:
    """Shrink a target until it can be met with everything hidden; None when nothing of it is left."""
    targets, row = problem.targets, int(problem.targets.row[target])
    # Rows that may not be hidden have a price here: the way that is found needs few of them.
    visible = np.where(problem.fixed, everything.unit, 0.0)
    burden = np.zeros(problem.width)
    none = np.zeros(len(problem.cost))
    for size in range(max(int(targets.up[target]), int(targets.down[target])), 0, -1):
        targets.up[target] = min(size, targets.up[target])
        targets.down[target] = min(size, targets.down[target])
        for change in (int(targets.up[target]), -int(targets.down[target])):
            if change:
                found = everything.find(Demand(row, change), visible, burden, none, Trial.LAST)
                if found is not None:
                    return found
    targets.up[target] = targets.down[target] = 0
    return None


def shortfalls_of(problem: Problem, task: Task, blocked: list[Blocked]) -> tuple[Shortfall, ...]:
    """Give the sensitive cells without what they need, in their order."""
    release: dict[int, Ints] = {}
    for one in blocked:
        row = int(problem.targets.row[one.target])
        release[row] = np.union1d(release.get(row, one.rows[:0]), one.rows)
    needy = (task.requirement.down + task.requirement.up > 0) & task.requirement.sensitive
    several = (task.requirement.high > task.requirement.low) & task.requirement.sensitive
    helped = np.zeros(len(problem.cost), dtype=bool)
    helped[problem.targets.row[(problem.targets.up > 0) | (problem.targets.down > 0)]] = True
    found = []
    for cell in np.flatnonzero(needy | several).tolist():
        row = int(problem.row_of[cell])
        if row in release:
            cells = np.flatnonzero(np.isin(problem.row_of, release[row]))
            reason = Reason.KEPT if len(cells) else Reason.UNDECIDED
            found.append(Shortfall(cell=cell, reason=reason, release=tuple(cells.tolist())))
        elif not helped[row]:
            found.append(Shortfall(cell=cell, reason=Reason.UNAVOIDABLE))
    return tuple(found)
