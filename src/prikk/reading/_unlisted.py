"""Combinations that a full grid has to have, but that the tables behind it do not list.

PX and JSON-stat have every combination of their codes. "-" through all periods, where zeros are hidden, says what a
table says by leaving the row out; a sign for "not available" all over a level says that no table has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from prikk.reading._dimensions import Dimension, Notes
from prikk.reading._facts import MISSING, Cells, Facts, different
from prikk.reading._grid import Dataset
from prikk.reading._piece import Ints, Piece
from prikk.reading._rows import unique_rows
from prikk.reading._text import counted, listed
from prikk.reading._trees import Tree

Bools = NDArray[np.bool_]
_DEEPEST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What is left when unlisted combinations are left out.

    ``nonzero`` is True where signs say that those are zero; ``blank`` where a row is left of which no period says
    anything.
    """

    facts: Facts
    cells: Cells
    nonzero: bool
    blank: bool


def without_unlisted(
    facts: Facts,
    pieces: Sequence[Piece],
    known: tuple[Sequence[Dimension], Sequence[Tree]],
    told: tuple[frozenset[str], Notes],
) -> Listed:
    """Leave out the combinations that no table lists, and those on levels of which nothing is known.

    ``known`` are the dimensions and their hierarchies, ``told`` the signs of rows that are not listed and where to
    write what was found.
    """
    signs, notes = told
    cells = different(facts, facts.coords)
    nil = _printing(facts, [p.texts for p in pieces], signs)
    unknown = _on_blank_levels(cells, known[1])[cells.number]
    dropped = nil | unknown
    if not nil.any():  # where a sign says zero, nothing at all says nothing
        empty = _printing(facts, [p.texts if _is_dataset(p) else () for p in pieces], {""})
        dropped = dropped | _whole_rows(facts, known[0], empty)
    if not dropped.any():
        return Listed(facts=facts, cells=cells, nonzero=False, blank=False)
    _tell(int(nil.sum()), int((dropped & ~nil).sum()), signs, notes)
    kept = _picked(facts, ~dropped)
    blank = _whole_rows(kept, known[0], kept.state == MISSING)
    return Listed(
        facts=kept, cells=different(kept, kept.coords), nonzero=bool(nil.any()), blank=bool(blank.any())
    )


def _is_dataset(piece: Piece) -> bool:
    return piece.block is not None and isinstance(piece.block.source, Dataset)


def _printing(facts: Facts, texts: Sequence[Sequence[str]], signs: set[str] | frozenset[str]) -> Bools:
    """Which facts are printed as one of some signs."""
    if not signs:
        return np.zeros(len(facts), dtype=bool)
    has = [np.array([t in signs for t in own], dtype=bool) for own in texts]
    found = np.zeros(len(facts), dtype=bool)
    for number, own in enumerate(has):
        here = facts.piece == number
        if len(own):
            found[here] = own[facts.cell[here]]
    return found


def _on_blank_levels(cells: Cells, trees: Sequence[Tree]) -> Bools:
    """The cells on combinations of levels of which no cell says anything."""
    depths = [_depths(tree, int(cells.coords[:, d].max(initial=0)) + 1) for d, tree in enumerate(trees)]
    levels = np.stack([own[cells.coords[:, d]] for d, own in enumerate(depths)], axis=1)
    level = unique_rows(levels)[1]
    says = np.zeros(int(level.max(initial=-1)) + 1, dtype=bool)
    np.logical_or.at(says, level, cells.state != MISSING)
    return np.asarray(~says[level])


def _depths(tree: Tree, codes: int) -> Ints:
    depths = np.zeros(codes, dtype=np.int64)
    for code in range(1, codes):
        at, steps = code, 1
        while (at := tree.parents.get(at, 0)) and steps < _DEEPEST:
            steps += 1
        depths[code] = steps
    return depths


def _whole_rows(facts: Facts, dimensions: Sequence[Dimension], chosen: Bools) -> Bools:
    """The facts in rows through all periods of which every fact is chosen; none where there are no periods."""
    times = [d for d, dimension in enumerate(dimensions) if dimension.is_time]
    if not times or not chosen.any():
        return np.zeros(len(facts), dtype=bool)
    row = unique_rows(np.delete(facts.coords, times, axis=1))[1]
    other = np.zeros(int(row.max()) + 1, dtype=bool)
    np.logical_or.at(other, row, ~chosen)
    return np.asarray(~other[row])


def _picked(facts: Facts, kept: Bools) -> Facts:
    return replace(
        facts,
        coords=facts.coords[kept],
        low=facts.low[kept],
        high=facts.high[kept],
        state=facts.state[kept],
        status=facts.status[kept],
        truth=facts.truth[kept],
        piece=facts.piece[kept],
        cell=facts.cell[kept],
    )


def _tell(nil: int, rest: int, signs: frozenset[str], notes: Notes) -> None:
    if nil:
        notes.assume(
            f"{listed(sorted(signs))} fills whole rows ({counted(nil, 'place')}): combinations that no table lists, and zero"
        )
    if rest:
        notes.assume(f"{counted(rest, 'place')} of combinations that no table has are left out")
