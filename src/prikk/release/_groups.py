"""Cells that a spec wants hidden together: groups, and what they make of what must be kept and hidden."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from prikk.errors import Finding, RefusedError, nearest
from prikk.protect import Task
from prikk.release._selectors import Mask, listed, named
from prikk.spec import TOTAL, Group, ReleaseSpec
from prikk.tabular import CellTable, Hierarchy, membership

Ints = NDArray[np.int64]


def groups_of(table: CellTable, spec: ReleaseSpec, apart: Mask, findings: list[Finding]) -> Ints | None:
    """Number the cells that are hidden together, -1 for those by themselves; None where the spec asks for none.

    Groups that share a cell are one, and so are those with cells that sum the same finest cells: to hide one and show the
    other hides nothing. Cells of ``apart`` are in none: zeros that are shown whatever else is hidden.
    """
    asked = spec.protection.together
    joined = [_group(group, i, table, ~apart, findings) for i, group in enumerate(asked, start=1)]
    if not joined:
        return None
    offset = np.cumsum([0, *(int(j.max(initial=-1)) + 1 for j in joined)])
    cell = np.concatenate([np.flatnonzero(j >= 0) for j in joined])
    group = np.concatenate([j[j >= 0] + start for j, start in zip(joined, offset, strict=False)])
    same = _same(table, apart)
    many = len(table) + int(offset[-1])
    rows = np.concatenate([cell, np.arange(len(table))])
    columns = np.concatenate([len(table) + group, same])
    links = sp.coo_array((np.ones(len(rows)), (rows, columns)), shape=(many, many))
    _, number = connected_components(links, directed=False)
    found = number[: len(table)].astype(np.int64)
    return np.where(np.isin(found, found[cell]) & ~apart, found, -1)


def _same(table: CellTable, apart: Mask) -> Ints:
    """For each cell the first that sums the same finest cells, but for those under a shown zero."""
    member = membership(table, tuple(max(depths) for depths in zip(*table.margins, strict=True)))
    inside = member.matrix
    zero = inside.T @ apart.astype(np.float64) > 0
    kept = sp.csr_array(sp.csc_array(inside)[:, np.flatnonzero(~zero)])
    kept.sort_indices()
    first: dict[bytes, int] = {}
    parts = (kept.indices[a:b].tobytes() for a, b in pairwise(kept.indptr.tolist()))
    return np.array([first.setdefault(part, cell) for cell, part in enumerate(parts)], dtype=np.int64)


def _group(group: Group, place: int, table: CellTable, free: Mask, findings: list[Finding]) -> Ints:
    """Number the groups that one entry makes: one for each combination of the dimensions it does not name."""
    where = f"release.toml, protection.together[{place}]"
    found = free.copy()
    open_dimensions = [d for d, h in enumerate(table.hierarchies) if h.name not in group]
    unknown = False
    for d, hierarchy in enumerate(table.hierarchies):
        if hierarchy.name in group:
            wanted, faults = _codes(group[hierarchy.name], hierarchy, where)
            findings.extend(faults)
            unknown |= bool(faults)
            found &= np.isin(table.coords[:, d], wanted)
    numbers = np.full(len(table), -1, dtype=np.int64)
    keys = table.coords[found][:, open_dimensions]
    _, number, size = np.unique(keys, axis=0, return_inverse=True, return_counts=True)
    number = number.ravel()
    numbers[found] = np.where(size[number] > 1, number, -1) if len(number) else number
    if not unknown and not (numbers >= 0).any():
        what = f"{named(group)} makes no group: nowhere do two published figures differ in these codes alone."
        fix = 'Name several codes of one dimension that a table prints, or "*" for all of them.'
        findings.append(Finding(code="together-empty", what=what, where=where, fix=fix))
    return numbers


def _codes(
    wanted: str | tuple[str, ...], hierarchy: Hierarchy, where: str
) -> tuple[list[int], list[Finding]]:
    if wanted == "*":
        return list(range(1, len(hierarchy.codes))), []
    codes = [wanted] if isinstance(wanted, str) else list(wanted)
    known = [c for c in hierarchy.codes if (hierarchy.name, c) != ("period", TOTAL)]
    faults = [
        Finding(
            code="together-code",
            what=f"'{code}' is not a code of '{hierarchy.name}'.",
            where=where,
            fix=f'Use its codes, or "*" for all but the total.{nearest(code, known)}',
        )
        for code in codes
        if code not in known
    ]
    return [hierarchy.index[c] for c in codes if c in known], faults


def closed(task: Task, spec: ReleaseSpec) -> Task:
    """Spread to whole groups what must be hidden or kept in them.

    Raises :class:`RefusedError` where a group holds a figure that is hidden and another that must be kept.
    """
    if task.groups is None:
        return task
    none = np.zeros(len(task.table), dtype=bool)
    hide = none if task.hide is None else task.hide
    keep = none if task.keep is None else task.keep & ~task.requirement.sensitive
    hidden = _spread(hide | task.requirement.sensitive, task.groups)
    kept = _spread(keep & ~hide, task.groups)
    torn = np.flatnonzero(hidden & keep & ~hide)
    if len(torn):
        what = f"{len(torn)} figures must be kept, or are known from an earlier release, and are in a group of protection.together with one that is hidden."
        raise RefusedError(
            Finding(
                code="together-kept",
                what=f"{what} They are {listed(torn.tolist(), task.table)}.",
                where=f"{spec.release.id}, protection",
                fix="Take them out of protection.keep, or the group out of protection.together.",
            )
        )
    return replace(task, hide=hide | (hidden & (task.groups >= 0)), keep=keep | kept)


def _spread(mask: Mask, groups: Ints) -> Mask:
    """The cells of a mask, and all that are in a group with one of them."""
    return np.asarray(mask | ((groups >= 0) & np.isin(groups, groups[mask & (groups >= 0)])))
