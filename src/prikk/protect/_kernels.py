"""The compiled loops of protection: choosing columns, assembling programmes, applying changes.

All arrays are int64 or float64 unless they are masks. ``slot`` is scratch: a number a row, all -1 before and after.
Numba compiles the functions once and keeps them beside the package.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray


class Parts(NamedTuple):
    """A programme in some finest cells, its columns, before it is written out.

    The rows that the columns touch, with equal members merged: members by column (``indptr``, ``indices``, ``data``),
    bounds, price of each unit of movement, and wish (a price that is less for moving up). Rows with one member
    are bounds, price and wish of their column. ``touched`` lists the rows of the problem, ``place`` where each went:
    a merged row, or -1 - column.
    """

    indptr: NDArray[np.int64]
    indices: NDArray[np.int64]
    data: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    price: NDArray[np.float64]
    wish: NDArray[np.float64]
    col_low: NDArray[np.float64]
    col_high: NDArray[np.float64]
    col_price: NDArray[np.float64]
    col_wish: NDArray[np.float64]
    touched: NDArray[np.int64]
    place: NDArray[np.int64]


@njit(cache=True)
def closest(rows, own, burden, visible, many):  # type: ignore[no-untyped-def]
    """The ``many`` finest cells that move at the least extra price with some (``own``), those among them.

    ``visible`` is the price of each row, 0 where it is hidden; ``burden`` sums it over the rows of each finest cell.
    Rows that a cell shares with ``own`` can hold still while both move, so they speak for it. The first half is chosen
    so; the others by the rows that they share with that half: what a move along it disturbs, they can set right.
    """
    width = len(burden)
    if many >= width:
        return np.arange(width)
    score = burden.copy()
    seen = np.zeros(len(visible), dtype=np.bool_)
    for j in own:
        for q in range(rows.at[j], rows.at[j + 1]):
            r = rows.row[q]
            if visible[r] > 0:
                seen[r] = True
                for k in range(rows.start[r], rows.start[r + 1]):
                    score[rows.leaf[k]] -= 3.0 * visible[r]
    for j in own:
        score[j] = -1e18
    half = _least(score, many // 2)
    for j in half:
        for q in range(rows.at[j], rows.at[j + 1]):
            r = rows.row[q]
            if visible[r] > 0 and not seen[r]:
                seen[r] = True
                for k in range(rows.start[r], rows.start[r + 1]):
                    score[rows.leaf[k]] -= visible[r]
    for j in half:
        score[j] = -1e18
    return _least(score, many)


@njit(cache=True)
def _least(score, many):  # type: ignore[no-untyped-def]
    """The places of the ``many`` least numbers, in order; of equal ones the first."""
    edge = np.partition(score, many)[many]
    below = (score < edge).sum()
    places = np.empty(many, dtype=np.int64)
    at = 0
    for j in range(len(score)):
        if score[j] < edge or (score[j] == edge and below < many):
            below += score[j] == edge
            places[at] = j
            at += 1
    return places


@njit(cache=True)
def repriced(rows, some, prices, visible, burden):  # type: ignore[no-untyped-def]
    """Give some rows a price, and let the burdens follow."""
    for i in range(len(some)):
        r = some[i]
        step = prices[i] - visible[r]
        if step != 0:
            visible[r] = prices[i]
            for k in range(rows.start[r], rows.start[r + 1]):
                burden[rows.leaf[k]] += step


@njit(cache=True)
def _touched(rows, cols, hashes, slot):  # type: ignore[no-untyped-def]
    """The rows that some columns touch: with a key of their members, how many, and the last of them."""
    total = 0
    for j in cols:
        total += rows.at[j + 1] - rows.at[j]
    touched = np.empty(total, dtype=np.int64)
    key = np.zeros(total, dtype=np.int64)
    count = np.zeros(total, dtype=np.int64)
    last = np.zeros(total, dtype=np.int64)
    many = 0
    for k in range(len(cols)):
        j = cols[k]
        for q in range(rows.at[j], rows.at[j + 1]):
            r = rows.row[q]
            s = slot[r]
            if s < 0:
                s = many
                slot[r] = s
                touched[s] = r
                many += 1
            key[s] += rows.weight[q] * hashes[j]
            # A member with another weight than 1 never makes a bound of a column.
            count[s] += 1 if rows.weight[q] == 1 else 2
            last[s] = k
    return touched[:many], key[:many], count[:many], last[:many], total


@njit(cache=True)
def assemble(rows, cols, fixed, visible, wishes, cap, hashes, slot):  # type: ignore[no-untyped-def]
    """The parts of a programme in some columns, none of which moves by more than ``cap``."""
    touched, key, count, last, total = _touched(rows, cols, hashes, slot)
    many, width = len(touched), len(cols)
    order = np.argsort(key, kind="mergesort")
    col_low, col_high = np.full(width, -cap), np.full(width, cap)
    col_price, col_wish = np.zeros(width), np.zeros(width)
    group, place = np.full(many, -1, dtype=np.int64), np.empty(many, dtype=np.int64)
    low, high, price, wish = np.empty(many), np.empty(many), np.zeros(many), np.zeros(many)
    groups, i = 0, 0
    while i < many:
        e = i
        a, b, c, w = -1e18, 1e18, 0.0, 0.0
        while e < many and key[order[e]] == key[order[i]]:
            r = touched[order[e]]
            if fixed[r]:
                a, b = 0.0, 0.0
            else:
                a, b = max(a, -float(rows.down[r])), min(b, float(rows.up[r]))
                c += visible[r]
            w += wishes[r]
            e += 1
        s = order[i]
        if count[s] == 1:
            k = last[s]
            col_low[k], col_high[k] = max(col_low[k], a), min(col_high[k], b)
            col_price[k] += c
            col_wish[k] += w
            for f in range(i, e):
                place[order[f]] = -1 - k
        else:
            group[s] = groups
            low[groups], high[groups], price[groups], wish[groups] = a, b, c, w
            for f in range(i, e):
                place[order[f]] = groups
            groups += 1
        i = e
    indptr = np.zeros(width + 1, dtype=np.int64)
    indices = np.empty(total, dtype=np.int64)
    data = np.empty(total, dtype=np.float64)
    used = 0
    for k in range(width):
        for q in range(rows.at[cols[k]], rows.at[cols[k] + 1]):
            g = group[slot[rows.row[q]]]
            if g >= 0:
                indices[used], data[used] = g, rows.weight[q]
                used += 1
        indptr[k + 1] = used
    for s in range(many):
        slot[touched[s]] = -1
    return (
        indptr,
        indices[:used].copy(),
        data[:used].copy(),
        low[:groups].copy(),
        high[:groups].copy(),
        price[:groups].copy(),
        wish[:groups].copy(),
        col_low,
        col_high,
        col_price,
        col_wish,
        touched.copy(),
        place,
    )


@njit(cache=True)
def moved(rows, leaves, changes, slot):  # type: ignore[no-untyped-def]
    """The rows that a change of finest cells moves, and by how much."""
    total = 0
    for j in leaves:
        total += rows.at[j + 1] - rows.at[j]
    touched = np.empty(total, dtype=np.int64)
    moves = np.zeros(total, dtype=np.int64)
    many = 0
    for k in range(len(leaves)):
        for q in range(rows.at[leaves[k]], rows.at[leaves[k] + 1]):
            r = rows.row[q]
            s = slot[r]
            if s < 0:
                s = many
                slot[r] = s
                touched[s] = r
                many += 1
            moves[s] += rows.weight[q] * changes[k]
    kept = 0
    for s in range(many):
        slot[touched[s]] = -1
        if moves[s] != 0:
            touched[kept], moves[kept] = touched[s], moves[s]
            kept += 1
    return touched[:kept].copy(), moves[:kept].copy()


@njit(cache=True)
def reached(targets, rows, moves):  # type: ignore[no-untyped-def]
    """The targets that a witness reaches."""
    found = np.empty(2 * len(rows), dtype=np.int64)
    many = 0
    for i in range(len(rows)):
        for q in range(targets.start[rows[i]], targets.start[rows[i] + 1]):
            t = targets.order[q]
            up, down = targets.up[t], targets.down[t]
            if (up > 0 and moves[i] >= up) or (down > 0 and moves[i] <= -down):
                found[many] = t
                many += 1
    return found[:many].copy()


@njit(cache=True)
def packing(rows, primary, slack, chosen):  # type: ignore[no-untyped-def]
    """The most units that fit on the finest cells of each chosen row, no ``primary`` row taking more than its slack.

    Depth first over the finest cells of the row, the most units first; a row holds few of them.
    """
    best = np.zeros(len(chosen), dtype=np.int64)
    room = slack.copy()
    for i in range(len(chosen)):
        p = chosen[i]
        first, many = rows.start[p], rows.start[p + 1] - rows.start[p]
        units = np.full(many + 1, -2, dtype=np.int64)
        depth, total = 0, 0
        while depth >= 0:
            j = rows.leaf[first + depth]
            change = -1
            if units[depth] == -2:
                change = slack[p]
                for q in range(rows.at[j], rows.at[j + 1]):
                    if primary[rows.row[q]]:
                        change = min(change, room[rows.row[q]])
                units[depth] = change
            elif units[depth] > 0:
                units[depth] -= 1
            else:
                units[depth] = -2
                depth -= 1
                continue
            total += change
            if change != 0:
                for q in range(rows.at[j], rows.at[j + 1]):
                    room[rows.row[q]] -= change
            best[i] = max(best[i], total)
            if best[i] >= slack[p]:
                break
            if depth + 1 < many:
                depth += 1
        for d in range(many):
            if units[d] > 0:
                j = rows.leaf[first + d]
                for q in range(rows.at[j], rows.at[j + 1]):
                    room[rows.row[q]] += units[d]
    return best
