"""A dimension's codes as a tree of indices."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Index = NDArray[np.int32]


@dataclass(frozen=True, kw_only=True)
class Hierarchy:
    """A tree of codes. ``codes[0]`` is the total; every parent stands before its parts.

    ``parents[i]`` is the index of the code above ``codes[i]``, -1 for the total. Leaves may be on
    different levels, as foreign documents have them.

    >>> h = Hierarchy(name="g", codes=("TOTAL", "A", "A1", "A2"), parents=(-1, 0, 1, 1))
    >>> h.depths.tolist(), h.leaves.tolist()
    ([0, 1, 2, 2], [2, 3])
    """

    name: str
    codes: tuple[str, ...]
    parents: tuple[int, ...]

    @cached_property
    def depths(self) -> Index:
        """The level of each code: 0 for the total."""
        depths = np.zeros(len(self.codes), dtype=np.int32)
        for i, parent in enumerate(self.parents[1:], start=1):
            depths[i] = depths[parent] + 1
        return depths

    @cached_property
    def leaves(self) -> Index:
        """The indices of the codes without parts."""
        return np.setdiff1d(np.arange(len(self.codes), dtype=np.int32), np.asarray(self.parents)).astype(
            np.int32
        )

    def bottom(self, depth: int) -> Index:
        """The indices of the codes at a level, and of leaves above it: together they part the total."""
        leaf = np.ones(len(self.codes), dtype=bool)
        leaf[[p for p in self.parents if p >= 0]] = False
        return np.flatnonzero((self.depths == depth) | (leaf & (self.depths < depth))).astype(np.int32)

    @cached_property
    def index(self) -> dict[str, int]:
        """The index of each code."""
        return {code: i for i, code in enumerate(self.codes)}

    def ancestors(self, depth: int) -> Index:
        """For each code the index of the code above it (or itself) on a level; -1 where it is higher up."""
        above = np.full(len(self.codes), -1, dtype=np.int32)
        for i, parent in enumerate(self.parents):
            if self.depths[i] == depth:
                above[i] = i
            elif parent >= 0:
                above[i] = above[parent]
        return above
