"""Dominance, p%, contributors and protection intervals."""

import numpy as np
import pytest

from prikk.sensitivity import UNKNOWN, contributors_rule, dominance_rule, p_percent_rule, protection_interval


@pytest.mark.parametrize(
    ("parts", "n", "k", "sensitive", "up"),
    [
        ([60, 25, 15], 2, 80, True, 7),  # 100/80 of 85 is 106.25
        ([60, 20, 20], 2, 80, False, 0),
        ([70, 10, 20], 1, 70, False, 0),
        ([71, 9, 20], 1, 70, True, 2),
        ([50, 50, 0], 2, 100, False, 0),
        ([9, 0, 0], 1, 12.5, True, 63),
        ([0, 0, 0], 1, 75, False, 0),
    ],
)
def test_a_cell_is_dominated_above_k_per_cent_and_must_rise_to_it(parts, n, k, sensitive, up):
    rule = dominance_rule(np.array([sum(parts)]), np.array([sorted(parts, reverse=True)]), n, k)
    assert (rule.sensitive.tolist(), rule.up.tolist()) == ([sensitive], [up])


@pytest.mark.parametrize(
    ("parts", "p", "sensitive", "up"),
    [
        ([80, 25, 5], 10, True, 3),
        ([80, 25, 8], 10, False, 0),
        ([81, 25, 8], 10, True, 1),  # 8.1 is asked, 8 is there
        ([100, 0, 0], 15, True, 15),
        ([0, 0, 0], 15, False, 0),
    ],
)
def test_the_rest_must_blur_the_largest_by_p_per_cent(parts, p, sensitive, up):
    rule = p_percent_rule(np.array([sum(parts)]), np.array([parts]), p)
    assert (rule.sensitive.tolist(), rule.up.tolist()) == ([sensitive], [up])


def test_a_dominated_cell_falls_as_far_as_it_rises_but_not_below_nothing():
    rule = dominance_rule(np.array([9, 100]), np.array([[9], [80]]), 1, 12.5)
    assert rule.up.tolist() == [63, 540]
    assert rule.down.tolist() == [9, 100]
    assert (rule.low.tolist(), set(rule.high.tolist())) == ([0, 0], {UNKNOWN})


@pytest.mark.parametrize(
    ("total", "parts"),
    [([10], [[1, 5]]), ([10], [[8, 5]]), ([10], [[5]]), ([10, 3], [[5, 1]]), ([10], [[5, -1]])],
)
def test_contributions_that_cannot_be_are_refused(total, parts):
    with pytest.raises(ValueError, match="contributions"):
        p_percent_rule(np.array(total), np.array(parts), 10)


def test_no_per_cent_is_refused():
    with pytest.raises(ValueError, match="per cent"):
        dominance_rule(np.array([5]), np.array([[5]]), 1, 0)


def test_few_contributors_are_sensitive_and_none_are_not():
    rule = contributors_rule(np.array([0, 1, 2, 3, 4]), 3)
    assert rule.sensitive.tolist() == [False, True, True, False, False]
    assert (rule.up.tolist(), rule.down.tolist()) == ([0, 1, 1, 0, 0], [0] * 5)


def test_an_interval_is_rounded_up_and_stays_above_what_is_known():
    asked = protection_interval(np.array([1000, 33, 0]), 15, known=90)
    assert asked.low.tolist() == [900, 29, 0]
    assert (asked.down.tolist(), asked.up.tolist()) == ([100, 4, 0], [150, 5, 0])


def test_an_interval_is_asked_of_the_sensitive_cells_only():
    asked = protection_interval(np.array([50, 60]), 10, sensitive=np.array([False, True]))
    assert (asked.sensitive.tolist(), asked.up.tolist()) == ([False, True], [0, 6])
