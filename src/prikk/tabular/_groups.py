"""Groups of cells that are hidden together: which cells they are, which groups are one, what holds for all of one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from prikk.tabular._hierarchy import Hierarchy
from prikk.tabular._table import CellTable, encode, membership

Mask = NDArray[np.bool_]
Numbers = NDArray[np.int64]
"""A number a cell: that of its group, -1 for a cell by itself."""

EVERY = "*"
"""Stands for every code but the total."""


class Named(NamedTuple):
    """The codes of a dimension that were named: those that it has, by their index, and those that it has not."""

    known: list[int]
    unknown: list[str]


def named_codes(wanted: str | Sequence[str], hierarchy: Hierarchy) -> Named:
    """Read a code, several codes, or ``"*"`` for all but the total."""
    if wanted == EVERY:
        return Named(list(range(1, len(hierarchy.codes))), [])
    codes = [wanted] if isinstance(wanted, str) else list(wanted)
    known = [hierarchy.index[c] for c in codes if c in hierarchy.index]
    return Named(known, [c for c in codes if c not in hierarchy.index])


def grouped(table: CellTable, wanted: Mapping[str, Collection[int]], among: Mask) -> Numbers:
    """Number the groups of cells with some codes: one for each combination of the dimensions that are not named.

    Only cells of ``among`` are in one. A group of one cell is none.
    """
    found, keys = among.copy(), table.coords.copy()
    for d, hierarchy in enumerate(table.hierarchies):
        if hierarchy.name in wanted:
            found &= np.isin(keys[:, d], list(wanted[hierarchy.name]))
            keys[:, d] = 0
    numbers = np.full(len(table), -1, dtype=np.int64)
    _, number, size = np.unique(
        encode(keys[found], table.hierarchies), return_inverse=True, return_counts=True
    )
    numbers[found] = np.where(size[number] > 1, number, -1)
    return numbers


def joined(table: CellTable, groups: Sequence[Numbers], apart: Mask) -> Numbers:
    """Several numberings as one. Groups that share a cell are one, and so are cells that sum the same finest cells.

    To hide one of these and show the other hides nothing. Cells of ``apart`` are in no group, and nothing that they
    hold counts: zeros that are shown whatever else is hidden.
    """
    offset = np.cumsum([0, *(int(g.max(initial=-1)) + 1 for g in groups)])
    cell = np.concatenate([np.flatnonzero(g >= 0) for g in groups])
    group = np.concatenate([g[g >= 0] + start for g, start in zip(groups, offset, strict=False)])
    many = len(table) + int(offset[-1])
    rows = np.concatenate([cell, np.arange(len(table))])
    columns = np.concatenate([len(table) + group, _same(table, apart)])
    links = sp.coo_array((np.ones(len(rows)), (rows, columns)), shape=(many, many))
    _, number = connected_components(links, directed=False)
    found = number[: len(table)].astype(np.int64)
    return np.where(np.isin(found, found[cell]) & ~apart, found, -1)


def _same(table: CellTable, apart: Mask) -> Numbers:
    """For each cell the first that sums the same finest cells, but for those under a shown zero."""
    inside = membership(table, tuple(max(depths) for depths in zip(*table.margins, strict=True))).matrix
    zero = inside.T @ apart.astype(np.float64) > 0
    kept = sp.csr_array(sp.csc_array(inside)[:, np.flatnonzero(~zero)])
    kept.sort_indices()
    first: dict[bytes, int] = {}
    parts = (kept.indices[a:b].tobytes() for a, b in pairwise(kept.indptr.tolist()))
    return np.array([first.setdefault(part, cell) for cell, part in enumerate(parts)], dtype=np.int64)


class Settled(NamedTuple):
    """What holds for all of a group: the cells that are hidden for it, those that are kept, and kept ones that would be hidden."""

    hide: Mask
    keep: Mask
    both: NDArray[np.intp]


def settled(groups: Numbers, hide: Mask, keep: Mask) -> Settled:
    """Spread what must be hidden and what must be kept to whole groups.

    >>> found = settled(np.array([4, 4, -1]), np.array([True, False, True]), np.array([False, True, False]))
    >>> found.hide.tolist(), found.both.tolist()
    ([True, True, False], [1])
    """
    hidden = spread(hide, groups)
    return Settled(hidden & (groups >= 0), spread(keep, groups), np.flatnonzero(hidden & keep))


def spread(mask: Mask, groups: Numbers) -> Mask:
    """The cells of a mask, and all that are in a group with one of them."""
    return np.asarray(mask | ((groups >= 0) & np.isin(groups, groups[mask & (groups >= 0)])))


def torn(mask: Mask, groups: Numbers) -> int:
    """How many groups are in a mask with some of their cells and not with all.

    >>> torn(np.array([True, False, False]), np.array([4, 4, -1]))
    1
    """
    return len(np.intersect1d(groups[mask & (groups >= 0)], groups[~mask & (groups >= 0)]))
