import pytest

from prikk.dissemination import Row, Table, lay_out, paginate
from unit.dissemination.cubes import published_cube


def table_of(kinds: str) -> Table:
    """A table from letters: t total, i item, s subtotal; its labels are their places."""
    names = {"t": "total", "i": "item", "s": "subtotal"}
    rows = tuple(
        Row(coordinates=(str(i),), label={"nb": str(i)}, kind=names[k], figures=(i,))
        for i, k in enumerate(kinds)
    )
    return Table(number=1, family=1, title={}, heading={}, fixed={}, stub="x", rows=rows)


def places(kinds: str, rows_per_page: int) -> list[list[int]]:
    return [[int(r.label["nb"]) for r in p.rows] for p in paginate(table_of(kinds), rows_per_page)]


def test_a_table_that_fits_is_one_page() -> None:
    assert places("tiis", 4) == [[0, 1, 2, 3]]


def test_each_next_page_begins_with_the_total() -> None:
    assert places("tiiiii", 3) == [[0, 1, 2], [0, 3, 4], [0, 5]]


def test_a_subtotal_takes_its_last_part_to_the_next_page() -> None:
    assert places("tiiisis", 4) == [[0, 1, 2], [0, 3, 4], [0, 5, 6]]


def test_subtotals_of_two_levels_take_a_part_along() -> None:
    assert places("tiiiss", 5) == [[0, 1, 2], [0, 3, 4, 5]]


def test_a_subtotal_stands_alone_where_there_is_no_room_for_two_rows() -> None:
    assert places("tiis", 2) == [[0, 1], [0, 2], [0, 3]]


def test_a_total_alone_is_a_page() -> None:
    assert places("t", 2) == [[0]]


def test_pages_know_their_number_and_count() -> None:
    assert [(p.number, p.count) for p in paginate(table_of("tiiii"), 3)] == [(1, 2), (2, 2)]


@pytest.mark.parametrize("rows_per_page", [-1, 0, 1])
def test_a_page_without_room_beside_the_total_is_refused(rows_per_page: int) -> None:
    with pytest.raises(ValueError, match="one more row"):
        paginate(table_of("ti"), rows_per_page)


def test_no_page_of_the_example_begins_with_a_subtotal() -> None:
    for table in lay_out(published_cube()):
        assert all(page.rows[1].kind == "item" for page in paginate(table, 24))
