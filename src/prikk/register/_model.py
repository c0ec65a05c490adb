"""What this room gives: a checked register, and how its engine is set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection

from prikk.register._sql import text_sql

REJECTS_SQL = """
SELECT CASE WHEN n.name IS NULL THEN '' ELSE n.name || ':' END || f."row" AS "row",
       f."key", c."column", c.reason
FROM findings AS f JOIN checks AS c USING (number) LEFT JOIN file_names AS n USING (file)
ORDER BY f.file, f."row", f.number
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineSettings:
    """What the SQL engine may take: memory as ``"4GB"``, a number of threads; None is the engine's own choice."""

    memory_limit: str | None = None
    threads: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownCodes:
    """The unknown codes of one dimension: how many different ones, and those that may be named.

    A column that was mapped by mistake can hold names, so ``examples`` has only codes of at most 20
    characters that at least three people share: (code, number of rows), the most frequent first.
    ``known`` are the codes that a row may have.
    """

    dimension: str
    column: str
    different: int
    examples: tuple[tuple[str, int], ...]
    known: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """A register that was read and checked, good as long as the ``with`` that opened it.

    ``view`` names the SQL view to count on ``connection``; it leaves out the rejected rows. ``rows`` were
    read and ``rejected`` of them rejected; ``reasons`` counts findings by reason code, of which a row
    may have several.
    """

    connection: DuckDBPyConnection
    view: str
    rows: int
    rejected: int
    reasons: Mapping[str, int]
    unknown: tuple[UnknownCodes, ...] = ()

    def write_rejects(self, path: Path) -> None:
        """Write every finding as CSV: row, key (participation or person), column, reason. Internal only.

        The order is that of the rows as read, so equal input gives equal bytes; without a finding the
        file has the header only.
        """
        target = text_sql(str(path))
        self.connection.execute(f"COPY ({REJECTS_SQL}) TO {target} (FORMAT csv, HEADER)")
