"""Labels that a text extraction garbled, groups with the name of a member, tables told apart by what they are of."""

import pytest

from prikk.reading._memos import is_memo_word
from unit.reading.kit import BELOW_FOUR, cells, grid, reading, sums_of

ONE = "| 2020 | 2021\nI alt | 30 | 36\nJobbklubb | 10 | 12\nOppfølging | 8 | 11\nMentor | 12 | 13"


def two(labels, figures=("30 | 36", "9 | 11", "9 | 12", "12 | 13")):
    rows = "\n".join(f"{label} | {own}" for label, own in zip(("I alt", *labels), figures, strict=True))
    return f"| 2020 | 2021\n{rows}\n"


def merged(*labels):
    first = grid(ONE.replace("8", "*"), "Menn", place="a")
    return reading(first, grid(two(labels), "Kvinner", place="b"), notes=BELOW_FOUR)


def test_a_garbled_label_between_the_same_neighbours_is_the_label():
    found = merged("Jobbkubb", "Oppfølging", "Mentor")
    assert any(t.startswith("'Jobbkubb' is read as 'Jobbklubb'") for t in found.assumptions)
    assert any("one label garbled" in t for t in found.unsure)
    assert {"Jobbklubb", "Oppfølging", "Mentor"} <= sums_of(found)["I alt"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jobbklubb", "Lønnstilskudd"),
        ("20-24 år", "20-29 år"),
        ("Faglærte", "Ufaglærte"),
        ("Kurs", "Kurs, nye"),
    ],
)
def test_labels_that_may_mean_something_else_stay_apart(one, other):
    first = grid(ONE.replace("Jobbklubb", one).replace("8", "*"), "Menn", place="a")
    found = reading(first, grid(two((other, "Oppfølging", "Mentor")), "Kvinner", place="b"), notes=BELOW_FOUR)
    assert not any("is read as" in t for t in found.assumptions)


def test_labels_of_one_table_are_never_one():
    text = "| 2020\nI alt | 30\nSandnes | 10\nSandness | *\nSandnesa | 18"
    found = reading(grid(text, place="a"), grid(text, "Kvinner", place="b"), notes=BELOW_FOUR)
    assert not any("is read as" in t for t in found.assumptions)


def test_a_group_with_the_name_of_a_member_is_its_subtotal():
    groups = "| 2020\nI alt | 60\nOppfølging | 40\nTrening | 20"
    members = "| 2020\nI alt | 60\nMentor | 10\nOppfølging | 30\nI alt oppfølging | 40\nKurs | 20\nI alt trening | 20"
    found = reading(grid(groups, place="a"), grid(members.replace("10", "*"), place="b"), notes=BELOW_FOUR)
    assert found.contradictions == ()
    assert sums_of(found)["I alt"] - {"2020"} == {"Oppfølging", "Trening"}
    assert sums_of(found)["Oppfølging"] == {"Mentor", "Oppfølging"}


def of_group(group, age, figures):
    a, b = figures
    text = (
        f"| 2020 | 2021\nI alt {group.lower()} {age} | {a + b} | {a + b}\nTrening | {a} | {a}\nKurs | {b} | *"
    )
    return grid(text, "Etter alder og gruppe", f"{group} {age}", place=f"{group}{age}")


def test_tables_are_told_apart_by_what_their_total_is_of_without_what_is_known():
    ages = "| 2020 | 2021\nI alt | 100 | 100\n0-24 år | 60 | 60\n25 år og over | 40 | 40"
    tables = [
        of_group("Ledige", "0-24 år", (30, 10)),
        of_group("Ledige", "25 år og over", (15, 8)),
        of_group("Andre", "0-24 år", (11, 9)),
        of_group("Andre", "25 år og over", (10, 7)),
    ]
    found = reading(grid(ages, "Etter alder", place="t"), *tables, notes=BELOW_FOUR)
    assert found.contradictions == ()
    assert sums_of(found)["I alt"] >= {"Ledige", "Andre", "0-24 år", "25 år og over"}
    assert cells(found)[("0-24 år", "Kurs", "2020", "Andre")] == 9


def test_part_rows_belong_to_the_row_above_and_leave_a_rest():
    text = "| 2020 | 2021\nAgder | 120 | 130\nherav menn | 50 | *\nRogaland | 80 | 70\nherav menn | 30 | 33\nSum | 200 | 200"
    found = reading(grid(text), notes=BELOW_FOUR)
    assert sums_of(found)["Sum"] == {"Agder", "Rogaland"}
    assert "Agder, herav menn" in sums_of(found)["Agder"]
    assert any(label.endswith("not in any printed part") for label in sums_of(found)["Agder"])
    assert is_memo_word("Of which:")


def test_a_sum_that_fails_in_most_periods_is_used_in_none():
    good = "{0} | A | 10 | 11 | 12 | 13 | 14\n{0} | B | 20 | 21 | 22 | 23 | 24\n{0} | I alt | 30 | 32 | 34 | 36 | 38"
    bad = "Menn | A | 10 | 11 | 12 | 13 | *\nMenn | B | 10 | 11 | 12 | 13 | 14\nMenn | I alt | 25 | 27 | 24 | 31 | 17"
    rows = [bad, good.format("Kvinner"), good.format("Barn"), good.format("Eldre")]
    table = grid("\n".join(["Hvem | Hvor | 2018 | 2019 | 2020 | 2021 | 2022", *rows]))
    found = reading(table, notes=BELOW_FOUR)
    assert (len(found.contradictions), len(found.publication.exempt)) == (3, 5)
    assert any("whose sums fail in most other periods are not used" in t for t in found.unsure)
