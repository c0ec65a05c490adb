"""Where each listed cell stands on the axes, and its figures as text, many at once.

A cube may have millions of cells, so nothing here makes a Python object of one: positions are NumPy arrays, texts are Arrow
arrays whose bytes are already the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from prikk.dissemination._cube import PublishedCube
from prikk.dissemination.exchange._axes import Axis

Numbers = NDArray[np.int64]
BLOCK = 500_000
"""How many figures are made text at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The listed cells in order.

    ``codes[d]`` is the place of each cell's code on axis ``d``. ``values`` holds the figures of all periods, the first period
    first, null where hidden.
    """

    periods: int
    codes: tuple[Numbers, ...]
    count: int
    values: pa.Array

    def shown(self, period: int, low: int, high: int, hidden: str) -> pa.Array:
        """The figures of some cells in a period as text, ``hidden`` where there is none."""
        part = self.values.slice(period * self.count + low, high - low)
        return pc.fill_null(pc.cast(part, pa.string()), hidden)


def grid(cube: PublishedCube, axes: Sequence[Axis]) -> Grid:
    """Find each listed cell of a cube on the axes of its dimensions."""
    periods = len(cube.spec.periods)
    first = cube.cells.slice(0, cube.cells.num_rows // periods)
    return Grid(
        periods=periods,
        count=first.num_rows,
        codes=tuple(index_on(first[axis.name].combine_chunks(), axis) for axis in axes),
        values=cube.cells["value"].combine_chunks(),
    )


def index_on(column: pa.Array, axis: Axis) -> Numbers:
    """The place of each code of a column on an axis; -1 where it is not on it."""
    found = pc.index_in(column, value_set=pa.array(axis.codes, pa.string()))
    return np.asarray(pc.fill_null(found.cast(pa.int64()), -1).to_numpy(zero_copy_only=False), dtype=np.int64)


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
