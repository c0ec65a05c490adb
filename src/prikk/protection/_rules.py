"""What the rules that were asked for say of the published cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from prikk.errors import Finding, nearest
from prikk.protection._findings import listed
from prikk.protection._model import AmountRules, Cells, Ints, Mask, Settings
from prikk.sensitivity import (
    UNKNOWN,
    Requirement,
    below_threshold,
    combined,
    contributors_rule,
    dominance_rule,
    group_disclosure_rule,
    p_percent_rule,
    protection_interval,
    threshold_rule,
)
from prikk.tabular import CellTable, sums


class Ruled(NamedTuple):
    """What is asked of each cell, and how many cells each rule makes sensitive, where there may be several rules."""

    requirement: Requirement
    by_rule: Mapping[str, int]


def ruled(cells: Cells, settings: Settings, findings: list[Finding]) -> Ruled:
    """Apply the rules of the settings."""
    if settings.amounts is not None:
        return _of_amounts(cells, settings.amounts, findings)
    known = settings.attacker != "naive"
    asked = threshold_rule(cells.values, settings.threshold, settings.zeros, known=known)
    found = {}
    if settings.group_disclosure is not None:
        group = _of_groups(cells, settings.group_disclosure, asked.sensitive, findings)
        found = {"threshold": _many(asked), "group-disclosure": _many(group)}
        asked = combined(asked, group)
    return Ruled(asked, found)


def beside_threshold(asked: Requirement, values: Ints, settings: Settings) -> Mask:
    """The sensitive cells that do not fall under the threshold: a reader knows no range of them."""
    if settings.amounts is not None:
        return asked.sensitive
    return asked.sensitive & ~below_threshold(values, settings.threshold, settings.zeros)


def _many(asked: Requirement) -> int:
    return int(asked.sensitive.sum())


def _of_groups(
    cells: Cells, dimensions: tuple[str, ...], hidden: Mask, findings: list[Finding]
) -> Requirement:
    names = [h.name for h in cells.table.hierarchies]
    for name in (n for n in dimensions if n not in names):
        what = f"'{name}' is no dimension.{nearest(name, names)}"
        fix = f"Use {listed(names)}."
        findings.append(Finding(code="group-dimension", what=what, where="group_disclosure", fix=fix))
    return group_disclosure_rule(cells.table, cells.values, dimensions=dimensions or names, hidden=hidden)


def _of_amounts(cells: Cells, rules: AmountRules, findings: list[Finding]) -> Ruled:
    found = _each(cells, rules)
    asked = combined(*found.values())
    if rules.interval is not None:
        wide = protection_interval(cells.values, rules.interval, sensitive=asked.sensitive)
        asked = combined(asked, wide)
    if np.any(cells.values[asked.sensitive] + asked.up[asked.sensitive] >= UNKNOWN):
        what = "the rules ask for amounts to stay open beyond 2**40, which stands for no upper end."
        fix = "Give amounts in thousands, or ask for narrower intervals."
        findings.append(Finding(code="amount-too-large", what=what, where="the rules", fix=fix))
    whole = _zeros_above(cells.table, cells.values, asked)
    counts = {name: _many(rule) for name, rule in found.items()}
    if _many(whole) > _many(asked):
        counts["zero above a hidden zero"] = _many(whole) - _many(asked)
    return Ruled(whole, counts)


def _each(cells: Cells, rules: AmountRules) -> dict[str, Requirement]:
    """Each rule by itself, by its name in the report."""
    values = cells.values
    nobody = np.zeros(len(values), dtype=np.int64)
    largest = np.zeros((len(values), rules.depth), np.int64) if cells.largest is None else cells.largest
    found = {f"dominance {n},{k}": dominance_rule(values, largest, n, k) for n, k in rules.dominance}
    if rules.p_percent is not None:
        found[f"p-percent {rules.p_percent}"] = p_percent_rule(values, largest, rules.p_percent)
    if rules.min_contributors is not None:
        many = nobody if cells.contributors is None else cells.contributors
        found[f"min-contributors {rules.min_contributors}"] = contributors_rule(many, rules.min_contributors)
    return found


def _zeros_above(table: CellTable, values: Ints, asked: Requirement) -> Requirement:
    """Hide the zeros above hidden zeros too: an amount of 0 that is shown tells that all parts of it are 0."""
    found = sums(table)
    total = np.repeat(found.totals, np.diff(found.starts))
    sensitive, up = asked.sensitive.copy(), asked.up.copy()
    while True:
        fresh = total[sensitive[found.parts] & (values[total] == 0) & ~sensitive[total]]
        if not len(fresh):
            break
        sensitive[fresh], up[fresh] = True, 1
    zero = np.where(sensitive & ~asked.sensitive, 0, asked.down)
    return replace(asked, sensitive=sensitive, up=up, down=zero)
