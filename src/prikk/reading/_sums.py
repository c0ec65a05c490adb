"""Which figures are sums of which others: totals found by arithmetic alone.

A coincidence is ruled out by counting: a sum that holds in columns whose totals are v1, v2, … is as unlikely as
1 / ((1 + v1)(1 + v2)…) for unrelated figures, and must be rarer than the sums that are tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
"""Codes by columns (combinations of the other dimensions): figures, NaN where hidden; absent ones are 0."""

MARGIN = 8.0
_HOLDS = 0.9
_NEAR = 0.97
_MOST_SUBSETS = 9
_PROBES = 48
_MOST_TWINS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How a total and its parts agree in the columns where all of them are shown.

    ``over`` counts further columns, where the shown parts alone exceed the total. Of the ``partly`` hidden columns
    ``near`` have hidden parts that the rule allows to fill the gap; a narrow gap is evidence too.
    """

    checked: int
    equal: int
    above: int
    below: int
    bits: float
    over: int = 0
    partly: int = 0
    near: int = 0
    near_bits: float = 0.0

    @property
    def likely(self) -> bool:
        """Whether nothing speaks against a sum, hidden parts being small."""
        return self.equal >= _HOLDS * self.checked and self.near >= _NEAR * self.partly

    @property
    def holds(self) -> bool:
        """Whether it is a sum but for a few errors."""
        return self.checked > 0 and self.equal >= _HOLDS * (self.checked + self.over)


@dataclass(frozen=True, slots=True)
class Grid:
    """Figures by code and column, and which places are printed at all.

    ``limit`` is the most that a hidden figure can be, None where hidden ones may be large.
    """

    values: Values
    present: NDArray[np.bool_]
    limit: int | None = None

    def agreement(self, total: int, parts: Sequence[int]) -> Agreement:
        """Compare a total with the sum of parts; a column without any of the parts says nothing."""
        usable = self.present[total] & self.present[list(parts)].any(axis=0) & ~np.isnan(self.values[total])
        own, whole = self.values[list(parts)][:, usable], self.values[total][usable]
        hidden = np.isnan(own).sum(axis=0)
        gap = whole - np.nansum(own, axis=0)
        clear = hidden == 0
        equal = clear & (gap == 0)
        room = hidden * (self.limit or 0)
        near = ~clear & (gap >= 0) & (gap <= room)
        several = (np.nan_to_num(own) > 0).sum(axis=0) > 1  # one part alone tells of equality, not of a sum
        return Agreement(
            checked=int(clear.sum()),
            equal=int(equal.sum()),
            above=int((clear & (gap > 0)).sum()),
            below=int((clear & (gap < 0)).sum()),
            bits=float(np.log2(1 + whole[equal & several]).sum()),
            over=int((~clear & (gap < 0)).sum()),
            partly=int((~clear).sum()),
            near=int(near.sum()),
            near_bits=float(
                np.maximum(np.log2((1 + whole[near & several]) / (1 + room[near & several])), 0).sum()
            ),
        )


def find_sums(
    grid: Grid, order: Sequence[int], parents: dict[int, int]
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Find totals among codes, smallest groups first; each is given with its parts, which it then stands for.

    ``order`` are codes in the order of print; those with an entry in ``parents`` are parts already. Tried are runs of
    neighbours just before or after a code, runs anywhere, and in a short list any group.
    """
    roots = [c for c in order if c not in parents]
    childless = [c for c in order if c not in set(parents.values())]
    while len(roots) > 2:
        found = _outer(grid, roots, [c for c in childless if c in roots])
        if not found:
            found = _inner(grid, roots, [c for c in childless if c not in roots], parents)
        if not found:
            return
        for total, parts in found:
            for part in parts:
                parents[part] = total
                roots.remove(part)
            childless.remove(total)
            yield total, parts


def _outer(grid: Grid, roots: Sequence[int], able: Sequence[int]) -> list[tuple[int, tuple[int, ...]]]:
    """Groups of roots that add up to a root, the smallest first, none of which shares a code with another."""
    found: list[tuple[int, int, int, tuple[int, ...]]] = []
    place = {c: i for i, c in enumerate(roots)}
    for total in able:
        for parts in _runs(grid, roots, place[total]):
            if _proven(grid, total, parts, 2.0 * np.log2(1 + len(roots))):
                found.append((len(parts), abs(place[parts[0]] - place[total]), total, parts))
                break
    if not found and len(roots) <= _MOST_SUBSETS:
        found = [(len(p), 0, t, p) for t in able for p in _subsets(grid, [r for r in roots if r != t], t)][:1]
    if not found:
        found = [(len(p), 0, t, p) for t in able if (p := _all_others(grid, roots, t)) is not None][:1]
    taken: set[int] = set()
    apart = []
    for _, _, total, parts in sorted(found):
        if not taken & {total, *parts}:
            taken |= {total, *parts}
            apart.append((total, parts))
    return apart


def _inner(
    grid: Grid, roots: Sequence[int], able: Sequence[int], parents: dict[int, int]
) -> list[tuple[int, tuple[int, ...]]]:
    """A part may itself be a sum of roots, in a short list."""
    if len(roots) > _MOST_SUBSETS:
        return []
    for total in able:
        above = set(_above(total, parents))
        for parts in _subsets(grid, [r for r in roots if r not in above], total):
            return [(total, parts)]
    return []


def _above(code: int, parents: dict[int, int]) -> Iterator[int]:
    while code in parents:
        code = parents[code]
        yield code


def _proven(grid: Grid, total: int, parts: Sequence[int], tried: float) -> bool:
    agreement = grid.agreement(total, parts)
    if agreement.holds and agreement.bits >= tried + MARGIN:
        return True
    strong = agreement.bits + agreement.near_bits >= 2 * tried + MARGIN
    return grid.limit is not None and agreement.likely and strong


def _runs(grid: Grid, roots: Sequence[int], at: int) -> Iterator[tuple[int, ...]]:
    """Runs of at least two roots that add up to the one at a place, in the columns where most is shown."""
    total = roots[at]
    columns = _probes(grid, roots, total)
    if not columns.size:
        return
    values = grid.values[np.ix_(np.array(roots), columns)]
    goal = grid.values[total, columns]
    after, before = list(range(at + 1, len(roots))), list(range(at - 1, -1, -1))
    for run in (after, before):
        yield from (tuple(roots[i] for i in sorted(run[:n])) for n in _lengths(values[run], goal, grid.limit))
    yield from (tuple(roots[first:last]) for first, last in _anywhere(grid, roots, at))


def _anywhere(grid: Grid, roots: Sequence[int], at: int) -> Iterator[tuple[int, int]]:
    """Runs anywhere else that add up to a root in a column where all of the run is shown, and in most such columns."""
    columns = _probes(grid, roots, roots[at])
    values, goals = grid.values[np.ix_(np.array(roots), columns)], grid.values[roots[at], columns]
    none = np.zeros((1, len(columns)))
    sums = np.concatenate([none, np.nan_to_num(values).cumsum(axis=0)])
    marks = np.concatenate([none, np.isnan(values).cumsum(axis=0)])
    seen: set[tuple[int, int]] = set()
    for k, goal in enumerate(goals.tolist()):
        own = sums[:, k]
        last = np.searchsorted(own, own[:-1] + goal)
        ends = np.minimum(last, len(roots))
        shown = marks[ends, k] == marks[:-1, k]
        for first in np.flatnonzero((own[ends] == own[:-1] + goal) & shown).tolist():
            end = int(last[first])
            if end - first > 1 and not first <= at < end and (first, end) not in seen:
                seen.add((first, end))
                clear = marks[end] == marks[first]
                if (sums[end] - sums[first] == goals)[clear].sum() >= _HOLDS * clear.sum():
                    yield first, end


def _lengths(values: Values, goal: Values, limit: int | None) -> list[int]:
    """How many of the rows from the first may add up to the goal, as far as they are shown."""
    if len(values) < 2:
        return []
    hidden = np.isnan(values).cumsum(axis=0)
    gap = goal - np.nan_to_num(values).cumsum(axis=0)
    usable = (hidden == 0).sum(axis=1)
    enough = (usable > 0) & (((hidden == 0) & (gap == 0)).sum(axis=1) >= _HOLDS * usable)
    if limit is not None:
        enough |= ((gap >= 0) & (gap <= hidden * limit)).mean(axis=1) >= _NEAR
    return [int(n) + 1 for n in np.flatnonzero(enough) if n > 0]


def _probes(grid: Grid, roots: Sequence[int], total: int) -> NDArray[np.intp]:
    """A few columns in which the total and most others are shown, the largest totals first."""
    whole = grid.values[total]
    able = np.flatnonzero(grid.present[total] & ~np.isnan(whole) & (np.nan_to_num(whole) > 0))
    block = np.ix_(np.array(roots), able)
    lacking = (np.isnan(grid.values[block]) | ~grid.present[block]).sum(axis=0)
    return able[np.lexsort((-whole[able], lacking))[:_PROBES]]


def _subsets(grid: Grid, able: Sequence[int], total: int) -> list[tuple[int, ...]]:
    """The smallest groups of at least two codes, neighbours or not, that add up to a total."""
    found: list[tuple[int, float, tuple[int, ...]]] = []
    tried = float(len(able) + np.log2(1 + len(able)))
    for mask in range(3, 1 << len(able)):
        parts = tuple(c for k, c in enumerate(able) if mask >> k & 1)
        if len(parts) > 1 and _proven(grid, total, parts, tried):
            found.append((len(parts), -grid.agreement(total, parts).bits, parts))
    return [parts for _, _, parts in sorted(found)[:1]]


def _all_others(grid: Grid, roots: Sequence[int], total: int) -> tuple[int, ...] | None:
    """All other roots, for the first or the last of them."""
    if total not in (roots[0], roots[-1]):
        return None
    parts = tuple(r for r in roots if r != total)
    return parts if _proven(grid, total, parts, 1.0) else None


def twins(grid: Grid, roots: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pairs of roots with the same figures wherever both are printed: a group of one, and its only member."""
    if len(roots) > _MOST_TWINS:
        return
    filled = np.nan_to_num(grid.values[list(roots)], nan=-1.0)
    present = grid.present[list(roots)]
    least = 2.0 * np.log2(1 + len(roots)) + MARGIN
    for i, code in enumerate(roots):
        both = present[i] & present[i + 1 :]
        same = ((filled[i] == filled[i + 1 :]) | ~both).all(axis=1)
        bits = (np.log2(1 + np.maximum(filled[i], 0)) * both).sum(axis=1)
        for j in np.flatnonzero(same & (bits >= least)).tolist():
            other = i + 1 + j
            wider = present[other].sum() > present[i].sum()
            yield (roots[other], code) if wider else (code, roots[other])
