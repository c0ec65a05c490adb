"""The figures of a data set, and the parts of them that somebody asks for.

A cube may have millions of figures, and a server answers from it a thousand times a second: nothing here makes a Python object
of a figure, and a part is one look-up in a table. A figure that is not shown is one of three marks that no count can be; a
hidden one has no other value than that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from prikk.dissemination._cube import PublishedCube
from prikk.dissemination.exchange._axes import Axis
from prikk.dissemination.exchange._grid import Numbers, blocks, grid, joined
from prikk.dissemination.exchange._margins import Margins, margins
from prikk.dissemination.exchange._signs import Signs

HIDDEN = int(np.iinfo(np.int64).min)
NIL = HIDDEN + 1
ABSENT = HIDDEN + 2
"""The marks; every figure that is shown is greater than all of them."""

_DENSE_LIMIT = 5_000_000
_DENSE_FACTOR = 4
_UNLISTED = 2
_MANY_COLUMNS = 100
_WHOLE = slice(None)
T = TypeVar("T", bound=np.generic)


@dataclass(frozen=True, kw_only=True, eq=False)
class Figures:
    """The figures of all combinations of codes, most of which may not be listed.

    ``place`` are the numbers of the listed combinations among all, ascending, the last dimension fastest. ``values`` has a
    row for each of them and two more, all ``ABSENT`` and all ``NIL``; a column a period.
    """

    margins: Margins
    place: Numbers
    values: Numbers

    @property
    def size(self) -> int:
        """How many combinations there are."""
        return self.margins.size

    @property
    def periods(self) -> int:
        """How many periods there are."""
        return int(self.values.shape[1])

    @property
    def count(self) -> int:
        """How many combinations are listed."""
        return len(self.place)

    @property
    def nbytes(self) -> int:
        """How many bytes it takes, with the table that is made for the first question."""
        return self.values.nbytes + self.place.nbytes + (4 * self.size if self.dense else 0)

    @property
    def listed(self) -> Numbers:
        """The figures of the listed combinations, a row each."""
        return self.values[: self.count]

    @cached_property
    def dense(self) -> bool:
        """Whether a file may list every combination: they are not many, or not many more than the listed ones."""
        figures = self.size * self.periods
        return figures <= max(_DENSE_LIMIT, _DENSE_FACTOR * self.count * self.periods)

    @cached_property
    def _rows(self) -> NDArray[np.int32]:
        """The row of ``values`` for each combination, by its codes; counted from the end where it is not listed."""
        rows = np.where(self.margins.all_shown(), np.int32(-1), np.int32(-2))
        rows[self.place] = np.arange(self.count, dtype=np.int32)
        return rows.reshape(self.margins.sizes)

    @cached_property
    def signless(self) -> bool:
        """Whether no figure is below zero, the marks apart."""
        return not bool(((self.listed < 0) & (self.listed > ABSENT)).any())

    def block(self, start: int, stop: int) -> Numbers:
        """The figures of the combinations from number ``start`` up to ``stop``, a row each."""
        low, high = (int(n) for n in np.searchsorted(self.place, (start, stop)))
        rows = np.where(self.margins.published(start, stop), -1, -2)
        rows[self.place[low:high] - start] = np.arange(low, high)
        found: Numbers = self.values[rows]
        return found

    def take(self, chosen: Sequence[Sequence[int]]) -> Numbers:
        """The figures of the codes at some places of each axis, the periods last: a row a combination, in the order asked for."""
        rows = _part(self._rows, chosen[:-1]) if self.dense else self._listed_rows(chosen[:-1])
        found, run = self.values.take(rows.ravel(), axis=0), _run(chosen[-1])
        return found.take(chosen[-1], axis=1) if run is None else found[:, run]

    def select(self, chosen: Sequence[Sequence[int]]) -> Figures:
        """The same figures as a value of their own, in which every combination is listed."""
        taken = self.take(chosen)
        ends = np.broadcast_to(np.array([[ABSENT], [NIL]]), (_UNLISTED, taken.shape[1]))
        return Figures(
            margins=self.margins.select([np.asarray(places, dtype=np.intp) for places in chosen[:-1]]),
            place=np.arange(len(taken), dtype=np.int64),
            values=np.concatenate([taken, ends]),
        )

    def _listed_rows(self, chosen: Sequence[Sequence[int]]) -> NDArray[np.integer]:
        """The rows of some combinations, looked up among those that are listed."""
        codes = [np.asarray(places, dtype=np.intp) for places in chosen]
        numbers = np.zeros(1, dtype=np.int64)
        for size, places in zip(self.margins.sizes, codes, strict=True):
            numbers = (numbers[:, None] * size + places).ravel()
        found = np.searchsorted(self.place, numbers)
        hit = found < self.count
        hit[hit] = self.place[found[hit]] == numbers[hit]
        return np.where(hit, found, np.where(self.margins.select(codes).all_shown(), -1, -2))


def _part(whole: NDArray[T], chosen: Sequence[Sequence[int]]) -> NDArray[T]:
    """Some places of each dimension of an array: runs of them as a view, others looked up."""
    runs = [_run(places) for places in chosen]
    part = whole[tuple([run or _WHOLE for run in runs])]
    for dimension, run in enumerate(runs):
        if run is None:
            part = part.take(chosen[dimension], axis=dimension)
    return part


def _run(places: Sequence[int]) -> slice | None:
    """Places that are known to follow each other, as what numpy cuts with."""
    if isinstance(places, range):
        return slice(places.start, places.stop, places.step) if places.step > 0 else None
    return slice(places[0], places[0] + 1) if len(places) == 1 else None


def figures_of(cube: PublishedCube, axes: Sequence[Axis]) -> Figures:
    """The figures of a cube on the axes of its dimensions."""
    cells = grid(cube, axes)
    values = np.asarray(pc.fill_null(cells.values, HIDDEN).to_numpy(zero_copy_only=False), dtype=np.int64)
    place = np.zeros(cells.count, dtype=np.int64)
    for axis, codes in zip(axes, cells.codes, strict=True):
        place = place * len(axis) + codes
    return figures(margins(cube.spec, axes), place, values.reshape(cells.periods, cells.count).T)


def figures(found: Margins, place: Numbers, listed: Numbers) -> Figures:
    """The figures of some combinations: ``place`` ascending, ``listed`` a row a combination, ``HIDDEN`` where hidden."""
    values = np.empty((len(place) + _UNLISTED, listed.shape[1]), dtype=np.int64)
    values[: len(place)] = listed
    values[-2], values[-1] = ABSENT, NIL
    return Figures(margins=found, place=place, values=values)


def texts(values: Numbers, signs: Signs) -> pa.Array:
    """Figures as text, with a sign where there is none."""
    signed = values <= ABSENT
    shown = pc.cast(pa.array(values, pa.int64(), mask=signed), pa.string())
    if not signed.any():
        return shown
    kinds = pa.array(np.where(signed, values - HIDDEN, 0), pa.int64())
    return pc.coalesce(shown, pa.array(signs.each, pa.string()).take(kinds))


def every_combination(found: Figures, signs: Signs, after: Sequence[str]) -> Iterator[bytes]:
    """The figures of all combinations as text, the periods of one side by side; ``after[p]`` follows period ``p``."""
    for start, stop in blocks(found.size, found.periods):
        yield side_by_side(found.block(start, stop), signs, after)


def side_by_side(rows: Numbers, signs: Signs, after: Sequence[str]) -> bytes:
    """Rows of figures as text; ``after[c]`` follows column ``c``."""
    if len(after) > _MANY_COLUMNS:
        separators = pa.array(after, pa.string()).take(pa.array(np.tile(np.arange(len(after)), len(rows))))
        return joined(texts(rows.ravel(), signs), separators)
    parts: list[pa.Array | str] = []
    for column, separator in enumerate(after):
        parts += [texts(np.ascontiguousarray(rows[:, column]), signs), separator]
    return joined(*parts)
