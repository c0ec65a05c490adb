"""Labels that run over several lines of a page: told from labels of sections by the distance of lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from prikk.reading._grid import GridCell
from prikk.reading.formats._cells import Row
from prikk.reading.formats._columns import Column
from prikk.reading.formats._words import Line, phrases

_CLOSE = 0.85  # of the usual distance between two rows


def last_wrapped(lines: Sequence[Line], body: Sequence[int], columns: Sequence[Column]) -> int:
    """The last line of a table: its last line of figures, or a line of its label just below that."""
    last = body[-1]
    usual = _usual([lines[i] for i in body], [b - a == 1 for a, b in pairwise(body)])
    while usual and last + 1 < len(lines) and lines[last + 1].base - lines[last].base < _CLOSE * usual:
        found = phrases(lines[last + 1])
        if len(found) > 1 or found[0].right > columns[1].left or found[0].left > columns[0].right:
            break
        last += 1
    return last


def unwrapped(rows: Sequence[Row], lines: Sequence[Line], heads: int) -> tuple[list[int], list[Row]]:
    """Join lines of one label: give which lines begin a row, and the rows.

    A line with a label only that is nearer to one of its neighbours than rows usually are to each other
    belongs to that row's label. Where rows are as near as lines nothing can be told, and nothing is joined.
    """
    full = [i >= heads and not _label_only(row) for i, row in enumerate(rows)]
    usual = _usual(lines, [a and b for a, b in pairwise(full)])
    kept: list[int] = []
    joined: list[Row] = []
    waiting = ""
    for i, row in enumerate(rows):
        side = _side(rows, lines, i, usual) if i >= heads and not full[i] else 0
        if side < 0 and joined and len(kept) > heads and not waiting:
            joined[-1] = _with_label(joined[-1], f"{_label(joined[-1])} {_label(row)}".strip())
        elif side > 0:
            waiting = f"{waiting} {_label(row)}".strip()
        else:
            kept.append(i)
            joined.append(_with_label(row, f"{waiting} {_label(row)}".strip()) if waiting else row)
            waiting = ""
    return kept, joined


def _usual(lines: Sequence[Line], neighbours: Sequence[bool]) -> float:
    """The usual distance of lines that follow each other; 0 where there are none."""
    steps = [b.base - a.base for a, b, near in zip(lines, lines[1:], neighbours, strict=False) if near]
    return median(steps) if steps else 0.0


def _side(rows: Sequence[Row], lines: Sequence[Line], at: int, usual: float) -> int:
    """-1 for a label that belongs to the row above, 1 to the row below, 0 to neither."""
    up = lines[at].base - lines[at - 1].base if at else float("inf")
    down = lines[at + 1].base - lines[at].base if at + 1 < len(lines) else float("inf")
    if min(up, down) >= _CLOSE * usual:
        return 0
    return -1 if up <= down else 1


def _label_only(row: Row) -> bool:
    return row[0] is not None and not any(row[1:])


def _label(row: Row) -> str:
    return row[0].text if row[0] is not None else ""


def _with_label(row: Row, text: str) -> Row:
    first = replace(row[0], text=text) if row[0] is not None else GridCell(text=text)
    return (first, *row[1:])
