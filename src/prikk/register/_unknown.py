"""Unknown codes to name in a message, without naming anybody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from duckdb import DuckDBPyConnection

from prikk.classifications import Classification
from prikk.register._checks import unknown_sql
from prikk.register._model import UnknownCodes
from prikk.register._needs import Need, Role
from prikk.register._sql import quote

_SHOWN, _LENGTH, _PEOPLE = 5, 20, 3
MANY = 50
"""So many different unknown codes are the sign of a wrong column, and none of them is named."""


def unknown_codes(
    connection: DuckDBPyConnection,
    classifications: Mapping[str, Classification],
    needs: Sequence[Need],
    base: str,
) -> Iterator[UnknownCodes]:
    """Give the unknown codes of every dimension that has some.

    A code is an example if it is short and at least three people have it: a column of names or of birth
    numbers that was mapped by mistake has few such values.
    """
    for need in needs:
        if need.role is not Role.CODE:
            continue
        groups = (
            f"SELECT r.{quote(need.name)} AS code, count(*) AS n, count(DISTINCT r.person) AS people "
            f"FROM {base} WHERE {unknown_sql(need)} GROUP BY ALL"
        )
        different = connection.execute(f"SELECT count(*) FROM ({groups})").fetchall()[0][0]
        if different == 0:
            continue
        chosen = f"length(code) <= {_LENGTH} AND people >= {_PEOPLE} AND {different} <= {MANY}"
        examples = connection.execute(
            f"SELECT code, n FROM ({groups}) WHERE {chosen} ORDER BY n DESC, code LIMIT {_SHOWN}"
        ).fetchall()
        dimension = need.name.removeprefix("dim_")
        yield UnknownCodes(
            dimension=dimension,
            column=need.column,
            different=different,
            examples=tuple(examples),
            known=classifications[dimension].leaves,
        )
