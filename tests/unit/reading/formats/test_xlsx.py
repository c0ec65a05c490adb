"""Workbooks: blocks, merged cells, native numbers, and everything that a screen hides."""

import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import Alignment, Font

from prikk.reading.formats import open_document
from unit.reading.formats.kit import SHARED, opened, refusal, texts, the_grid, workbook


def made(fill):
    book = openpyxl.Workbook()
    fill(book.active)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def sheet_of(rows, at=(1, 1)):
    def fill(sheet):
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                sheet.cell(at[0] + i, at[1] + j, value)

    return fill


SIMPLE = [["Sted", 2021, 2022], ["A", 12, "*"], ["B", 2.45, "1 234"]]


def test_native_numbers_are_exact_and_texts_stay_texts(tmp_path):
    grid = the_grid(opened(tmp_path, "a.xlsx", made(sheet_of(SIMPLE))))
    assert texts(grid) == [["Sted", "2021", "2022"], ["A", "12", "*"], ["B", "2.45", "1 234"]]
    assert [[c.number for c in row] for row in grid.rows[1:]] == [
        [None, Decimal(12), None],
        [None, Decimal("2.45"), None],
    ]


def test_places_name_sheet_and_row(tmp_path):
    grid = the_grid(opened(tmp_path, "a.xlsx", made(sheet_of(SIMPLE, at=(5, 3)))))
    assert grid.place == "a.xlsx, sheet 'Sheet'"
    assert grid.row_places == ("row 5", "row 6", "row 7")


def test_bold_and_indentation_are_kept(tmp_path):
    def fill(sheet):
        sheet_of(SIMPLE)(sheet)
        sheet["A2"].font = Font(bold=True)
        sheet["A3"].alignment = Alignment(indent=2)
        sheet["A3"].value = " B"

    grid = the_grid(opened(tmp_path, "a.xlsx", made(fill)))
    assert [(row[0].bold, row[0].indent) for row in grid.rows] == [(False, 0), (True, 0), (False, 3)]


def test_a_merged_heading_spans_and_what_it_covers_is_empty(tmp_path):
    def fill(sheet):
        sheet_of([["Sted", "Menn", None, "Alle"], [None, 2021, 2022, None], ["A", 1, 2, 3]])(sheet)
        for cells in ("A1:A2", "B1:C1", "D1:D2"):
            sheet.merge_cells(cells)

    grid = the_grid(opened(tmp_path, "a.xlsx", made(fill)))
    assert [c and (c.text, c.row_span, c.column_span) for c in grid.rows[0]] == [
        ("Sted", 2, 1), ("Menn", 1, 2), None, ("Alle", 2, 1),
    ]  # fmt: skip
    assert texts(grid)[1] == [None, "2021", "2022", None]


def test_titles_stand_above_and_notes_below(tmp_path):
    rows = [["Ledige"], ["Januar 2022"], [], *SIMPLE, ["Kilde: NAV"], [], ["* = under 4"]]
    grid = the_grid(opened(tmp_path, "a.xlsx", made(sheet_of(rows))))
    assert grid.titles == ("Ledige", "Januar 2022")
    assert grid.notes == ("Kilde: NAV", "* = under 4")
    assert len(grid.rows) == 3


def test_blocks_side_by_side_and_below_are_grids_of_their_own(tmp_path):
    def fill(sheet):
        sheet_of(SIMPLE)(sheet)
        sheet_of(SIMPLE, at=(1, 5))(sheet)
        sheet_of([["Kjønn"], *SIMPLE], at=(6, 1))(sheet)

    document = opened(tmp_path, "a.xlsx", made(fill))
    assert [g.place.rpartition(", ")[2] for g in document.contents] == ["A1:C3", "E1:G3", "A6:C9"]
    assert document.contents[2].titles == ("Kjønn",)
    assert all(len(g.rows) == 3 for g in document.contents)


def test_a_blank_column_inside_a_table_is_a_spacer(tmp_path):
    rows = [["Sted", None, "Menn", None, "Kvinner"], ["A", None, 1, None, 2], ["B", None, 3, None, 4]]
    grid = the_grid(opened(tmp_path, "a.xlsx", made(sheet_of(rows))))
    assert texts(grid) == [["Sted", "Menn", "Kvinner"], ["A", "1", "2"], ["B", "3", "4"]]


def test_a_blank_row_before_a_section_does_not_end_the_table(tmp_path):
    rows = [
        ["Sted", 2021, 2022],
        ["I alt", 10, 20],
        [],
        ["Menn"],
        ["A", 1, 2],
        ["B", 3, 4],
        [],
        ["Kvinner"],
        ["A", 5, 6],
    ]
    grid = the_grid(opened(tmp_path, "a.xlsx", made(sheet_of(rows))))
    assert [row[0] for row in texts(grid)] == ["Sted", "I alt", "Menn", "A", "B", "Kvinner", "A"]
    assert grid.row_places[2] == "row 4"


def test_hidden_rows_columns_and_sheets_are_read_and_said(tmp_path):
    book = openpyxl.Workbook()
    sheet_of(SIMPLE)(book.active)
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["C"].hidden = True
    other = book.create_sheet("Skjult")
    sheet_of(SIMPLE)(other)
    other.sheet_state = "veryHidden"
    buffer = io.BytesIO()
    book.save(buffer)
    document = opened(tmp_path, "a.xlsx", buffer.getvalue())
    assert [len(g.rows) * len(g.rows[0]) for g in document.contents] == [9, 9]
    assert document.assumptions == (
        "sheet 'Sheet': hidden rows were read (3)",
        "sheet 'Sheet': hidden columns were read (C)",
        "sheet 'Skjult' is hidden in the workbook; it was read",
    )


def test_a_formula_gives_its_stored_value(tmp_path):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        for i, row in enumerate(SIMPLE):
            sheet.write_row(i, 0, row)
        sheet.write_formula("B3", "=SUM(B2:B2)", None, 12)
    grid = the_grid(opened(tmp_path, "a.xlsx", buffer.getvalue()))
    assert (grid.rows[2][1].text, grid.rows[2][1].number) == ("12", Decimal(12))


def test_a_formula_without_a_stored_value_is_shown_and_said(tmp_path):
    document = opened(tmp_path, "a.xlsx", made(sheet_of([*SIMPLE, ["I alt", "=SUM(B2:B3)", 1]])))
    assert the_grid(document).rows[3][1].text == "=SUM(B2:B3)"
    assert the_grid(document).rows[3][1].number is None
    assert "1 formulas have no stored value" in document.assumptions[0]


def test_dates_are_texts_as_fine_as_their_format(tmp_path):
    def fill(sheet):
        sheet_of([["Sted", dt.date(2022, 1, 31), dt.date(2022, 2, 1), dt.date(2023, 1, 1)], ["A", 1, 2, 3]])(
            sheet
        )
        for name, code in (("B1", "yyyy-mm-dd"), ("C1", "mmm yy"), ("D1", "yyyy")):
            sheet[name].number_format = code

    grid = the_grid(opened(tmp_path, "a.xlsx", made(fill)))
    assert texts(grid)[0] == ["Sted", "2022-01-31", "2022-02", "2023"]
    assert all(c.number is None for c in grid.rows[0])


def test_a_format_that_prints_a_star_leaves_the_number_and_says_so(tmp_path):
    def fill(sheet):
        sheet_of(SIMPLE)(sheet)
        sheet["B2"].number_format = '[<20]"*";0'

    document = opened(tmp_path, "a.xlsx", made(fill))
    cell = the_grid(document).rows[1][1]
    assert (cell.text, cell.number) == ("*", Decimal(12))
    assert document.assumptions == (
        "sheet 'Sheet': 1 cells print a text in the place of the number that they hold",
    )


def test_a_rounded_share_keeps_all_its_digits(tmp_path):
    def fill(sheet):
        sheet_of([["Sted", "Andel"], ["A", 0.08349], ["B", 0.5]])(sheet)
        sheet["B2"].number_format = "0.0%"

    cell = the_grid(opened(tmp_path, "a.xlsx", made(fill))).rows[1][1]
    assert (cell.text, cell.number) == ("8.3%", Decimal("0.08349"))


CELLS = '<sheetData><row><c t="inlineStr"><is><t>Sted</t></is></c><c><v>2021</v></c></row>{}</sheetData>'


def test_cells_without_references_follow_each_other(tmp_path):
    more = '<row><c t="inlineStr"><is><t>A</t></is></c><c><v>2.4500000000000002</v></c></row>'
    grid = the_grid(opened(tmp_path, "a.xlsx", workbook(CELLS.format(more))))
    assert texts(grid) == [["Sted", "2021"], ["A", "2.45"]]


def test_a_raised_mark_is_no_digit_of_the_figure(tmp_path):
    runs = "<r><t>12</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>1</t></r>"
    more = '<row><c t="inlineStr"><is><t>A</t></is></c><c t="s"><v>0</v></c></row>'
    grid = the_grid(opened(tmp_path, "a.xlsx", workbook(CELLS.format(more), strings=f"<si>{runs}</si>")))
    assert texts(grid)[1] == ["A", "12"]


def test_errors_and_truth_values_are_texts(tmp_path):
    more = '<row><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c><v>5</v></c></row>'
    assert texts(the_grid(opened(tmp_path, "a.xlsx", workbook(CELLS.format(more)))))[1] == [
        "TRUE",
        "#N/A",
        "5",
    ]


def test_what_else_the_file_holds_is_said(tmp_path):
    more = '<row><c t="inlineStr"><is><t>A</t></is></c><c><v>7</v></c></row>'
    data = workbook(CELLS.format(more), more={"xl/pivotCache/pivotCacheRecords1.xml": "<x/>"})
    (said,) = opened(tmp_path, "a.xlsx", data).assumptions
    assert said == "not read, but in the file: the records behind a pivot table, which anybody can take out"


def test_a_link_to_the_contents_is_no_title(tmp_path):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("T")
        sheet.write_url("A1", "internal:'T'!A1", string="Innhold")
        for i, row in enumerate(SIMPLE, start=1):
            sheet.write_row(i, 0, row)
    assert the_grid(opened(tmp_path, "a.xlsx", buffer.getvalue())).titles == ()


def test_one_far_cell_does_not_make_a_huge_grid(tmp_path):
    far = '<row r="1048576"><c r="XFD1048576"><v>9</v></c></row>'
    more = '<row><c t="inlineStr"><is><t>A</t></is></c><c><v>7</v></c></row>' + far
    assert len(the_grid(opened(tmp_path, "a.xlsx", workbook(CELLS.format(more)))).rows) == 2


@pytest.mark.parametrize(
    ("sheet", "word"),
    [
        ("<sheetData><row><c", "XML is broken"),
        ("<sheetData></wrong>", "XML is broken"),
    ],
)
def test_broken_parts_are_refused(tmp_path, sheet, word):
    assert word in refusal(tmp_path, "a.xlsx", workbook(sheet))


def test_a_document_type_is_refused(tmp_path):
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    line = refusal(tmp_path, "a.xlsx", workbook("<sheetData/>", more={"xl/strings.xml": bomb}))
    assert "document type" in line


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real publications are not here")
@pytest.mark.parametrize(
    ("name", "shapes"),
    [
        ("02_nav_helt_ledige_fylke38_2022-10.xlsx", [(27, 6), (25, 6), (25, 5), (6, 2), (17, 2)]),
        (
            "09_nav_nedsatt_arbeidsevne_telemark_2025-11.xlsx",
            2 * [(31, 9), (16, 9), (3, 9), (2, 9), (35, 9), (18, 9)],
        ),
    ],
)
def test_real_workbooks_have_their_blocks(name, shapes):
    document = open_document(SHARED / "real" / name)
    assert [(len(g.rows), len(g.rows[0])) for g in document.contents] == shapes
