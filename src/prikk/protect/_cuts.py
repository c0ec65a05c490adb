"""Cuts: what holds for every pattern, or for a cheapest one.

Two kinds of cuts hold; y is 1 for a row that is hidden:

* *cover*: what a target needs beyond what the rows hidden from the start can give, others must give
  (Fischetti and Salazar-González, *Management Science* 47 (2001), doi:10.1287/mnsc.47.7.1008.9805);
* *chain*: in a cheapest pattern every secondary moves in some witness, or it could be shown. An identity that it
  stands in then holds another row that moves.

Both follow from any multipliers with which other rows sum to the row that has to move: those of an identity, or the
duals of a programme. Cuts are written in whole numbers from rounded
duals, with what the rounding leaves put where it belongs: an imprecise dual makes a weak cut, never a wrong one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import scipy.sparse as sp

from prikk.protect._model import FREE, Floats, Ints, Mask, Problem
from prikk.tabular import CellTable, sums

_ROUNDS = 10
_LONG = 600


class Wanted(NamedTuple):
    """Rows that must move by ``need``: up (``way`` 1), down (-1) or either (0); where ``if_hidden``, then only."""

    row: Ints
    way: Ints
    need: Ints
    if_hidden: Mask


class Field(NamedTuple):
    """A problem for bounding it.

    ``up`` and ``down`` limit the rows, infinite where nothing does. ``column`` numbers what may be hidden, by row:
    rows that are hidden together share a number, -1 says that there is nothing to decide. ``cost`` is by number;
    ``alone`` tells the numbers of rows that are not tied to others.
    """

    problem: Problem
    inside: sp.csr_array
    up: Floats
    down: Floats
    column: Ints
    cost: Floats
    alone: Mask


class Cuts(NamedTuple):
    """``matrix @ y >= need``."""

    matrix: sp.csr_array
    need: Floats

    def plus(self, others: Iterable[Cuts]) -> Cuts:
        """These and others."""
        parts = [self, *others]
        matrix = sp.csr_array(sp.vstack([p.matrix for p in parts], format="csr"))
        return Cuts(matrix, np.concatenate([p.need for p in parts]))


def field_of(problem: Problem) -> Field:
    rows, many = problem.rows, len(problem.cost)
    inside = sp.csr_array((rows.coef, rows.leaf, rows.start), shape=(many, problem.width))
    tied = problem.partner >= 0
    group = np.where(tied, problem.partner + many, np.arange(many))
    stuck = np.isin(group, group[problem.fixed])
    # What is hidden together with a row that is hidden anyway is decided, but which of them count is not said here.
    group = np.where(np.isin(group, group[problem.must]), np.arange(many), group)
    free = np.flatnonzero(~problem.must & ~stuck)
    _, number = np.unique(group[free], return_inverse=True)
    column = np.full(many, -1, dtype=np.int64)
    column[free] = number
    up, down = (np.where(x >= FREE, np.inf, x.astype(np.float64)) for x in (rows.up, rows.down))
    up[stuck & ~problem.must], down[stuck & ~problem.must] = 0.0, 0.0
    alone = np.bincount(number, tied[free]) == 0
    cost = np.bincount(number, problem.cost[free]).astype(np.float64)
    return Field(problem, inside, up, down, column, cost, alone)


def identities(problem: Problem, table: CellTable | None) -> sp.csr_array:
    """Sums of rows that no change of finest cells moves: those of a table, checked."""
    many = len(problem.cost)
    if table is None:
        return sp.csr_array((0, many), dtype=np.int64)
    found = sums(table)
    part = np.repeat(np.arange(len(found)), np.diff(found.starts))
    place = np.concatenate([part, np.arange(len(found))])
    row = problem.row_of[np.concatenate([found.parts, found.totals])]
    sign = np.concatenate([np.ones(len(part), dtype=np.int64), np.full(len(found), -1)])
    matrix = sp.csr_array(sp.coo_array((sign, (place, row)), shape=(len(found), many)))
    matrix.sum_duplicates()
    matrix.eliminate_zeros()
    wrong = abs(matrix @ field_of(problem).inside).sum(axis=1) != 0
    return sp.csr_array(matrix[~wrong & (np.diff(matrix.indptr) > 0)])


def tightened(field: Field, found: sp.csr_array) -> Field:
    """Let identities limit their rows: in every witness each moves as far as the rest of its identity lets it."""
    up, down = field.up.copy(), field.down.copy()
    many = found.shape[0]
    place, row = _entries(found)
    forward, size = found.data > 0, np.abs(found.data).astype(np.float64)
    for _ in range(_ROUNDS):
        before = up.copy(), down.copy()
        rise = size * np.where(forward, up[row], down[row])
        fall = size * np.where(forward, down[row], up[row])
        most, least = (np.floor(_others(place, x, many) / size) for x in (fall, rise))
        np.minimum.at(up, row, np.where(forward, most, least))
        np.minimum.at(down, row, np.where(forward, least, most))
        if np.array_equal(before[0], up) and np.array_equal(before[1], down):
            break
    return field._replace(up=up, down=down)


def _entries(found: sp.csr_array) -> tuple[Ints, Ints]:
    return np.repeat(np.arange(found.shape[0]), np.diff(found.indptr)), found.indices.astype(np.int64)


def _others(place: Ints, part: Floats, many: int) -> Floats:
    """The sum over the other entries of each entry's identity."""
    endless = np.isinf(part)
    known = np.where(endless, 0.0, part)
    total = np.bincount(place, known, minlength=many)[place]
    count = np.bincount(place, endless, minlength=many)[place]
    return np.where(count - endless > 0, np.inf, total - known)


def wanted_of(field: Field, taken: Mask) -> Wanted:
    """The targets that count and can be met, then the rows that move if they are hidden."""
    row, down, up = (x[taken] for x in field.problem.targets[:3])
    either = (up > 0) & (down > 0)
    way = np.where(either, 0, np.where(up > 0, 1, -1))
    need = np.where(either, np.minimum(up, down), np.maximum(up, down))
    rise, fall = field.up[row], field.down[row]
    most = np.where(either, np.maximum(rise, fall), np.where(up > 0, rise, fall))
    met = need <= most
    extra = np.flatnonzero(field.column >= 0)
    extra = extra[field.alone[field.column[extra]]]
    none = np.zeros(len(extra), dtype=np.int64)
    return Wanted(
        np.concatenate([row[met], extra]),
        np.concatenate([way[met], none]),
        np.concatenate([need[met], none + 1]),
        np.arange(int(met.sum()) + len(extra)) >= met.sum(),
    )


def limits_of(field: Field, way: int) -> tuple[Floats, Floats]:
    """How far rows may rise and fall; where the way is not known, as far as they may do either."""
    both = np.maximum(field.up, field.down)
    return (field.up, field.down) if way else (both, both)


def covers(field: Field, found: sp.csr_array, wanted: Wanted, side: int) -> Cuts:
    """For each identity the strongest cover cut of the targets that push it to one side (either, with 0)."""
    many = found.shape[0]
    place, row = _entries(found)
    up, down = limits_of(field, side)
    size = np.abs(found.data)
    room = size * np.where(side * found.data < 0, up[row], down[row])
    given = np.where(field.problem.must[row], room, 0.0)
    need = np.zeros((3, len(field.up)))
    asked = wanted.way, wanted.row
    np.maximum.at(need, asked, np.where(wanted.if_hidden, 0.0, wanted.need))
    push = need[side * np.sign(found.data), row] * size
    short = np.where(push > 0, push - _others(place, given, many), 0.0)
    missing = np.zeros(many)
    np.maximum.at(missing, place, short)
    used = (missing[place] > 0) & (field.column[row] >= 0)
    share = room[used] / missing[place[used]]
    matrix = gathered(share, place[used], field.column[row[used]], (many, len(field.cost)))
    # Where even all of them together give too little no pattern meets the target: it does not count.
    kept = (missing > 0) & (matrix.sum(axis=1) >= 1.0)
    return Cuts(sp.csr_array(matrix[kept]), np.ones(int(kept.sum())))


def gathered(share: Floats, place: Ints, column: Ints, shape: tuple[int, int]) -> sp.csr_array:
    """A matrix of shares, none above 1: as y is whole, more than all that is needed is no better than all."""
    matrix = sp.csr_array(sp.coo_array((np.minimum(share, 1.0), (place, column)), shape=shape))
    matrix.sum_duplicates()
    matrix.data = np.minimum(matrix.data, 1.0)
    return matrix


def chains(field: Field, found: sp.csr_array) -> Cuts:
    """In every identity without a row that moves anyway: where one is hidden another is too."""
    many, width = found.shape[0], len(field.cost)
    place, row = _entries(found)
    most, _ = limits_of(field, 0)
    moving = (field.problem.must[row] & (most[row] > 0)) | (np.abs(found.data) != 1)
    still = np.bincount(place, moving, minlength=many) == 0
    used = (still & (np.diff(found.indptr) <= _LONG))[place] & (field.column[row] >= 0)
    members = gathered(np.ones(int(used.sum())), place[used], field.column[row[used]], (many, width))
    at, own = members.nonzero()
    at, own = at[field.alone[own]], own[field.alone[own]]
    twice = sp.coo_array((np.full(len(own), 2.0), (np.arange(len(own)), own)), shape=(len(own), width))
    return Cuts(sp.csr_array(members[at] - sp.csr_array(twice)), np.zeros(len(own)))


def worth(cost: Floats, cuts: Cuts, price: Floats) -> float:
    """What any prices of the cuts, from 0 up, prove (the Lagrangian bound over 0 <= y <= 1)."""
    return float(price @ cuts.need + np.minimum(0.0, cost - cuts.matrix.T @ price).sum())
