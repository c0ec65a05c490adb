"""The register in prikk's own columns, whatever the source: the view ``all_rows``.

Its columns are those of the needs, ``bad_<name>`` (the text is there but is no date) for every date,
``file`` (index) and ``row`` (number in the file).
"""

from __future__ import annotations

from collections.abc import Sequence

from duckdb import DuckDBPyConnection

from prikk.register._needs import Columns, Kind, Need, Role
from prikk.register._source import Source
from prikk.register._sql import quote

ALL_ROWS = "all_rows"
_STORED = "stored_rows"
_MIN, _MAX = "DATE '0001-01-01'", "DATE '9999-12-31'"


def normalise(connection: DuckDBPyConnection, source: Source, needs: Sequence[Need]) -> None:
    """Make the view ``all_rows``, over the source itself where its rows have numbers, else over a table."""
    columns = ", ".join(_normal(need, source.parts[0][1]) for need in needs)
    with source.scan() as relation:
        if source.row is not None:
            _make_view(connection, columns, source.file, source.row, relation)
        else:
            connection.execute(f"CREATE TABLE {_STORED} AS SELECT {columns} FROM {relation}")
            _make_view(connection, "*", "0", f"rowid + {source.first_row}", _STORED)


def _make_view(connection: DuckDBPyConnection, columns: str, file: str, row: str, relation: str) -> None:
    place = f'CAST({file} AS BIGINT) AS file, {row} AS "row"'
    connection.execute(f"CREATE VIEW {ALL_ROWS} AS SELECT {columns}, {place} FROM {relation}")


def _normal(need: Need, columns: Columns) -> str:
    name, column, kind = quote(need.name), quote(need.column), columns[need.column].kind
    if need.role is Role.KEY:
        return f"CAST({column} AS VARCHAR) AS {name}"
    if need.role is Role.CODE:
        return f"trim(CAST({column} AS VARCHAR)) AS {name}"
    value, bad = _text_date(column) if kind is Kind.TEXT else _date(need.role, column)
    return f"{value} AS {name}, COALESCE({bad}, false) AS {quote('bad_' + need.name)}"


def _date(role: Role, column: str) -> tuple[str, str]:
    """SQL for a date and for whether it is none: a day past 9999 is an open end, and no date elsewhere."""
    date = f"CAST({column} AS DATE)"
    if role is Role.END:
        return f"CASE WHEN {date} <= {_MAX} THEN {date} END", "false"
    return (
        f"CASE WHEN {date} BETWEEN {_MIN} AND {_MAX} THEN {date} END",
        f"{date} NOT BETWEEN {_MIN} AND {_MAX}",
    )


def _text_date(column: str) -> tuple[str, str]:
    """A text is a date if the date is written as that text.

    The cast alone is too kind: it also takes 2022-1-5 and 2022-01-05 12:00. ``infinity`` and five-digit
    years are written as they are read, and fall to the bounds.
    """
    text = f"trim(CAST({column} AS VARCHAR))"
    cast = f"TRY_CAST({text} AS DATE)"
    alike = f"{cast} BETWEEN {_MIN} AND {_MAX} AND CAST({cast} AS VARCHAR) = {text}"
    date = f"CASE WHEN {alike} THEN {cast} END"
    return date, f"{text} <> '' AND {date} IS NULL"
