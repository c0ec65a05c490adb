"""The compiled loops: propagation of bounds, and the search for a table with one cell at a given value.

All arrays are int64 unless they are masks. Numba compiles the functions once and keeps them beside the
package; what they do is described in ``docs/design/audit.md``.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

FEASIBLE, IMPOSSIBLE, LIMIT = 1, 0, 2

# Bounds of wide cells can creep towards each other by one a round. Stopping early is sound, it only leaves
# them wider; so one step of a search may visit so many rows, and a lasting cut more.
_SEARCH_VISITS = 2_000
_LASTING_VISITS = 200_000


class Rows(NamedTuple):
    """Linear rows ``low <= sum(coef * cell) <= high``, by row and by cell."""

    start: Ints
    cell: Ints
    coef: Ints
    low: Ints
    high: Ints
    cell_start: Ints
    cell_row: Ints
    cell_coef: Ints


class State(NamedTuple):
    """Domains of the cells, and the table at hand: ``hint`` moved into the domains is ``now``.

    ``activity`` is the sum of each row for ``now``; ``violated`` lists rows out of their range, with each
    row's ``position`` in it or -1. ``trail`` has (cell, old low, old high) of every change since the
    last mark. ``sizes`` holds the lengths of the trail and of ``violated``.
    """

    low: Ints
    high: Ints
    hint: Ints
    now: Ints
    activity: Ints
    queue: Ints
    queued: Mask
    trail: Ints
    violated: Ints
    position: Ints
    sizes: Ints


@njit(cache=True)
def _move(rows, state, j):  # type: ignore[no-untyped-def]
    """Let ``now`` of a cell follow its domain, and keep the activities and the violated rows."""
    value = min(max(state.hint[j], state.low[j]), state.high[j])
    step = value - state.now[j]
    if step == 0:
        return
    state.now[j] = value
    for k in range(rows.cell_start[j], rows.cell_start[j + 1]):
        r = rows.cell_row[k]
        state.activity[r] += rows.cell_coef[k] * step
        bad = state.activity[r] < rows.low[r] or state.activity[r] > rows.high[r]
        at = state.position[r]
        if bad and at < 0:
            state.position[r] = state.sizes[1]
            state.violated[state.sizes[1]] = r
            state.sizes[1] += 1
        elif not bad and at >= 0:
            state.sizes[1] -= 1
            last = state.violated[state.sizes[1]]
            state.violated[at] = last
            state.position[last] = at
            state.position[r] = -1


@njit(cache=True)
def narrow(rows, state, j, low, high, keep):  # type: ignore[no-untyped-def]
    """Set a cell's domain; with ``keep`` the old one goes on the trail."""
    if keep:
        t = state.sizes[0]
        state.trail[t, 0] = j
        state.trail[t, 1] = state.low[j]
        state.trail[t, 2] = state.high[j]
        state.sizes[0] = t + 1
    state.low[j] = low
    state.high[j] = high
    _move(rows, state, j)


@njit(cache=True)
def undo(rows, state, mark):  # type: ignore[no-untyped-def]
    """Take back all changes after a mark."""
    for t in range(state.sizes[0] - 1, mark - 1, -1):
        j = state.trail[t, 0]
        state.low[j] = state.trail[t, 1]
        state.high[j] = state.trail[t, 2]
        _move(rows, state, j)
    state.sizes[0] = mark


@njit(cache=True)
def _tightened(a, low, high, row_low, row_high, smallest, largest):  # type: ignore[no-untyped-def]
    """The domain of one cell that the rest of its row leaves; integer rounding inwards."""
    if a > 0:
        new_high = min(high, (row_high - smallest + a * low) // a)
        new_low = max(low, -((largest - a * high - row_low) // a))
    else:
        b = -a
        new_low = max(low, -((row_high - smallest - b * high) // b))
        new_high = min(high, (largest + b * low - row_low) // b)
    return new_low, new_high


@njit(cache=True)
def propagate(rows, state, waiting, keep, visits):  # type: ignore[no-untyped-def]
    """Propagate bounds from the rows in the queue (its first ``waiting`` places) to a fixed point.

    Returns (outcome, row): FEASIBLE when no row is contradicted, IMPOSSIBLE with the row that is, LIMIT
    when the trail is full. After ``visits`` rows it stops early; bounds are then valid but may be wide.
    """
    room = state.queue.shape[0]
    head, tail = 0, waiting % room
    outcome, culprit = FEASIBLE, -1
    while waiting > 0:
        r = state.queue[head]
        head = (head + 1) % room
        waiting -= 1
        state.queued[r] = False
        visits -= 1
        if outcome != FEASIBLE or visits < 0:
            continue
        smallest, largest = 0, 0
        for k in range(rows.start[r], rows.start[r + 1]):
            a, j = rows.coef[k], rows.cell[k]
            if a > 0:
                smallest += a * state.low[j]
                largest += a * state.high[j]
            else:
                smallest += a * state.high[j]
                largest += a * state.low[j]
        if smallest > rows.high[r] or largest < rows.low[r]:
            outcome, culprit = IMPOSSIBLE, r
            continue
        if smallest >= rows.low[r] and largest <= rows.high[r]:
            continue
        for k in range(rows.start[r], rows.start[r + 1]):
            a, j = rows.coef[k], rows.cell[k]
            if state.low[j] == state.high[j]:
                continue
            low, high = _tightened(
                a, state.low[j], state.high[j], rows.low[r], rows.high[r], smallest, largest
            )
            if low > high:
                outcome, culprit = IMPOSSIBLE, r
                break
            if low == state.low[j] and high == state.high[j]:
                continue
            if a > 0:
                smallest += a * (low - state.low[j])
                largest += a * (high - state.high[j])
            else:
                smallest += a * (high - state.high[j])
                largest += a * (low - state.low[j])
            if keep and state.sizes[0] >= state.trail.shape[0]:
                outcome = LIMIT
                break
            narrow(rows, state, j, low, high, keep)
            for q in range(rows.cell_start[j], rows.cell_start[j + 1]):
                other = rows.cell_row[q]
                if not state.queued[other]:
                    state.queued[other] = True
                    state.queue[tail] = other
                    tail = (tail + 1) % room
                    waiting += 1
    return outcome, culprit


@njit(cache=True)
def settle(rows, state, j, low, high, keep, visits):  # type: ignore[no-untyped-def]
    """Set a cell's domain and propagate what follows from it."""
    if keep and state.sizes[0] >= state.trail.shape[0]:
        return LIMIT, -1
    narrow(rows, state, j, low, high, keep)
    waiting = 0
    for k in range(rows.cell_start[j], rows.cell_start[j + 1]):
        r = rows.cell_row[k]
        state.queue[waiting] = r
        state.queued[r] = True
        waiting += 1
    return propagate(rows, state, waiting, keep, visits)


@njit(cache=True)
def settle_all(rows, state, visits):  # type: ignore[no-untyped-def]
    """Propagate from every row, for good."""
    many = rows.low.shape[0]
    for r in range(many):
        state.queue[r] = r
        state.queued[r] = True
    return propagate(rows, state, many, False, visits)


@njit(cache=True)
def _miss(value, low, high):  # type: ignore[no-untyped-def]
    if value < low:
        return low - value
    if value > high:
        return value - high
    return 0


@njit(cache=True)
def _gain(rows, state, j, step):  # type: ignore[no-untyped-def]
    """How much less the rows of a cell are violated when it moves by a step; a fresh violation weighs more."""
    gain = 0
    for k in range(rows.cell_start[j], rows.cell_start[j + 1]):
        r = rows.cell_row[k]
        before = _miss(state.activity[r], rows.low[r], rows.high[r])
        after = _miss(state.activity[r] + rows.cell_coef[k] * step, rows.low[r], rows.high[r])
        gain += 4 * (before - after)
        if before == 0 and after > 0:
            gain -= 1
    return 8 * gain + min(state.high[j] - state.low[j], 6)


@njit(cache=True)
def _choose(rows, state):  # type: ignore[no-untyped-def]
    """The best move of a cell in one of the rows that were violated last: (cell, step) or (-1, 0).

    A step mends the whole row where the cell's domain allows it.
    """
    best, cell, step = -(1 << 60), -1, 0
    many = state.sizes[1]
    for w in range(min(many, 4)):
        r = state.violated[many - 1 - w]
        upward = state.activity[r] < rows.low[r]
        need = _miss(state.activity[r], rows.low[r], rows.high[r])
        for k in range(rows.start[r], rows.start[r + 1]):
            j, a = rows.cell[k], rows.coef[k]
            if upward == (a > 0):
                d = min(max(need // abs(a), 1), state.high[j] - state.now[j])
            else:
                d = -min(max(need // abs(a), 1), state.now[j] - state.low[j])
            if d == 0:
                continue
            gain = _gain(rows, state, j, d)
            if gain > best:
                best, cell, step = gain, j, d
    return cell, step


@njit(cache=True)
def search(rows, state, decisions, j, low, high, limit):  # type: ignore[no-untyped-def]
    """Look for a table with cell ``j`` in a range, near the hint, by moves of single cells and backtracking.

    Returns (outcome, nodes). FEASIBLE leaves the table in ``state.now``; IMPOSSIBLE is a proof; LIMIT is
    neither. The caller takes the changes back with ``undo(rows, state, 0)``.
    """
    depth, nodes = 0, 0
    outcome, _ = settle(rows, state, j, low, high, True, _SEARCH_VISITS)
    while True:
        if outcome == LIMIT:
            return LIMIT, nodes
        if outcome == IMPOSSIBLE:
            if depth == 0:
                return IMPOSSIBLE, nodes
            depth -= 1
            undo(rows, state, decisions[depth, 0])
            outcome, _ = settle(
                rows,
                state,
                decisions[depth, 1],
                decisions[depth, 2],
                decisions[depth, 3],
                True,
                _SEARCH_VISITS,
            )
            continue
        if state.sizes[1] == 0:
            return FEASIBLE, nodes
        nodes += 1
        if nodes > limit or depth >= decisions.shape[0]:
            return LIMIT, nodes
        cell, step = _choose(rows, state)
        if cell < 0:
            outcome = IMPOSSIBLE
            continue
        here = state.now[cell]
        bottom, top = state.low[cell], state.high[cell]
        decisions[depth, 0] = state.sizes[0]
        decisions[depth, 1] = cell
        decisions[depth, 2] = bottom if step > 0 else here + step + 1
        decisions[depth, 3] = here + step - 1 if step > 0 else top
        depth += 1
        if step > 0:
            outcome, _ = settle(rows, state, cell, here + step, top, True, _SEARCH_VISITS)
        else:
            outcome, _ = settle(rows, state, cell, bottom, here + step, True, _SEARCH_VISITS)


@njit(cache=True)
def probe(rows, state, targets, inner_low, inner_high, visits):  # type: ignore[no-untyped-def]
    """Cut off every end of a target's domain that propagation alone contradicts; again until none is left.

    Returns the number of cuts, or -1 when the system contradicts itself.
    """
    cuts, again = 0, True
    while again:
        again = False
        for j in targets:
            for upper in (False, True):
                while state.low[j] < state.high[j]:
                    reached = inner_high[j] >= state.high[j] if upper else inner_low[j] <= state.low[j]
                    if reached:
                        break
                    value = state.high[j] if upper else state.low[j]
                    outcome, _ = settle(rows, state, j, value, value, True, visits)
                    undo(rows, state, 0)
                    if outcome != IMPOSSIBLE:
                        break
                    cuts += 1
                    again = True
                    low = state.low[j] if upper else value + 1
                    high = value - 1 if upper else state.high[j]
                    outcome, _ = settle(rows, state, j, low, high, False, _LASTING_VISITS)
                    if outcome == IMPOSSIBLE:
                        return -1
    return cuts


@njit(cache=True)
def _learn(state, inner_low, inner_high):  # type: ignore[no-untyped-def]
    for j in range(state.now.shape[0]):
        inner_low[j] = min(inner_low[j], state.now[j])
        inner_high[j] = max(inner_high[j], state.now[j])


@njit(cache=True)
def reach_end(rows, state, decisions, j, upper, inner_low, inner_high, limit, walk):  # type: ignore[no-untyped-def]
    """Close one end of one cell: the search at the end itself, then by halves between it and what is known.

    Every table found widens ``inner_low`` and ``inner_high`` of all cells; every proof cuts the domain
    for good. With ``walk`` each table found is where the next search starts. Returns FEASIBLE when the end is closed, LIMIT when the search gave up, IMPOSSIBLE when the
    system contradicts itself.
    """
    step = 1 << 62
    while True:
        known = inner_high[j] if upper else inner_low[j]
        low, high = state.low[j], state.high[j]
        gap = high - known if upper else known - low
        if gap <= 0:
            return FEASIBLE
        step = min(step, gap)
        value = known + step if upper else known - step
        if upper:
            outcome, _ = search(rows, state, decisions, j, value, high, limit)
        else:
            outcome, _ = search(rows, state, decisions, j, low, value, limit)
        if outcome == FEASIBLE:
            _learn(state, inner_low, inner_high)
            if walk:
                state.hint[:] = state.now
        undo(rows, state, 0)
        if outcome == LIMIT:
            if step == 1:
                return LIMIT
            step //= 2
        elif outcome == IMPOSSIBLE:
            if upper:
                outcome, _ = settle(rows, state, j, low, value - 1, False, _LASTING_VISITS)
            else:
                outcome, _ = settle(rows, state, j, value + 1, high, False, _LASTING_VISITS)
            if outcome == IMPOSSIBLE:
                return IMPOSSIBLE


@njit(cache=True)
def sweep(rows, state, decisions, targets, inner_low, inner_high, limit, walk):  # type: ignore[no-untyped-def]
    """Close both ends of every target as far as a search of ``limit`` nodes goes; give the open ends."""
    still_open = 0
    for j in targets:
        for upper in (False, True):
            outcome = reach_end(rows, state, decisions, j, upper, inner_low, inner_high, limit, walk)
            if outcome == IMPOSSIBLE:
                return -1
            if outcome == LIMIT:
                still_open += 1
    return still_open


@njit(cache=True)
def packed(cells, leaf_start, leaf, holder_start, holder, slack):  # type: ignore[no-untyped-def]
    """The most units that can be added within each of some cells, one at a time.

    Cell ``c`` holds the leaves ``leaf[leaf_start[c]:leaf_start[c + 1]]``; a leaf is held by the cells
    ``holder[holder_start[l]:holder_start[l + 1]]``, and no cell may gain more than its ``slack``. The
    leaves of a cell and its slack are few, so every way to spread the units is tried.
    """
    most = np.zeros(len(cells), dtype=np.int64)
    masks = np.zeros(4096, dtype=np.int64)
    rooms = np.zeros(4096, dtype=np.int64)
    for i in range(len(cells)):
        c = cells[i]
        first, many = leaf_start[c], leaf_start[c + 1] - leaf_start[c]
        known = 0
        for a in range(many):
            for q in range(holder_start[leaf[first + a]], holder_start[leaf[first + a] + 1]):
                mask = 0
                for b in range(leaf_start[holder[q]], leaf_start[holder[q] + 1]):
                    for d in range(many):
                        if leaf[b] == leaf[first + d]:
                            mask |= 1 << d
                at = 0
                while at < known and masks[at] != mask:
                    at += 1
                if at == known:
                    masks[at], rooms[at] = mask, slack[holder[q]]
                    known += 1
                rooms[at] = min(rooms[at], slack[holder[q]])
        units = np.zeros(many, dtype=np.int64)
        while True:
            total = units.sum()
            fits = True
            for at in range(known):
                inside = 0
                for d in range(many):
                    if masks[at] >> d & 1:
                        inside += units[d]
                fits = fits and inside <= rooms[at]
            if fits and total > most[i]:
                most[i] = total
            d = 0
            while d < many:
                units[d] += 1
                if units[d] <= slack[c] and units.sum() <= slack[c]:
                    break
                units[d] = 0
                d += 1
            if d == many:
                break
    return most
