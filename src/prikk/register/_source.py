"""What every kind of source offers to the rest of this room."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from prikk.register._needs import Columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A register that was found, before its rows are read.

    Attributes:
        place: Its name as it may be printed.
        parts: (place, columns) of each file; one for a table.
        scan: Opens the needed columns, under their own names, as a SQL relation.
        row: SQL for the number of a row within its file; None when the rows must be stored to get one.
        file: SQL for the index of a row's file in ``parts``.
        first_row: The number of the first row where rows are stored.
    """

    place: str
    parts: tuple[tuple[str, Columns], ...]
    scan: Callable[[], AbstractContextManager[str]]
    row: str | None = None
    file: str = "0"
    first_row: int = 1
