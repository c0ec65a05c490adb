"""Run the checks: one scan that counts, one that looks for duplicates, and more only for what they find."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from duckdb import DuckDBPyConnection

from prikk.classifications import Classification
from prikk.register._checks import Check, base_sql, checks_of, codes_table
from prikk.register._duplicates import find_duplicates, sameness_of
from prikk.register._model import Register
from prikk.register._needs import Need, Role
from prikk.register._normal import ALL_ROWS
from prikk.register._sql import date_key, quote
from prikk.register._unknown import unknown_codes
from prikk.spec import ReleaseSpec

VIEW = "register"
_SCHEMA = (
    'CREATE TABLE findings (file BIGINT, "row" BIGINT, "key" VARCHAR, number INTEGER)',
    'CREATE TABLE checks (number INTEGER, "column" VARCHAR, reason VARCHAR)',
    "CREATE TABLE file_names (file BIGINT, name VARCHAR)",
)


def check_rows(
    connection: DuckDBPyConnection,
    spec: ReleaseSpec,
    classifications: Mapping[str, Classification],
    needs: Sequence[Need],
    files: Sequence[str],
) -> Register:
    """Check every row of ``all_rows`` and make the view ``register`` of those without a finding.

    ``files`` are the names to put before a row's number; there are none when there is one file.
    """
    checks, same = checks_of(spec, classifications, needs), sameness_of(needs)
    named = [(check.column, check.reason) for check in checks] + [(same.column, "duplicate")]
    _write_names(connection, named, files)
    for need in needs:
        if need.role is Role.CODE:
            _write_codes(connection, need, classifications[need.name.removeprefix("dim_")])
    base, key = base_sql(needs, spec), needs[0].name
    rows, found = _count(connection, checks, base)
    for number in found:
        values = f'r.file, r."row", r.{quote(key)}, {number}'
        where = checks[number].condition
        connection.execute(f"INSERT INTO findings SELECT {values} FROM {base} WHERE {where}")
    find_duplicates(connection, same, key, len(checks))
    reasons, rejected = _summary(connection)
    _make_view(connection, needs, anti_join=rejected > 0)
    unknown = unknown_codes(connection, classifications, needs, base) if "code-unknown" in reasons else ()
    return Register(
        connection=connection,
        view=VIEW,
        rows=rows,
        rejected=rejected,
        reasons=reasons,
        unknown=tuple(unknown),
    )


def _write_names(
    connection: DuckDBPyConnection, named: Sequence[tuple[str, str]], files: Sequence[str]
) -> None:
    for statement in _SCHEMA:
        connection.execute(statement)
    rows = [(number, column, reason) for number, (column, reason) in enumerate(named)]
    connection.executemany("INSERT INTO checks VALUES (?, ?, ?)", rows)
    if files:
        connection.executemany("INSERT INTO file_names VALUES (?, ?)", list(enumerate(files)))


def _write_codes(connection: DuckDBPyConnection, need: Need, classification: Classification) -> None:
    table, leaves = codes_table(need), frozenset(classification.leaves)
    connection.execute(
        f"CREATE TABLE {table} (code VARCHAR, leaf BOOLEAN, valid_from INTEGER, valid_to INTEGER)"
    )
    rows = [
        (
            item.code,
            item.code in leaves,
            item.valid_from and date_key(item.valid_from),
            item.valid_to and date_key(item.valid_to),
        )
        for item in classification.items
    ]
    connection.executemany(f"INSERT INTO {table} VALUES (?, ?, ?, ?)", rows)


def _count(connection: DuckDBPyConnection, checks: Sequence[Check], base: str) -> tuple[int, list[int]]:
    """The number of rows, and the numbers of the checks that some row does not pass."""
    counts = ", ".join(f"count(*) FILTER (WHERE {check.condition})" for check in checks)
    rows, *found = connection.execute(f"SELECT count(*), {counts} FROM {base}").fetchall()[0]
    return rows, [number for number, count in enumerate(found) if count]


def _summary(connection: DuckDBPyConnection) -> tuple[dict[str, int], int]:
    """Findings by reason, and the number of rows that have any."""
    counted = (
        "SELECT reason, count(*) FROM findings JOIN checks USING (number) GROUP BY reason ORDER BY reason"
    )
    reasons: dict[str, int] = dict(connection.execute(counted).fetchall())
    connection.execute('CREATE TABLE rejected AS SELECT DISTINCT file, "row" FROM findings')
    return reasons, connection.execute("SELECT count(*) FROM rejected").fetchall()[0][0]


def _make_view(connection: DuckDBPyConnection, needs: Sequence[Need], *, anti_join: bool) -> None:
    """Without rejected rows the view is a plain scan."""
    columns = ", ".join(quote(need.name) for need in needs)
    kept = 'ANTI JOIN rejected USING (file, "row")' if anti_join else ""
    connection.execute(f"CREATE VIEW {VIEW} AS SELECT {columns} FROM {ALL_ROWS} {kept}")
