"""Which rows are totals of which: by words, place, codes, looks and arithmetic."""

import pytest

from unit.reading.kit import BELOW_FOUR, cells, grid, reading, spec, sums_of

WINTER, SUMMER = {"Ski", "Skøyter", "Alpint"}, {"Fotball", "Tennis"}
TREES = {
    "subtotals after their parts": """
| Antall
I alt | 60
Ski | 10
Skøyter | *
Alpint | *
I alt vinter | 15
Fotball | 20
Tennis | 25
I alt sommer | 45
""",
    "subtotals before their parts": """
| 2020
Sum vinter | 15
Ski | 10
Skøyter | *
Alpint | *
Sum sommer | 45
Fotball | 20
Tennis | 25
Sum | 60
""",
    "indented": """
| Antall
Vinter | 15
__Ski | 10
__Skøyter | *
__Alpint | *
Sommer | 45
__Fotball | 20
__Tennis | 25
Totalt | 60
""",
    "bold": """
| 2020 | 2021
**Total** | 60 | 62
**Vinter** | 15 | 17
Ski | 10 | 12
Skøyter | * | *
Alpint | * | *
**Sommer** | 45 | 45
Fotball | 20 | 20
Tennis | 25| 25
""",
    "codes": """
| | Antall
| I alt | 60
38 | Vinter | 15
3801 | Ski | 10
3802 | Skøyter | *
3803 | Alpint | *
39 | Sommer | 45
3901 | Fotball | 20
3902 | Tennis | 25
""",
    "two columns": """
Gruppe | Idrett | Antall
I alt | | 60
Vinter | | 15
 | Ski | 10
 | Skøyter | *
 | Alpint | *
Sommer | | 45
 | Fotball | 20
 | Tennis | 25
""",
}


@pytest.mark.parametrize("text", TREES.values(), ids=TREES)
def test_a_hierarchy_is_found_in_every_layout(text):
    found = reading(grid(text), notes=BELOW_FOUR)
    parts = [p for p in sums_of(found).values() if p in (WINTER, SUMMER)]
    assert len(parts) == 2
    assert 60 in (cells(found).get(()), cells(found).get(("2020",)))
    assert not found.contradictions


WORDS = (
    "I alt", "Alt", "Total", "Totalt", "Begge", "Begge kjønn", "Alle", "Alle aldre", "Both", "Both sexes", "All", "Sum",
    "Hele landet", "Landet", "Norge", "Summa", "Gesamt", "Insgesamt", "Ensemble", "TOTAL", "T", "Hele befolkningen",
)  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
def test_words_for_totals_are_known(word):
    found = reading(grid(f"| Antall\n{word} | 17\nOslo | 10\nBergen | *\nVoss | *"))
    assert cells(found)[()] == 17


def test_countries_beside_each_other_are_no_totals():
    found = cells(reading(grid("| Antall\nNorge | 17\nSverige | 10\nDanmark | *")))
    assert ("Norge",) in found


def test_a_total_without_a_word_is_found_by_arithmetic_and_said():
    text = """
| 2020 | 2021 | 2022
Norden | 137 | 142 | 150
Sverige | 77 | 80 | 85
Danmark | 57 | 59 | *
Island | 3 | 3 | *
Sør | 55 | 66 | 77
Spania | 44 | 44 | 44
Italia | 11 | 22 | 33
"""
    found = reading(grid(text))
    assert sums_of(found)["Norden"] == {"Sverige", "Danmark", "Island"}
    assert sums_of(found)["Sør"] == {"Spania", "Italia"}
    assert any("'Sør' is the total of 'Spania' and 'Italia'" in t for t in found.assumptions)


def test_totals_that_are_no_neighbours_and_nest_are_found():
    text = """
| 2020 | 2021 | 2022 | 2023
Hele folket | 600 | 712 | 655 | 701
Uten innvandring | 500 | 599 | 571 | *
Alle uten innvandrere | 520 | 621 | 580 | 633
Innvandrere | 80 | 91 | 75 | 68
Født her | 20 | 22 | 9 | *
"""
    found = sums_of(reading(grid(text)))
    assert found["Alle uten innvandrere"] == {"Uten innvandring", "Født her"}
    assert found["Hele folket"] == {"Alle uten innvandrere", "Innvandrere"}


def test_small_figures_that_happen_to_add_up_are_no_total():
    found = reading(grid("| Antall\nA | 12\nB | 7\nC | 5\nD | *"))
    assert not found.publication.exempt
    assert ("A",) in cells(found)
    assert all(h.depths.max() < 2 for h in found.publication.table.hierarchies)


def test_parts_that_leave_something_get_a_rest_that_nobody_prints():
    text = "| 2020 | 2021 | 2022\nNorge | 100 | 120 | 130\nOslo | 45 | 50 | 77\nBergen | 30 | 40 | *"
    found = reading(grid(text), notes=BELOW_FOUR)
    assert any("(rest)" in c for h in found.publication.table.hierarchies for c in h.codes)
    assert any("do not make up all of it" in t for t in found.assumptions)
    assert not found.contradictions


def test_the_user_may_say_that_parts_are_complete_and_which_code_is_above():
    text = "| Antall\nNorge | 100\nOst | 40\nOslo | 30\nVest | 55\nVoss | *"
    said = spec(dimensions={"rows": {"parents": {"Oslo": "Ost", "Voss": "Vest"}}})
    found = reading(grid(text), notes=BELOW_FOUR, spec=said)
    assert sums_of(found)["Ost"] >= {"Oslo"}
    said = spec(
        dimensions={"rows": {"complete": True, "total": "Norge", "parents": {"Oslo": "Ost", "Voss": "Vest"}}}
    )
    found = reading(grid(text), notes=BELOW_FOUR, spec=said)
    assert not any("rest" in c for c in found.labels["rows"])


def test_a_total_that_mostly_fails_is_none_and_its_sums_are_not_used():
    text = (
        "| 2020 | 2021 | 2022 | 2023\nI alt | 50 | 70 | 10 | 95\nA | 30 | 30 | 30 | 30\nB | 33 | 33 | 33 | *"
    )
    found = reading(grid(text), notes=BELOW_FOUR)
    assert any("is no total" in t for t in found.unsure)
    assert found.publication.exempt
    assert not found.contradictions


def test_distinct_people_are_known_by_the_notes_and_totals_below_the_sum():
    text = "| 2020 | 2021 | 2022\nKurs | 45 | 50 | 77\nPraksis | 50 | 40 | 54\nMentor | 9 | * | 7\nPersoner i alt | 80 | 70 | 99"
    found = reading(grid(text), notes=(*BELOW_FOUR, "Samme person kan delta på flere tiltak."))
    assert not found.publication.additive
    assert reading(grid(text), spec=spec(rule={"unit": "person"})).publication.additive is False
    assert reading(grid(text), spec=spec(rule={"unit": "additive"})).publication.additive


def test_leaves_on_different_levels_stand_for_themselves_further_down():
    table = reading(
        grid(TREES["indented"] + "Annet | *\n".replace("Totalt", "")), notes=BELOW_FOUR
    ).publication.table
    hierarchy = next(h for h in table.hierarchies if len(h.codes) > 3)
    assert len({int(hierarchy.depths[i]) for i in hierarchy.leaves}) == 1
