"""What cannot be protected, and why."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from prikk.protect._finder import Finder, Trial
from prikk.protect._model import Ints, Problem, Reason, Shortfall, Task, Witness
from prikk.protect._pattern import Pattern
from prikk.protect._programme import Demand
from prikk.protect._targets import added, best_of


class Blocked(NamedTuple):
    """A target that is not met: by reason of rows that may not be hidden, those of one way round it, or of people who are alone."""

    target: int
    rows: Ints
    alone: bool = False


def settled(finder: Finder, pattern: Pattern, failed: list[int]) -> list[Blocked]:
    """Deal with targets for which no witness was found.

    Where even with everything hidden the row cannot move so far, the target shrinks to what it can, to nothing if
    need be: ``problem.targets`` is changed in place. Where only a reader who is alone in a cell could tell, it is loose from
    here on. The rest is blocked by rows that may not be hidden.
    """
    if not failed:
        return []
    problem = finder.problem
    readers = [_Reader(finder, _unfixed(finder))]
    if (problem.person >= 0).any():
        strangers = replace(problem, person=np.full_like(problem.person, -1))
        stranger = Finder(strangers, finder.columns, 1)
        readers.append(_Reader(stranger, _unfixed(stranger)))
    blocked = []
    for t in failed:
        if pattern.covered[t]:
            continue
        way = _widest(problem, readers, t)
        if way is None:
            continue
        own = readers[-1 if problem.loose[t] else 0].finder
        if problem.loose[t]:
            blocked.append(Blocked(t, way.rows[:0], alone=True))
        # Any way that leaves alone what may not be hidden will do: its rows are hidden then.
        if own.checked(way.leaves, way.changes) is not None:
            added(own, pattern, _cheaper(own, pattern, t, way))
        elif not _taken(own, pattern, t):
            blocked.append(Blocked(t, way.rows[problem.fixed[way.rows]]))
    return blocked


class _Reader(NamedTuple):
    """Finds witnesses against a reader; ``everything`` where nothing is kept."""

    finder: Finder
    everything: Finder


def _unfixed(finder: Finder) -> Finder:
    problem = finder.problem
    return Finder(replace(problem, fixed=np.zeros_like(problem.fixed)), finder.columns, 1)


def _widest(problem: Problem, readers: list[_Reader], target: int) -> Witness | None:
    """Shrink a target to what it can reach with everything hidden; let it loose where only strangers leave it that much."""
    targets = problem.targets
    asked = int(targets.up[target]), int(targets.down[target])
    way = _shrunk(readers[0].everything, problem, target)
    left = int(targets.up[target]), int(targets.down[target])
    if left == asked or len(readers) == 1:
        return way
    targets.up[target], targets.down[target] = asked
    wide = _shrunk(readers[1].everything, problem, target)
    problem.loose[target] = (int(targets.up[target]), int(targets.down[target])) != left
    return wide if problem.loose[target] else way


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
    up, down = int(targets.up[target]), int(targets.down[target])
    # Rows that may not be hidden have a price here: the way that is found needs few of them.
    visible = np.where(problem.fixed, everything.unit, 0.0)
    burden, none = np.zeros(problem.width), np.zeros(len(problem.cost))
    best, most, size = None, max(up, down), max(up, down)
    least = 0
    while size > least:
        for change in (min(size, up), -min(size, down)):
            found = (
                everything.find(Demand(row, change), visible, burden, none, Trial.LAST) if change else None
            )
            if found is not None:
                best, least = found, size
                break
        else:
            most = size - 1
        size = (least + most + 1) // 2
    targets.up[target], targets.down[target] = min(least, up), min(least, down)
    return best


def shortfalls_of(problem: Problem, task: Task, blocked: list[Blocked]) -> tuple[Shortfall, ...]:
    """Give the sensitive cells without what they need, in their order."""
    release: dict[int, Ints] = {}
    alone = {int(problem.targets.row[one.target]) for one in blocked if one.alone}
    for one in blocked:
        row = int(problem.targets.row[one.target])
        if one.alone:
            continue
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
        elif row in alone:
            found.append(Shortfall(cell=cell, reason=Reason.ALONE))
        elif not helped[row]:
            found.append(Shortfall(cell=cell, reason=Reason.UNAVOIDABLE))
    return tuple(found)
