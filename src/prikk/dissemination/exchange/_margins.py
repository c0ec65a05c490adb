"""Which combinations of codes the tables of a release show, listed or not.

A combination that a table could show and does not list has nobody in it in any period. Of one that no table shows, nothing is
said, and a file must not say nil of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from prikk.dissemination.exchange._axes import Axis
from prikk.spec import ReleaseSpec
from prikk.spec import margins as published_margins


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """``depths[d]`` is the level of each code of axis ``d``, 0 for the total; ``shown`` tells of each combination of levels."""

    depths: tuple[NDArray[np.intp], ...]
    shown: NDArray[np.bool_]

    def published(self, start: int, stop: int) -> NDArray[np.bool_]:
        """Whether a table shows each combination from number ``start`` on, the last dimension fastest."""
        sizes = tuple(len(depth) for depth in self.depths)
        places = np.unravel_index(np.arange(start, stop), sizes)
        levels = tuple(depth[place] for depth, place in zip(self.depths, places, strict=True))
        return np.asarray(self.shown[levels])


def margins(spec: ReleaseSpec, axes: Sequence[Axis]) -> Margins:
    """The combinations of levels that the tables of a spec show, on the axes of its dimensions."""
    shown = np.zeros([len(axis.levels) + 1 for axis in axes], dtype=np.bool_)
    for margin in published_margins(spec):
        shown[margin] = True
    return Margins(depths=tuple(_depths(axis) for axis in axes), shown=shown)


def _depths(axis: Axis) -> NDArray[np.intp]:
    depths: list[int] = []
    for parent in axis.parents:
        depths.append(0 if parent < 0 else depths[parent] + 1)
    return np.array(depths, dtype=np.intp)
