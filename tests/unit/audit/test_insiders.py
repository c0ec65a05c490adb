"""People who are alone in a hidden cell know it: what protects others from a stranger may not protect them from these."""

import numpy as np
import pytest

from prikk.auditing import Rule, Verdict, Witnesses, attack, attack_insiders, check_witnesses, leaks
from prikk.tabular import UNBOUNDED, CellTable, Hierarchy, Publication, Status

RULE = Rule(threshold=4, zeros="hidden")
AREAS = ("TOTAL", "A", "A1", "A2", "A3", "B")
AREA = Hierarchy(name="area", codes=AREAS, parents=(-1, 0, 1, 1, 1, 0))
PERIOD = Hierarchy(name="period", codes=("TOTAL", "P1", "P2"), parents=(-1, 0, 0))
TABLE = CellTable.from_codes([PERIOD, AREA], [(p, a) for p in ("P1", "P2") for a in AREAS])


def published(a1, a2, a3, hidden):
    """Two periods of a total, A with three parts, and B; in the first those named are hidden, in the second nothing."""
    a = a1 + a2 + a3
    truth = np.array([a + 27, a, a1, a2, a3, 27, 100, 60, 20, 20, 20, 40])
    out = np.isin(np.arange(12), [AREAS.index(name) for name in hidden])
    status = np.where(out, np.where(truth < 4, Status.PRIMARY, Status.SECONDARY), Status.PUBLISHED)
    low, high = np.where(out, 0, truth), np.where(out, UNBOUNDED, truth)
    pub = Publication(table=TABLE, low=low, high=high, status=status.astype(np.uint8), listed_over=0)
    return pub, truth


def witnesses(*changes):
    flat = [(1, AREAS.index(code), n) for change in changes for code, n in change.items()]
    return Witnesses(
        starts=np.cumsum([0, *map(len, changes)]).astype(np.int64),
        coords=np.array([row[:2] for row in flat], dtype=np.int32).reshape(-1, 2),
        changes=np.array([row[2] for row in flat], dtype=np.int64),
    )


EXCHANGE = witnesses({"A1": 2, "A2": -2}, {"A1": -1, "A2": 1})


def verdicts(audit):
    return {AREAS[c.cell]: c.verdict for c in audit.hidden if c.verdict is not None}


def test_two_hidden_cells_protect_each_other_for_a_stranger_and_not_for_the_person_in_one_of_them():
    pub, truth = published(1, 2, 30, ["A1", "A2"])
    checked = check_witnesses(pub, RULE, "threshold", truth, EXCHANGE)
    stranger = attack(pub, RULE, hint=truth, witnessed=checked)
    assert verdicts(stranger) == {"A1": Verdict.SAFE, "A2": Verdict.SAFE}
    found = attack_insiders(pub, RULE, "threshold", truth, EXCHANGE)
    assert verdicts(found) == {"A1": Verdict.SAFE, "A2": Verdict.EXACT}
    (leak,) = leaks(found)
    assert (AREAS[leak.cell], leak.unavoidable) == ("A2", False)
    assert leaks(found, accepted=(leak.cell,)) == (leak,), "another cell could have been hidden beside it"


def test_a_witness_that_moves_a_cell_of_one_proves_something_of_that_cell_only():
    pub, truth = published(1, 2, 30, ["A1", "A2"])
    found = check_witnesses(pub, RULE, "threshold", truth, EXCHANGE, insiders=truth == 1)
    assert (found.inner_low.tolist()[2:4], found.inner_high.tolist()[2:4]) == ([0, 2], [3, 2])
    assert found.failed.tolist() == []


def test_a_witness_that_moves_the_cells_of_two_people_proves_nothing():
    pub, truth = published(1, 1, 30, ["A1", "A2"])
    proof = witnesses({"A1": 1, "A2": -1})
    found = check_witnesses(pub, RULE, "threshold", truth, proof, insiders=truth == 1)
    assert np.array_equal(found.inner_low, truth)
    assert np.array_equal(found.inner_high, truth)


def test_cells_of_one_that_hold_each_other_are_of_one_person():
    pub, truth = published(1, 0, 0, ["A", "A1", "A2", "A3", "B"])
    proof = witnesses({"A1": 1, "B": -1})
    found = check_witnesses(pub, RULE, "threshold", truth, proof, insiders=truth == 1)
    assert found.inner_high.tolist()[1:3] == [2, 2], "A and A1 count the same person"
    assert found.inner_low[5] == 27, "nobody in B is alone"


def test_what_leaves_the_cell_of_one_as_it_is_protects_from_its_person_too():
    pub, truth = published(1, 2, 30, ["A1", "A2", "A3"])
    proof = witnesses({"A2": -2, "A3": 2}, {"A2": 1, "A3": -1}, {"A1": -1, "A3": 1}, {"A1": 2, "A3": -2})
    found = attack_insiders(pub, RULE, "threshold", truth, proof)
    assert set(verdicts(found).values()) == {Verdict.SAFE}
    assert leaks(found) == ()


def test_the_attack_finds_itself_what_no_witness_shows():
    pub, truth = published(1, 2, 30, ["A1", "A2", "A3"])
    assert leaks(attack_insiders(pub, RULE, "threshold", truth, witnesses())) == ()


def test_unavoidable_is_what_such_readers_know_whatever_is_hidden():
    """Three people in three cells of one, under a total that the rule hides: together they know it."""
    pub, truth = published(1, 1, 1, ["A", "A1", "A2", "A3", "B"])
    found = attack_insiders(pub, RULE, "threshold", truth, witnesses())
    (leak,) = leaks(found)
    assert (AREAS[leak.cell], leak.verdict, leak.unavoidable) == ("A", Verdict.EXACT, True)
    assert leaks(found, accepted=(leak.cell,)) == ()


@pytest.mark.parametrize("requirement", ["full", "not-exact", 2])
def test_without_a_cell_of_one_the_attack_is_that_of_a_stranger(requirement):
    pub, truth = published(3, 2, 30, ["A1", "A2"])
    proof = witnesses({"A1": -1, "A2": 1})
    checked = check_witnesses(pub, RULE, "threshold", truth, proof)
    plain = attack(pub, RULE, hint=truth, witnessed=checked)
    found = attack_insiders(pub, RULE, "threshold", truth, proof)
    assert verdicts(found) == verdicts(plain)
    assert leaks(found, requirement) == leaks(plain, requirement)
