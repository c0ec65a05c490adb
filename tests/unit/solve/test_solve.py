from __future__ import annotations

import dataclasses

import highspy
import numpy as np
import pytest
import scipy.sparse as sp

from prikk.errors import SolveError
from prikk.solve import Limits, Outcome, Programme, solve
from prikk.solve._highs import ENDINGS, Ending, Run
from prikk.solve._solve import _answer
from unit.solve.programmes import INF, knapsack, programme

RAY = {"matrix": [[1, -1]], "rows": [(0, INF)], "columns": [(0, INF)] * 2, "cost": [-1, 0]}


@pytest.mark.parametrize(("integer", "least"), [(False, 2.25), (True, 2.6)])
def test_whole_numbers_cost_more_than_fractions(*, integer: bool, least: float) -> None:
    answer = solve(programme([[2, 3]], [(4.5, INF)], [(0, 9)] * 2, [1, 1.6], integer=integer))
    assert answer.outcome is Outcome.OPTIMAL
    assert (answer.objective, answer.bound) == pytest.approx((least, least))


def test_integer_columns_are_exactly_whole() -> None:
    answer = solve(knapsack(3, 4, 12))
    assert answer.values is not None
    assert (answer.values == np.rint(answer.values)).all()


@pytest.mark.parametrize("integer", [False, True])
def test_rows_that_cross_are_infeasible(*, integer: bool) -> None:
    crossed = programme([[1, 1], [1, 1]], [(3, INF), (-INF, 2)], [(-INF, INF)] * 2, [-1, 0], integer=integer)
    answer = solve(crossed)
    assert (answer.outcome, answer.values, answer.bound) == (Outcome.INFEASIBLE, None, INF)


@pytest.mark.parametrize("integer", [False, True])
def test_a_ray_of_falling_cost_is_unbounded(*, integer: bool) -> None:
    answer = solve(programme(**RAY, integer=integer))
    assert (answer.outcome, answer.values, answer.objective) == (Outcome.UNBOUNDED, None, -INF)


def test_a_parity_conflict_is_infeasible_only_in_whole_numbers() -> None:
    even = {"matrix": [[2, 4]], "rows": [(5, 5)], "columns": [(0, 9)] * 2, "cost": [1, 1]}
    assert solve(programme(**even, integer=False)).outcome is Outcome.OPTIMAL
    assert solve(programme(**even, integer=True)).outcome is Outcome.INFEASIBLE


def test_a_node_limit_gives_a_solution_with_a_bound_that_may_be_lower() -> None:
    answer = solve(knapsack(0, 5, 40), Limits(nodes=1))
    assert answer.outcome is Outcome.FEASIBLE
    assert answer.values is not None
    assert answer.bound < answer.objective


@pytest.mark.parametrize(
    ("integer", "limits"),
    [(True, Limits(seconds=0.0)), (False, Limits(seconds=0.0)), (False, Limits(iterations=0))],
)
def test_a_limit_before_any_solution_is_an_outcome(*, integer: bool, limits: Limits) -> None:
    hard = knapsack(1, 20, 60)
    equal = dataclasses.replace(hard, row_low=hard.row_high, integer=np.full(60, integer))
    answer = solve(equal, limits)
    assert (answer.outcome, answer.values, answer.objective) == (Outcome.LIMIT, None, INF)


@pytest.mark.parametrize(("row", "outcome"), [((0, 1), Outcome.OPTIMAL), ((1, 2), Outcome.INFEASIBLE)])
def test_a_programme_without_columns_is_settled_by_its_rows(
    row: tuple[float, float], outcome: Outcome
) -> None:
    assert solve(programme([[]], [row], [], [])).outcome is outcome


def test_a_programme_without_rows_is_settled_by_its_bounds() -> None:
    answer = solve(programme([], [], [(2, 5), (-3, 1)], [1, -1]))
    assert (answer.outcome, answer.objective) == (Outcome.OPTIMAL, 1.0)


def test_crossed_column_bounds_are_infeasible() -> None:
    assert solve(programme([[1]], [(0, 1)], [(2, 1)], [0])).outcome is Outcome.INFEASIBLE


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    solve(knapsack(0, 5, 20))
    solve(programme(**RAY))
    assert capfd.readouterr() == ("", "")


def test_the_same_programme_gives_the_same_values() -> None:
    first, second = (solve(knapsack(7, 5, 30)).values for _ in range(2))
    assert first is not None
    assert np.array_equal(first, second)


def test_the_layout_of_the_matrix_does_not_matter() -> None:
    by_row = knapsack(2, 3, 15)
    by_column = dataclasses.replace(by_row, matrix=sp.csc_array(by_row.matrix))
    assert solve(by_row).objective == solve(by_column).objective


def test_every_status_of_highs_has_a_meaning() -> None:
    assert set(ENDINGS) == set(highspy.HighsModelStatus.__members__)


def test_values_that_break_the_programme_are_never_handed_out() -> None:
    one = programme([[1]], [(2, 2)], [(0, 9)], [1])
    broken = Run(ending=Ending.SOLVED, values=np.array([1.0]), bound=0.0, iterations=0)
    with pytest.raises(SolveError, match="solve-rounding"):
        _answer(one, Limits(), broken)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("low", np.zeros(3)),
        ("row_high", np.array([np.nan])),
        ("cost", np.array([np.inf, 0])),
        ("integer", np.zeros(2)),
        ("matrix", sp.csr_array([[np.inf, 1.0]])),
    ],
)
def test_a_programme_that_makes_no_sense_cannot_be_made(name: str, value: object) -> None:
    sound = programme(**RAY)
    fields = {f.name: getattr(sound, f.name) for f in dataclasses.fields(sound)}
    with pytest.raises(ValueError, match="must hold"):
        Programme(**{**fields, name: value})


@pytest.mark.parametrize("restarts", [True, False])
def test_simplex_steps_are_counted_the_same_every_time(restarts: bool) -> None:
    hard = knapsack(3, 5, 30)
    limits = Limits(nodes=5, restarts=restarts)
    first, second = solve(hard, limits), solve(hard, limits)
    assert first.iterations == second.iterations > 0
    assert first.objective == second.objective
