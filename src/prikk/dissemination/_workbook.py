"""The workbook: what the tables are, one sheet a table, and all cells in long form."""

from __future__ import annotations

import datetime as dt
import io

import xlsxwriter

from prikk.dissemination._about_sheet import write_about
from prikk.dissemination._cells_sheet import write_cells
from prikk.dissemination._cube import PublishedCube
from prikk.dissemination._layout import lay_out
from prikk.dissemination._locale import period_range
from prikk.dissemination._notes import rule_text
from prikk.dissemination._sheets import Styles, make_styles, sheet_name
from prikk.dissemination._table_sheet import write_table
from prikk.dissemination._words import words
from prikk.spec import ReleaseSpec

_OPTIONS = {
    "in_memory": True,  # no temporary files: a renderer touches no disk
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def workbook(cube: PublishedCube, language: str) -> bytes:
    """All tables of a release as XLSX: figures are native numbers, hidden ones the symbol as text.

    The date of creation is the moment of publication, or the reference date of the last period, so that equal cubes
    give equal bytes.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    book.set_properties(_properties(cube.spec, language))
    _write_sheets(book, make_styles(book, language), cube, language)
    book.close()
    return buffer.getvalue()


def _properties(spec: ReleaseSpec, language: str) -> dict[str, str | dt.datetime]:
    release = spec.release
    publisher = release.publisher.get(language, "")
    if release.published is not None:
        created = release.published.astimezone(dt.UTC).replace(tzinfo=None)
    else:
        created = dt.datetime.combine(spec.periods[-1].reference, dt.time())
    told = {
        "title": release.title[language],
        "subject": period_range(spec, language),
        "author": publisher,
        "company": publisher,
        "keywords": ", ".join(release.keywords.get(language, ())),
        "comments": rule_text(spec, language),
    }
    return {"created": created, **{key: text for key, text in told.items() if text}}


def _write_sheets(book: xlsxwriter.Workbook, styles: Styles, cube: PublishedCube, language: str) -> None:
    say, tables = words(language), lay_out(cube)
    write_about(book.add_worksheet(say.about_tables), styles, cube, tables, language)
    for table in tables:
        sheet = book.add_worksheet(sheet_name(language, table.number))
        write_table(sheet, styles, cube, table, language)
    write_cells(book.add_worksheet(say.cells), styles, cube, language)
