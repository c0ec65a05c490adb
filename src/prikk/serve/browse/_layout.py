"""A selection as a table: heads, blocks of rows, and the order and the depth of rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from prikk.dissemination import Dataset
from prikk.dissemination.exchange import ABSENT, HIDDEN, NIL, Axis
from prikk.serve.browse._state import State
from prikk.serve.browse._writing import Writing
from prikk.spec import TOTAL

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A cell of the heading: its text, how many columns it has, and (``column`` from 1) whether it can be sorted by."""

    text: str
    span: int = 1
    column: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row: ``depth`` is how far in it stands, ``group`` that rows below belong to it, ``away`` that it is folded away."""

    label: str
    code: str
    depth: int
    total: bool
    group: bool
    away: bool
    cells: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The rows of one combination of the outer variables of the stub; the title is empty where there are none."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """A table; ``stub`` is the name above its row heads, ``columns`` how many figures a row has.

    ``empty``: there are rows without a figure or a hidden one, whether they are shown or not.
    """

    stub: str
    heads: tuple[tuple[Head, ...], ...]
    blocks: tuple[Block, ...]
    columns: int
    empty: bool

    @property
    def folds(self) -> bool:
        """Whether there are rows that can be folded."""
        return any(row.group for block in self.blocks[:1] for row in block.rows)


def laid(part: Dataset, state: State, writing: Writing) -> Laid:
    """Lay the data set of a selection out as its state says."""
    by_name = {axis.name: axis for axis in part.axes}
    outer = [by_name[name] for name in state.stub[:-1]]
    inner = by_name[state.stub[-1]] if state.stub else None
    across = [by_name[name] for name in state.heading]
    fixed = [a.name for a in part.axes if a.name not in (*state.stub, *state.heading)]
    columns = prod(len(axis) for axis in across)
    shape = (prod(len(axis) for axis in outer), len(inner) if inner else 1, columns)
    values = part.values([*fixed, *state.stub, *state.heading]).reshape(shape)
    rows = _rows(inner, state, writing)
    sort = _sort(state.sort, columns)
    titles = product(*(_named(axis, writing) for axis in outer))
    full = np.asarray(~np.isin(values, (NIL, ABSENT)).all(axis=2))
    kept = full if state.empty else np.ones_like(full)
    blocks = [
        Block(title=" · ".join(title), rows=tuple(_filled(rows, inner, block, sort, keep, writing)))
        for title, block, keep in zip(titles, values, kept, strict=True)
    ]
    return Laid(
        stub=writing.variable(inner.name) if inner else "",
        heads=tuple(_heads(across, writing)),
        blocks=tuple(block for block in blocks if block.rows),
        columns=columns,
        empty=not full.all(),
    )


def _labels(axis: Axis, writing: Writing) -> list[str]:
    """The labels of an axis, each with the mark of a period that has one."""
    facts, say = writing.facts, writing.say
    marks = {**dict.fromkeys(facts.preliminary, say.preliminary), **dict.fromkeys(facts.revised, say.revised)}
    labels = axis.labels[writing.language]
    if axis.levels or not marks:
        return list(labels)
    return [
        f"{label} ({marks[code]})" if code in marks else label
        for label, code in zip(labels, axis.codes, strict=True)
    ]


def _named(axis: Axis, writing: Writing) -> list[str]:
    return [f"{writing.variable(axis.name)}: {label}" for label in _labels(axis, writing)]


def _heads(across: Sequence[Axis], writing: Writing) -> Iterator[tuple[Head, ...]]:
    """The rows of the heading, the outermost first."""
    below, before = prod(len(axis) for axis in across), 1
    for axis in across:
        below //= len(axis)
        last = axis is across[-1]
        labels = _labels(axis, writing) * before
        yield tuple(
            Head(text=label, span=below, column=i + 1 if last else 0) for i, label in enumerate(labels)
        )
        before *= len(axis)
    if not across:
        yield (Head(text=writing.text("unit"), column=1),)


def _rows(inner: Axis | None, state: State, writing: Writing) -> list[Row]:
    """The rows of each block, without figures."""
    if inner is None:
        label = writing.text("unit")
        return [Row(label=label, code="", depth=0, total=False, group=False, away=False, cells=Markup())]
    depths, total = inner.depths, TOTAL in inner.codes and bool(inner.levels)
    groups = {parent for parent in inner.parents if parent >= 0}
    folded = set(state.folded)
    return [
        Row(
            label=label,
            code=code,
            depth=max(0, depths[i] - total),
            total=code == TOTAL and total,
            group=i in groups and code != TOTAL,
            away=any(inner.codes[p] in folded for p in _above(inner, i)),
            cells=Markup(),
        )
        for i, (code, label) in enumerate(zip(inner.codes, _labels(inner, writing), strict=True))
    ]


def _above(axis: Axis, place: int) -> Iterator[int]:
    """What a code belongs to, without the total of everything."""
    while (place := axis.parents[place]) >= 0:
        if axis.codes[place] != TOTAL:
            yield place


def _sort(sort: str, columns: int) -> int:
    """The column to sort by, from 1 and negative for descending; 0 for the order of the table."""
    digits = sort.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 7) or not 1 <= int(digits) <= columns:
        return 0
    return int(sort)


def _filled(
    rows: Sequence[Row],
    inner: Axis | None,
    values: Numbers,
    sort: int,
    keep: NDArray[np.bool_],
    writing: Writing,
) -> Iterator[Row]:
    """The rows that are kept with their figures, in order."""
    order = list(_sorted(inner, values[:, abs(sort) - 1], sort < 0)) if inner and sort else range(len(rows))
    lists = values.tolist()
    for i in order:
        if not keep[i]:
            continue
        yield replace(rows[i], cells=Markup("".join(map(writing.cell, lists[i]))))


def _sorted(axis: Axis, column: Numbers, descending: bool) -> Iterator[int]:  # noqa: FBT001 - from an address
    """The places of an axis by their figures, parts below what they belong to; hidden ones last, by their place alone."""
    below: dict[int, list[int]] = {}
    for place, parent in enumerate(axis.parents):
        below.setdefault(parent, []).append(place)

    def key(place: int) -> tuple[bool, int]:
        value = int(column[place])
        if value in (HIDDEN, ABSENT):
            return True, 0
        value = 0 if value == NIL else value
        return False, -value if descending else value

    waiting = sorted(below.get(-1, []), key=key)[::-1]
    # The total of everything stays first.
    waiting.sort(key=lambda place: axis.codes[place] == TOTAL)
    while waiting:
        place = waiting.pop()
        yield place
        waiting += sorted(below.get(place, []), key=key)[::-1]
