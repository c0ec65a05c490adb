"""Solve a programme and check what came back."""

from __future__ import annotations

import dataclasses

import numpy as np

from prikk.errors import Finding, SolveError
from prikk.solve._highs import Ending, Run, load, run
from prikk.solve._programme import Answer, Floats, Limits, Outcome, Programme

_TOLERANCE = 1e-6  # HiGHS' own: a row may be off by this, relative to its bound


def solve(programme: Programme, limits: Limits | None = None) -> Answer:
    """Find the least cost of a linear or integer programme.

    Args:
        programme: what to solve.
        limits: when to stop; without, not before the end.

    Returns:
        The answer, its values checked against the programme after rounding integer columns.

    Raises:
        SolveError: HiGHS failed, or the rounded values break the programme.

    >>> import scipy.sparse as sp
    >>> one = np.ones(2)
    >>> least = Programme(matrix=sp.csr_array([[2.0, 3.0]]), row_low=np.array([4.0]), row_high=np.array([np.inf]),
    ...                   low=0 * one, high=9 * one, cost=one, integer=np.array([True, True]))
    >>> answer = solve(least)
    >>> answer.outcome.value, answer.objective
    ('optimal', 2.0)
    """
    limits = limits or Limits()
    settled = _settled(programme)
    return settled or _answer(programme, limits, run(load(programme, limits)))


def _settled(programme: Programme) -> Answer | None:
    """Answer what needs no solver: crossed bounds, or no columns."""
    crossed = bool((programme.low > programme.high).any() or (programme.row_low > programme.row_high).any())
    empty = programme.matrix.shape[1] == 0
    if crossed or (empty and not _holds(programme, np.zeros(0))):
        return _without(Outcome.INFEASIBLE)
    if empty:
        return Answer(outcome=Outcome.OPTIMAL, values=np.zeros(0), objective=0.0, bound=0.0)
    return None


def _answer(programme: Programme, limits: Limits, end: Run) -> Answer:
    if end.ending is Ending.INFEASIBLE:
        return _without(Outcome.INFEASIBLE)
    if end.ending is Ending.UNBOUNDED:
        return _unbounded(programme, limits)
    if end.values is None:
        return Answer(
            outcome=Outcome.LIMIT, values=None, objective=np.inf, bound=end.bound, iterations=end.iterations
        )
    values = _checked(programme, end.values)
    objective = float(programme.cost @ values)
    outcome = Outcome.OPTIMAL if end.ending is Ending.SOLVED else Outcome.FEASIBLE
    return Answer(
        outcome=outcome,
        values=values,
        objective=objective,
        bound=min(end.bound, objective),
        iterations=end.iterations,
        duals=end.duals,
    )


def _unbounded(programme: Programme, limits: Limits) -> Answer:
    """Tell an unbounded programme from an infeasible one: solve it again at no cost."""
    free = dataclasses.replace(programme, cost=np.zeros_like(programme.cost))
    end = run(load(free, limits))
    if end.ending is Ending.INFEASIBLE:
        return _without(Outcome.INFEASIBLE)
    return _without(Outcome.UNBOUNDED if end.values is not None else Outcome.LIMIT)


def _without(outcome: Outcome) -> Answer:
    objective = -np.inf if outcome is Outcome.UNBOUNDED else np.inf
    bound = np.inf if outcome is Outcome.INFEASIBLE else -np.inf
    return Answer(outcome=outcome, values=None, objective=objective, bound=bound)


def _checked(programme: Programme, raw: Floats) -> Floats:
    """Round the integer columns, keep the others within their bounds, and check every row."""
    values = np.where(programme.integer, np.rint(raw), np.clip(raw, programme.low, programme.high)) + 0.0
    if not _holds(programme, values):
        what = "the solution does not satisfy the programme once its whole numbers are rounded."
        fix = "Scale the programme so that its numbers are of one size, or bound its columns."
        raise SolveError(Finding(where="solver", code="solve-rounding", what=what, fix=fix))
    return values


def _holds(programme: Programme, values: Floats) -> bool:
    rows = programme.matrix @ values
    return bool(
        _within(rows, programme.row_low, programme.row_high).all()
        and _within(values, programme.low, programme.high).all()
    )


def _within(values: Floats, low: Floats, high: Floats) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    slack = _TOLERANCE * np.maximum(1.0, np.abs(values))
    return (values >= low - slack) & (values <= high + slack)
