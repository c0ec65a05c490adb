"""The walk changes how many ends are closed, never what is said of them."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from enumerate_tables import agreeing, publication, tables
from prikk.auditing import Limits, Rule, _parallel, attack
from prikk.auditing._field import field_of
from prikk.auditing._leap import Goals
from prikk.auditing._near import Kind, neighbourhood
from prikk.auditing._system import build_system
from prikk.auditing._walk import walked

RULE = Rule(threshold=3, zeros="hidden")
MARGINS = [(0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (2, 1)]
WALK = Limits(nodes=(), large=0, rounds=3, steps=12)


def hidden_table():
    return publication([1, 2, 0, 1, 1, 2], MARGINS, RULE, [True, False, True])


def field_and_system():
    pub, values = hidden_table()
    system = build_system(pub, RULE, "threshold")
    return field_of(system, values, system.low, system.high), system, values


def test_changes_within_the_rows_of_a_field_are_the_tables_of_the_system():
    field, _, values = field_and_system()
    changes = np.array(list(product(range(-2, 3), repeat=field.matrix.shape[1])))
    rows = changes @ field.matrix.T.toarray()
    within = rows[np.all((rows >= field.low) & (rows <= field.high), axis=1)]
    made = values + np.where(field.row_of >= 0, within[:, field.row_of], 0)
    pub = hidden_table()[0]
    assert {tuple(t) for t in made} == {tuple(t) for t in agreeing(pub, RULE, "threshold", tables(pub, 5))}


def test_quantities_that_change_together_are_one_row():
    field, system, _ = field_and_system()
    assert field.matrix.shape[0] < len(system.low)
    assert len(np.unique(field.matrix.toarray(), axis=0)) == field.matrix.shape[0]


@pytest.mark.parametrize("attacker", ["threshold", "full"])
@pytest.mark.parametrize("hinted", [True, False])
def test_what_the_walk_takes_is_taken_by_some_table(attacker, hinted):
    pub, values = hidden_table()
    possible = agreeing(pub, RULE, attacker, tables(pub, 5))
    audit = attack(pub, RULE, attacker, hint=values if hinted else None, limits=WALK)
    for cell in audit.hidden:
        column = possible[:, cell.cell]
        assert cell.low <= column.min() <= cell.inner_low
        assert cell.inner_high <= column.max() <= cell.high


def test_the_walk_reaches_every_end_of_a_small_table():
    pub, values = hidden_table()
    found = attack(pub, RULE, "threshold", hint=values, limits=WALK).summary
    best = attack(pub, RULE, "threshold", hint=values).summary
    assert (found.exact, found.narrowed, found.safe) == (best.exact, best.narrowed, best.safe)
    assert found.safe > 0


def test_the_walk_takes_the_same_tables_on_any_number_of_processes(monkeypatch):
    monkeypatch.setattr(_parallel, "_WORTH", 0)
    field, _, _ = field_and_system()
    nothing = np.zeros(field.matrix.shape[0], dtype=np.int64)
    every = np.arange(len(nothing))
    goals = Goals(every, np.where(field.high > 0, 1, -1), np.ones_like(every))
    limits = replace(WALK, rounds=1, steps=3)
    one, two = (walked(field, goals, (nothing, nothing), replace(limits, processes=p)) for p in (1, 2))
    assert np.array_equal(one, two)
    assert one[1].any()


def test_without_rounds_nothing_more_is_reached():
    field, _, _ = field_and_system()
    nothing = np.zeros(field.matrix.shape[0], dtype=np.int64)
    goals = Goals(np.array([0]), np.array([1]), np.array([1]))
    low, high = walked(field, goals, (nothing, nothing), replace(WALK, rounds=0))
    assert not low.any()
    assert not high.any()


@pytest.mark.parametrize("kind", list(Kind))
def test_a_neighbourhood_holds_its_row_and_as_many_more_as_are_asked_for(kind):
    field, _, _ = field_and_system()
    found = neighbourhood(field, 0, kind, 4, np.random.default_rng(1))
    assert len(found) == len(np.unique(found)) == min(4, field.matrix.shape[1])
    assert set(field.matrix[[0]].indices[:4]) <= set(found)
