"""A part of a table as it is read on paper: variables down and across, and a figure or a sign where they meet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import product
from math import prod

import numpy as np
from numpy.typing import NDArray

from prikk.dissemination import Dataset
from prikk.dissemination.exchange import (
    ABSENT,
    CONTENTS_VALUE,
    HIDDEN,
    PERIOD,
    Placement,
    contents_name,
    terms,
)

Printed = int | str


class Labels(Enum):
    """How values are named."""

    TEXTS = "UseTexts"
    CODES = "UseCodes"
    BOTH = "UseCodesAndTexts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A variable: its name and title, its codes and what they are called."""

    name: str
    title: str
    codes: tuple[str, ...]
    texts: tuple[str, ...]
    kind: str

    def heads(self, labels: Labels) -> tuple[str, ...]:
        """What stands for its values."""
        if labels is Labels.BOTH:
            return tuple(f"{c} {t}" for c, t in zip(self.codes, self.texts, strict=True))
        return self.codes if labels is Labels.CODES else self.texts

    def head(self, labels: Labels) -> str:
        """What stands for itself."""
        return self.name if labels is Labels.CODES else self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table with at least one figure. ``values`` has a row a combination of the stub, a column one of the heading."""

    title: str
    stub: tuple[Side, ...]
    heading: tuple[Side, ...]
    values: NDArray[np.int64]
    signs: tuple[str, str, str]
    meanings: tuple[str, str, str]
    notes: tuple[str, ...]
    source: str
    updated: str

    def rows(self, labels: Labels) -> Iterator[tuple[tuple[str, ...], list[Printed]]]:
        """Each row: what stands before it, and its figures or signs."""
        signs = dict(zip(range(HIDDEN, ABSENT + 1), self.signs, strict=True))
        stubs = product(*(side.heads(labels) for side in self.stub))
        for before, row in zip(stubs, self.values, strict=True):
            yield before, [signs.get(value, value) for value in row.tolist()]

    def columns(self, labels: Labels) -> list[tuple[str, ...]]:
        """What stands above each column, from the top down."""
        return list(product(*(side.heads(labels) for side in self.heading)))


def sheet(part: Dataset, language: str, placed: Placement | None) -> Sheet:
    """Lay out all of a data set: dimensions down, contents and periods across, unless it is placed otherwise."""
    facts = part.facts
    sides = {side.name: side for side in _sides(part, language)}
    names = tuple(sides)
    stub, heading = (names[:-2], names[-2:]) if placed is None else (placed.stub, placed.heading)
    contents = contents_name(part.axes)
    values = part.values([n for n in (*stub, *heading) if n != contents])
    rows = prod(len(sides[n].codes) for n in stub)
    return Sheet(
        title=facts.title[language],
        stub=tuple(sides[n] for n in stub),
        heading=tuple(sides[n] for n in heading),
        values=values.reshape(rows, -1),
        signs=facts.signs.each,
        meanings=facts.meanings[language].each,
        notes=(*facts.must_know[language], *facts.good_to_know[language], *_placed(part, language)),
        source=(facts.source or facts.publisher).get(language, ""),
        updated="" if facts.published is None else facts.published.isoformat(),
    )


def _sides(part: Dataset, language: str) -> Iterator[Side]:
    *dimensions, periods = (
        Side(
            name=axis.name,
            title=axis.title[language],
            codes=axis.codes,
            texts=axis.labels[language],
            kind="t" if axis.name == PERIOD else "d",
        )
        for axis in part.axes
    )
    yield from dimensions
    yield Side(
        name=contents_name(part.axes),
        title=terms(language).contents,
        codes=(CONTENTS_VALUE,),
        texts=(part.facts.title[language],),
        kind="c",
    )
    yield periods


def _placed(part: Dataset, language: str) -> Iterator[str]:
    """The notes to a variable or to values, with what they belong to before them."""
    for remark in part.remarks:
        names = [a.title[language] for a in part.axes if a.name == remark.dimension]
        names += [
            a.labels[language][a.codes.index(remark.place[a.name])]
            for a in part.axes
            if a.name in remark.place
        ]
        yield f"{', '.join(names)}: {remark.text[language]}"
