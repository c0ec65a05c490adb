"""Counts of the finest cells that agree with published figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from prikk.errors import Finding, SolveError
from prikk.solve import Limits, Outcome, Programme, solve
from prikk.synth._conflict import conflicts, describe
from prikk.synth._figures import Figures, raise_all
from prikk.synth._identities import failing
from prikk.synth._rows import HiddenBy, Rows, ranges_of, rows_of
from prikk.tabular import Hierarchy, membership

LIMITS = Limits(nodes=5_000, gap=1e-3)
"""Nodes, not seconds: the counts are the same on every machine. Any solution will do; the gap is of smoothness."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FittedCounts:
    """One solution: ``counts`` (periods by finest cells) and ``leaves``, the coordinates of those cells.

    ``leaves`` has a row a finest cell and a column a dimension, indices into the codes of ``hierarchies``.
    Counts under hidden figures are invented: one of many possibilities, still not for printing.
    """

    hierarchies: tuple[Hierarchy, ...]
    periods: tuple[str, ...]
    leaves: NDArray[np.int32]
    counts: NDArray[np.int64]


def fit(
    figures: Figures,
    *,
    threshold: int,
    zeros: Literal["hidden", "shown"],
    hidden_by: HiddenBy = "rule",
    limits: Limits = LIMITS,
) -> FittedCounts:
    """Find counts that give every shown figure exactly and every hidden one within its range.

    Every listed row has a participant in some period; what is not listed is zero. Among such counts,
    those that change least from period to period, so that people can stay.

    Args:
        figures: what was published.
        threshold: figures below it are hidden.
        zeros: whether a zero is hidden too.
        hidden_by: ``"rule"`` if every hidden figure is below the threshold; ``"any"`` if some are hidden to
            protect others, and so may have any size.
        limits: of the search for the smoothest counts.

    Returns:
        The counts, the same for equal input.

    Raises:
        FiguresError: no counts agree; the findings say which identities or figures contradict each other.
        SolveError: none were found within the limits.
    """
    ranges = ranges_of(figures, threshold, zeros, hidden_by)
    findings, involved = failing(figures, ranges)
    member = membership(figures.table)
    rows = rows_of(member.matrix, ranges)
    if findings:
        _contradict(figures, rows, involved, findings)
    periods = len(figures.periods)
    answer = solve(_smoothest(rows, periods), limits)
    if answer.outcome is Outcome.INFEASIBLE:
        _contradict(figures, rows, involved, findings)
    if answer.values is None:
        raise _unsettled(figures)
    fitted = np.rint(answer.values[: rows.matrix.shape[1]]).astype(np.int64)
    if not _agree(rows, fitted):
        raise _unsettled(figures)
    return FittedCounts(
        hierarchies=figures.table.hierarchies,
        periods=figures.periods,
        leaves=member.leaves,
        counts=fitted.reshape(periods, -1),
    )


def _smoothest(rows: Rows, periods: int) -> Programme:
    """The least sum of ``|x[m] - x[m-1]|``: a column a change, at least the difference both ways."""
    columns = rows.matrix.shape[1]
    leaves = columns // periods
    changes = columns - leaves
    rate = sp.csr_array(sp.eye_array(changes))
    nothing = sp.csr_array((changes, leaves))
    step = sp.hstack([nothing, rate]) - sp.hstack([rate, nothing])
    above = sp.hstack([rows.matrix, sp.csr_array((rows.matrix.shape[0], changes))])
    matrix = sp.vstack([above, sp.hstack([step, rate]), sp.hstack([-step, rate])])
    return Programme(
        matrix=sp.csr_array(matrix),
        row_low=np.concatenate([rows.low, np.zeros(2 * changes)]),
        row_high=np.concatenate([rows.high, np.full(2 * changes, np.inf)]),
        low=np.zeros(columns + changes),
        high=np.full(columns + changes, np.inf),
        cost=np.concatenate([np.zeros(columns), np.ones(changes)]),
        integer=np.arange(columns + changes) < columns,
    )


def _agree(rows: Rows, counts: NDArray[np.int64]) -> bool:
    """Check in whole numbers what the solver checked within a tolerance."""
    sums = rows.matrix.astype(np.int64) @ counts
    return bool((counts >= 0).all() and (sums >= rows.low).all() and (sums <= rows.high).all())


def _contradict(figures: Figures, rows: Rows, involved: NDArray[np.bool_], findings: list[Finding]) -> None:
    """Raise with the failing identities, and with the conflicts among all other figures."""
    listed = involved.any(axis=0)
    cores = conflicts(rows, np.concatenate([involved.ravel(), listed]))
    raise_all([*findings, *(describe(figures, core) for core in cores)], figures.source)


def _unsettled(figures: Figures) -> SolveError:
    what = "no counts that agree with the figures were found within the limits, nor a contradiction."
    fix = "Publish fewer tables or periods at a time, or report it with the file."
    return SolveError(Finding(where=figures.source, code="fit-limit", what=what, fix=fix))
