"""Cells that are hidden together or not at all: ``age=30-39|40-49``, ``measure=*``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from prikk.errors import Finding, nearest
from prikk.protect import Task
from prikk.protection._findings import coded, listed
from prikk.protection._model import Group, Ints, Mask
from prikk.protection._selectors import parsed, words
from prikk.tabular import CellTable, grouped, joined, named_codes, settled, torn

_NAME = "together"


def together(task: Task, asked: Sequence[Group], findings: list[Finding]) -> Task:
    """Number what is hidden together, and spread to whole groups what must be hidden or kept."""
    if not asked:
        return task
    apart = _apart(task)
    groups = [_group(group, task.table, ~apart, findings) for group in asked]
    return _closed(replace(task, groups=joined(task.table, groups, apart)), findings)


def half_hidden(task: Task, asked: Sequence[Group], hidden: Mask) -> int:
    """How many groups a pattern hides in part: read again from what was asked, not from what the protector was given."""
    free = ~_apart(task)
    return sum(torn(hidden, _group(group, task.table, free, [])) for group in asked)


def _apart(task: Task) -> Mask:
    """Zeros that are shown whatever else is hidden are in no group."""
    return np.asarray((task.values == 0) & ~task.requirement.sensitive)


def _group(group: Group, table: CellTable, free: Mask, findings: list[Finding]) -> Ints:
    """Number the groups that one selector makes; none where it cannot be used."""
    none = np.full(len(table), -1, dtype=np.int64)
    wanted = parsed(group, _NAME, table, findings)
    if wanted is None:
        return none
    index, unknown = {}, []
    for hierarchy in table.hierarchies:
        if hierarchy.name in wanted:
            codes = wanted[hierarchy.name]
            codes = [c.strip() for c in codes.split("|")] if isinstance(codes, str) else codes
            index[hierarchy.name], faults = named_codes(codes[0] if len(codes) == 1 else codes, hierarchy)
            unknown += [_unknown(code, hierarchy.name, hierarchy.codes) for code in faults]
    findings.extend(unknown)
    numbers = none if unknown else grouped(table, index, free)
    if not unknown and not (numbers >= 0).any():
        what = f"'{words(group)}' makes no group: nowhere do two published cells differ in these codes alone."
        fix = "Name several codes of one dimension with | between them, or * for all of them."
        findings.append(Finding(code="together-empty", what=what, where=_NAME, fix=fix))
    return numbers


def _unknown(code: str, name: str, known: Sequence[str]) -> Finding:
    what = f"'{code}' is not a code of '{name}'."
    fix = f"Use its codes, or * for all but the total.{nearest(code, known)}"
    return Finding(code="together-code", what=what, where=_NAME, fix=fix)


def _closed(task: Task, findings: list[Finding]) -> Task:
    sensitive, none = task.requirement.sensitive, np.zeros(len(task.table), dtype=bool)
    hide = none if task.hide is None else task.hide
    keep = none if task.keep is None else task.keep & ~sensitive
    if task.groups is None:
        return task
    found = settled(task.groups, hide | sensitive, keep)
    if len(found.both):
        cells = listed([coded(task.table.codes(cell)) for cell in found.both.tolist()])
        what = f"{len(found.both)} cells must be kept, and are in a group with one that is hidden. They are {cells}."
        fix = "Take them out of --keep, or the group out of --together."
        findings.append(Finding(code="together-kept", what=what, where=_NAME, fix=fix))
    return replace(task, hide=hide | found.hide, keep=found.keep)
