"""How far a cell can move at all: no requirement asks for more."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from prikk.protect import _kernels as kernels
from prikk.protect._model import FREE, Ints, Mask, Rows

_MOST_SLACK = 20


def reach(rows: Rows, chosen: Mask) -> tuple[Ints, Ints]:
    """Give how far each row can fall and rise when everything is hidden; for rows not chosen, their own limits.

    The least value of a row is the sum of the least values of its finest cells. It rises from there by as many units
    as its finest cells can take, each row with an upper limit that holds some of them having room for so many
    (``docs/design/suppression.md``). Both are bounds for any reader, and are met for one who knows the rule.
    """
    down, up = rows.down.copy(), rows.up.copy()
    fall = _falls(rows)
    size = np.diff(rows.start)
    total = np.add.reduceat(np.append(fall[rows.leaf], 0), rows.start[:-1]) * (size > 0)
    down[chosen] = np.minimum(down, total)[chosen]
    limited = (rows.up < FREE) & (size > 0)
    slack = np.where(limited, np.maximum(rows.up + total, 0), FREE)
    some = np.flatnonzero(chosen & limited & (slack <= _MOST_SLACK)).astype(np.int64)
    packing: Callable[..., Ints] = kernels.packing
    up[some] = np.minimum(up[some], packing(rows, limited, slack, some) - total[some])
    return down, np.maximum(up, 0)


def _falls(rows: Rows) -> Ints:
    """How far each finest cell can fall, by the rows in which it stands alone."""
    alone = np.flatnonzero(np.diff(rows.start) == 1)
    fall = np.full(len(rows.at) - 1, FREE, dtype=np.int64)
    np.minimum.at(fall, rows.leaf[rows.start[alone]], rows.down[alone])
    return fall
