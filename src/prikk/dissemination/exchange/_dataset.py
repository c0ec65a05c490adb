"""All that is public about a cube, in all its languages: what every machine format is written from.

A part of a data set is a data set again, and knows no more than the whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from prikk.dissemination._cube import PublishedCube
from prikk.dissemination.exchange._axes import Axis, dimension_axes, period_axis
from prikk.dissemination.exchange._facts import Facts, facts_of
from prikk.dissemination.exchange._figures import Figures, figures_of
from prikk.dissemination.exchange._grid import Numbers
from prikk.dissemination.exchange._json_head import Head, head_of
from prikk.dissemination.exchange._remarks import Remark, known, remarks

_BYTES_A_TEXT = 500
"""Of a code and its label, with the pieces that are made of them."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Dataset:
    """``axes`` are the dimensions in order and the periods last; ``remarks`` are the notes that belong to codes and dimensions.

    Only :func:`dataset`, :func:`~prikk.dissemination.read_dataset` and :meth:`select` make one.
    """

    facts: Facts
    axes: tuple[Axis, ...]
    remarks: tuple[Remark, ...]
    figures: Figures

    @cached_property
    def heads(self) -> Mapping[str, Head]:
        """The pieces of its JSON-stat datasets, by language."""
        return {x: head_of(self.facts, self.axes, self.remarks, x) for x in self.facts.languages}

    @property
    def nbytes(self) -> int:
        """About how many bytes it takes in memory once it has been asked something."""
        texts = sum(len(axis) for axis in self.axes) * len(self.facts.languages)
        return self.figures.nbytes + texts * _BYTES_A_TEXT

    def select(self, chosen: Sequence[Sequence[int]]) -> Dataset:
        """The part with some codes of each axis: their places in the order wanted.

        What belongs to other codes is left out: parents, and remarks to them. It has as many figures as there are combinations,
        so whoever takes the places from a stranger counts those first.

        Raises:
            ValueError: There is not one list an axis, or one is empty, has a place twice, or one that is not on its axis.
        """
        if len(chosen) != len(self.axes):
            raise ValueError("a part needs a list of places for each axis")
        for axis, places in zip(self.axes, chosen, strict=True):
            if not places or len(set(places)) < len(places) or min(places) < 0 or max(places) >= len(axis):
                raise ValueError(f"the places on the axis '{axis.name}' are not some of its codes, each once")
        axes = tuple(axis.select(places) for axis, places in zip(self.axes, chosen, strict=True))
        return Dataset(
            facts=self.facts,
            axes=axes,
            remarks=tuple(r for r in self.remarks if _stands(r, axes)),
            figures=self.figures.select(chosen),
        )

    def in_language(self, language: str) -> Dataset:
        """The same with another of its languages as the main one."""
        others = (x for x in self.facts.languages if x != language)
        return replace(self, facts=replace(self.facts, languages=(language, *others)))

    def values(self, names: Sequence[str]) -> Numbers:
        """All figures in an array with the axes in the order of some names, each once; marks where nothing is shown."""
        order = [next(i for i, a in enumerate(self.axes) if a.name == name) for name in names]
        whole = self.figures.block(0, self.figures.size)
        return whole.reshape([len(axis) for axis in self.axes]).transpose(order)


def _stands(remark: Remark, axes: Sequence[Axis]) -> bool:
    """Whether every code of its place is there."""
    return all(remark.place[a.name] in a.codes for a in axes if a.name in remark.place)


def dataset(cube: PublishedCube) -> Dataset:
    """All that is public about a cube."""
    dimensions = dimension_axes(cube)
    axes = (*dimensions, period_axis(cube))
    return Dataset(
        facts=facts_of(cube, axes),
        axes=axes,
        remarks=tuple(r for r in remarks(cube) if known(r, cube)),
        figures=figures_of(cube, dimensions),
    )
