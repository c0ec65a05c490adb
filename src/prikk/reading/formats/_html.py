"""HTML: every table of data on a page, with the headings above it and the text below."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from prikk.reading._grid import Grid, SourceDocument
from prikk.reading.formats._blocks import SheetNames, add_sheet
from prikk.reading.formats._cells import Row, has_figures
from prikk.reading.formats._decode import Decoded
from prikk.reading.formats._faults import no_table
from prikk.reading.formats._html_cells import CellDraft, RowDraft, lay_out, tidy
from prikk.reading.formats._html_elements import BLOCKS, CLOSES, HEADINGS, SKIPPED, STRUCTURE, VOID
from prikk.reading.formats._html_style import Look, Looks
from prikk.reading.formats._html_tokens import End, Start, Text, tokens
from prikk.reading.formats._limits import Budget
from prikk.reading.formats._outline import Outline
from prikk.reading.formats._regions import Cells

_TITLED = re.compile(r"<h[1-3]\b", re.IGNORECASE)
_DEEPEST = 256


def read_html(decoded: Decoded, budget: Budget) -> SourceDocument:
    """Read the tables of a page: what is visible wins over what only screen readers read."""
    page = _Page(budget, titled=_TITLED.search(decoded.text) is not None)
    for token in tokens(decoded.text):
        budget.check_time()
        page.take(token)
    grids, notes = page.finish()
    if not grids:
        raise no_table(budget.place)
    return SourceDocument(
        place=budget.place,
        kind="html",
        contents=grids,
        assumptions=(*decoded.assumptions, *page.said()),
        notes=notes,
    )


@dataclass(slots=True)
class _Table:
    """A table that is open: its rows so far, and whether it only arranges the page."""

    captions: list[str] = field(default_factory=list)
    rows: list[RowDraft] = field(default_factory=list)
    cell: CellDraft | None = None
    arranges: bool = False


class _Page:
    """Follows the elements of a page; end tags that authors may leave out are supplied."""

    def __init__(self, budget: Budget, *, titled: bool) -> None:
        self._budget = budget
        self._titled = titled
        self._outline = Outline()
        self._looks = Looks()
        self._open: list[tuple[str, Look]] = []
        self._names: Counter[str] = Counter()
        self._line = 1
        self._tables: list[_Table] = []
        self._text: list[str] = []
        self._kept = 0
        self._unseen = 0
        self._behind: list[int] = []

    def take(self, token: Start | End | Text) -> None:
        """Take the next tag or text."""
        if isinstance(token, Text):
            self._take_text(token.text)
        elif isinstance(token, End):
            self._take_end(token.name)
        else:
            self._line = token.line
            self._take_start(token.name, token.attributes)
            if token.closed and token.name not in VOID:
                self._take_end(token.name)

    def _take_start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "br":
            self._break()
        if tag in VOID:
            return
        self._close_before(tag)
        if len(self._open) >= (2 * _DEEPEST if tag in STRUCTURE else _DEEPEST):
            return
        above = self._open[-1][1] if self._open else Look()
        look = self._looks.of(tag, attributes, above, skipped=tag in SKIPPED)
        self._open.append((tag, look))
        self._names[tag] += 1
        if not look.skipped:
            self._enter(tag, attributes)

    def _take_end(self, tag: str) -> None:
        """Close the nearest open element of the name, and all inside it."""
        for i in range(len(self._open) - 1, -1, -1) if self._names[tag] else ():
            if self._open[i][0] == tag:
                self._close_down_to(i)
                return
            if self._open[i][0] == "table":
                return  # an end tag of something outside of the table

    def _take_text(self, data: str) -> None:
        tag, look = self._open[-1] if self._open else ("", Look())
        if look.skipped:
            if tag == "style":
                self._looks.learn(data)
            elif tag == "title" and not self._titled:
                self._text.append(data)
            return
        table = self._tables[-1] if self._tables else None
        if table is not None and table.cell is not None:
            table.cell.add(data, bold=look.bold, raised=look.raised, unseen=look.unseen)
        elif not look.unseen and (table is None or self._within("caption")):
            self._text.append(data)

    def finish(self) -> tuple[tuple[Grid, ...], tuple[str, ...]]:
        """Close what is open; give the grids, and the text that belongs to none."""
        self._close_down_to(0)
        self._flush()
        return self._outline.finish()

    def said(self) -> list[str]:
        """What a person should know of what was hidden."""
        found = []
        if self._unseen:
            found.append(f"{self._unseen} cells show nothing, but hold hidden text, which was read")
        if self._behind:
            lines = ", ".join(map(str, self._behind[:5]))
            count = len(self._behind)
            found.append(
                f"{count} cells hold a figure behind the text that they show (the first on line {lines})"
            )
        return found

    def _close_before(self, tag: str) -> None:
        """Supply the end tags that the start of another element implies."""
        closed, walls = CLOSES.get(tag, ((), ()))
        for i in range(len(self._open) - 1, -1, -1) if any(self._names[name] for name in closed) else ():
            if self._open[i][0] in closed:
                self._close_down_to(i)
                return
            if self._open[i][0] in walls:
                return

    def _close_down_to(self, at: int) -> None:
        while len(self._open) > at:
            tag, look = self._open.pop()
            self._names[tag] -= 1
            if not look.skipped or tag == "title":
                self._leave(tag)

    def _enter(self, tag: str, attributes: dict[str, str]) -> None:
        table = self._tables[-1] if self._tables else None
        if tag == "table":
            self._enter_table()
        elif table is None:
            if tag in BLOCKS or tag in HEADINGS:
                self._flush()
        elif tag == "tr":
            table.rows.append(RowDraft(line=self._line, heading=self._within("thead")))
            table.cell = None
        elif tag in ("td", "th"):
            self._budget.spend(1)
            if not table.rows:
                table.rows.append(RowDraft(line=self._line, heading=False))
            table.cell = CellDraft(header=tag == "th", attributes=attributes)
            table.rows[-1].cells.append(table.cell)

    def _leave(self, tag: str) -> None:
        if tag == "table":
            self._leave_table()
        elif tag in ("td", "th", "tr"):
            if self._tables:
                self._tables[-1].cell = None
        elif tag == "caption":
            self._flush()
        elif tag in HEADINGS or tag == "title":
            self._flush(level=HEADINGS.get(tag, 1))
        elif tag in BLOCKS:
            self._break()

    def _break(self) -> None:
        """End a line: of the running text, or of a caption; in a cell it is a blank."""
        table = self._tables[-1] if self._tables else None
        if table is not None and table.cell is not None:
            table.cell.add(" ", bold=True, raised=False, unseen=False)
        elif self._heading_open():
            self._text.append(" ")
        else:
            self._flush()

    def _heading_open(self) -> bool:
        return any(self._names[tag] for tag in HEADINGS)

    def _within(self, tag: str) -> bool:
        for name, _ in reversed(self._open):
            if name in (tag, "table"):
                return name == tag
        return False

    def _flush(self, level: int = 0) -> None:
        text = tidy(self._text).strip()
        self._text.clear()
        if not text:
            return
        if self._tables:
            self._tables[-1].captions.append(text)
        elif level:
            self._outline.heading(level, text)
        else:
            self._outline.line(text)

    def _enter_table(self) -> None:
        self._flush()
        if self._tables:
            around = self._tables[-1]
            around.arranges = True
            self._say_cells(around)
            around.cell = CellDraft(header=False, attributes={})
            around.rows = [RowDraft(line=self._line, heading=False, cells=[around.cell])]
        self._tables.append(_Table())

    def _leave_table(self) -> None:
        self._flush()
        table = self._tables.pop()
        rows = [] if table.arranges else lay_out(table.rows, self._budget)
        if not has_figures(rows):
            for caption in table.captions:
                self._outline.line(caption)
            self._say_cells(table)
            return
        for row in table.rows:
            self._unseen += sum(cell.only_unseen for cell in row.cells)
            self._behind.extend(row.line for cell in row.cells if cell.hides_figure)
        self._kept += 1
        names = SheetNames(
            place=f"{self._budget.place}, table {self._kept}",
            region=lambda r: f"rows {min(r.cells)} to {max(r.cells)}",
            row=lambda number: f"line {table.rows[number - 1].line}",
            captions=tuple(table.captions),
        )
        add_sheet(self._outline, _numbered(rows), names, self._budget)

    def _say_cells(self, table: _Table) -> None:
        """The texts of a table that is none, as lines of the page."""
        for row in table.rows:
            for text in [cell.text.strip() for cell in row.cells]:
                self._outline.line(text)
        table.rows.clear()
        table.cell = None


def _numbered(rows: Sequence[Row]) -> Cells:
    """The cells that are filled, by row and column."""
    filled = ({c: cell for c, cell in enumerate(row, start=1) if cell is not None} for row in rows)
    return {r: row for r, row in enumerate(filled, start=1) if row}
