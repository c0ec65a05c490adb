"""An earlier table of the same dimensions: what it hides is cheaper to hide again, so that a series does not flicker.

It is another period's table: nothing that it shows is known of this one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from prikk.errors import Finding
from prikk.protect import Task
from prikk.protection._arrow import Opened, opened, texts
from prikk.protection._columns import STATUS, Trees, at, found_in, indexed
from prikk.protection._contributions import CONTRIBUTORS
from prikk.protection._findings import listed
from prikk.protection._model import Ints, Mask, Source
from prikk.tabular import CellTable, Status

_PLACE = "the earlier table"
_FIX = "Give what an earlier 'prikk protect' wrote for a table of the same dimensions."


class Given(NamedTuple):
    """The rows of an earlier table: the codes of this one's hierarchies, -1 where there is no such code, and what was hidden."""

    coords: Ints
    hidden: Mask
    place: str


class Earlier(NamedTuple):
    """Which of the cells the earlier table has, and which of them it hides."""

    listed: Mask
    hidden: Mask

    def changed(self, hidden: Mask) -> int:
        """How many cells of both tables one of them shows and the other hides."""
        return int((self.listed & (self.hidden != hidden)).sum())


def read_previous(source: Source, trees: Trees, findings: list[Finding]) -> Given | None:
    """Read an earlier table; None where none is given, or, with the findings, where it cannot be used."""
    if source.previous is None:
        return None
    before = len(findings)
    found = opened(source.previous, _PLACE, findings)
    if found is None:
        return None
    findings.extend(_columns(found, source, trees))
    if STATUS not in found.table.column_names or len(findings) > before:
        return None
    status = np.asarray(texts(found.table[STATUS]).to_pylist(), dtype=object)
    fault = ("previous-status", f"of '{STATUS}' are not one of {listed([s.label for s in _KNOWN])}", _FIX)
    found_in(found, fault, ~np.isin(status, [s.label for s in _KNOWN]), findings)
    whole = [tree for tree in trees.values() if tree is not None]
    if len(findings) > before or len(whole) < len(trees) or not whole:
        return None
    coords = np.stack([indexed(found, tree)[0] for tree in whole], axis=1)
    return Given(coords, status != Status.PUBLISHED.label, found.place)


_KNOWN = (Status.PUBLISHED, Status.PRIMARY, Status.SECONDARY)


def _columns(found: Opened, source: Source, trees: Trees) -> list[Finding]:
    names = found.table.column_names
    others = {STATUS, CONTRIBUTORS, source.figure, *source.ignore}
    theirs = [n for n in names if n not in others]
    findings = []
    if sorted(theirs) != sorted(trees):
        what = f"its dimensions are {listed(theirs) or 'none'}, those of this table {listed(list(trees))}."
        findings.append(at(found, "previous-dimensions", what, _FIX))
    if names.count(STATUS) != 1:
        findings.append(at(found, "previous-status", f"it has no column '{STATUS}'.", _FIX))
    return findings


def on_table(given: Given | None, table: CellTable, findings: list[Finding]) -> Earlier | None:
    """Find the rows of an earlier table among the cells; those with codes of its own say nothing."""
    if given is None or not len(table):
        return None
    known = np.flatnonzero(np.all(given.coords >= 0, axis=1))
    cell = table.find(given.coords[known].astype(np.int32))
    known, cell = known[cell >= 0], cell[cell >= 0]
    if len(np.unique(cell)) < len(cell):
        what = "it has rows with the codes of an earlier row."
        findings.append(Finding(code="previous-twice", what=what, where=given.place, fix=_FIX))
    if not len(cell):
        what = "it has none of the cells that are published here."
        findings.append(Finding(code="previous-empty", what=what, where=given.place, fix=_FIX))
    found = Earlier(np.zeros(len(table), dtype=bool), np.zeros(len(table), dtype=bool))
    found.listed[cell] = True
    found.hidden[cell] = given.hidden[known]
    return found


def cheaper(task: Task, earlier: Earlier | None, share: float) -> Task:
    """The task with what the earlier table hides at a lower cost."""
    return task if earlier is None else replace(task, cost=task.cost * (1.0 - share * earlier.hidden))
