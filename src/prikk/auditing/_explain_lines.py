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
from prikk.auditing._explain_kernels import CELL, END
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
_GREATEST = 100_000

Times = int | Fraction
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
    own = np.flatnonzero((facts[:, CELL] == quantity) & (facts[:, END] == end))
    return _cancelled(book, facts[: own[-1] + 1], quantity) if len(own) else {}


def refuted(book: Book, facts: Ints) -> Rows:
    """Add up the rows of a contradiction: nothing is left of what is no end of a domain."""
    return _cancelled(book, facts, -1)


def _cancelled(book: Book, facts: Ints, kept: int) -> Rows:
    """Add the rows of facts, from the last to the first, each so often that the end that it gives cancels.

    Facts about ``kept`` but for the last are left: for that quantity the sum will be solved. No rows where
    one would be added so often that nobody could check it: shares that feed on each other lead there.
    """
    times: dict[int, Times] = {}
    weights: dict[int, Times] = {}
    for cell, end, _, row in facts[::-1, :4].tolist():
        weight = weights.get(cell, 0) if times else (-1 if end == LOW else 1)
        if not weight or (weight < 0) != (end == LOW) or (times and cell == kept):
            continue
        terms = book.row(row)
        factor = _quotient(-weight, dict(terms)[cell])
        if max(abs(factor.numerator), factor.denominator) > _GREATEST:
            return {}
        times[row] = times.get(row, 0) + factor
        for other, coefficient in terms:
            weights[other] = weights.get(other, 0) + factor * coefficient
    whole = _whole(times)
    return whole if max(map(abs, whole.values()), default=0) <= _GREATEST else {}


def _quotient(whole: Times, part: int) -> Times:
    """A quotient, whole if it can be: nearly all are, and fractions are slow."""
    return whole // part if not whole % part else Fraction(whole) / part


def cheapest(system: System, chosen: Ints, quantity: int, end: End, value: Fraction) -> Rows:
    """Give multipliers for some of the ``chosen`` rows that hold one end of a quantity to a value, or past it.

    Among those that do, about the ones that leave the fewest cells; none if there are none.
    """
    programme = _programme(system, chosen, quantity, 1 if end == LOW else -1, float(value))
    if programme is None:
        return {}
    # Presolve gives the same lines; in programmes as small as these it takes longer than it spares.
    answer = solve(programme, Limits(iterations=_ITERATIONS, presolve=False))
    if answer.values is None:
        return {}
    many = len(chosen)
    times = answer.values[:many] - answer.values[many : 2 * many]
    pairs = zip(chosen.tolist(), times.tolist(), strict=True)
    return _whole({row: Fraction(t).limit_denominator(_DENOMINATOR) for row, t in pairs if abs(t) > _TINY})


def _whole(times: Mapping[int, Times]) -> dict[int, int]:
    """Multipliers as whole numbers, in proportion."""
    scale = math.lcm(*(t.denominator for t in times.values()))
    return {row: int(t * scale) for row, t in times.items() if t}


def _programme(system: System, chosen: Ints, quantity: int, sign: int, value: float) -> Programme | None:
    """The least price of multipliers that prove ``quantity >= value`` (sign 1) or ``<= value`` (sign -1).

    Columns: each row added, each row subtracted, each open quantity's weight where it is positive and
    where it is negative. Rows: the weights are those of the rows added up; the proof reaches the value.
    """
    part = sp.csr_array(system.matrix[chosen])
    used = np.unique(part.indices).astype(np.int64)
    used = used[system.low[used] < system.high[used]]
    at = int(np.searchsorted(used, quantity))
    if at == len(used) or used[at] != quantity:
        return None
    gain, free = _gains(system, part, chosen, used)
    upper = np.where(free, np.inf, 0.0)
    upper[[2 * len(chosen) + at, 2 * len(chosen) + len(used) + at]] = 0.0
    own = np.zeros(len(used))
    own[at] = sign
    return Programme(
        matrix=_weights(part, used, gain),
        row_low=np.append(own, sign * value),
        row_high=np.append(own, np.inf),
        low=np.zeros(len(upper)),
        high=upper,
        cost=np.concatenate([np.tile(_row_costs(system, part), 2), np.full(2 * len(used), _OPEN_COST)]),
        integer=np.zeros(len(upper), dtype=bool),
    )


def _weights(part: sp.csr_array, used: Ints, gain: NDArray[np.float64]) -> sp.csr_array:
    """The programme's rows in one go: built from blocks it would take longer than it takes to solve."""
    many, width = part.shape[0], len(used)
    place = np.full(part.shape[1], -1, dtype=np.int64)
    place[used] = np.arange(width)
    row = np.repeat(np.arange(many), np.diff(part.indptr))
    is_open = place[part.indices] >= 0
    row, quantity, weight = row[is_open], place[part.indices][is_open], part.data[is_open].astype(np.float64)
    each, one = np.arange(width), np.ones(width)
    above = 2 * many + width
    rows = [quantity, quantity, each, each, np.full(len(gain), width)]
    columns = [row, row + many, each + 2 * many, each + above, np.arange(len(gain))]
    data = [weight, -weight, -one, one, gain]
    triplets = np.concatenate(data), (np.concatenate(rows), np.concatenate(columns))
    return sp.csr_array(triplets, shape=(width + 1, above + width))


def _gains(
    system: System, part: sp.csr_array, chosen: Ints, used: Ints
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
    counted = np.concatenate([[0], np.cumsum(shown[part.indices])])
    costs: NDArray[np.float64] = 1.0 + np.diff(counted[part.indptr])
    return costs
