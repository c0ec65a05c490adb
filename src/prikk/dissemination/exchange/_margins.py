"""Which combinations of codes the tables of a release show, listed or not.

A combination that a table could show and does not list has nobody in it in any period. Of one that no table shows, nothing is
said, and a file must not say nil of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from prikk.dissemination.exchange._axes import Axis
from prikk.spec import ReleaseSpec
from prikk.spec import margins as published_margins

Places = NDArray[np.intp]
"""Places of codes on an axis."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """``depths[d]`` is the level of each code of axis ``d``, 0 for the total; ``shown`` tells of each combination of levels."""

    depths: tuple[NDArray[np.intp], ...]
    shown: NDArray[np.bool_]

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many codes each axis has."""
        return tuple(len(depth) for depth in self.depths)

    @property
    def size(self) -> int:
        """How many combinations there are."""
        return prod(self.sizes)

    def published(self, start: int, stop: int) -> NDArray[np.bool_]:
        """Whether a table shows each combination from number ``start`` on, the last dimension fastest."""
        return self.published_at(np.arange(start, stop))

    def published_at(self, numbers: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether a table shows each combination of some numbers."""
        places = np.unravel_index(numbers, self.sizes)
        levels = tuple(depth[place] for depth, place in zip(self.depths, places, strict=True))
        return np.asarray(self.shown[levels])

    def all_shown(self) -> NDArray[np.bool_]:
        """Whether a table shows each of all combinations."""
        return np.asarray(self.shown[np.ix_(*self.depths)]).ravel()

    def select(self, chosen: Sequence[Places]) -> Margins:
        """The same for some codes of each axis."""
        depths = tuple(depth[places] for depth, places in zip(self.depths, chosen, strict=True))
        return Margins(depths=depths, shown=self.shown)


def margins(spec: ReleaseSpec, axes: Sequence[Axis]) -> Margins:
    """The combinations of levels that the tables of a spec show, on the axes of its dimensions."""
    return margins_of(published_margins(spec), axes)


def margins_of(published: Iterable[Sequence[int]], axes: Sequence[Axis]) -> Margins:
    """The same from the combinations of levels themselves, a level an axis."""
    shown = np.zeros([len(axis.levels) + 1 for axis in axes], dtype=np.bool_)
    for margin in published:
        shown[tuple(margin)] = True
    return Margins(depths=tuple(np.array(axis.depths, dtype=np.intp) for axis in axes), shown=shown)
