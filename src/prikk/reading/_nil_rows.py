"""Signs for zero that stand for a row which is not listed, not for a figure of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from prikk.reading._legend import Meaning, speaks_of_combinations
from prikk.reading._piece import Ints, Piece
from prikk.reading._rows import unique_rows
from prikk.reading._words import Role


def unlisted_signs(
    pieces: Sequence[Piece], meanings: Mapping[str, Meaning], lines: Sequence[str]
) -> frozenset[str]:
    """The signs for zero that only ever fill whole rows, through two periods or more.

    So does one of which a legend says that it stands for a combination, in one period too.
    """
    nil = {t for t, m in meanings.items() if m == "nil"}
    broken = {t for piece in pieces for t in _broken(piece, nil)} if nil else set()
    return frozenset(t for t in nil if t not in broken or speaks_of_combinations(t, lines))


def _broken(piece: Piece, signs: set[str]) -> set[str]:
    """The signs that stand in a row with anything else, or in a piece without several periods."""
    counts = np.array([r == Role.COUNT for r in piece.roles])[piece.column]
    own = np.array([t in signs and f is None for t, f in zip(piece.texts, piece.figures, strict=True)])
    found = np.flatnonzero(own & counts)
    row, periods = _rows(piece)
    if not len(found) or periods < 2:
        return {piece.texts[i] for i in found.tolist()}
    size = int(row.max()) + 1
    whole = np.bincount(row[found], minlength=size) == np.bincount(row[counts], minlength=size)
    return {piece.texts[i] for i in found[~whole[row[found]]].tolist()}


def _rows(piece: Piece) -> tuple[Ints, int]:
    """The row through the periods that each figure stands in, and how many periods there are."""
    times = [a for a, axis in enumerate(piece.axes) if axis.is_time]
    others = np.delete(piece.index, times, axis=1)
    row = unique_rows(others)[1] if others.shape[1] else np.zeros(len(piece.texts), dtype=np.intp)
    return row.astype(np.int64), max((len(piece.axes[a].labels) for a in times), default=1)
