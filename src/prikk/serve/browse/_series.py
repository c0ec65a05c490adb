"""A selection as series over the periods: what charts are drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, product

from prikk.dissemination import Dataset
from prikk.dissemination.exchange import ABSENT, HIDDEN, PERIOD, Axis
from prikk.serve.browse._writing import Writing
from prikk.spec import TOTAL

_LEAST_BANDS = 3
Figure = int | str
"""A number, or the sign that stands for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A combination of codes: its key in addresses, its label, and its figures by period."""

    key: str
    label: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The figures of one period over the bands of a variable, a line a combination of the others."""

    axis: Axis
    places: tuple[int, ...]
    lines: tuple[Line, ...]


def varied(part: Dataset) -> list[Axis]:
    """The dimensions of which several codes are chosen."""
    return [axis for axis in part.axes if axis.name != PERIOD and len(axis) > 1]


def series(part: Dataset, writing: Writing, most: int) -> list[Line]:
    """The first so many combinations of the dimensions, each over the periods."""
    axes = varied(part)
    values = part.values(
        [a.name for a in part.axes if a not in axes][:-1] + [a.name for a in axes] + [PERIOD]
    )
    rows = values.reshape(-1, len(part.axes[-1]))[:most].tolist()
    combinations = islice(product(*(range(len(axis)) for axis in axes)), len(rows))
    return [
        Line(
            key=",".join(axis.codes[i] for axis, i in zip(axes, at, strict=True)),
            label=_label(axes, at, writing) or writing.text("unit"),
            figures=tuple(_figure(value, writing) for value in row),
        )
        for at, row in zip(combinations, rows, strict=True)
    ]


def _label(axes: Sequence[Axis], at: Sequence[int], writing: Writing) -> str:
    """The labels of a combination, without totals where something else tells it apart."""
    found = [(axis.codes[i], axis.labels[writing.language][i]) for axis, i in zip(axes, at, strict=True)]
    special = [label for code, label in found if code != TOTAL]
    return ", ".join(special or [label for _, label in found][:1])


def _figure(value: int, writing: Writing) -> Figure:
    return value if value > ABSENT else writing.figure(value)


def banded(part: Dataset) -> list[Axis]:
    """The dimensions of which several bands are chosen, as of ages."""
    return [axis for axis in varied(part) if len(bands(axis)) >= _LEAST_BANDS]


def bands(axis: Axis) -> tuple[int, ...]:
    """The places of the bands of an axis, of one level and without the total; none where they are no bands."""
    places = tuple(i for i, code in enumerate(axis.codes) if code != TOTAL)
    return places if axis.banded and len({axis.parents[i] for i in places}) == 1 else ()


def profile(part: Dataset, axis: Axis, period: int, writing: Writing, most: int) -> Profile:
    """The figures of one period along an axis of bands."""
    others = [a for a in varied(part) if a is not axis]
    names = [a.name for a in part.axes if a not in (*others, axis)][:-1]
    values = part.values([*names, *(a.name for a in others), axis.name, PERIOD])
    places = bands(axis)
    rows = values.reshape(-1, len(axis), len(part.axes[-1]))[:most, :, period]
    combinations = islice(product(*(range(len(a)) for a in others)), len(rows))
    lines = tuple(
        Line(
            key=",".join(a.codes[i] for a, i in zip(others, at, strict=True)),
            label=_label(others, at, writing) or writing.text("unit"),
            figures=tuple(_figure(int(row[p]), writing) for p in places),
        )
        for at, row in zip(combinations, rows, strict=True)
    )
    return Profile(axis=axis, places=places, lines=lines)


def hidden_in(part: Dataset) -> tuple[bool, bool]:
    """Whether any figure is hidden, and whether any is not shown for another reason."""
    values = part.values([axis.name for axis in part.axes])
    return bool((values == HIDDEN).any()), bool(((values > HIDDEN) & (values <= ABSENT)).any())
