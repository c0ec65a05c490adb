"""Everything about a synthetic register that does not change from replica to replica."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from prikk.classifications import Classification, Item
from prikk.spec import ReleaseSpec
from prikk.synth._days import Births, Days, band_of, births_of, day_of
from prikk.synth._fit import FittedCounts
from prikk.synth._spells import Ints, Spells, spells_of


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BirthColumn:
    """A date column that bands are derived from; by spell, and equal for all spells of a person.

    The date is from ``earliest`` to ``latest``; ``wait`` is the least number of days from it to a start,
    and ``open`` says whether the band has no upper end.
    """

    name: str
    earliest: Days
    latest: Days
    wait: Ints
    open: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CodeColumn:
    """A column of codes: all codes, and by spell the index of its own."""

    name: str
    codes: tuple[str, ...]
    index: Ints


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class InventedColumn:
    """A column that no published figure speaks of: ``edges`` cut 0 to 1 into the share of each code."""

    name: str
    codes: tuple[str, ...]
    edges: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Skeleton:
    """Spells with the codes of their cells and windows for their dates.

    ``references`` are the reference dates; ``valid_from`` and ``valid_to`` tell, by spell, when all its
    codes are valid.
    """

    spells: Spells
    codes: tuple[CodeColumn, ...]
    births: tuple[BirthColumn, ...]
    invented: tuple[InventedColumn, ...]
    references: Days
    valid_from: Days
    valid_to: Days


def skeleton_of(
    fitted: FittedCounts,
    spec: ReleaseSpec,
    classifications: Mapping[str, Classification],
    rng: np.random.Generator,
) -> Skeleton:
    """Draw who stays, leaves, comes and moves, and prepare the windows of all dates."""
    references = [p.reference for p in spec.periods]
    items = {name: _items(fitted, d, classifications[name]) for d, name in enumerate(spec.dimensions)}
    derived = [name for name, dimension in spec.dimensions.items() if dimension.derive is not None]
    windows = {name: births_of([band_of(item) for item in items[name][0]], references) for name in derived}
    reach = np.full((len(fitted.leaves), len(references)), len(references) - 1, dtype=np.int64)
    for name, window in windows.items():
        reach = np.minimum(reach, window.reach[items[name][1]])
    spells = spells_of(fitted.counts, reach, _groups(fitted, spec), rng)
    of_spell = {name: (found, index[spells.leaf]) for name, (found, index) in items.items()}
    valid_from, valid_to = _validity(of_spell, len(spells))
    return Skeleton(
        spells=spells,
        codes=tuple(
            CodeColumn(name=d.column, codes=tuple(i.code for i in of_spell[name][0]), index=of_spell[name][1])
            for name, d in spec.dimensions.items()
            if d.column is not None
        ),
        births=tuple(
            _births(spec.dimensions[name].source_column, *of_spell[name], windows[name], spells)
            for name in derived
        ),
        invented=tuple(_invented(name, shares) for name, shares in spec.synth.invented.items()),
        references=np.array([day_of(r) for r in references], dtype=np.int64),
        valid_from=valid_from,
        valid_to=valid_to,
    )


def _items(fitted: FittedCounts, d: int, classification: Classification) -> tuple[tuple[Item, ...], Ints]:
    """The codes of one dimension that finest cells have, and by finest cell the index of its own."""
    codes, index = np.unique(fitted.leaves[:, d], return_inverse=True)
    tree = fitted.hierarchies[d]
    return tuple(classification.by_code[tree.codes[c]] for c in codes), index.astype(np.int64)


def _groups(fitted: FittedCounts, spec: ReleaseSpec) -> Ints:
    """Number the groups of finest cells that a person may move within.

    They differ in one dimension only: of those read from a column, the one with the most codes. For
    measures, that is what people change; a person's region or sex is not.
    """
    sizes = {
        d: len(fitted.hierarchies[d].leaves)
        for d, dimension in enumerate(spec.dimensions.values())
        if dimension.column is not None
    }
    fixed = (
        np.delete(fitted.leaves, max(sizes, key=lambda d: (sizes[d], d)), axis=1) if sizes else fitted.leaves
    )
    if not fixed.shape[1]:
        return np.zeros(len(fixed), dtype=np.int64)
    return np.unique(fixed, axis=0, return_inverse=True)[1].reshape(-1).astype(np.int64)


def _births(column: str, items: tuple[Item, ...], index: Ints, window: Births, spells: Spells) -> BirthColumn:
    """The window in which a person's band is right on every date on which any spell counts."""
    bands = [band_of(item) for item in items]
    begins = np.searchsorted(spells.person, spells.person, side="left")
    ends = np.searchsorted(spells.person, spells.person, side="right") - 1
    return BirthColumn(
        name=column,
        earliest=window.earliest[index, spells.last[ends]],
        latest=window.latest[index, spells.first[begins]],
        wait=np.array([b.wait for b in bands], dtype=np.int64)[index],
        open=np.array([b.open for b in bands], dtype=np.bool_)[index],
    )


def _invented(name: str, shares: Mapping[str, float]) -> InventedColumn:
    total = np.cumsum([float(share) for share in shares.values()])
    return InventedColumn(name=name, codes=tuple(shares), edges=total[:-1] / total[-1])


def _validity(of_spell: Mapping[str, tuple[tuple[Item, ...], Ints]], count: int) -> tuple[Days, Days]:
    """The days from and to which all codes of each spell are valid."""
    start = np.full(count, day_of(dt.date.min), dtype=np.int64)
    end = np.full(count, day_of(dt.date.max), dtype=np.int64)
    for items, index in of_spell.values():
        first = np.array([day_of(i.valid_from or dt.date.min) for i in items], dtype=np.int64)
        last = np.array([day_of(i.valid_to or dt.date.max) for i in items], dtype=np.int64)
        start, end = np.maximum(start, first[index]), np.minimum(end, last[index])
    return start, end
