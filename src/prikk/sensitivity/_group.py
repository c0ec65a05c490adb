"""Group disclosure: everybody is in the same category."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from prikk.sensitivity._requirement import UNKNOWN, Ints, Requirement
from prikk.tabular import CellTable, Hierarchy, sums

Mask = NDArray[np.bool_]


def group_disclosure_rule(
    table: CellTable,
    values: Ints,
    *,
    dimensions: Sequence[str] | None = None,
    hidden: Mask | None = None,
) -> Requirement:
    """A category that holds everybody of its total: who is known to be in the group is known to be in the category.

    Source: Hundepool et al., *Statistical Disclosure Control*, 2012, section 5.2 (group disclosure in tables of counts).

    Args:
        table: the published cells.
        values: the count of each.
        dimensions: the names of the dimensions whose categories tell something; all without.
        hidden: cells that are hidden anyway. A hidden total tells nobody that a part is all of it.

    Returns:
        Sensitive parts must be able to fall by at least 1. A category that is all there is by its hierarchy is none.

    >>> from prikk.tabular import Hierarchy
    >>> sex = Hierarchy(name="sex", codes=("T", "f", "m"), parents=(-1, 0, 0))
    >>> cells = CellTable.from_codes([sex], [("T",), ("f",), ("m",)])
    >>> group_disclosure_rule(cells, np.array([7, 7, 0])).sensitive.tolist()
    [False, True, False]
    """
    found = sums(table)
    total = np.repeat(found.totals, np.diff(found.starts))
    dimension = np.repeat(found.dimensions, np.diff(found.starts))
    part = found.parts
    everybody = (values[part] == values[total]) & (values[part] > 0) & _smaller(table, part, total, dimension)
    if dimensions is not None:
        everybody &= np.isin(dimension, [d for d, h in enumerate(table.hierarchies) if h.name in dimensions])
    if hidden is not None:
        everybody &= ~hidden[total]
    sensitive = np.zeros(len(values), dtype=bool)
    sensitive[part[everybody]] = True
    zero = np.zeros(len(values), dtype=np.int64)
    high = np.full(len(values), UNKNOWN, dtype=np.int64)
    return Requirement(
        sensitive=sensitive, low=zero, high=high, down=sensitive.astype(np.int64), up=zero.copy()
    )


def _smaller(table: CellTable, part: Ints, total: Ints, dimension: Ints) -> Mask:
    """Whether a part leaves some category of its total to others."""
    size = [_leaves(h) for h in table.hierarchies]
    widest = max(len(s) for s in size)
    padded = np.stack([np.pad(s, (0, widest - len(s))) for s in size])
    codes = table.coords
    smaller: Mask = padded[dimension, codes[part, dimension]] < padded[dimension, codes[total, dimension]]
    return smaller


def _leaves(hierarchy: Hierarchy) -> Ints:
    """How many leaves each code stands for."""
    many = np.zeros(len(hierarchy.codes), dtype=np.int64)
    for leaf in hierarchy.leaves.tolist():
        code = leaf
        while code >= 0:
            many[code] += 1
            code = hierarchy.parents[code]
    return many
