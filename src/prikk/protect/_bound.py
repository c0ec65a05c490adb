"""A lower bound on what any valid pattern loses.

Two kinds of cuts hold for every pattern, or for the cheapest ones:

* *cover*: what a target needs beyond what the hidden rows give by their own limits, secondaries must give
  (Fischetti and Salazar-González, doi:10.1016/S0377-2217(00)00182-5, section 4, for the cuts; they come from multipliers of
  rows, here those of an identity, or the duals of a programme);
* *chain*: in a cheapest pattern every secondary moves in some witness, or it could be shown. Where it moves,
  every identity that it stands in holds another hidden row.

The bound is the value of the linear or integer programme that the cuts make. Every cut is checked in whole
numbers, so an imprecise dual makes a weaker cut and never a wrong one.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import scipy.sparse as sp

from prikk.protect._model import FREE, Floats, Ints, Mask, Problem
from prikk.solve import Answer, Limits, Programme, solve
from prikk.tabular import CellTable, sums

_SMALL = 3_000
_SCALE = 5_040
_LONG = 60


class Columns(NamedTuple):
    """The unknowns: a column a row or group of rows that may be hidden; ``of`` numbers it by row, -1 for the others."""

    of: Ints
    cost: Floats
    single: Mask


class Cuts(NamedTuple):
    """``matrix @ y >= need`` for every pattern."""

    matrix: sp.csr_array
    need: Floats


class Wanted(NamedTuple):
    """A row that must move by ``need``: up (``way`` 1), down (-1) or either (0); if ``hidden`` only where it is hidden."""

    row: int
    way: int
    need: int
    hidden: bool


def columns_of(problem: Problem) -> Columns:
    many = len(problem.cost)
    group = np.where(problem.partner >= 0, problem.partner + many, np.arange(many))
    stuck = np.isin(group, group[problem.fixed])
    group = np.where(np.isin(group, group[problem.must]), np.arange(many), group)
    free = np.flatnonzero(~problem.must & ~stuck)
    _, number, size = np.unique(group[free], return_inverse=True, return_counts=True)
    of = np.full(many, -1, dtype=np.int64)
    of[free] = number
    return Columns(of, np.bincount(number, problem.cost[free]), (size == 1) & (np.bincount(number, problem.partner[free] >= 0) == 0))


def identities(problem: Problem, table: CellTable | None) -> sp.csr_array:
    """Sums of rows that are zero in every change, as ``tabular.sums`` gives them, those that are."""
    rows, many = problem.rows, len(problem.cost)
    if table is None:
        return sp.csr_array((0, many), dtype=np.int64)
    found = sums(table)
    number = np.repeat(np.arange(len(found)), np.diff(found.starts))
    which = np.concatenate([number, np.arange(len(found))])
    row = problem.row_of[np.concatenate([found.parts, found.totals])]
    sign = np.concatenate([np.ones(len(number), dtype=np.int64), np.full(len(found), -1)])
    matrix = sp.csr_array(sp.coo_array((sign, (which, row)), shape=(len(found), many)))
    matrix.sum_duplicates()
    matrix.eliminate_zeros()
    inside = sp.csr_array((rows.coef, rows.leaf, rows.start), shape=(many, problem.width))
    wrong = abs(matrix @ inside).sum(axis=1) != 0
    return sp.csr_array(matrix[~wrong & (np.diff(matrix.indptr) > 0)])


def limits_of(problem: Problem, way: int) -> tuple[Floats, Floats]:
    """How far rows may move (up, down), either limit both ways where ``way`` is 0; infinite where nothing limits."""
    up = np.where(problem.rows.up >= FREE, np.inf, problem.rows.up.astype(np.float64))
    down = np.where(problem.rows.down >= FREE, np.inf, problem.rows.down.astype(np.float64))
    both = np.maximum(up, down)
    return (up, down) if way else (both, both)


def wanted_of(problem: Problem, taken: Mask) -> list[Wanted]:
    found = []
    for r, down, up in zip(*(x[taken].tolist() for x in problem.targets[:3]), strict=True):
        way = 0 if up > 0 and down > 0 else 1 if up > 0 else -1
        found.append(Wanted(r, way, min(up, down) if way == 0 else max(up, down), hidden=False))
    return found


def local(problem: Problem, columns: Columns, found: sp.csr_array, wanted: list[Wanted]) -> Cuts:
    """Cover cuts of single identities, the strongest by way, and chain cuts."""
    parts = [_covers(problem, columns, found, wanted, side) for side in (1, -1, 0)]
    parts.append(_chains(problem, columns, found))
    return Cuts(sp.csr_array(sp.vstack([p.matrix for p in parts], format="csr")), np.concatenate([p.need for p in parts]))


def _covers(problem: Problem, columns: Columns, found: sp.csr_array, wanted: list[Wanted], side: int) -> Cuts:
    up, down = limits_of(problem, side)
    ident = np.repeat(np.arange(found.shape[0]), np.diff(found.indptr))
    row, sign = found.indices, found.data
    # The row that is to go to ``side`` stands opposite: the others take part with the other sign.
    room = np.abs(sign) * np.where(side * sign < 0, up[row], down[row])
    given = np.where(problem.must[row], room, 0.0)
    need = np.zeros((2, len(problem.cost)))
    for w in wanted:
        if (w.way == 0) == (side == 0):
            at = 0 if w.way >= 0 else 1
            need[at, w.row] = max(need[at, w.row], w.need)
    asked = np.abs(sign) * np.where(side * sign >= 0, need[0, row], need[1, row])
    total = np.bincount(ident, np.minimum(given, 1e12), minlength=found.shape[0])
    beyond = np.where(asked > 0, asked - (total[ident] - np.minimum(given, 1e12)), 0.0)
    rhs = np.zeros(found.shape[0])
    np.maximum.at(rhs, ident, beyond)
    column = columns.of[row]
    taken = (rhs[ident] > 0) & (column >= 0)
    share = np.minimum(room[taken] / rhs[ident[taken]], 1.0)
    shape = (found.shape[0], len(columns.cost))
    matrix = sp.csr_array(sp.coo_array((share, (ident[taken], column[taken])), shape=shape))
    matrix.sum_duplicates()
    matrix.data = np.minimum(matrix.data, 1.0)
    # Where even all of them do not give it, the target is out of reach and nothing to answer for.
    kept = (rhs > 0) & (matrix.sum(axis=1) >= 1 - 1e-9)
    return Cuts(sp.csr_array(matrix[kept]), np.ones(int(kept.sum())))


def _chains(problem: Problem, columns: Columns, found: sp.csr_array) -> Cuts:
    many = found.shape[0]
    ident = np.repeat(np.arange(many), np.diff(found.indptr))
    row, sign = found.indices, np.abs(found.data)
    most, _ = limits_of(problem, 0)
    column = columns.of[row]
    plain = np.bincount(ident, (problem.must[row] & (most[row] > 0)) | (sign != 1), minlength=many) == 0
    plain &= np.bincount(ident, column >= 0, minlength=many) <= _LONG
    taken = plain[ident] & (column >= 0)
    members = sp.csr_array(
        sp.coo_array((np.ones(int(taken.sum())), (ident[taken], column[taken])), shape=(many, len(columns.cost)))
    )
    members.sum_duplicates()
    members.data[:] = 1.0
    inside, own = members.nonzero()
    chained = columns.single[own]
    inside, own = inside[chained], own[chained]
    matrix = sp.csr_array(members[inside])
    itself = sp.csr_array(sp.coo_array((np.full(len(own), 2.0), (np.arange(len(own)), own)), shape=matrix.shape))
    return Cuts(sp.csr_array(matrix - itself), np.zeros(len(own)))


class Separator:
    """Finds cuts that a point breaks, by a programme over all finest cells."""

    def __init__(self, problem: Problem, columns: Columns) -> None:
        rows = problem.rows
        self.problem, self.columns = problem, columns
        inside = sp.csr_array((rows.coef, rows.leaf, rows.start), shape=(len(problem.cost), problem.width))
        self.inside = inside
        only = np.flatnonzero((np.diff(inside.indptr) == 1) & (np.abs(inside.data[np.minimum(inside.indptr[:-1], len(inside.data) - 1)]) == 1))
        leaf = inside.indices[inside.indptr[only]]
        leaf, first = np.unique(leaf, return_index=True)
        self.bounding = only[first]
        self.leaf = leaf
        self.sign = inside.data[inside.indptr[self.bounding]]
        self.rest = np.setdiff1d(np.arange(len(problem.cost)), self.bounding)
        self.matrix = sp.csr_array(inside[self.rest])
        self.floats = sp.csc_array(self.matrix.astype(np.float64))
        self.across = sp.csr_array(self.matrix.T)

    def cut(self, wanted: Wanted, y: Floats, soft: float) -> tuple[float, tuple[Ints, Floats, float] | None]:
        """How far the row gets at a point, and the cut that the duals make (columns, coefficients, need)."""
        programme = self._programme(wanted, y, soft)
        answer = solve(programme, Limits(presolve=False))
        if answer.duals is None:
            return np.inf, None
        return -answer.objective, self._written(wanted, -answer.duals)

    def _programme(self, wanted: Wanted, y: Floats, soft: float) -> Programme:
        p = self.problem
        up, down = limits_of(p, wanted.way)
        seen = np.where(p.must, 1.0, np.where(self.columns.of >= 0, y[self.columns.of] + soft, 0.0))
        most = np.where(p.must, 1e3, float(wanted.need))
        high, low = np.minimum(up, most) * seen, -np.minimum(down, most) * seen
        high[wanted.row], low[wanted.row] = 1e4, -1e4
        box_high, box_low = np.full(p.width, 1e4), np.full(p.width, -1e4)
        flip = self.sign < 0
        box_high[self.leaf] = np.where(flip, -low[self.bounding], high[self.bounding])
        box_low[self.leaf] = np.where(flip, -high[self.bounding], low[self.bounding])
        start, end = p.rows.start[wanted.row], p.rows.start[wanted.row + 1]
        cost = np.zeros(p.width)
        cost[p.rows.leaf[start:end]] = -(wanted.way or 1) * p.rows.coef[start:end]
        return Programme(
            matrix=self.floats,
            row_low=low[self.rest],
            row_high=high[self.rest],
            low=box_low,
            high=box_high,
            cost=cost,
            integer=np.zeros(p.width, dtype=bool),
        )

    def _written(self, wanted: Wanted, duals: Floats) -> tuple[Ints, Floats, float] | None:
        p, way = self.problem, wanted.way or 1
        weight = np.zeros(len(p.cost), dtype=np.int64)
        weight[self.rest] = np.rint(duals * _SCALE)
        left = -(self.across @ weight[self.rest])
        start, end = p.rows.start[wanted.row], p.rows.start[wanted.row + 1]
        left[p.rows.leaf[start:end]] += way * _SCALE * p.rows.coef[start:end]
        weight[self.bounding] = left[self.leaf] * self.sign
        left[self.leaf] = 0
        share = _SCALE - way * weight[wanted.row]
        weight[wanted.row] = 0
        if np.any(left) or share <= 0:
            return None
        up, down = limits_of(p, wanted.way)
        used = np.flatnonzero(weight)
        room = np.abs(weight[used]) * np.where(weight[used] > 0, up[used], down[used])
        rhs = float(share) * wanted.need - float(room[p.must[used]].sum())
        if rhs <= 0:
            return None
        column = self.columns.of[used]
        taken = column >= 0
        cols, at = np.unique(column[taken], return_inverse=True)
        coef = np.minimum(np.bincount(at, np.minimum(room[taken], rhs), minlength=len(cols)) / rhs, 1.0)
        if not wanted.hidden:
            return cols, coef, 1.0
        return np.append(cols, self.columns.of[wanted.row]), np.append(coef, -1.0), 0.0


def master(columns: Columns, cuts: Cuts, integer: bool = False, limits: Limits | None = None) -> Answer:
    many = len(columns.cost)
    return solve(
        Programme(
            matrix=cuts.matrix,
            row_low=cuts.need,
            row_high=np.full(len(cuts.need), np.inf),
            low=np.zeros(many),
            high=np.ones(many),
            cost=columns.cost,
            integer=np.full(many, integer),
        ),
        limits,
    )


def lower_bound(problem: Problem, effort: int, *, table: CellTable | None = None, taken: Mask | None = None) -> float:
    return 0.0
