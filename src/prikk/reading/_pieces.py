"""Blocks to pieces: the directions of the stub and of the heading become axes, and periods are put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import numpy as np

from prikk.reading._block import Block, LabelColumn
from prikk.reading._directions import Direction
from prikk.reading._headings import Heading, read_heading
from prikk.reading._memos import with_owners
from prikk.reading._periods import Moment, all_moments, merged
from prikk.reading._piece import Axis, Ints, Piece
from prikk.reading._roles import ReadColumn
from prikk.reading._sections import with_sections
from prikk.reading._stub import StubAxis, label_axes
from prikk.reading._words import is_total


def piece_of(block: Block, columns: Sequence[ReadColumn]) -> Piece | None:
    """Give the piece of a block, whose columns have their roles; None when no row has figures."""
    figured = _figured(block, columns)
    rows = [i for i, x in enumerate(figured) if x]
    if not rows:
        return None
    stub = _stub_axes(block, columns, figured)
    heading = read_heading(block, columns)
    axes: list[Axis] = []
    index: list[Ints] = []
    wide, high = len(columns), len(rows)
    for axis, column in zip(stub, _dimension_columns(block, stub), strict=True):
        found, at = _numbered(axis.picked(rows), column)
        axes.append(found if block.drawn or found.origin == "field" else replace(found, runs=_runs(at)))
        index.append(np.repeat(at, wide))
    for direction in heading.axes:
        found, at = _numbered(_as_stub(direction), None)
        axes.append(_from_heading(found))
        index.append(np.tile(at, high))
    whole = np.stack(index, axis=1) if index else np.zeros((high * wide, 0), np.int64)
    return _piece(block, columns, rows, _with_time(axes, whole), (heading, stub))


def _figured(block: Block, columns: Sequence[ReadColumn]) -> list[bool]:
    """Which rows are of figures, empty ones too: a lone label above others is the heading of a section."""
    if not block.drawn:
        return [True] * len(block.rows)
    printed = [any(c.source.texts[i] for c in columns) for i in range(len(block.rows))]
    last = max((i for i, x in enumerate(printed) if x), default=-1)
    return [
        x or sum(bool(c.texts[i]) for c in block.labels) > 1 or i > last >= 0 for i, x in enumerate(printed)
    ]


def _stub_axes(block: Block, columns: Sequence[ReadColumn], figured: Sequence[bool]) -> list[StubAxis]:
    axes = label_axes(block)
    if not block.drawn or len(axes) != 1:
        return axes
    values: list[tuple[Decimal | None, ...]] = [
        tuple(None if (f := c.figures[i]) is None else f.value for c in columns) for i in range(len(figured))
    ]
    return with_sections(axes[0], figured, values)


def _dimension_columns(block: Block, stub: Sequence[StubAxis]) -> list[LabelColumn | None]:
    if any(c.dimension is not None for c in block.labels):
        return list(block.labels)
    return [None] * len(stub)


def _as_stub(direction: Direction) -> StubAxis:
    texts, within = with_owners(direction.texts)
    return StubAxis(name=direction.name, texts=texts, within=within)


def _from_heading(axis: Axis) -> Axis:
    return Axis(
        name=axis.name, origin="heading", labels=axis.labels, within=axis.within, is_time=axis.is_time
    )


def _numbered(axis: StubAxis, column: LabelColumn | None) -> tuple[Axis, Ints]:
    """Make an axis of distinct labels, and the number of the label at each place."""
    if column is not None and column.dimension is not None:
        return _declared(axis, column)
    pairs = list(zip(axis.texts, axis.codes, strict=True)) if axis.codes else [(t, "") for t in axis.texts]
    place = {pair: number for number, pair in enumerate(dict.fromkeys(pairs))}
    at = np.fromiter(map(place.__getitem__, pairs), dtype=np.int64, count=len(pairs))
    first = np.unique(at, return_index=True)[1].tolist()
    labels = tuple(axis.texts[i] for i in first)
    return Axis(
        name=axis.name,
        origin="stub",
        labels=labels,
        codes=tuple(axis.codes[i] for i in first) if axis.codes else (),
        bold=tuple(axis.bold[i] for i in first) if axis.bold else (),
        indents=tuple(axis.indents[i] for i in first) if axis.indents else (),
        within=axis.within,
        is_time=not axis.codes and all_moments(labels, axis.name) is not None,
    ), at


def _runs(at: Ints) -> tuple[tuple[int, ...], ...]:
    """Cut the labels of a list where one comes back: each run has them in the order of the list."""
    found: dict[tuple[int, ...], None] = {}
    run: dict[int, None] = {}
    changes = np.flatnonzero(np.r_[True, np.diff(at) != 0]) if len(at) else at
    for label in at[changes].tolist():
        if label in run:
            found.setdefault(tuple(run))
            run = {}
        run[label] = None
    found.setdefault(tuple(run))
    return tuple(found)


def _declared(axis: StubAxis, column: LabelColumn) -> tuple[Axis, Ints]:
    dimension = column.dimension
    assert dimension is not None
    place = {code: i for i, code in enumerate(dimension.codes)}
    at = np.array([place[text] for text in axis.texts], dtype=np.int64)
    timely = dimension.is_time or all_moments(dimension.labels, dimension.label) is not None
    return Axis(
        name=dimension.label or dimension.name,
        origin="field",
        labels=dimension.labels,
        codes=() if timely else dimension.codes,
        parents=dimension.parents,
        total=dimension.total,
        is_time=timely,
    ), at


def _with_time(axes: list[Axis], index: Ints) -> tuple[list[Axis], Ints]:
    """Put a year, a month and a year-month on axes of their own together to one axis of periods."""
    timely = [i for i, a in enumerate(axes) if a.is_time]
    if len(timely) < 2:
        return axes, index
    moments: list[tuple[Moment, ...] | None] = [all_moments(axes[i].labels, axes[i].name) for i in timely]
    rows, back = np.unique(index[:, timely], axis=0, return_inverse=True)
    found = [
        merged([m[k] for m, k in zip(moments, row, strict=True) if m is not None]) for row in rows.tolist()
    ]
    if None in moments or None in found:
        return [_not_time(a) if i in timely[1:] else a for i, a in enumerate(axes)], index
    codes = [m.code for m in found if m is not None]
    labels = tuple(dict.fromkeys(codes))
    number = np.array([labels.index(c) for c in codes], dtype=np.int64)
    kept = [i for i in range(len(axes)) if i not in timely]
    period = Axis(name=axes[timely[0]].name, origin=axes[timely[0]].origin, labels=labels, is_time=True)
    return [*(axes[i] for i in kept), period], np.column_stack([index[:, kept], number[back.ravel()]])


def _not_time(axis: Axis) -> Axis:
    return Axis(name=axis.name, origin=axis.origin, labels=axis.labels, codes=axis.codes)


def _piece(
    block: Block,
    columns: Sequence[ReadColumn],
    rows: Sequence[int],
    axes: tuple[Sequence[Axis], Ints],
    words: tuple[Heading, Sequence[StubAxis]],
) -> Piece:
    wide, high = len(columns), len(rows)
    heading, stub = words
    flags = any(c.source.hidden for c in columns)
    return Piece(
        document=block.document,
        place=block.place,
        titles=(*block.titles, *heading.constants),
        notes=block.notes,
        axes=tuple(axes[0]),
        index=axes[1],
        texts=tuple(c.source.texts[i] for i in rows for c in columns),
        figures=tuple(c.figures[i] for i in rows for c in columns),
        row=np.repeat(np.arange(high), wide),
        column=np.tile(np.arange(wide), high),
        heads=tuple(c.heading for c in columns),
        roles=tuple(c.role for c in columns),
        counts=heading.counts,
        row_names=_row_names(stub, rows),
        grid_row=tuple(block.rows[i] for i in rows),
        grid_column=tuple(c.source.column for c in columns),
        row_places=tuple(block.row_places[i] for i in rows) if block.row_places else (),
        block=block,
        hidden=tuple(c.source.hidden[i] if c.source.hidden else 0 for i in rows for c in columns)
        if flags
        else (),
    )


def _row_names(stub: Sequence[StubAxis], rows: Sequence[int]) -> tuple[str, ...]:
    """What each row is called: its labels, but those that all rows have, and totals where there is anything else."""
    varying = [a for a in stub if len(set(a.texts)) > 1] or list(stub)
    names = []
    for row in rows:
        texts = [a.texts[row] for a in varying if a.texts[row]]
        names.append(", ".join([t for t in texts if not is_total(t)] or texts[-1:]))
    return tuple(names)
