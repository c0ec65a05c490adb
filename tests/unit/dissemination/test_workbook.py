import datetime as dt
import io
import re
import zipfile
from functools import cache
from typing import Any

import pytest
from openpyxl import Workbook

from prikk.dissemination import PublishedCube, lay_out, workbook
from prikk.dissemination import _cells_sheet as cells_sheet
from prikk.dissemination._sheets import footer, number_format
from prikk.spec import ReleaseSpec
from unit.dissemination.cubes import TINY, published_cube, tiny_cube
from unit.dissemination.reading import grid, sheets
from unit.dissemination.wide import long_cube, with_about


@cache
def book() -> Workbook:
    return sheets(workbook(published_cube(), "nb"))


@cache
def tiny_book() -> Workbook:
    return sheets(workbook(tiny_cube(), "en"))


def with_release(**changes: Any) -> PublishedCube:
    raw = {**TINY, "release": {**TINY["release"], **changes}}
    cube = tiny_cube()
    return PublishedCube(
        spec=ReleaseSpec.model_validate(raw), classifications=cube.classifications, cells=cube.cells
    )


def test_there_is_a_sheet_about_the_tables_one_for_each_and_one_of_cells() -> None:
    assert book().sheetnames == ["Om tabellene", *(f"Tabell {n}" for n in range(1, 57)), "Celler"]
    assert tiny_book().sheetnames == ["About the tables", "Table 1", "Table 2", "Cells"]


def test_a_table_has_titles_header_total_and_rows_in_the_published_layout() -> None:
    assert grid(tiny_book()["Table 2"], 1, 12) == [
        ["Boats in harbour", None, None],
        ["Boats and harbours", None, None],
        ["December 2024 - January 2025", None, None],
        ["Northport", None, None],
        ["Contents", None, None],
        [None, "December 2024", "January 2025"],
        ["Total in Northport", 1230, 1201],
        ["Ketch", 1218, 1190],
        ["=Yawl", "*", 9],
        ["Total sailing boats", 1220, 1199],
        ["Sjark & <co>", 10, "*"],
        ["Total motor boats", 10, "*"],
    ]


def test_every_figure_of_the_example_is_a_number_or_the_symbol() -> None:
    for table in lay_out(published_cube()):
        rows = grid(book()[f"Tabell {table.number}"], 7, len(table.rows))
        assert rows == [[row.label["nb"], *row.figures] for row in table.rows]


def test_totals_and_subtotals_are_bold_and_hidden_figures_stand_to_the_right() -> None:
    sheet = tiny_book()["Table 2"]
    assert [sheet.cell(r, 1).font.b for r in range(7, 13)] == [True, False, False, True, False, True]
    assert [sheet.cell(r, 2).font.b for r in range(7, 13)] == [True, False, False, True, False, True]
    assert sheet["B9"].alignment.horizontal == "right"


def test_a_text_that_looks_like_a_formula_is_a_text() -> None:
    assert [c.data_type for c in tiny_book()["Table 2"][9]] == ["s", "s", "n"]


def test_norwegian_figures_are_grouped_with_a_no_break_space_everywhere() -> None:
    assert book()["Tabell 1"]["B7"].number_format == number_format("nb")
    assert '0"\xa0"000' in number_format("nn")
    assert tiny_book()["Table 1"]["B7"].number_format == "#,##0"


def test_a_printed_page_repeats_header_and_total_and_keeps_the_legend() -> None:
    sheet = book()["Tabell 34"]
    assert sheet.print_title_rows == "$6:$7"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)  # no width is 1
    assert "* = tallet er lavere enn 4 (0 til 3)" in sheet.oddFooter.left.text
    assert sheet.print_area == f"'Tabell 34'!$A$1:$H${6 + len(lay_out(published_cube())[33].rows)}"


def test_header_and_stub_are_frozen() -> None:
    assert book()["Tabell 34"].freeze_panes == "B7"
    assert book()["Celler"].freeze_panes == "A2"


def test_the_legend_stands_below_the_table() -> None:
    below = [row[0] for row in grid(tiny_book()["Table 2"], 14, 2)]
    assert below[0] == "* = the figure is below 3 (0 to 2) and is not shown, to protect privacy."
    assert str(below[1]).startswith("Unprotected: ")


def test_the_first_sheet_tells_rule_signs_sources_and_links_to_every_sheet() -> None:
    sheet = book()["Om tabellene"]
    texts = [str(value) for row in sheet.iter_rows(values_only=True) for value in row if value]
    for wanted in (
        "Januar - Juli 2022",
        "Statistikkloven § 7-1",
        "Ubeskyttet: ",
        "* = tallet er",
        "syntetisk",
    ):
        assert any(wanted in text for text in texts), wanted
    links = [cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in book().sheetnames[1:]]


def test_the_last_sheet_is_the_long_form_under_a_filter() -> None:
    sheet, cells = book()["Celler"], published_cube().cells
    assert sheet.auto_filter.ref == "A1:F6014"
    assert [c.value for c in sheet[1]] == cells.column_names
    wanted = [[*list(row.values())[:-1], row["status"] or None] for row in cells.to_pylist()]
    assert grid(sheet, 2, cells.num_rows) == wanted


def test_cells_that_are_too_many_for_a_sheet_are_pointed_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells_sheet, "MOST_ROWS", 14)
    sheet = sheets(workbook(tiny_cube(), "en"))["Cells"]
    assert [c.value for c in sheet[1]] == [
        "There are too many cells for a worksheet. They are in the file cells.csv."
    ]


def test_the_properties_tell_what_the_workbook_is() -> None:
    spec, told = published_cube().spec, book().properties
    assert told.created == dt.datetime(2022, 8, 18, 6, 0)
    assert (told.title, told.subject) == (spec.release.title["nb"], "Januar - Juli 2022")
    assert told.creator == spec.release.publisher["nb"]
    assert tiny_book().properties.created == dt.datetime(2025, 1, 31)  # the last reference date


def test_the_first_sheet_tells_what_the_release_says_of_itself() -> None:
    sheet = sheets(workbook(with_about(), "en"))["About the tables"]
    told = [tuple(row) for row in sheet.iter_rows(min_row=5, max_col=2, values_only=True)]
    for wanted in (
        ("Unit", "Boats"),
        ("Definitions", "Boat. All that floats."),
        ("Notes", "Table 2. Counted at night."),
        ("Breaks in the time series", "December 2024. New method."),
        ("Preliminary and revised figures", "Preliminary figures: January 2025."),
        ("Released", "18 August 2024 at 08:00 (under embargo until then)"),
        ("Next release", "1 February 2025"),
        (None, "statistics@example.org"),
        ("Licence", "CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)"),
        ("Web page", "https://example.org/boats"),
    ):
        assert wanted in told, wanted


def test_notes_stand_below_their_table_and_mark_rows_and_periods() -> None:
    sheet = sheets(workbook(with_about(), "en"))["Table 2"]
    assert grid(sheet, 6, 1) == [[None, "December 2024\u00a01)", "January 2025\npreliminary"]]
    assert sheet["A9"].value == "=Yawl\u00a02)"
    assert [row[0] for row in grid(sheet, 14, 5)] == [
        "Counted at night.",
        "1) Break in the time series: New method.",
        "2) Few of them.",
        None,
        "* = the figure is below 3 (0 to 2) and is not shown, to protect privacy.",
    ]
    assert sheet.print_area == "'Table 2'!$A$1:$C$16"


def test_many_periods_are_printed_on_several_pages_that_repeat_the_stub() -> None:
    sheet = sheets(workbook(long_cube("2021-01", "2023-12", "month"), "nb"))["Tabell 2"]
    assert sheet.page_setup.fitToWidth == 3
    assert sheet.print_title_cols == "$A:$A"


def test_no_file_of_the_workbook_holds_a_formula_or_an_outer_link() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(tiny_cube(), "nb"))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert not [name for name, text in parts.items() if re.search(r"<f[ >]|TargetMode=.External", text)]


@pytest.mark.parametrize("title", ["2022 & etter", "x" * 300, "&P&N" * 40])
def test_a_footer_is_short_enough_for_excel_and_means_what_it_says(title: str) -> None:
    cube = with_release(title={"nb": title, "en": title})
    text, left_out = footer(cube.spec, "nb")
    assert len(text) < 255
    assert (title in left_out) == (len(title) > 100)
    assert sheets(workbook(cube, "nb"))["Tabell 1"].oddFooter.right.text == "&A. Side &P av &N"


def test_a_legend_with_no_room_in_the_footer_is_printed_below_the_table() -> None:
    cube = tiny_cube()
    raw = {**TINY, "protection": {**TINY["protection"], "threshold": 10**80}}
    spec = ReleaseSpec.model_validate(raw)
    long = PublishedCube(spec=spec, classifications=cube.classifications, cells=cube.cells)
    assert sheets(workbook(cube, "nb"))["Tabell 1"].print_area
    assert not sheets(workbook(long, "nb"))["Tabell 1"].print_area


def test_no_text_about_the_release_leaves_no_empty_term() -> None:
    texts = [
        row[0]
        for row in grid(sheets(workbook(with_release(about={}, source={}), "en"))["About the tables"], 4, 6)
    ]
    assert "About the figures" not in texts
    assert "Source" not in texts
