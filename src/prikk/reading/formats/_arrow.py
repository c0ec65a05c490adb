"""Data frames from Python and Parquet files, both by way of Arrow."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from prikk.reading._grid import Content, Frame, Grid, SourceDocument
from prikk.reading.formats._cells import cell
from prikk.reading.formats._faults import no_table, refused
from prikk.reading.formats._limits import Budget
from prikk.reading.formats._long import looks_long
from prikk.reading.formats._source import Source


def read_frame(frame: Any, budget: Budget) -> SourceDocument:
    """Take whatever Arrow takes: its own tables, pandas' frames, and all with ``__arrow_c_stream__``."""
    try:
        table = frame if isinstance(frame, pa.Table) else pa.table(frame)
    except (TypeError, ValueError, pa.ArrowException):
        fix = "Give a frame of pandas, polars, pyarrow or DuckDB."
        raise refused("no-frame", budget.place, "it is no data frame.", fix) from None
    return _document(table, "frame", budget)


def read_parquet(source: Source, budget: Budget) -> SourceDocument:
    """Read a Parquet file."""
    try:
        file = pq.ParquetFile(io.BytesIO(source.data))
        _weigh(file.metadata, budget)
        return _document(file.read(), "parquet", Budget(budget.limits, source.place))
    except (pa.ArrowException, OSError, ValueError):
        raise refused(
            "file-broken", source.place, "it is not a whole Parquet file.", "Fetch it anew."
        ) from None


def _weigh(metadata: pq.FileMetaData, budget: Budget) -> None:
    """Refuse a file that grows beyond the limits, before it is unpacked."""
    budget.spend(metadata.num_rows * max(1, metadata.num_columns))
    unpacked = sum(metadata.row_group(i).total_byte_size for i in range(metadata.num_row_groups))
    if unpacked > budget.limits.unzipped_bytes:
        fix = "Split it, or raise the limit 'unzipped_bytes'."
        raise refused("unpacked-limit", budget.place, "it is too large when unpacked.", fix)


def _document(table: pa.Table, kind: str, budget: Budget) -> SourceDocument:
    if not table.num_rows or table.num_columns < 2:
        raise no_table(budget.place)
    budget.spend(table.num_rows * table.num_columns)
    names = tuple(_name(name) for name in table.column_names)
    rows = tuple(zip(*(tuple(_texts(column)) for column in table.columns), strict=True))
    content: Content = Frame(place=budget.place, columns=names, rows=rows)
    if not looks_long(names, rows):
        lines = (names, *rows)
        places = tuple(f"row {i}" if i else "column names" for i in range(len(lines)))
        cells = tuple(tuple(map(cell, line)) for line in lines)
        content = Grid(place=budget.place, titles=(), rows=cells, row_places=places)
    return SourceDocument(place=budget.place, kind=kind, contents=(content,))


def _name(name: object) -> str:
    """A column's name; pandas' name of an index without one is no name."""
    text = str(name)
    return "" if text.startswith("__index_level_") else text


def _texts(column: pa.ChunkedArray) -> Iterator[str]:
    """The entries as texts; equal entries are one object."""
    known: dict[Any, str] = {}
    for chunk in column.chunks:
        for entry in chunk.to_pylist():
            try:
                text = known.get(entry)
                if text is None:
                    text = known[entry] = _text(entry)
            except TypeError:  # a list or mapping in a cell
                text = str(entry)
            yield text


def _text(entry: object) -> str:
    if entry is None or entry != entry:  # noqa: PLR0124 - not a number
        return ""
    if isinstance(entry, bool):
        return "true" if entry else "false"
    if isinstance(entry, float):
        return str(int(entry)) if entry.is_integer() and abs(entry) < 1e15 else repr(entry)
    if isinstance(entry, Decimal):
        return format(entry, "f")
    if isinstance(entry, dt.datetime) and entry.time() == dt.time():
        return entry.date().isoformat()
    return str(entry).strip()
