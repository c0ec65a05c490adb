"""Settings that no table could be protected with."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from prikk.errors import Finding
from prikk.protection._model import AmountRules, PerCent, Settings, Source

Fault = tuple[str, bool, str]
_DECIMALS = 1_000
OF_COUNTS = ("threshold", "zeros", "range", "attacker", "group_disclosure")
"""Settings that say nothing of amounts."""


def check_settings(settings: Settings, source: Source) -> list[Finding]:
    """Find what no table could be protected with."""
    wide = settings.range
    faults = (
        ("threshold", settings.threshold >= 2, "a number from 2 up"),
        ("zeros", settings.zeros in ("shown", "hidden"), "shown or hidden"),
        ("attacker", settings.attacker in ("naive", "threshold", "full"), "naive, threshold or full"),
        (
            "range",
            wide in ("full", "not-exact") if isinstance(wide, str) else wide >= 2,
            "full, not-exact or a number from 2 up",
        ),
        ("effort", settings.effort >= 0, "a number from 0 up"),
        (
            "processes",
            settings.processes is None or settings.processes >= 1,
            "a number from 1 up, or leave it out for all cores",
        ),
        ("steady", 0 <= settings.steadiness < 1, "a number from 0 to below 1"),
    )
    found = [
        _finding(name, f"'{getattr(settings, name)}' cannot be used.", fix)
        for name, good, fix in faults
        if not good
    ]
    if settings.steady is not None and source.previous is None:
        what = "there is no earlier table to be steady beside."
        found.append(_finding("steady", what, "it with the earlier table (--previous)"))
    return [*found, *_of_groups(settings), *_of_amounts(settings, source)]


def _finding(where: str, what: str, fix: str) -> Finding:
    return Finding(code="setting", what=what, where=where, fix=f"Use {fix}.")


def _of_groups(settings: Settings) -> Iterator[Finding]:
    """What the rule of group disclosure cannot stand beside."""
    if settings.group_disclosure is None:
        return
    if settings.zeros == "shown":
        what = "where zeros are shown, they tell that everybody is in the category that is left."
        yield _finding("group_disclosure", what, "it with zeros hidden (--zeros hidden)")
    if settings.attacker == "full":
        what = "the attacker 'full' knows that such a cell is not below the threshold, which may leave it no room."
        yield _finding("group_disclosure", what, "it with the attacker threshold or naive")


def _of_amounts(settings: Settings, source: Source) -> Iterator[Finding]:
    rules = settings.amounts
    if (rules is None) != (source.value is None):
        what = "rules for amounts and the column of the amounts (--value) are given without each other."
        yield Finding(
            code="amount-option",
            what=what,
            where="value",
            fix="Give --value and --dominance, --p-percent or --min-contributors.",
        )
    if source.value is None and (source.contributor or source.contributor_count or source.largest):
        fix = "Name the column of the amounts (--value)."
        what = "contributors are told, but no amounts."
        yield Finding(code="amount-option", what=what, where="value", fix=fix)
    if rules is None:
        return
    plain = Settings()
    for name in OF_COUNTS:
        if getattr(settings, name) != getattr(plain, name):
            what = "it is about counts, and the figures are amounts."
            fix = f"Leave out --{name.replace('_', '-')}."
            yield Finding(code="amount-option", what=what, where=name, fix=fix)
    for name, good, fix in _faults(rules):
        if not good:
            yield _finding(name, "the rule cannot be used.", fix)


def _faults(rules: AmountRules) -> Iterator[Fault]:
    some = bool(rules.dominance) or rules.p_percent is not None or rules.min_contributors is not None
    yield "rules", some, "--dominance, --p-percent or --min-contributors: none says what is sensitive"
    per_cent = "a per cent above 0, at most 100, with at most three decimals"
    for n, k in rules.dominance:
        yield "dominance", n >= 1 and _per_cent(k), f"n,k: a number from 1 up and {per_cent}"
    for name, value in (("p_percent", rules.p_percent), ("interval", rules.interval)):
        yield name, value is None or _per_cent(value), per_cent
    fewest = rules.min_contributors
    yield "min_contributors", fewest is None or fewest >= 2, "a number from 2 up"


def _per_cent(value: PerCent) -> bool:
    """Few decimals, so that shares of amounts are computed exactly."""
    return math.isfinite(value) and 0 < value <= 100 and (Fraction(str(value)) * _DECIMALS).denominator == 1
