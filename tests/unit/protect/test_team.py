"""Processes change how long protection takes, never what it gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prikk.protect import Task, _team, suppress
from prikk.protect._costs import on_grid
from prikk.sensitivity import threshold_rule
from prikk.steps import Silent
from prikk.tabular import CellTable, Hierarchy, Status


def task_of(seed: int, sides: tuple[int, int] = (9, 8), **more) -> Task:
    """A table of small and large counts with totals."""
    draw = np.random.default_rng(seed)
    grid = draw.geometric(0.06, sides) * (draw.random(sides) < 0.9)
    whole = np.pad(grid, ((1, 0), (1, 0)))
    whole[0, 1:], whole[1:, 0], whole[0, 0] = grid.sum(axis=0), grid.sum(axis=1), grid.sum()
    trees = [
        Hierarchy(name=n, codes=("T", *(f"{n}{i}" for i in range(s))), parents=(-1, *[0] * s))
        for n, s in zip("ab", sides, strict=True)
    ]
    cells = [(a, b) for a in trees[0].codes for b in trees[1].codes]
    counts = whole.ravel().astype(np.int64)
    return Task(
        table=CellTable.from_codes(trees, cells),
        values=counts,
        requirement=threshold_rule(counts, 4, "hidden"),
        cost=np.log1p(counts) + 1,
        secondary_low=0,
        **more,
    )


@pytest.mark.parametrize("processes", [2, 3])
def test_the_same_pattern_on_any_number_of_processes(processes, monkeypatch):
    monkeypatch.setattr(_team, "_WORTH", 0)
    task = task_of(4)
    one, many = (suppress(task, effort=1, processes=p) for p in (1, processes))
    assert (one.status == Status.SECONDARY).any()
    for name in ("status", "starts", "coords", "changes", "serves"):
        assert np.array_equal(getattr(one, name), getattr(many, name)), name
    assert (one.loss, one.lower_bound, one.programmes) == (many.loss, many.lower_bound, many.programmes)


def test_more_effort_never_gives_a_worse_pattern():
    losses = [suppress(task_of(3, (14, 12)), effort=e, processes=1).loss for e in (0, 1, 2, 5)]
    assert losses == sorted(losses, reverse=True)
    assert losses[-1] < losses[0]


class Impatient(Silent):
    """Somebody who presses Ctrl-C when a second start begins."""

    _before = 0.0

    def step(self, text):
        return self

    def __enter__(self):
        return self._share

    def __exit__(self, *_):
        return None

    def _share(self, _done, share):
        if share < self._before:
            raise KeyboardInterrupt
        self._before = share


@pytest.mark.parametrize("processes", [1, 2])
def test_an_interrupt_keeps_the_best_pattern_so_far(processes, monkeypatch):
    monkeypatch.setattr(_team, "_WORTH", 0)
    task = task_of(3, (14, 12))
    whole = suppress(task, effort=5, processes=1)
    stopped = suppress(task, effort=5, steps=Impatient(), processes=processes)
    assert not stopped.finished
    assert whole.loss < stopped.loss
    assert not stopped.shortfalls


@given(st.lists(st.floats(1e-3, 1e6), min_size=1, max_size=30), st.randoms())
@settings(max_examples=100, deadline=None)
def test_prices_on_the_grid_sum_to_the_same_in_any_order(prices, random):
    fine = on_grid(np.array(prices))
    shuffled = fine.tolist()
    random.shuffle(shuffled)
    assert sum(shuffled) == sum(fine.tolist())
    assert np.all(fine > 0)
    assert np.all((fine <= np.array(prices)) | (fine < 1e-5 * np.mean(prices)))
    assert np.allclose(fine, prices, rtol=0, atol=2e-6 * np.mean(prices))
