"""The last sheet: all cells in long form, to filter and to compute with."""

from __future__ import annotations

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from prikk.dissemination._cube import PublishedCube
from prikk.dissemination._paths import CELLS_CSV
from prikk.dissemination._sheets import Paper, Styles, set_up_print
from prikk.dissemination._words import words

MOST_ROWS = 1_048_576
"""The rows of a worksheet, by Excel's specifications and limits."""


def write_cells(sheet: Worksheet, styles: Styles, cube: PublishedCube, language: str) -> None:
    """Write the columns of ``cells.csv`` under a filter; or, where there are too many, say where they are."""
    cells = cube.cells
    if cells.num_rows >= MOST_ROWS:
        sheet.write_string(0, 0, words(language).cells_elsewhere.format(file=CELLS_CSV), styles.note)
        return
    heads = {"value": styles.head_figure, "status": styles.head_sign}
    texts = {"status": styles.sign}
    for column, name in enumerate(cells.column_names):
        values = cells[name].to_pylist()
        sheet.write_string(0, column, name, heads.get(name, styles.head_stub))
        _write_column(sheet, column, values, styles.figure, texts.get(name, styles.note))
        widest = max((len(str(value)) for value in values if value is not None), default=0)
        sheet.set_column(column, column, max(len(name) + 4, widest + 2))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, cells.num_rows, cells.num_columns - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{cells.num_rows + 1}"})  # codes such as 0301
    set_up_print(sheet, cube.spec, language, Paper.UPRIGHT)


def _write_column(
    sheet: Worksheet, column: int, values: list[str | int | None], figure: Format, text: Format
) -> None:
    for place, value in enumerate(values, start=1):
        if isinstance(value, int):
            sheet.write_number(place, column, value, figure)
        elif value:
            sheet.write_string(place, column, value, text)
