"""What a rule asks of each cell: whether it is hidden, and how far its value must stay open."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from prikk.sensitivity._threshold import Zeros, below_threshold

Ints = NDArray[np.int64]

UNKNOWN = 1 << 40
"""Stands for "a reader knows no upper end"."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Requirement:
    """What the rules ask, an entry a cell.

    ``sensitive`` cells must be hidden. ``low`` and ``high`` are what a reader who knows the rule knows of such a
    cell beside the published figures. ``down`` and ``up`` are how far it must at least be able to fall and rise.
    For other cells the numbers say nothing.
    """

    sensitive: NDArray[np.bool_]
    low: Ints
    high: Ints
    down: Ints
    up: Ints


def threshold_rule(counts: Ints, threshold: int, zeros: Zeros, *, known: bool = True) -> Requirement:
    """The minimum frequency rule: a hidden count may be anything in the rule's range.

    ``known`` is False where a reader does not know the threshold: then nothing tells him an upper end.

    >>> rule = threshold_rule(np.array([0, 3, 4]), 4, "shown")
    >>> rule.sensitive.tolist(), int(rule.down[1]), int(rule.up[1])
    ([False, True, False], 2, 0)
    """
    sensitive = below_threshold(counts, threshold, zeros)
    least = 0 if zeros == "hidden" else 1
    return Requirement(
        sensitive=sensitive,
        low=np.full(len(counts), least, dtype=np.int64),
        high=np.full(len(counts), threshold - 1 if known else UNKNOWN, dtype=np.int64),
        down=np.where(sensitive, counts - least, 0),
        up=np.where(sensitive, threshold - 1 - counts, 0),
    )
