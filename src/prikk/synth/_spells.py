"""Who stays, who leaves and who comes: fitted counts to spells of people, without dates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spells:
    """A row a participation, ordered by person and then by period.

    ``leaf`` is the finest cell, ``first`` and ``last`` the periods in which it is counted, both included.
    ``person`` counts from 0 without gaps; a person's spells do not overlap.
    """

    person: Ints
    leaf: Ints
    first: Ints
    last: Ints

    def __len__(self) -> int:
        """The number of participations."""
        return len(self.person)


def spells_of(counts: Ints, reach: Ints, group: Ints, rng: np.random.Generator) -> Spells:
    """Turn counts into spells; as many people stay from period to period as the counts allow.

    Args:
        counts: periods by finest cells.
        reach: for each finest cell and period, the last period in which somebody counted in that period
            can still be in the cell's age band.
        group: for each finest cell the number of its group. People who leave a cell begin in another
            of the group when it takes in people in the next period.
        rng: draws who leaves and who begins where.

    Returns:
        The spells: in period m and cell i there are ``counts[m, i]`` with ``first <= m <= last``.
    """
    leaf, first, last = _stays(counts, reach, rng)
    before = _moves((leaf, first, last), reach, group, rng)
    person = _people(first, before, rng)
    order = np.lexsort((first, person))
    return Spells(person=person[order], leaf=leaf[order], first=first[order], last=last[order])


def _stays(counts: Ints, reach: Ints, rng: np.random.Generator) -> tuple[Ints, Ints, Ints]:
    """Spells in one cell each: leaf, first and last period. Who leaves is drawn; age forces some."""
    periods, leaves = counts.shape
    leaf = first = np.zeros(0, dtype=np.int64)
    ended: list[tuple[Ints, Ints, Ints]] = []
    for m in range(periods):
        draw = np.where(reach[leaf, first] >= m, rng.random(len(leaf)), 2.0)
        order = np.lexsort((draw, leaf))
        rank = _rank(leaf[order], leaves)
        stays = (rank < counts[m][leaf[order]]) & (draw[order] < 1.0)
        gone = order[~stays]
        ended.append((leaf[gone], first[gone], np.full(len(gone), m - 1, dtype=np.int64)))
        kept = order[stays]
        fresh = counts[m] - np.bincount(leaf[kept], minlength=leaves)
        new = np.repeat(np.arange(leaves, dtype=np.int64), fresh)
        leaf = np.concatenate([leaf[kept], new])
        first = np.concatenate([first[kept], np.full(len(new), m, dtype=np.int64)])
    ended.append((leaf, first, np.full(len(leaf), periods - 1, dtype=np.int64)))
    columns = [np.concatenate([part[i] for part in ended]) for i in range(3)]
    return columns[0], columns[1], columns[2]


def _rank(group: Ints, groups: int) -> Ints:
    """The place of each element among those of its group, from 0; ``group`` is in order."""
    size = np.bincount(group, minlength=groups)
    return np.arange(len(group), dtype=np.int64) - (np.cumsum(size) - size)[group]


def _moves(stays: tuple[Ints, Ints, Ints], reach: Ints, group: Ints, rng: np.random.Generator) -> Ints:
    """For each spell the number of the one that the same person had just before, -1 without."""
    leaf, first, last = stays
    number = np.arange(len(leaf), dtype=np.int64)
    before = np.full(len(leaf), -1, dtype=np.int64)
    origin = first.copy()  # the period in which the person's first spell begins
    groups = int(group.max(initial=-1)) + 1
    for m in range(1, reach.shape[1]):
        left, came = rng.permutation(number[last == m - 1]), rng.permutation(number[first == m])
        left, came = (who[np.argsort(group[leaf[who]], kind="stable")] for who in (left, came))
        key_left, key_came = (
            group[leaf[who]] * (len(leaf) + 1) + _rank(group[leaf[who]], groups) for who in (left, came)
        )
        _, i, j = np.intersect1d(key_left, key_came, assume_unique=True, return_indices=True)
        left, came = left[i], came[j]
        # A band may be too narrow for both spells; then they are of two people.
        fits = reach[leaf[came], origin[left]] >= last[came]
        before[came[fits]] = left[fits]
        origin[came[fits]] = origin[left[fits]]
    return before


def _people(first: Ints, before: Ints, rng: np.random.Generator) -> Ints:
    """Number the people in a random order, so that a number tells nothing of the cell."""
    person = np.full(len(first), -1, dtype=np.int64)
    alone = before < 0
    person[alone] = rng.permutation(int(alone.sum()))
    for m in np.unique(first[~alone]):
        now = np.flatnonzero(~alone & (first == m))
        person[now] = person[before[now]]
    return person
