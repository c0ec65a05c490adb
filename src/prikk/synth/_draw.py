"""Birth days, start days and end days for copies of some spells."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from prikk.synth._days import Days
from prikk.synth._skeleton import BirthColumn, InventedColumn, Skeleton
from prikk.synth._spells import Ints

_BACK = 730  # days before the first reference date to which its spells reach back


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Drawn:
    """Dated participations: ``row`` is the spell, ``copy`` counts from 0; no ``end`` where ``going``."""

    row: Ints
    copy: Ints
    births: tuple[Days, ...]
    start: Days
    end: Days
    going: NDArray[np.bool_]
    invented: tuple[Ints, ...]


def draw(skeleton: Skeleton, rows: range, copies: int, rng: np.random.Generator) -> Drawn:
    """Draw the dates of the spells ``rows`` (whole people), each copied, every copy with its own dates.

    A participation counts on a reference date from its start to its end, both included. So it starts
    after the last reference date on which it does not count, and ends before the next one.
    """
    row = np.tile(np.arange(rows.start, rows.stop, dtype=np.int64), copies)
    copy = np.repeat(np.arange(copies, dtype=np.int64), len(rows))
    same = np.zeros(len(row), dtype=np.bool_)  # as the row before: the same person in the same copy
    person = skeleton.spells.person[row]
    same[1:] = (person[1:] == person[:-1]) & (copy[1:] == copy[:-1])
    births = tuple(_born(column, row, same, rng) for column in skeleton.births)
    end = _ends(skeleton, row, rng)
    start = _starts(skeleton, row, births, np.where(same, np.roll(end, 1), np.iinfo(np.int64).min), rng)
    going = skeleton.spells.last[row] == len(skeleton.references) - 1
    # Last, so that the rest of a register is the same whatever is invented beside it.
    invented = tuple(_of_people(column, same, rng) for column in skeleton.invented)
    return Drawn(row=row, copy=copy, births=births, start=start, end=end, going=going, invented=invented)


def _of_people(column: InventedColumn, same: NDArray[np.bool_], rng: np.random.Generator) -> Ints:
    """One code for each person, by its number."""
    who = np.cumsum(~same) - 1
    of_person = np.searchsorted(column.edges, rng.random(int((~same).sum())), side="right")
    by_row: Ints = of_person[who].astype(np.int64)
    return by_row


def _born(column: BirthColumn, row: Ints, same: NDArray[np.bool_], rng: np.random.Generator) -> Days:
    """One day for each person. In an open band most are near its lower end."""
    who = np.cumsum(~same) - 1
    share = rng.random(int((~same).sum()))[who]
    share = np.where(column.open[row], 1 - share**2, share)
    return _pick(column.earliest[row], column.latest[row], share)


def _ends(skeleton: Skeleton, row: Ints, rng: np.random.Generator) -> Days:
    """A day from the last reference date that counts to the day before the next."""
    last = skeleton.spells.last[row]
    low = skeleton.references[last]
    after = np.append(skeleton.references[1:] - 1, skeleton.references[-1])
    high = np.minimum(after[last], np.maximum(skeleton.valid_to[row], low))
    return _pick(low, high, rng.random(len(row)))


def _starts(
    skeleton: Skeleton, row: Ints, births: tuple[Days, ...], ended: Days, rng: np.random.Generator
) -> Days:
    """A day after the previous reference date, or up to two years before the first, to the first that counts.

    Never before the person's previous spell ended (``ended``), too soon after birth, or, where there is
    a choice, before the codes are valid.
    """
    first = skeleton.spells.first[row]
    high = skeleton.references[first]
    before = np.append(skeleton.references[0] - _BACK, skeleton.references[:-1])
    low = np.maximum(before[first], ended) + 1
    for column, born in zip(skeleton.births, births, strict=True):
        low = np.maximum(low, born + column.wait[row])
    low = np.maximum(low, np.minimum(skeleton.valid_from[row], high))
    share = rng.random(len(row))
    # Of those there from the beginning, most have not been there long.
    return _pick(low, high, np.where(first == 0, 1 - share**2, share))


def _pick(low: Days, high: Days, share: NDArray[np.float64]) -> Days:
    """The day at a share, 0 to 1, of the days from low to high, both included."""
    days = high - low + 1
    picked: Days = low + np.minimum((share * days).astype(np.int64), days - 1)
    return picked
