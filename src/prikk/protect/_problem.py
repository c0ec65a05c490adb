"""From a task to the arrays of a problem."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp
from scipy.sparse.csgraph import connected_components

from prikk.errors import Finding, ProtectError
from prikk.protect._costs import on_grid
from prikk.protect._model import FREE, Ints, Mask, Problem, Rows, Targets, Task
from prikk.protect._reach import reach
from prikk.protect._ties import quantities
from prikk.tabular import CellTable, spread


def problem_of(task: Task) -> Problem:
    """Write a task as a problem. Raises :class:`ProtectError` when its figures contradict each other."""
    inside, coords, values, ties, finest = quantities(task)
    if not np.array_equal(inside @ values, task.values):
        raise ProtectError(_disagreement(task.table, inside @ values != task.values))
    row_of, first = _merged(inside)
    many = len(first)
    sensitive = _any(task.requirement.sensitive, row_of, many)
    down, up = _domains(task, row_of, many)
    keep = _any(task.keep, row_of, many) & ~sensitive
    partner = _partners(task, row_of, many)
    must = spread(sensitive | (_any(task.hide, row_of, many) & ~keep), partner)
    keep = spread(keep, partner) & ~must
    cost = np.zeros(many)
    np.add.at(cost, row_of, task.cost)
    extra = len(ties.down)
    matrix = sp.csr_array(sp.vstack([inside[first], ties.matrix], format="csr"))
    matrix.sort_indices()
    rows = _rows(matrix, np.concatenate([down, ties.down]), np.concatenate([up, ties.up]))
    must = np.concatenate([must, np.ones(extra, dtype=bool)])
    targets = _targets(task, row_of, many + extra, rows)
    return Problem(
        rows=rows,
        must=must,
        fixed=np.concatenate([keep, np.zeros(extra, dtype=bool)]),
        cost=np.where(must, 0.0, on_grid(np.concatenate([cost, np.zeros(extra)]))),
        targets=targets,
        coords=coords,
        row_of=row_of,
        partner=np.concatenate([partner, np.full(extra, -1)]),
        finest=finest,
        person=_people(task, row_of, rows, values),
        loose=np.zeros(len(targets.row), dtype=bool),
    )


def _disagreement(table: CellTable, wrong: Mask) -> Finding:
    cells = np.flatnonzero(wrong)
    codes = ", ".join(table.codes(int(cells[0])))
    return Finding(
        where="the table",
        code="total-differs",
        what=f"{len(cells)} cells are not the sum of their finest cells, the first of them ({codes}).",
        fix="Correct the totals, or give only the finest cells and let prikk sum them.",
    )


def _merged(inside: sp.csr_array) -> tuple[Ints, Ints]:
    """Number the rows of a matrix so that equal ones share a number: (number of each row, a row of each number)."""
    draw = np.random.default_rng(20_230_117)
    keys = np.stack([inside @ draw.integers(1, 1 << 40, inside.shape[1]) for _ in range(2)], axis=1)
    _, first, number = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    order = np.argsort(first, kind="stable")
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return rank[number.ravel()], first[order].astype(np.int64)


def _any(mask: Mask | None, row_of: Ints, many: int) -> Mask:
    found = np.zeros(many, dtype=bool)
    if mask is not None:
        found[row_of[mask]] = True
    return found


def _domains(task: Task, row_of: Ints, many: int) -> tuple[Ints, Ints]:
    """How far each row may fall and rise when hidden: as the reader knows its cells."""
    asked = task.requirement
    low = np.where(asked.sensitive, asked.low, task.secondary_low)
    high = np.where(asked.sensitive, asked.high, FREE)
    down = np.full(many, FREE, dtype=np.int64)
    up = np.full(many, FREE, dtype=np.int64)
    # What is known of a figure that is lower than a hidden one can be is no limit: it will not be hidden.
    np.minimum.at(down, row_of, np.maximum(task.values - low, 0))
    np.minimum.at(up, row_of, np.where(high >= FREE, FREE, np.maximum(high - task.values, 0)))
    return down, up


def _rows(matrix: sp.csr_array, down: Ints, up: Ints) -> Rows:
    by_leaf = sp.csc_array(matrix)
    arrays = (
        matrix.indptr,
        matrix.indices,
        matrix.data,
        by_leaf.indptr,
        by_leaf.indices,
        by_leaf.data,
        down,
        up,
    )
    return Rows(*(np.ascontiguousarray(a, dtype=np.int64) for a in arrays))


def _partners(task: Task, row_of: Ints, many: int) -> Ints:
    """Number the rows that are hidden together, over groups that have cells or rows in common; -1 for a row by itself."""
    if task.groups is None:
        return np.full(many, -1, dtype=np.int64)
    some = task.groups >= 0
    groups = int(task.groups.max(initial=-1)) + 1
    ties = sp.coo_array(
        (np.ones(int(some.sum())), (row_of[some], many + task.groups[some])), shape=(many + groups,) * 2
    )
    _, part = connected_components(ties, directed=False)
    part = part[:many].astype(np.int64)
    return np.where(np.bincount(part)[part] > 1, part, -1)


def _people(task: Task, row_of: Ints, rows: Rows, values: Ints) -> Ints:
    """Number who is alone in a row by the finest cell that the person stands in."""
    person = np.full(len(rows.down), -1, dtype=np.int64)
    if task.alone is not None:
        for row in np.unique(row_of[task.alone]).tolist():
            own = rows.leaf[rows.start[row] : rows.start[row + 1]]
            person[row] = own[np.argmax(values[own] > 0)]
    return person


def _targets(task: Task, row_of: Ints, many: int, rows: Rows) -> Targets:
    """Both ends of every sensitive row, or what the range asks of them."""
    asked = task.requirement
    need_down, need_up = np.zeros(many, dtype=np.int64), np.zeros(many, dtype=np.int64)
    taken = asked.sensitive
    np.maximum.at(need_down, row_of[taken], asked.down[taken])
    np.maximum.at(need_up, row_of[taken], asked.up[taken])
    if task.additive:
        most_down, most_up = reach(rows, need_down + need_up > 0)
        need_down, need_up = np.minimum(need_down, most_down), np.minimum(need_up, most_up)
    row, down, up = _asked(np.flatnonzero(need_down + need_up > 0), need_down, need_up, task.range)
    order = np.argsort(row, kind="stable").astype(np.int64)
    start = np.searchsorted(row[order], np.arange(many + 1)).astype(np.int64)
    return Targets(row=row, down=down, up=up, start=start, order=order)


def _asked(row: Ints, down: Ints, up: Ints, wanted: str | int) -> tuple[Ints, Ints, Ints]:
    a, b = down[row], up[row]
    if wanted in {"not-exact", 2}:
        return row, np.minimum(a, 1), np.minimum(b, 1)
    if isinstance(wanted, int):
        # Half of the values on each side, and more on one where the other has not enough.
        half = (wanted - 1) // 2
        rise = np.minimum(b, np.maximum(wanted - 1 - half, wanted - 1 - a))
        a, b = np.minimum(a, wanted - 1 - rise), rise
    rises, falls = b > 0, a > 0
    zero = np.zeros_like
    return (
        np.concatenate([row[rises], row[falls]]),
        np.concatenate([zero(row[rises]), a[falls]]),
        np.concatenate([b[rises], zero(row[falls])]),
    )
