"""The result as a file: whole, or not at all."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pv

from prikk.errors import EnvironmentFault, Finding


def write_csv(table: pa.Table, path: Path) -> None:
    """Write a table as CSV beside its place, then move it there. Raises :class:`EnvironmentFault` when that fails."""
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("wb") as file:
            header = io.StringIO(newline="")
            csv.writer(header, lineterminator="\n").writerow(table.column_names)
            file.write(header.getvalue().encode())
            pv.write_csv(table, file, pv.WriteOptions(include_header=False, quoting_style="needed"))
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        what = f"the table cannot be written: {error.strerror or 'no room or no right to'}."
        fix = "Check that the folder exists, may be written to and has room."
        raise EnvironmentFault(Finding(code="table-write", what=what, where=str(path), fix=fix)) from error
