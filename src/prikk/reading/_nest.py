"""Columns that only group another: a county beside its municipalities, the name of a level beside its codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from prikk.reading._dimensions import Dimension, Notes
from prikk.reading._facts import Facts
from prikk.reading._piece import Ints
from prikk.reading._text import listed


def without_nested(
    facts: Facts, dimensions: list[Dimension], notes: Notes
) -> tuple[Facts, list[Dimension], Ints]:
    """Take dimensions away that another one determines; give the kept ones and their places before.

    Where rows of the outer column have totals of the inner one, both are levels of one dimension. Otherwise the outer
    one only names groups, which may help to find totals.
    """
    kept = list(range(len(dimensions)))
    coords = facts.coords.copy()
    for outer in range(len(dimensions)):
        for inner in kept:
            if (
                outer == inner
                or outer not in kept
                or not _plain(dimensions[outer])
                or not _plain(dimensions[inner])
            ):
                continue
            found = _determined(coords[:, outer], coords[:, inner])
            if found is None:
                continue
            levels = _as_levels(coords, outer, inner)
            if not levels and not _groups_several(found):
                continue
            if levels:
                coords[:, inner] = _levels(coords, outer, inner, dimensions, found)
            else:
                _as_groups(dimensions, outer, inner, found)
            notes.assume(_said(dimensions[outer], dimensions[inner]))
            kept.remove(outer)
            break
    places = np.array(kept, dtype=np.int64)
    return replace(facts, coords=coords[:, places]), [dimensions[i] for i in kept], places


def _plain(dimension: Dimension) -> bool:
    return dimension.codelist is None and not dimension.is_time


def _determined(outer: Ints, inner: Ints) -> dict[int, int] | None:
    """The outer code of each inner one, if there is only one and the outer ones group them."""
    both = (outer >= 0) & (inner > 0)
    pairs = np.unique(np.stack([inner[both], outer[both]], axis=1), axis=0)
    inners, outers = pairs[:, 0], pairs[:, 1]
    if len(np.unique(inners)) < len(inners) or bool(((inner > 0) & (outer < 0)).any()):
        return None
    distinct = len(np.unique(outers))
    if distinct < 2 or len(inners) < max(3, distinct):
        return None
    if len(inners) == distinct and (len(inners) < 3 or bool((inner[outer >= 0] == 0).any())):
        return None
    return dict(zip(inners.tolist(), outers.tolist(), strict=True))


def _groups_several(found: dict[int, int]) -> bool:
    """Whether most outer codes have several inner ones; or each has one, and is another name for it."""
    sizes = Counter(found.values())
    several = sum(n > 1 for n in sizes.values())
    return several * 5 >= len(sizes) * 3 or len(sizes) == len(found)


def _as_levels(coords: Ints, outer: int, inner: int) -> bool:
    """Whether there are rows for a whole outer code."""
    return bool(((coords[:, outer] > 0) & (coords[:, inner] == 0)).any())


def _levels(
    coords: Ints, outer: int, inner: int, dimensions: Sequence[Dimension], found: dict[int, int]
) -> Ints:
    """Move the outer codes into the inner dimension, above those they group."""
    above, below = dimensions[outer], dimensions[inner]
    number = {0: 0, -1: -1}
    for n, code in enumerate(above.codes[1:], start=1):
        own = code if code not in below.numbers else f"{code} ({above.title})"
        number[n] = below.number(own, above.labels.get(code, code))
    for child, parent in found.items():
        if parent > 0:
            below.parents[below.codes[child]] = below.codes[number[parent]]
    moved = np.array([number[int(x)] for x in coords[:, outer]], dtype=np.int64)
    return np.where((coords[:, inner] <= 0) & (moved > 0), moved, coords[:, inner])


def _as_groups(dimensions: Sequence[Dimension], outer: int, inner: int, found: dict[int, int]) -> None:
    above, below = dimensions[outer], dimensions[inner]
    if len(set(found.values())) == len(found):  # another name for each code
        for child, parent in found.items():
            code = below.codes[child]
            if " " in above.codes[parent] and " " not in code:
                below.labels[code] = above.labels.get(above.codes[parent], code)
        return
    for child, parent in found.items():
        below.groups[below.codes[child]] = above.labels.get(above.codes[parent], above.codes[parent])


def _said(outer: Dimension, inner: Dimension) -> str:
    groups = list(dict.fromkeys(inner.groups.values()))
    if groups:
        return f"'{outer.title}' only groups '{inner.title}' ({listed(groups, most=3)})"
    return f"'{outer.title}' and '{inner.title}' are levels of one dimension"
