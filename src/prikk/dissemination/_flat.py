"""The tables as one flat list of rows: the columns of ``tables.csv`` and ``tables.parquet``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from prikk.dissemination._columns import Column, Printed, column_name, columns_of
from prikk.dissemination._cube import PublishedCube
from prikk.dissemination._layout import Table, lay_out
from prikk.spec import TOTAL, ReleaseSpec

BEFORE = ("table", "family", "row")
AFTER = ("label", "bold")


def level_columns(spec: ReleaseSpec) -> tuple[str, ...]:
    """The levels of all dimensions, in the order of the spec, the uppermost of each first."""
    return tuple(level for dimension in spec.dimensions for level in spec.levels(dimension))


def columns(spec: ReleaseSpec) -> tuple[str, ...]:
    """The names of the columns; the last ones are those of the figures."""
    figures = (column_name(spec, column) for column in figure_columns(spec))
    return (*BEFORE, *level_columns(spec), *AFTER, *figures)


def figure_columns(spec: ReleaseSpec) -> tuple[Column, ...]:
    """The columns of figures that any table has, by period; those of a period in the order in which tables name them."""
    families = range(1, len(spec.tables) + 1)
    found = dict.fromkeys(column for family in families for column in columns_of(spec, family))
    return tuple(sorted(found, key=lambda column: column.period))


def flat_rows(cube: PublishedCube, language: str) -> Iterator[tuple[Printed | None, ...]]:
    """All rows of all tables, one value a column; a hidden figure is its symbol, ``bold`` is 0 or 1.

    A code stands in the column of its level, with those above it in theirs and ``TOTAL`` below. What a table does not print is
    None.
    """
    figures = figure_columns(cube.spec)
    for table in lay_out(cube):
        yield from _rows_of(cube, table, figures, language)


def _rows_of(
    cube: PublishedCube, table: Table, columns: Sequence[Column], language: str
) -> Iterator[tuple[Printed | None, ...]]:
    where = {column: place for place, column in enumerate(table.columns)}
    places = [where.get(column) for column in columns]
    for number, row in enumerate(table.rows, start=1):
        printed = (None if place is None else row.printed[place] for place in places)
        levels = _level_codes(cube, row.coordinates)
        label = row.label[language]
        yield (table.number, table.family, number, *levels, label, int(row.bold), *printed)


def _level_codes(cube: PublishedCube, coordinates: Sequence[str]) -> Iterator[str]:
    for dimension, code in zip(cube.spec.dimensions, coordinates, strict=True):
        path = cube.classifications[dimension].ancestors(code)
        yield from path
        yield from [TOTAL] * (len(cube.spec.levels(dimension)) - len(path))
