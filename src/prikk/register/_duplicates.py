"""Rows that are there twice, found by an aggregate that spills to disk, so that memory is no limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from prikk.register._checks import empty_sql
from prikk.register._needs import Need, Role
from prikk.register._normal import ALL_ROWS
from prikk.register._sql import quote

_IDENTITY = frozenset({"id", "reference_date"})
_NOT_IDENTITY = frozenset({"id", "end_date"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sameness:
    """What makes two rows the same: SQL columns, which rows are compared at all, and the column to blame."""

    column: str
    keys: tuple[str, ...]
    compared: str


def sameness_of(needs: Sequence[Need]) -> Sameness:
    """Two rows are the same by their id (and date, in snapshots) or, without one, by person, codes and date.

    Rows that lack a key or a date are not compared: they are rejected for that.
    """
    has_id = needs[0].name == "id"
    used = [n for n in needs if (n.name in _IDENTITY if has_id else n.name not in _NOT_IDENTITY)]
    dates = [n for n in used if n.role is Role.DATE and not n.name.startswith("dim_")]
    present = [f"NOT {empty_sql(_sql(used[0]))}", *(f"{_sql(n)} IS NOT NULL" for n in dates)]
    return Sameness(column=used[0].column, keys=tuple(_sql(n) for n in used), compared=" AND ".join(present))


def find_duplicates(connection: DuckDBPyConnection, same: Sameness, key: str, number: int) -> None:
    """Add a finding for every row after the first, in the order of the rows, that is the same.

    The aggregate is over 64-bit hashes, which take less room than the keys. Equal keys have equal hashes,
    so no duplicate is missed; the few rows of a hash that came twice are then compared by their keys.
    """
    keys = ", ".join(same.keys)
    rows = f"FROM {ALL_ROWS} AS r WHERE {same.compared}"
    connection.execute(
        f"CREATE TABLE twice AS SELECT hash({keys}) AS h {rows} GROUP BY h HAVING count(*) > 1"
    )
    if not connection.execute("SELECT 1 FROM twice LIMIT 1").fetchall():
        return
    connection.execute(
        f'INSERT INTO findings SELECT file, "row", "key", {number} FROM (SELECT r.file, r."row", '
        f'r.{quote(key)} AS "key", row_number() OVER (PARTITION BY {keys} ORDER BY r.file, r."row") AS place '
        f"{rows} AND hash({keys}) IN (SELECT h FROM twice)) WHERE place > 1"
    )


def _sql(need: Need) -> str:
    return f"r.{quote(need.name)}"
