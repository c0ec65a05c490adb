"""Findings about many rows or codes at once: the first few by name, then how many more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from prikk.errors import Finding, ProtectError

MOST_NAMED = 10


def listed(names: Sequence[str], most: int = MOST_NAMED) -> str:
    """Name the first few.

    >>> listed(["a", "b", "c"], 2)
    'a, b and 1 more'
    """
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def coded(codes: Iterable[str]) -> str:
    """A cell by its codes."""
    return f"({', '.join(codes)})"


def stop(findings: Sequence[Finding]) -> None:
    """Raise what was found, if anything was."""
    if findings:
        raise ProtectError(findings)
