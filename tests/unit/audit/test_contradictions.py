"""A statement that cannot hold is named for what it is and left out; the rest is audited as before."""

from dataclasses import replace

import numpy as np
import pytest

from enumerate_tables import AREA, SEX, publication
from prikk.auditing import Rule, attack
from prikk.auditing._contradictions import KINDS
from prikk.auditing._system import LISTED, MEMBER, PART, RELATION, SUM
from prikk.tabular import UNBOUNDED, CellTable, Publication, Relation, Status

RULE = Rule(threshold=3, zeros="hidden")
EVERY = [(0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (2, 1)]
COUNTS = [5, 1, 9, 2, 4, 6]


def with_value(pub, codes, value):
    """The publication with another figure in a shown cell."""
    (cell,) = [i for i in range(len(pub.table)) if pub.table.codes(i) == codes]
    low, high = pub.low.copy(), pub.high.copy()
    low[cell], high[cell] = value, value
    return replace(pub, low=low, high=high)


def shown(cells, **more):
    """A publication of shown figures by codes; None is hidden."""
    table = CellTable.from_codes([AREA, SEX], list(cells))
    figures = [cells[table.codes(i)] for i in range(len(table))]
    hidden = np.array([f is None for f in figures])
    return Publication(
        table=table,
        low=np.array([f or 0 for f in figures], dtype=np.int64),
        high=np.array([UNBOUNDED if f is None else f for f in figures], dtype=np.int64),
        status=np.where(hidden, Status.PRIMARY, Status.PUBLISHED).astype(np.uint8),
        **more,
    )


def test_every_kind_of_row_can_be_left_out():
    assert set(KINDS) == {SUM, PART, MEMBER, RELATION, LISTED}


def test_a_wrong_sum_is_named_by_its_total_and_dimension():
    pub, values = publication(COUNTS, [(0, 0), (1, 0), (2, 0)], RULE, [False])
    audit = attack(with_value(pub, ("A", "TOTAL"), 90), RULE, hint=values)
    assert "the total (A, TOTAL) cannot be the sum of its parts along 'area'." in audit.contradictions
    assert all("row" not in text for text in audit.contradictions)


def test_beside_a_wrong_sum_the_rest_is_audited_as_without_it():
    pub, _ = publication(COUNTS, EVERY, RULE, [False])
    audit = attack(with_value(pub, ("B", "TOTAL"), 70), RULE)
    assert audit.summary.contradictions == len(audit.contradictions) > 0
    for cell in audit.hidden:  # A and F alone give what the rest of the table hides
        assert cell.high is None or cell.high <= RULE.highest
    assert audit.attacked.exempt


def test_a_total_below_its_part_is_named_and_listing_is_kept():
    figures = {("TOTAL", "TOTAL"): 4, ("TOTAL", "F"): 9, ("TOTAL", "M"): None}
    audit = attack(shown(figures, additive=False, listed_over=0), RULE)
    text = "the total (TOTAL, TOTAL) cannot be at least as large as each of its parts along 'sex'."
    assert audit.contradictions == (text,)
    assert audit.attacked.listed_over == 0


def test_a_total_of_people_above_the_sum_of_its_parts_is_named():
    figures = {("TOTAL", "TOTAL"): 40, ("TOTAL", "F"): 9, ("TOTAL", "M"): 8}
    audit = attack(shown(figures, additive=False), RULE)
    text = "the total (TOTAL, TOTAL) cannot be at most the sum of its parts along 'sex'."
    assert audit.contradictions == (text,)


def latent(total):
    """Area and sex by themselves, with a total: the cells that both sum are not printed."""
    return shown(
        {
            ("TOTAL", "TOTAL"): total,
            ("A", "TOTAL"): 8,
            ("B", "TOTAL"): None,
            ("TOTAL", "F"): 6,
            ("TOTAL", "M"): 4,
        }
    )


def test_an_exempt_total_is_not_tied_through_cells_that_no_table_prints():
    assert attack(latent(10), RULE).contradictions == ()
    audit = attack(latent(30), RULE)
    assert set(audit.contradictions) == {
        "the total (TOTAL, TOTAL) cannot be the sum of its parts along 'sex'.",
        "the total (TOTAL, TOTAL) cannot be the sum of its parts along 'area'.",
    }
    (cell,) = audit.hidden  # A and the sexes still give it
    assert (cell.low, cell.high) == (2, 2)


def unresolved(total):
    """A grand total that no identity resolves beside a two-way table of hidden and shown cells."""
    figures = {(a, s): 5 for a in ("A", "B") for s in ("F", "M")}
    return shown({("TOTAL", "TOTAL"): total, **figures, ("A", "F"): None})


def test_a_total_that_its_finest_cells_contradict_is_named_and_listing_is_kept():
    assert attack(unresolved(17), RULE).contradictions == ()
    audit = attack(replace(unresolved(90), listed_over=1), RULE)
    text = "the total (TOTAL, TOTAL) cannot be the sum of the finest cells in it."
    assert audit.contradictions == (text,)
    assert audit.attacked.listed_over == 1
    (cell,) = audit.hidden
    assert (cell.low, cell.high) == (0, 2)


def test_a_relation_that_cannot_hold_is_named_by_its_text():
    pub = unresolved(17)
    (cell,) = np.flatnonzero(pub.status == Status.PRIMARY)
    wrong = Relation(terms=((int(cell), 1),), low=9, high=9, text="A, F is 9")
    right = Relation(terms=((int(cell), 1),), low=None, high=2, text="A, F is at most 2")
    audit = attack(replace(pub, relations=(wrong, right)), RULE)
    assert audit.contradictions == ("cannot hold beside the other figures: A, F is 9",)
    assert audit.attacked.relations == (right,)


def test_a_printed_row_that_is_empty_is_named_and_only_listing_is_left_out():
    figures = {("A", "F"): 0, ("A", "M"): 0, ("B", "F"): 4, ("B", "M"): None, ("TOTAL", "F"): 4}
    audit = attack(shown(figures, listed_over=1), RULE)
    assert audit.contradictions == ("the row (A) is printed though it is empty all along 'sex'.",)
    assert audit.attacked.listed_over is None
    assert audit.attacked.exempt == ()


@pytest.mark.parametrize("attacker", ["threshold", "full"])
def test_the_reach_of_a_total_whose_sum_is_wrong_is_the_whole_range(attacker):
    pub, _ = publication([1, 0, 1, 1, 9, 9], [(1, 1)], Rule(threshold=4, zeros="shown"), [False])
    wrong = replace(pub, exempt=tuple((i, 1) for i in range(len(pub.table))))
    for cell in attack(wrong, Rule(threshold=4, zeros="shown"), attacker).hidden:
        assert cell.reach_low is None or (cell.reach_low, cell.reach_high) == (1, 3)
