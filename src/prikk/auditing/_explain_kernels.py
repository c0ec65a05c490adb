"""The compiled loops of the explanations: areas of a system, and propagation in them that keeps its reasons.

All arrays are int64 unless they are masks. A *fact* is one end of one quantity and the row that gave it;
an :class:`Area` is a few rows of the system, with the quantities that are open in them numbered anew.
"""

# Loops for the compiler: a call a step costs.
# ruff: noqa: C901, PLR0912

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from prikk.auditing._explain_model import HIGH, LOW
from prikk.auditing._kernels import Ints, Rows
from prikk.tabular import UNBOUNDED

CELL, END, VALUE, ROW, BEFORE, SEEN = range(6)


class Field(NamedTuple):
    """A whole system for the loops: its rows, domains, how long each row is to read, and scratch space.

    ``passing`` are the quantities through which an area grows; ``local``, ``row_mark`` and ``cell_mark`` are -1
    between calls.
    """

    rows: Rows
    low: Ints
    high: Ints
    weight: Ints
    passing: NDArray[np.bool_]
    local: Ints
    row_mark: Ints
    cell_mark: Ints
    weights: Ints
    counts: Ints


class Area(NamedTuple):
    """Some rows, with only their open quantities; ``cells`` and ``names`` give the numbers in the system."""

    start: Ints
    cell: Ints
    coef: Ints
    row_low: Ints
    row_high: Ints
    cell_start: Ints
    cell_row: Ints
    low: Ints
    high: Ints
    weight: Ints
    cells: Ints
    names: Ints


@njit(cache=True)
def area_of(field, chosen):  # type: ignore[no-untyped-def]
    """Cut some rows out of a system; what is fixed in them moves into their bounds."""
    rows, local = field.rows, field.local
    size, many = 0, 0
    for r in chosen:
        for k in range(rows.start[r], rows.start[r + 1]):
            j = rows.cell[k]
            if field.low[j] < field.high[j]:
                size += 1
                if local[j] < 0:
                    local[j] = many
                    many += 1
    start, cell, coef = (
        np.zeros(len(chosen) + 1, np.int64),
        np.empty(size, np.int64),
        np.empty(size, np.int64),
    )
    row_low, row_high = rows.low[chosen], rows.high[chosen]
    cells, cell_start = np.empty(many, np.int64), np.zeros(many + 2, np.int64)
    at = 0
    for i in range(len(chosen)):
        for k in range(rows.start[chosen[i]], rows.start[chosen[i] + 1]):
            j, a = rows.cell[k], rows.coef[k]
            if field.low[j] == field.high[j]:
                if row_low[i] > -UNBOUNDED:
                    row_low[i] -= a * field.low[j]
                if row_high[i] < UNBOUNDED:
                    row_high[i] -= a * field.low[j]
                continue
            cell[at], coef[at] = local[j], a
            cells[local[j]] = j
            cell_start[local[j] + 2] += 1
            at += 1
        start[i + 1] = at
    cell_start = np.cumsum(cell_start)
    cell_row = np.empty(size, np.int64)
    for i in range(len(chosen)):
        for k in range(start[i], start[i + 1]):
            cell_row[cell_start[cell[k] + 1]] = i
            cell_start[cell[k] + 1] += 1
    for j in cells:
        local[j] = -1
    return Area(
        start,
        cell,
        coef,
        row_low,
        row_high,
        cell_start[: many + 1],
        cell_row,
        field.low[cells],
        field.high[cells],
        field.weight[chosen],
        cells,
        chosen,
    )


@njit(cache=True)
def end_used(a, upper):  # type: ignore[no-untyped-def]
    """Which end of a quantity with coefficient ``a`` counts towards the least (``upper``) or largest sum."""
    return HIGH if (a < 0) == upper else LOW


@njit(cache=True)
def endless(value):  # type: ignore[no-untyped-def]
    """Whether a bound is none."""
    return value >= UNBOUNDED or value <= -UNBOUNDED


@njit(cache=True)
def _room(area, now, r, upper):  # type: ignore[no-untyped-def]
    """What a row leaves when all its quantities stand as low (or high) as they can; and how many have no such end."""
    room, loose = area.row_high[r] if upper else -area.row_low[r], 0
    for k in range(area.start[r], area.start[r + 1]):
        a = area.coef[k]
        value = now[area.cell[k], end_used(a, upper)]
        if endless(value):
            loose += 1
        else:
            room -= a * value if upper else -a * value
    return room, loose


@njit(cache=True)
def _appended(facts, count, fact):  # type: ignore[no-untyped-def]
    """The facts with one more; twice the space when it is full."""
    if count == len(facts):
        bigger = np.empty((2 * count, 6), np.int64)
        bigger[:count] = facts
        facts = bigger
    for i in range(6):
        facts[count, i] = fact[i]
    return facts


@njit(cache=True)
def chase(area, alive, first, cell, want, visits):  # type: ignore[no-untyped-def]
    """Propagate from the domains, in the rows ``alive``, beginning with ``first``, until ``cell`` lies within ``want`` (low, high), or nothing moves.

    ``cell`` may be -1: then to the end. Returns (met, facts, last): the facts in order, each (cell, end,
    value, row, the fact before it about the same end or -1, how many facts its row saw); and for each end
    of each cell its last fact. Stops, not met, at a contradiction.
    """
    rows, many = len(area.row_low), len(area.low)
    now = np.stack((area.low, area.high), axis=1)
    last = np.full((many, 2), -1, np.int64)
    facts, count = np.empty((64, 6), np.int64), 0
    queue, queued = np.empty(rows + 1, np.int64), np.zeros(rows, np.bool_)
    head, tail, waiting = 0, 0, 0
    for r in range(rows):
        if alive[r] and first[r]:
            queue[tail], queued[r] = r, True
            tail, waiting = tail + 1, waiting + 1
    met = cell >= 0 and now[cell, LOW] >= want[0] and now[cell, HIGH] <= want[1]
    while waiting > 0 and visits > 0 and not met:
        r = queue[head]
        head, waiting, visits = (head + 1) % (rows + 1), waiting - 1, visits - 1
        queued[r] = False
        seen = count
        for upper in (True, False):
            if endless(area.row_high[r] if upper else area.row_low[r]):
                continue
            room, loose = _room(area, now, r, upper)
            if loose > 1:
                continue
            for k in range(area.start[r], area.start[r + 1]):
                a, j = area.coef[k], area.cell[k]
                own = now[j, end_used(a, upper)]
                if loose == 1 and not endless(own):
                    continue
                left = room if loose == 1 else room + (a * own if upper else -a * own)
                end = HIGH if (a > 0) == upper else LOW
                value = left // abs(a) if end == HIGH else -(left // abs(a))
                if value >= now[j, HIGH] if end == HIGH else value <= now[j, LOW]:
                    continue
                facts = _appended(facts, count, (j, end, value, r, last[j, end], seen))
                last[j, end] = count
                count += 1
        for f in range(seen, count):
            j = facts[f, CELL]
            end = facts[f, END]
            now[j, end] = facts[f, VALUE]
        for f in range(seen, count):
            j = facts[f, CELL]
            if now[j, LOW] > now[j, HIGH]:
                return False, facts[:count], last
            for q in range(area.cell_start[j], area.cell_start[j + 1]):
                other = area.cell_row[q]
                if alive[other] and not queued[other]:
                    queue[tail], queued[other] = other, True
                    tail, waiting = (tail + 1) % (rows + 1), waiting + 1
        met = cell >= 0 and now[cell, LOW] >= want[0] and now[cell, HIGH] <= want[1]
    return met, facts[:count], last


@njit(cache=True)
def ball(field, cell, radius, most):  # type: ignore[no-untyped-def]
    """The rows at most ``radius`` steps (row, quantity, row) away from a cell, the nearest first.

    Returns (rows, ends): after each level its end among the rows. A level after the first that brings more
    than ``most`` rows is the last, and has no end.
    """
    rows = field.rows
    order, ends = np.empty(len(rows.low), np.int64), np.zeros(radius + 2, np.int64)
    edge, count, levels = np.array([cell]), 0, 0
    seen = [cell]
    field.cell_mark[cell] = 1
    while len(edge) and levels <= radius:
        before = count
        for j in edge:
            for k in range(rows.cell_start[j], rows.cell_start[j + 1]):
                r = rows.cell_row[k]
                if field.row_mark[r] < 0:
                    field.row_mark[r] = 1
                    order[count] = r
                    count += 1
        if count == before or (levels and count > most):
            break
        levels += 1
        ends[levels] = count
        fresh = [-1]
        for r in order[before:count]:
            for k in range(rows.start[r], rows.start[r + 1]):
                j = rows.cell[k]
                if field.passing[j] and field.cell_mark[j] < 0:
                    field.cell_mark[j] = 1
                    fresh.append(j)
                    seen.append(j)
        edge = np.array(fresh[1:], np.int64) if len(fresh) > 1 else np.empty(0, np.int64)
    for r in order[:count]:
        field.row_mark[r] = -1
    for j in seen:
        field.cell_mark[j] = -1
    return order[:count], ends[1 : levels + 1]
