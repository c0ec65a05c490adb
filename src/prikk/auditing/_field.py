"""A component as changes of its free quantities: what the walk from table to table works on.

Totals are written out in the cells that they sum, so that no identity is left among the rows, and
quantities that always change together are one row.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from prikk.auditing._kernels import Ints
from prikk.auditing._system import MEMBER, SUM, System
from prikk.tabular import UNBOUNDED

_SEED = 20_220_131


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Rows ``low <= matrix @ change <= high`` over changes of the free quantities from a table.

    ``row_of`` gives the row that each quantity of the system changes by, -1 where it cannot change. A change
    within all rows gives a table of the system again, and no others do.
    """

    matrix: sp.csr_array
    by_column: sp.csc_array
    low: Ints
    high: Ints
    row_of: Ints


def field_of(system: System, table: Ints, low: Ints, high: Ints) -> Field:
    """Write a system as a field around one of its tables, with proven bounds of its quantities."""
    known = low == high
    spans = _spans(system, ~known)
    sums = sp.csr_array(system.matrix @ spans)
    free = np.flatnonzero(np.diff(sp.csc_array(spans).indptr))
    stacked = sp.csr_array(sp.vstack([spans, sums], format="csr")[:, free])
    stacked.eliminate_zeros()
    activity = system.matrix @ table
    lower = np.concatenate([low - table, system.row_low - activity])
    upper = np.concatenate([high - table, system.row_high - activity])
    telling = np.flatnonzero(np.diff(stacked.indptr))
    first, group = merged(sp.csr_array(stacked[telling]))
    row_low = np.full(len(first), -2 * UNBOUNDED, dtype=np.int64)
    row_high = np.full(len(first), 2 * UNBOUNDED, dtype=np.int64)
    np.maximum.at(row_low, group, lower[telling])
    np.minimum.at(row_high, group, upper[telling])
    row_of = np.full(stacked.shape[0], -1, dtype=np.int64)
    row_of[telling] = group
    matrix = sp.csr_array(stacked[telling[first]])
    return Field(
        matrix=matrix,
        by_column=sp.csc_array(matrix),
        low=row_low,
        high=row_high,
        row_of=row_of[: len(table)],
    )


def _spans(system: System, open_: NDArray[np.bool_]) -> sp.csr_array:
    """Every quantity as a sum of free ones: a total of the cells of its first identity, and these of theirs."""
    matrix = sp.csr_array(system.matrix @ sp.diags_array(open_.astype(np.int64), dtype=np.int64))
    matrix.eliminate_zeros()
    total, row = _totals(matrix, system)
    itself = open_.astype(np.int64)
    itself[total] = 0
    place = sp.csr_array((np.ones(len(row), np.int64), (total, row)), shape=matrix.T.shape)
    own = sp.csr_array((np.ones(len(row), np.int64), (total, total)), shape=(len(open_), len(open_)))
    spans = sp.csr_array(sp.diags_array(itself, dtype=np.int64) + own - place @ matrix)
    # Each turn doubles the levels that are written out. Totals stand above their parts, so this ends.
    while True:
        spans.eliminate_zeros()
        further = sp.csr_array(spans @ spans)
        if sp.csr_array(further - spans).count_nonzero() == 0:
            return spans
        spans = further


def _totals(matrix: sp.csr_array, system: System) -> tuple[Ints, Ints]:
    """The totals that an identity can replace, each with the first row that does."""
    row_of_entry = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    positive = matrix.data > 0
    many = np.bincount(row_of_entry[positive], minlength=matrix.shape[0])
    kind = system.origin[:, 0]
    usable = (many == 1) & (system.row_low == system.row_high) & ((kind == SUM) | (kind == MEMBER))
    entry = np.flatnonzero(positive & usable[row_of_entry])
    total, first = np.unique(matrix.indices[entry], return_index=True)
    return total.astype(np.int64), row_of_entry[entry[first]].astype(np.int64)


def merged(matrix: sp.csr_array) -> tuple[Ints, Ints]:
    """Equal rows: the first of each group, and the group of every row."""
    weights = np.random.default_rng(_SEED).integers(1, 1 << 62, matrix.shape[1], dtype=np.int64)
    _, first, group = np.unique(matrix @ weights, return_index=True, return_inverse=True)
    if sp.csr_array(
        matrix[first][group] - matrix
    ).count_nonzero():  # two rows of one sum: never seen, and then nothing is merged
        first = group = np.arange(matrix.shape[0])
    return first.astype(np.int64), group.astype(np.int64)
