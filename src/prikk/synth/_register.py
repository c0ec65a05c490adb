"""People behind fitted counts, as record batches."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from prikk.classifications import Classification
from prikk.spec import ReleaseSpec
from prikk.synth._days import Days
from prikk.synth._draw import Drawn, draw
from prikk.synth._fit import FittedCounts
from prikk.synth._leavers import leavers
from prikk.synth._skeleton import Skeleton, skeleton_of
from prikk.synth._spells import Ints, Spells

Progress = Callable[[str, float], None]
"""Told what is being done, and the share of it that is done, 0 to 1."""

_ROWS = 250_000  # in a batch, about; bounds the memory whatever the scale


def make_register(
    fitted: FittedCounts,
    spec: ReleaseSpec,
    classifications: Mapping[str, Classification],
    *,
    seed: int,
    scale: int = 1,
    progress: Progress | None = None,
) -> Iterator[pa.RecordBatch]:
    """Make a register that gives the fitted counts on every reference date.

    Args:
        fitted: the counts, from :func:`prikk.synth.fit` with the same spec.
        spec: names the columns; ``layout`` says whether a row is a spell or stands for one reference date.
        classifications: of every dimension.
        seed: zero or more; equal seeds give equal registers.
        scale: how many people there are for each one in the counts.
        progress: called after every batch.

    Returns:
        Batches of bounded size, at least one. Spells: a row a participation, with an empty end where it
        counts on the last reference date. A person's participations do not overlap, and the dates of
        birth put everybody in the right band on every reference date that counts.

    Raises:
        ValueError: ``seed`` is below 0, ``scale`` below 1, or the counts are of other periods.
    """
    if seed < 0 or scale < 1:
        raise ValueError("seed must be at least 0 and scale at least 1")
    if fitted.periods != tuple(p.code for p in spec.periods):
        raise ValueError("the counts were not fitted for the periods of this spec")
    return _batches(fitted, spec, classifications, seed, scale, progress)


def _batches(
    fitted: FittedCounts,
    spec: ReleaseSpec,
    classifications: Mapping[str, Classification],
    seed: int,
    scale: int,
    progress: Progress | None,
) -> Iterator[pa.RecordBatch]:
    skeleton = skeleton_of(fitted, spec, classifications, _generator(seed, 0))
    names = _names(skeleton.spells, scale * (2 if spec.synth.leavers else 1))
    total = max(len(skeleton.spells) * scale, 1)
    done = 0
    for number, chunk in enumerate(_chunks(skeleton.spells, scale), start=1):
        drawn = draw(skeleton, chunk.rows, chunk.copies, _generator(seed, number))
        yield _batch(skeleton, drawn, chunk.first_copy, spec, names)
        if spec.synth.leavers:
            gone = leavers(skeleton, drawn, spec.synth.leavers, _generator(seed, number, 1))
            yield _batch(skeleton, gone, chunk.first_copy + scale, spec, names)
        done += len(drawn.row)
        if progress is not None:
            progress("participations", 1.0 if done == 0 else done / total)


def _generator(seed: int, *stream: int) -> np.random.Generator:
    """Independent numbers for the skeleton (stream 0), for each chunk, and for those who left (1 after it)."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *stream])))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chunk:
    """Spells of whole people, and how many copies of them from which on."""

    rows: range
    first_copy: int
    copies: int


def _chunks(spells: Spells, scale: int) -> Iterator[_Chunk]:
    """Cut the register into pieces of about ``_ROWS`` rows: several copies, or some people of one."""
    count = len(spells)
    if count <= _ROWS:
        copies = _ROWS // max(count, 1)
        for first in range(0, scale, copies):
            yield _Chunk(rows=range(count), first_copy=first, copies=min(copies, scale - first))
        return
    wanted = spells.person[np.arange(_ROWS, count, _ROWS)]
    cuts = [0, *np.unique(np.searchsorted(spells.person, wanted)).tolist(), count]
    for copy in range(scale):
        for start, stop in itertools.pairwise(cuts):
            yield _Chunk(rows=range(start, stop), first_copy=copy, copies=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    """How ids are written: people and participations of one copy, and the width of the longest number."""

    people: int
    spells: int
    width: int


def _names(spells: Spells, scale: int) -> _Names:
    people = int(spells.person.max(initial=-1)) + 1
    return _Names(people=people, spells=len(spells), width=max(7, len(str(len(spells) * scale))))


def _batch(
    skeleton: Skeleton, drawn: Drawn, first_copy: int, spec: ReleaseSpec, names: _Names
) -> pa.RecordBatch:
    columns = spec.register_.columns
    copy = drawn.copy + first_copy
    person = skeleton.spells.person[drawn.row]
    arrays = {
        columns.id: _ids("D", copy * names.spells + drawn.row + 1, names.width),
        columns.person: _ids("P", copy * names.people + person + 1, names.width),
    }
    for column, days in zip(skeleton.births, drawn.births, strict=True):
        arrays[column.name] = _dates(days)
    for code in skeleton.codes:
        arrays[code.name] = pa.array(code.codes, pa.string()).take(pa.array(code.index[drawn.row]))
    for made_up, index in zip(skeleton.invented, drawn.invented, strict=True):
        arrays[made_up.name] = pa.array(made_up.codes, pa.string()).take(pa.array(index))
    if spec.register_.layout == "spells":
        arrays[columns.start] = _dates(drawn.start)
        arrays[columns.end] = _dates(drawn.end, drawn.going)
        return pa.RecordBatch.from_pydict(arrays)
    return _snapshots(arrays, columns.date or "", skeleton, drawn.row)


def _snapshots(
    arrays: dict[str | None, pa.Array], date: str, skeleton: Skeleton, row: Ints
) -> pa.RecordBatch:
    """A row for each reference date on which a spell counts."""
    first, last = skeleton.spells.first[row], skeleton.spells.last[row]
    often = last - first + 1
    source = np.repeat(np.arange(len(row)), often)
    step = np.arange(len(source)) - np.repeat(np.cumsum(often) - often, often)
    repeated = {name: array.take(pa.array(source)) for name, array in arrays.items()}
    repeated[date] = _dates(skeleton.references[first[source] + step])
    return pa.RecordBatch.from_pydict(repeated)


def _ids(prefix: str, numbers: Ints, width: int) -> pa.Array:
    """Text such as ``P0000042``, all of one length; a letter first, so that none is a national number."""
    count = len(numbers)
    text = np.empty((count, width + 1), dtype=np.uint8)
    text[:, 0] = ord(prefix)
    rest = numbers.copy()
    for place in range(width, 0, -1):
        rest, digit = np.divmod(rest, 10)
        text[:, place] = digit + ord("0")
    offsets = np.arange(0, (count + 1) * (width + 1), width + 1, dtype=np.int32)
    return pa.StringArray.from_buffers(count, pa.py_buffer(offsets), pa.py_buffer(text))


def _dates(days: Days, missing: np.ndarray[tuple[int], np.dtype[np.bool_]] | None = None) -> pa.Array:
    return pa.array(days.astype(np.int32), pa.int32(), mask=missing).cast(pa.date32())
