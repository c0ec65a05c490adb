"""A list behind tables: the same figures a row a cell, by codes where the tables have labels.

Many workbooks end with one. Only the figures tell which code is which label: a code and a label are the same when the
same figures of the same periods stand by them, everywhere.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from prikk.reading._dimensions import Dimension
from prikk.reading._facts import Cells
from prikk.reading._piece import Axis, Ints, Piece
from prikk.reading._resolve import Resolved
from prikk.reading._words import Role

_MOST_DIMENSIONS = 6
_FEWEST, _ROUNDS = 12, 3
_AGREE = 10
"""One cell of so many may disagree: a figure that is hidden in one and shown in the other must be seen, not lost."""

Colours = list[list[Hashable]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """Some pieces as they are read alone."""

    pieces: Sequence[Piece]
    resolved: Resolved


def spoken(list_: Read, tables: Read) -> Piece | None:
    """Give the piece of a list in the words of the tables that show the same figures; None when they do not."""
    piece, own = list_.pieces[0], list_.resolved
    if any(r != Role.COUNT for r in piece.roles) or len(own.facts) != len(piece.texts):
        return None
    places = _dimensions(own, tables.resolved)
    if places is None:
        return None
    numbers = _codes(own, tables.resolved, places)
    if _known(own, tables.resolved, (places, numbers)):
        return None
    coords = _moved(own.facts.coords, numbers, places)
    if not _agree(_moved(own.cells.coords, numbers, places), own.cells, tables.resolved.cells):
        return None
    order = np.argsort(own.facts.cell, kind="stable")
    return _worded(piece, coords[order], (own, tables.resolved), places)


def _contents(read: Resolved) -> list[Hashable]:
    """What each cell says, by its period: equal in two documents that print the same."""
    time = next((d for d, x in enumerate(read.dimensions) if x.is_time), None)
    codes = read.dimensions[time].codes if time is not None else [""]
    at = read.cells.coords[:, time].tolist() if time is not None else [0] * len(read.cells)
    return [
        (codes[t], s, low)
        for t, s, low in zip(at, read.cells.state.tolist(), read.cells.low.tolist(), strict=True)
    ]


def _coloured(read: Resolved, rounds: int, places: Sequence[int] | None = None) -> Colours:
    """What stands by each code of each dimension, and in later rounds what stands by the other codes there.

    ``places`` puts the dimensions into the order of another document.
    """
    order = list(places) if places is not None else list(range(len(read.dimensions)))
    coords = read.cells.coords[:, order]
    found: list[Hashable] = _contents(read)
    colours: Colours = [[] for _ in order]
    for _ in range(rounds):
        for k, d in enumerate(order):
            by: dict[int, Counter[Hashable]] = defaultdict(Counter)
            for code, content in zip(coords[:, k].tolist(), found, strict=True):
                by[code][content] += 1
            many = range(len(read.dimensions[d].codes))
            colours[k] = [hash(frozenset(by[n].items())) if n in by else None for n in many]
        found = [
            (content, *(colours[k][n] for k, n in enumerate(row)))
            for content, row in zip(_contents(read), coords.tolist(), strict=True)
        ]
    return colours


def _dimensions(own: Resolved, other: Resolved) -> tuple[int, ...] | None:
    """For each dimension of the tables the place of the list's, by the figures; None when they do not match."""
    wide = len(own.dimensions)
    if wide != len(other.dimensions) or wide > _MOST_DIMENSIONS or len(own.cells) < _FEWEST:
        return None
    mine, theirs = _coloured(own, 1), _coloured(other, 1)
    shared = [[sum((Counter(a) & Counter(b)).values()) for a in mine] for b in theirs]
    timely = [[a.is_time == b.is_time for a in own.dimensions] for b in other.dimensions]
    able = [p for p in itertools.permutations(range(wide)) if all(timely[d][p[d]] for d in range(wide))]
    return max(able, key=lambda p: sum(shared[d][p[d]] for d in range(wide)), default=None)


def _codes(own: Resolved, other: Resolved, places: Sequence[int]) -> list[Mapping[int, int]]:
    """For each dimension of the tables the number of the code there for each of the list's, where one is found."""
    rounds = [(_coloured(own, r, places), _coloured(other, r)) for r in range(_ROUNDS, 0, -1)]
    found: list[Mapping[int, int]] = []
    for k, d in enumerate(places):
        mine, theirs = own.dimensions[d], other.dimensions[k]
        if mine.is_time:
            same = {n: theirs.numbers[c] for n, c in enumerate(mine.codes) if c in theirs.numbers}
        else:
            same = {0: 0}
            for (
                a,
                b,
            ) in rounds:  # the finest first; codes that a differing cell touches match in the coarser ones
                _pair(same, a[k], b[k])
            _pair_rest(same, (mine, theirs), (own, other), (d, k))
        found.append(same)
    return found


def _pair(same: dict[int, int], mine: Sequence[Hashable], theirs: Sequence[Hashable]) -> None:
    """Pair codes of one colour, in their order: where several have it they are alike in all that is printed."""
    taken = set(same.values())
    left: dict[Hashable, list[int]] = defaultdict(list)
    for n, colour in enumerate(theirs):
        if n not in taken and colour is not None:
            left[colour].append(n)
    for n, colour in enumerate(mine):
        if n not in same and left.get(colour):
            same[n] = left[colour].pop(0)


def _pair_rest(
    same: dict[int, int],
    dimensions: tuple[Dimension, Dimension],
    reads: tuple[Resolved, Resolved],
    at: tuple[int, int],
) -> None:
    """Pair the codes that are left by most of their figures: a cell of theirs differs."""
    left = [
        {n: c for n, c in _counted(read, d).items() if n not in used}
        for read, d, used in zip(reads, at, (set(same), set(same.values())), strict=True)
    ]
    pairs = sorted(
        ((-sum((a & b).values()), m, n) for m, a in left[0].items() for n, b in left[1].items()),
    )
    for score, m, n in pairs:
        enough = -score * 2 >= min(left[0][m].total(), left[1][n].total())
        if enough and m not in same and n not in same.values():
            same[m] = n
    for m in left[0]:
        if m not in same:  # nothing printed has it: a code of its own
            code = dimensions[0].codes[m]
            same[m] = dimensions[1].number(code, dimensions[0].labels.get(code, code))


def _counted(read: Resolved, dimension: int) -> dict[int, Counter[Hashable]]:
    by: dict[int, Counter[Hashable]] = defaultdict(Counter)
    for code, content in zip(read.cells.coords[:, dimension].tolist(), _contents(read), strict=True):
        by[code][content] += 1
    return by


def _known(own: Resolved, other: Resolved, found: tuple[Sequence[int], Sequence[Mapping[int, int]]]) -> bool:
    """Whether the list says what the tables say in the same words, and needs no others."""
    places, numbers = found
    return all(
        own.dimensions[d].codes[a] == other.dimensions[k].codes[b]
        for k, (d, same) in enumerate(zip(places, numbers, strict=True))
        for a, b in same.items()
    )


def _moved(coords: Ints, numbers: Sequence[Mapping[int, int]], places: Sequence[int]) -> Ints:
    return np.stack(
        [
            np.array([own.get(n, -1) for n in coords[:, d].tolist()], dtype=np.int64)
            for own, d in zip(numbers, places, strict=True)
        ],
        axis=1,
    )


def _agree(coords: Ints, own: Cells, other: Cells) -> bool:
    """Whether nearly all cells of the list are in the tables, and print the same."""
    if (coords < 0).any():
        return False
    known = {
        tuple(row): (s, low)
        for row, s, low in zip(other.coords.tolist(), other.state.tolist(), other.low.tolist(), strict=True)
    }
    said = zip(own.state.tolist(), own.low.tolist(), strict=True)
    wrong = sum(known.get(tuple(row)) != cell for row, cell in zip(coords.tolist(), said, strict=True))
    return wrong * _AGREE <= len(coords)


def _worded(piece: Piece, coords: Ints, reads: tuple[Resolved, Resolved], places: Sequence[int]) -> Piece:
    """The piece with an axis a dimension of the tables, in their words."""
    axes: list[Axis] = []
    index: list[Ints] = []
    for k, dimension in enumerate(reads[1].dimensions):
        used, at = np.unique(coords[:, k], return_inverse=True)
        codes = tuple(dimension.codes[n] for n in used.tolist())
        labels = tuple(dimension.labels.get(c, c) for c in codes)
        axes.append(
            Axis(
                name=dimension.title if dimension.named or dimension.name == "heading" else "",
                origin="stub",
                labels=codes if dimension.is_time else labels,
                codes=() if dimension.is_time else codes,
                is_time=dimension.is_time,
                ordered=False,
            )
        )
        index.append(at.astype(np.int64))
    return replace(piece, axes=tuple(axes), index=np.stack(index, axis=1))
