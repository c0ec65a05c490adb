"""What people who are alone in a cell can work out, against enumeration."""

from dataclasses import replace

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from enumerate_tables import MARGINS, agreeing, publication, tables
from prikk.auditing import Rule, Verdict, Witnesses, attack_insiders
from prikk.auditing._system import everything_hidden, finest_level
from prikk.auditing._witness import people
from prikk.tabular import Status, membership

NO_PROOF = Witnesses(
    starts=np.zeros(1, dtype=np.int64), coords=np.zeros((0, 2), np.int32), changes=np.zeros(0, np.int64)
)


@pytest.mark.parametrize("zeros", ["hidden", "shown"])
@settings(max_examples=30, deadline=None)
@given(
    counts=st.lists(st.integers(0, 2), min_size=6, max_size=6).filter(lambda c: sum(c) <= 5),
    margins=st.sets(st.sampled_from(MARGINS), min_size=1),
    hide=st.lists(st.booleans(), min_size=5, max_size=7),
)
def test_a_cell_is_safe_only_where_enumeration_leaves_it_all_that_such_readers_could_be_left(
    zeros, counts, margins, hide
):
    rule = Rule(threshold=3, zeros=zeros)
    pub, truth = publication(counts, [*margins, (2, 1)], rule, hide)
    every = tables(pub, 5)
    alone = (truth == 1) & (pub.status == Status.PRIMARY)
    inside = sp.csr_array(membership(pub.table, finest_level(pub.table)).matrix.astype(np.int64))
    person = people(inside, alone)
    for cell in attack_insiders(pub, rule, "threshold", truth, NO_PROOF).hidden:
        if cell.status != Status.PRIMARY:
            continue
        known = alone & (person != person[cell.cell]) if alone[cell.cell] else alone
        told = replace(pub, low=np.where(known, 1, pub.low), high=np.where(known, 1, pub.high))
        taken = agreeing(told, rule, "threshold", every)[:, cell.cell]
        reach = agreeing(everything_hidden(told, rule.threshold), rule, "threshold", every)[:, cell.cell]
        both = taken.min() <= reach.min() and taken.max() >= min(reach.max(), rule.highest)
        several = len(np.unique(taken)) > 1
        if cell.verdict == Verdict.SAFE:
            assert both
            assert several
        if cell.unavoidable:
            assert len(np.unique(np.minimum(reach, rule.highest))) == 1
        if cell.verdict == Verdict.EXACT:
            assert not several
