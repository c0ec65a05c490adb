"""Parquet: figures are whole numbers, and null means hidden; the file says so itself."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.parquet as pq

from prikk.dissemination._columns import Printed, column_name
from prikk.dissemination._cube import PublishedCube
from prikk.dissemination._flat import AFTER, columns, figure_columns, flat_rows, level_columns
from prikk.dissemination._formula import DECIMALS


def cells_parquet(cube: PublishedCube) -> bytes:
    """The cells in long form; of a hidden one the value is null and the status its symbol."""
    names = cube.cells.column_names
    fields = [pa.field(name, pa.int64() if name == "value" else pa.string()) for name in names]
    return _written(cube.cells.cast(_schema(fields, cube, cube.spec.release.languages[0])))


def tables_parquet(cube: PublishedCube, language: str) -> bytes:
    """The rows of all tables with the columns of ``tables.csv``; null is hidden, or not printed in that table."""
    spec = cube.spec
    texts = {*level_columns(spec), AFTER[0]}
    figures = {column_name(spec, c): DECIMALS[c.kind] for c in figure_columns(spec)}
    fields, arrays = [], []
    rows = list(flat_rows(cube, language))
    by_column = zip(*rows, strict=True) if rows else ([] for _ in columns(spec))
    for name, values in zip(columns(spec), by_column, strict=True):
        known: Sequence[object]
        if name in figures:
            kind, known = (pa.float64() if figures[name] else pa.int64()), [_number(v) for v in values]
        else:
            kind, known = (pa.string() if name in texts else pa.int32()), values
        fields.append(pa.field(name, pa.bool_() if name == "bold" else kind, nullable=name in figures))
        arrays.append(pa.array(known, kind).cast(fields[-1].type))
    return _written(pa.Table.from_arrays(arrays, schema=_schema(fields, cube, language)))


def _number(value: Printed | None) -> int | float | None:
    """A figure as a number, null where a sign stands."""
    return (
        None if value is None or isinstance(value, str) else value if isinstance(value, int) else float(value)
    )


def _schema(fields: list[pa.Field], cube: PublishedCube, language: str) -> pa.Schema:
    spec = cube.spec
    facts = {
        "id": spec.release.id,
        "title": spec.release.title[language],
        "language": language,
        "symbol": spec.protection.symbol,
        "null": "hidden",
    }
    return pa.schema(fields, metadata=facts)


def _written(table: pa.Table) -> bytes:
    """One row group in one order of chunks, so that equal tables give equal bytes."""
    sink = pa.BufferOutputStream()
    pq.write_table(table.combine_chunks(), sink, compression="zstd")
    return bytes(sink.getvalue())
