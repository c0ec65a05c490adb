"""What holds for every rule."""

import doctest

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from prikk.sensitivity import (
    UNKNOWN,
    Requirement,
    _combined,
    _group,
    _magnitude,
    _requirement,
    _threshold,
    combined,
    contributors_rule,
    dominance_rule,
    p_percent_rule,
    threshold_rule,
)

_CELLS = st.lists(st.lists(st.integers(0, 1_000), min_size=4, max_size=4), min_size=1, max_size=8)
_COUNTS = st.lists(st.integers(0, 12), min_size=6, max_size=6).map(np.array)


@st.composite
def requirements(draw):
    """What some rule may ask of six cells."""
    numbers = st.lists(st.integers(0, 50), min_size=6, max_size=6).map(np.array)
    low, down, up = draw(numbers), draw(numbers), draw(numbers)
    mask = np.array(draw(st.lists(st.booleans(), min_size=6, max_size=6)))
    return Requirement(sensitive=mask, low=low, high=low + draw(numbers), down=down, up=up)


def amounts(cells):
    parts = -np.sort(-np.array(cells), axis=1)
    return parts.sum(axis=1), parts[:, :3]


def same(a, b):
    return all(np.array_equal(getattr(a, f), getattr(b, f)) for f in Requirement.__dataclass_fields__)


def hides_no_less(strict, loose):
    """The strict rule hides what the loose one does, and asks no less of it."""
    asks = (strict.up >= loose.up).all() and (strict.down >= loose.down).all()
    return asks and not (loose.sensitive & ~strict.sensitive).any()


@pytest.mark.parametrize("module", [_combined, _group, _magnitude, _requirement, _threshold])
def test_the_examples_run(module):
    tried = doctest.testmod(module, extraglobs={"np": np})
    assert (tried.failed, tried.attempted > 0) == (0, True)


@given(_CELLS, st.integers(1, 3), st.integers(1, 99))
def test_a_lower_share_hides_no_less(cells, n, k):
    assert hides_no_less(dominance_rule(*amounts(cells), n, k), dominance_rule(*amounts(cells), n, k + 1))


@given(_CELLS, st.integers(1, 2), st.integers(1, 100))
def test_more_who_work_together_hide_no_less(cells, n, k):
    assert hides_no_less(dominance_rule(*amounts(cells), n + 1, k), dominance_rule(*amounts(cells), n, k))


@given(_CELLS, st.integers(1, 99))
def test_a_wider_per_cent_hides_no_less(cells, p):
    assert hides_no_less(p_percent_rule(*amounts(cells), p + 1), p_percent_rule(*amounts(cells), p))


@given(_COUNTS, st.integers(1, 10), st.sampled_from(["hidden", "shown"]))
def test_a_higher_threshold_hides_no_less(counts, threshold, zeros):
    assert hides_no_less(
        threshold_rule(counts, threshold + 1, zeros), threshold_rule(counts, threshold, zeros)
    )


@given(_COUNTS, st.integers(1, 10))
def test_a_higher_minimum_hides_no_less(counts, least):
    assert hides_no_less(contributors_rule(counts, least + 1), contributors_rule(counts, least))


@given(_CELLS, st.integers(1, 100))
def test_a_cell_raised_by_what_it_needs_is_not_dominated(cells, k):
    totals, parts = amounts(cells)
    rule = dominance_rule(totals, parts, 2, k)
    assert not dominance_rule(totals + rule.up, parts, 2, k).sensitive.any()
    assert (rule.up[rule.sensitive] > 0).all()


@given(_CELLS, st.integers(1, 100))
def test_a_cell_under_the_per_cent_rule_needs_at_least_one(cells, p):
    rule = p_percent_rule(*amounts(cells), p)
    assert (rule.up[rule.sensitive] > 0).all()
    assert not rule.up[~rule.sensitive].any()


@given(requirements(), requirements(), requirements())
def test_the_order_of_rules_does_not_matter(a, b, c):
    assert same(combined(a, b, c), combined(c, b, a))
    assert same(combined(combined(a, b), c), combined(a, b, c))


@given(requirements())
def test_a_rule_twice_is_the_rule(a):
    once = combined(a)
    assert same(combined(once, once), once)
    for field in ("low", "high", "down", "up"):
        assert np.array_equal(getattr(once, field)[a.sensitive], getattr(a, field)[a.sensitive])


@given(requirements(), requirements())
def test_another_rule_hides_no_less_and_asks_no_less(a, b):
    both = combined(a, b)
    assert not ((a.sensitive | b.sensitive) ^ both.sensitive).any()
    for rule in (a, b):
        assert (both.up >= np.where(rule.sensitive, rule.up, 0)).all()


def test_a_rule_that_does_not_touch_a_cell_tells_nothing_of_it():
    counts = np.array([2, 6])
    both = combined(threshold_rule(counts, 4, "shown"), threshold_rule(counts, 10, "shown"))
    assert both.high.tolist() == [3, 9]
    assert combined(threshold_rule(counts, 4, "shown")).high.tolist() == [3, UNKNOWN]
