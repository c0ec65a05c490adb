"""When Python looks for garbage: hardly ever, in a process that reads, answers and ends."""

from __future__ import annotations

import contextlib
import gc
import sys
from collections.abc import Iterator


@contextlib.contextmanager
def without_collection() -> Iterator[None]:
    """Look for no reference cycles meanwhile.

    An audit makes hundreds of thousands of objects and keeps nearly all of them until its report is written.
    Python, who looks through them again and again, would find almost nothing to free, and take a tenth of
    the time of a small audit for it.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def leave_the_rest() -> None:
    """Spare what is there the search for cycles at exit: the process gives its memory back as a whole.

    Not where DuckDB is loaded: it complains of what is still there.
    """
    if "duckdb" not in sys.modules:
        gc.freeze()
