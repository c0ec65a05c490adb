"""Witnesses are checked, not believed."""

import numpy as np
import pytest

from enumerate_tables import AREA, MARGINS, SEX, publication
from prikk.auditing import Rule, Verdict, Witnesses, attack, check_witnesses
from prikk.tabular import Status

RULE = Rule(threshold=4, zeros="hidden")
COUNTS = [2, 9, 2, 8, 7, 20]  # A1 F, A1 M, A2 F, A2 M, B1 F, B1 M


def toy():
    """Finest cells and sexes within A hidden; everything above shown."""
    pub, truth = publication(COUNTS, MARGINS, RULE, [False])
    status = pub.status.copy()
    for i in range(len(pub.table)):
        if pub.table.codes(i) in {("A1", "F"), ("A2", "F"), ("A1", "M"), ("A2", "M")}:
            status[i] = Status.PRIMARY if truth[i] < 4 else Status.SECONDARY
    hidden = status != Status.PUBLISHED
    low, high = np.where(hidden, 0, truth), np.where(hidden, 1 << 40, truth)
    return type(pub)(table=pub.table, low=low, high=high, status=status), truth


def witness(*changes):
    coords = np.array([[AREA.index[a], SEX.index[s]] for a, s, _ in changes], dtype=np.int32)
    return coords, np.array([n for _, _, n in changes], dtype=np.int64)


def cycle(step):
    return witness(("A1", "F", step), ("A2", "F", -step), ("A1", "M", -step), ("A2", "M", step))


def joined(*parts):
    lengths = [len(c) for c, _ in parts]
    return Witnesses(
        starts=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        coords=np.concatenate([c for c, _ in parts]),
        changes=np.concatenate([n for _, n in parts]),
    )


def test_a_cycle_through_hidden_cells_proves_both_ends_it_reaches():
    pub, truth = toy()
    found = check_witnesses(pub, RULE, "threshold", truth, joined(cycle(1), cycle(-1), cycle(-2)))
    assert len(found.failed) == 1, "A2 F would be 4, which the rule would not hide"
    cell = pub.table.find(np.array([[AREA.index["A1"], SEX.index["F"]]], dtype=np.int32))[0]
    assert (found.inner_low[cell], found.inner_high[cell]) == (1, 3)


@pytest.mark.parametrize(
    "bad",
    [
        witness(("A1", "F", 1)),  # moves shown totals
        witness(("A1", "F", 1), ("A2", "F", -1)),  # moves the shown rows of A1 and A2
        cycle(2),  # A1 F would be 4
        witness(("TOTAL", "F", 1)),  # not a finest cell
    ],
)
def test_a_broken_witness_is_rejected_and_proves_nothing(bad):
    pub, truth = toy()
    found = check_witnesses(pub, RULE, "threshold", truth, joined(bad))
    assert found.failed.tolist() == [0]
    assert np.array_equal(found.inner_low, truth)
    assert np.array_equal(found.inner_high, truth)


def test_the_attack_needs_no_search_where_witnesses_reach_and_agrees_with_one_that_searches():
    pub, truth = toy()
    found = check_witnesses(pub, RULE, "threshold", truth, joined(cycle(1), cycle(-1)))
    plain = {c.cell: c.verdict for c in attack(pub, RULE, hint=truth).hidden}
    helped = {c.cell: c.verdict for c in attack(pub, RULE, hint=truth, witnessed=found).hidden}
    assert helped == plain
    assert Verdict.UNDECIDED not in helped.values()


def test_values_that_disagree_with_what_is_shown_are_refused():
    pub, truth = toy()
    with pytest.raises(ValueError, match="true values that agree"):
        check_witnesses(pub, RULE, "threshold", truth + 1, joined(cycle(1)))
