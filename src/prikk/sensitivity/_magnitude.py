"""Rules for cells that sum amounts: turnover, wages, days.

Source of all: Hundepool et al., *Statistical Disclosure Control*, 2012, section 4.2 (rules) and 4.3 (protection levels).
Amounts are whole and not negative. Per cents are read as they print, so 12.5 is exactly an eighth.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from prikk.sensitivity._requirement import UNKNOWN, Ints, Requirement

Mask = NDArray[np.bool_]
PerCent = int | float


def dominance_rule(totals: Ints, largest: Ints, n: int, k: PerCent) -> Requirement:
    """The (n,k) rule: the ``n`` largest contributions are together more than ``k`` per cent of the total.

    Args:
        totals: the total of each cell.
        largest: its largest contributions, cells by at least ``n``, the largest first, 0 where there are fewer.
        n: how many contributors count as able to work together.
        k: the per cent that they may hold, above 0 and at most 100.

    Returns:
        Sensitive cells must be able to rise, and to fall, by what would bring the share down to ``k`` per cent.

    Raises:
        ValueError: the contributions are not sorted, sum to more than the total, or are too few to judge.

    >>> rule = dominance_rule(np.array([100, 100]), np.array([[60, 25], [50, 25]]), n=2, k=80)
    >>> rule.sensitive.tolist(), rule.up.tolist()
    ([True, False], [7, 0])
    """
    top = _checked(totals, largest, n)[:, :n].sum(axis=1)
    share = _share(k)
    return _asked(
        totals, _ceiling(top, 1 / share) - totals, top * share.denominator > totals * share.numerator
    )


def p_percent_rule(totals: Ints, largest: Ints, p: PerCent) -> Requirement:
    """The p% rule: the second largest contributor could work out the largest to within ``p`` per cent.

    That is where the total without the two largest is less than ``p`` per cent of the largest.

    Args:
        totals: the total of each cell.
        largest: its largest contributions, cells by at least two, the largest first, 0 where there are fewer.
        p: how near an estimate is too near, in per cent of the largest contribution, above 0.

    Returns:
        Sensitive cells must be able to rise, and to fall, by what the others lack of ``p`` per cent of the largest.

    Raises:
        ValueError: as for :func:`dominance_rule`.

    >>> rule = p_percent_rule(np.array([110, 130]), np.array([[80, 25], [80, 25]]), p=10)
    >>> rule.sensitive.tolist(), rule.up.tolist()
    ([True, False], [3, 0])
    """
    parts = _checked(totals, largest, 2)
    share = _share(p)
    rest = totals - parts[:, 0] - parts[:, 1]
    lacking = _ceiling(parts[:, 0], share) - rest
    return _asked(totals, lacking, rest * share.denominator < parts[:, 0] * share.numerator)


def contributors_rule(contributors: Ints, minimum: int) -> Requirement:
    """The minimum frequency rule for amounts: some contribute, but fewer than ``minimum``.

    It asks only that the amount is not exact. Combine it with :func:`protection_interval` where more is needed.

    >>> contributors_rule(np.array([0, 2, 3]), 3).sensitive.tolist()
    [False, True, False]
    """
    sensitive = (contributors > 0) & (contributors < minimum)
    need = sensitive.astype(np.int64)
    return _requirement(sensitive, np.zeros_like(need), np.zeros_like(need), need)


def protection_interval(
    values: Ints, per_cent: PerCent, *, known: PerCent = 0, sensitive: Mask | None = None
) -> Requirement:
    """Ask that cells stay open by a per cent of their value, up and down.

    Args:
        values: the value of each cell, from 0 up.
        per_cent: how much of it, rounded up.
        known: what a reader knows the value to reach at least, in per cent of it.
        sensitive: the cells that it is asked of; all of them without.

    >>> asked = protection_interval(np.array([1000, 33]), 10, known=50)
    >>> asked.low.tolist(), asked.down.tolist(), asked.up.tolist()
    ([500, 16], [100, 4], [100, 4])
    """
    taken = np.ones(len(values), dtype=bool) if sensitive is None else sensitive
    low = values - _ceiling(values, 1 - Fraction(str(known)) / 100)
    need = np.where(taken, _ceiling(values, _share(per_cent)), 0)
    return _requirement(taken, low, np.minimum(need, values - low), need)


def _asked(totals: Ints, level: Ints, sensitive: Mask) -> Requirement:
    """The same level up and down, and no further down than to nothing."""
    need = np.where(sensitive, level, 0)
    return _requirement(sensitive, np.zeros_like(need), np.minimum(need, totals), need)


def _requirement(sensitive: Mask, low: Ints, down: Ints, up: Ints) -> Requirement:
    high = np.full(len(sensitive), UNKNOWN, dtype=np.int64)
    return Requirement(sensitive=sensitive, low=low, high=high, down=down, up=up)


def _checked(totals: Ints, largest: Ints, least: int) -> Ints:
    if largest.ndim != 2 or largest.shape[0] != len(totals) or largest.shape[1] < least:
        raise ValueError(f"largest must hold at least {least} contributions for each of {len(totals)} cells")
    if np.any(largest[:, 1:] > largest[:, :-1]) or np.any(largest < 0):
        raise ValueError("contributions must not be negative, the largest first")
    if np.any(largest.sum(axis=1) > totals):
        raise ValueError("the contributions of a cell sum to more than its total")
    return largest.astype(np.int64)


def _share(per_cent: PerCent) -> Fraction:
    share = Fraction(str(per_cent)) / 100
    if share <= 0:
        raise ValueError("the per cent must be above 0")
    return share


def _ceiling(amounts: Ints, share: Fraction) -> Ints:
    """A share of whole amounts, rounded up."""
    return -(-amounts * share.numerator // share.denominator)
