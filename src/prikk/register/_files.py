"""Registers in files: Parquet (one file or a glob), CSV, and a table of a DuckDB database."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from contextlib import nullcontext
from glob import escape, glob
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from prikk.errors import Finding, RegisterError, nearest
from prikk.register._faults import explained, unreadable
from prikk.register._needs import Column, Columns, Need, kind_of
from prikk.register._source import Source
from prikk.register._sql import quote
from prikk.spec import ReleaseSpec

_TABLE = re.compile(r'(?:(?P<schema>"(?:[^"]|"")+"|[^".]+)\.)?(?P<name>"(?:[^"]|"")+"|[^".]+)')


def open_parquet(connection: DuckDBPyConnection, spec: ReleaseSpec, needs: Sequence[Need]) -> Source:
    """Find one Parquet file, or all that a glob gives, in the order of their names.

    Only what is in the files counts: folders named ``year=2022`` do not make a column. The row numbers
    are 1-based and start anew in each file.
    """
    source = spec.register_.source
    names = source_files(spec)
    if not names:
        raise RegisterError(_missing(source))
    relations = [_parquet_sql([spec.path(name)]) for name in names]
    findings: list[Finding] = []
    parts: list[tuple[str, Columns]] = []
    for name, relation in zip(names, relations, strict=True):
        try:
            parts.append((name, _describe(connection, relation)))
        except duckdb.Error:
            findings.append(unreadable(name, "it is not a Parquet file."))
    if findings:
        raise RegisterError(findings)
    relation = _parquet_sql([spec.path(name) for name in names])
    return Source(
        place=source,
        parts=tuple(parts),
        scan=lambda: nullcontext(relation),
        row="file_row_number + 1",
        file="file_index",
    )


def open_csv(connection: DuckDBPyConnection, spec: ReleaseSpec, needs: Sequence[Need]) -> Source:
    """Find a CSV file: UTF-8, a header, its fields apart by comma, semicolon, tab or bar.

    A row's number is its line when no line is blank and no field has a line break: the first row is 2.
    """
    source = spec.register_.source
    path = spec.path(source)
    if not path.is_file():
        raise RegisterError(_missing(source))
    delimiter, header = _csv_header(path, source)
    twice = [n.column for n in needs if header.count(n.column) > 1]
    if twice:
        what = f"the header names the column '{twice[0]}' twice."
        raise RegisterError(
            Finding(code="column-twice", what=what, where=source, fix="Keep or rename one of them.")
        )
    # The file's own names stay out of the reader: they may be empty, or the same twice.
    columns = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(len(header)))
    picked = ", ".join(
        f"c{i} AS {quote(name)}" for i, name in enumerate(header) if name in {n.column for n in needs}
    )
    options = f"columns = {{{columns}}}, auto_detect = false, header = true, delim = '{delimiter}'"
    reader = f"read_csv({_path_sql(path)}, {options}, quote = '\"', escape = '\"')"
    text = Column(type="text", kind=kind_of("VARCHAR"))
    return Source(
        place=source,
        parts=((source, dict.fromkeys(filter(None, header), text)),),
        scan=lambda: nullcontext(f"(SELECT {picked} FROM {reader})"),
        first_row=2,
    )


def open_duckdb(connection: DuckDBPyConnection, spec: ReleaseSpec, needs: Sequence[Need]) -> Source:
    """Find a table or a view of a DuckDB file, which is opened for reading only.

    The number of a table's row is its ``rowid`` + 1, which has gaps where rows were deleted. A view has
    no such number and is stored first.
    """
    source = spec.register_.source
    path = spec.path(source)
    if not path.is_file():
        raise RegisterError(_missing(source))
    try:
        connection.execute(f"ATTACH {_path_sql(path)} AS source (READ_ONLY, TYPE duckdb)")
    except duckdb.Error:
        what = "it cannot be opened as a DuckDB database; perhaps another program is writing to it."
        raise RegisterError(unreadable(source, what)) from None
    known = _duckdb_tables(connection)
    schema, name = split_table(spec.register_.table or "", source)
    stored = known.get((schema or "main", name))
    if stored is None:
        names = [n if s == "main" else f"{s}.{n}" for s, n in known]
        raise RegisterError(no_table(spec.register_.table or "", source, names))
    relation = f"source.{quote(schema or 'main')}.{quote(name)}"
    with explained(source):
        parts = ((source, _describe(connection, relation)),)
    row = "rowid + 1" if stored else None
    return Source(place=source, parts=parts, scan=lambda: nullcontext(relation), row=row)


def source_files(spec: ReleaseSpec) -> list[str]:
    """Give the names of a register's files, as the spec's folder sees them: the one, or those of a glob, sorted."""
    source = spec.register_.source
    if spec.path(source).is_file():
        return [source]
    found = glob(source, root_dir=spec.folder, recursive=True)  # noqa: PTH207 - may be absolute
    return sorted(name for name in found if spec.path(name).is_file())


def split_table(table: str, place: str) -> tuple[str | None, str]:
    """Split ``schema.table`` at its dot; a part with a dot in it stands in double quotes."""
    match = _TABLE.fullmatch(table)
    if match is None:
        raise RegisterError(no_table(table, place, []))
    schema, name = (part and _unquoted(part) for part in (match["schema"], match["name"]))
    return schema, name


def no_table(table: str, place: str, known: Sequence[str]) -> Finding:
    """The finding that a database has no such table."""
    fix = f'Correct register.table ("table" or "schema.table").{nearest(table, known)}'
    return Finding(code="table-missing", what=f"there is no table '{table}'.", where=place, fix=fix)


def _unquoted(part: str) -> str:
    return part[1:-1].replace('""', '"') if part.startswith('"') else part


def _missing(source: str) -> Finding:
    what = "no file has such a name." if "*" in source else "there is no such file."
    fix = "Correct register.source; it starts at the folder of release.toml. Only .parquet takes a glob (*)."
    return Finding(code="source-missing", what=what, where=source, fix=fix)


def _path_sql(path: Path) -> str:
    """A path as DuckDB's readers take it: it is a glob to them, so its own brackets are escaped."""
    return "'" + escape(str(path)).replace("'", "''") + "'"


def _parquet_sql(paths: Sequence[Path]) -> str:
    files = ", ".join(_path_sql(path) for path in paths)
    return f"read_parquet([{files}], hive_partitioning = false)"


def _describe(connection: DuckDBPyConnection, relation: str) -> Columns:
    rows = connection.execute(f"DESCRIBE SELECT * FROM {relation}").fetchall()
    return {name: Column(type=type_name, kind=kind_of(type_name)) for name, type_name, *_ in rows}


def _duckdb_tables(connection: DuckDBPyConnection) -> dict[tuple[str, str], bool]:
    """(schema, name) of all tables and views of the attached file: whether the rows are stored there."""
    rows = connection.execute(
        "SELECT schema_name, table_name, true FROM duckdb_tables() WHERE database_name = 'source' UNION ALL "
        "SELECT schema_name, view_name, false FROM duckdb_views() WHERE database_name = 'source' AND NOT internal"
    ).fetchall()
    return {(schema, name): stored for schema, name, stored in sorted(rows)}


def _csv_header(path: Path, place: str) -> tuple[str, list[str]]:
    """The delimiter, which is the one most used in the header outside quotes, and the names."""
    try:
        with path.open("rb") as file:
            line = file.readline().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise RegisterError(unreadable(place, "it is not a UTF-8 text.")) from None
    bare = re.sub(r'"[^"]*"', "", line)
    delimiter = max(",;\t|", key=bare.count)
    names = [name.strip() for name in next(csv.reader([line], delimiter=delimiter), [])]
    if not any(names):
        what, fix = "it has no header.", "Name the columns in its first line."
        raise RegisterError(Finding(code="source-unreadable", what=what, where=place, fix=fix))
    return delimiter, names
