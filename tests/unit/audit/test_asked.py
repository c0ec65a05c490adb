"""Ends that are asked for of cells that do not fall under the rule: verdicts against linear programmes."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from prikk.auditing import Asked, Limits, Rule, Verdict, attack, leaks
from prikk.tabular import UNBOUNDED, CellTable, Hierarchy, Publication, Status, membership

TREE = (("T", -1), ("a", 0), ("b", 0), ("c", 0))
DIMS = [Hierarchy(name=n, codes=tuple(c for c, _ in TREE), parents=tuple(p for _, p in TREE)) for n in "xy"]
TABLE = CellTable.from_codes(DIMS, product("Tabc", repeat=2))
INSIDE = membership(TABLE).matrix.toarray()
RULE = Rule(threshold=1, zeros="hidden")
FINEST = [i for i in range(len(TABLE)) if "T" not in TABLE.codes(i)]


def seen(values, hidden):
    return Publication(
        table=TABLE,
        low=np.where(hidden, 0, values),
        high=np.where(hidden, UNBOUNDED, values),
        status=np.where(hidden, Status.SECONDARY, Status.PUBLISHED).astype(np.uint8),
    )


def interval(values, hidden, cell):
    ends = []
    for sign in (1, -1):
        answer = linprog(sign * INSIDE[cell], A_eq=INSIDE[~hidden], b_eq=values[~hidden], method="highs")
        ends.append(sign * answer.fun if answer.status == 0 else np.inf)
    return ends


amounts = st.lists(st.integers(0, 40), min_size=9, max_size=9).map(np.array)
masks = st.lists(st.booleans(), min_size=16, max_size=16).map(np.array)


@given(amounts, masks, st.integers(0, 30), st.integers(0, 30), st.sampled_from([1, 10**6]), st.booleans())
def test_a_cell_is_safe_where_its_interval_holds_both_ends_and_never_else(x, hidden, down, up, scale, told):
    values = (INSIDE @ x).astype(np.int64) * scale
    low, high = values - np.minimum(down * scale, values), values + up * scale
    audit = attack(
        seen(values, hidden), RULE, "naive", hint=values if told else None,
        asked=Asked(cells=np.ones(16, dtype=bool), low=low, high=high),
    )  # fmt: skip
    assert audit.summary.primary == hidden.sum()
    for cell in audit.hidden:
        least, most = interval(values, hidden, cell.cell)
        holds = least <= low[cell.cell] + 1e-6 * scale and most >= high[cell.cell] - 1e-6 * scale
        # Two-way tables have whole ends, and small ones are closed.
        exact = {Verdict.EXACT} if abs(most - least) < 1e-6 * scale else {Verdict.NARROWED}
        if exact == {Verdict.EXACT}:
            assert cell.verdict == Verdict.EXACT
        else:
            assert cell.verdict == (Verdict.SAFE if holds else Verdict.NARROWED)
        assert (cell in leaks(audit, "not-exact")) == (cell.verdict != Verdict.SAFE)


def planted(shown=()):
    """A square of hidden cells around the first finest one, but for some."""
    values = (INSIDE @ np.array([100, 20, 30, 40, 50, 60, 70, 80, 90])).astype(np.int64)
    square = {("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")} - set(shown)
    hidden = np.array([TABLE.codes(i) in square for i in range(len(TABLE))])
    return values, hidden


def asked_of(values, down, up):
    cells = np.array([TABLE.codes(i) == ("a", "a") for i in range(len(TABLE))])
    return Asked(cells=cells, low=values - down, high=values + up)


@pytest.mark.parametrize(
    ("shown", "down", "up", "verdict"),
    [((), 20, 20, "safe"), ((), 50, 20, "safe"), ((), 51, 20, "narrowed"), ((), 20, 21, "narrowed"),
     ([("b", "b")], 1, 1, "exact")],
)  # fmt: skip
def test_only_what_tables_take_is_safe(shown, down, up, verdict):
    values, hidden = planted(shown)
    audit = attack(seen(values, hidden), RULE, "naive", hint=values, asked=asked_of(values, down, up))
    (cell,) = (c for c in audit.hidden if c.verdict)
    assert cell.verdict == verdict


def test_without_programmes_nothing_is_safe():
    values, hidden = planted()
    audit = attack(
        seen(values, hidden), RULE, "naive", asked=asked_of(values, 1, 1), limits=Limits(programmes=0)
    )
    (cell,) = (c for c in audit.hidden if c.verdict)
    assert cell.verdict == Verdict.UNDECIDED
    assert leaks(audit)


def test_cells_under_the_rule_keep_their_reach():
    values, hidden = planted()
    seen_as_primary = seen(values, hidden)
    status = np.where(hidden, Status.PRIMARY, Status.PUBLISHED).astype(np.uint8)
    publication = Publication(table=TABLE, low=seen_as_primary.low, high=seen_as_primary.high, status=status)
    rule = Rule(threshold=200, zeros="hidden")
    plain = attack(publication, rule, hint=values)
    asked = attack(publication, rule, hint=values, asked=asked_of(values, 1, 1))
    assert plain.hidden == asked.hidden
