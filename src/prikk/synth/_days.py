"""Days as numbers, and the birth days that put a person in an age band."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from prikk.classifications import Item

Days = NDArray[np.int64]
"""Days since 1970-01-01."""

_YOUNGEST = 16  # in a measure on a reference date, where the band allows
_OLDEST = 100
_OPEN = 14  # years from the lowest to the highest age in an open band
_EPOCH = dt.date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Band:
    """The ages that a person in a band is given, both included; ``open`` if the band has no upper end."""

    low: int
    high: int
    open: bool

    @property
    def wait(self) -> int:
        """Days from birth before which nobody in this band starts: 15 years where the band allows."""
        years = max(min(_YOUNGEST, self.low) - 1, 0)
        return years * 1461 // 4 + 1 if years else 1


def band_of(item: Item) -> Band:
    """Narrow a band of whole years to sensible ages: 16 to 19 of '0-19', 60 to 74 of '60+', at most 100."""
    low = item.low or 0
    high = low + _OPEN if item.high is None else item.high
    if low < _YOUNGEST <= high:
        low = _YOUNGEST
    if low <= _OLDEST < high:
        high = _OLDEST
    return Band(low=low, high=high, open=item.high is None)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Births:
    """When people of each band may be born, so that they are in it on a reference date.

    ``earliest`` and ``latest`` are days, bands by periods: in band b from reference date i to j are those
    born from ``earliest[b, j]`` to ``latest[b, i]``. ``reach[b, i]`` is the last such j.
    """

    earliest: Days
    latest: Days
    reach: NDArray[np.int64]


def births_of(bands: Sequence[Band], references: Sequence[dt.date]) -> Births:
    """Compute the windows of birth days.

    Nobody is born on the reference date on which they reach the band: a start date lies between.
    """
    last = [[_turned(r, band.high + 1) + 1 for r in references] for band in bands]
    first = [[_turned(r, band.low) - 1 for r in references] for band in bands]
    shape = (len(bands), len(references))
    earliest = np.array(last, dtype=np.int64).reshape(shape)
    latest = np.array(first, dtype=np.int64).reshape(shape)
    possible = earliest[:, None, :] <= latest[:, :, None]
    # Windows only close as time passes, so the last possible date is where they are counted to.
    reach = possible.sum(axis=2) - 1
    return Births(earliest=earliest, latest=latest, reach=reach.astype(np.int64))


def _turned(reference: dt.date, years: int) -> int:
    """The latest birth day of somebody who is ``years`` old on a date.

    Age is ``(yyyymmdd - yyyymmdd) // 10000``: born on 29 February, one is a year older on 1 March.
    """
    year = reference.year - years
    if (reference.month, reference.day) == (2, 29) and not _leap(year):
        return day_of(dt.date(year, 2, 28))
    return day_of(reference.replace(year=year))


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def day_of(date: dt.date) -> int:
    """A date as its number of days since 1970-01-01."""
    return date.toordinal() - _EPOCH
