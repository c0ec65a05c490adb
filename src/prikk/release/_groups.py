"""Cells that a spec wants hidden together: groups, and what they make of what must be kept and hidden."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from prikk.errors import Finding, RefusedError, nearest
from prikk.protect import Task
from prikk.release._selectors import Mask, listed, named
from prikk.spec import TOTAL, Group, ReleaseSpec
from prikk.tabular import CellTable, Hierarchy, grouped, joined, named_codes, settled

Ints = NDArray[np.int64]


def groups_of(table: CellTable, spec: ReleaseSpec, apart: Mask, findings: list[Finding]) -> Ints | None:
    """Number the cells that are hidden together, -1 for those by themselves; None where the spec asks for none.

    Cells of ``apart`` are in none: zeros that are shown whatever else is hidden.
    """
    asked = spec.protection.together
    groups = [_group(group, i, table, ~apart, findings) for i, group in enumerate(asked, start=1)]
    return joined(table, groups, apart) if groups else None


def _group(group: Group, place: int, table: CellTable, free: Mask, findings: list[Finding]) -> Ints:
    """Number the groups that one entry makes."""
    where = f"release.toml, protection.together[{place}]"
    wanted, faults = {}, []
    for hierarchy in table.hierarchies:
        if hierarchy.name in group:
            wanted[hierarchy.name], unknown = _codes(group[hierarchy.name], hierarchy, where)
            faults += unknown
    findings.extend(faults)
    numbers = grouped(table, wanted, free)
    if not faults and not (numbers >= 0).any():
        what = f"{named(group)} makes no group: nowhere do two published figures differ in these codes alone."
        fix = 'Name several codes of one dimension that a table prints, or "*" for all of them.'
        findings.append(Finding(code="together-empty", what=what, where=where, fix=fix))
    return numbers


def _codes(
    wanted: str | tuple[str, ...], hierarchy: Hierarchy, where: str
) -> tuple[list[int], list[Finding]]:
    known = [c for c in hierarchy.codes if (hierarchy.name, c) != ("period", TOTAL)]
    codes, unknown = named_codes(wanted, hierarchy)
    if hierarchy.name == "period" and 0 in codes:  # periods have no total
        unknown.append(TOTAL)
    faults = [
        Finding(
            code="together-code",
            what=f"'{code}' is not a code of '{hierarchy.name}'.",
            where=where,
            fix=f'Use its codes, or "*" for all but the total.{nearest(code, known)}',
        )
        for code in unknown
    ]
    return codes, faults


def closed(task: Task, spec: ReleaseSpec) -> Task:
    """Spread to whole groups what must be hidden or kept in them.

    Raises :class:`RefusedError` where a group holds a figure that is hidden and another that must be kept.
    """
    if task.groups is None:
        return task
    none = np.zeros(len(task.table), dtype=bool)
    sensitive = task.requirement.sensitive
    hide = none if task.hide is None else task.hide
    keep = none if task.keep is None else task.keep & ~sensitive & ~hide
    found = settled(task.groups, hide | sensitive, keep)
    if len(found.both):
        what = f"{len(found.both)} figures must be kept, or are known from an earlier release, and are in a group of protection.together with one that is hidden."
        raise RefusedError(
            Finding(
                code="together-kept",
                what=f"{what} They are {listed(found.both.tolist(), task.table)}.",
                where=f"{spec.release.id}, protection",
                fix="Take them out of protection.keep, or the group out of protection.together.",
            )
        )
    return replace(task, hide=hide | found.hide, keep=found.keep)
