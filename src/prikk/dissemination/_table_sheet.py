"""One table as a sheet, in the layout of the paged publication."""

from __future__ import annotations

import math
from collections.abc import Sequence

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from prikk.dissemination._columns import Column, column_heads, printed_text
from prikk.dissemination._cube import PublishedCube
from prikk.dissemination._formula import DECIMALS
from prikk.dissemination._layout import Row, Table
from prikk.dissemination._locale import period_range
from prikk.dissemination._notes import table_legend
from prikk.dissemination._sheets import Styles, footer, line_height, set_up_print, sheet_link
from prikk.dissemination._words import words
from prikk.dissemination.report import Remark, marks, period_status, remarks_of
from prikk.spec import ReleaseSpec

TITLE, FAMILY, RANGE, HEADING, BACK, HEADER = range(6)
"""The lines above the figures, counted from 0; the total follows the header."""

_STUB_WIDTHS = (18, 62)
_FIGURE_WIDTH = 9
_SIGNED = ("change", "change_year")
_PAGE = 200  # characters across a printed page that can still be read


def write_table(sheet: Worksheet, styles: Styles, cube: PublishedCube, table: Table, language: str) -> None:
    """Write a table: titles, header, a row for each of its rows, and the notes and the legend below."""
    spec, remarks = cube.spec, remarks_of(cube, table, language)
    heads = _heads(spec, table, remarks, language)
    _write_titles(sheet, styles, spec, table, language)
    stub = spec.dimensions[table.stub].label.get(language)
    if stub:
        sheet.write_string(HEADER, 0, stub, styles.head_stub)
    else:
        sheet.write_blank(HEADER, 0, None, styles.head_stub)
    for column, head in enumerate(heads, start=1):
        sheet.write_string(HEADER, column, head, styles.head_figure)
    for place, row in enumerate(table.rows):
        label = _marked(row.label[language], marks(remarks, row=place))
        _write_row(sheet, styles, HEADER + 1 + place, row, table.columns, label)
    _write_below(sheet, styles, spec, table, (remarks, language))
    pages = _set_up(sheet, table, heads, language)
    set_up_print(sheet, spec, language, pages=pages)


def _heads(spec: ReleaseSpec, table: Table, remarks: Sequence[Remark], language: str) -> list[str]:
    """A head for each column: its label with its marks, and below it whether its figures are final."""
    labels = zip(column_heads(spec, table.family, language), table.columns, strict=True)
    return [
        "\n".join(
            filter(
                None,
                (
                    _marked(label, marks(remarks, period=column.period)),
                    period_status(spec, spec.periods[column.period].code, language),
                ),
            )
        )
        for label, column in labels
    ]


def _marked(text: str, found: str) -> str:
    """A text with its marks, which stay on its last line."""
    return f"{text}\u00a0{found}" if found else text


def _write_titles(sheet: Worksheet, styles: Styles, spec: ReleaseSpec, table: Table, language: str) -> None:
    say = words(language)
    sheet.write_string(TITLE, 0, spec.release.title[language], styles.title)
    sheet.write_string(FAMILY, 0, table.title[language], styles.family)
    sheet.write_string(RANGE, 0, period_range(spec, language), styles.note)
    if table.heading:
        sheet.write_string(HEADING, 0, table.heading[language], styles.term)
    sheet.write_url(BACK, 0, sheet_link(say.about_tables), styles.link, string=say.contents)


def _write_row(
    sheet: Worksheet, styles: Styles, place: int, row: Row, columns: Sequence[Column], label: str
) -> None:
    stub, own = _row_styles(styles)[row.kind]
    sheet.write_string(place, 0, label, stub)
    if len(label) > _STUB_WIDTHS[1]:
        sheet.set_row(place, line_height(label, _STUB_WIDTHS[1]))
    for number, (column, value) in enumerate(zip(columns, row.printed, strict=True), start=1):
        style = own["tenths" if DECIMALS[column.kind] else "change" if column.kind in _SIGNED else "figure"]
        if isinstance(value, str):
            sheet.write_string(place, number, value, style)
        else:
            sheet.write_number(place, number, value, style)


def _row_styles(styles: Styles) -> dict[str, tuple[Format, dict[str, Format]]]:
    """The style of the label and those of the figures, by the kind of the row."""
    kinds = ("figure", "change", "tenths")
    prefixes = {"total": "total_", "subtotal": "subtotal_", "item": ""}
    return {
        row: (getattr(styles, f"{prefix}stub"), {kind: getattr(styles, prefix + kind) for kind in kinds})
        for row, prefix in prefixes.items()
    }


def _write_below(
    sheet: Worksheet,
    styles: Styles,
    spec: ReleaseSpec,
    table: Table,
    said: tuple[Sequence[Remark], str],
) -> None:
    """Write notes and legend below the table; the legend is not printed there when the footer of each page holds it."""
    remarks, language = said
    last = HEADER + len(table.rows)
    notes = [f"{remark.mark} {remark.text}".strip() for remark in remarks]
    lines = table_legend(spec, table.family, language)
    start = last + 2 + (len(notes) + 1 if notes else 0)
    for place, line in enumerate(notes, start=last + 2):
        sheet.write_string(place, 0, line, styles.note)
    for place, line in enumerate(lines, start=start):
        sheet.write_string(place, 0, line, styles.note)
    if not footer(spec, language)[1].intersection(lines):
        sheet.print_area(0, 0, last + (len(notes) + 1 if notes else 0), len(table.columns))


def _set_up(sheet: Worksheet, table: Table, heads: Sequence[str], language: str) -> int:
    """Widths, the frozen header and stub, and what each printed page repeats; gives how many pages it is wide."""
    narrow, wide = _STUB_WIDTHS
    longest = max(len(row.label[language]) + (6 if row.bold else 4) for row in table.rows)
    stub = min(max(longest, narrow), wide)
    sheet.set_column(0, 0, stub)
    written = (len(printed_text(v, language)) for row in table.rows for v in row.printed)
    words_in_heads = (len(word) for head in heads for word in head.split())
    figure = max(max((*written, *words_in_heads), default=0) + 2, _FIGURE_WIDTH)
    sheet.set_column(1, len(heads), figure)
    sheet.set_row(HEADER, max(line_height(head, figure) for head in heads))
    sheet.freeze_panes(HEADER + 1, 1)
    sheet.repeat_rows(HEADER, HEADER + 1)
    sheet.repeat_columns(0)
    sheet.ignore_errors({"number_stored_as_text": f"A{HEADER + 1}:XFD{HEADER + 1}"})
    return math.ceil(len(heads) * figure / (_PAGE - stub))
