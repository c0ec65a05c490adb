"""What published figures say of the finest counts, as rows of an integer programme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from prikk.synth._figures import Figures

Floats = NDArray[np.float64]
HiddenBy = Literal["rule", "any"]
"""Why figures are hidden: all by the rule (a primary-only publication), or some to protect others."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ranges:
    """The least and the highest count of every figure: periods by cells."""

    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rows:
    """``low <= matrix @ x <= high`` for the finest counts ``x`` of all periods, period by period.

    The first rows are the figures, period by period in the order of the cells; then one row a cell: its
    sum over the periods, at least 1 because it is listed.
    """

    matrix: sp.csr_array
    low: Floats
    high: Floats


def ranges_of(
    figures: Figures, threshold: int, zeros: Literal["hidden", "shown"], hidden_by: HiddenBy
) -> Ranges:
    """Give the range of every figure: a shown one has one value, a hidden one what the rule allows.

    Where zeros are shown, no hidden figure is zero (docs/design.md, section 3).
    """
    least = 0.0 if zeros == "hidden" else 1.0
    most = threshold - 1.0 if hidden_by == "rule" else np.inf
    low = np.where(figures.hidden, least, figures.values.astype(np.float64))
    high = np.where(figures.hidden, most, figures.values.astype(np.float64))
    return Ranges(low=low, high=high)


def rows_of(members: sp.csr_array, ranges: Ranges) -> Rows:
    """Build the rows from what each cell sums (cells by finest cells) and the ranges."""
    periods, cells = ranges.low.shape
    matrix = sp.vstack([sp.block_diag([members] * periods), sp.hstack([members] * periods)])
    low = np.concatenate([ranges.low.ravel(), np.ones(cells)])
    high = np.concatenate([ranges.high.ravel(), np.full(cells, np.inf)])
    return Rows(matrix=sp.csr_array(matrix), low=low, high=high)
