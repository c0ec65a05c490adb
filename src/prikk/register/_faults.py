"""Say what went wrong below us without repeating the engine's words, which can quote a row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from prikk.errors import EnvironmentFault, Finding, RegisterError

_CSV_LINE = re.compile(r"CSV Error on Line: (\d+)")


def redacted(source: str) -> str:
    """Give a register's source without what could be a secret: the user, the password, the options.

    A password may itself hold ``@`` or ``/``, so all up to the last ``@`` is taken out.

    >>> redacted("postgresql://ola:hem/me@lig@db.example.no/stat?sslmode=require")
    'postgresql://db.example.no/stat'
    >>> redacted("register.parquet")
    'register.parquet'
    """
    scheme, separator, rest = source.partition("://")
    if not separator:
        return source
    return scheme + separator + rest.rpartition("@")[2].partition("?")[0]


@contextmanager
def explained(place: str) -> Iterator[None]:
    """Turn an error of the engine into ours; ``place`` is the source as it may be printed."""
    try:
        yield
    except duckdb.Error as error:
        raise _fault(error, place) from None  # the engine's own words can quote a row


def _fault(error: duckdb.Error, place: str) -> EnvironmentFault | RegisterError:
    text = str(error)
    if isinstance(error, duckdb.OutOfMemoryException) or "No space left" in text:
        what = "the memory or the disk did not suffice to read the register."
        fix = "Allow more memory, or give a work folder on a disk with more space."
        return EnvironmentFault(Finding(code="engine-space", what=what, where=place, fix=fix))
    line = _CSV_LINE.search(text)
    if line is not None:
        what, fix = (
            "the line does not fit the header.",
            "Give it as many fields as the header; mend its quotes.",
        )
        if "utf-8" in text:
            what, fix = "the line is not UTF-8.", "Save the file as UTF-8."
        where = f"{place}, line {line[1]}"
        return RegisterError(Finding(code="csv-line", what=what, where=where, fix=fix))
    if "CSV Parser" in text:
        what = "a quote is not closed, or the lines end in different ways."
        fix = "Write the file anew, with quotes doubled inside quotes and one kind of line end."
        return RegisterError(Finding(code="csv-line", what=what, where=place, fix=fix))
    return RegisterError(unreadable(place, f"it cannot be read to its end ({type(error).__name__})."))


def unreadable(place: str, what: str) -> Finding:
    """The finding that a source is there but cannot be read."""
    fix = "Check that the file is whole and of the kind that its ending says, and that you may read it."
    return Finding(code="source-unreadable", what=what, where=place, fix=fix)
