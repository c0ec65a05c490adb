import pytest

from prikk.dissemination import Row, lay_out
from prikk.dissemination._pages import bonds
from unit.dissemination.cubes import published_cube


def rows_of(kinds: str) -> list[Row]:
    """Rows from letters: i item, s subtotal."""
    names = {"i": "item", "s": "subtotal"}
    return [
        Row(coordinates=(str(place),), label={}, kind=names[kind], figures=(), printed=())
        for place, kind in enumerate(kinds)
    ]


@pytest.mark.parametrize(
    ("kinds", "most", "lengths"),
    [
        ("", 3, ()),
        ("i", 3, (1,)),
        ("iiii", 3, (1, 1, 2)),  # the last row never stands alone
        ("iis", 3, (3,)),  # a short group is whole
        ("iiiis", 3, (1, 1, 1, 2)),  # of a long one, the last part keeps the sum
        ("iiiiss", 3, (1, 1, 1, 3)),
        ("iisiisii", 3, (3, 3, 2)),
        ("s", 3, (1,)),
        ("ssi", 3, (2, 1)),
    ],
)
def test_rows_that_a_page_may_not_part(kinds: str, most: int, lengths: tuple[int, ...]) -> None:
    assert bonds(rows_of(kinds), most) == lengths


def test_no_run_of_the_example_begins_with_a_subtotal() -> None:
    for table in lay_out(published_cube()):
        rows, place = table.rows[1:], 0
        for length in bonds(rows, 14):
            assert rows[place].kind == "item"
            place += length
        assert place == len(rows)
