"""Plain text with tables: tab-separated rows, Markdown tables, headings, dashes for rules."""

from __future__ import annotations

from dataclasses import replace

from prikk.reading._grid import Grid, GridCell, SourceDocument
from prikk.reading.formats._cells import has_figures, rectangular, starts_table
from prikk.reading.formats._decode import Decoded
from prikk.reading.formats._faults import no_table, refused
from prikk.reading.formats._inline import inline_cell, unmarked
from prikk.reading.formats._limits import Budget
from prikk.reading.formats._outline import Outline
from prikk.reading.formats._plain_lines import Kind, TextLine, plain_lines
from prikk.reading.formats._typed import read_typed


def read_plain(decoded: Decoded, budget: Budget) -> SourceDocument:
    """Read the tables of a plain text; one whose columns stand under each other by blanks alone, too."""
    if decoded.text.count("\n") > budget.limits.cells:
        fix = "Split it, or raise the limit 'cells'."
        raise refused("cells-limit", budget.place, "it has more lines than cells are read.", fix)
    lines = plain_lines(decoded.text)
    if not any(line.kind is Kind.ROW for line in lines):
        return read_typed(decoded, budget)
    tables = _Tables(budget)
    for line in lines:
        tables.take(line)
    grids, notes = tables.finish()
    if not grids:
        raise no_table(budget.place)
    return SourceDocument(
        place=budget.place, kind="text", contents=grids, assumptions=decoded.assumptions, notes=notes
    )


class _Tables:
    """Gathers rows to tables while the lines go by."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._outline = Outline()
        self._rows: list[tuple[int, tuple[GridCell | None, ...]]] = []
        self._label: TextLine | None = None
        self._gap = False

    def take(self, line: TextLine) -> None:
        """Take the next line. A blank one ends no table: what follows may be its next section."""
        if line.kind is Kind.ROW:
            self._take_row(line)
        elif line.kind is Kind.RULE:
            self._take_rule(line)
        elif line.kind is Kind.BLANK:
            self._gap = True
            if self._label is not None:
                self._close()
        elif line.kind is Kind.TEXT and self._rows and not self._gap and self._label is None:
            self._label = line  # a section's, if a row follows at once
        else:
            self._close()
            self._say(line)

    def finish(self) -> tuple[tuple[Grid, ...], tuple[str, ...]]:
        """The grids, and the text that belongs to none."""
        self._close()
        return self._outline.finish()

    def _take_row(self, line: TextLine) -> None:
        cells = tuple(inline_cell(field) for field in line.fields)
        self._budget.spend(len(cells))
        if self._rows and self._gap and (len(cells) != len(self._rows[-1][1]) or starts_table(cells)):
            self._close()
        if self._label is not None:
            label = inline_cell(self._label.text)
            self._rows.append((self._label.number, (label, *[None] * (len(cells) - 1))))
            self._label = None
        self._rows.append((line.number, cells))
        self._gap = False

    def _take_rule(self, line: TextLine) -> None:
        """A rule just under the first row makes it a heading; any other one is drawing."""
        if len(self._rows) == 1 and line.fields and not self._gap:
            number, cells = self._rows[0]
            self._rows[0] = (number, tuple(c and replace(c, header=True) for c in cells))
        elif not line.fields and self._rows and self._gap:
            self._close()

    def _say(self, line: TextLine) -> None:
        if line.kind is Kind.HEADING:
            self._outline.heading(line.level, line.text)
        else:
            self._outline.line(unmarked(line.text).strip())

    def _close(self) -> None:
        label, self._label = self._label, None
        if self._rows:
            rows = rectangular([cells for _, cells in self._rows])
            self._budget.spend(len(rows) * len(rows[0]))
            places = [f"line {number}" for number, _ in self._rows]
            if has_figures(rows):
                place = f"{self._budget.place}, line {self._rows[0][0]}"
                self._outline.table(rows, place, places)
            else:
                for row in rows:
                    self._outline.line(" ".join(c.text for c in row if c is not None))
            self._rows = []
        if label is not None:
            self._say(label)
        self._gap = False
