"""Groups of cells, people who are alone, large amounts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prikk.auditing import Rule, Witnesses, check_witnesses
from prikk.protect import Reason, Task, suppress
from prikk.sensitivity import UNKNOWN, Requirement, threshold_rule
from prikk.tabular import UNBOUNDED, CellTable, Hierarchy, Publication, Status


def task_of(grid, zeros="hidden", **more) -> Task:
    """A table with totals on both sides."""
    grid = np.asarray(grid)
    whole = np.pad(grid, ((1, 0), (1, 0)))
    whole[0, 1:], whole[1:, 0], whole[0, 0] = grid.sum(axis=0), grid.sum(axis=1), grid.sum()
    trees = [
        Hierarchy(name=n, codes=("T", *(f"{n}{i}" for i in range(s))), parents=(-1, *[0] * s))
        for n, s in zip("ab", grid.shape, strict=True)
    ]
    counts = whole.ravel().astype(np.int64)
    return Task(
        table=CellTable.from_codes(trees, [(a, b) for a in trees[0].codes for b in trees[1].codes]),
        values=counts,
        requirement=threshold_rule(counts, 4, zeros),
        cost=np.log1p(counts) + 1,
        secondary_low=0 if zeros == "hidden" else 1,
        **more,
    )


grids = st.lists(st.lists(st.integers(0, 12), min_size=4, max_size=4), min_size=3, max_size=4)


@settings(max_examples=60, deadline=None)
@given(grids, st.lists(st.integers(-1, 3), min_size=25, max_size=25), st.integers(0, 19))
def test_groups_are_hidden_whole_or_not_at_all(grid, groups, kept):
    task = task_of(grid)
    many = len(task.values)
    kept %= many
    task = replace(task, groups=np.array(groups[:many]), keep=np.arange(many) == kept)
    found = suppress(task, effort=0, processes=1)
    hidden = found.status != Status.PUBLISHED
    for number in range(4):
        assert len(set(hidden[task.groups == number].tolist())) <= 1
    joined = task.groups[kept] >= 0 and task.requirement.sensitive[task.groups == task.groups[kept]].any()
    assert not hidden[kept] or task.requirement.sensitive[kept] or joined


@settings(max_examples=60, deadline=None)
@given(grids, st.sampled_from(["hidden", "shown"]))
def test_what_is_proven_of_a_cell_leaves_cells_of_others_who_are_alone_still(grid, zeros):
    task = task_of(grid, zeros)
    alone = (task.values == 1) & task.requirement.sensitive
    found = suppress(replace(task, alone=alone), effort=1, processes=1)
    hidden = found.status != Status.PUBLISHED
    seen = Publication(
        table=task.table,
        low=np.where(hidden, 0, task.values),
        high=np.where(hidden, UNBOUNDED, task.values),
        status=found.status,
    )
    proof = Witnesses(starts=found.starts, coords=found.coords, changes=found.changes, finest=task.finest)
    rule = Rule(threshold=4, zeros=zeros)
    knowing = check_witnesses(seen, rule, "threshold", task.values, proof, insiders=alone)
    stranger = check_witnesses(seen, rule, "threshold", task.values, proof)
    assert not len(stranger.failed)
    for s in found.shortfalls:
        assert s.reason in {Reason.ALONE, Reason.UNAVOIDABLE}
    named = {s.cell for s in found.shortfalls}
    for cell in np.flatnonzero(task.requirement.sensitive).tolist():
        if cell not in named:
            assert knowing.inner_low[cell] < knowing.inner_high[cell]
            assert stranger.inner_low[cell] < stranger.inner_high[cell]


def test_a_person_alone_in_a_cell_is_no_help_for_another_cell():
    # The 1 and the 2 of the first row would protect each other, but whoever is the 1 knows the 2.
    grid = [[1, 2, 20], [30, 40, 9], [25, 50, 8]]
    plain = suppress(task_of(grid), effort=1, processes=1)
    task = task_of(grid)
    task = replace(task, alone=task.values == 1)
    knowing = suppress(task, effort=1, processes=1)
    assert knowing.loss > plain.loss
    assert not knowing.shortfalls


@pytest.mark.parametrize("scale", [1, 1_000_000])
def test_amounts_of_any_size_are_protected(scale):
    draw = np.random.default_rng(2)
    grid = np.exp(draw.normal(3, 1.5, (9, 8))).astype(np.int64) * scale + draw.integers(0, scale + 1, (9, 8))
    task = task_of(grid)
    sensitive = np.zeros(len(task.values), dtype=bool)
    inner = np.flatnonzero(np.all(task.table.coords > 0, axis=1))
    sensitive[draw.choice(inner, 12, replace=False)] = True
    need = np.where(sensitive, task.values * 15 // 100 + 1, 0)
    nothing = np.zeros_like(need)
    asked = Requirement(
        sensitive=sensitive,
        low=nothing,
        high=np.full_like(need, UNKNOWN),
        down=np.minimum(need, task.values),
        up=need,
    )
    found = suppress(replace(task, requirement=asked), effort=1, processes=1)
    assert not found.shortfalls
    hidden = found.status != Status.PUBLISHED
    seen = Publication(
        table=task.table,
        low=np.where(hidden, 0, task.values),
        high=np.where(hidden, UNBOUNDED, task.values),
        status=np.where(hidden, Status.SECONDARY, Status.PUBLISHED).astype(np.uint8),
    )
    proof = Witnesses(starts=found.starts, coords=found.coords, changes=found.changes, finest=task.finest)
    proven = check_witnesses(seen, Rule(threshold=1, zeros="hidden"), "naive", task.values, proof)
    assert not len(proven.failed)
    assert np.all(proven.inner_low <= task.values - asked.down)
    assert np.all(proven.inner_high >= task.values + asked.up)
    assert (found.status == Status.SECONDARY).sum() < 25
