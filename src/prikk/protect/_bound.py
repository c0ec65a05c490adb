"""A lower bound on what every pattern loses, and points that show where cheap patterns lie.

The least cost under the cuts of ``_cuts.py`` is the bound. The points that take it say of each row how much it wants to be
hidden.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import scipy.sparse as sp

from prikk.protect._cuts import Cuts, chains, covers, field_of, identities, tightened, wanted_of, worth
from prikk.protect._cutting import Cutting
from prikk.protect._model import Floats, Mask, Problem
from prikk.tabular import CellTable

_SMALL = 3_000
"""More unknowns or finest cells than this, and programmes take longer than their cuts are worth."""
_STEPS = 300


class Bound(NamedTuple):
    """A number that no valid pattern costs less than, and points by row, from 0 (shown) to 1 (hidden), the best last."""

    value: float
    points: tuple[Floats, ...]


def lower_bound(
    problem: Problem, effort: int, *, table: CellTable | None = None, taken: Mask | None = None
) -> Bound:
    """Bound what the secondary rows of any valid pattern cost.

    Args:
        problem: the problem; a valid pattern has a witness for every target.
        effort: how many linear programmes to solve; one with whole numbers counts as some hundreds. With 0, and for
            large problems, only the identities speak: seconds for 100 000 rows.
        table: the cells, for their identities; None where totals are not sums of their parts.
        taken: the targets that count; those that no pattern meets must not. All without.

    Returns:
        The bound, from 0 up, and points that take it.
    """
    if problem.must.all() or not len(problem.targets.row):
        return Bound(0.0, ())
    found = identities(problem, table)
    field = tightened(field_of(problem), found)
    wanted = wanted_of(field, np.ones(len(problem.targets.row), dtype=bool) if taken is None else taken)
    cuts = chains(field, found).plus(covers(field, found, wanted, side) for side in (1, -1, 0))
    if len(field.cost) == 0:
        return Bound(0.0, ())
    value, near = _ascended(field.cost, cuts) if len(cuts.need) else (0.0, np.zeros(len(field.cost)))
    points = [near]
    if effort > 0 and max(len(field.cost), problem.width) <= _SMALL:
        cutting = Cutting(field, wanted, cuts, effort)
        value = max(value, cutting.run())
        points += cutting.points
    by_row = [np.where(field.column >= 0, y[np.maximum(field.column, 0)], 0.0) for y in points]
    return Bound(value, tuple(by_row))


def _ascended(cost: Floats, cuts: Cuts) -> tuple[float, Floats]:
    """Near the least cost of a fractional y, and near such a y: primal-dual steps with averages and restarts.

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
        here, mean = worth(cost, cuts, price), worth(cost, cuts, mean_price)
        best = max(best, here, mean)
        if many >= max(100, last / 2):
            y, price = (mean_y.copy(), mean_price.copy()) if mean > here else (y, price)
            last, many = step, 0
    return best, mean_y
