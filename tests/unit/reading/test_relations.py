"""What stands beside the counts: percentages, rates and changes as exact relations."""

import itertools
from fractions import Fraction

import pytest

from prikk.reading import ReadingSettings, read
from unit.reading.kit import BELOW_FOUR, document, grid, reading, spec


def named(found):
    """Relations with the labels of their cells; an unknown is its name."""
    table, unknowns = found.publication.table, found.publication.unknowns
    for relation in found.publication.relations:
        terms = {}
        for quantity, coefficient in relation.terms:
            if quantity >= len(table):
                terms[unknowns[quantity - len(table)].name] = coefficient
                continue
            codes = zip(table.hierarchies, table.codes(quantity), table.coords[quantity], strict=True)
            terms[", ".join(found.labels[h.name][c] for h, c, n in codes if n)] = coefficient
        yield terms, relation.low, relation.high


def bounds(found):
    return {next(iter(t)): (low, high) for t, low, high in named(found) if len(t) == 1}


def test_a_share_of_the_total_bounds_a_hidden_count():
    text = "| Antall | Prosent\nOslo | 51 | 51,0\nBergen | 40 | 40,0\nVoss | * | 3,0\nMolde | * | 6,0\nI alt | 100 | 100,0"
    assert bounds(reading(grid(text))) == {"Voss": (3, 3), "Molde": (6, 6)}


def test_a_share_of_another_column_bounds_a_hidden_count():
    text = "| Deltakere | Befolkning | Prosent\nA | 51 | 100 | 51\nB | 40 | 90 | 44\nC | * | 9 | 33\nD | 9 | * | 9"
    found = bounds(reading(grid(text)))
    assert found["C, Deltakere"] == (3, 3)
    assert found["D, Befolkning"] == (95, 105)


def test_a_rate_has_the_base_that_its_heading_and_figures_say():
    text = "| Syke | Folketall | Per 100 000\nA | 50 | 20000 | 250\nB | 31 | 10000 | 310\nC | * | 40000 | 8"
    assert bounds(reading(grid(text)))["C, Syke"] == (3, 3)


@pytest.mark.parametrize("percent", ["33", "33,3", "33,33", "8,1", "0", "0,0", "100"])
def test_no_count_that_could_be_printed_so_is_ruled_out(percent):
    """Brute force: each count whose share may round to the figure, either way at a half, stays possible."""
    text = f"| Antall | Folketall | Prosent\nA | 51 | 100 | 51,0\nB | 45 | 90 | 50,0\nC | * | 37 | {percent}"
    low, high = bounds(reading(grid(text))).get("C, Antall", (None, None))
    decimals = max(1, len(percent.partition(",")[2]))
    value, half = Fraction(percent.replace(",", ".")), Fraction(1, 2 * 10**decimals)
    able = [x for x in range(38) if abs(Fraction(100 * x, 37) - value) <= half]
    allowed = [x for x in range(38) if (low is None or x >= low) and (high is None or x <= high)]
    assert allowed == able


def test_a_base_that_is_not_printed_is_an_unknown():
    text = "| Antall | Prosent av folketallet\nA | 51 | 2,1\nB | 40 | 3,0\nC | * | 3,0\nI alt | 93 | 2,5"
    found = reading(grid(text))
    (unknown,) = found.publication.unknowns
    for terms, low, high in named(found):
        able = [
            (x, b)
            for x, b in itertools.product(range(4), range(150))
            if (low is None or terms["C"] * x + terms[unknown.name] * b >= low)
            and (high is None or terms["C"] * x + terms[unknown.name] * b <= high)
        ]
        assert (3, 100) in able
        assert not ((3, 5) in able and (0, 100) in able)
    assert any("percentages" in t for t in found.unsure)


def test_unknown_bases_add_up_where_all_shown_ones_do():
    rows = "A | 50 | 49 | 99 | 5,0 | 4,9 | 4,95\nB | 20 | 28 | 48 | 2,0 | 2,8 | 2,4\nC | 30 | 32 | 62 | 3,0 | 3,2 | 3,1"
    head = " | Menn | Kvinner | I alt | Menn | Kvinner | I alt"
    text = f" | Antall | Antall | Antall | Prosent | Prosent | Prosent\n{head}\n{rows}\nD | * | * | 5 | 0,3 | 0,2 | 0,25"
    found = reading(grid(text))
    assert any(len(t) > 1 and all("base" in name for name in t) for t, _, _ in named(found))


def test_the_base_may_be_given():
    text = "| Antall | Andel\nA | 51 | 60\nB | * | 40\nI alt | 85 | 100"
    said = spec(percentages=[{"columns": "Andel", "base": "rows"}])
    assert bounds(reading(grid(text), spec=said)) == {"B": (34, 34)}


def test_a_change_from_a_printed_figure_ties_the_two():
    text = (
        "| 2020 | 2021 | Endring\nA | 46 | 51 | 5\nB | 50 | 40 | -10\nC | * | * | -2\nI alt | 104 | 97 | -7"
    )
    assert list(named(reading(grid(text)))) == [({"C, 2021": 1, "C, 2020": -1}, -2, -2)]


def test_a_change_from_an_earlier_document_ties_the_two():
    old = document(grid("| Antall\nA | 46\nB | 50\nC | *\nI alt | 98", "Oktober 2021"), place="old")
    new = grid(
        "| Antall | Endring fra i fjor\nA | 51 | 5\nB | 40 | -10\nC | * | -1\nI alt | 92 | -6", "Oktober 2022"
    )
    found = read([old, document(new, place="new")], ReadingSettings())
    assert ({"C, 2022-10": 1, "C, 2021-10": -1}, -1, -1) in list(named(found))


def test_a_change_from_an_unknown_figure_has_an_unknown():
    text = "| Antall | Endring fra i fjor | Endring i prosent\nA | 51 | 5 | 10,9\nB | 40 | -10 | -20,0\nC | * | -2 | -50,0\nI alt | 94 | -7 | -6,9"
    found = reading(grid(text), notes=BELOW_FOUR)
    (unknown,) = found.publication.unknowns
    assert unknown.low == 0
    relations = list(named(found))
    assert ({"C": 1, unknown.name: -1}, -2, -2) in relations

    def allowed(count, earlier):
        values = {"C": count, unknown.name: earlier}
        sums = [(sum(values[k] * c for k, c in t.items()), low, high) for t, low, high in relations]
        return all((low is None or s >= low) and (high is None or s <= high) for s, low, high in sums)

    assert [(x, u) for x in range(4) for u in range(10) if allowed(x, u)] == [(2, 4)]


def test_changes_in_per_cent_that_disagree_are_left_out_and_said():
    text = "| Antall | Endring | Endring i prosent\nA | 51 | 5 | 77\nB | 40 | -10 | 12\nC | * | -2 | 3\nD | 60 | -7 | 5"
    assert any("does not agree with the changes" in t for t in reading(grid(text)).unsure)


def test_columns_may_be_named_by_the_user():
    text = "| Antall | X\nA | 51 | 60\nC | 17 | 20\nB | * | 20\nI alt | 85 | 100"
    counts = reading(grid(text), spec=spec(columns={"X": "ignore"}))
    assert len(counts.publication.table) == 4
    percent = reading(grid(text), spec=spec(columns={"X": "percent"}))
    assert bounds(percent)["B"] == (17, 17)


def test_relations_hold_no_figure_of_a_hidden_cell():
    text = "| Antall | Prosent\nOslo | 51 | 51,0\nBergen | 40 | 40,0\nVoss | * | 3,0\nMolde | * | 6,0\nI alt | 100 | 100,0"
    found = reading(grid(text))
    assert {r.text.split(" under")[0] for r in found.publication.relations} == {"3,0", "6,0"}
    assert not any(" 3 " in f" {t} " or " 6 " in f" {t} " for t in (*found.assumptions, *found.unsure))
