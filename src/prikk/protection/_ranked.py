"""From contributions to published cells: totals, how many contribute, and the largest contributions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from prikk.errors import Finding
from prikk.protection._contributions import Contributed
from prikk.protection._margins import Margins
from prikk.protection._model import Cells, Ints, Tree
from prikk.protection._rows import repeated
from prikk.protection._sums import added_up, finest_rows, keys_of, named, on_margins, table_of, unpublished
from prikk.tabular import Hierarchy


def amounts_of(
    given: Contributed, trees: Mapping[str, Tree], margins: Margins, most: int, findings: list[Finding]
) -> Cells:
    """Sum and rank the contributions under every published cell; the ``most`` largest are kept.

    What one contributor gives to a cell, also to a total, is added before it is ranked.
    """
    rows, hierarchies = given.rows, tuple(tree.hierarchy for tree in trees.values())
    _finest(given, list(trees.values()), findings)
    columns: list[NDArray[np.generic]] = [rows.counts]
    columns.extend(c for c in (rows.costs, given.contributors) if c is not None)
    found, sums = added_up(rows.coords, columns, hierarchies, margins)
    counted, largest = ranked(given, hierarchies, margins, most)
    table = table_of(found, hierarchies, margins)
    return Cells(
        table=table,
        values=sums[0].astype(np.int64),
        costs=None if rows.costs is None else sums[1].astype(np.float64),
        finest=unpublished(table, rows.coords, rows.counts),
        contributors=counted if given.contributors is None else sums[-1].astype(np.int64),
        largest=largest,
    )


def ranked(
    given: Contributed, hierarchies: Sequence[Hierarchy], margins: Margins, most: int
) -> tuple[Ints, Ints]:
    """For each cell in the order of its key how many contribute, and the ``most`` largest, 0 where there are fewer."""
    keys: list[Ints] = []
    counts: list[Ints] = []
    tops: list[Ints] = []
    for on, key in on_margins(given.rows.coords[given.row], hierarchies, margins):
        cell, amount = _owned(key, given.who[on], given.amount[on])
        found, many, top = _top(cell, amount, most)
        keys.append(found)
        counts.append(many)
        tops.append(top)
    order = np.argsort(np.concatenate(keys), kind="stable")
    return np.concatenate(counts)[order], np.concatenate(tops)[order]


def _owned(key: Ints, who: Ints, amount: Ints) -> tuple[Ints, Ints]:
    """The amount of each contributor in each cell."""
    order = np.lexsort((who, key))
    key, who = key[order], who[order]
    fresh = np.ones(len(key), dtype=bool)
    fresh[1:] = (key[1:] != key[:-1]) | (who[1:] != who[:-1])
    starts = np.flatnonzero(fresh)
    if not len(starts):
        return key, amount
    return key[starts], np.add.reduceat(amount[order], starts)


def _top(cell: Ints, amount: Ints, most: int) -> tuple[Ints, Ints, Ints]:
    """The cells in order, how many amounts each has, and its largest."""
    order = np.lexsort((-amount, cell))
    found, first, many = np.unique(cell[order], return_index=True, return_counts=True)
    number = np.repeat(np.arange(len(found)), many)
    rank = np.arange(len(order)) - first[number]
    kept = rank < most
    top = np.zeros((len(found), most), dtype=np.int64)
    top[number[kept], rank[kept]] = amount[order][kept]
    return found, many.astype(np.int64), top


def _finest(given: Contributed, trees: Sequence[Tree], findings: list[Finding]) -> None:
    """Find rows that are no finest ones: who contributes to a total cannot be told from its amount."""
    rows, hierarchies = given.rows, [tree.hierarchy for tree in trees]
    above = np.flatnonzero(~finest_rows(rows.coords, hierarchies))
    if len(above):
        what = f"{len(above)} rows are about codes that have parts: {named(rows, above, hierarchies)}."
        fix = "Give rows of the finest codes only; totals are summed."
        findings.append(Finding(code="row-total", what=what, where=rows.place, fix=fix))
    if given.contributors is not None:
        repeated(rows, keys_of(rows.coords, hierarchies), trees, findings)
