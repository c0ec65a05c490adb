"""The workbook: what the tables are, one sheet a table, and all cells in long form."""

from __future__ import annotations

import datetime as dt
import io

import xlsxwriter

from prikk.dissemination._about_sheet import write_about
from prikk.dissemination._cells_sheet import write_cells
from prikk.dissemination._cube import PublishedCube
from prikk.dissemination._layout import lay_out
from prikk.dissemination._sheets import Styles, make_styles, sheet_name
from prikk.dissemination._table_sheet import write_table
from prikk.dissemination._words import words

_OPTIONS = {
    "in_memory": True,  # no temporary files: a renderer touches no disk
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def workbook(cube: PublishedCube, language: str) -> bytes:
    """All tables of a release as XLSX: figures are native numbers, hidden ones the symbol as text.

    The date of creation is the reference date of the last period, so that equal cubes give equal bytes.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    created = dt.datetime.combine(cube.spec.periods[-1].reference, dt.time())
    book.set_properties({"title": cube.spec.release.title[language], "created": created})
    _write_sheets(book, make_styles(book, language), cube, language)
    book.close()
    return buffer.getvalue()


def _write_sheets(book: xlsxwriter.Workbook, styles: Styles, cube: PublishedCube, language: str) -> None:
    say, tables = words(language), lay_out(cube)
    write_about(book.add_worksheet(say.about_tables), styles, cube.spec, tables, language)
    for table in tables:
        sheet = book.add_worksheet(sheet_name(language, table.number))
        write_table(sheet, styles, cube.spec, table, language)
    write_cells(book.add_worksheet(say.cells), styles, cube, language)
