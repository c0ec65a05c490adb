"""Cells as indices, and which finest cells each of them sums."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from prikk.tabular import CellTable, Hierarchy, membership

AREA = Hierarchy(name="area", codes=("TOTAL", "A", "A1", "A2", "B", "B1"), parents=(-1, 0, 1, 1, 0, 4))
SEX = Hierarchy(name="sex", codes=("TOTAL", "F", "M"), parents=(-1, 0, 0))


def table(*rows):
    return CellTable.from_codes([AREA, SEX], rows)


def test_cells_are_found_by_their_coordinates_and_nothing_else_is():
    cells = table(("A", "F"), ("TOTAL", "TOTAL"), ("A", "F"))
    assert [cells.codes(i) for i in range(len(cells))] == [("TOTAL", "TOTAL"), ("A", "F")]
    assert cells.find(np.array([[1, 1], [2, 1], [0, 0]], dtype=np.int32)).tolist() == [1, -1, 0]


def test_a_cell_sums_the_finest_cells_below_it():
    cells = table(("TOTAL", "TOTAL"), ("A", "TOTAL"), ("B", "TOTAL"), ("TOTAL", "F"), ("TOTAL", "M"))
    member = membership(cells)
    assert len(member.leaves) == 6
    assert member.matrix.sum(axis=1).tolist() == [6, 3, 3, 4, 2]


def test_a_finest_cell_under_an_unlisted_cell_is_known_to_be_zero():
    member = membership(table(("TOTAL", "TOTAL"), ("A", "TOTAL")))
    assert {AREA.codes[i] for i in member.leaves[:, 0]} == {"A1", "A2"}


@given(st.lists(st.tuples(st.sampled_from(AREA.codes), st.sampled_from(SEX.codes)), min_size=1, max_size=12))
def test_membership_agrees_with_going_up_the_tree(rows):
    cells = table(*rows)
    member = membership(cells)
    up = {"A1": {"A1", "A", "TOTAL"}, "A2": {"A2", "A", "TOTAL"}, "B1": {"B1", "B", "TOTAL"}}
    for leaf, column in zip(member.leaves, member.matrix.toarray().T, strict=True):
        area, sex = AREA.codes[leaf[0]], SEX.codes[leaf[1]]
        for cell, inside in enumerate(column):
            code, which = cells.codes(cell)
            assert bool(inside) == (code in up[area] and which in {sex, "TOTAL"})


def test_the_combinations_of_some_cells_are_told_with_levels_and_the_most_first():
    place = Hierarchy(name="place", codes=("T", "N", "N1", "N2"), parents=(-1, 0, 1, 1))
    sex = Hierarchy(name="sex", codes=("T", "f", "m"), parents=(-1, 0, 0))
    cells = [("T", "T"), ("N", "f"), ("N1", "f"), ("N2", "m"), ("N1", "T")]
    table = CellTable.from_codes([place, sex], cells)
    place_of = {table.codes(i): i for i in range(len(table))}
    asked = [place_of[c] for c in cells]
    assert table.combinations(asked[1:4]) == "place × sex (2), place:1 × sex (1)"
    assert table.combinations(asked[:1]) == "the grand total (1)"
