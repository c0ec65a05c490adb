"""Leaks as a page tells them: each with its place, its mark and its derivation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from prikk.auditing import HiddenCell, Verdict
from prikk.reading import DrawnTable
from prikk.reporting._drawn import Drawing, Grid, first_places, grid_of
from prikk.reporting._explain import Explanation, Line, explain
from prikk.reporting._facts import in_print_order
from prikk.reporting._naming import Teller, label_list, one_line, places_of
from prikk.reporting._verdicts import Mark, mark_of

_SHORT_SUM = 4
"""Terms, the total among them, that are read easily on one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One cell that is not safe.

    ``lines`` are those of its explanation; a long sum has its terms in parts of their own. ``uses`` are the cells
    of its derivation, ``12:+ 15:−``.
    """

    number: int
    name: str
    labels: tuple[str, ...]
    mark: Mark
    leak: bool
    lines: tuple[tuple[Line, ...], ...]
    closing: tuple[str, ...]
    cells: frozenset[int]
    uses: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One drawn table, the cells that are told below it, and how many leaks it shows."""

    name: str
    source: str
    grid: Grid
    items: tuple[Item, ...]
    leaks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the page tells: drawn tables with their cells, and leaks that no drawn table has, cut at a number."""

    sheets: tuple[Sheet, ...]
    listed: tuple[Item, ...]
    unlisted: int
    drawn: frozenset[int]
    leaks: int


def told(tables: Sequence[DrawnTable], most_listed: int, tell: Teller) -> Told:
    """Lay out the tables and tell every cell that is not safe, once, below the first table that has it."""
    facts = tell.facts
    first = first_places(tables)
    leaking = frozenset(cell.cell for cell in facts.leaks)
    unsafe = [c for c in facts.audit.hidden if c.verdict is not None and c.verdict != Verdict.SAFE]
    inside = [_item(c, tell, leaking) for c in unsafe if c.cell in first]
    outside = [c for c in in_print_order(unsafe, facts.reading) if c.cell in leaking and c.cell not in first]
    listed = [_item(c, tell, leaking) for c in outside[:most_listed]]
    drawing = Drawing(
        marks={c.cell: mark_of(c, tell) for c in facts.audit.hidden},
        linked=frozenset(item.number for item in inside),
        leaking=leaking,
        spoken_of=_spoken_of([*inside, *listed]),
        first=first,
    )
    return Told(
        sheets=tuple(_sheets(tables, drawing, inside, tell)),
        listed=tuple(listed),
        unlisted=len(outside) - len(listed),
        drawn=drawing.spoken_of & first.keys(),
        leaks=len(leaking & first.keys()) + len(listed),
    )


def _sheets(
    tables: Sequence[DrawnTable], drawing: Drawing, items: Iterable[Item], tell: Teller
) -> Iterator[Sheet]:
    by_table: dict[int, list[Item]] = {}
    for item in sorted(items, key=lambda item: drawing.first[item.number]):
        by_table.setdefault(drawing.first[item.number][0], []).append(item)
    for number, table in enumerate(tables):
        cells = {p.cell for row in table.rows for p in row if p is not None and p.cell is not None}
        yield Sheet(
            name=one_line(table.name) or f"{tell.say.table} {number + 1}",
            source=one_line(table.source),
            grid=grid_of(table, number, drawing),
            items=tuple(by_table.get(number, ())),
            leaks=len(cells & drawing.leaking),
        )


def _item(cell: HiddenCell, tell: Teller, leaking: frozenset[int]) -> Item:
    places = places_of(tell.facts.reading, cell.cell)
    labels = tuple(one_line(label) for label in label_list(cell.cell, tell.facts.reading))
    parts = (places[0].row, places[0].column) if places else labels
    explanation = explain(cell, tell) or Explanation()
    return Item(
        number=cell.cell,
        name=one_line(", ".join(filter(None, parts))) or ", ".join(labels),
        labels=labels,
        mark=mark_of(cell, tell),
        leak=cell.cell in leaking,
        lines=tuple(_parts(line) for line in explanation.lines),
        closing=(*explanation.closing, *((tell.say.unavoidable_help,) if cell.unavoidable else ())),
        cells=frozenset({cell.cell, *(number for number, _ in explanation.uses)}),
        uses=" ".join(f"{number}:{mark}" for number, mark in explanation.uses),
    )


def _parts(line: Line) -> tuple[Line, ...]:
    """A line as one part, or, where its sum is long, a part for each term."""
    starts = [i for i, piece in enumerate(line) if piece.term]
    if len(starts) <= _SHORT_SUM:
        return (line,)
    return tuple(line[start:end] for start, end in pairwise([0, *starts, len(line)]) if start < end)


def _spoken_of(items: Iterable[Item]) -> frozenset[int]:
    """The cells that are told, and those that their derivations read."""
    return frozenset(number for item in items for number in item.cells)
