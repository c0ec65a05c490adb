"""What is rendered and read back with another reader is what was laid out, cell by cell."""

import csv
import io

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import HealthCheck, given, settings

from prikk.dissemination import (
    FORMATS,
    PublishedCube,
    Row,
    cells_csv,
    cells_parquet,
    lay_out,
    tables_csv,
    tables_parquet,
    workbook,
)
from prikk.dissemination._locale import number_writer
from prikk.dissemination.site import site
from unit.dissemination.reading import Page, grid, sheets
from unit.dissemination.strategies import cubes

slow = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def all_rows(cube: PublishedCube) -> list[Row]:
    return [row for table in lay_out(cube) for row in table.rows]


def figures_by_cell(cube: PublishedCube) -> dict[tuple[str, ...], tuple[int | str, ...]]:
    found: dict[tuple[str, ...], tuple[int | str, ...]] = {}
    for cell in cube.cells.to_pylist():
        codes = tuple(cell[name] for name in cube.spec.dimensions)
        found[codes] = (*found.get(codes, ()), cell["status"] or cell["value"])
    return found


@slow
@given(cubes())
def test_every_row_shows_its_cell_and_every_table_its_total_first(cube: PublishedCube) -> None:
    figures = figures_by_cell(cube)
    for table in lay_out(cube):
        assert table.rows[0].kind == "total"
        assert len({row.coordinates for row in table.rows}) == len(table.rows)
        assert all(row.figures == figures[row.coordinates] for row in table.rows)


@slow
@given(cubes())
def test_csv_read_back_is_the_layout(cube: PublishedCube) -> None:
    read = list(csv.reader(io.StringIO(tables_csv(cube, "nb").decode(), newline="")))
    periods = len(cube.spec.periods)
    assert [(r[-periods - 2], r[-periods:]) for r in read[1:]] == [
        (row.label["nb"], [str(f) for f in row.figures]) for row in all_rows(cube)
    ]


@slow
@given(cubes())
def test_cells_read_back_are_the_cells(cube: PublishedCube) -> None:
    wanted = cube.cells.to_pylist()
    read = list(csv.DictReader(io.StringIO(cells_csv(cube).decode(), newline="")))
    assert [{**r, "value": int(r["value"]) if r["value"] else None} for r in read] == wanted
    assert pq.read_table(io.BytesIO(cells_parquet(cube))).to_pylist() == wanted


@slow
@given(cubes())
def test_parquet_read_back_has_null_exactly_where_a_figure_is_hidden(cube: PublishedCube) -> None:
    table: pa.Table = pq.read_table(io.BytesIO(tables_parquet(cube, "en")))
    codes = [p.code for p in cube.spec.periods]
    read = [(r["label"], r["bold"], [r[c] for c in codes]) for r in table.to_pylist()]
    assert read == [
        (row.label["en"], row.bold, [None if isinstance(f, str) else f for f in row.figures])
        for row in all_rows(cube)
    ]


@slow
@given(cubes())
def test_a_workbook_read_back_has_numbers_and_symbols_and_never_a_formula(cube: PublishedCube) -> None:
    book = sheets(workbook(cube, "nb"))
    for table in lay_out(cube):
        sheet = book[f"Tabell {table.number}"]
        rows = [[row.label["nb"], *row.figures] for row in table.rows]
        assert grid(sheet, 7, len(rows)) == rows
    assert not [c for sheet in book for row in sheet.iter_rows() for c in row if c.data_type not in "sn"]


@slow
@given(cubes())
def test_html_read_back_is_the_layout(cube: PublishedCube) -> None:
    pages, number = site(cube), number_writer("en")
    names = [f"html/en/table-{n}.html" for n in sorted({table.family for table in lay_out(cube)})]
    read = [found for name in names for found in Page(pages[name]).tables]
    for table, found in zip(lay_out(cube), read, strict=True):
        shown = [[f if isinstance(f, str) else number(f) for f in row.figures] for row in table.rows]
        wanted = [[row.label["en"], *texts] for row, texts in zip(table.rows, shown, strict=True)]
        assert found.rows[1] == wanted[0]
        assert sorted(found.rows[1:]) == sorted(wanted)
        hidden = [(row.label["en"], [isinstance(f, str) for f in row.figures]) for row in table.rows]
        said = [
            (row[0], [bool(text) for text in unseen[1:]])
            for row, unseen in zip(found.rows[1:], found.unseen[1:], strict=True)
        ]
        assert sorted(said) == sorted(hidden)


@slow
@given(cubes())
def test_the_same_cube_gives_the_same_bytes(cube: PublishedCube) -> None:
    again = PublishedCube(spec=cube.spec, classifications=cube.classifications, cells=cube.cells)
    # A report needs fonts for its letters, and has a test of its own with letters that they have.
    assert all(r.files(cube) == r.files(again) for name, r in FORMATS.items() if name != "pdf")
