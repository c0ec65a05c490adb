"""A table as published, ready for a template: head, bodies, and each place with its mark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from prikk.reading import DrawnCell, DrawnTable
from prikk.reporting._verdicts import Mark

DrawnRow = tuple[DrawnCell | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place of a drawn table: what is written there, and how it is tied to derivations.

    ``number`` is that of the cell, where a derivation is about it or reads it; ``anchor`` tells that this is
    the first place of the cell, where links lead.
    """

    text: str = ""
    tag: str = "td"
    scope: str = ""
    bold: bool = False
    stub: bool = False
    lone: bool = False
    row_span: int = 1
    column_span: int = 1
    number: int | None = None
    anchor: bool = False
    mark: Mark | None = None
    link: bool = False
    leak: bool = False

    @property
    def kind(self) -> str:
        """The classes of its style."""
        words = self.tag == "td" and self.number is None and any(c.isalpha() for c in self.text)
        found = {"bold": self.bold, "stub": self.stub, "lone": self.lone, "text": words}
        return " ".join(name for name, has in found.items() if has)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The rows of a table: its head, and its bodies, each after the first begins with a row of headings alone."""

    head: tuple[tuple[Spot, ...], ...]
    bodies: tuple[tuple[tuple[Spot, ...], ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """What a drawn table is told with: marks of hidden cells, and the cells that derivations speak of.

    ``first`` is the first place of each cell as (table, row, column).
    """

    marks: Mapping[int, Mark]
    linked: frozenset[int]
    leaking: frozenset[int]
    spoken_of: frozenset[int]
    first: Mapping[int, tuple[int, int, int]]


def first_places(tables: Sequence[DrawnTable]) -> dict[int, tuple[int, int, int]]:
    """The first place of each drawn cell."""
    first: dict[int, tuple[int, int, int]] = {}
    for t, table in enumerate(tables):
        for r, row in enumerate(table.rows):
            for c, drawn in enumerate(row):
                if drawn is not None and drawn.cell is not None:
                    first.setdefault(drawn.cell, (t, r, c))
    return first


def grid_of(table: DrawnTable, number: int, drawing: Drawing) -> Grid:
    """Lay a drawn table out; ``number`` is its place among the tables."""
    head = _head_rows(table.rows)
    covered = _covered(table.rows)
    rows = [
        _lone(row, scope) or _row(row, scope, (number, r), covered, drawing)
        for r, (row, scope) in enumerate(zip(table.rows, _scopes(table.rows, head), strict=True))
    ]
    return Grid(head=tuple(rows[:head]), bodies=tuple(_bodies(rows[head:], table.rows[head:])))


def _head_rows(rows: tuple[DrawnRow, ...]) -> int:
    """How many rows are the head: those above the figures, but for headings of the first rows of figures."""
    figures = next((r for r, row in enumerate(rows) if not _is_heading(row)), 0)
    wide = [r for r in range(figures) if len(_texts(rows[r])) > 1]
    return wide[-1] + 1 if wide else figures


def _scopes(rows: tuple[DrawnRow, ...], head: int) -> list[str]:
    """What the headings of each row are of; nothing where a row is a title or a note."""
    last = max((r for r, row in enumerate(rows) if not _is_heading(row)), default=-1)
    scopes = []
    for r, row in enumerate(rows):
        lone = len(_texts(row)) < 2
        inside = "row" if not _is_heading(row) else "rowgroup" if lone else "col"
        scopes.append(("" if lone else "col") if r < head else inside if r <= last else "")
    return scopes


def _is_heading(row: DrawnRow) -> bool:
    return all(drawn is None or drawn.cell is None for drawn in row)


def _texts(row: DrawnRow) -> list[DrawnCell]:
    """The places of a row in which something is written."""
    return [drawn for drawn in row if drawn is not None and drawn.text]


def _lone(row: DrawnRow, scope: str) -> tuple[Spot, ...] | None:
    """A row with one text at its start, drawn across the table: a title, a note or the heading of a group."""
    texts = _texts(row)
    if len(row) < 2 or not _is_heading(row) or texts != [row[0]] or texts[0].row_span > 1:
        return None
    first = texts[0]
    heads = bool(scope) and first.header
    spot = Spot(
        text=first.text,
        tag="th" if heads else "td",
        scope=scope if heads else "",
        bold=first.bold,
        lone=True,
        column_span=len(row),
    )
    return (spot,)


def _covered(rows: tuple[DrawnRow, ...]) -> frozenset[tuple[int, int]]:
    """The places that a span from above or from the left covers."""
    return frozenset(
        (r + down, c + right)
        for r, row in enumerate(rows)
        for c, drawn in enumerate(row)
        if drawn is not None
        for down in range(drawn.row_span)
        for right in range(drawn.column_span)
        if down or right
    )


def _bodies(
    rows: list[tuple[Spot, ...]], drawn: tuple[DrawnRow, ...]
) -> Iterator[tuple[tuple[Spot, ...], ...]]:
    starts = [0, *(r for r in range(1, len(rows)) if _is_heading(drawn[r]) and not _is_heading(drawn[r - 1]))]
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        if start < end:
            yield tuple(rows[start:end])


def _row(
    row: DrawnRow, scope: str, at: tuple[int, int], covered: frozenset[tuple[int, int]], drawing: Drawing
) -> tuple[Spot, ...]:
    places = (c for c in range(len(row)) if (at[1], c) not in covered)
    return tuple(_spot(row[c], scope, (*at, c), drawing) for c in places)


def _spot(drawn: DrawnCell | None, scope: str, at: tuple[int, int, int], drawing: Drawing) -> Spot:
    if drawn is None:
        return Spot(stub=at[2] == 0)
    heads = drawn.header and drawn.cell is None and bool(drawn.text and scope)
    tied = drawn.cell is not None and drawn.cell in drawing.spoken_of
    return Spot(
        text=drawn.text,
        tag="th" if heads else "td",
        scope=_wide_scope(scope, drawn) if heads else "",
        bold=drawn.bold,
        stub=at[2] == 0,
        row_span=drawn.row_span,
        column_span=drawn.column_span,
        number=drawn.cell if tied else None,
        anchor=tied and drawing.first[drawn.cell or 0] == at,
        mark=None if drawn.cell is None else drawing.marks.get(drawn.cell),
        link=drawn.cell in drawing.linked,
        leak=drawn.cell in drawing.leaking,
    )


def _wide_scope(scope: str, drawn: DrawnCell) -> str:
    if scope == "col" and drawn.column_span > 1:
        return "colgroup"
    return "rowgroup" if scope == "row" and drawn.row_span > 1 else scope
