"""Cells of an HTML table: gathered piece by piece, then laid out by their spans."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from prikk.reading._grid import GridCell
from prikk.reading.formats._cells import Row, indentation, looks_like_value, rectangular
from prikk.reading.formats._limits import Budget

_BLANKS = re.compile(r"[ \t\r\n\f]+")
_PADDING = re.compile(
    r"(?:padding-left|text-indent|margin-left|mso-char-indent-count)\s*:\s*(\d{1,3}(?:\.\d{1,3})?)"
)
_FIGURE = re.compile(r"[-+]?\d[\d\s.,]*")
_MOST_ACROSS, _MOST_DOWN = 1_000, 65_534  # HTML Living Standard, 4.9.12


@dataclass(slots=True)
class CellDraft:
    """A cell while its text comes in; ``unseen`` is text that a browser does not show."""

    header: bool
    attributes: Mapping[str, str]
    seen: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    raised: list[str] = field(default_factory=list)
    thin: bool = False

    def add(self, text: str, *, bold: bool, raised: bool, unseen: bool) -> None:
        """Take a piece of text."""
        if unseen:
            self.unseen.append(text)
        elif raised:
            self.raised.append(text)
        else:
            self.seen.append(text)
            self.thin = self.thin or bool(text.strip() and not bold)

    @property
    def text(self) -> str:
        """What is printed: the visible text, else a raised one, else what only screen readers read."""
        return next((t for t in map(tidy, (self.seen, self.raised, self.unseen)) if t.strip()), "")

    @property
    def only_unseen(self) -> bool:
        """Whether there is text, but none that a browser shows."""
        return bool(tidy(self.unseen)) and not tidy([*self.seen, *self.raised]).strip()

    @property
    def hides_figure(self) -> bool:
        """Whether a figure stands behind what is shown: beside it unseen, or in an attribute of data."""
        shown = self.text.strip()
        if not shown or any(c.isdigit() for c in shown):
            return False
        behind = [
            tidy(self.unseen),
            *(v for k, v in self.attributes.items() if k.startswith("data-") or k == "title"),
        ]
        return any(_FIGURE.fullmatch(text.strip()) for text in behind)

    def cell(self, *, heading_row: bool) -> GridCell | None:
        """The finished cell; spans are as the file says, not yet cut to the table."""
        raw = self.text
        down, across = _span(self.attributes, "rowspan"), _span(self.attributes, "colspan")
        text = raw.strip()
        if not text and down == across == 1:
            return None
        style = self.attributes.get("style", "")
        padding = _PADDING.search(style)
        pushed = round(float(padding[1])) if padding and not looks_like_value(text) else 0
        return GridCell(
            text=text,
            bold=bool(tidy(self.seen)) and not self.thin,
            header=self.header or heading_row,
            indent=indentation(raw, text) or pushed,
            row_span=down,
            column_span=across,
        )


@dataclass(slots=True)
class RowDraft:
    """A row of drafts: where it stands in the file, and in which part of the table."""

    line: int
    heading: bool
    cells: list[CellDraft] = field(default_factory=list)


def tidy(pieces: Sequence[str]) -> str:
    """Join pieces of text, each run of blanks as one; unbreakable blanks stay."""
    return _BLANKS.sub(" ", "".join(pieces)).strip(" ")


def _span(attributes: Mapping[str, str], name: str) -> int:
    value = attributes.get(name, "1").strip()
    most = _MOST_DOWN if name == "rowspan" else _MOST_ACROSS
    if not value.isdecimal() or len(value) > 6:
        return 1
    return most if value == "0" and name == "rowspan" else max(1, min(int(value), most))


def lay_out(drafts: Sequence[RowDraft], budget: Budget) -> list[Row]:
    """Put the cells in their places: a cell goes to the next place that no span covers."""
    headings_marked = any(c.header for row in drafts if row.heading for c in row.cells)
    covered: dict[int, int] = {}  # for each column, the first row that a cell above does not reach
    rows: list[dict[int, GridCell | None]] = []
    width = 0
    for i, draft in enumerate(drafts):
        row: dict[int, GridCell | None] = {}
        at = 0
        for piece in draft.cells:
            while covered.get(at, 0) > i:
                at += 1
            cell = piece.cell(heading_row=draft.heading and not headings_marked)
            down = min(cell.row_span if cell else 1, len(drafts) - i)
            across = cell.column_span if cell else 1
            budget.spend(across)
            row[at] = _trimmed(cell, down)
            if down > 1:
                covered.update((at + c, i + down) for c in range(across))
            at += across
        width = max(width, at)
        rows.append(row)
    budget.spend(width * len(rows))
    return list(rectangular([tuple(row.get(c) for c in range(width)) for row in rows]))


def _trimmed(cell: GridCell | None, down: int) -> GridCell | None:
    if cell is None or not cell.text:
        return None
    return cell if cell.row_span == down else replace(cell, row_span=down)
