"""Sums over published combinations, against adding up by hand."""

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from prikk.tabular import membership
from unit.protection.kit import AGE, LEAVES, REGION, findings, frame, task, values

PARENTS = ({c: p or None for c, p in REGION}, {c: p or None for c, p in AGE})
LEVELS = ({"T": 0, "N": 1, "S": 1}, {"all": 0})
FINEST = list(product(("N1", "N2", "S1", "S2"), ("young", "old", "older")))


def above(code, parents):
    while code is not None:
        yield code
        code = parents[code]


def by_hand(leaves, margins=None):
    found = {}
    for codes, value in leaves.items():
        for cell in product(*(above(c, p) for c, p in zip(codes, PARENTS, strict=True))):
            depth = tuple(len(list(above(c, p))) - 1 for c, p in zip(cell, PARENTS, strict=True))
            if margins is None or depth in margins:
                found[cell] = found.get(cell, 0) + value
    return found


tables = st.dictionaries(st.sampled_from(FINEST), st.integers(0, 9), min_size=1)


@given(tables)
def test_every_published_cell_is_the_sum_of_its_rows_and_listed_where_a_row_is(leaves):
    assert values(task(frame(leaves))) == by_hand(leaves)


@given(tables)
def test_a_complete_table_gives_what_its_finest_cells_give(leaves):
    assert values(task(frame(by_hand(leaves)))) == by_hand(leaves)


@given(tables, st.sampled_from([("region", "age"), ("age", "region.1"), ("region:1,age",), ("age:1",)]))
def test_finest_cells_that_no_table_prints_are_kept_for_the_proof(leaves, words):
    asked = task(frame(leaves), tables=words, zeros="hidden")
    member = membership(asked.table, tuple(max(d) for d in zip(*asked.table.margins, strict=True)))
    assert values(asked) == by_hand(leaves, asked.table.margins)
    finest = asked.finest if asked.finest is not None else asked.values[asked.table.find(member.leaves)]
    assert np.array_equal(member.matrix @ finest, asked.values)


@given(tables, st.data())
def test_all_totals_that_are_no_sums_are_told_without_values(leaves, data):
    cells = by_hand(leaves)
    totals = [c for c in cells if c not in FINEST]
    wrong = data.draw(st.sets(st.sampled_from(totals), min_size=1, max_size=4))
    told = findings(frame({c: v + 4711 * (c in wrong) for c, v in cells.items()}))["total-differs"]
    assert f"{len(wrong)} totals" in told
    assert all(f"({', '.join(c)})" in told for c in wrong)
    assert "47" not in told.replace("line", "")


def test_where_zeros_are_hidden_a_total_without_a_listed_part_is_told():
    cells = LEAVES | {("S", "older"): 6, ("T", "all"): sum(LEAVES.values())}
    empty = {c: v for c, v in cells.items() if c[0] != "S1"} | {("S", "older"): 0, ("T", "all"): 87}
    assert set(findings(frame(empty), zeros="hidden")) == {"total-bare"}
    assert len(task(frame(empty), zeros="shown").table) > 0


def test_rows_of_zeros_are_cells_and_fall_under_the_rule_where_zeros_are_hidden():
    leaves = LEAVES | {("S2", "older"): 0}
    hidden, shown = (task(frame(leaves), zeros=z) for z in ("hidden", "shown"))
    at = [values(hidden)[c] for c in (("S2", "older"), ("S2", "all"))]
    assert at == [0, 22]
    assert hidden.requirement.sensitive.sum() == shown.requirement.sensitive.sum() + 1
    assert (hidden.secondary_low, shown.secondary_low) == (0, 1)
    assert task(frame(leaves), attacker="full").secondary_low == 4
