"""Cells, and which finest cells each of them sums."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from prikk.tabular._hierarchy import Hierarchy, Index

Keys = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class CellTable:
    """The listed cells of linked tables.

    ``coords`` has a row a cell and a column a dimension: indices into the codes of ``hierarchies``.
    Rows are unique and in lexicographic order. ``margins`` names the published combinations of
    levels, a depth per dimension: a combination that has a margin but no cell is known to be zero.
    """

    hierarchies: tuple[Hierarchy, ...]
    coords: Index
    margins: tuple[tuple[int, ...], ...]

    @classmethod
    def from_codes(
        cls,
        hierarchies: Sequence[Hierarchy],
        rows: Iterable[Sequence[str]],
        margins: Iterable[tuple[int, ...]] | None = None,
    ) -> CellTable:
        """Make a table from rows of codes, one code a dimension; repeated rows are one cell.

        Without ``margins`` they are the level combinations that occur. Raises KeyError for a code that
        no hierarchy has.
        """
        indexed = [[h.index[code] for h, code in zip(hierarchies, row, strict=True)] for row in rows]
        coords = np.unique(np.asarray(indexed, dtype=np.int32).reshape(-1, len(hierarchies)), axis=0)
        depths = np.stack([h.depths[coords[:, d]] for d, h in enumerate(hierarchies)], axis=1)
        found = {tuple(int(x) for x in row) for row in np.unique(depths, axis=0)}
        return cls(
            hierarchies=tuple(hierarchies), coords=coords, margins=tuple(sorted(set(margins or found)))
        )

    def __len__(self) -> int:
        """The number of cells."""
        return len(self.coords)

    @cached_property
    def keys(self) -> Keys:
        """One number a cell, increasing."""
        return encode(self.coords, self.hierarchies)

    def find(self, coords: Index) -> NDArray[np.intp]:
        """The number of the cell at each coordinate, -1 where there is none."""
        wanted = encode(coords, self.hierarchies)
        at = np.minimum(np.searchsorted(self.keys, wanted), max(len(self) - 1, 0))
        if not len(self):
            return np.full(len(coords), -1, dtype=np.intp)
        return np.where(self.keys[at] == wanted, at, -1)

    def combinations(self, cells: Sequence[int]) -> str:
        """Tell how many of some cells each combination of dimensions holds, those with most first: ``age × region:1 (4)``.

        A level follows the dimension where it is not the finest; dimensions at their total are left out.
        """
        depths = np.stack(
            [h.depths[self.coords[list(cells), d]] for d, h in enumerate(self.hierarchies)], axis=1
        )
        found, many = np.unique(depths, axis=0, return_counts=True)
        order = np.argsort(-many, kind="stable")
        return ", ".join(f"{self._margin(found[i])} ({many[i]})" for i in order.tolist())

    def _margin(self, depths: NDArray[np.int64]) -> str:
        parts = [
            h.name if depth == h.depths.max() else f"{h.name}:{depth}"
            for h, depth in zip(self.hierarchies, depths.tolist(), strict=True)
            if depth > 0
        ]
        return " × ".join(parts) or "the grand total"

    def having(self, codes: Mapping[str, str]) -> NDArray[np.bool_]:
        """Tell which cells have these codes, by dimension; one that is not named may have any."""
        found = np.ones(len(self), dtype=bool)
        for d, hierarchy in enumerate(self.hierarchies):
            if hierarchy.name in codes:
                found &= self.coords[:, d] == hierarchy.index.get(codes[hierarchy.name], -1)
        return found

    def codes(self, cell: int) -> tuple[str, ...]:
        """The codes of one cell."""
        return tuple(h.codes[i] for h, i in zip(self.hierarchies, self.coords[cell], strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """Which finest cells each cell sums: ``cells = matrix @ x`` with ``x`` the counts of ``leaves``.

    ``leaves`` has a row a finest cell (coordinates as in :class:`CellTable`); ``matrix`` is sparse,
    cells by finest cells, of ones. A finest cell under an unlisted combination is zero and left out.
    """

    leaves: Index
    matrix: sp.csr_array


def membership(table: CellTable, depths: Sequence[int] | None = None) -> Membership:
    """Give the finest cells of a table that may be non-zero, and what each cell sums of them.

    The finest cells are combinations of the leaves of every hierarchy, or, with ``depths``, of the codes
    at these levels (and of leaves above them).
    """
    bottoms = [
        h.leaves if depths is None else h.bottom(depth)
        for h, depth in zip(table.hierarchies, depths or [0] * len(table.hierarchies), strict=True)
    ]
    grids = np.meshgrid(*bottoms, indexing="ij")
    leaves = np.stack([g.ravel() for g in grids], axis=1).astype(np.int32)
    columns = []
    possible = np.ones(len(leaves), dtype=bool)
    for margin in table.margins:
        above = np.stack(
            [
                h.ancestors(depth)[leaves[:, d]]
                for d, (h, depth) in enumerate(zip(table.hierarchies, margin, strict=True))
            ],
            axis=1,
        )
        # A leaf above the margin's level has nobody on it: the margin says nothing of it.
        on_it = np.all(above >= 0, axis=1)
        cell = np.full(len(leaves), -1, dtype=np.intp)
        cell[on_it] = table.find(above[on_it].astype(np.int32))
        possible &= (cell >= 0) | ~on_it
        columns.append(cell)
    kept = np.flatnonzero(possible)
    rows = np.concatenate([cell[kept] for cell in columns])
    cols = np.tile(np.arange(len(kept)), len(columns))
    inside = rows >= 0
    shape = (len(table), len(kept))
    matrix = sp.csr_array((np.ones(int(inside.sum())), (rows[inside], cols[inside])), shape=shape)
    return Membership(leaves=leaves[kept], matrix=matrix)


def encode(coords: Index, hierarchies: Sequence[Hierarchy]) -> Keys:
    """Turn coordinates into one number each, in lexicographic order."""
    key = np.zeros(len(coords), dtype=np.int64)
    for d, hierarchy in enumerate(hierarchies):
        key = key * len(hierarchy.codes) + coords[:, d]
    return key
