"""Which combinations of levels the words of a table mean."""

import pytest

from prikk.protection._margins import margins_of
from prikk.protection._trees import read_tree
from unit.protection.kit import LEAVES, findings, frame, task, values

MEASURE = [("T", "", "total"), ("g", "T", "group"), ("m1", "g", "measure"), ("m2", "g", "measure")]


def trees():
    given = {"mg": [("T", ""), ("x", "T")], "age": [("T", ""), ("y", "T")], "measure": MEASURE}
    return {name: read_tree(name, pairs, []) for name, pairs in given.items()}


def margins(*tables):
    found = []
    return set(margins_of(tables or None, trees(), found)), [f.code for f in found]


def test_without_tables_all_combinations_are_published():
    assert len(margins()[0]) == 2 * 2 * 3


@pytest.mark.parametrize(
    ("text", "depths"),
    [
        ("age", {(0, 0, 0), (0, 1, 0)}),
        ("measure.group", {(0, 0, 0), (0, 0, 1)}),
        ("measure.1", {(0, 0, 0), (0, 0, 1)}),
        ("measure:2", {(0, 0, 2)}),
        ("measure:total+measure", {(0, 0, 0), (0, 0, 2)}),
        ("measure.total", {(0, 0, 0)}),
        ("mg:1, age:1", {(1, 1, 0)}),
    ],
)
def test_words_mean_levels(text, depths):
    assert margins(text) == (depths, [])


def test_the_tables_of_the_benchmark_of_months_can_be_said():
    found, wrong = margins("mg:1,age,measure", "age", "age:1,measure:group")
    wanted = {(1, a, m) for a in (0, 1) for m in (0, 1, 2)} | {(0, 0, 0), (0, 1, 0), (0, 1, 1)}
    assert (found, wrong) == (wanted, [])


@pytest.mark.parametrize(
    ("text", "code"),
    [("ago", "table-dimension"), ("age.3", "table-level"), ("measure.grp", "table-level"),
     ("age,age.0", "table-twice"), ("", "table-dimension"), ("measure:", "table-level")],
)  # fmt: skip
def test_words_that_mean_nothing_are_told(text, code):
    assert margins(text)[1] == [code]


def test_codes_without_parts_are_not_left_out():
    dims = {"r": [("T", ""), ("A", "T"), ("A1", "A"), ("B", "T")], "age": [("all", ""), ("old", "all")]}
    rows = frame({("A1", "old"): 5, ("B", "old"): 6}).rename_columns(["r", "age", "freq"])
    assert set(findings(rows, dims, tables=("r:0+2",))) == {"level-gap"}
    assert ("B", "all") in values(task(rows, dims, tables=("r",)))


def test_selectors_name_published_cells():
    asked = task(frame(LEAVES), keep=("region=N1",), hide=({"region": "T", "age": "old"},))
    assert (asked.keep.sum(), asked.hide.sum()) == (4, 1)
    assert set(findings(frame(LEAVES), keep=("region=N7",), hide=("regoin=N1",))) == {
        "selector-empty",
        "selector",
    }
    assert set(findings(frame(LEAVES), tables=("age",), keep=("region=N1",))) == {"selector-empty"}
