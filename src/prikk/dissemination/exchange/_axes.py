"""The dimensions of a cube and its periods alike: codes in order, parents, and names in every language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from prikk.classifications import Classification
from prikk.dissemination._cube import PublishedCube
from prikk.dissemination._locale import period_label
from prikk.dissemination.exchange._terms import terms
from prikk.spec import TOTAL, Text

PERIOD = "period"
"""The name of the axis of the periods, as in ``cells.csv``; no dimension may have it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """One axis. ``parents`` gives the place of each code's parent, -1 without one; ``labels`` one tuple a language."""

    name: str
    title: Text
    codes: tuple[str, ...]
    parents: tuple[int, ...]
    labels: Mapping[str, tuple[str, ...]]
    levels: tuple[str, ...] = ()

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
