"""The dimensions of a cube and its periods alike: codes in order, parents, and names in every language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from prikk.classifications import Classification
from prikk.dissemination._cube import PublishedCube
from prikk.dissemination._locale import period_label
from prikk.dissemination.exchange._terms import terms
from prikk.spec import TOTAL, Text

PERIOD = "period"
"""The name of the axis of the periods, as in ``cells.csv``; no dimension may have it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """One axis. ``parents`` gives the place of each code's parent, -1 without one; ``labels`` one tuple a language.

    ``level_titles`` has what each of the ``levels`` is called, where the release says so; ``banded`` tells that the finest codes are
    bands of whole years in order.
    """

    name: str
    title: Text
    codes: tuple[str, ...]
    parents: tuple[int, ...]
    labels: Mapping[str, tuple[str, ...]]
    levels: tuple[str, ...] = ()
    level_titles: Mapping[str, Text] = field(default_factory=dict)
    banded: bool = False

    def __len__(self) -> int:
        """How many codes it has."""
        return len(self.codes)

    @property
    def children(self) -> dict[str, list[str]]:
        """The codes directly under each code that has any, in order."""
        found: dict[str, list[str]] = {}
        for code, parent in zip(self.codes, self.parents, strict=True):
            if parent >= 0:
                found.setdefault(self.codes[parent], []).append(code)
        return found

    @property
    def depths(self) -> tuple[int, ...]:
        """The level of each code, 0 without a parent; of a whole axis, on which every parent is before its parts."""
        found: list[int] = []
        for parent in self.parents:
            found.append(0 if parent < 0 else found[parent] + 1)
        return tuple(found)

    def select(self, places: Sequence[int]) -> Axis:
        """The axis of some of its codes, in the order given; a parent that is not among them is dropped."""
        new = {old: i for i, old in enumerate(places)}
        return Axis(
            name=self.name,
            title=self.title,
            codes=tuple(self.codes[p] for p in places),
            parents=tuple(new.get(self.parents[p], -1) for p in places),
            labels={x: tuple(labels[p] for p in places) for x, labels in self.labels.items()},
            levels=self.levels,
            level_titles=self.level_titles,
            banded=self.banded,
        )


def dimension_axes(cube: PublishedCube) -> tuple[Axis, ...]:
    """An axis for each dimension, in the order of the spec; ``TOTAL`` is the first code of each."""
    return tuple(_dimension_axis(cube, name) for name in cube.spec.dimensions)


def _dimension_axis(cube: PublishedCube, name: str) -> Axis:
    classification, languages = cube.classifications[name], cube.spec.release.languages
    label = cube.spec.dimensions[name].label
    return Axis(
        name=name,
        title={language: label.get(language, name) for language in languages},
        codes=classification.in_order,
        parents=classification.parents,
        labels={language: _labels(classification, language) for language in languages},
        levels=cube.spec.levels(name),
        level_titles=cube.spec.dimensions[name].level_labels,
        banded=classification.banded,
    )


def _labels(classification: Classification, language: str) -> tuple[str, ...]:
    total = terms(language).total
    return tuple(total if c == TOTAL else classification.label(c, language) for c in classification.in_order)


def period_axis(cube: PublishedCube) -> Axis:
    """The axis of the periods."""
    spec = cube.spec
    languages, periods = spec.release.languages, spec.periods
    return Axis(
        name=PERIOD,
        title={language: terms(language).period for language in languages},
        codes=tuple(p.code for p in periods),
        parents=(-1,) * len(periods),
        labels={x: tuple(period_label(p, spec, x) for p in periods) for x in languages},
    )
