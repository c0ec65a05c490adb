"""A first pattern: a witness for every target, each as cheap as what is hidden already makes it."""

from __future__ import annotations

import numpy as np

from prikk.protect._finder import Finder, Trial
from prikk.protect._model import SMALL, Floats, Ints, Targets, Witness
from prikk.protect._pattern import Pattern
from prikk.protect._programme import Demand
from prikk.steps import Share

# One witness for many targets saves programmes where there are very many; where there are few, one for each
# is easier to improve.
_WISH = 0.6


def cover(finder: Finder, pattern: Pattern, order: Ints, share: Share) -> list[int]:
    """Find witnesses for the targets in order that none reaches yet; give the targets without any.

    One programme is asked to move other open targets as well, for a small reward.
    """
    targets = finder.problem.targets
    reward = _WISH * finder.unit if finder.problem.width > SMALL else 0.0
    wishes = np.zeros(len(finder.problem.cost))
    _wishes_of(targets, pattern, order, wishes, reward)
    failed = []
    for i, t in enumerate(order.tolist()):
        if i % 100 == 0:
            share(f"loss {pattern.loss:,.0f}", i / len(order))
        if pattern.covered[t]:
            continue
        row = int(targets.row[t])
        kept, wishes[row] = wishes[row], 0.0
        found = best_of(finder, pattern, t, wishes, Trial.FAIR)
        wishes[row] = kept
        if found is None:
            failed.append(t)
            continue
        for number in added(finder, pattern, found):
            _wishes_of(targets, pattern, pattern.held[number].reaches, wishes, reward)
    return failed


def best_of(finder: Finder, pattern: Pattern, target: int, wishes: Floats, trial: Trial) -> Witness | None:
    """Find a witness for a target; where rising and falling will both do, the cheaper one."""
    targets = finder.problem.targets
    row, up, down = (int(x[target]) for x in (targets.row, targets.up, targets.down))
    found: list[tuple[float, Witness]] = []
    for change in (up, -down):
        if change:
            witness = finder.find(Demand(row, change), pattern.visible, pattern.burden, wishes, trial)
            if witness is not None:
                found.append((float(pattern.visible[witness.rows].sum()), witness))
    return min(found, key=lambda pair: pair[0])[1] if found else None


def added(finder: Finder, pattern: Pattern, witness: Witness) -> list[int]:
    """Take a witness in, and its mirror image where that reaches something too: it hides the same."""
    numbers = [pattern.add(witness)]
    mirror = finder.checked(witness.leaves, -witness.changes)
    if mirror is not None:
        number = pattern.add(mirror)
        fresh = pattern.held[number].reaches
        if np.any(pattern.covered[fresh] == 1):
            numbers.append(number)
        else:
            pattern.drop(number)
    return numbers


def _wishes_of(targets: Targets, pattern: Pattern, some: Ints, wishes: Floats, reward: float) -> None:
    """Set the rewards of the rows of some targets: to rise while that is open (a price below 0), else to fall."""
    rows = np.unique(targets.row[some])
    wishes[rows] = 0.0
    for sign, needed in ((1.0, targets.down), (-1.0, targets.up)):
        for r in rows.tolist():
            here = targets.order[targets.start[r] : targets.start[r + 1]]
            here = here[(needed[here] > 0) & (pattern.covered[here] == 0)]
            if len(here):
                wishes[r] = sign * reward
