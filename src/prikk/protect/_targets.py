"""Witnesses for one target: find the cheapest, take it in, wish for more."""

from __future__ import annotations

import numpy as np

from prikk.protect._finder import Finder, Trial
from prikk.protect._model import Floats, Ints, Targets, Witness
from prikk.protect._pattern import Pattern
from prikk.protect._programme import Demand


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


def wish_for(targets: Targets, pattern: Pattern, some: Ints, wishes: Floats, reward: float) -> None:
    """Set the rewards of the rows of some targets: to rise while that is open (a price below 0), else to fall."""
    rows = np.unique(targets.row[some])
    wishes[rows] = 0.0
    for sign, needed in ((1.0, targets.down), (-1.0, targets.up)):
        for r in rows.tolist():
            here = targets.order[targets.start[r] : targets.start[r + 1]]
            here = here[(needed[here] > 0) & (pattern.covered[here] == 0)]
            if len(here):
                wishes[r] = sign * reward
