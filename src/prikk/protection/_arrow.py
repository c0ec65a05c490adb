"""Files and frames as Arrow tables; a CSV file has text in every column."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable
from os import PathLike
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pv

from prikk.errors import Finding
from prikk.protection._findings import listed

_SEPARATORS = ",;\t|"


class Opened(NamedTuple):
    """A table, where it comes from, what its rows are called there, and the number of the first."""

    table: pa.Table
    place: str
    word: str
    first: int


def opened(source: Any, place: str, findings: list[Finding]) -> Opened | None:
    """Open a path or a frame; None, with the findings, when it cannot be read."""
    if isinstance(source, str | PathLike):
        return _file(Path(source), findings)
    try:
        table = source if isinstance(source, pa.Table) else pa.table(source)
    except (TypeError, ValueError, pa.ArrowException):
        fix = "Give a path, or a frame of pandas, polars or pyarrow."
        findings.append(Finding(code="no-frame", what="it is no data frame.", where=place, fix=fix))
        return None
    return Opened(table, place, "row", 1)


def texts(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column as text without blanks around it; what is missing is empty."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    return pc.utf8_trim_whitespace(pc.fill_null(column.cast(pa.string()), ""))


def like(frame: Any, table: pa.Table) -> Any:
    """An Arrow table in the kind of another frame: pandas, polars, or left as it is."""
    kind = type(frame).__module__.partition(".")[0]
    if kind == "pandas":
        return table.to_pandas()
    if kind == "polars":
        return sys.modules["polars"].from_arrow(table)
    return table


def _file(path: Path, findings: list[Finding]) -> Opened | None:
    header = _header(path, findings)
    if header is None:
        return None
    torn: list[str] = []

    def skip(row: Any) -> str:
        torn.append(f"line {row.number}")
        return "skip"

    try:
        table = _parsed(path, *header, skip)
    except (pa.ArrowException, OSError, ValueError):
        # The words of Arrow may quote a row.
        findings.append(_unreadable(path, "it is not a whole CSV file in UTF-8."))
        return None
    if torn:  # nobody knows where the lines after one stand
        what = f"{len(torn)} lines have more or fewer fields than the header: {listed(torn)}."
        fix = "Correct them; quote what holds a comma."
        findings.append(Finding(code="row-torn", what=what, where=path.name, fix=fix))
        return None
    return Opened(table, path.name, "line", 2)


def _parsed(path: Path, names: list[str], separator: str, skip: Callable[[Any], str]) -> pa.Table:
    """All columns as text; one thread, because only then rows have numbers."""
    types = dict.fromkeys(names, pa.string())
    return pv.read_csv(
        path,
        read_options=pv.ReadOptions(use_threads=False, column_names=names, skip_rows=1),
        parse_options=pv.ParseOptions(delimiter=separator, invalid_row_handler=skip),
        convert_options=pv.ConvertOptions(column_types=types, strings_can_be_null=False),
    )


def _header(path: Path, findings: list[Finding]) -> tuple[list[str], str] | None:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            line = file.readline()
    except FileNotFoundError:
        findings.append(_unreadable(path, "there is no such file."))
        return None
    except (OSError, UnicodeDecodeError):
        findings.append(_unreadable(path, "it is not a CSV file in UTF-8."))
        return None
    if not line.strip():
        findings.append(_unreadable(path, "it is empty."))
        return None
    separator = max(_SEPARATORS, key=line.count)
    return [name.strip() for name in next(csv.reader([line], delimiter=separator))], separator


def _unreadable(path: Path, what: str) -> Finding:
    fix = "Give a CSV file with a header."
    return Finding(code="file-unreadable", what=what, where=str(path), fix=fix)
