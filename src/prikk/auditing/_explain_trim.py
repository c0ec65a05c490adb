"""The compiled loops of the explanations: a line made shorter, a row at a time, as long as it proves its end.

A line is rows added up, each so many times. The sum is at most what the bounds of its rows allow; with every
quantity but one at its worst end, that bounds the one. Moves that leave less to read are taken, the best first.
"""

# Loops for the compiler: a call a step costs.
# ruff: noqa: PLR0913, PLR0917, SIM110

from __future__ import annotations

import numpy as np
from numba import njit

from prikk.auditing._explain_kernels import endless
from prikk.auditing._explain_model import LOW

_MOST_MOVES = 200
_PRICE = 5
_OPEN = 1
"""A shown figure reads easier than the end of an interval, and a row costs as much as a figure; a shown zero
is not written."""
_NEVER = 1_000_000
PRICE, GAIN, LOOSE = range(3)


@njit(cache=True)
def _weigh(field, j, weight, sign, extra, change):  # type: ignore[no-untyped-def]
    """Count a quantity of some weight in (``sign`` 1) or out (-1)."""
    low, high = field.low[j], field.high[j]
    if weight == 0 or (low == 0 and high == 0):
        return
    change[PRICE] += sign * (_PRICE + (extra if low < high else 0))
    end = low if weight > 0 else high
    if endless(end):
        change[LOOSE] += sign
    else:
        change[GAIN] += sign * weight * end


@njit(cache=True)
def _count(field, row, times, sign, extra, change):  # type: ignore[no-untyped-def]
    """Count a row so many times in or out."""
    if times == 0:
        return
    low, high = field.rows.low[row], field.rows.high[row]
    change[PRICE] += sign * (_PRICE + (extra if low < high else 0))
    end = high if times > 0 else low
    if endless(end):
        change[LOOSE] += sign
    else:
        change[GAIN] -= sign * times * end


@njit(cache=True)
def _change(field, quantity, row, factor, extra, change):  # type: ignore[no-untyped-def]
    """What adding a row so many times more changes; the factor of the quantity itself in the row."""
    rows, own = field.rows, 0
    change[:] = 0
    for k in range(rows.start[row], rows.start[row + 1]):
        j, a = rows.cell[k], rows.coef[k]
        if j == quantity:
            own = a
            continue
        weight = field.weights[j]
        _weigh(field, j, weight, -1, extra, change)
        _weigh(field, j, weight + factor * a, 1, extra, change)
    _count(field, row, field.counts[row], -1, extra, change)
    _count(field, row, field.counts[row] + factor, 1, extra, change)
    return own


@njit(cache=True)
def _add(field, row, factor, cells):  # type: ignore[no-untyped-def]
    field.counts[row] += factor
    for k in range(field.rows.start[row], field.rows.start[row + 1]):
        j = field.rows.cell[k]
        field.weights[j] += factor * field.rows.coef[k]
        if field.cell_mark[j] < 0:
            field.cell_mark[j] = 1
            cells.append(j)


@njit(cache=True)
def _start(field, quantity, sign, rows, times, cells):  # type: ignore[no-untyped-def]
    """Lay a line out, turned so that it bounds the quantity on the side that is asked for."""
    own = 0
    for i in range(len(rows)):
        for k in range(field.rows.start[rows[i]], field.rows.start[rows[i] + 1]):
            if field.rows.cell[k] == quantity:
                own += times[i] * field.rows.coef[k]
    turn = -1 if own * sign > 0 else 1
    for i in range(len(rows)):
        _add(field, rows[i], turn * times[i], cells)


@njit(cache=True)
def _whole(field, quantity, rows, cells, extra):  # type: ignore[no-untyped-def]
    """The price of the line, its gain, and how many of its parts have no end."""
    total = np.zeros(3, np.int64)
    for j in cells:
        if j != quantity:
            _weigh(field, j, field.weights[j], 1, extra, total)
    for r in rows:
        _count(field, r, field.counts[r], 1, extra, total)
    return total


@njit(cache=True)
def _is_open(field, quantity, rows, cells):  # type: ignore[no-untyped-def]
    """Whether a line rests on an interval, not on figures alone."""
    for j in cells:
        if j != quantity and field.weights[j] != 0 and field.low[j] < field.high[j]:
            return True
    for r in rows:
        if field.rows.low[r] < field.rows.high[r]:
            return True
    return False


@njit(cache=True)
def _best(field, quantity, sign, value, cells, total, extra):  # type: ignore[no-untyped-def]
    """The move that shortens the line most and leaves the proof whole: (row, factor), or (-1, 0)."""
    best, chosen, by = 0, -1, 0
    change = np.zeros(3, np.int64)
    for j in cells:
        if field.weights[j] == 0 or j == quantity:
            continue
        for q in range(field.rows.cell_start[j], field.rows.cell_start[j + 1]):
            row = field.rows.cell_row[q]
            a = 0
            for k in range(field.rows.start[row], field.rows.start[row + 1]):
                if field.rows.cell[k] == j:
                    a = field.rows.coef[k]
            cancels = -field.weights[j] // a if a != 0 and field.weights[j] % a == 0 else 0
            for factor in (cancels, -field.counts[row]):
                if factor == 0:
                    continue
                own = _change(field, quantity, row, factor, extra, change)
                if change[PRICE] >= best or total[LOOSE] + change[LOOSE] > 0:
                    continue
                divisor = -sign * (field.weights[quantity] + factor * own)
                if divisor > 0 and total[GAIN] + change[GAIN] > divisor * (sign * value - 1):
                    best, chosen, by = change[PRICE], row, factor
    return chosen, by


@njit(cache=True)
def trim(field, quantity, end, value, rows, times):  # type: ignore[no-untyped-def]
    """Shorten a line that proves one end of a quantity; the rows, and how often each is added.

    A line of figures alone, which gives both ends, stays one.
    """
    sign, cells = 1 if end == LOW else -1, [quantity]
    field.cell_mark[quantity] = 1
    _start(field, quantity, sign, rows, times, cells)
    extra = _OPEN if _is_open(field, quantity, rows, cells) else _NEVER
    used = [r for r in rows]
    total = _whole(field, quantity, rows, cells, extra)
    change = np.zeros(3, np.int64)
    for _ in range(_MOST_MOVES):
        row, factor = _best(field, quantity, sign, value, cells, total, extra)
        if row < 0:
            break
        _change(field, quantity, row, factor, extra, change)
        total += change
        _add(field, row, factor, cells)
        if row not in used:
            used.append(row)
    left = np.array(used, np.int64)
    often = field.counts[left]
    for r in used:
        field.counts[r] = 0
    for j in cells:
        field.weights[j], field.cell_mark[j] = 0, -1
    return left[often != 0], often[often != 0]
