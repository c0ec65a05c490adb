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
    value = _date(column, kind)
    return f"{value} AS {name}, {_bad(need, value, column, kind)} AS {quote('bad_' + need.name)}"


def _date(column: str, kind: Kind) -> str:
    """The cast alone is too kind: it also takes 2022-1-5, 2022-01-05 12:00, infinity and the year 0."""
    if kind is not Kind.TEXT:
        return f"CAST({column} AS DATE)"
    text = f"trim(CAST({column} AS VARCHAR))"
    written = rf"regexp_full_match({text}, '\d{{4}}-\d{{2}}-\d{{2}}') AND {text} > '0001'"
    return f"CASE WHEN {written} THEN TRY_CAST({text} AS DATE) END"


def _bad(need: Need, value: str, column: str, kind: Kind) -> str:
    """A date past the years 1 to 9999 is none, but as an end it is the usual way to say that there is none."""
    unread = f"({value} IS NULL AND trim(CAST({column} AS VARCHAR)) <> '')" if kind is Kind.TEXT else "false"
    if need.role is Role.END:
        return f"COALESCE({unread}, false)"
    return f"COALESCE({unread} OR {value} NOT BETWEEN DATE '0001-01-01' AND DATE '9999-12-31', false)"
