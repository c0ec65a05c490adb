"""Pages of one table: the same titles and heading again, and other rows, too few to make up the total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from prikk.reading._piece import Piece
from prikk.reading._text import key
from prikk.reading._words import Role, is_total, totalled

_LARGE = 9
"""Hidden figures are taken to be no larger than this, when it is asked whether a page is the last."""


@dataclass(slots=True)
class _Chain:
    """Pages so far: what their rows add up to, how many are hidden, and the total, by column of counts."""

    number: int
    summed: NDArray[np.float64]
    hidden: NDArray[np.float64]
    total: NDArray[np.float64]
    labels: set[str] = field(default_factory=set)

    @property
    def unfinished(self) -> bool:
        """Whether the rows so far leave much of the total, in most columns."""
        gap = self.total - self.summed
        known = ~np.isnan(self.total)
        return bool(known.any()) and bool((gap > self.hidden * _LARGE)[known].mean() > 0.5)


def page_chains(pieces: Sequence[Piece]) -> dict[int, int]:
    """Give for each piece (by place) the number of the table that it is a page of; a table of one page has its own."""
    open_: dict[tuple[int, tuple[str, ...], tuple[str, ...]], _Chain] = {}
    found: dict[int, int] = {}
    for number, piece in enumerate(pieces):
        found[number] = number
        block = piece.block
        stub = [a for a, axis in enumerate(piece.axes) if axis.origin == "stub"]
        if block is None or not block.drawn or not block.titles or len(stub) != 1:
            continue
        own = _read(number, piece, stub[0])
        place = (piece.document, block.titles, piece.heads)
        before = open_.get(place)
        unfinished = before is not None and (before.unfinished or own.unfinished)
        if before is not None and unfinished and not before.labels & own.labels:
            found[number] = before.number
            own = _Chain(
                number=before.number,
                summed=before.summed + own.summed,
                hidden=before.hidden + own.hidden,
                total=np.where(np.isnan(before.total), own.total, before.total),
                labels=before.labels | own.labels,
            )
        open_[place] = own
    return found


def _read(number: int, piece: Piece, axis: int) -> _Chain:
    wide = len(piece.heads)
    titled = key(" ".join(piece.titles))
    counts = np.array([r == Role.COUNT for r in piece.roles])
    values = np.array([np.nan if f is None else float(f.value) for f in piece.figures]).reshape(-1, wide)
    rows = piece.index[::wide, axis].tolist()
    labels = piece.axes[axis].labels
    whole = np.array([is_total(t) or ((r := totalled(t)) != "" and r in titled) for t in labels])[rows]
    inner = ~whole & ~np.array([bool(totalled(t)) for t in labels])[rows]
    total = values[whole][0] if whole.any() else np.full(wide, np.nan)
    return _Chain(
        number=number,
        summed=np.nansum(values[inner], axis=0)[counts],
        hidden=np.isnan(values[inner]).sum(axis=0)[counts].astype(np.float64),
        total=total[counts],
        labels={key(labels[r]) for r, x in zip(rows, inner.tolist(), strict=True) if x},
    )
