"""The first sheet: what the tables are, what is hidden in them, and where each is."""

from __future__ import annotations

from collections.abc import Iterator

from xlsxwriter.worksheet import Worksheet

from prikk.dissemination._layout import Table
from prikk.dissemination._locale import period_range
from prikk.dissemination._notes import legend, rule_text
from prikk.dissemination._sheets import Styles, line_height, set_up_print, sheet_link, sheet_name
from prikk.dissemination._words import words
from prikk.spec import ReleaseSpec

_WIDTHS = (17, 95)


def write_about(
    sheet: Worksheet, styles: Styles, spec: ReleaseSpec, tables: tuple[Table, ...], language: str
) -> None:
    """Write title, texts, and the contents as links to the sheets."""
    say = words(language)
    sheet.set_column(0, 0, _WIDTHS[0])
    sheet.set_column(1, 1, _WIDTHS[1])
    sheet.write_string(0, 0, spec.release.title[language], styles.title)
    sheet.write_string(1, 0, say.about_tables, styles.family)
    sheet.write_string(2, 0, period_range(spec, language), styles.note)
    place = 4
    for term, text in _texts(spec, language):
        sheet.write_string(place, 0, term, styles.term)
        sheet.write_string(place, 1, text, styles.wrapped)
        # A program that opens the file may not fit the row to its wrapped text by itself.
        sheet.set_row(place, line_height(text, _WIDTHS[1]))
        place += 1
    sheet.write_string(place + 1, 0, say.contents, styles.family)
    for line, table in enumerate(tables, start=place + 2):
        name = sheet_name(language, table.number)
        sheet.write_url(line, 0, sheet_link(name), styles.link, string=name)
        sheet.write_string(line, 1, table_name(table, language), styles.wrapped)
    last = place + 2 + len(tables)
    sheet.write_url(last, 0, sheet_link(say.cells), styles.link, string=say.cells)
    sheet.write_string(last, 1, say.cells_file, styles.wrapped)
    set_up_print(sheet, spec, language)


def _texts(spec: ReleaseSpec, language: str) -> Iterator[tuple[str, str]]:
    """The texts with their terms; a term stands only before the first of its lines."""
    say = words(language)
    if spec.release.about:
        yield say.about, spec.release.about[language]
    yield say.rule, rule_text(spec, language)
    first, *others = legend(spec, language)
    yield say.signs, first
    for line in others:
        yield "", line
    if spec.release.source:
        yield say.source, spec.release.source[language]


def table_name(table: Table, language: str) -> str:
    """The title of a table with its heading, on one line."""
    return ": ".join(text[language] for text in (table.title, table.heading) if text)
