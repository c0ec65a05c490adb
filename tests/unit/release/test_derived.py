"""What derived figures tell: exactly the inputs that round to them, no more and no less."""

from decimal import Decimal
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prikk.dissemination import Formula
from prikk.dissemination._formula import rounded
from prikk.release._derived import told

A, B = (0, ("a",)), (1, ("a",))
NUMBERS = {A: 0, B: 1}


def allowed(relations, values):
    return all(
        (r.low is None or sum(c * values[q] for q, c in r.terms) >= r.low)
        and (r.high is None or sum(c * values[q] for q, c in r.terms) <= r.high)
        for r in relations
    )


FORMULAS = {
    "change": Formula(terms=((A, 1), (B, -1))),
    "percent": Formula(terms=((A, 1), (B, -1)), base=B, scale=100, decimals=1),
    "share": Formula(terms=((A, 1),), base=B, scale=100, decimals=1),
    "mean": Formula(terms=((A, 1), (B, 1)), base=2),
    "rate": Formula(terms=((A, 1),), base=37, scale=1000, decimals=1),
}


@pytest.mark.parametrize("kind", FORMULAS)
@settings(max_examples=25, deadline=None)
@given(a=st.integers(0, 30), b=st.integers(1, 30))
def test_a_printed_value_tells_just_which_inputs_round_to_it(kind, a, b):
    found = FORMULAS[kind]

    def units(x, y):
        inputs = {A: x, B: y}
        base = found.base if isinstance(found.base, int) else inputs[found.base]
        return None if base == 0 else rounded(found.unit, sum(s * inputs[c] for c, s in found.terms), base)

    value = Decimal(units(a, b)).scaleb(-found.decimals)
    relations = list(told(found, NUMBERS, value, "here"))
    for x, y in product(range(32), range(1, 32)):
        assert allowed(relations, (x, y)) == (units(x, y) == units(a, b)), (x, y)


def test_the_sign_for_not_possible_tells_that_the_base_is_nothing():
    (relation,) = told(FORMULAS["share"], NUMBERS, None, "here")
    assert (relation.terms, relation.low, relation.high) == (((1, 1),), 0, 0)
    assert list(told(FORMULAS["rate"], NUMBERS, None, "here")) == []


def test_the_text_of_a_relation_holds_no_figure():
    for relation in told(FORMULAS["share"], NUMBERS, Decimal("41.7"), "the column 'share' of 2024-01"):
        assert "41" not in relation.text
        assert np.all([c for _, c in relation.terms])
