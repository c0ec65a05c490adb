"""Figures worked out from shown figures: changes and shares. Where an input is hidden, so is the result.

A share or a change beside a symbol would give the hidden figure away, so nothing here guesses or leaves out.
"""

from __future__ import annotations

from collections.abc import Sequence

from prikk.dissemination._columns import Figure
from prikk.dissemination._formula import rounded
from prikk.spec import ReleaseSpec

Derived = int | str | None
"""A number (per cent in tenths), the symbol where an input is hidden, None where there is nothing to work out."""


def change(new: Figure, old: Figure) -> int | str:
    """How much more the new figure is; the symbol if either is hidden.

    >>> change(90, 100), change("*", 100), change(100, "*")
    (-10, '*', '*')
    """
    if isinstance(new, str):
        return new
    return old if isinstance(old, str) else new - old


def percent(new: Figure, old: Figure) -> Derived:
    """The change in tenths of a per cent of the old figure, halves away from zero; None from 0.

    >>> percent(90, 80), percent(7, 8), percent(5, 0), percent(5, "*")
    (125, -125, None, '*')
    """
    found = change(new, old)
    return found if isinstance(found, str) or isinstance(old, str) else tenths(found, old)


def share(part: Figure, whole: Figure) -> Derived:
    """The part in tenths of a per cent of the whole, halves up; None of 0.

    >>> share(1, 3), share("*", 3), share(1, "*"), share(0, 0)
    (333, '*', '*', None)
    """
    if isinstance(part, str):
        return part
    return whole if isinstance(whole, str) else tenths(part, whole)


def tenths(part: int, whole: int) -> int | None:
    """A quotient in tenths of a per cent by whole numbers alone, so that the browser finds the same."""
    return rounded(1000, part, whole) if whole else None


def year_back(spec: ReleaseSpec) -> int | None:
    """How many periods ago the same period of last year is; None if no period of the release has one, or it is the previous one."""
    last = len(spec.periods) - 1
    then = spec.a_year_before(last)
    return None if then is None or last - then == 1 else last - then


def fullest(rows: Sequence[Sequence[Figure]], start: int = 0) -> int | None:
    """The newest of the columns in which most figures are shown, from ``start`` on; None if none shows any."""
    counts = [sum(not isinstance(row[i], str) for row in rows) for i in range(len(rows[0]))] if rows else []
    best = max(counts[start:], default=0)
    return max(i for i in range(start, len(counts)) if counts[i] == best) if best else None
