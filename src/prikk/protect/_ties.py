"""The finest quantities of a task, and what ties them whatever is hidden."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import scipy.sparse as sp

from prikk.errors import Finding, ProtectError
from prikk.protect._model import FREE, Ints, Task
from prikk.solve import Limits, Programme, solve
from prikk.tabular import CellTable, Index, Membership, membership, sums


class Ties(NamedTuple):
    """Rows over the finest quantities, and how far each may fall and rise."""

    matrix: sp.csr_array
    down: Ints
    up: Ints


class Quantities(NamedTuple):
    """What changes: cells by quantities, the coordinates of these, their values, and what ties them.

    ``finest`` are the counts of all finest cells, where they are not all published.
    """

    inside: sp.csr_array
    coords: Index
    values: Ints
    ties: Ties
    finest: Ints | None


def quantities(task: Task) -> Quantities:
    """Give the finest cells; for distinct people the published cells themselves, tied by inequalities."""
    if not task.additive:
        return _distinct(task)
    member = membership(task.table, _finest_level(task.table))
    inside = sp.csr_array(member.matrix.astype(np.int64))
    place = task.table.find(member.leaves)
    finest = _finest(task, member, inside, place)
    whole = None if np.all(place >= 0) else finest
    possible = _not_zero(task, inside)
    inside, place, finest = sp.csr_array(sp.csc_array(inside)[:, possible]), place[possible], finest[possible]
    hidden = np.flatnonzero(place < 0)
    own = _pick(hidden, inside.shape[1])
    listed, slack = _listed(task, inside)
    matrix = sp.csr_array(sp.vstack([own, listed], format="csr"))
    free = np.full(matrix.shape[0], FREE, dtype=np.int64)
    ties = Ties(matrix, np.concatenate([finest[hidden], slack]), free)
    return Quantities(inside, member.leaves[possible], finest, ties, whole)


def _not_zero(task: Task, inside: sp.csr_array) -> Ints:
    """The finest cells under no figure that is shown as 0: a zero that no rule hides stays shown."""
    zero = (task.values == 0) & ~task.requirement.sensitive
    return np.flatnonzero(inside.T @ zero.astype(np.int64) == 0)


def _finest_level(table: CellTable) -> tuple[int, ...]:
    return tuple(max(depths) for depths in zip(*table.margins, strict=True))


def _pick(columns: Ints, width: int) -> sp.csr_array:
    many = len(columns)
    entries = (np.ones(many, dtype=np.int64), (np.arange(many), columns))
    return sp.csr_array(sp.coo_array(entries, shape=(many, width)))


def _finest(task: Task, member: Membership, inside: sp.csr_array, place: Ints) -> Ints:
    """The counts of the finest cells: as published, as given, or some that agree with what is published."""
    if task.finest is not None:
        return task.finest
    if np.all(place >= 0):
        return task.values[place]
    n = inside.shape[1]
    known = task.values.astype(np.float64)
    programme = Programme(
        matrix=inside.astype(np.float64),
        row_low=known,
        row_high=known,
        low=np.zeros(n),
        high=np.full(n, np.inf),
        cost=np.zeros(n),
        integer=np.ones(n, dtype=bool),
    )
    answer = solve(programme, Limits(nodes=10_000))
    if answer.values is None:
        raise ProtectError(
            Finding(
                where="the table",
                code="no-finest",
                what="no counts of the finest cells were found that agree with the published totals.",
                fix="Correct the totals, or give the finest cells too.",
            )
        )
    return np.rint(answer.values).astype(np.int64)


def _listed(task: Task, inside: sp.csr_array) -> tuple[sp.csr_array, Ints]:
    """Printed rows that a period with a unit explains: over the periods they sum to at least 1."""
    if task.listed_over is None:
        return sp.csr_array((0, inside.shape[1]), dtype=np.int64), np.zeros(0, dtype=np.int64)
    others = np.delete(task.table.coords, task.listed_over, axis=1)
    _, line = np.unique(others, axis=0, return_inverse=True)
    gather = sp.csr_array(
        sp.coo_array((np.ones(len(line), dtype=np.int64), (line.ravel(), np.arange(len(line)))))
    )
    total = np.asarray(gather @ task.values, dtype=np.int64)
    return sp.csr_array(gather @ inside), np.maximum(total - 1, 0)


def _distinct(task: Task) -> Quantities:
    many = len(task.table)
    inside = sp.csr_array(sp.eye_array(many, dtype=np.int64, format="csr"))
    found = sums(task.table)
    identity = np.repeat(np.arange(len(found)), np.diff(found.starts))
    parts = sp.coo_array(
        (np.ones(len(identity), dtype=np.int64), (identity, found.parts)), shape=(len(found), many)
    )
    total = _pick(found.totals.astype(np.int64), many)
    over = sp.csr_array(parts) - total
    under = _pick(found.totals[identity].astype(np.int64), many) - _pick(found.parts.astype(np.int64), many)
    matrix = sp.csr_array(sp.vstack([over, under], format="csr"))
    slack = matrix @ task.values
    if np.any(slack < 0):
        raise ProtectError(
            Finding(
                where="the table",
                code="total-differs",
                what="a total of distinct people is below its largest part or above the sum of its parts.",
                fix="Count the people again, or set unit = 'participation' if the totals are sums.",
            )
        )
    free = np.full(matrix.shape[0], FREE, dtype=np.int64)
    ties = Ties(matrix, slack.astype(np.int64), free)
    return Quantities(inside, task.table.coords, task.values, ties, None)
