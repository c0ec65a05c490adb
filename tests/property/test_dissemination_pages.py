import itertools

from hypothesis import given
from hypothesis import strategies as st

from prikk.dissemination import Row
from prikk.dissemination._pages import bonds, groups

kinds = st.lists(st.sampled_from(("item", "item", "item", "subtotal")))


def rows_of(found: list[str]) -> list[Row]:
    return [
        Row(coordinates=(str(i),), label={}, kind=kind, figures=(), printed=())
        for i, kind in enumerate(found)
    ]


@given(kinds, st.integers(1, 9))
def test_runs_are_all_rows_in_order(found: list[str], most: int) -> None:
    rows = rows_of(found)
    assert sum(bonds(rows, most)) == len(rows)
    assert all(length >= 1 for length in bonds(rows, most))
    assert [row for group in groups(rows) for row in group] == rows


@given(kinds, st.integers(1, 9))
def test_no_run_begins_with_a_subtotal_that_has_parts(found: list[str], most: int) -> None:
    starts = itertools.accumulate(bonds(rows_of(found), most), initial=0)
    for start in itertools.takewhile(lambda place: place < len(found), starts):
        assert found[start] == "item" or "item" not in found[:start]
