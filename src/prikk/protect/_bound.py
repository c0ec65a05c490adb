"""A lower bound on what every pattern loses.

Two kinds of cuts hold; y is 1 for a row that is hidden:

* *cover*: what a target needs beyond what the rows hidden from the start can give, others must give
  (Fischetti and Salazar-González, *Management Science* 47 (2001), doi:10.1287/mnsc.47.7.1008.9805);
* *chain*: in a cheapest pattern every secondary moves in some witness, or it could be shown. An identity that it
  stands in then holds another row that moves.

Both follow from any multipliers with which other rows sum to the row that has to move: those of an identity, or the
duals of a programme. The least cost under the cuts is the bound. Cuts are written in whole numbers from rounded
duals, with what the rounding leaves put where it belongs: an imprecise dual makes a weak cut, never a wrong one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import scipy.sparse as sp

from prikk.errors import SolveError
from prikk.protect._model import FREE, Floats, Ints, Mask, Problem
from prikk.solve import Answer, Limits, Programme, solve
from prikk.tabular import CellTable, sums

_SMALL = 3_000
"""More unknowns or finest cells than this, and programmes take longer than their cuts are worth."""
_SCALE = 5_040
_SHARE = 0.1
_BROKEN = 0.05
_SOFT = 0.02
_GAIN = 0.003
_STEPS = 300
_ROUNDS = 10
_LONG = 600
_BRANCHING = Limits(nodes=50, gap=0.005)
_BRANCHED = 250
"""An integer programme takes about as long as so many linear ones."""


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


def lower_bound(
    problem: Problem, effort: int, *, table: CellTable | None = None, taken: Mask | None = None
) -> float:
    """Give a number that the secondary rows of no valid pattern cost less than.

    Args:
        problem: the problem; a valid pattern has a witness for every target.
        effort: how many linear programmes to solve; one with whole numbers counts as some hundreds. With 0, and for
            large problems, only the identities speak: seconds for 100 000 rows.
        table: the cells, for their identities; None where totals are not sums of their parts.
        taken: the targets that count; those that no pattern meets must not. All without.

    Returns:
        The bound, from 0 up.
    """
    if problem.must.all() or not len(problem.targets.row):
        return 0.0
    found = _identities(problem, table)
    field = _tightened(_field(problem), found)
    wanted = _wanted(field, np.ones(len(problem.targets.row), dtype=bool) if taken is None else taken)
    cuts = _chains(field, found).plus(_covers(field, found, wanted, side) for side in (1, -1, 0))
    bound = _ascended(field.cost, cuts) if len(cuts.need) else 0.0
    if effort > 0 and len(field.cost) > 0 and max(len(field.cost), problem.width) <= _SMALL:
        bound = max(bound, _Cutting(field, wanted, cuts, effort).run())
    return bound


def _field(problem: Problem) -> Field:
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


def _identities(problem: Problem, table: CellTable | None) -> sp.csr_array:
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
    wrong = abs(matrix @ _field(problem).inside).sum(axis=1) != 0
    return sp.csr_array(matrix[~wrong & (np.diff(matrix.indptr) > 0)])


def _tightened(field: Field, found: sp.csr_array) -> Field:
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


def _wanted(field: Field, taken: Mask) -> Wanted:
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


def _limits(field: Field, way: int) -> tuple[Floats, Floats]:
    """How far rows may rise and fall; where the way is not known, as far as they may do either."""
    both = np.maximum(field.up, field.down)
    return (field.up, field.down) if way else (both, both)


def _covers(field: Field, found: sp.csr_array, wanted: Wanted, side: int) -> Cuts:
    """For each identity the strongest cover cut of the targets that push it to one side (either, with 0)."""
    many = found.shape[0]
    place, row = _entries(found)
    up, down = _limits(field, side)
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
    matrix = _gathered(share, place[used], field.column[row[used]], (many, len(field.cost)))
    # Where even all of them together give too little no pattern meets the target: it does not count.
    kept = (missing > 0) & (matrix.sum(axis=1) >= 1.0)
    return Cuts(sp.csr_array(matrix[kept]), np.ones(int(kept.sum())))


def _gathered(share: Floats, place: Ints, column: Ints, shape: tuple[int, int]) -> sp.csr_array:
    """A matrix of shares, none above 1: as y is whole, more than all that is needed is no better than all."""
    matrix = sp.csr_array(sp.coo_array((np.minimum(share, 1.0), (place, column)), shape=shape))
    matrix.sum_duplicates()
    matrix.data = np.minimum(matrix.data, 1.0)
    return matrix


def _chains(field: Field, found: sp.csr_array) -> Cuts:
    """In every identity without a row that moves anyway: where one is hidden another is too."""
    many, width = found.shape[0], len(field.cost)
    place, row = _entries(found)
    most, _ = _limits(field, 0)
    moving = (field.problem.must[row] & (most[row] > 0)) | (np.abs(found.data) != 1)
    still = np.bincount(place, moving, minlength=many) == 0
    used = (still & (np.diff(found.indptr) <= _LONG))[place] & (field.column[row] >= 0)
    members = _gathered(np.ones(int(used.sum())), place[used], field.column[row[used]], (many, width))
    at, own = members.nonzero()
    at, own = at[field.alone[own]], own[field.alone[own]]
    twice = sp.coo_array((np.full(len(own), 2.0), (np.arange(len(own)), own)), shape=(len(own), width))
    return Cuts(sp.csr_array(members[at] - sp.csr_array(twice)), np.zeros(len(own)))


def _worth(cost: Floats, cuts: Cuts, price: Floats) -> float:
    """What any prices of the cuts, from 0 up, prove (the Lagrangian bound over 0 <= y <= 1)."""
    return float(price @ cuts.need + np.minimum(0.0, cost - cuts.matrix.T @ price).sum())


def _ascended(cost: Floats, cuts: Cuts) -> float:
    """Near the least cost of a fractional y: primal-dual steps with averages and restarts.

    Chambolle and Pock, *Journal of Mathematical Imaging and Vision* 40 (2011), doi:10.1007/s10851-010-0251-1; restarts
    as in Applegate et al. 2021 (PDLP). A step costs as much as reading the cuts.
    """
    matrix, across = cuts.matrix, sp.csr_array(cuts.matrix.T)
    unit = 0.3 * float(cost.mean())
    stride = 1.0 / (unit * np.maximum(abs(across).sum(axis=1), 1.0))
    lift = unit / np.maximum(abs(matrix).sum(axis=1), 1.0)
    y, price = np.zeros(len(cost)), np.zeros(len(cuts.need))
    mean_y, mean_price, many, last, best = y.copy(), price.copy(), 0, 0, 0.0
    for step in range(1, _STEPS + 1):
        moved = np.clip(y - stride * (cost - across @ price), 0.0, 1.0)
        price = np.maximum(0.0, price + lift * (cuts.need - matrix @ (2 * moved - y)))
        y, many = moved, many + 1
        mean_y += (y - mean_y) / many
        mean_price += (price - mean_price) / many
        if step % 25:
            continue
        here, mean = _worth(cost, cuts, price), _worth(cost, cuts, mean_price)
        best = max(best, here, mean)
        if many >= max(100, last / 2):
            y, price = (mean_y.copy(), mean_price.copy()) if mean > here else (y, price)
            last, many = step, 0
    return best


def _tried(programme: Programme, limits: Limits | None) -> Answer | None:
    """Solve; None where the solver fails. What was proven before stays proven, so a bound need not fail with it."""
    try:
        return solve(programme, limits)
    except SolveError:
        return None


class _Cutting:
    """The loop of programmes: solve the master, find cuts that its point breaks, and again; then in whole numbers."""

    def __init__(self, field: Field, wanted: Wanted, cuts: Cuts, effort: int) -> None:
        self.field, self.wanted, self.cuts, self.left = field, wanted, cuts, effort
        self.bound = 0.0
        self._rest = np.zeros(len(wanted.row), dtype=np.int64)
        inside = field.inside
        single = np.flatnonzero(np.diff(inside.indptr) == 1)
        single = single[np.abs(inside.data[inside.indptr[single]]) == 1]
        leaf, first = np.unique(inside.indices[inside.indptr[single]], return_index=True)
        self._leaf, self._box = leaf, single[first]
        self._sign = inside.data[inside.indptr[self._box]]
        self._rows = np.setdiff1d(np.arange(inside.shape[0]), self._box)
        self._matrix = sp.csc_array(inside[self._rows].astype(np.float64))
        self._across = sp.csr_array(inside[self._rows].T)

    def run(self) -> float:
        """Give the best bound within the effort."""
        while self.left > 0:
            before = self.bound
            y = self._master(None)
            if y is None or not self._cut(y) or self.bound < before * (1 + _GAIN):
                break
        while self.left >= _BRANCHED:
            y = self._master(_BRANCHING)
            self._rest[:] = 0
            if y is None or not self._cut(y):
                break
        return self.bound

    def _master(self, branching: Limits | None) -> Floats | None:
        """The cheapest point under the cuts, in whole numbers when there are limits for branching."""
        cost, cuts = self.field.cost, self.cuts
        self.left -= 1 if branching is None else _BRANCHED
        programme = Programme(
            matrix=cuts.matrix,
            row_low=cuts.need,
            row_high=np.full(len(cuts.need), np.inf),
            low=np.zeros(len(cost)),
            high=np.ones(len(cost)),
            cost=cost,
            integer=np.full(len(cost), branching is not None),
        )
        answer = _tried(programme, branching)
        if answer is None:
            return None
        if answer.duals is not None:
            self.bound = max(self.bound, _worth(cost, cuts, np.maximum(answer.duals, 0.0)))
        elif np.isfinite(answer.bound):
            self.bound = max(self.bound, answer.bound * (1 - 1e-6))
        return answer.values

    def _cut(self, y: Floats) -> bool:
        """Add the cuts that a point breaks, and tell whether there are any."""
        fresh: dict[bytes, Cuts] = {}
        for i in range(len(self.wanted.row)):
            row = int(self.wanted.row[i])
            if self.left <= 0:
                break
            if self._rest[i] > 0 or (self.wanted.if_hidden[i] and y[self.field.column[row]] < _SHARE):
                self._rest[i] -= 1
                continue
            found = self._separated(i, y)
            if found is not None and float((found.matrix @ y)[0]) < found.need[0] - _BROKEN:
                fresh[found.matrix.indices.tobytes() + found.matrix.data.tobytes()] = found
            else:
                # What holds here mostly holds at the next points too.
                self._rest[i] = 2
        self.cuts = self.cuts.plus(fresh.values())
        return bool(fresh)

    def _separated(self, i: int, y: Floats) -> Cuts | None:
        """The cut that the duals give where as little as at ``y`` is hidden; None where it says nothing."""
        row, way, need = int(self.wanted.row[i]), int(self.wanted.way[i]), int(self.wanted.need[i])
        self.left -= 1
        answer = _tried(self._programme(row, way, need, y), Limits(presolve=False))
        if answer is None or answer.duals is None:
            return None
        weight, share = self._weights(row, way or 1, answer.duals)
        if share <= 0:
            return None
        up, down = _limits(self.field, way)
        used = np.flatnonzero(weight)
        room = np.abs(weight[used]) * np.where(weight[used] > 0, up[used], down[used])
        missing = float(share) * need - float(room[self.field.problem.must[used]].sum())
        if missing <= 0:
            return None
        column = self.field.column[used]
        free = column >= 0
        shape = (1, len(y))
        matrix = _gathered(
            room[free] / missing, np.zeros(int(free.sum()), dtype=np.int64), column[free], shape
        )
        if not self.wanted.if_hidden[i]:
            return Cuts(matrix, np.ones(1)) if matrix.sum() >= 1.0 else None
        itself = sp.coo_array((np.ones(1), ([0], [self.field.column[row]])), shape=shape)
        return Cuts(sp.csr_array(matrix - sp.csr_array(itself)), np.zeros(1))

    def _programme(self, row: int, way: int, need: int, y: Floats) -> Programme:
        """Move a row as far as it goes where rows are hidden to a share: a row without limits moves by the need."""
        p, field = self.field.problem, self.field
        up, down = _limits(field, way)
        # A little of everything is hidden, or the duals of what is shown would be anything.
        seen = np.where(p.must, 1.0, np.where(field.column >= 0, y[field.column] + _SOFT, 0.0))
        most = np.where(p.must, 1e3, float(need))
        high, low = np.minimum(up, most) * seen, -np.minimum(down, most) * seen
        high[row], low[row] = 1e4, -1e4
        box = np.full((2, p.width), 1e4)
        box[0, self._leaf] = np.where(self._sign > 0, high[self._box], -low[self._box])
        box[1, self._leaf] = np.where(self._sign > 0, -low[self._box], high[self._box])
        cost = np.zeros(p.width)
        own = slice(p.rows.start[row], p.rows.start[row + 1])
        cost[p.rows.leaf[own]] = -(way or 1) * p.rows.coef[own]
        return Programme(
            matrix=self._matrix,
            row_low=low[self._rows],
            row_high=high[self._rows],
            low=-box[1],
            high=box[0],
            cost=cost,
            integer=np.zeros(p.width, dtype=bool),
        )

    def _weights(self, row: int, way: int, duals: Floats) -> tuple[Ints, int]:
        """Whole multipliers of the other rows that sum to so many times the row; 0 times where there are none."""
        rows = self.field.problem.rows
        weight = np.zeros(len(self.field.up), dtype=np.int64)
        weight[self._rows] = np.rint(-duals * _SCALE)
        left = -(self._across @ weight[self._rows])
        own = slice(rows.start[row], rows.start[row + 1])
        left[rows.leaf[own]] += way * _SCALE * rows.coef[own]
        weight[self._box] = left[self._leaf] * self._sign
        left[self._leaf] = 0
        share = 0 if np.any(left) else _SCALE - way * int(weight[row])
        weight[row] = 0
        return weight, share
