"""The compiled loops of the explanations: proofs by contradiction. Past the end, some row cannot hold.

Where all factors are one, propagation loses nothing by rounding. Then the rows of a contradiction, added up,
prove the end that was denied in a single line.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from prikk.auditing._explain_kernels import CELL, ROW, VALUE, area_of, ball, chase
from prikk.auditing._explain_model import HIGH, LOW
from prikk.auditing._explain_proofs import place_of, rows_used, trace


@njit(cache=True)
def _clash(area, facts, last):  # type: ignore[no-untyped-def]
    """Mark the facts that a contradiction rests on; none without one."""
    for j in range(len(area.low)):
        low = facts[last[j, LOW], VALUE] if last[j, LOW] >= 0 else area.low[j]
        high = facts[last[j, HIGH], VALUE] if last[j, HIGH] >= 0 else area.high[j]
        if low > high:
            return trace(area, facts, last, j, (high + 1, high))
    return np.zeros(len(facts), np.bool_)


@njit(cache=True)
def _denied(field, chosen, cell, end, value):  # type: ignore[no-untyped-def]
    """Some rows with the cell held past the value; and whether it is open in them."""
    area = area_of(field, chosen)
    target = place_of(area, cell)
    if target >= 0 and end == LOW:
        area.high[target] = value - 1
    if target >= 0 and end != LOW:
        area.low[target] = value + 1
    return area, target >= 0


@njit(cache=True)
def _refutation(field, chosen, cell, end, value, visits):  # type: ignore[no-untyped-def]
    """The facts by which some rows refute that a cell is past ``value``, without the rows that are not needed."""
    nothing = np.empty((0, 6), np.int64)
    area, found = _denied(field, chosen, cell, end, value)
    if not found:
        return nothing
    alive = np.ones(len(chosen), np.bool_)
    _, facts, last = chase(area, alive, alive, -1, (0, 0), visits)
    used = _clash(area, facts, last)
    if not used.any():
        return nothing
    # The rows that are needed are few: from here on only they are looked at.
    area, _ = _denied(field, chosen[rows_used(area, facts, used)], cell, end, value)
    alive = np.ones(len(area.names), np.bool_)
    _, facts, last = chase(area, alive, alive, -1, (0, 0), visits)
    used = _clash(area, facts, last)
    alive = rows_used(area, facts, used)
    for r in np.argsort(-area.weight, kind="mergesort"):
        if not alive[r]:
            continue
        alive[r] = False
        _, other, ends = chase(area, alive, alive, -1, (0, 0), visits)
        marked = _clash(area, other, ends)
        if marked.any():
            facts, used = other, marked
            alive = rows_used(area, facts, used)
        else:
            alive[r] = True
    proof = facts[used]
    proof[:, CELL] = area.cells[proof[:, CELL]]
    proof[:, ROW] = area.names[proof[:, ROW]]
    return proof


@njit(cache=True)
def refute(field, cell, end, value, reach):  # type: ignore[no-untyped-def]
    """Refute that a cell is below (above) ``value``, from the smallest ball of rows that does it.

    ``reach`` is (radius, rows, visits). Returns the facts in order, the last one about the cell that cannot be.
    """
    order, ends = ball(field, cell, reach[0], reach[1])
    for stop in ends:
        proof = _refutation(field, order[:stop], cell, end, value, reach[2])
        if len(proof):
            return proof
    return np.empty((0, 6), np.int64)
