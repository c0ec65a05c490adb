"""Single lines: rows added and subtracted so that what is hidden between them cancels.

Two ways to find them: add up the rows of a chain, or ask a linear programme for the multipliers that leave
the fewest cells. Either is checked in whole numbers before it is used.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from prikk.auditing._explain_book import Book, Known
from prikk.auditing._explain_model import HIGH, LOW, End, Interval, Rows, Steps
from prikk.auditing._explain_steps import step_of
from prikk.auditing._kernels import Ints
from prikk.auditing._model import Step
from prikk.auditing._system import System
from prikk.solve import Limits, Programme, solve
from prikk.tabular import UNBOUNDED

_OPEN_COST = 1.2  # a shown cell reads easier than the end of an interval
_DENOMINATOR = 24
_ITERATIONS = 20_000
_TINY = 1e-7

Finder = Callable[[End, int], Rows]
"""Gives rows that hold one end of a quantity to a value; none if it finds none."""


def lines(known: Known, quantity: int, want: Interval, rows_for: Finder) -> Steps:
    """Prove a quantity's interval with one line, or one for each end; empty where the finder does not."""
    start, known = known, known.copy()
    steps: list[Step] = []
    ends: tuple[End, ...] = (LOW, HIGH)
    for end in ends:
        if _met(known[quantity], end, want[end]):
            continue
        rows = rows_for(end, want[end])
        step = step_of(start, rows, quantity, end) if rows else None
        if step is None:
            return ()
        known.add(step)
        steps.append(step)
    if steps and steps[-1].bound == "=":
        steps = steps[-1:]
    return tuple(steps) if known.meets(quantity, want) else ()


def _met(now: Interval, end: int, value: int) -> bool:
    return now[LOW] >= value if end == LOW else now[HIGH] <= value


def added_up(book: Book, facts: Ints, quantity: int, end: End) -> Rows:
    """Add up the rows of a chain, its last first, so that what the steps derive on the way cancels."""
    times: dict[int, Fraction] = {}
    weights = {quantity: Fraction(-1 if end == LOW else 1)}
    for cell, side, _, row in facts[::-1, :4].tolist():
        if (cell == quantity) == bool(times):
            continue
        weight = weights.get(cell, Fraction(0))
        if weight == 0 or (weight < 0) != (side == LOW):
            continue
        terms = book.row(row)
        factor = -weight / dict(terms)[cell]
        times[row] = times.get(row, Fraction(0)) + factor
        for other, coefficient in terms:
            weights[other] = weights.get(other, Fraction(0)) + factor * coefficient
    return _whole(times)


def cheapest(system: System, chosen: Ints, quantity: int, end: End, value: Fraction) -> Rows:
    """Give multipliers for some of the ``chosen`` rows that hold one end of a quantity to a value, or past it.

    Among those that do, about the ones that leave the fewest cells; none if there are none.
    """
    programme = _programme(system, chosen, quantity, 1 if end == LOW else -1, float(value))
    if programme is None:
        return {}
    answer = solve(programme, Limits(iterations=_ITERATIONS))
    if answer.values is None:
        return {}
    many = len(chosen)
    times = answer.values[:many] - answer.values[many : 2 * many]
    pairs = zip(chosen.tolist(), times.tolist(), strict=True)
    return _whole({row: Fraction(t).limit_denominator(_DENOMINATOR) for row, t in pairs if abs(t) > _TINY})


def _whole(times: Mapping[int, Fraction]) -> dict[int, int]:
    """Multipliers as whole numbers, in proportion."""
    scale = math.lcm(*(t.denominator for t in times.values()))
    return {row: int(t * scale) for row, t in times.items() if t}


def _programme(system: System, chosen: Ints, quantity: int, sign: int, value: float) -> Programme | None:
    """The least price of multipliers that prove ``quantity >= value`` (sign 1) or ``<= value`` (sign -1).

    Columns: each row added, each row subtracted, each open quantity's weight where it is positive and
    where it is negative. Rows: the weights are those of the rows added up; the proof reaches the value.
    """
    part = sp.csr_array(system.matrix[chosen])
    by_cell = sp.csc_array(part)
    used = np.flatnonzero((np.diff(by_cell.indptr) > 0) & (system.low < system.high))
    at = int(np.searchsorted(used, quantity))
    if at == len(used) or used[at] != quantity:
        return None
    open_part = sp.csr_array(by_cell[:, used].T).astype(np.float64)
    one = sp.eye_array(len(used), format="csr")
    gain, free = _gains(system, part, chosen, used)
    upper = np.where(free, np.inf, 0.0)
    upper[[2 * len(chosen) + at, 2 * len(chosen) + len(used) + at]] = 0.0
    own = np.zeros(len(used))
    own[at] = sign
    weights = sp.hstack([open_part, -open_part, -one, one], format="csr")
    return Programme(
        matrix=sp.csr_array(sp.vstack([weights, sp.csr_array(gain[None, :])], format="csr")),
        row_low=np.append(own, sign * value),
        row_high=np.append(own, np.inf),
        low=np.zeros(len(upper)),
        high=upper,
        cost=np.concatenate([np.tile(_row_costs(system, part), 2), np.full(2 * len(used), _OPEN_COST)]),
        integer=np.zeros(len(upper), dtype=bool),
    )


def _gains(
    system: System, part: sp.csr_array, chosen: Ints, used: NDArray[np.intp]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """What each column adds to the bound that is proven, and whether it may be used at all."""
    shown = part @ np.where(system.low == system.high, system.low, 0)
    ends = (system.row_low[chosen], system.row_high[chosen], system.high[used], system.low[used])
    free = np.concatenate([np.abs(end) < UNBOUNDED for end in ends])
    signed = [ends[0] - shown, shown - ends[1], -ends[2], ends[3]]
    return np.where(free, np.concatenate(signed), 0).astype(np.float64), free


def _row_costs(system: System, part: sp.csr_array) -> NDArray[np.float64]:
    """A row costs itself and the shown cells in it, zeros apart."""
    shown = (system.low == system.high) & (system.low != 0)
    costs: NDArray[np.float64] = 1.0 + (abs(part).sign() @ shown.astype(np.float64))
    return costs
