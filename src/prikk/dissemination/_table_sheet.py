"""One table as a sheet, in the layout of the paged publication."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from prikk.dissemination._layout import Row, Table
from prikk.dissemination._locale import number_writer, period_labels, period_range
from prikk.dissemination._notes import legend
from prikk.dissemination._sheets import Styles, footer, line_height, set_up_print, sheet_link
from prikk.dissemination._words import words
from prikk.spec import ReleaseSpec

TITLE, FAMILY, RANGE, HEADING, BACK, HEADER = range(6)
"""The lines above the figures, counted from 0; the total follows the header."""

_STUB_WIDTHS = (18, 62)
_FIGURE_WIDTH = 9


def write_table(sheet: Worksheet, styles: Styles, spec: ReleaseSpec, table: Table, language: str) -> None:
    """Write a table: titles, header, a row for each of its rows, and the legend below."""
    labels = period_labels(spec, language)
    _write_titles(sheet, styles, spec, table, language)
    stub = spec.dimensions[table.stub].label.get(language)
    if stub:
        sheet.write_string(HEADER, 0, stub, styles.head_stub)
    else:
        sheet.write_blank(HEADER, 0, None, styles.head_stub)
    for column, label in enumerate(labels, start=1):
        sheet.write_string(HEADER, column, label, styles.head_figure)
    for place, row in enumerate(table.rows, start=HEADER + 1):
        _write_row(sheet, styles, place, row, language)
    _write_legend(sheet, styles, spec, table, language)
    _set_up(sheet, table, labels, language)
    set_up_print(sheet, spec, language)


def _write_titles(sheet: Worksheet, styles: Styles, spec: ReleaseSpec, table: Table, language: str) -> None:
    say = words(language)
    sheet.write_string(TITLE, 0, spec.release.title[language], styles.title)
    sheet.write_string(FAMILY, 0, table.title[language], styles.family)
    sheet.write_string(RANGE, 0, period_range(spec, language), styles.note)
    if table.heading:
        sheet.write_string(HEADING, 0, table.heading[language], styles.term)
    sheet.write_url(BACK, 0, sheet_link(say.about_tables), styles.link, string=say.contents)


def _write_row(sheet: Worksheet, styles: Styles, place: int, row: Row, language: str) -> None:
    stub, figure = {
        "total": (styles.total_stub, styles.total_figure),
        "subtotal": (styles.subtotal_stub, styles.subtotal_figure),
        "item": (styles.stub, styles.figure),
    }[row.kind]
    sheet.write_string(place, 0, row.label[language], stub)
    if len(row.label[language]) > _STUB_WIDTHS[1]:
        sheet.set_row(place, line_height(row.label[language], _STUB_WIDTHS[1]))
    for column, value in enumerate(row.figures, start=1):
        if isinstance(value, str):
            sheet.write_string(place, column, value, figure)
        else:
            sheet.write_number(place, column, value, figure)


def _write_legend(sheet: Worksheet, styles: Styles, spec: ReleaseSpec, table: Table, language: str) -> None:
    """Write the legend below the table; it is not printed there when the footer of each page holds it."""
    lines, last = legend(spec, language), HEADER + len(table.rows)
    for place, line in enumerate(lines, start=last + 2):
        sheet.write_string(place, 0, line, styles.note)
    if not footer(spec, language)[1].intersection(lines):
        sheet.print_area(0, 0, last, len(spec.periods))


def _set_up(sheet: Worksheet, table: Table, labels: tuple[str, ...], language: str) -> None:
    """Widths, the frozen header and stub, and the rows that each printed page repeats."""
    narrow, wide = _STUB_WIDTHS
    longest = max(len(row.label[language]) + (2 if row.bold else 0) for row in table.rows)
    sheet.set_column(0, 0, min(max(longest + 1, narrow), wide))
    written = (
        len(number_writer(language)(v)) for row in table.rows for v in row.figures if isinstance(v, int)
    )
    widest = max((*written, *(len(label) for label in labels)), default=0)
    sheet.set_column(1, len(labels), max(widest + 2, _FIGURE_WIDTH))
    sheet.freeze_panes(HEADER + 1, 1)
    sheet.repeat_rows(HEADER, HEADER + 1)
    sheet.ignore_errors({"number_stored_as_text": f"A{HEADER + 1}:XFD{HEADER + 1}"})
