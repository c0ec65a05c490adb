"""The minimum frequency rule."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

Zeros = Literal["hidden", "shown"]


def below_threshold(counts: NDArray[np.int64], threshold: int, zeros: Zeros) -> NDArray[np.bool_]:
    """Tell which counts fall under the rule: below ``threshold``, zero included when zeros are hidden.

    The minimum frequency rule of the SDC handbook (Hundepool et al., *Statistical Disclosure
    Control*, 2012, section 4.2).

    >>> below_threshold(np.array([0, 3, 4]), 4, "shown").tolist()
    [False, True, False]
    """
    small = counts < threshold
    return small if zeros == "hidden" else small & (counts > 0)
