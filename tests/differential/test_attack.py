"""The attack against enumeration: every interval, reach and verdict of every hidden cell."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enumerate_tables import MARGINS, agreeing, publication, tables
from prikk.auditing import Limits, Rule, Verdict, attack
from prikk.auditing._system import everything_hidden
from prikk.tabular import CellTable, Hierarchy, Publication, Status

COUNTS = st.lists(st.integers(0, 4), min_size=6, max_size=6)
SETS = st.sets(st.sampled_from(MARGINS), min_size=1)
HIDE = st.lists(st.booleans(), min_size=5, max_size=7)
ATTACKERS = ["naive", "threshold", "full"]


@pytest.mark.parametrize("attacker", ATTACKERS)
@pytest.mark.parametrize("zeros", ["hidden", "shown"])
@settings(max_examples=40, deadline=None)
@given(counts=COUNTS, margins=SETS, hide=HIDE, hinted=st.booleans())
def test_every_interval_is_that_of_enumeration(attacker, zeros, counts, margins, hide, hinted):
    rule = Rule(threshold=3, zeros=zeros)
    pub, values = publication(counts, margins, rule, hide)
    total = int(values[0])
    every = tables(pub, min(total, 5))
    if total > 5:  # finest counts above 5 would be missing from the enumeration
        every = every[:0]
    possible = agreeing(pub, rule, attacker, every)
    audit = attack(pub, rule, attacker, hint=values if hinted else None)
    assert audit.contradictions == ()
    for cell in audit.hidden:
        assert (cell.inner_low, cell.inner_high) == (cell.low, cell.high), "every end is closed"
        if len(possible):
            column = possible[:, cell.cell]
            assert (cell.low, cell.high) == (column.min(), column.max())


@pytest.mark.parametrize("attacker", ATTACKERS)
@pytest.mark.parametrize("zeros", ["hidden", "shown"])
@settings(max_examples=25, deadline=None)
@given(counts=st.lists(st.integers(0, 3), min_size=6, max_size=6), margins=SETS, hide=HIDE)
def test_every_reach_and_verdict_is_that_of_enumeration(attacker, zeros, counts, margins, hide):
    rule = Rule(threshold=3, zeros=zeros)
    pub, values = publication(counts, margins, rule, hide)
    every = tables(pub, 4)
    reachable = agreeing(everything_hidden(pub, rule.threshold), rule, attacker, every)
    possible = agreeing(pub, rule, attacker, every) if values[0] <= 4 else every[:0]
    for cell in attack(pub, rule, attacker, hint=values).hidden:
        if cell.status != Status.PRIMARY:
            assert cell.verdict is None
            continue
        inside = np.clip(reachable[:, cell.cell], rule.lowest, rule.highest)
        assert (cell.reach_low, cell.reach_high) == (inside.min(), inside.max())
        if len(possible):
            assert cell.verdict == verdict(possible[:, cell.cell], inside)


def verdict(taken, reach):
    if len(np.unique(taken)) == 1:
        return Verdict.EXACT
    both = taken.min() <= reach.min() and taken.max() >= reach.max()
    return Verdict.SAFE if both else Verdict.NARROWED


HASTY = Limits(nodes=(0,), small=0, programmes=0, programme_nodes=1)
WALKING = Limits(large=0, large_nodes=0, rounds=2, steps=6)


@pytest.mark.parametrize("limits", [HASTY, WALKING], ids=["hasty", "walking"])
@settings(max_examples=40, deadline=None)
@given(counts=COUNTS, margins=SETS, hide=HIDE)
def test_whatever_the_limits_safe_is_never_said_of_what_is_not(limits, counts, margins, hide):
    rule = Rule(threshold=3, zeros="hidden")
    pub, _ = publication(counts, margins, rule, hide)
    full = {c.cell: c for c in attack(pub, rule, "threshold").hidden}
    for cell in attack(pub, rule, "threshold", limits=limits).hidden:
        best = full[cell.cell]
        if cell.inner_low is not None:
            assert best.low <= cell.inner_low
        if cell.inner_high is not None and best.high is not None:
            assert cell.inner_high <= best.high
        assert cell.low <= best.low
        assert cell.high is None or best.high is None or cell.high >= best.high
        assert cell.verdict in {best.verdict, Verdict.UNDECIDED}


@settings(max_examples=30, deadline=None)
@given(counts=COUNTS, margins=SETS, hide=HIDE, more=st.integers(1, 40))
def test_hiding_one_more_cell_never_narrows_an_interval(counts, margins, hide, more):
    rule = Rule(threshold=3, zeros="hidden")
    pub, _ = publication(counts, margins, rule, hide)
    shown = np.flatnonzero(pub.status == Status.PUBLISHED)[1:]
    if len(shown) == 0:
        return
    extra = shown[more % len(shown)]
    low, high, status = pub.low.copy(), pub.high.copy(), pub.status.copy()
    low[extra], high[extra], status[extra] = 0, 1 << 40, Status.SECONDARY
    wider = replace(pub, low=low, high=high, status=status)
    before = {c.cell: c for c in attack(pub, rule, "threshold").hidden}
    for cell in attack(wider, rule, "threshold").hidden:
        if cell.cell in before:
            assert cell.low <= before[cell.cell].low
            assert cell.high is None or cell.high >= before[cell.cell].high


@pytest.mark.parametrize("attacker", ATTACKERS)
@settings(max_examples=15, deadline=None)
@given(
    counts=st.lists(st.integers(0, 2), min_size=6, max_size=6),
    hide=HIDE,
    levels=st.sets(st.integers(0, 2), min_size=1),
)
def test_what_listing_tells_is_used_as_enumeration_uses_it(attacker, counts, hide, levels):
    """Here the second dimension is a period: no total over it, and printed rows are not zero in both."""
    rule = Rule(threshold=2, zeros="hidden")
    pub, values = listed_publication(counts, rule, hide, levels)
    every = tables(pub, 6)  # a column of three adds up to 6 at most
    lines = [np.flatnonzero(pub.table.coords[:, 0] == area) for area in np.unique(pub.table.coords[:, 0])]
    listed = np.all(np.stack([every[:, line].sum(axis=1) > 0 for line in lines]), axis=0)
    if not np.all([values[line].sum() > 0 for line in lines]):
        return  # such a row would not be printed
    reachable = agreeing(everything_hidden(pub, rule.threshold), rule, attacker, every[listed])
    possible = agreeing(pub, rule, attacker, every[listed])
    for cell in attack(pub, rule, attacker, hint=values).hidden:
        column = possible[:, cell.cell]
        assert cell.low == column.min()
        if cell.status == Status.PRIMARY:
            inside = np.clip(reachable[:, cell.cell], rule.lowest, rule.highest)
            assert (cell.reach_low, cell.reach_high) == (inside.min(), inside.max())


def listed_publication(counts, rule, hide, levels):
    pub, values = publication(counts, [(level, 1) for level in levels], rule, hide)
    keep = pub.table.coords[:, 1] > 0
    table = replace(
        pub.table, coords=pub.table.coords[keep], margins=tuple(m for m in pub.table.margins if m[1] > 0)
    )
    smaller = replace(
        pub, table=table, low=pub.low[keep], high=pub.high[keep], status=pub.status[keep], listed_over=1
    )
    return smaller, values[keep]


@pytest.mark.parametrize("attacker", ATTACKERS)
@pytest.mark.parametrize("periods", [1, 2])
@settings(max_examples=25, deadline=None)
@given(counts=st.lists(st.integers(0, 2), min_size=8, max_size=8), hide=HIDE, finest=st.booleans())
def test_a_listed_line_counts_though_no_table_prints_its_finest_cells(
    attacker, periods, counts, hide, finest
):
    rule = Rule(threshold=2, zeros="hidden")
    pub, values, inside = crossed(counts[: 4 * periods], periods, rule, hide, finest=finest)
    line = np.unique(pub.table.coords[:, 1:], axis=0, return_inverse=True)[1].ravel()
    if np.bincount(line, values).min() == 0:
        return  # such a row would not be printed
    # Up to 4 in a finest cell: more changes no end of a cell under a rule with highest 1.
    leaves = np.array(list(itertools.product(range(5 if periods == 1 else 3), repeat=4 * periods)))
    every = leaves @ inside.T
    every = every[
        np.all(np.stack([every[:, line == n].sum(axis=1) > 0 for n in range(line.max() + 1)]), axis=0)
    ]
    reachable = agreeing(everything_hidden(pub, rule.threshold), rule, attacker, every)
    for cell in attack(pub, rule, attacker).hidden:
        if cell.status == Status.PRIMARY:
            inner = np.clip(reachable[:, cell.cell], rule.lowest, rule.highest)
            assert (cell.reach_low, cell.reach_high) == (inner.min(), inner.max())


def crossed(counts, periods, rule, hide, *, finest):
    """Two dimensions of two codes over some periods: each by itself, and both together only with ``finest``."""
    trees = [Hierarchy(name=n, codes=("T", "1", "2"), parents=(-1, 0, 0)) for n in "ab"]
    months = tuple(str(m) for m in range(periods))
    time = Hierarchy(name="period", codes=("T", *months), parents=(-1, *[0] * periods))
    every = [(p, a, b) for p in months for a in "T12" for b in "T12"]
    printed = [c for c in every if (c[1] == "T") != (c[2] == "T") or (finest and c[1] != "T" and c[2] != "T")]
    table = CellTable.from_codes([time, *trees], printed)
    leaves = [(p, a, b) for p in months for a in "12" for b in "12"]
    inside = np.array(
        [[all(x in ("T", y) for x, y in zip(c, f, strict=True)) for f in leaves] for c in printed]
    )
    values = inside.astype(np.int64) @ np.array(counts)
    small = values <= rule.highest
    extra = np.resize(np.array(hide), len(values)) & ~small
    status = np.where(small, Status.PRIMARY, np.where(extra, Status.SECONDARY, Status.PUBLISHED))
    hidden = status != Status.PUBLISHED
    pub = Publication(
        table=table,
        low=np.where(hidden, 0, values),
        high=np.where(hidden, 1 << 40, values),
        status=status.astype(np.uint8),
        listed_over=0,
    )
    return pub, values, inside.astype(np.int64)
