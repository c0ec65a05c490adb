"""Better patterns: show a cell again, find other witnesses for what it served, keep what loses less."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from prikk.protect._finder import Finder, Trial
from prikk.protect._model import Floats, Ints
from prikk.protect._pattern import Held, Pattern
from prikk.protect._targets import added, best_of

_MOST_USERS = 12
_SHY = 2.0
_WISH = 0.3


class Proposal(NamedTuple):
    """A change of a pattern: the numbers of witnesses to go, and others in their place."""

    gone: tuple[int, ...]
    fresh: tuple[Held, ...]


def drawn(pattern: Pattern, many: int, draw: np.random.Generator) -> list[int]:
    """Draw different hidden rows by what they lose over how many witnesses need them."""
    cost = pattern.problem.cost
    rows = np.flatnonzero((pattern.uses > 0) & (cost > 0))
    weight = cost[rows] / pattern.uses[rows]
    # The largest of such numbers are a draw without putting back.
    keys = np.log(draw.random(len(rows))) / weight
    return [int(r) for r in rows[np.argsort(-keys, kind="stable")[:many]]]


def proposed(finder: Finder, pattern: Pattern, row: int, most: float) -> Proposal | None:
    """Try to show a hidden row again; None when that loses more than ``most``. The pattern stays as it was."""
    users = pattern.users(row)
    if len(users) > _MOST_USERS:
        return None
    last = pattern.last
    removed = [(n, pattern.drop(n)) for n in users]
    fresh, whole = _again(finder, pattern, (row, most), removed)
    thinned = pattern.thin(pattern.beside(fresh)) if whole else []
    good = whole and pattern.loss <= most
    found = Proposal(tuple(users), tuple(pattern.held[n] for n in fresh if n in pattern.held))
    _undo(pattern, fresh, [*removed, *thinned])
    pattern.last = last
    return found if good else None


def taken(pattern: Pattern, proposal: Proposal, most: float) -> bool:
    """Change a pattern as proposed, if it may lose so much; tell whether it did.

    The pattern may have changed since the proposal was made: what it lacks and loses is looked at anew.
    """
    if any(n not in pattern.held for n in proposal.gone):
        return False
    removed = [(n, pattern.drop(n)) for n in proposal.gone]
    fresh = [pattern.take(held) for held in proposal.fresh]
    lost = np.concatenate([held.reaches for _, held in removed])
    thinned = pattern.thin(pattern.beside(fresh))
    if np.all(pattern.covered[lost] > 0) and pattern.loss <= most:
        return True
    _undo(pattern, fresh, [*removed, *thinned])
    return False


def _undo(pattern: Pattern, fresh: list[int], gone: list[tuple[int, Held]]) -> None:
    for n in fresh:
        if n in pattern.held:
            pattern.drop(n)
    for n, held in gone:
        if n not in fresh:
            pattern.put(n, held)


def _again(
    finder: Finder, pattern: Pattern, asked: tuple[int, float], removed: list[tuple[int, Held]]
) -> tuple[list[int], bool]:
    """Reach again what the removed witnesses reached, shy of the row: the new numbers, and whether that went well."""
    row, most = asked
    fresh: list[int] = []
    lost = np.unique(np.concatenate([held.reaches for _, held in removed]))
    lost = finder.shuffled(lost[pattern.covered[lost] == 0])
    shown = float(pattern.visible[row])
    pattern.set_price(row, _SHY * shown)
    for t in lost.tolist():
        if pattern.covered[t]:
            continue
        found = best_of(finder, pattern, t, _wishes(finder, pattern, lost, t), Trial.QUICK)
        if found is not None:
            fresh.extend(added(finder, pattern, found))
        if found is None or pattern.loss > most:
            break
    if pattern.uses[row] == 0:
        pattern.set_price(row, shown)
    return fresh, bool(np.all(pattern.covered[lost] > 0)) and pattern.loss <= most


def _wishes(finder: Finder, pattern: Pattern, lost: Ints, target: int) -> Floats:
    """A small reward for moving the rows of the other lost targets too."""
    targets = finder.problem.targets
    wishes = np.zeros(len(finder.problem.cost))
    others = lost[(pattern.covered[lost] == 0) & (targets.row[lost] != targets.row[target])]
    wishes[targets.row[others]] = np.where(targets.up[others] > 0, -_WISH, _WISH) * finder.unit
    return wishes
