"""Group disclosure."""

import itertools

import numpy as np
import pytest

from prikk.sensitivity import group_disclosure_rule
from prikk.tabular import CellTable, Hierarchy

_AGE = Hierarchy(name="age", codes=("T", "a", "b"), parents=(-1, 0, 0))
_KIND = Hierarchy(name="kind", codes=("T", "x", "y"), parents=(-1, 0, 0))
_ONE = Hierarchy(name="kind", codes=("T", "X", "x"), parents=(-1, 0, 1))


def crossed(values, *hierarchies):
    """All cells of a cross, and their values from those of the finest."""
    cells = CellTable.from_codes(hierarchies, itertools.product(*(h.codes for h in hierarchies)))
    found = [values.get(cells.codes(i), 0) for i in range(len(cells))]
    return cells, np.array(found)


def sensitive(cells, rule):
    return {cells.codes(int(i)) for i in np.flatnonzero(rule.sensitive)}


@pytest.fixture
def table():
    """All of age a are of kind x; b are both."""
    values = {("a", "x"): 7, ("a", "T"): 7, ("b", "x"): 2, ("b", "y"): 3, ("b", "T"): 5}
    return crossed(values | {("T", "x"): 9, ("T", "y"): 3, ("T", "T"): 12}, _AGE, _KIND)


def test_a_category_with_everybody_is_sensitive_and_must_be_able_to_fall(table):
    cells, values = table
    rule = group_disclosure_rule(cells, values)
    assert sensitive(cells, rule) == {("a", "x"), ("b", "y")}
    assert rule.down.tolist() == rule.sensitive.astype(int).tolist()
    assert not rule.up.any()


def test_only_the_dimensions_that_tell_something_count(table):
    cells, values = table
    assert sensitive(cells, group_disclosure_rule(cells, values, dimensions=["kind"])) == {("a", "x")}


def test_a_hidden_total_tells_nobody(table):
    cells, values = table
    hidden = np.array([cells.codes(i) == ("a", "T") for i in range(len(cells))])
    rule = group_disclosure_rule(cells, values, dimensions=["kind"], hidden=hidden)
    assert sensitive(cells, rule) == set()


def test_the_only_category_there_is_tells_nothing():
    cells, values = crossed({("T",): 4, ("X",): 4, ("x",): 4}, _ONE)
    assert not group_disclosure_rule(cells, values).sensitive.any()


def test_nobody_is_no_group():
    cells, values = crossed({}, _AGE, _KIND)
    assert not group_disclosure_rule(cells, values).sensitive.any()
