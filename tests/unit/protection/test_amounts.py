"""Amounts: contributions are summed and ranked, rules applied, and all that is wrong told at once."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from prikk.errors import ProtectError
from prikk.protection import AmountRules, Settings, Source
from prikk.protection._contributions import LIMIT, read_contributions
from prikk.protection._margins import margins_of
from prikk.protection._ranked import amounts_of
from prikk.protection._run import read_table
from prikk.protection._trees import read_tree
from unit.protection.amounts import DIMS, FINEST, GIVEN, by_hand, faults, read, rows, source
from unit.protection.kit import LEAVES, frame

RULES = AmountRules(dominance=((3, 85),), min_contributors=3)
TREES = {name: read_tree(name, pairs, []) for name, pairs in DIMS.items()}
contributions = st.lists(
    st.tuples(st.sampled_from(FINEST), st.sampled_from(["a", "b", "c", "d"]), st.integers(0, 30)), min_size=1
).map(lambda many: [(*cell, who, amount) for cell, who, amount in many])


def cells_of(given_rows, rules=RULES, tables=None, **more):
    findings = []
    asked = read_contributions(source(given_rows, **more), rules, TREES, "log", findings)
    cells = amounts_of(asked, TREES, margins_of(tables, TREES, findings), rules.depth, findings)
    assert not findings
    return {
        cells.table.codes(i): (int(cells.values[i]), int(cells.contributors[i]), cells.largest[i].tolist())
        for i in range(len(cells.table))
    }


def expected(many):
    """Total, contributors and the three largest of every cell, by hand."""
    return {
        cell: (sum(shares.values()), len(shares), [*sorted(shares.values(), reverse=True), 0, 0, 0][:3])
        for cell, shares in by_hand(many).items()
    }


@given(contributions)
def test_every_cell_has_its_total_its_contributors_and_the_largest_of_them(many):
    assert cells_of(rows(many)) == expected(many)


@given(contributions)
def test_a_total_of_linked_tables_is_ranked_from_its_contributions(many):
    wanted = {c: x for c, x in expected(many).items() if "all" in c or "T" in c}
    assert cells_of(rows(many), tables=("region", "industry")) == wanted


@given(contributions)
def test_without_contributors_every_row_is_somebody_else(many):
    renamed = [(r, i, str(n), amount) for n, (r, i, _, amount) in enumerate(many)]
    assert cells_of(rows(many).drop(["company"]), contributor=None) == expected(renamed)


def as_cells(many, columns=3):
    """The finest cells with their number of contributors and the largest."""
    finest = {c: sorted(s.values(), reverse=True) for c, s in by_hand(many).items() if c in FINEST}
    top = [[*s, *[0] * columns][:columns] for s in finest.values()]
    return pa.table(
        {
            "region": [c[0] for c in finest],
            "industry": [c[1] for c in finest],
            "turnover": [sum(s) for s in finest.values()],
            "n": [len(s) for s in finest.values()],
            **{f"x{k}": [t[k] for t in top] for k in range(columns)},
        }
    )


@given(contributions)
def test_finest_cells_with_their_largest_are_merged_upward(many):
    apart = [(r, i, f"{r}{i}{who}", amount) for r, i, who, amount in many]
    columns = {"contributor": None, "contributor_count": "n", "largest": ("x0", "x1", "x2")}
    assert cells_of(as_cells(apart), **columns) == expected(apart)


def test_one_contributor_in_several_cells_is_one_in_their_total():
    many = [("N1", "A", "x", 5), ("N2", "A", "x", 7), ("N1", "A", "y", 6)]
    assert cells_of(rows(many))["N", "A"] == (18, 2, [12, 6, 0])


def test_the_rules_are_counted_and_combined():
    asked = read(
        rows(GIVEN), AmountRules(dominance=((1, 80), (2, 85)), p_percent=10, min_contributors=3, interval=15)
    )
    assert asked.by_rule == {
        "dominance 1,80": 2,
        "dominance 2,85": 2,
        "p-percent 10": 2,
        "min-contributors 3": 1,
    }
    table, need = asked.task.table, asked.task.requirement
    hidden = {table.codes(i): int(need.up[i]) for i in np.flatnonzero(need.sensitive)}
    # The share of 1 of 970 is 900: at 1 125 it would be 80 %; of 2, 940: at 1 106 85 %; 10 % of 900 less 30 is 60.
    assert hidden == {("N1", "A"): 155, ("S2", "B"): 190}


def test_an_interval_is_the_least_that_a_sensitive_amount_stays_open_by():
    asked = read(rows(GIVEN), AmountRules(min_contributors=3, interval=12.5))
    need = asked.task.requirement
    (cell,) = np.flatnonzero(need.sensitive)
    assert asked.task.table.codes(cell) == ("S2", "B")
    assert (need.down[cell], need.up[cell]) == (102, 102)


def test_zeros_are_published_where_nobody_contributes_and_hidden_where_few_do():
    many = [*GIVEN, ("N1", "A", "z", 0)]
    empty = [g for g in many if g[:2] != ("S2", "C")]
    found = read(rows(empty), AmountRules(min_contributors=3)).task
    assert found.table.find(np.array([[6, 3]], dtype=np.int32))[0] < 0
    few = [*empty, ("S2", "C", "a", 0), ("S2", "C", "b", 0)]
    found = read(rows(few), AmountRules(min_contributors=3)).task
    at = [found.table.codes(i) for i in np.flatnonzero(found.requirement.sensitive)]
    assert at == [("S2", "B"), ("S2", "C")]


def test_a_zero_above_a_hidden_zero_is_hidden_too():
    many = [g for g in GIVEN if g[0][0] != "N" or g[1] != "C"]
    many += [("N1", "C", "a", 0), ("N2", "C", "b", 0), ("N2", "C", "c", 0)]
    asked = read(rows(many), AmountRules(min_contributors=3))
    assert asked.by_rule == {"min-contributors 3": 3, "zero above a hidden zero": 1}
    cells = [asked.task.table.codes(i) for i in np.flatnonzero(asked.task.requirement.sensitive)]
    assert ("N", "C") in cells


def test_everything_wrong_is_told_at_once_with_its_lines_and_without_a_value(tmp_path):
    lines = ["N9,A,x,5", "N1,A,,6", "N1,A,x,-777", "N1,B,x,7.25", "N1,C,x,88x", "N,A,x,3"]
    path = tmp_path / "c.csv"
    path.write_text("region,industry,company,turnover\n" + "\n".join(lines) + "\n")
    found = faults(path, RULES)
    assert list(found) == [
        "amount-not-number", "amount-negative", "amount-fractional", "contributor-missing", "code-unknown",
    ]  # fmt: skip
    assert "line 3" in found["contributor-missing"]
    assert ("line 6" in found["amount-not-number"], "line 5" in found["amount-fractional"]) == (True, True)
    assert not any(value in text for value in ("777", "7.25", "88x") for text in found.values())


def test_rows_of_totals_are_told():
    found = faults(rows([*GIVEN, ("N", "A", "x", 5), ("N1", "all", "y", 6)]), RULES)
    assert list(found) == ["row-total"]
    assert "(N, A)" in found["row-total"]
    assert "(N1, all)" in found["row-total"]


@pytest.mark.parametrize("amounts", [[LIMIT], [LIMIT // 2, LIMIT // 2]])
def test_amounts_that_are_too_large_are_told_to_be_given_in_thousands(amounts):
    found = faults(rows([("N1", "A", f"{n}", a) for n, a in enumerate(amounts)]), RULES)
    assert "in thousands" in found["amount-too-large"]


def test_intervals_that_are_too_wide_are_told():
    rules = AmountRules(dominance=((1, 0.01),))
    assert "narrower" in faults(rows([("N1", "A", "x", LIMIT - 1)]), rules)["amount-too-large"]


@pytest.mark.parametrize(
    ("rules", "where"),
    [
        (AmountRules(), "rules"),
        (AmountRules(interval=10), "rules"),
        (AmountRules(dominance=((0, 85),)), "dominance"),
        (AmountRules(dominance=((2, 101),)), "dominance"),
        (AmountRules(p_percent=float("nan")), "p_percent"),
        (AmountRules(p_percent=0), "p_percent"),
        (AmountRules(p_percent=1.23456), "p_percent"),
        (AmountRules(min_contributors=3, interval=-1), "interval"),
        (AmountRules(min_contributors=1), "min_contributors"),
    ],
)
def test_rules_that_cannot_be_used_are_told(rules, where):
    assert faults(rows(GIVEN), rules)["setting"].startswith(f"{where}:")


@pytest.mark.parametrize(
    ("asked", "settings", "where"),
    [
        ({}, {"amounts": RULES}, "value"),
        ({"value": "freq"}, {}, "value"),
        ({"contributor": "region"}, {}, "value"),
        ({"value": "freq"}, {"amounts": RULES, "threshold": 5}, "threshold"),
        ({"value": "freq"}, {"amounts": RULES, "zeros": "hidden"}, "zeros"),
    ],
)
def test_counts_and_amounts_are_not_mixed(asked, settings, where):
    with pytest.raises(ProtectError) as caught:
        read_table(Source(rows=frame(LEAVES), dims=DIMS, **asked), Settings(**settings))
    (finding,) = (f for f in caught.value.findings if f.code == "amount-option")
    assert finding.where == where


def test_a_column_of_the_result_cannot_be_one_of_the_rows():
    given_rows = rows(GIVEN).rename_columns(["region", "industry", "company", "contributors"])
    assert set(faults(given_rows, RULES, value="contributors")) == {"column-contributors"}


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"contributor": None, "largest": ("x0", "x1", "x2")}, "without the other"),
        ({"contributor": None, "contributor_count": "n"}, "without the other"),
        ({"contributor": None, "contributor_count": "n", "largest": ("x0", "x1")}, "names 2 columns"),
        ({"contributor": "n", "contributor_count": "n", "largest": ("x0", "x1", "x2")}, "Give one of them"),
    ],
)
def test_columns_of_cells_are_given_together(more, word):
    assert word in faults(as_cells(GIVEN), RULES, **more)["amount-columns"]


@pytest.mark.parametrize(
    ("total", "n", "x0", "x1"), [(9, 2, 8, 2), (9, 2, 4, 4), (9, 1, 5, 4), (99, 3, 5, 4)]
)
def test_cells_whose_contributions_cannot_make_their_total_are_told(total, n, x0, x1):
    cell = {"region": ["N1"], "industry": ["A"], "turnover": [total], "n": [n], "x0": [x0], "x1": [x1]}
    more = {"contributor": None, "contributor_count": "n", "largest": ("x0", "x1")}
    found = faults(pa.table(cell), AmountRules(dominance=((2, 85),)), **more)
    assert "row 1" in found["cell-contradiction"]


def test_a_cell_given_twice_is_told():
    twice = pa.concat_tables([as_cells(GIVEN), as_cells(GIVEN[:3])])
    more = {"contributor": None, "contributor_count": "n", "largest": ("x0", "x1", "x2")}
    assert set(faults(twice, RULES, **more)) == {"row-twice"}
