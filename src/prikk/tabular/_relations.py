"""The sums that linked tables imply: every total equals the sum of its published parts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from prikk.tabular._hierarchy import Index
from prikk.tabular._table import CellTable

Cells = NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Identities ``total = sum of parts``, one dimension at a time.

    Identity ``i`` has the cell ``totals[i]``, the dimension ``dimensions[i]`` and the cells
    ``parts[starts[i]:starts[i + 1]]``.
    """

    totals: Cells
    dimensions: Cells
    starts: Cells
    parts: Cells

    def __len__(self) -> int:
        """The number of identities."""
        return len(self.totals)


def sums(table: CellTable) -> Sums:
    """Give every identity between cells of a table.

    The parts of a total along a dimension are the listed cells on the next published level below it. A
    cell without a published cell just above it is a part of the one further up. An unlisted part is zero.
    """
    part, total, dimension = _links(table)
    order = np.lexsort((part, dimension, total))
    part, total, dimension = part[order], total[order], dimension[order]
    fresh = np.ones(len(part), dtype=bool)
    fresh[1:] = (total[1:] != total[:-1]) | (dimension[1:] != dimension[:-1])
    at = np.flatnonzero(fresh)
    return Sums(
        totals=total[at],
        dimensions=dimension[at],
        starts=np.append(at, len(part)).astype(np.intp),
        parts=part,
    )


def _links(table: CellTable) -> tuple[Cells, Cells, Cells]:
    """For each cell and dimension the nearest published cell above it: (part, total, dimension)."""
    found: list[tuple[Cells, Cells, Cells]] = []
    for d, hierarchy in enumerate(table.hierarchies):
        depths = hierarchy.depths[table.coords[:, d]]
        waiting = np.flatnonzero(depths > 0)
        for depth in range(int(depths.max(initial=0)) - 1, -1, -1):
            here = waiting[depths[waiting] > depth]
            above = _above(table, here, d, depth)
            cell = table.find(above)
            hit = cell >= 0
            found.append((here[hit], cell[hit], np.full(int(hit.sum()), d, dtype=np.intp)))
            waiting = np.setdiff1d(waiting, here[hit], assume_unique=True)
    if not found:
        empty = np.zeros(0, dtype=np.intp)
        return empty, empty, empty
    parts, totals, dimensions = (np.concatenate(x).astype(np.intp) for x in zip(*found, strict=True))
    return parts, totals, dimensions


def _above(table: CellTable, cells: Cells, dimension: int, depth: int) -> Index:
    """The coordinates of the cells with one dimension moved up to a level."""
    coords = table.coords[cells].copy()
    coords[:, dimension] = table.hierarchies[dimension].ancestors(depth)[coords[:, dimension]]
    return coords
