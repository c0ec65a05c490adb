"""The identities of a publication: a total is the sum of its parts along one dimension."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from prikk.errors import Finding
from prikk.synth._figures import Figures
from prikk.synth._rows import Ranges
from prikk.tabular import CellTable

_PARTS = 12  # parts named in one finding


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Identities:
    """One identity a row: the cell ``totals[i]`` is the sum of the cells with a one in row i of ``parts``.

    ``dimension[i]`` is the dimension along which it sums. ``orphans`` are (cell, dimension): listed cells
    that are part of a total which should be listed and is not.
    """

    totals: NDArray[np.intp]
    dimension: NDArray[np.intp]
    parts: sp.csr_array
    orphans: tuple[tuple[int, int], ...]


def identities_of(table: CellTable) -> Identities:
    """Find every identity between listed cells, between neighbouring published levels of one dimension.

    A part that is not listed is zero and left out.
    """
    level = {margin: i for i, margin in enumerate(table.margins)}
    depths = np.stack([h.depths[table.coords[:, d]] for d, h in enumerate(table.hierarchies)], axis=1)
    margin_of = np.array([level[tuple(row)] for row in depths.tolist()], dtype=np.intp)
    totals, dimensions, rows, columns, orphans = [], [], [], [], []
    count = 0
    for upper, lower, d in _neighbours(table.margins):
        sums = np.flatnonzero(margin_of == level[upper])
        parts = np.flatnonzero(margin_of == level[lower])
        above = table.coords[parts].copy()
        above[:, d] = table.hierarchies[d].ancestors(upper[d])[above[:, d]]
        total = table.find(above)
        orphans += [(int(cell), d) for cell in parts[total < 0]]
        rows.append(count + np.searchsorted(sums, total[total >= 0]))
        columns.append(parts[total >= 0])
        totals.append(sums)
        dimensions.append(np.full(len(sums), d))
        count += len(sums)
    none = np.zeros(0, dtype=np.intp)
    row, column = np.concatenate([none, *rows]), np.concatenate([none, *columns])
    return Identities(
        totals=np.concatenate([none, *totals]),
        dimension=np.concatenate([none, *dimensions]),
        parts=sp.csr_array((np.ones(len(row)), (row, column)), shape=(count, len(table))),
        orphans=tuple(orphans),
    )


def _neighbours(
    margins: tuple[tuple[int, ...], ...],
) -> Iterator[tuple[tuple[int, ...], tuple[int, ...], int]]:
    """Pairs of margins that differ in the depth of one dimension, the next published depth, and which."""
    for upper in margins:
        for d in range(len(upper)):
            deeper = [
                m for m in margins if m[d] > upper[d] and m[:d] + m[d + 1 :] == upper[:d] + upper[d + 1 :]
            ]
            if deeper:
                yield upper, min(deeper, key=lambda m: m[d]), d


def failing(figures: Figures, ranges: Ranges) -> tuple[list[Finding], NDArray[np.bool_]]:
    """Give every identity that no counts within the ranges satisfy, and which figures stand in one.

    The figures are periods by cells. What is printed is published: shown figures, and the rule's range.
    """
    found = identities_of(figures.table)
    involved = np.zeros(figures.hidden.shape, dtype=np.bool_)
    findings = [_orphan(figures, cell, d) for cell, d in found.orphans]
    involved[:, [cell for cell, _ in found.orphans]] = True
    least, most = _sums(found.parts, ranges.low), _sums(found.parts, ranges.high)
    wrong = (ranges.high[:, found.totals] < least) | (ranges.low[:, found.totals] > most)
    for period, i in np.argwhere(wrong):
        parts = found.parts.indices[found.parts.indptr[i] : found.parts.indptr[i + 1]]
        total = int(found.totals[i])
        involved[period, [total, *parts]] = True
        span = _span(least[period, i], most[period, i])
        findings.append(_unequal(figures, (int(period), total, int(found.dimension[i])), parts, span))
    never = np.flatnonzero(ranges.high.sum(axis=0) < 1)
    involved[:, never] = True
    return [*findings, *(_never(figures, int(cell)) for cell in never)], involved


def _sums(parts: sp.csr_array, bounds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sum bounds (periods by cells) over the parts of each identity; infinity stays infinity."""
    sums: NDArray[np.float64] = (parts @ bounds.T).T
    return sums


def _span(low: float, high: float) -> str:
    if low == high:
        return f"which is {low:.0f}"
    return f"which is at least {low:.0f}" if np.isinf(high) else f"which is between {low:.0f} and {high:.0f}"


def word(figures: Figures, period: int, cell: int) -> str:
    """A figure as it was published."""
    return "hidden" if figures.hidden[period, cell] else str(figures.values[period, cell])


def _unequal(figures: Figures, where: tuple[int, int, int], parts: NDArray[np.int32], span: str) -> Finding:
    period, total, d = where
    tree = figures.table.hierarchies[d]
    words = [
        f"{tree.codes[figures.table.coords[cell, d]]} {word(figures, period, cell)}"
        for cell in parts[:_PARTS]
    ]
    listed = ", ".join(words) + (f" and {len(parts) - _PARTS} more" if len(parts) > _PARTS else "")
    shown = word(figures, period, total)
    subject = "the hidden total" if shown == "hidden" else f"the published total {shown}"
    what = f"{subject} is not the sum of its parts, {span} ({tree.name}: {listed or 'none is listed'})."
    return Finding(
        where=f"{figures.source}, {figures.periods[period]}: {figures.name(total)}",
        code="identity-fails",
        what=what,
        fix="Correct the total or one of its parts.",
    )


def _orphan(figures: Figures, cell: int, d: int) -> Finding:
    name = figures.table.hierarchies[d].name
    what = f"the row is listed, but the total above it along '{name}' is not."
    where = f"{figures.source}: {figures.name(cell)}"
    return Finding(where=where, code="total-absent", what=what, fix="List the total, or remove the row.")


def _never(figures: Figures, cell: int) -> Finding:
    what = "the row is listed, but none of its figures lets it have a participant."
    where = f"{figures.source}: {figures.name(cell)}"
    return Finding(where=where, code="row-empty", what=what, fix="Remove the row, or correct its figures.")
