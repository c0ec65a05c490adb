"""People who had left before the first period: made up, so that a register has a year before its published figures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from prikk.synth._draw import Drawn
from prikk.synth._skeleton import Skeleton

_YEAR = 365


def leavers(skeleton: Skeleton, drawn: Drawn, share: float, rng: np.random.Generator) -> Drawn:
    """Others like a share of some participations, a year earlier, and gone before the first reference date.

    They count on no reference date of the periods, so the published figures hold as before. Whoever would have begun before
    the codes were valid is left out.
    """
    first, last = skeleton.references[0], skeleton.references[-1]
    start, end = drawn.start - _YEAR, drawn.end - _YEAR
    # Those who had not left in the last period leave some day before the first.
    leaving = rng.integers(np.minimum(last - _YEAR, first - 1), first, size=len(start))
    end = np.minimum(np.where(drawn.going, leaving, end), first - 1)
    chosen = rng.random(len(start)) < share
    kept = np.flatnonzero(chosen & (start <= end) & (start >= skeleton.valid_from[drawn.row]))
    return replace(
        drawn,
        row=drawn.row[kept],
        copy=drawn.copy[kept],
        births=tuple(born[kept] - _YEAR for born in drawn.births),
        start=start[kept],
        end=end[kept],
        going=np.zeros(len(kept), dtype=np.bool_),
        invented=tuple(index[kept] for index in drawn.invented),
    )
