"""The first sheet: what the tables are, what is hidden in them, and where each is."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from prikk.dissemination._cube import PublishedCube
from prikk.dissemination._layout import Table
from prikk.dissemination._locale import period_range
from prikk.dissemination._sheets import Paper, Styles, line_height, set_up_print, sheet_link, sheet_name
from prikk.dissemination._words import words
from prikk.dissemination.report import Line, about_facts

_WIDTHS = (30, 92)
_AIR = 4.0  # points below a line


def write_about(
    sheet: Worksheet, styles: Styles, cube: PublishedCube, tables: tuple[Table, ...], language: str
) -> None:
    """Write title, what there is to know, and the contents as links to the sheets."""
    spec, say = cube.spec, words(language)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, spec.release.title[language], styles.title)
    sheet.write_string(1, 0, say.about_tables, styles.family)
    sheet.write_string(2, 0, period_range(spec, language), styles.note)
    place = _write_facts(sheet, styles, cube, tables, language) + 1
    sheet.write_string(place, 0, say.contents, styles.family)
    for line, table in enumerate(tables, start=place + 1):
        name = sheet_name(language, table.number)
        sheet.write_url(line, 0, sheet_link(name), styles.link, string=name)
        sheet.write_string(line, 1, table_name(table, language), styles.wrapped)
    last = place + 1 + len(tables)
    sheet.write_url(last, 0, sheet_link(say.cells), styles.link, string=say.cells)
    sheet.write_string(last, 1, say.cells_file, styles.wrapped)
    set_up_print(sheet, spec, language, Paper.UPRIGHT)


def _write_facts(
    sheet: Worksheet, styles: Styles, cube: PublishedCube, tables: tuple[Table, ...], language: str
) -> int:
    """Write the facts from the fifth row on; gives the row after them. A term stands before its first line."""
    place = 4
    for fact in about_facts(cube, tables, language):
        sheet.write_string(place, 0, fact.term, styles.term)
        for line in fact.lines:
            text = _plain(line)
            if line.lead:
                parts = (styles.lead, f"{line.lead}. ", styles.note, line.text)
                sheet.write_rich_string(place, 1, *parts, styles.wrapped)
            else:
                sheet.write_string(place, 1, text, styles.wrapped)
            # A program that opens the file may not fit the row to its wrapped text by itself.
            sheet.set_row(place, line_height(text, _WIDTHS[1]) + _AIR)
            place += 1
    return place


def _plain(line: Line) -> str:
    """A line as text; an address stands beside it, as the workbook links to nothing outside itself."""
    text = f"{line.lead}. {line.text}" if line.lead else line.text
    return f"{text} ({line.href})" if line.href and line.text not in line.href else text


def table_name(table: Table, language: str) -> str:
    """The title of a table with its heading, on one line."""
    return ": ".join(text[language] for text in (table.title, table.heading) if text)
