"""Ends that must be possible beside those of the rule's range: intervals of amounts, and other rules than the threshold.

Such ends may be millions away. Nothing is searched or cut unit by unit: each end is one linear programme, and an
integer one where that ends in fractions. Only a table that is checked in whole numbers proves that an end is possible.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from prikk.auditing._closing import Bounds, Ends, satisfies, whole_programme
from prikk.auditing._kernels import Ints
from prikk.auditing._model import Limits
from prikk.auditing._system import System
from prikk.errors import SolveError
from prikk.solve import Answer, solve
from prikk.solve import Limits as SolveLimits
from prikk.tabular import Publication, Status

_SLACK = 1e-6  # what a bound of a programme may be off by, as a share of it


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Asked:
    """Cells that must be able to take two values, ``low`` and ``high``; an entry a cell of the publication.

    It is about hidden cells that do not fall under the rule (``Status.SECONDARY``): those that do are judged by their
    reach.
    """

    cells: NDArray[np.bool_]
    low: Ints
    high: Ints

    def of(self, publication: Publication) -> Ints:
        """The cells that it is about."""
        return np.flatnonzero(self.cells & (publication.status == Status.SECONDARY)).astype(np.int64)


def drive(
    system: System, found: Bounds, cells: Ints, ends: Ends, known: Ints | None, limits: Limits
) -> Bounds:
    """Drive cells to the ends that are asked for, as many as the limits allow; give the brackets after that.

    ``known`` is a table of the system, or None; changes from it are smaller numbers than tables themselves.
    """
    found = Bounds(
        low=found.low.copy(),
        high=found.high.copy(),
        inner_low=found.inner_low.copy(),
        inner_high=found.inner_high.copy(),
    )
    base = known if known is not None and satisfies(system, known) else np.zeros_like(system.low)
    left = limits.programmes
    for j in cells.tolist():
        for upper in (False, True):
            end = int(np.clip((ends.high if upper else ends.low)[j], found.low[j], found.high[j]))
            taken = found.inner_high[j] >= end if upper else found.inner_low[j] <= end
            if left > 0 and not taken:
                left -= 1
                _end(system, found, (j, end, upper), base, limits)
    return found


def _end(system: System, found: Bounds, goal: tuple[int, int, bool], base: Ints, limits: Limits) -> None:
    """One end: a table that takes it widens the inner brackets, a proof that none does cuts the outer."""
    j, end, upper = goal
    low, high = found.low.copy(), found.high.copy()
    # No farther than the end: the programme is met by any table that takes it.
    (high if upper else low)[j] = end
    moved = replace(
        system,
        low=low - base,
        high=high - base,
        row_low=system.row_low - system.matrix @ base,
        row_high=system.row_high - system.matrix @ base,
    )
    cost = np.zeros(len(low))
    cost[j] = -1.0 if upper else 1.0
    whole = whole_programme(moved, cost)
    for integer in (np.zeros_like(whole.integer), whole.integer):
        try:
            answer = solve(replace(whole, integer=integer), SolveLimits(nodes=limits.programme_nodes))
        except SolveError:  # numbers beyond the solver's precision prove nothing
            continue
        learnt, cut = _learnt(system, found, answer, base), _cut(found, answer, goal, int(base[j]))
        if learnt or cut:
            return


def _learnt(system: System, found: Bounds, answer: Answer, base: Ints) -> bool:
    """Take the table of an answer, if it is one; tell whether it is."""
    if answer.values is None:
        return False
    table = base + np.rint(answer.values).astype(np.int64)
    if not satisfies(system, table):
        return False
    np.minimum(found.inner_low, table, out=found.inner_low)
    np.maximum(found.inner_high, table, out=found.inner_high)
    return True


def _cut(found: Bounds, answer: Answer, goal: tuple[int, int, bool], base: int) -> bool:
    """Cut an end that no table takes, rounded outwards; tell whether it is cut."""
    j, end, upper = goal
    if not np.isfinite(answer.bound):
        return False
    slack = _SLACK * max(1.0, abs(answer.bound))
    if upper and (most := base + int(np.floor(-answer.bound + slack))) < end:
        found.high[j] = max(most, int(found.inner_high[j]))
        return True
    if not upper and (least := base + int(np.ceil(answer.bound - slack))) > end:
        found.low[j] = min(least, int(found.inner_low[j]))
        return True
    return False
