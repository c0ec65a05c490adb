"""Saved queries: kept in one SQLite file, under an id that depends on what is saved. What is kept never changes."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from prikk.serve.api._problems import ProblemError, quoted

_MOST = 100_000
_SECONDS = 5.0
_TABLE = "CREATE TABLE IF NOT EXISTS savedqueries (id TEXT PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID"


def save(path: Path | None, query: dict[str, Any]) -> str:
    """Keep a query and give its id; the same query has the same.

    Raises:
        ProblemError: 403 where none are kept, or no more; 503 where the file cannot be used.
    """
    content = orjson.dumps(query, option=orjson.OPT_SORT_KEYS)
    id_ = hashlib.blake2b(content, digest_size=9).hexdigest()
    with _opened(path) as database:
        (count,) = database.execute("SELECT count(*) FROM savedqueries").fetchone()
        if count >= _MOST:
            fix = "Keep the address of the data instead; it says the same."
            raise ProblemError(403, "No more queries can be saved here.", "savedqueries", fix)
        database.execute("INSERT OR IGNORE INTO savedqueries VALUES (?, ?)", (id_, content))
        database.commit()
    return id_


def saved(path: Path | None, id_: str) -> dict[str, Any]:
    """A query that was saved; a problem when there is none of that id."""
    with _opened(path) as database:
        found = database.execute("SELECT content FROM savedqueries WHERE id = ?", (id_,)).fetchone()
    if found is None:
        raise ProblemError(404, f"There is no saved query {quoted(id_)}.", "the address", "Save it again.")
    query: dict[str, Any] = orjson.loads(found[0])
    return query


@contextlib.contextmanager
def _opened(path: Path | None) -> Iterator[sqlite3.Connection]:
    if path is None:
        fix = "Keep the address of the data instead; it says the same."
        raise ProblemError(403, "This server keeps no queries.", "savedqueries", fix)
    try:
        with contextlib.closing(sqlite3.connect(path, timeout=_SECONDS)) as database:
            database.execute(_TABLE)
            yield database
    except sqlite3.Error as error:
        fix = "Try again later, or keep the address of the data instead."
        raise ProblemError(503, "Saved queries cannot be reached.", "savedqueries", fix) from error
