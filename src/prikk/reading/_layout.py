"""A grid of printed cells to blocks: where the heading ends, and which columns are the stub."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from prikk.reading._block import Block, FigureColumn, LabelColumn
from prikk.reading._columns import Column, label_columns
from prikk.reading._frames import list_block, names_status
from prikk.reading._grid import Grid, GridCell
from prikk.reading._periods import moment
from prikk.reading._text import key, plain
from prikk.reading._tokens import Kind, is_rule, kind_of

Row = tuple[GridCell | None, ...]


@dataclass(frozen=True, slots=True)
class _Lines:
    """Rows of a grid with their numbers: every span filled, drawn lines left out."""

    rows: list[Row]
    numbers: list[int]

    def part(self, start: int, end: int) -> _Lines:
        return _Lines(self.rows[start:end], self.numbers[start:end])


def blocks_of(grid: Grid, document: int) -> Iterator[Block]:
    """Give the blocks of a grid: one, unless a second heading starts below or beside the first."""
    lines = _lines(grid)
    for start, end in _stacked(lines):
        part = lines.part(start, end)
        head = _heading_rows(part.rows)
        for columns in _beside(part.rows, head):
            block = _block(grid, document, part, head, columns)
            if block is not None:
                yield block


def _lines(grid: Grid) -> _Lines:
    filled = _spread(grid.rows)
    kept = [i for i, row in enumerate(filled) if any(row) and not is_rule([c.text if c else "" for c in row])]
    return _Lines([filled[i] for i in kept], kept)


def _spread(rows: Sequence[Row]) -> list[Row]:
    """Write a merged cell into every place it covers, but a lone one that spans a whole row."""
    spread = [list(row) for row in rows]
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell is None or (cell.row_span == 1 and cell.column_span == 1):
                continue
            lone = c == 0 and cell.column_span >= len(row) and len(row) > 2
            width = 1 if lone else cell.column_span
            for down in range(r, min(r + cell.row_span, len(rows))):
                for across in range(c, min(c + width, len(row))):
                    if spread[down][across] is None:
                        spread[down][across] = cell
    return [tuple(row) for row in spread]


def _texts(row: Row) -> list[str]:
    return ["" if c is None else c.text for c in row]


def _kind(cell: GridCell | None) -> Kind:
    if cell is None:
        return Kind.EMPTY
    return Kind.NUMBER if cell.number is not None else kind_of(cell.text)


def _has_figures(row: Row) -> bool:
    """Whether there is a figure, or what stands for one, to the right of the first filled place.

    A letter may stand for a figure, but also head a column.
    """
    kinds = [Kind.TEXT if c is not None and c.text.isalpha() else _kind(c) for c in row]
    first = next((i for i, k in enumerate(kinds) if k != Kind.EMPTY), 0)
    start = 0 if kinds[first] == Kind.NUMBER and first > 0 else first
    beyond = any(k in (Kind.NUMBER, Kind.MARK) for k in kinds[start + 1 :])
    return beyond or (first > 0 and kinds[first] in (Kind.NUMBER, Kind.MARK))


def _is_heading(row: Row, below: Sequence[Row]) -> bool:
    """Whether a row without words for figures is part of the heading: no figures, or years alone."""
    if not _has_figures(row):
        return True
    figures = [c for c in row[1:] if _kind(c) in (Kind.NUMBER, Kind.MARK)]
    periods = all(c is not None and moment(c.text) is not None for c in figures)
    marked = all(c is None or c.header for c in row)
    if not periods or not any(_has_figures(r) for r in below):
        return False
    return marked or _kind(row[0]) == Kind.EMPTY or not any(_same_years(row, r) for r in below)


def _same_years(row: Row, other: Row) -> bool:
    """Whether another row has nothing but years either: then they are figures that look like years."""
    figures = [c for c in other[1:] if _kind(c) == Kind.NUMBER]
    return bool(figures) and all(c is not None and moment(c.text) is not None for c in figures)


def _heading_rows(rows: Sequence[Row]) -> int:
    for i, row in enumerate(rows):
        if not _is_heading(row, rows[i + 1 :]):
            return i
    return len(rows)


def _stacked(lines: _Lines) -> Iterator[tuple[int, int]]:
    """Cut where a heading stands below figures: several words beside each other, and figures again below."""
    start, seen = 0, False
    i = _heading_rows(lines.rows)
    repeated = _texts(lines.rows[i - 1]) if i else []
    while i < len(lines.rows):
        row = lines.rows[i]
        head = _heading_rows(lines.rows[i:]) if seen and not _has_figures(row) else 0
        wide = max((sum(_kind(c) == Kind.TEXT for c in r[1:]) for r in lines.rows[i : i + head]), default=0)
        again = bool(repeated) and _texts(row) == repeated
        if head and (wide > 1 or again) and i + head < len(lines.rows):
            yield start, i
            start, seen = i, False
            i += head
            continue
        seen = seen or _has_figures(row)
        i += 1
    yield start, len(lines.rows)


def _beside(rows: Sequence[Row], head: int) -> list[tuple[int, int]]:
    """The runs of columns that are tables of their own: the stub's heading is repeated, and stub-like below."""
    width = len(rows[0]) if rows else 0
    last = [key(t) for t in _texts(rows[head - 1])] if head else [""] * width
    starts = [0]
    for c in range(2, width):
        same = last[c] != "" and last[c] == last[0] and last[c - 1] != last[c]
        words = sum(_kind(r[c]) == Kind.TEXT for r in rows[head:]) * 2 > len(rows) - head
        if same and words:
            starts.append(c)
    return list(zip(starts, [*starts[1:], width], strict=True))


def _block(grid: Grid, document: int, lines: _Lines, head: int, span: tuple[int, int]) -> Block | None:
    rows = [row[span[0] : span[1]] for row in lines.rows]
    body = [(r, n) for r, n in zip(rows[head:], lines.numbers[head:], strict=True) if any(r)]
    if not body or not rows[0]:
        return None
    columns = [_column(rows, head, [r for r, _ in body], c) for c in range(len(rows[0]))]
    if head == 1 and span == (0, len(lines.rows[0])) and _is_list(rows[0], columns):
        return _list(grid, document, body, columns)
    used = [c for c, column in enumerate(columns) if column.kinds[Kind.EMPTY] < len(body)]
    labels = label_columns([columns[c] for c in used], drawn=True)
    stub = [c for c, x in zip(used, labels, strict=True) if x]
    figures = [c for c, x in zip(used, labels, strict=True) if not x]
    if not figures or not stub:
        return None
    lone = [r for r in rows[:head] if sum(c is not None for c in r) == 1 and r[0] is not None]
    heads = [r for r in rows[:head] if r not in lone]
    return Block(
        document=document,
        place=grid.place,
        titles=(*grid.titles, *(r[0].text for r in lone if r[0] is not None)),
        notes=grid.notes,
        labels=tuple(_label_column(heads, [r for r, _ in body], c) for c in stub),
        figures=tuple(_figure_column(heads, [r for r, _ in body], c, span[0], stub) for c in figures),
        rows=tuple(n for _, n in body),
        row_places=tuple(grid.row_places[n] for _, n in body) if grid.row_places else (),
        corners=_corners(heads, stub, figures),
        source=grid,
    )


def _is_list(heading: Row, columns: Sequence[Column]) -> bool:
    """Whether it is a list with a row a cell: every column named, and in several of them labels on every row."""
    named = sum(c is not None for c in heading) >= len(columns) - 1
    plain = all(c is None or c.column_span == 1 for c in heading)
    full = [c for c in columns if c.words and not c.kinds[Kind.EMPTY]]
    sparse = any(c.words and c.kinds[Kind.EMPTY] and not c.kinds[Kind.MARK] for c in columns)
    repeated = [c for c in full if len(c.distinct) < len(c.texts)]
    flagged = any(names_status(c.head) for c in columns)
    return named and plain and (flagged or (len(full) > 1 and bool(repeated) and not sparse))


def _list(
    grid: Grid, document: int, body: Sequence[tuple[Row, int]], columns: Sequence[Column]
) -> Block | None:
    empty = Block(
        document=document,
        place=grid.place,
        titles=grid.titles,
        notes=grid.notes,
        labels=(),
        figures=(),
        rows=tuple(n for _, n in body),
        row_places=tuple(grid.row_places[n] for _, n in body) if grid.row_places else (),
        source=grid,
        drawn=False,
    )
    numbers = [tuple(None if r[c] is None else r[c].number for r, _ in body) for c in range(len(columns))]  # type: ignore[union-attr]
    return list_block(empty, columns, numbers)


def _column(rows: Sequence[Row], head: int, body: Sequence[Row], c: int) -> Column:
    above = [r[c].text for r in rows[:head] if r[c] is not None]  # type: ignore[union-attr]
    texts = tuple("" if r[c] is None else plain(r[c].text) for r in body)  # type: ignore[union-attr]
    return Column(head=plain(above[-1]) if above else "", texts=texts)


def _label_column(heads: Sequence[Row], body: Sequence[Row], c: int) -> LabelColumn:
    cells = [r[c] for r in body]
    name = next((r[c].text for r in reversed(heads) if r[c] is not None), "")  # type: ignore[union-attr]
    return LabelColumn(
        name=plain(name),
        texts=tuple("" if x is None else plain(x.text) for x in cells),
        bold=tuple(x is not None and x.bold for x in cells),
        indents=tuple(0 if x is None else x.indent for x in cells),
    )


def _figure_column(
    heads: Sequence[Row], body: Sequence[Row], c: int, offset: int, stub: Sequence[int]
) -> FigureColumn:
    cells = [r[c] for r in body]
    numbers: tuple[Decimal | None, ...] = tuple(None if x is None else x.number for x in cells)
    return FigureColumn(
        heads=tuple(_head_text(r, c, stub) for r in heads),
        column=c + offset,
        texts=tuple("" if x is None else x.text.strip() for x in cells),
        numbers=numbers if any(n is not None for n in numbers) else (),
    )


def _head_text(row: Row, c: int, stub: Sequence[int]) -> str:
    """The heading of a column on one level; not the text of the stub's own heading, spread over it."""
    cell = row[c]
    if cell is None or any(row[s] is cell for s in stub if s < c):
        return ""
    return plain(cell.text)


def _corners(heads: Sequence[Row], stub: Sequence[int], figures: Sequence[int]) -> tuple[str, ...]:
    """What each row of the heading says above the stub, but the stub's own name."""
    texts = [_corner(r, stub, figures) for r in heads]
    own = next((t for t in reversed(texts) if t), "")
    return tuple("" if t == own else t for t in texts)


def _corner(row: Row, stub: Sequence[int], figures: Sequence[int]) -> str:
    """What a row of the heading says above the stub: the name of the level, if no column is so called."""
    cells = [row[s] for s in stub if s < figures[0] and row[s] is not None]
    return plain(cells[-1].text) if cells and cells[-1] is not None else ""
