"""Neighbourhoods: which quantities may move together in one step of the walk."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numba import njit

from prikk.auditing._field import Field
from prikk.auditing._kernels import Ints


class Kind(IntEnum):
    """How a neighbourhood grows from the row of a goal; the longest row that it follows.

    Short rows lead to quantities that must move together, long ones to those that can make up for them.
    Which is better changes in the course of a walk, so that each has its turn.
    """

    CLOSE = 12
    WIDE = 40
    WIDER = 200


class Graph(NamedTuple):
    """Which quantities stand in which rows, both ways."""

    start: Ints
    cell: Ints
    cell_start: Ints
    cell_row: Ints


def neighbourhood(field: Field, row: int, kind: Kind, size: int, chance: np.random.Generator) -> Ints:
    """At most ``size`` free quantities around those of a row, sorted."""
    matrix, by_column = field.matrix, field.by_column
    arrays = (matrix.indptr, matrix.indices, by_column.indptr, by_column.indices)
    graph = Graph(*(np.asarray(a, dtype=np.int64) for a in arrays))
    # Rows are followed in a random order, and where they lead no further it goes on from a random quantity.
    priority, strangers = (chance.permutation(many) for many in matrix.shape)
    return np.asarray(np.sort(_grown(graph, row, int(kind), size, priority, strangers)))


@njit(cache=True)
def _grown(graph, row, longest, size, priority, strangers):  # type: ignore[no-untyped-def]
    """Quantities in the order in which rows of up to ``longest`` lead to them from a first row."""
    seen = np.zeros(len(graph.cell_start) - 1, dtype=np.bool_)
    found = np.zeros(size, dtype=np.int64)
    many = _take(graph, row, seen, found, 0)
    at, next_stranger = 0, 0
    while many < size:
        if at == many:
            while next_stranger < len(strangers) and seen[strangers[next_stranger]]:
                next_stranger += 1
            if next_stranger == len(strangers):
                break
            seen[strangers[next_stranger]] = True
            found[many] = strangers[next_stranger]
            many += 1
        rows = graph.cell_row[graph.cell_start[found[at]] : graph.cell_start[found[at] + 1]]
        at += 1
        for r in rows[np.argsort(priority[rows])]:
            if graph.start[r + 1] - graph.start[r] <= longest:
                many = _take(graph, r, seen, found, many)
    return found[:many]


@njit(cache=True)
def _take(graph, row, seen, found, many):  # type: ignore[no-untyped-def]
    """Add the quantities of a row, while there is room; gives how many there are."""
    for k in range(graph.start[row], graph.start[row + 1]):
        j = graph.cell[k]
        if not seen[j] and many < len(found):
            seen[j] = True
            found[many] = j
            many += 1
    return many
