"""CSV: UTF-8 without a byte order mark, comma; quotes only where they are needed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from prikk.dissemination._cube import PublishedCube
from prikk.dissemination._flat import columns, flat_rows


def cells_csv(cube: PublishedCube) -> bytes:
    """The cells in long form; of a hidden one the value is empty and the status its symbol."""
    cells = cube.cells
    return _written(cells.column_names, zip(*(c.to_pylist() for c in cells.columns), strict=True), end="\n")


def tables_csv(cube: PublishedCube, language: str) -> bytes:
    """The rows of all tables as they are read, a column for each period; a hidden figure is its symbol.

    Lines end as RFC 4180 has it (CR LF), and as in the list that NAV's tables were given in, so that a
    release can be compared with it byte by byte.
    """
    return _written(columns(cube.spec), flat_rows(cube, language), end="\r\n")


def derived_csv(cube: PublishedCube) -> bytes:
    """What the tables print beside the cells, in long form; where there is no value the status tells why."""
    table = cube.derived
    if table is None:
        return b""
    return _written(table.column_names, zip(*(c.to_pylist() for c in table.columns), strict=True), end="\n")


def _written(header: Iterable[str], rows: Iterable[Iterable[object]], *, end: str) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=end)
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()
