from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from prikk.solve import Outcome, Programme, solve
from unit.solve.programmes import programme


@st.composite
def tiny(draw: st.DrawFn) -> Programme:
    columns, rows = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    number = st.integers(-3, 3)
    matrix = draw(
        st.lists(st.lists(number, min_size=columns, max_size=columns), min_size=rows, max_size=rows)
    )
    lows = draw(st.lists(st.integers(-6, 6), min_size=rows, max_size=rows))
    spans = draw(st.lists(st.sampled_from([0, 1, 4, np.inf]), min_size=rows, max_size=rows))
    bounds = draw(
        st.lists(st.tuples(st.integers(-2, 0), st.integers(0, 2)), min_size=columns, max_size=columns)
    )
    cost = draw(st.lists(number, min_size=columns, max_size=columns))
    return programme(matrix, [(a, a + s) for a, s in zip(lows, spans, strict=True)], bounds, cost)


def least(p: Programme) -> float | None:
    ranges = [range(int(a), int(b) + 1) for a, b in zip(p.low, p.high, strict=True)]
    points = np.array(list(itertools.product(*ranges)), dtype=float)
    sums = points @ p.matrix.toarray().T
    fits = ((sums >= p.row_low) & (sums <= p.row_high)).all(axis=1)
    return float((points[fits] @ p.cost).min()) if fits.any() else None


@given(tiny())
@settings(max_examples=200, deadline=None)
def test_an_integer_programme_has_the_answer_that_trying_everything_finds(p: Programme) -> None:
    answer, expected = solve(p), least(p)
    if expected is None:
        assert answer.outcome is Outcome.INFEASIBLE
    else:
        assert answer.outcome is Outcome.OPTIMAL
        assert answer.objective == expected
        assert answer.bound <= answer.objective <= answer.bound + 1e-6
