"""One clear message for each way in which a file cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from prikk.errors import EnvironmentFault, Finding, PrikkError, ReadingError


def refused(code: str, where: str, what: str, fix: str) -> ReadingError:
    """Make the error of a single finding."""
    return ReadingError(Finding(code=code, what=what, where=where, fix=fix))


def no_table(where: str) -> ReadingError:
    """The error of a document in which nothing looks like a table."""
    fix = "Check that it is the right file; a table has at least two rows and two columns, one with figures."
    return refused("no-table", where, "no table was found in it.", fix)


def missing_extra(where: str, library: str, extra: str) -> EnvironmentFault:
    """The error of a format whose library is not installed."""
    fix = f"Install it with: pip install 'prikk[{extra}]'"
    what = f"reading this format needs the library '{library}', which is not installed."
    return EnvironmentFault(Finding(code="extra-missing", what=what, where=where, fix=fix))


@contextmanager
def contained(place: str, kind: str) -> Iterator[None]:
    """Turn whatever a broken file makes a reader raise into one message.

    The reader's own words stay out of it: they are of no use to the person who has the file.
    """
    try:
        yield
    except PrikkError:
        raise
    except MemoryError:
        fix = "Split it, or read it where there is more memory."
        raise refused("memory", place, "it does not fit in the memory.", fix) from None
    except Exception as error:  # a foreign file may make a parser fail in any way
        what = f"it cannot be read as {kind}: it is damaged or incomplete ({type(error).__name__})."
        fix = "Fetch it anew, or open it in the program that made it and save it again."
        raise refused("file-broken", place, what, fix) from error
