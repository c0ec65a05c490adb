"""From rows to published cells: sums over every published combination of levels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

from prikk.errors import Finding
from prikk.protection._findings import coded, listed
from prikk.protection._margins import Margins
from prikk.protection._model import Cells, Floats, Ints, Mask, Rows, Tree
from prikk.protection._rows import repeated
from prikk.tabular import CellTable, Hierarchy, Index, membership


def keys_of(coords: Index, hierarchies: Sequence[Hierarchy]) -> Ints:
    """One number a coordinate, in lexicographic order."""
    sizes = tuple(len(h.codes) for h in hierarchies)
    return np.asarray(np.ravel_multi_index(tuple(coords.T), sizes), dtype=np.int64)


def cells_of(
    rows: Rows, trees: Mapping[str, Tree], margins: Margins, zeros: str, findings: list[Finding]
) -> Cells:
    """Sum finest rows to every published cell; rows for totals are checked against the sums.

    A cell is listed when a row is given for at least one of its finest cells.
    """
    hierarchies = tuple(tree.hierarchy for tree in trees.values())
    keys = keys_of(rows.coords, hierarchies)
    repeated(rows, keys, list(trees.values()), findings)
    finest = finest_rows(rows.coords, hierarchies)
    below = rows.coords[finest]
    found, (values, costs) = added_up(below, _columns(rows, finest), hierarchies, margins)
    if not findings:
        _check_totals(rows, finest, hierarchies, zeros, findings)
    table = table_of(found, hierarchies, margins)
    counts = values.astype(np.int64)
    return Cells(
        table=table,
        values=counts,
        costs=None if rows.costs is None else _given(costs, rows.costs, keys, found),
        finest=unpublished(table, below, rows.counts[finest]),
    )


def table_of(keys: Ints, hierarchies: tuple[Hierarchy, ...], margins: Margins) -> CellTable:
    """The table of some keys in order."""
    sizes = tuple(len(h.codes) for h in hierarchies)
    coords = np.stack(np.unravel_index(keys, sizes), axis=1).astype(np.int32)
    return CellTable(hierarchies=hierarchies, coords=coords, margins=margins)


def _columns(rows: Rows, taken: Mask) -> tuple[NDArray[np.generic], ...]:
    costs = np.ones(len(rows.counts)) if rows.costs is None else rows.costs
    return rows.counts[taken], costs[taken]


def finest_rows(coords: Index, hierarchies: Sequence[Hierarchy]) -> Mask:
    """The rows whose codes have no parts."""
    finest = np.ones(len(coords), dtype=bool)
    for d, hierarchy in enumerate(hierarchies):
        finest &= np.isin(coords[:, d], hierarchy.leaves)
    return finest


def added_up(
    coords: Index,
    columns: Sequence[NDArray[np.generic]],
    hierarchies: Sequence[Hierarchy],
    margins: Margins,
) -> tuple[Ints, tuple[NDArray[np.generic], ...]]:
    """The cells of some margins by key, in order, and for each column the sums of the rows under each cell."""
    keys: list[Ints] = [np.zeros(0, dtype=np.int64)]
    sums: list[list[NDArray[np.generic]]] = [[column[:0]] for column in columns]
    for on, key in on_margins(coords, hierarchies, margins):
        order = np.argsort(key, kind="stable")
        cell, starts = np.unique(key[order], return_index=True)
        keys.append(cell)
        for column, parts in zip(columns, sums, strict=True):
            parts.append(np.add.reduceat(column[on][order], starts) if len(starts) else column[:0])
    cells = np.concatenate(keys)
    order = np.argsort(cells, kind="stable")
    return cells[order], tuple(np.concatenate(parts)[order] for parts in sums)


def on_margins(
    coords: Index, hierarchies: Sequence[Hierarchy], margins: Margins
) -> Iterator[tuple[NDArray[np.intp], Ints]]:
    """For each margin the rows that have a cell on it, and the key of that cell."""
    above = [[h.ancestors(depth) for depth in range(int(h.depths.max()) + 1)] for h in hierarchies]
    for margin in margins:
        up = np.stack([above[d][depth][coords[:, d]] for d, depth in enumerate(margin)], axis=1)
        on = np.flatnonzero(np.all(up >= 0, axis=1))
        yield on, keys_of(up[on], hierarchies)


def _given(costs: NDArray[np.generic], given: Floats, keys: Ints, cells: Ints) -> Floats:
    """Summed costs, but as the row has it where a cell has a row."""
    found = costs.astype(np.float64)
    at = np.minimum(np.searchsorted(cells, keys), len(cells) - 1)
    hit = cells[at] == keys
    found[at[hit]] = given[hit]
    return found


def _check_totals(
    rows: Rows, finest: Mask, hierarchies: Sequence[Hierarchy], zeros: str, findings: list[Finding]
) -> None:
    """Find the rows for totals that are not the sum of their finest rows, all of them."""
    total = np.flatnonzero(~finest)
    if not len(total):
        return
    depths = np.stack([h.depths[rows.coords[total, d]] for d, h in enumerate(hierarchies)], axis=1)
    margins = tuple(tuple(int(x) for x in row) for row in np.unique(depths, axis=0))
    cells, (values, _) = added_up(rows.coords[finest], _columns(rows, finest), hierarchies, margins)
    keys = keys_of(rows.coords[total], hierarchies)
    at = np.searchsorted(cells, keys)
    known = np.append(cells, -1)[at] == keys
    summed = np.where(known, np.append(values.astype(np.int64), 0)[at], 0)
    differ = total[summed != rows.counts[total]]
    if len(differ):
        what = (
            f"{len(differ)} totals are not the sum of their finest cells: {named(rows, differ, hierarchies)}."
        )
        fix = "Correct the totals or their parts, or give only the finest cells and let prikk sum them."
        findings.append(Finding(code="total-differs", what=what, where=rows.place, fix=fix))
    bare = total[~known & (summed == rows.counts[total])]
    if len(bare) and zeros == "hidden":
        what = f"{len(bare)} totals are listed without any finest cell: {named(rows, bare, hierarchies)}."
        fix = "List a finest cell of each, also where it is 0, or leave the totals out."
        findings.append(Finding(code="total-bare", what=what, where=rows.place, fix=fix))


def named(rows: Rows, which: NDArray[np.intp], hierarchies: Sequence[Hierarchy]) -> str:
    """Some rows by their places and codes."""
    return listed(
        [
            f"{rows.named(row)} "
            + coded(h.codes[c] for h, c in zip(hierarchies, rows.coords[row], strict=True))
            for row in which.tolist()
        ]
    )


def unpublished(table: CellTable, coords: Index, counts: Ints) -> Ints | None:
    """The counts of the finest cells that published totals rest on; None where all of these are published."""
    deepest = tuple(max(depths) for depths in zip(*table.margins, strict=True))
    if set(table.margins) == set(product(*(range(depth + 1) for depth in deepest))):
        return None
    leaves = membership(table, deepest).leaves
    if np.all(table.find(leaves) >= 0):
        return None
    bottom = coords.copy()
    for d, (hierarchy, depth) in enumerate(zip(table.hierarchies, deepest, strict=True)):
        above = hierarchy.ancestors(depth)[coords[:, d]]
        bottom[:, d] = np.where(above >= 0, above, coords[:, d])
    keys, number = np.unique(keys_of(bottom, table.hierarchies), return_inverse=True)
    sums = np.zeros(len(keys) + 1, dtype=np.int64)
    np.add.at(sums, number, counts)
    wanted = keys_of(leaves, table.hierarchies)
    at = np.searchsorted(keys, wanted)
    return np.where(np.append(keys, -1)[at] == wanted, sums[at], 0)
