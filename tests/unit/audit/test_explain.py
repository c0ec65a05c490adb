"""Explanations: what each kind of derivation says, and that a check accepts it."""

import numpy as np
import pytest

from prikk.auditing import HiddenCell, Rule, attack
from prikk.auditing._explain import explain
from prikk.auditing._explain_check import check_derivation
from prikk.auditing._explain_model import ExplainLimits, proven
from prikk.tabular import UNBOUNDED, CellTable, Hierarchy, Publication, Relation, Status

COURSE = Hierarchy(name="course", codes=("TOTAL", "a", "b", "c", "d"), parents=(-1, 0, 0, 0, 0))
SEX = Hierarchy(name="sex", codes=("TOTAL", "F", "M"), parents=(-1, 0, 0))
BELOW_4 = Rule(threshold=4, zeros="hidden")
NOT_0 = Rule(threshold=4, zeros="shown")
MARKS = {"*": Status.PRIMARY, "x": Status.SECONDARY}


def published(hierarchies, cells, **more):
    """A publication from figures by codes; ``*`` is hidden by the rule and ``x`` besides it."""
    table = CellTable.from_codes(hierarchies, cells)
    printed = [cells[table.codes(i)] for i in range(len(table))]
    status = [MARKS.get(figure, Status.PUBLISHED) for figure in printed]
    return Publication(
        table=table,
        low=np.array([0 if figure in MARKS else figure for figure in printed], dtype=np.int64),
        high=np.array([UNBOUNDED if figure in MARKS else figure for figure in printed], dtype=np.int64),
        status=np.array(status, dtype=np.uint8),
        **more,
    )


def courses(**figures):
    return published([COURSE], {(code,): figure for code, figure in figures.items()})


def derived(pub, rule, codes, attacker="threshold", limits=None):
    """The derivation of one hidden cell, complete, checked and of the audit's interval; and the cell."""
    cell = next(c for c in attack(pub, rule, attacker).hidden if pub.table.codes(c.cell) == codes)
    (derivation,) = explain(pub, rule, attacker, [cell], limits=limits)
    assert derivation.complete
    assert check_derivation(pub, rule, attacker, derivation)
    assert proven(derivation.steps, cell.cell) == (cell.low, cell.high)
    return derivation, cell


def arithmetic(pub, step):
    """A step's terms by codes: coefficient and the interval used."""
    return {pub.table.codes(t.quantity): (t.coefficient, t.low, t.high) for t in step.terms}


@pytest.mark.parametrize("attacker", ["naive", "threshold", "full"])
def test_a_part_is_the_total_less_the_part_shown(attacker):
    pub = courses(TOTAL=342, a=340, b="*")
    (step,) = derived(pub, BELOW_4, ("b",), attacker)[0].steps
    assert arithmetic(pub, step) == {("TOTAL",): (1, 342, 342), ("a",): (-1, 340, 340)}
    assert (step.bound, step.low, step.high, step.reason, step.constant) == ("=", 2, 2, "sum", 0)


def test_two_stars_that_add_up_to_6_under_below_4_are_both_3():
    pub = courses(TOTAL=10, a=4, b="*", c="*", d=0)
    derivation, cell = derived(pub, BELOW_4, ("b",))
    rule, line = derivation.steps
    assert (rule.reason, rule.low, rule.high) == ("rule", 0, 3)
    assert (line.bound, line.low, line.high) == (">=", 3, None)
    assert arithmetic(pub, line) == {("TOTAL",): (1, 10, 10), ("a",): (-1, 4, 4), ("c",): (-1, 0, 3)}
    assert cell.low == cell.high == 3, "a shown zero is not a term"


def test_a_narrowed_cell_is_explained_by_the_end_it_lost():
    derivation, cell = derived(courses(TOTAL=8, a=4, b="*", c="*"), BELOW_4, ("b",))
    assert (cell.low, cell.high) == (1, 3)
    assert [step.bound for step in derivation.steps] == [">=", ">="]


LINKED = {
    ("TOTAL", "F"): "x",
    ("TOTAL", "M"): 14,
    ("a", "TOTAL"): 11,
    ("a", "F"): "x",
    ("a", "M"): "*",
    ("b", "TOTAL"): 23,
    ("b", "F"): 11,
    ("b", "M"): "x",
    ("TOTAL", "TOTAL"): "x",
}


def test_linked_tables_are_added_and_subtracted_until_what_is_hidden_cancels():
    pub = published([COURSE, SEX], LINKED)
    (step,) = derived(pub, BELOW_4, ("a", "F"), "naive")[0].steps
    assert (step.reason, step.bound, step.low) == ("combined", "=", 9)
    assert {codes: times for codes, (times, _, _) in arithmetic(pub, step).items()} == {
        ("a", "TOTAL"): 1,
        ("TOTAL", "M"): -1,
        ("b", "TOTAL"): 1,
        ("b", "F"): -1,
    }
    assert [abs(times) for _, times in step.rows] == [1, 1, 1]


def test_a_chain_is_given_where_a_line_would_take_too_many_rows():
    pub = published([COURSE, SEX], LINKED)
    steps = derived(pub, BELOW_4, ("a", "F"), "naive", ExplainLimits(line=2))[0].steps
    assert [(s.bound, s.reason, len(s.rows)) for s in steps] == [("=", "sum", 1)] * 3
    assert (pub.table.codes(steps[-1].quantity), steps[-1].low) == (("a", "F"), 9)


def test_an_unavoidable_cell_is_argued_from_the_rule_without_a_figure():
    cells = {(c, s): n for c, n in (("a", "*"), ("b", "*"), ("c", "*")) for s in ("TOTAL", "F")}
    pub = published([COURSE, SEX], cells | {("TOTAL", "TOTAL"): "*", ("TOTAL", "F"): "*"})
    derivation, cell = derived(pub, NOT_0, ("a", "F"))
    assert cell.unavoidable
    assert (derivation.steps[0].reason, derivation.steps[0].low) == ("rule", 1)
    assert derivation.steps[-1].bound == "<="
    terms = [term for step in derivation.steps for term in step.terms]
    assert {(term.low, term.high) for term in terms} == {(1, 3)}


def test_of_shown_figures_an_unavoidable_cell_needs_only_that_they_are_not_zero():
    pub = published(
        [COURSE, SEX],
        {("TOTAL", "TOTAL"): 90, ("a", "TOTAL"): "*", ("b", "TOTAL"): 87}
        | {(c, s): "*" if c == "a" else 29 for c in "ab" for s in "FM"}
        | {("TOTAL", "F"): 60, ("TOTAL", "M"): 31},
    )
    for cell in attack(pub, NOT_0).hidden:
        (derivation,) = explain(pub, NOT_0, "threshold", [cell])
        assert check_derivation(pub, NOT_0, "threshold", derivation)
        if cell.unavoidable:
            assert all(t.low != t.high for s in derivation.steps for t in s.terms)


def test_a_percentage_pins_a_star_and_is_quoted():
    text = "b is 1.5 per cent of the total"
    of_200 = Relation(terms=((2, 1000),), low=2900, high=3100, text=text)
    pub = published([COURSE], {("TOTAL",): 200, ("a",): "x", ("b",): "*"}, relations=(of_200,))
    steps = derived(pub, BELOW_4, ("b",), "naive")[0].steps
    assert {(s.reason, s.note, s.divisor) for s in steps} == {("relation", text, 1000)}
    assert {(s.bound, s.low, s.high) for s in steps} == {(">=", 3, None), ("<=", None, 3)}


def test_a_relation_with_the_factor_zero_says_nothing_of_that_cell():
    relation = Relation(terms=((2, 1), (1, 0)), low=3, high=3, text="said elsewhere")
    pub = published([COURSE], {("TOTAL",): 200, ("a",): "x", ("b",): "*"}, relations=(relation,))
    cell = HiddenCell(cell=2, status=Status.PRIMARY, low=3, high=3, inner_low=3, inner_high=3)
    (derivation,) = explain(pub, BELOW_4, "naive", [cell])
    assert derivation.complete
    assert derivation.steps[-1].terms == ()
    assert check_derivation(pub, BELOW_4, "naive", derivation)


def test_where_nothing_bounds_a_cell_only_its_least_is_derived():
    pub = published([COURSE], {("TOTAL",): "x", ("a",): 2, ("b",): "*"})
    derivation, cell = derived(pub, NOT_0, ("TOTAL",), "naive")
    assert (cell.low, cell.high) == (3, None)
    assert (derivation.steps[-1].bound, derivation.steps[-1].low) == (">=", 3)


def test_of_distinct_people_a_part_is_at_least_what_the_others_leave():
    pub = published([COURSE], {("TOTAL",): 8, ("a",): 5, ("b",): "*"}, additive=False)
    derivation, cell = derived(pub, BELOW_4, ("b",))
    assert cell.low == cell.high == 3
    assert derivation.steps[-1].bound == ">="
    assert arithmetic(pub, derivation.steps[-1]) == {("TOTAL",): (1, 8, 8), ("a",): (-1, 5, 5)}


def test_a_printed_row_that_is_zero_in_all_other_periods_is_not_zero_here():
    month = Hierarchy(name="month", codes=("ALL", "1", "2"), parents=(-1, 0, 0))
    pub = published([COURSE, month], {("a", "1"): 0, ("a", "2"): "*"}, listed_over=1)
    derivation, cell = derived(pub, Rule(threshold=2, zeros="hidden"), ("a", "2"))
    assert cell.low == cell.high == 1
    assert [s.reason for s in derivation.steps] == ["rule", "listed"]


RING = {(c, s): "x" for c in "ab" for s in "FM"} | {
    ("a", "TOTAL"): 20,
    ("b", "TOTAL"): 30,
    ("c", "TOTAL"): "x",
    ("c", "F"): "*",
    ("c", "M"): 9,
    ("TOTAL", "F"): 28,
    ("TOTAL", "M"): 33,
}


def test_what_propagation_cannot_see_is_found_by_a_programme():
    pub = published([COURSE, SEX], RING)
    (step,) = derived(pub, BELOW_4, ("c", "F"), "naive")[0].steps
    assert (step.reason, step.bound, step.low, len(step.rows)) == ("combined", "=", 2, 4)


def test_what_propagation_cannot_see_is_found_by_denying_it():
    pub = published([COURSE, SEX], RING)
    (step,) = derived(pub, BELOW_4, ("c", "F"), "naive", ExplainLimits(programmes=0))[0].steps
    assert (step.reason, step.bound, step.low, len(step.rows)) == ("combined", "=", 2, 4)


def test_a_combined_step_names_the_totals_that_are_added_and_subtracted():
    pub = published([COURSE, SEX], RING)
    (step,) = derived(pub, BELOW_4, ("c", "F"), "naive")[0].steps
    named = {(pub.table.codes(cell), dimension, times) for cell, dimension, times in step.totals}
    assert named == {
        (("TOTAL", "F"), 0, 1),
        (("TOTAL", "M"), 0, 1),
        (("a", "TOTAL"), 1, -1),
        (("b", "TOTAL"), 1, -1),
    }


@pytest.mark.parametrize("areas", [(), (100,)])
def test_whatever_the_limits_only_what_proves_the_interval_is_called_complete(areas):
    pub = published([COURSE, SEX], RING)
    cells = attack(pub, BELOW_4, "naive").hidden
    found = explain(pub, BELOW_4, "naive", cells, limits=ExplainLimits(areas=areas, wide=(), programmes=0))
    for cell, derivation in zip(cells, found, strict=True):
        assert check_derivation(pub, BELOW_4, "naive", derivation)
        assert derivation.complete == (proven(derivation.steps, cell.cell) == (cell.low, cell.high))


def test_a_proof_of_one_cell_serves_the_next():
    pub = published([COURSE, SEX], RING)
    cells = [c for c in attack(pub, BELOW_4, "naive").hidden if pub.table.codes(c.cell)[0] == "c"]
    both = explain(pub, BELOW_4, "naive", cells, limits=ExplainLimits(programmes=4))
    assert all(d.complete and check_derivation(pub, BELOW_4, "naive", d) for d in both)


def test_a_derivation_that_would_be_too_long_is_not_given():
    pub = published([COURSE, SEX], LINKED)
    cells = [c for c in attack(pub, BELOW_4, "naive").hidden if pub.table.codes(c.cell) == ("a", "F")]
    tight = ExplainLimits(steps=0, programmes=0)
    (derivation,) = explain(pub, BELOW_4, "naive", cells, limits=tight)
    assert derivation.complete, "one line is left"
    assert len(derivation.steps) == 1


def test_the_same_question_has_the_same_answer():
    pub = published([COURSE, SEX], RING)
    cells = attack(pub, BELOW_4).hidden
    assert explain(pub, BELOW_4, "threshold", cells) == explain(pub, BELOW_4, "threshold", cells)


def test_no_cell_has_no_derivation():
    assert explain(courses(TOTAL=3, a=3), BELOW_4, "naive", ()) == ()
