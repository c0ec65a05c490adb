"""A table of a PostgreSQL database, read in one stream of Arrow batches through ADBC.

No word of the driver or the server is repeated: they can quote a part of the address (a password with a
slash in it ends up in "invalid integer value for port") or of a row.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any

import duckdb
from duckdb import DuckDBPyConnection

from prikk.errors import EnvironmentFault, Finding, PrikkError, RegisterError
from prikk.register._faults import redacted
from prikk.register._files import no_table, split_table
from prikk.register._needs import Column, Columns, Kind, Need
from prikk.register._source import Source
from prikk.register._sql import quote
from prikk.spec import ReleaseSpec

_INCOMING = "incoming"
_NO_SUCH = frozenset({"42P01", "3F000"})
_NOT_ALLOWED = "42501"
_PHRASES = {
    "refused": "nothing answers at that address",
    "translate host name": "there is no host of that name",
    "password": "it did not accept the user and password",
    "role": "it does not know the user",
    "does not exist": "it has no database of that name",
    "timeout": "it did not answer in time",
    "pg_hba": "it does not let this machine in",
    "SSL": "no secure connection was agreed on",
}
_KINDS = {
    Kind.TEXT: ("text", "character varying", "character", '"char"', "name", "citext"),
    Kind.CODE: ("smallint", "integer", "bigint", "numeric", "uuid", "boolean"),
    Kind.DATE: ("date",),
    Kind.TIME: ("timestamp without time zone",),
    Kind.ZONED: ("timestamp with time zone",),
}
_KIND_OF = {name: kind for kind, names in _KINDS.items() for name in names}

# pg_attribute and not information_schema: that one hides materialised views. A domain counts as its base.
_COLUMNS = """
SELECT a.attname, format_type(coalesce(nullif(t.typbasetype, 0), t.oid), NULL), t.typtype::text
FROM pg_attribute AS a JOIN pg_type AS t ON t.oid = a.atttypid
WHERE a.attrelid = to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attnum
"""
_TABLES = """
SELECT CASE WHEN n.nspname = 'public' THEN '' ELSE n.nspname || '.' END || c.relname
FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
ORDER BY 1 LIMIT 1000
"""
# One stream in the order of the table: no parallel workers, and no joining another's scan in the middle.
_SETTINGS = (
    "SET TRANSACTION READ ONLY",
    "SET LOCAL synchronize_seqscans = off",
    "SET LOCAL max_parallel_workers_per_gather = 0",
)
# Arrow has no endless date, and the driver wraps it round to the year -5 877 611. What is outside the years
# 1 to 9999 is an open end, and no date elsewhere.
_CLAMPED = "greatest(least({0}, DATE '10000-01-01'), DATE '0001-01-01 BC')"


def open_postgres(connection: DuckDBPyConnection, spec: ReleaseSpec, needs: Sequence[Need]) -> Source:
    """Find a table, view or materialised view of a PostgreSQL database.

    Raises:
        EnvironmentFault: The driver is not installed, or the server does not let us in.
        RegisterError: There is no such table, or it may not be read.
    """
    source, table = spec.register_.source, spec.register_.table or ""
    place = redacted(source)
    schema, name = split_table(table, place)
    relation = ".".join(quote(part) for part in (schema, name) if part is not None)
    with _session(source, place, table) as cursor:
        columns = _columns(cursor, relation)
        if columns is None:
            cursor.execute(_TABLES)
            raise RegisterError(no_table(table, place, [row[0] for row in cursor.fetchall()]))
    picked = ", ".join(
        _select(column, columns[column])
        for column in dict.fromkeys(need.column for need in needs)
        if column in columns
    )

    @contextmanager
    def scan() -> Iterator[str]:
        with _session(source, place, table) as cursor:
            cursor.execute(f"SELECT {picked} FROM {relation}")
            connection.register(_INCOMING, cursor.fetch_record_batch())
            try:
                yield _INCOMING
            except duckdb.Error as error:
                if "[libpq]" not in str(error):
                    raise
                raise _failed(place, table, None) from None
            finally:
                connection.unregister(_INCOMING)

    return Source(place=f"{place}, {table}", parts=((f"{place}, {table}", columns),), scan=scan)


def _columns(cursor: Any, relation: str) -> Columns | None:
    cursor.execute(_COLUMNS, (relation,))
    found = cursor.fetchall()
    if not found:
        return None
    return {
        name: Column(type=type_name, kind=Kind.TEXT if group == "e" else _KIND_OF.get(type_name, Kind.OTHER))
        for name, type_name, group in found
    }


def _select(name: str, column: Column) -> str:
    """One column of the query: a date as a date, all else as text, which every type of PostgreSQL has."""
    quoted = quote(name)
    if column.kind in (Kind.DATE, Kind.TIME):
        return f"{_CLAMPED.format(quoted + '::date')} AS {quoted}"
    return f"{quoted}::text AS {quoted}"


@contextmanager
def _session(source: str, place: str, table: str) -> Iterator[Any]:
    """A cursor in one read-only transaction."""
    dbapi = _driver()
    try:
        opened = dbapi.connect(_with_timeout(source))
    except dbapi.Error as error:
        raise _unreachable(place, str(error)) from None
    try:
        with closing(opened), closing(opened.cursor()) as cursor:
            for setting in _SETTINGS:
                cursor.execute(setting)
            yield cursor
    except dbapi.Error as error:
        raise _failed(place, table, error.sqlstate) from None


def _driver() -> Any:
    try:
        from adbc_driver_postgresql import dbapi  # noqa: PLC0415 - an extra
    except ImportError:
        what, fix = "PostgreSQL needs a driver that is not installed.", "Run: pip install 'prikk[postgres]'"
        raise EnvironmentFault(
            Finding(code="extra-missing", what=what, where="register.source", fix=fix)
        ) from None
    return dbapi


def _with_timeout(source: str) -> str:
    """Wait ten seconds for the server, not for ever, unless the user says how long."""
    if "connect_timeout" in source or "PGCONNECT_TIMEOUT" in os.environ:
        return source
    return f"{source}{'&' if '?' in source else '?'}connect_timeout=10"


def _unreachable(place: str, text: str) -> EnvironmentFault:
    reason = next((said for phrase, said in _PHRASES.items() if phrase in text), "the connection failed")
    fix = "Check the address in register.source, and that the server runs."
    return EnvironmentFault(Finding(code="server", what=f"no connection: {reason}.", where=place, fix=fix))


def _failed(place: str, table: str, state: str | None) -> PrikkError:
    if state == _NOT_ALLOWED:
        what, fix = f"the table '{table}' may not be read.", "Ask for the right to SELECT from it."
        return RegisterError(Finding(code="source-unreadable", what=what, where=place, fix=fix))
    if state in _NO_SUCH:
        return RegisterError(no_table(table, place, []))
    what = f"the server stopped reading the table '{table}'{f' (SQLSTATE {state})' if state else ''}."
    return EnvironmentFault(
        Finding(code="server", what=what, where=place, fix="See the server's log, then try again.")
    )
