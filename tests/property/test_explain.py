"""Derivations of random small publications: each passes the check, and proves no more than the audit found."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enumerate_tables import MARGINS, publication
from prikk.auditing import Rule, attack
from prikk.auditing._explain import explain
from prikk.auditing._explain_check import check_derivations
from prikk.auditing._explain_model import ExplainLimits, proven
from prikk.tabular import Relation

COUNTS = st.lists(st.integers(0, 5), min_size=6, max_size=6)
SETS = st.sets(st.sampled_from(MARGINS), min_size=1)
HIDE = st.lists(st.booleans(), min_size=5, max_size=7)
LIMITS = st.builds(
    ExplainLimits,
    radius=st.integers(0, 4),
    steps=st.sampled_from([1, 3, 100]),
    line=st.integers(1, 8),
    long=st.sampled_from([0, 12]),
    programmes=st.sampled_from([0, 2, 500]),
    areas=st.sampled_from([(3,), (3, 100)]),
)


def with_relation(pub, values, share):
    """A rounded share of one cell in another, printed beside the table."""
    part, whole = (0, 0) if share is None else (cell % len(values) for cell in share)
    percent = int(100 * values[part] // max(values[whole], 1))
    if part == whole or percent == 0:
        return pub
    least = Relation(
        terms=((part, 100), (whole, -percent)), low=0, high=None, text="at least so many per cent"
    )
    most = Relation(terms=((part, 100), (whole, -percent - 1)), low=None, high=0, text="less than one more")
    return replace(pub, relations=(least, most))


@pytest.mark.parametrize("attacker", ["naive", "threshold", "full"])
@pytest.mark.parametrize("zeros", ["hidden", "shown"])
@settings(max_examples=25, deadline=None)
@given(
    counts=COUNTS,
    margins=SETS,
    hide=HIDE,
    additive=st.booleans(),
    share=st.none() | st.tuples(st.integers(0, 17), st.integers(0, 17)),
    limits=LIMITS,
)
def test_a_complete_derivation_proves_the_interval_that_the_audit_found(  # noqa: PLR0917
    attacker, zeros, counts, margins, hide, additive, share, limits
):
    rule = Rule(threshold=3, zeros=zeros)
    pub, values = publication(counts, margins, rule, hide)
    pub = with_relation(replace(pub, additive=additive), values, share)
    hidden = attack(pub, rule, attacker, hint=values).hidden
    found = explain(pub, rule, attacker, hidden, limits=limits)
    assert all(check_derivations(pub, rule, attacker, found))
    for cell, derivation in zip(hidden, found, strict=True):
        low, high = proven(derivation.steps, cell.cell)
        assert not derivation.complete or (low, high) == (cell.low, cell.high)
        assert low is None or low <= cell.low
        assert high is None or cell.high is None or high >= cell.high


@settings(max_examples=40, deadline=None)
@given(counts=COUNTS, margins=SETS, hide=HIDE, shift=st.integers(1, 3), data=st.data())
def test_a_derivation_with_one_number_changed_for_the_sharper_fails(counts, margins, hide, shift, data):
    rule = Rule(threshold=3, zeros="hidden")
    pub, values = publication(counts, margins, rule, hide)
    hidden = attack(pub, rule, hint=values).hidden
    found = [d for d in explain(pub, rule, "threshold", hidden) if d.steps]
    if not found:
        return
    derivation = data.draw(st.sampled_from(found))
    at = data.draw(st.integers(0, len(derivation.steps) - 1))
    step = derivation.steps[at]
    sharper = (
        replace(step, low=step.low + shift) if step.low is not None else replace(step, high=step.high - shift)
    )
    steps = (*derivation.steps[:at], sharper, *derivation.steps[at + 1 :])
    assert not all(check_derivations(pub, rule, "threshold", [replace(derivation, steps=steps)]))
