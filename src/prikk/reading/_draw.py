"""Every table as published, with the number of the cell behind each figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from prikk.reading._grid import Dataset, Frame, Grid
from prikk.reading._model import DrawnCell, DrawnTable
from prikk.reading._piece import Ints, Piece
from prikk.reading._tokens import Kind, kind_of

Drawn = tuple[DrawnCell | None, ...]


def draw_tables(
    pieces: Sequence[Piece], cell_of: Sequence[Ints], names: Sequence[str], hidden: str
) -> tuple[DrawnTable, ...]:
    """Draw the source of every piece, each source once; ``hidden`` stands for a publisher's own hidden figures."""
    drawn: list[DrawnTable] = []
    done: dict[int, list[int]] = {}
    for p, piece in enumerate(pieces):
        if piece.block is not None:
            done.setdefault(id(piece.block.source), []).append(p)
    for own in done.values():
        first = pieces[own[0]]
        source = first.block.source if first.block is not None else None
        numbers = _numbers([pieces[p] for p in own], [cell_of[p] for p in own])
        if isinstance(source, Grid):
            rows = _grid_rows(source, numbers)
        elif isinstance(source, Frame):
            rows = _frame_rows(source, numbers, first, hidden)
        elif isinstance(source, Dataset):
            rows = _dataset_rows(source, first, cell_of[own[0]])
        else:
            continue
        drawn.append(DrawnTable(name=names[own[0]], source=first.place, rows=rows))
    return tuple(drawn)


def _numbers(pieces: Sequence[Piece], cells: Sequence[Ints]) -> dict[tuple[int, int], tuple[int, bool]]:
    """The cell at each place of a source, and whether a publisher's own file hides it."""
    found: dict[tuple[int, int], tuple[int, bool]] = {}
    for piece, own in zip(pieces, cells, strict=True):
        for i in np.flatnonzero(own >= 0).tolist():
            at = (piece.grid_row[int(piece.row[i])], piece.grid_column[int(piece.column[i])])
            found[at] = (int(own[i]), bool(piece.hidden and piece.hidden[i]))
    return found


def _grid_rows(grid: Grid, numbers: Mapping[tuple[int, int], tuple[int, bool]]) -> tuple[Drawn, ...]:
    top = min((r for r, _ in numbers), default=0)
    rows = []
    for r, row in enumerate(grid.rows):
        drawn: list[DrawnCell | None] = []
        for c, cell in enumerate(row):
            if cell is None:
                drawn.append(None)
                continue
            number = numbers.get((r, c))
            label = number is None and kind_of(cell.text) == Kind.TEXT and (c == 0 or r < top)
            drawn.append(
                DrawnCell(
                    text=cell.text,
                    cell=None if number is None else number[0],
                    header=cell.header or r < top or label,
                    bold=cell.bold,
                    row_span=cell.row_span,
                    column_span=cell.column_span,
                )
            )
        rows.append(tuple(drawn))
    return tuple(rows)


def _frame_rows(
    frame: Frame, numbers: Mapping[tuple[int, int], tuple[int, bool]], piece: Piece, hidden: str
) -> tuple[Drawn, ...]:
    """A long table; a figure that its publisher hides is drawn as it will be printed."""
    known: dict[str, DrawnCell] = {}
    columns = set(piece.grid_column)
    labels = {c for c in range(len(frame.columns)) if c not in columns}
    flags = bool(piece.hidden)
    block = piece.block
    names = {column.name for column in block.labels} if block is not None else set()
    kept = [c for c in range(len(frame.columns)) if c in columns or not flags or frame.columns[c] in names]
    rows: list[Drawn] = [tuple(DrawnCell(text=frame.columns[c], header=True) for c in kept)]
    for r, row in enumerate(frame.rows):
        drawn: list[DrawnCell | None] = []
        for c in kept:
            if c in labels:
                label = known.get(row[c])
                if label is None:
                    label = known[row[c]] = DrawnCell(text=row[c], header=True)
                drawn.append(label)
                continue
            number = numbers.get((r, c))
            text = hidden if number is not None and number[1] else row[c]
            drawn.append(DrawnCell(text=text, cell=None if number is None else number[0]))
        rows.append(tuple(drawn))
    return tuple(rows)


def _dataset_rows(dataset: Dataset, piece: Piece, cells: Ints) -> tuple[Drawn, ...]:
    """A dataset as a stub of all dimensions, with a column for each quantity."""
    block = piece.block
    if block is None:
        return ()
    wide = len(block.figures)
    heads = [*(c.name for c in block.labels), *(c.heads[0] or dataset.title for c in block.figures)]
    rows: list[Drawn] = [tuple(DrawnCell(text=h, header=True) for h in heads)]
    words = [
        {} if c.dimension is None else dict(zip(c.dimension.codes, c.dimension.labels, strict=True))
        for c in block.labels
    ]
    place = {int(column): k for k, column in enumerate(piece.grid_column)}
    for r in range(len(block.rows)):
        labels = [
            DrawnCell(text=words[k].get(c.texts[r], c.texts[r]), header=True)
            for k, c in enumerate(block.labels)
        ]
        figures = []
        for k in range(wide):
            at = place.get(k)
            number = int(cells[r * len(place) + at]) if at is not None else -1
            figures.append(DrawnCell(text=block.figures[k].texts[r], cell=number if number >= 0 else None))
        rows.append((*labels, *figures))
    return tuple(rows)
