"""The compiled loops of the explanations: the proof in the facts that propagation found, and no more than it."""

# Loops for the compiler: a call a step costs.
# ruff: noqa: C901, PLR0912

from __future__ import annotations

import numpy as np
from numba import njit

from prikk.auditing._explain_kernels import (
    BEFORE,
    CELL,
    END,
    ROW,
    SEEN,
    VALUE,
    area_of,
    ball,
    chase,
    end_used,
    endless,
)
from prikk.auditing._explain_model import HIGH, LOW


@njit(cache=True)
def _value(area, facts, cell, end, fact):  # type: ignore[no-untyped-def]
    if fact >= 0:
        return facts[fact, VALUE]
    return area.low[cell] if end == LOW else area.high[cell]


@njit(cache=True)
def trace(area, facts, last, cell, want):  # type: ignore[no-untyped-def]
    """Mark the facts that the ends ``want`` of a cell rest on, each no sharper than is needed."""
    used, needed = np.zeros(len(facts), np.bool_), facts[:, VALUE].copy()
    for end in (LOW, HIGH):
        fact = last[cell, end]
        while fact >= 0:
            before = _value(area, facts, cell, end, facts[fact, BEFORE])
            if before < want[LOW] if end == LOW else before > want[HIGH]:
                used[fact], needed[fact] = True, want[end]
                break
            fact = facts[fact, BEFORE]
    for f in range(len(facts) - 1, -1, -1):
        if not used[f]:
            continue
        r, j, end = facts[f, ROW], facts[f, CELL], facts[f, END]
        need, first, stop = needed[f], area.start[r], area.start[r + 1]
        size, upper = 1, True
        for k in range(first, stop):
            if area.cell[k] == j:
                size, upper = abs(area.coef[k]), (area.coef[k] > 0) == (end == HIGH)
        # What the row leaves to spare beyond the need: reasons may be that much weaker.
        spare = size * (need if end == HIGH else -need) + size - 1
        spare -= area.row_high[r] if upper else -area.row_low[r]
        reasons = np.full(stop - first, -1, np.int64)
        for k in range(first, stop):
            t = area.cell[k]
            if t == j:
                continue
            side = end_used(area.coef[k], upper)
            fact = last[t, side]
            while fact >= facts[f, SEEN]:
                fact = facts[fact, BEFORE]
            reasons[k - first] = fact
            value = _value(area, facts, t, side, fact)
            spare += area.coef[k] * value if upper else -area.coef[k] * value
        for k in range(first, stop):
            t, fact = area.cell[k], reasons[k - first]
            side = end_used(area.coef[k], upper)
            while fact >= 0:
                weaker = _value(area, facts, t, side, facts[fact, BEFORE])
                loss = abs(area.coef[k]) * abs(weaker - facts[fact, VALUE])
                if endless(weaker) or loss > spare:
                    used[fact] = True
                    break
                spare -= loss
                fact = facts[fact, BEFORE]
    return used


@njit(cache=True)
def rows_used(area, facts, used):  # type: ignore[no-untyped-def]
    alive = np.zeros(len(area.row_low), np.bool_)
    for f in range(len(facts)):
        if used[f]:
            alive[facts[f, ROW]] = True
    return alive


@njit(cache=True)
def place_of(area, cell):  # type: ignore[no-untyped-def]
    """The number of a cell in an area; -1 where it is not open in it."""
    for j in range(len(area.cells)):
        if area.cells[j] == cell:
            return j
    return -1


@njit(cache=True)
def lean(field, chosen, cell, want, visits):  # type: ignore[no-untyped-def]
    """Prove the ends ``want`` of a cell from some rows, and leave out every row that is not needed.

    Returns the facts of the proof in order, numbered as in the system; none when the rows do not prove it.
    """
    nothing = np.empty((0, 6), np.int64)
    area = area_of(field, chosen)
    target = place_of(area, cell)
    if target < 0:
        return nothing
    alive = np.ones(len(chosen), np.bool_)
    met, facts, last = chase(area, alive, alive, target, want, visits)
    if not met:
        return nothing
    used = trace(area, facts, last, target, want)
    if not used.any():
        return nothing
    # The rows that are needed are few: from here on only they are looked at.
    area = area_of(field, chosen[rows_used(area, facts, used)])
    target = place_of(area, cell)
    alive = np.ones(len(area.names), np.bool_)
    met, facts, last = chase(area, alive, alive, target, want, visits)
    if not met:
        return nothing
    used = trace(area, facts, last, target, want)
    alive = rows_used(area, facts, used)
    for r in np.argsort(-area.weight, kind="mergesort"):
        if not alive[r]:
            continue
        alive[r] = False
        met, other, ends = chase(area, alive, alive, target, want, visits)
        if met:
            facts, used = other, trace(area, other, ends, target, want)
            alive = rows_used(area, facts, used)
        else:
            alive[r] = True
    proof = facts[used]
    proof[:, CELL] = area.cells[proof[:, CELL]]
    proof[:, ROW] = area.names[proof[:, ROW]]
    return proof


@njit(cache=True)
def prove(field, cell, want, radius, most, visits):  # type: ignore[no-untyped-def]
    """Prove the ends ``want`` of a cell from the smallest ball of rows that does it; see :func:`lean`."""
    order, ends = ball(field, cell, radius, most)
    for end in ends:
        proof = lean(field, order[:end], cell, want, visits)
        if len(proof):
            return proof
    return np.empty((0, 6), np.int64)
