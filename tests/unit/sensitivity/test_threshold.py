"""The minimum frequency rule."""

import numpy as np
import pytest

from prikk.sensitivity import below_threshold


@pytest.mark.parametrize(
    ("threshold", "zeros", "hidden"),
    [(4, "hidden", [0, 1, 3]), (4, "shown", [1, 3]), (10, "shown", [1, 3, 4, 9]), (2, "hidden", [0, 1])],
)
def test_counts_below_the_threshold_fall_under_the_rule(threshold, zeros, hidden):
    counts = np.array([0, 1, 3, 4, 9, 10])
    assert counts[below_threshold(counts, threshold, zeros)].tolist() == hidden
