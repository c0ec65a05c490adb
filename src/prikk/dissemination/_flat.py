"""The tables as one flat list of rows: the columns of ``tables.csv`` and ``tables.parquet``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from prikk.dissemination._cube import PublishedCube
from prikk.dissemination._layout import Figure, Table, lay_out
from prikk.spec import TOTAL, ReleaseSpec

BEFORE = ("table", "family", "row")
AFTER = ("label", "bold")


def level_columns(spec: ReleaseSpec) -> tuple[str, ...]:
    """The levels of all dimensions, in the order of the spec, the uppermost of each first."""
    return tuple(level for dimension in spec.dimensions for level in spec.levels(dimension))


def columns(spec: ReleaseSpec) -> tuple[str, ...]:
    """The names of the columns; the last ones are the codes of the periods."""
    return (*BEFORE, *level_columns(spec), *AFTER, *(p.code for p in spec.periods))


def flat_rows(cube: PublishedCube, language: str) -> Iterator[tuple[Figure, ...]]:
    """All rows of all tables, one value a column; a hidden figure is its symbol, ``bold`` is 0 or 1.

    A code stands in the column of its level, with those above it in theirs and ``TOTAL`` below.
    """
    for table in lay_out(cube):
        yield from _rows_of(cube, table, language)


def _rows_of(cube: PublishedCube, table: Table, language: str) -> Iterator[tuple[Figure, ...]]:
    for number, row in enumerate(table.rows, start=1):
        levels = _level_codes(cube, row.coordinates)
        label = row.label[language]
        yield (table.number, table.family, number, *levels, label, int(row.bold), *row.figures)


def _level_codes(cube: PublishedCube, coordinates: Sequence[str]) -> Iterator[str]:
    for dimension, code in zip(cube.spec.dimensions, coordinates, strict=True):
        path = cube.classifications[dimension].ancestors(code)
        yield from path
        yield from [TOTAL] * (len(cube.spec.levels(dimension)) - len(path))
