"""Cut a sheet into rectangles at its blank rows and columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from prikk.reading._grid import GridCell
from prikk.reading.formats._cells import looks_like_period, looks_like_value, starts_table

Cells = Mapping[int, Mapping[int, GridCell]]
"""Cells by row and column, both counted from 1; merged cells in their first place only, no row blank."""

Columns = Mapping[int, Sequence[str]]
"""The texts of some rows, by column."""

Run = tuple[int, int]
"""The first and the last of neighbouring columns."""

_DEEPEST = 30


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Region:
    """The cells of a rectangle of a sheet; ``band`` is true when nothing stands beside it."""

    cells: Cells
    band: bool
    left: int
    right: int

    @property
    def rows(self) -> list[int]:
        """The numbers of its filled rows."""
        return sorted(self.cells)

    def spans(self, other: Region) -> bool:
        """Whether the columns of another region are among those of this one."""
        return self.left <= other.left and other.right <= self.right


def regions(cells: Cells) -> list[Region]:
    """Cut a sheet until no region has a blank row, or a blank column with a table on either side.

    Rows are cut first. A part to the right of a blank column is a table of its own only when it has both
    labels and figures, and what is left of it has too; otherwise the column is a spacer.
    """
    return list(_cut(cells, band=True, depth=0))


def _cut(cells: Cells, *, band: bool, depth: int) -> Iterator[Region]:
    for group in _row_groups(cells):
        runs = _column_runs(group)
        if len(runs) == 1 or depth > _DEEPEST:
            yield Region(cells=group, band=band, left=runs[0][0], right=runs[-1][1])
            continue
        for part in _parted(group, [low for low, _ in runs]):
            yield from _cut(part, band=False, depth=depth + 1)


def _row_groups(cells: Cells) -> Iterator[Cells]:
    """Runs of filled rows; a merged cell that reaches over a blank row bridges it."""
    group: dict[int, Mapping[int, GridCell]] = {}
    reach = 0
    for r in sorted(cells):
        if group and r > reach + 1:
            yield group
            group = {}
        group[r] = cells[r]
        reach = max(reach, r + max(c.row_span for c in cells[r].values()) - 1)
    if group:
        yield group


def _parted(cells: Cells, starts: Sequence[int]) -> list[Cells]:
    """The cells of each run of columns, by where the runs start."""
    parts: list[dict[int, dict[int, GridCell]]] = [{} for _ in starts]
    for r, row in cells.items():
        for c, cell in row.items():
            parts[bisect_right(starts, c) - 1].setdefault(r, {})[c] = cell
    return [*parts]


def _column_runs(cells: Cells) -> list[tuple[int, int]]:
    """The first and last column of each part; one part when no blank column keeps two tables apart."""
    runs: list[tuple[int, int]] = []
    for c in sorted({c for row in cells.values() for c in row}):
        if runs and c == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], c)
        else:
            runs.append((c, c))
    if len(runs) < 2:
        return runs
    heads, body = _parts(cells)
    joined = [runs[0]]
    for low, high in runs[1:]:
        if _stands_apart(heads, body, joined[-1], (low, high)):
            joined.append((low, high))
        else:
            joined[-1] = (joined[-1][0], high)
    return joined


def _parts(cells: Cells) -> tuple[Columns, Columns]:
    """The texts of each column above the first row with a figure, and those from there on."""
    rows = sorted(cells)
    first = next((i for i, r in enumerate(rows) if any(_is_figure(c) for c in cells[r].values())), 0)
    heads: dict[int, list[str]] = {}
    body: dict[int, list[str]] = {}
    for i, r in enumerate(rows):
        for c, cell in cells[r].items():
            (body if i >= first else heads).setdefault(c, []).append(cell.text)
    return heads, body


def _is_figure(cell: GridCell) -> bool:
    return looks_like_value(cell.text) and not looks_like_period(cell.text)


def _stands_apart(heads: Columns, body: Columns, before: Run, run: Run) -> bool:
    """Whether two parts are both tables. One label will do if they have the same headings."""
    labels = _labels(body, run)
    if (
        not labels
        or not _labels(body, before)
        or not (_has_figures(body, before) and _has_figures(body, run))
    ):
        return False
    names = {text for c in range(run[0], run[1] + 1) for text in heads.get(c, ())}
    known = {text for c in range(before[0], before[1] + 1) for text in heads.get(c, ())}
    return labels > 1 or (len(names) > 1 and len(names & known) * 2 > len(names))


def _labels(body: Columns, run: Run) -> int:
    """How long the longest column of labels is."""
    found = (body.get(c, ()) for c in range(run[0], run[1] + 1))
    return max((len(texts) for texts in found if _values(texts) * 2 < len(texts)), default=0)


def _has_figures(body: Columns, run: Run) -> bool:
    return any(_values(body[c]) * 2 > len(body[c]) for c in range(run[0], run[1] + 1) if c in body)


def _values(texts: Sequence[str]) -> int:
    return sum(looks_like_value(text) for text in texts)


def with_sections(parts: Sequence[Region]) -> list[Region]:
    """Put together again the sections of one table that blank rows keep apart.

    A region without a heading of its own goes on with the table above it in the same columns; a line of
    text between them is the section's label, if the table above has a heading at all.
    """
    groups: list[list[Region]] = []
    for part in parts:
        above = _table_above(groups, part)
        if above is None:
            groups.append([part])
        else:
            groups[above].extend(region for group in groups[above + 1 :] for region in group)
            groups[above].append(part)
            del groups[above + 1 :]
    return [_joined(group) for group in groups]


def _joined(group: Sequence[Region]) -> Region:
    if len(group) == 1:
        return group[0]
    return Region(
        cells={r: row for region in group for r, row in region.cells.items()},
        band=all(region.band for region in group),
        left=min(region.left for region in group),
        right=max(region.right for region in group),
    )


def _table_above(groups: Sequence[Sequence[Region]], part: Region) -> int | None:
    """Which group is the table that a region goes on with; its first region has the heading."""
    first = first_wide_row(part)
    if first is None or _heads(part, first):
        return None
    at = len(groups) - 1
    texts = int(first > min(part.cells))
    while at >= 0 and texts <= 2 and groups[at][0].spans(part) and first_wide_row(groups[at][0]) is None:
        texts += 1
        at -= 1
    if at < 0 or texts > 2 or not groups[at][0].spans(part):
        return None
    head = first_wide_row(groups[at][0])
    if head is None or (texts and not _heads(groups[at][0], head)):
        return None
    return at


def _heads(region: Region, row: int) -> bool:
    return starts_table(list(region.cells[row].values()))


def first_wide_row(region: Region) -> int | None:
    """The first row with more than one cell, or with one that is no title; None when all is running text."""
    for r in region.rows:
        row = region.cells[r]
        if len(row) > 1 or min(row) > region.left:
            return r
    return None
