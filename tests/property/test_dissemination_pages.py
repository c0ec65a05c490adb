import itertools

from hypothesis import given
from hypothesis import strategies as st

from prikk.dissemination import Row, Table, paginate

kinds = st.lists(st.sampled_from(("item", "item", "item", "subtotal")))


def table_of(found: list[str]) -> Table:
    rows = tuple(
        Row(coordinates=(str(i),), label={}, kind=kind, figures=())
        for i, kind in enumerate(["total", *found])
    )
    return Table(number=1, family=1, title={}, heading={}, fixed={}, stub="x", rows=rows)


@given(kinds, st.integers(2, 9))
def test_pages_without_their_totals_are_the_rows_of_the_table(found: list[str], size: int) -> None:
    table = table_of(found)
    pages = paginate(table, size)
    assert [row for page in pages for row in page.rows[1:]] == list(table.rows[1:])
    assert all(page.rows[0] == table.rows[0] for page in pages)
    assert all(2 <= len(page.rows) <= size for page in pages) or len(table.rows) == 1


@given(kinds, st.integers(3, 9))
def test_a_page_begins_with_a_subtotal_only_after_a_page_of_subtotals(found: list[str], size: int) -> None:
    pages = paginate(table_of(found), size)
    for before, page in itertools.pairwise(pages):
        if page.rows[1].kind == "subtotal":
            assert {row.kind for row in before.rows[2:]} == {"subtotal"}
