"""Where each listed cell stands among all combinations of codes, and its figures as text, many at once.

A cube may have millions of cells, so nothing here makes a Python object of one: positions are NumPy arrays, texts are Arrow
arrays whose bytes are already the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from prikk.dissemination._cube import PublishedCube
from prikk.dissemination.exchange._axes import Axis
from prikk.dissemination.exchange._margins import Margins, margins

Numbers = NDArray[np.int64]
BLOCK = 500_000
"""How many figures are made text at a time."""

_DENSE_LIMIT = 5_000_000
_DENSE_FACTOR = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The listed cells among all combinations, the last dimension fastest.

    ``codes[d]`` is the place of each cell's code on axis ``d``; ``place`` its number among all ``size`` combinations,
    ascending. ``values`` holds the figures of all periods, the first period first, null where hidden.
    """

    size: int
    periods: int
    codes: tuple[Numbers, ...]
    place: Numbers
    values: pa.Array
    margins: Margins

    @property
    def count(self) -> int:
        """How many cells are listed."""
        return len(self.place)

    @property
    def dense(self) -> bool:
        """Whether a file may list every combination: they are not many, or not many more than the cells."""
        figures = self.size * self.periods
        return figures <= max(_DENSE_LIMIT, _DENSE_FACTOR * self.count * self.periods)

    def shown(self, period: int, low: int, high: int, hidden: str) -> pa.Array:
        """The figures of some cells in a period as text, ``hidden`` where there is none."""
        part = self.values.slice(period * self.count + low, high - low)
        return pc.fill_null(pc.cast(part, pa.string()), hidden)


def grid(cube: PublishedCube, axes: Sequence[Axis]) -> Grid:
    """Find each listed cell of a cube on the axes of its dimensions."""
    periods = len(cube.spec.periods)
    first = cube.cells.slice(0, cube.cells.num_rows // periods)
    codes = tuple(_index(first[axis.name].combine_chunks(), axis) for axis in axes)
    place = np.zeros(first.num_rows, dtype=np.int64)
    for axis, numbers in zip(axes, codes, strict=True):
        place = place * len(axis) + numbers
    return Grid(
        size=prod(len(a) for a in axes),
        periods=periods,
        codes=codes,
        place=place,
        values=cube.cells["value"].combine_chunks(),
        margins=margins(cube.spec, axes),
    )


def _index(column: pa.Array, axis: Axis) -> Numbers:
    found = pc.index_in(column, value_set=pa.array(axis.codes, pa.string()))
    return np.asarray(found.cast(pa.int64()).to_numpy(zero_copy_only=False), dtype=np.int64)


def joined(*parts: pa.Array | str) -> bytes:
    """The texts of some columns, row by row, one after the other without anything between them."""
    rows = pc.binary_join_element_wise(*parts, "")
    offsets = np.frombuffer(rows.buffers()[1], np.int32)[rows.offset : rows.offset + len(rows) + 1]
    if len(rows) == 0:
        return b""
    return bytes(rows.buffers()[2][int(offsets[0]) : int(offsets[-1])])


def blocks(total: int, width: int) -> Iterator[tuple[int, int]]:
    """Cut rows into blocks of so many that a block holds about :data:`BLOCK` figures."""
    step = max(1, BLOCK // max(1, width))
    for start in range(0, total, step):
        yield start, min(start + step, total)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What stands for a hidden figure, for a combination that is in no period, and for one that no table shows."""

    hidden: str
    nil: str
    absent: str


def every_combination(cells: Grid, signs: Signs, after: Sequence[str]) -> Iterator[bytes]:
    """The figures of all combinations as text, the periods of one side by side; ``after[p]`` follows period ``p``."""
    empty = pa.array([signs.nil, signs.absent], pa.string())
    for start, stop in blocks(cells.size, cells.periods):
        low, high = (int(n) for n in np.searchsorted(cells.place, (start, stop)))
        chosen = np.where(cells.margins.published(start, stop), 0, 1)
        chosen[cells.place[low:high] - start] = np.arange(2, high - low + 2)
        parts: list[pa.Array | str] = []
        for period, separator in enumerate(after):
            texts = pa.concat_arrays([empty, cells.shown(period, low, high, signs.hidden)])
            parts += [texts.take(pa.array(chosen)), separator]
        yield joined(*parts)


def hidden_mask(cells: Grid) -> NDArray[np.bool_]:
    """Which figures are hidden: a row a cell, a column a period."""
    mask = np.asarray(cells.values.is_null().to_numpy(zero_copy_only=False), dtype=np.bool_)
    return mask.reshape(cells.periods, cells.count).T
