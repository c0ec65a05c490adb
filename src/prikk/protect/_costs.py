"""What hiding a cell loses."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from prikk.protect._model import Floats, Ints

COSTS: Mapping[str, Callable[[Ints], Floats]] = {
    "log": lambda counts: np.log1p(counts) + 1.0,
    "value": lambda counts: np.maximum(counts, 1).astype(np.float64),
    "one": lambda counts: np.ones(len(counts)),
}
"""By the name that a spec or a command gives: from the counts of the cells to the cost of each."""

_FINE = 20


def on_grid(prices: Floats) -> Floats:
    """Round prices down to multiples of a power of two, about a millionth of their mean; none of them to 0.

    Sums of such numbers are exact in any order. What a pattern costs then does not depend on the way that led to it, and
    processes that took different ways agree to the last bit.
    """
    some = prices[prices > 0]
    if not len(some):
        return prices
    step = 2.0 ** (np.floor(np.log2(some.mean())) - _FINE)
    return np.where(prices > 0, np.maximum(np.floor(prices / step), 1.0) * step, 0.0)
