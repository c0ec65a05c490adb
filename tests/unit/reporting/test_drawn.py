import pytest

from prikk.reading import DrawnCell, DrawnTable
from prikk.reporting._drawn import Drawing, Grid, first_places, grid_of

EMPTY = Drawing(marks={}, linked=frozenset(), leaking=frozenset(), spoken_of=frozenset(), first={})


def head(text: str, **changes: int) -> DrawnCell:
    return DrawnCell(text=text, header=True, **changes)


def figure(text: str, cell: int) -> DrawnCell:
    return DrawnCell(text=text, cell=cell)


def grid(*rows: tuple[DrawnCell | None, ...]) -> Grid:
    return grid_of(DrawnTable(name="t", source="s", rows=rows), 0, EMPTY)


def shape(rows: tuple[tuple[object, ...], ...]) -> list[list[tuple[str, str, str]]]:
    return [[(s.tag, s.scope, s.text) for s in row] for row in rows]  # type: ignore[attr-defined]


HEAD = (head("Boat"), head("2024"), head("2025"))
ROW = (head("Yawl"), figure("1", 0), figure("2", 1))


def test_headings_have_the_scope_of_their_column_or_row() -> None:
    found = grid(HEAD, ROW)
    assert shape(found.head) == [[("th", "col", "Boat"), ("th", "col", "2024"), ("th", "col", "2025")]]
    assert shape(found.bodies[0]) == [[("th", "row", "Yawl"), ("td", "", "1"), ("td", "", "2")]]


def test_places_that_a_span_covers_are_left_out_and_empty_ones_are_drawn() -> None:
    found = grid(
        (head("Boat", row_span=2), head("Year", column_span=2), None),
        (None, *HEAD[1:]),
        ROW,
        (None, *ROW[1:]),
    )
    assert shape(found.head) == [
        [("th", "col", "Boat"), ("th", "colgroup", "Year")],
        [("th", "col", "2024"), ("th", "col", "2025")],
    ]
    assert shape(found.bodies[0])[1] == [("td", "", ""), ("td", "", "1"), ("td", "", "2")]


def test_a_title_and_a_note_run_across_the_table_and_head_nothing() -> None:
    found = grid((head("A title"), None, None), HEAD, ROW, (head("* below 4"), None, None))
    assert shape(found.head)[0] == [("td", "", "A title")]
    assert shape(found.bodies[-1])[-1] == [("td", "", "* below 4")]
    assert found.head[0][0].column_span == 3


def test_the_heading_of_a_group_begins_a_body() -> None:
    found = grid(HEAD, (head("Sail"), None, None), ROW, (head("Steam"), None, None), ROW)
    assert len(found.head) == 1
    assert [shape(body)[0] for body in found.bodies] == [
        [("th", "rowgroup", "Sail")],
        [("th", "rowgroup", "Steam")],
    ]


def test_a_heading_that_is_repeated_inside_the_table_heads_columns() -> None:
    found = grid(HEAD, ROW, HEAD, ROW)
    assert shape(found.bodies[1])[0][1] == ("th", "col", "2024")


def test_a_row_heading_over_several_rows_heads_their_group() -> None:
    found = grid(
        (head("Harbour"), head("Boat"), head("2024")),
        (head("N", row_span=2), head("Yawl"), figure("1", 0)),
        (None, head("Ketch"), figure("2", 1)),
    )
    assert shape(found.bodies[0])[0][0] == ("th", "rowgroup", "N")
    assert shape(found.bodies[0])[1][0] == ("th", "row", "Ketch")


@pytest.mark.parametrize("rows", [(), ((None, None),), ((head("only"),),)])
def test_odd_tables_are_drawn_too(rows: tuple[tuple[DrawnCell | None, ...], ...]) -> None:
    found = grid(*rows)
    assert sum(map(len, (found.head, *found.bodies))) == len(rows)


def test_the_first_place_of_a_cell_is_the_first_that_is_drawn() -> None:
    table = DrawnTable(name="t", source="s", rows=(HEAD, ROW, ROW))
    assert first_places((table, table)) == {0: (0, 1, 1), 1: (0, 1, 2)}
