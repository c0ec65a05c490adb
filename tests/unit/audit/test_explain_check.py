"""Checking derivations: a wrong step of any kind is refused."""

from dataclasses import replace

import pytest

from prikk.auditing import Derivation, Step, Term, attack
from prikk.auditing._explain import explain
from prikk.auditing._explain_check import check_derivation, check_derivations
from prikk.auditing._explain_model import ExplainLimits
from unit.audit.test_explain import BELOW_4, COURSE, LINKED, SEX, courses, published

PLAIN = courses(TOTAL=342, a=340, b="*")
STARS = courses(TOTAL=10, a=4, b="*", c="*")


def first(pub):
    """The derivation of the first hidden cell."""
    return explain(pub, BELOW_4, "threshold", attack(pub, BELOW_4).hidden[:1])[0]


def accepted(pub, derivation, attacker="threshold"):
    return check_derivation(pub, BELOW_4, attacker, derivation)


def last(derivation, **change):
    """The derivation with its last step changed."""
    *before, step = derivation.steps
    return replace(derivation, steps=(*before, replace(step, **change)))


def term(derivation, at, **change):
    """The derivation with one term of its last step changed."""
    terms = list(derivation.steps[-1].terms)
    terms[at] = replace(terms[at], **change)
    return last(derivation, terms=tuple(terms))


@pytest.mark.parametrize(
    "change",
    [
        {"low": 3, "high": 3},
        {"low": 1},
        {"high": None},
        {"low": None, "high": None},
        {"bound": ">="},
        {"bound": "<=", "low": None, "high": 1},
        {"bound": ">=", "low": 3, "high": None},
        {"constant": 1},
        {"quantity": 0},
        {"quantity": 99},
        {"quantity": -1},
        {"divisor": 2},
        {"divisor": 0},
        {"divisor": -1},
        {"rows": ()},
        {"rows": ((0, 2),)},
        {"rows": ((0, 0),)},
        {"rows": ((7, 1),)},
        {"rows": ((-1, 1),)},
        {"rows": ((0, 1), (0, -2))},
        {"reason": "combined"},
        {"reason": "relation"},
        {"reason": "rule"},
        {"note": "trust me"},
        {"terms": ()},
    ],
    ids=str,
)
def test_a_wrong_line_is_refused(change):
    right = first(PLAIN)
    assert accepted(PLAIN, right)
    assert not accepted(PLAIN, last(right, **change))


@pytest.mark.parametrize(
    "change",
    [
        {"quantity": 2},
        {"quantity": 1},
        {"coefficient": -1},
        {"coefficient": 2},
        {"low": 343, "high": 343},
        {"low": 0, "high": None},
        {"low": 342, "high": 341},
    ],
    ids=str,
)
def test_a_wrong_term_is_refused(change):
    assert not accepted(PLAIN, term(first(PLAIN), 0, **change))


def test_a_term_that_is_not_zero_cannot_be_left_out():
    right = first(PLAIN)
    assert not accepted(PLAIN, last(right, terms=right.steps[-1].terms[:1], low=342, high=342))


def test_an_interval_that_nothing_gives_is_refused():
    right = first(STARS)
    hidden = next(i for i, t in enumerate(right.steps[-1].terms) if t.low != t.high)
    assert accepted(STARS, right)
    assert not accepted(STARS, last(term(right, hidden, high=2), low=4))


def test_a_wider_interval_is_accepted_with_the_weaker_bound_that_it_gives():
    right = first(STARS)
    hidden = next(i for i, t in enumerate(right.steps[-1].terms) if t.low != t.high)
    assert accepted(STARS, last(term(right, hidden, high=4), low=2))
    assert not accepted(STARS, term(right, hidden, high=4))


def test_what_one_attacker_knows_is_not_used_for_another():
    assert not accepted(STARS, first(STARS), "naive")


def test_the_rule_gives_no_more_than_it_says():
    opening = first(STARS).steps[0]
    assert opening.reason == "rule"
    for change in ({"low": 1, "constant": 1}, {"high": 2}, {"low": None}, {"constant": 5}, {"bound": "="}):
        alone = Derivation(cell=opening.quantity, steps=(replace(opening, **change),), complete=False)
        assert not accepted(STARS, alone), change


def test_a_step_cannot_use_what_a_later_one_gives():
    pub = published([COURSE, SEX], LINKED)
    cell = next(c for c in attack(pub, BELOW_4, "naive").hidden if pub.table.codes(c.cell) == ("a", "F"))
    (chain,) = explain(pub, BELOW_4, "naive", [cell], limits=ExplainLimits(line=2))
    assert accepted(pub, chain, "naive")
    assert len(chain.steps) == 3
    for steps in ((1, 0, 2), (0, 2), (1, 2), (2,)):
        assert not accepted(pub, replace(chain, steps=tuple(chain.steps[i] for i in steps)), "naive")


def test_a_complete_derivation_ends_with_its_cell():
    right = first(PLAIN)
    assert not accepted(PLAIN, replace(right, steps=()))
    assert not accepted(PLAIN, replace(right, cell=0))
    assert accepted(PLAIN, replace(right, steps=(), complete=False))


def test_what_one_derivation_gives_is_not_known_to_the_next():
    right = first(STARS)
    other = Term(quantity=2, coefficient=-1, low=3, high=3)
    lone = Step(
        quantity=3,
        low=3,
        high=3,
        terms=(*[t for t in right.steps[-1].terms if t.low == t.high], other),
        constant=0,
        bound="=",
        reason="sum",
        rows=right.steps[-1].rows,
    )
    second = Derivation(cell=3, steps=(lone,), complete=True)
    assert right.cell == 2
    assert check_derivations(STARS, BELOW_4, "threshold", [right, second]) == (True, False)
    joined = replace(second, steps=(*right.steps, lone))
    assert accepted(STARS, joined), "after the steps of the first it is"


def test_a_combined_line_must_name_its_totals_and_no_others():
    pub = published([COURSE, SEX], LINKED)
    cell = next(c for c in attack(pub, BELOW_4, "naive").hidden if pub.table.codes(c.cell) == ("a", "F"))
    (right,) = explain(pub, BELOW_4, "naive", [cell])
    totals = right.steps[-1].totals
    assert accepted(pub, right, "naive")
    assert not accepted(pub, last(right, totals=()), "naive")
    assert not accepted(pub, last(right, totals=((*totals[0][:2], 2), *totals[1:])), "naive")
