"""Figures, markers, the rule, and rounding."""

import pytest

from prikk.errors import ReadingError
from prikk.reading._numbers import Marks, figure, find_marks
from prikk.tabular import UNBOUNDED
from unit.reading.kit import BELOW_FOUR, cells, frame, grid, reading, spec


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("77 818", 77818), ("77\u00a0818", 77818), ("77\u2009818", 77818), ("77'818", 77818), ("77.818", 77818),
        ("77,818", 77818), ("1.234.567", 1234567), ("12*", 12), ("12²", 12), ("12 1)", 12), ("(12)", 12), ("+12", 12),
    ],
)  # fmt: skip
def test_counts_are_read_in_every_notation(printed, number):
    found = reading(grid(f"| Antall\nOslo | {printed}\nVoss | *\nBø | 5"))
    assert cells(found)["Oslo",] == number


@pytest.mark.parametrize(
    ("texts", "decimal", "sure"),
    [
        (["2,1", "1.352"], ",", True),
        (["0.125", "3.500"], ".", True),
        (["1.234.567", "2.345"], ",", True),
        (["167.293", "2.807"], ",", False),
        (["1,352"], ".", False),
        (["12", "7"], ".", True),
    ],
)
def test_the_decimal_mark_is_found_from_what_only_it_can_be(texts, decimal, sure):
    found = find_marks(texts)
    assert (found.decimal, found.sure) == (decimal, sure)


def test_a_number_with_groups_of_another_length_is_none():
    assert figure("12 34", Marks()) is None
    assert figure("1.2.3", Marks()) is None


def test_an_ambiguous_grouping_is_said_to_be_unsure():
    found = reading(grid("| Antall\nOslo | 1.352\nVoss | *"))
    assert any("only ever followed by three digits" in t for t in found.unsure)


@pytest.mark.parametrize(
    ("note", "threshold", "zeros"),
    [
        ("Tall mindre enn 4 er erstattet med «*».", 4, "hidden"),
        ("* = figures below 5 are not shown", 5, "hidden"),
        ("* betyr skjult: færre enn fem personer", 5, "hidden"),
        ("Tall på 3 eller færre er skjermet (*)", 4, "hidden"),
        ("* = tallet er lavere enn 4 (0–3) og vises ikke", 4, "hidden"),
        ("Figures below 4, but not 0, are replaced by “*”.", 4, "shown"),
        ("* = mellom 1 og 4 personer, skjult av hensyn til personvern", 5, "shown"),
    ],
)
def test_the_rule_is_read_from_the_notes(note, threshold, zeros):
    found = reading(grid("| Antall\nI alt | 20\nOslo | 15\nVoss | *\nBø | *", notes=(note,)))
    assert (found.threshold, found.zeros) == (threshold, zeros)
    assert found.symbols == ("*",)


@pytest.mark.parametrize(
    ("sign", "threshold", "bounds"),
    [("<10", 10, (0, 9)), ("< 5", 5, (0, 4)), ("≤3", 4, (0, 3)), ("1-3", 4, (1, 3))],
)
def test_a_sign_with_a_number_says_the_rule_itself(sign, threshold, bounds):
    found = reading(grid(f"| Antall\nOslo | {sign}\nVoss | 17"))
    cell = next(i for i, p in enumerate(found.places) if p[0].row == "Oslo")
    assert found.threshold == threshold
    assert (found.publication.low[cell], found.publication.high[cell]) == bounds


def test_signs_have_their_usual_meanings():
    found = reading(grid("| 2020 | 2021\nA | - | :\nB | .. | 4\nC | . | 7\nD |  | 9"))
    assert found.symbols == (":",)
    assert {k[0]: v for k, v in cells(found).items() if k[1] == "2020"} == {
        "A": 0, "B": "missing", "C": "missing", "D": "missing",
    }  # fmt: skip
    assert cells(found)["A", "2021"] == "primary"


def test_a_legend_outranks_the_usual_meanings():
    note = ".. = skjult av hensyn til personvern, - = mangler, * = foreløpig tall mangler"
    found = reading(grid("| Antall\nA | -\nB | ..\nC | *\nD | 9", notes=(note,)))
    assert found.symbols == ("..",)
    assert cells(found)["A",] == cells(found)["C",] == "missing"


def test_what_the_user_says_outranks_the_document():
    table = grid("| Antall\nA | -\nB | *\nC | 9", notes=("* = mindre enn 4 er skjult",))
    found = reading(table, symbol="-", threshold=7, zeros="shown")
    assert (found.symbols, found.threshold, found.zeros) == (("-",), 7, "shown")
    found = reading(table, spec=spec(rule={"symbols": ["*"], "nil": ["-"], "threshold": 6}))
    assert (cells(found)["A",], found.threshold) == (0, 6)


def test_no_rule_in_print_is_said_to_be_unsure():
    found = reading(grid("| Antall\nA | *\nB | 9"))
    assert found.threshold is None
    assert any("--threshold" in t for t in found.unsure)


def test_zeros_are_shown_if_one_is_printed_under_the_same_rule():
    assert reading(grid("| 2020 | 2021\nA | 0 | *\nB | 9 | 8")).zeros == "shown"
    years = " | ".join(str(y) for y in range(2015, 2021))
    changed = reading(grid(f"| {years}\nA | * | * | * | 0 | 0 | 0\nB | 9 | 8 | 9 | 8 | 9 | 8"))
    assert changed.zeros == "hidden"


def test_figures_rounded_to_a_base_are_intervals():
    rows = "\n".join(f"K{i} | {5 * i} | {10 * i + 5}" for i in range(1, 14))
    found = reading(grid(f"| 2020 | 2021\n{rows}\nX | * | 5"), notes=("Tallene er avrundet.",))
    cell = next(i for i, p in enumerate(found.places) if p[0].row == "K3" and p[0].column == "2020")
    assert (found.publication.low[cell], found.publication.high[cell]) == (13, 17)
    assert any("multiple of 5" in t for t in found.assumptions)


def test_a_hidden_figure_is_unbounded_and_a_missing_one_is_no_primary():
    found = reading(grid("| Antall\nA | *\nB | 9"), notes=BELOW_FOUR)
    cell = next(i for i, p in enumerate(found.places) if p[0].row == "A")
    assert (found.publication.low[cell], found.publication.high[cell]) == (0, UNBOUNDED)


def test_an_empty_value_with_a_symbol_in_the_status_column_is_hidden():
    found = reading(frame("region,value,status\nOslo,7,\nVoss,,*\nBø,0,*\nÅs,,.."))
    assert cells(found) == {("Oslo",): 7, ("Voss",): "primary", ("Bø",): "primary", ("Ås",): "missing"}


def test_sdmx_statuses_hide():
    found = reading(frame("GEO,OBS_VALUE,OBS_STATUS,CONF_STATUS\nA,7,A,F\nB,,Q,C\nC,9,A,F"))
    assert cells(found)["B",] == "primary"
    assert [h.name for h in found.publication.table.hierarchies] == ["GEO"]


def test_empty_places_are_hidden_if_nothing_else_is():
    table = grid("region | n\nT | 10\nA | 8\nB |")
    assert cells(reading(table)) == {(): 10, ("A",): 8, ("B",): "primary"}
    assert any("Empty places" in t for t in reading(table).unsure)
    with pytest.raises(ReadingError):
        reading(table, spec=spec(rule={"missing": [""]}))
