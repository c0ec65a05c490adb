"""A table over pages of paper: where it breaks, and what each next page repeats."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from prikk.dissemination._layout import Row, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The rows of one page of a table; ``number`` counts its pages from 1, of ``count``.

    From the second page on, the first row is the table's total, repeated.
    """

    number: int
    count: int
    rows: tuple[Row, ...]


def paginate(table: Table, rows_per_page: int) -> tuple[Page, ...]:
    """Break a table into pages of at most ``rows_per_page`` rows, of which one is its total.

    A page does not begin with a subtotal, cut off from its parts: its last part comes along, unless
    the page before would then be left with the total alone.

    Raises:
        ValueError: There is no room for a row beside the total.
    """
    if rows_per_page < 2:
        raise ValueError("a page needs room for the total and one more row")
    total, rows = table.rows[:1], table.rows[1:]
    breaks = _breaks(rows, rows_per_page - 1)
    parts = [rows[start:end] for start, end in itertools.pairwise(breaks)]
    return tuple(
        Page(number=number, count=len(parts), rows=total + part) for number, part in enumerate(parts, start=1)
    )


def _breaks(rows: tuple[Row, ...], room: int) -> list[int]:
    """Where pages begin, and the end; always at least one page."""
    breaks = [0]
    while breaks[-1] + room < len(rows):
        breaks.append(_before_subtotal(rows, breaks[-1], breaks[-1] + room))
    return [*breaks, len(rows)]


def _before_subtotal(rows: tuple[Row, ...], start: int, wanted: int) -> int:
    place = wanted
    while rows[place].kind == "subtotal" and place > start:
        place -= 1
    return place if place > start else wanted
