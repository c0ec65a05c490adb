"""Suppression against the truth on tables small enough to try every pattern."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from prikk.auditing import Rule, Verdict, Witnesses, attack, check_witnesses, leaks
from prikk.protect import Task, suppress
from prikk.sensitivity import threshold_rule
from prikk.tabular import UNBOUNDED, CellTable, Hierarchy, Publication, Status, membership

T = 4


def table_of(sizes, counts, zeros):
    """A full cross with totals; zeros are not listed where they are shown."""
    hierarchies = [
        Hierarchy(name=f"d{d}", codes=("T", *(f"c{i}" for i in range(n))), parents=(-1, *[0] * n))
        for d, n in enumerate(sizes)
    ]
    cells = {}
    for place, count in np.ndenumerate(counts):
        for up in itertools.product((True, False), repeat=len(sizes)):
            key = tuple("T" if u else f"c{i}" for u, i in zip(up, place, strict=True))
            cells[key] = cells.get(key, 0) + int(count)
    if zeros == "shown":
        cells = {k: v for k, v in cells.items() if v}
    margins = tuple(itertools.product((0, 1), repeat=len(sizes)))
    table = CellTable.from_codes(hierarchies, list(cells), margins)
    return table, np.array([cells[table.codes(i)] for i in range(len(table))])


def drawn(seed, zeros):
    draw = np.random.default_rng(seed)
    counts = draw.choice([0, 1, 2, 3, 5, 9, 20], size=(3, 3), p=[0.1, 0.1, 0.1, 0.1, 0.2, 0.2, 0.2])
    table, values = table_of((3, 3), counts, zeros)
    asked = threshold_rule(values, T, zeros)
    task = Task(
        table=table,
        values=values,
        requirement=asked,
        cost=np.log1p(values) + 1,
        secondary_low=0 if zeros == "hidden" else 1,
    )
    return task, asked


def seen(task, status):
    hidden = status != Status.PUBLISHED
    return Publication(
        table=task.table,
        low=np.where(hidden, 0, task.values),
        high=np.where(hidden, UNBOUNDED, task.values),
        status=status,
    )


def leaking(task, status, zeros, attacker="threshold"):
    """The cells that an attack from nothing but the pattern finds, the unavoidable left out."""
    found = attack(seen(task, status), Rule(threshold=T, zeros=zeros), attacker)
    return [c.cell for c in found.hidden if c.verdict not in (None, Verdict.SAFE) and not c.unavoidable]


def least_loss(task, asked, zeros):
    """The optimum by trying every set of secondaries, the cheapest first."""
    free = np.flatnonzero(~asked.sensitive)
    sets = [np.flatnonzero([b >> k & 1 for k in range(len(free))]) for b in range(1 << len(free))]
    for chosen in sorted(sets, key=lambda s: task.cost[free[s]].sum()):
        status = np.where(asked.sensitive, 1, 0).astype(np.uint8)
        status[free[chosen]] = 2
        if not leaking(task, status, zeros):
            return float(task.cost[free[chosen]].sum())
    raise AssertionError("hiding everything protects")


@pytest.mark.parametrize("zeros", ["hidden", "shown"])
def test_the_loss_is_the_least_in_nearly_all_small_tables_and_the_bound_is_below_it(zeros):
    ratios = []
    for seed in range(12):
        task, asked = drawn(seed, zeros)
        found = suppress(task, effort=1)
        best = least_loss(task, asked, zeros)
        assert found.lower_bound <= best + 1e-6
        assert found.loss >= best - 1e-6
        assert not leaking(task, found.status, zeros)
        ratios.append(found.loss / best if best else 1.0)
    assert sum(r < 1.0001 for r in ratios) >= 10
    assert max(ratios) < 1.2


@pytest.mark.parametrize("zeros", ["hidden", "shown"])
@pytest.mark.parametrize("attacker", ["naive", "threshold", "full"])
@pytest.mark.parametrize("wanted", ["full", "not-exact", 3])
def test_every_pattern_holds_against_an_attack_that_knows_no_witness(zeros, attacker, wanted):
    for seed in range(20, 28):
        task, _ = drawn(seed, zeros)
        low = T if attacker == "full" else task.secondary_low
        found = suppress(replace(task, range=wanted, secondary_low=low), effort=0)
        audit = attack(seen(task, found.status), Rule(threshold=T, zeros=zeros), attacker)
        short = {s.cell for s in found.shortfalls}
        assert not [c for c in leaks(audit, wanted) if c.cell not in short]
        assert all(c.unavoidable for c in audit.hidden if c.cell in short)


@pytest.mark.parametrize("zeros", ["hidden", "shown"])
def test_every_witness_is_another_table_that_agrees_with_all_that_is_shown(zeros):
    """Checked here by plain arithmetic, and by the audit, which must come to the same."""
    task, asked = drawn(3, zeros)
    found = suppress(task, effort=1)
    member = membership(task.table)
    base = task.values[task.table.find(member.leaves)]
    number = {tuple(c): i for i, c in enumerate(member.leaves.tolist())}
    for first, last in itertools.pairwise(found.starts.tolist()):
        other = base.copy()
        for place, change in zip(found.coords[first:last].tolist(), found.changes[first:last], strict=True):
            other[number[tuple(place)]] += change
        cells = member.matrix @ other
        shown = found.status == Status.PUBLISHED
        assert np.array_equal(cells[shown], task.values[shown])
        assert np.all(cells[asked.sensitive] < T)
        assert np.all(cells[~shown] >= (0 if zeros == "hidden" else 1))
    rule = Rule(threshold=T, zeros=zeros)
    witnesses = Witnesses(starts=found.starts, coords=found.coords, changes=found.changes)
    checked = check_witnesses(seen(task, found.status), rule, "threshold", task.values, witnesses)
    assert len(checked.failed) == 0
    audit = attack(seen(task, found.status), rule, "threshold", witnessed=checked)
    assert all(c.verdict == Verdict.SAFE or c.unavoidable for c in audit.hidden if c.verdict is not None)
