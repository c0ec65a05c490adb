"""Codes with parents to hierarchies whose leaves are all on one level, and the cells that this adds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from prikk.reading._dimensions import Dimension
from prikk.reading._piece import Ints
from prikk.reading._trees import Tree, print_order
from prikk.spec import TOTAL
from prikk.tabular import Hierarchy

REST = "(rest)"
PAD = "’"
"""Stands behind a code that has no parts, on the levels where others have some."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Levelled:
    """A hierarchy, and where each number of a code stands in it (-1: nowhere).

    ``rests`` gives for a place the place of its rest; ``pads`` for the place of a code without parts those that
    stand for it further down, nearest first.
    """

    hierarchy: Hierarchy
    places: Ints
    rests: Mapping[int, int]
    pads: Mapping[int, tuple[int, ...]]
    labels: Mapping[str, str]


def level(dimension: Dimension, tree: Tree, rest: set[int], used: NDArray[np.bool_]) -> Levelled:
    """Build the hierarchy of the codes that are used, with those above them."""
    kept = {0}
    for n in np.flatnonzero(used).tolist():
        above = n
        while above not in kept:
            kept.add(above)
            above = tree.parents.get(above, 0)
    order = (
        sorted(n for n in kept if n)
        if dimension.is_time
        else [n for n in print_order(dimension) if n in kept and n]
    )
    if dimension.is_time:
        order.sort(key=lambda n: dimension.codes[n])
    elif dimension.codelist is not None:
        rank = {c: i for i, c in enumerate(dimension.codelist.parents)}
        order.sort(key=lambda n: rank.get(dimension.codes[n], len(rank)))
    children: dict[int, list[int]] = {}
    for n in order:
        children.setdefault(tree.parents.get(n, 0), []).append(n)
    return _Walk(dimension, children, rest).levelled()


class _Walk:
    """Codes written down from the top, every parent before its parts."""

    def __init__(self, dimension: Dimension, children: Mapping[int, Sequence[int]], rest: set[int]) -> None:
        self.dimension, self.children, self.rest = dimension, children, rest
        self.codes: list[str] = []
        self.parents: list[int] = []
        self.depths: list[int] = []
        self.labels: dict[str, str] = {}
        self.places = np.full(len(dimension.codes), -1, dtype=np.int64)
        self.rests: dict[int, int] = {}
        self.pads: dict[int, tuple[int, ...]] = {}

    def levelled(self) -> Levelled:
        self._down(0, -1)
        deepest, inner = max(self.depths), set(self.parents)
        for place in range(len(self.codes)):
            if 0 < self.depths[place] < deepest and place not in inner:
                self._pad(place, deepest)
        hierarchy = Hierarchy(name=self.dimension.name, codes=tuple(self.codes), parents=tuple(self.parents))
        return Levelled(
            hierarchy=hierarchy, places=self.places, rests=self.rests, pads=self.pads, labels=self.labels
        )

    def _add(self, code: str, parent: int, label: str) -> int:
        place = len(self.codes)
        unique = code
        while unique in self.labels:
            unique += PAD
        self.codes.append(unique)
        self.parents.append(parent)
        self.depths.append(0 if parent < 0 else self.depths[parent] + 1)
        self.labels[unique] = label
        return place

    def _down(self, number: int, parent: int) -> None:
        stack = [(number, parent)]
        while stack:
            n, above = stack.pop()
            code = self.dimension.codes[n]
            default = "I alt" if code == TOTAL else code
            place = self._add(code, above, self.dimension.labels.get(code, default))
            self.places[n] = place
            if n in self.rest and self.children.get(n):
                label = self.labels[self.codes[place]]
                name = REST if n == 0 else f"{code} {REST}"
                self.rests[place] = self._add(name, place, f"{label}: not in any printed part")
            stack.extend((c, place) for c in reversed(self.children.get(n, ())))

    def _pad(self, place: int, deepest: int) -> None:
        chain, above = [], place
        for _ in range(self.depths[place], deepest):
            above = self._add(self.codes[place] + PAD, above, self.labels[self.codes[place]])
            chain.append(above)
        self.pads[place] = tuple(chain)
