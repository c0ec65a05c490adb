"""A sheet of cells (a workbook's, or a delimited file's) to grids with their titles and notes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from prikk.reading._grid import Grid, GridCell
from prikk.reading.formats._cells import Row, looks_like_value
from prikk.reading.formats._limits import Budget
from prikk.reading.formats._outline import Outline
from prikk.reading.formats._regions import Cells, Region, first_wide_row, regions, with_sections


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetNames:
    """How places in a sheet are called: the whole, a region when there are several, and a row.

    ``captions`` are titles of every table in it.
    """

    place: str
    region: Callable[[Region], str]
    row: Callable[[int], str]
    captions: Sequence[str] = ()


def sheet_grids(cells: Cells, names: SheetNames, budget: Budget) -> tuple[tuple[Grid, ...], tuple[str, ...]]:
    """Give the grids of a sheet in reading order, and the text that belongs to none of them."""
    outline = Outline()
    add_sheet(outline, cells, names, budget)
    return outline.finish()


def add_sheet(outline: Outline, cells: Cells, names: SheetNames, budget: Budget) -> None:
    """Add the tables and the text of a sheet to a document."""
    parts = with_sections(regions(cells))
    several = sum(map(_is_table, parts)) > 1
    for part in parts:
        budget.check_time()
        if _is_table(part):
            place = f"{names.place}, {names.region(part)}" if several else names.place
            _put(outline, part, replace(names, place=place), budget)
            continue
        for line in _lines(part, part.rows):
            outline.line(line)


def _is_table(region: Region) -> bool:
    """Whether a region has a figure, or a symbol for one, outside its first wide row and first column."""
    top = first_wide_row(region)
    if top is None:
        return False
    below = (row for r, row in region.cells.items() if r > top)
    return any(c > region.left and looks_like_value(cell.text) for row in below for c, cell in row.items())


def _put(outline: Outline, region: Region, names: SheetNames, budget: Budget) -> None:
    rows = region.rows
    top = first_wide_row(region) or rows[0]
    end = len(rows)
    while end > 1 and set(region.cells[rows[end - 1]]) == {region.left}:  # a lone text at the end is a note
        end -= 1
    kept = [r for r in rows[:end] if r >= top]
    columns = sorted({c for r in kept for c in region.cells[r]})
    budget.spend(len(kept) * len(columns))
    captions = [*names.captions, *_lines(region, [r for r in rows if r < top])]
    outline.table(_extract(region.cells, kept, columns), names.place, map(names.row, kept), captions)
    for line in _lines(region, rows[end:]):
        outline.line(line)


def _lines(region: Region, rows: Sequence[int]) -> list[str]:
    return [" ".join(cell.text for _, cell in sorted(region.cells[r].items())) for r in rows]


def _extract(cells: Cells, rows: Sequence[int], columns: Sequence[int]) -> tuple[Row, ...]:
    """The cells of some rows and columns; spans count what is left."""
    found = []
    for r in rows:
        row = cells[r]
        found.append(tuple(_clipped(row.get(c), (r, c), rows, columns) for c in columns))
    return tuple(found)


def _clipped(
    cell: GridCell | None, at: tuple[int, int], rows: Sequence[int], columns: Sequence[int]
) -> GridCell | None:
    if cell is None or (cell.row_span == 1 and cell.column_span == 1):
        return cell
    down = bisect_left(rows, at[0] + cell.row_span) - bisect_left(rows, at[0])
    across = bisect_left(columns, at[1] + cell.column_span) - bisect_left(columns, at[1])
    return replace(cell, row_span=max(1, down), column_span=max(1, across))
