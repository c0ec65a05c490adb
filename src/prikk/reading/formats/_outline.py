"""Which lines of running text belong to which table: headings above, notes below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from prikk.reading._grid import Grid
from prikk.reading.formats._cells import Row, is_note

_MOST_LINES = 8  # lines of plain text over one table that may be its titles


@dataclass(slots=True)
class _Line:
    text: str
    level: int | None = None
    used: bool = False


class Outline:
    """Collects headings, lines and tables in the order of a document, and gives tables with their texts.

    A table gets the headings that it stands under, outermost first, and the plain lines just above it.
    When tables follow each other under one heading, the lines between two of them take the place of as
    many of the lines above the first: under "January - July / Women" the line "Men" gives "January -
    July / Men", and no line at all gives the same titles (the table goes on).
    """

    def __init__(self) -> None:
        self._path: list[_Line] = []
        self._pending: list[str] = []
        self._after_table = False
        self._fresh = False
        self._grids: list[tuple[Grid, list[str]]] = []
        self._loose: list[str] = []

    def heading(self, level: int, text: str) -> None:
        """Take a heading; 1 is the uppermost. It ends what stands at its level or below."""
        if not text:
            return
        self._settle()
        above = [e.text for e in self._path if e.level is not None and e.level < level]
        if text in above:  # a running title, set at another level on this page
            level = next(e.level for e in self._path if e.text == text and e.level is not None)
        at = next((i for i, e in enumerate(self._path) if e.level is not None and e.level >= level), None)
        if at is not None:
            self._cut(at)
        self._path.append(_Line(text=text, level=level))

    def line(self, text: str) -> None:
        """Take a line of plain text."""
        if not text:
            return
        if not is_note(text):
            self._pending.append(text)
        elif self._after_table:
            self._grids[-1][1].extend([*self._pending, text])
            self._pending.clear()
        else:
            self._loose.append(text)

    def fresh_page(self) -> None:
        """Start a page: its lines replace all plain lines of the page before; if it has none, they stay."""
        self._settle()
        self._fresh = True

    def table(
        self,
        rows: Sequence[Row],
        place: str,
        row_places: Iterable[str] = (),
        captions: Iterable[str] = (),
    ) -> None:
        """Take a table; ``captions`` are its own titles, below those of the text."""
        titles = (*self._titles(), *captions)
        grid = Grid(place=place, titles=titles, rows=tuple(rows), row_places=tuple(row_places))
        self._grids.append((grid, []))

    def extend(self, rows: Sequence[Row], row_places: Iterable[str]) -> None:
        """Let the last table go on, on another page."""
        grid, notes = self._grids[-1]
        longer = replace(grid, rows=(*grid.rows, *rows), row_places=(*grid.row_places, *row_places))
        self._grids[-1] = (longer, notes)
        self._after_table = True

    def finish(self) -> tuple[tuple[Grid, ...], tuple[str, ...]]:
        """Give the tables with their notes, and the text that belongs to none of them."""
        self._settle()
        self._cut(0)
        grids = tuple(replace(grid, notes=(*grid.notes, *notes)) for grid, notes in self._grids)
        return grids, tuple(self._loose)

    def _titles(self) -> list[str]:
        spoken = self._pending[-_MOST_LINES:]
        self._loose.extend(self._pending[:-_MOST_LINES])
        if spoken:
            self._make_room(spoken)
        self._path.extend(_Line(text=text) for text in spoken)
        self._pending.clear()
        self._after_table, self._fresh = True, False
        for entry in self._path:
            entry.used = True
        return [entry.text for entry in self._path]

    def _make_room(self, spoken: Sequence[str]) -> None:
        """Take off the path what these lines replace: all below a line that is said again, or as many."""
        again = next((i for i, e in enumerate(self._path) if e.level is None and e.text == spoken[0]), None)
        if again is not None:
            most = len(self._path) - again
        elif self._after_table or self._fresh:
            plain = next(
                (i for i, e in enumerate(reversed(self._path)) if e.level is not None), len(self._path)
            )
            most = plain if self._fresh else min(plain, len(spoken))
        else:
            return
        self._cut(len(self._path) - most)

    def _cut(self, at: int) -> None:
        self._loose.extend(e.text for e in self._path[at:] if not e.used and e.level is None)
        del self._path[at:]

    def _settle(self) -> None:
        """Decide what the lines are that no table followed: notes of the last one, or text under a heading."""
        if self._after_table:
            self._grids[-1][1].extend(self._pending)
        else:
            self._path.extend(_Line(text=text) for text in self._pending)
        self._pending.clear()
        self._after_table = False
