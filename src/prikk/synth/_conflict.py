"""Figures that cannot hold together although every identity can: the smallest such sets.

The elastic filter finds rows that hold a conflict, the deletion filter makes the set irreducible:
Chinneck, *Feasibility and Infeasibility in Optimization*, Springer 2008, section 6.2; after Chinneck
and Dravnieks, ORSA Journal on Computing 3 (1991), doi:10.1287/ijoc.3.2.157.
"""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from prikk.errors import Finding
from prikk.solve import Limits, Outcome, Programme, solve
from prikk.synth._figures import Figures
from prikk.synth._identities import word
from prikk.synth._rows import Rows

_SETS = 20  # conflicts looked for
_NAMED = 12  # figures named in one finding
_STRETCHED = 1e-5  # a row is broken by more than this
_LIMITS = Limits(nodes=2_000)


def conflicts(rows: Rows, freed: NDArray[np.bool_]) -> list[NDArray[np.intp]]:
    """Find sets of rows that no non-negative whole counts satisfy, no row in two sets.

    Args:
        rows: the rows.
        freed: rows to leave out, because what is wrong with them is known.

    Returns:
        The sets, each irreducible: without any one of its rows it can be satisfied. Empty when the
        remaining rows can be satisfied, or when that was not settled within the limits.
    """
    active = ~freed
    found: list[NDArray[np.intp]] = []
    for integer in (False, True):  # most conflicts show without whole numbers, where solving is cheap
        while len(found) < _SETS:
            core = _core(rows, active, integer=integer)
            if core is None:
                break
            found.append(core)
            active[core] = False
    return found


def _core(rows: Rows, active: NDArray[np.bool_], *, integer: bool) -> NDArray[np.intp] | None:
    """One irreducible set, or None."""
    kept = np.flatnonzero(active)
    hard = np.zeros(len(kept), dtype=np.bool_)
    while True:
        answer = solve(_elastic(rows, kept, hard, integer=integer), _LIMITS)
        if answer.outcome is Outcome.INFEASIBLE:
            return _irreducible(rows, kept[hard], integer=integer)
        if answer.values is None:
            return None
        stretch = answer.values[rows.matrix.shape[1] :].reshape(2, -1).sum(axis=0) > _STRETCHED
        if not stretch.any():
            return None
        hard |= stretch


def _elastic(rows: Rows, kept: NDArray[np.intp], hard: NDArray[np.bool_], *, integer: bool) -> Programme:
    """The least total by which the kept rows must be broken; the hard ones may not be."""
    count, columns = len(kept), rows.matrix.shape[1]
    matrix = sp.hstack([rows.matrix[kept], sp.eye_array(count), -sp.eye_array(count)])
    give = np.tile(np.where(hard, 0.0, np.inf), 2)
    return Programme(
        matrix=sp.csr_array(matrix),
        row_low=rows.low[kept],
        row_high=rows.high[kept],
        low=np.zeros(columns + 2 * count),
        high=np.concatenate([np.full(columns, np.inf), give]),
        cost=np.concatenate([np.zeros(columns), np.ones(2 * count)]),
        integer=np.concatenate([np.full(columns, integer), np.zeros(2 * count, dtype=np.bool_)]),
    )


def _irreducible(rows: Rows, core: NDArray[np.intp], *, integer: bool) -> NDArray[np.intp]:
    """Drop every row without which the others still conflict."""
    for row in core:
        rest = core[core != row]
        hard = np.ones(len(rest), dtype=np.bool_)
        if solve(_elastic(rows, rest, hard, integer=integer), _LIMITS).outcome is Outcome.INFEASIBLE:
            core = rest
    return core


def describe(figures: Figures, core: NDArray[np.intp]) -> Finding:
    """Say which figures cannot hold together. Only what was published is printed."""
    period, cell = np.divmod(core, len(figures.table))
    periods = [figures.periods[p] for p in np.unique(period) if p < len(figures.periods)]
    named = list(zip(period.tolist(), cell.tolist(), strict=True))[:_NAMED]
    words = [_statement(figures, p, c, single=len(periods) == 1) for p, c in named]
    more = f"; and {len(core) - _NAMED} more" if len(core) > _NAMED else ""
    return Finding(
        where=f"{figures.source}, {', '.join(periods) or 'all periods'}",
        code="figures-conflict",
        what=f"no counts give these together: {'; '.join(words)}{more}.",
        fix="Correct one of them.",
    )


def _statement(figures: Figures, period: int, cell: int, *, single: bool) -> str:
    name = f"[{figures.name(cell)}]"
    if period == len(figures.periods):
        return f"{name} is listed, so it has a participant in some period"
    at = "" if single else f"{figures.periods[period]} "
    return f"{at}{name} is {word(figures, period, cell)}"
