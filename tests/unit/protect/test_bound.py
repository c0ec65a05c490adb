"""The lower bound, against the best pattern of all on tiny tables."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from prikk.protect._bound import lower_bound
from prikk.protect._model import Task
from prikk.protect._problem import problem_of
from prikk.sensitivity import threshold_rule
from prikk.tabular import CellTable, Hierarchy

_FLAT = Hierarchy(name="age", codes=("T", "a", "b", "c"), parents=(-1, 0, 0, 0))
_NESTED = Hierarchy(name="kind", codes=("T", "X", "x", "y", "Y"), parents=(-1, 0, 1, 1, 0))
_PAIR = Hierarchy(name="sex", codes=("T", "f", "m"), parents=(-1, 0, 0))
_REACH = 3


def task(seed, zeros="hidden", span="full", most_group=-1, *, stiff=False):
    """A small table under the threshold rule; its cells in groups up to ``most_group``, secondaries ``stiff`` downwards."""
    draw = np.random.default_rng(seed)
    columns = (_FLAT, _NESTED)[seed % 2]
    cells = CellTable.from_codes((_PAIR, columns), itertools.product(_PAIR.codes, columns.codes))
    finest = {(a, b): int(draw.choice([0, 1, 2, 3, 4, 5, 8])) for a in _PAIR.leaves for b in columns.leaves}
    values = np.array(
        [sum(n for leaf, n in finest.items() if below(cells, cell, leaf)) for cell in cells.coords]
    )
    return Task(
        table=cells,
        values=values,
        requirement=threshold_rule(values, 4, zeros),
        cost=np.round(draw.random(len(values)) * 9 + 1, 2),
        secondary_low=3 if stiff else 0 if zeros == "hidden" else 1,
        keep=None if zeros == "hidden" else values == 0,
        groups=draw.integers(-1, most_group, len(values)) if most_group > 0 else None,
        range=span,
    )


def below(cells, cell, leaf):
    return all(c in chain(h, x) for h, c, x in zip(cells.hierarchies, cell, leaf, strict=True))


def chain(hierarchy, code):
    while code >= 0:
        yield code
        code = hierarchy.parents[code]


def least(problem):
    """The loss of the best pattern, and which targets any pattern meets: over all patterns and all small changes."""
    rows, many = problem.rows, len(problem.cost)
    inside = np.zeros((many, problem.width), dtype=np.int64)
    for r in range(many):
        inside[r, rows.leaf[rows.start[r] : rows.start[r + 1]]] = rows.coef[rows.start[r] : rows.start[r + 1]]
    steps = np.arange(-_REACH, _REACH + 1)
    changes = np.stack(np.meshgrid(*[steps] * problem.width, indexing="ij"), axis=-1).reshape(
        -1, problem.width
    )
    moves = changes @ inside.T
    fine = ((moves >= -rows.down) & (moves <= rows.up) & ((moves == 0) | ~problem.fixed)).all(axis=1)
    moves = moves[fine]
    bit, cost = numbered(problem)
    masks = np.zeros(len(moves), dtype=np.int64)
    for r in range(many):
        masks |= np.where(moves[:, r] != 0, bit[r], 0)
    patterns = np.arange(1 << len(cost))
    loss = sum(cost[i] * (patterns >> i & 1) for i in range(len(cost)))
    valid, met = np.ones(len(patterns), dtype=bool), []
    for row, down, up in zip(*problem.targets[:3], strict=True):
        reach = (up > 0) & (moves[:, row] >= up) | (down > 0) & (moves[:, row] <= -down)
        ways = np.unique(masks[reach])
        met.append(len(ways) > 0)
        if len(ways):
            valid &= np.any([patterns & w == w for w in ways], axis=0)
    return float(loss[valid].min()), np.array(met, dtype=bool)


def numbered(problem):
    """A bit a row that may be hidden, one for rows that are hidden together; and what each costs."""
    bit, cost, seen = np.zeros(len(problem.cost), dtype=np.int64), [], {}
    for r in np.flatnonzero(~problem.must).tolist():
        group = int(problem.partner[r])
        key = group if group >= 0 else -1 - r
        if key not in seen:
            seen[key] = len(cost)
            cost.append(0.0)
        bit[r] = 1 << seen[key]
        cost[seen[key]] += problem.cost[r]
    return bit, np.array(cost)


def compared(asked, effort, identities=True):
    """The least loss of a pattern and the bound on it."""
    problem = problem_of(asked)
    loss, met = least(problem)
    return loss, lower_bound(problem, effort, table=asked.table if identities else None, taken=met).value


@pytest.mark.parametrize("zeros", ["hidden", "shown"])
@pytest.mark.parametrize(("effort", "tight"), [(0, 0.7), (2_000, 0.95)])
def test_the_bound_is_close_to_the_loss_of_the_best_pattern_and_never_above(zeros, effort, tight):
    shares = []
    for seed in range(16):
        loss, bound = compared(task(seed, zeros), effort)
        assert bound <= loss + 1e-9
        shares += [bound / loss] if loss > 0 else []
    assert np.mean(shares) > tight


@pytest.mark.parametrize("span", ["not-exact", 3])
def test_the_bound_holds_where_a_row_may_go_either_way(span):
    for seed in range(8):
        loss, bound = compared(task(seed, "hidden", span), 2_000)
        assert bound <= loss + 1e-9


@pytest.mark.parametrize("effort", [0, 2_000])
def test_the_bound_holds_where_one_secondary_gives_less_than_is_needed(effort):
    for seed in range(16):
        loss, bound = compared(task(seed, stiff=True), effort)
        assert bound <= loss + 1e-9


def test_the_bound_holds_where_cells_are_hidden_together():
    for seed in range(12):
        loss, bound = compared(task(seed, most_group=5), 2_000)
        assert bound <= loss + 1e-9


def test_programmes_alone_bound_the_loss_without_identities():
    loss, bound = compared(task(1), 2_000, identities=False)
    assert compared(task(1), 0, identities=False)[1] == 0
    assert 0.9 * loss < bound <= loss + 1e-9


@pytest.mark.parametrize("seed", range(6))
def test_the_bound_holds_for_distinct_people(seed):
    """A total of distinct people is between its largest part and the sum of its parts."""
    draw = np.random.default_rng(seed)
    parts = draw.integers(0, 7, 3)
    total = int(draw.integers(parts.max(), parts.sum() + 1))
    asked = Task(
        table=CellTable.from_codes([_FLAT], [(code,) for code in _FLAT.codes]),
        values=np.array([total, *parts]),
        requirement=threshold_rule(np.array([total, *parts]), 4, "hidden"),
        cost=draw.random(4) + 1,
        secondary_low=0,
        additive=False,
    )
    loss, bound = compared(asked, 2_000, identities=False)
    assert bound <= loss + 1e-9


def test_nothing_sensitive_costs_nothing():
    asked = task(0)
    plain = threshold_rule(asked.values, 0, "hidden")
    assert lower_bound(problem_of(replace(asked, requirement=plain)), 100, table=asked.table).value == 0


def test_the_same_problem_has_the_same_bound():
    asked = task(5)
    problem = problem_of(asked)
    one, other = (lower_bound(problem, 300, table=asked.table).value for _ in range(2))
    assert one == other
