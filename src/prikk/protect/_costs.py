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
