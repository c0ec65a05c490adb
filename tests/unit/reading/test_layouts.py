"""Headings, stubs and blocks: the same cells, however they are laid out."""

import pytest

from unit.reading.kit import BELOW_FOUR, cells, grid, reading

BY_SEX = {
    ("Menn", "2020"): 10,
    ("Kvinner", "2020"): 5,
    ("Menn", "2021"): 7,
    ("Kvinner", "2021"): "primary",
}


def body(found):
    return {tuple(sorted(k)): v for k, v in cells(found).items()}


def wanted(rows):
    return {tuple(sorted((*k, *extra))): v for k, v in rows.items() for extra in ((),)}


LAYOUTS = {
    "two levels, merged": """
 | =2 2020 |  | =2 2021 |
 | Menn | Kvinner | Menn | Kvinner
Oslo | 10 | 5 | 7 | *
""",
    "two levels, printed once": """
 | 2020 |  | 2021 |
 | Menn | Kvinner | Menn | Kvinner
Oslo | 10 | 5 | 7 | *
""",
    "two levels, named in each column": """
 | År: 2020 | År: 2020 | År: 2021 | År: 2021
 | Kjønn: Menn | Kjønn: Kvinner | Kjønn: Menn | Kjønn: Kvinner
Oslo | 10 | 5 | 7 | *
""",
    "one level for both": """
 | Menn 2020 | Kvinner 2020 | Menn 2021 | Kvinner 2021
Oslo | 10 | 5 | 7 | *
""",
    "stub of two columns": """
Kjønn | Region | 2020 | 2021
Menn | Oslo | 10 | 7
Kvinner | Oslo | 5 | *
""",
    "label printed once": """
Region | Kjønn | 2020 | 2021
Oslo | Menn | 10 | 7
 | Kvinner | 5 | *
""",
    "long": """
Region | Kjønn | År | Antall
Oslo | Menn | 2020 | 10
Oslo | Kvinner | 2020 | 5
Oslo | Menn | 2021 | 7
Oslo | Kvinner | 2021 | *
""",
    "dashes drawn": """
--- | ---- | ---- | ---- | ----
 | =2 2020 |  | =2 2021 |
 | Menn | Kvinner | Menn | Kvinner
--- | ---- | ---- | ---- | ----
Oslo | 10 | 5 | 7 | *
--- | ---- | ---- | ---- | ----
""",
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_layouts_of_one_table_give_the_same_cells(layout):
    found = body(reading(grid(layout), notes=BELOW_FOUR))
    assert found == {tuple(sorted((*k, "Oslo"))): v for k, v in BY_SEX.items()}


def test_years_in_the_stub_and_months_in_the_heading_are_one_dimension():
    text = "År | Januar | Februar\n2020 | 10 | 5\n2021 | 7 | *"
    assert set(cells(reading(grid(text)))) == {("2020-01",), ("2020-02",), ("2021-01",), ("2021-02",)}


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("Januar - Februar 2022", ["2022-01", "2022-02"]),
        ("Per 28. februar 2023", ["2023-01", "2023-02"]),
        ("Tabell 7", ["--01", "--02"]),
    ],
)
def test_months_take_their_year_from_the_titles(title, codes):
    found = reading(grid("| Januar | Februar\nOslo | 10 | *\nVoss | 4 | 5", "Ledige", title))
    assert list(found.labels["period"])[1:] == codes


def test_a_range_over_new_year_gives_each_month_its_own_year():
    found = reading(grid("| November | Januar\nOslo | 10 | *", "November 2021 - Januar 2022"))
    assert set(cells(found)) == {("Oslo", "2021-11"), ("Oslo", "2022-01")}


@pytest.mark.parametrize(
    "text",
    [
        "Kommune | Antall | Kommune | Antall\nOslo | 10 | Ski | 5\nVoss | 7 | I alt | 22\nBø | * | Ås | *",
        "Kommune | Antall\nOslo | 10\nVoss | 7\nBø | *\nKommune | Antall\nSki | 5\nÅs | *\nI alt | 22",
    ],
)
def test_blocks_beside_and_below_each_other_are_one_table(text):
    found = cells(reading(grid(text)))
    assert {k: v for k, v in found.items() if v != "primary"} == {
        (): 22,
        ("Oslo",): 10,
        ("Voss",): 7,
        ("Ski",): 5,
    }


def test_codes_beside_names_and_before_names_are_codes():
    for text in ("0301 | Oslo | 5\n1103 | Stavanger | *", "0301 Oslo | 5\n1103 Stavanger | *"):
        table = reading(grid(text)).publication.table
        assert table.hierarchies[0].codes == ("TOTAL", "0301", "1103")


def test_words_broken_over_columns_are_put_together():
    text = "Antall | Prosent | Endring | Antall\nI | alt | 20 | 2,1\n3801 | Horten | 12 | 2,8\n3802 | Bø | * | 1,9\n3803 | Ås | * | 0,5"
    found = reading(grid(text))
    assert cells(found)[()] == 20
    assert any("No column is clearly headed as counts" in t for t in found.unsure)


def test_sections_with_repeated_labels_are_a_dimension():
    rows = "0-19 | 5 | 6\n20+ | 10 | *"
    head = f"| 2020 | 2021\nI alt | 30 | 40\nMenn | |\n{rows}\nKvinner | |\n{rows}"
    own = f"| 2020 | 2021\nI alt | 30 | 40\nMenn | 15 | 16\n{rows}\nKvinner | 15 | 24\n{rows}"
    for text in (head, own):
        found = cells(reading(grid(text)))
        assert found["Menn", "0-19", "2020"] == found["Kvinner", "0-19", "2020"] == 5
        assert found["Menn", "20+", "2021"] == "primary"
    assert found["Menn", "2020"] == 15


def test_sections_that_each_make_up_the_total_are_dimensions_of_their_own():
    text = "| Antall\nI alt | 30\nKjønn |\nMenn | 12\nKvinner | 18\nAlder |\n0-19 | 10\n20+ | 20"
    found = reading(grid(text + "\n"), grid("| Antall\nA | *\nB | 5"))
    names = [h.name for h in found.publication.table.hierarchies]
    assert {"Kjønn", "Alder"} <= set(names)


def test_every_figure_has_its_place_and_its_drawing():
    text = " | 2020 | 2021\n**I alt** | 12 | 9\nOslo | 9 | *\nVoss | * | 5"
    found = reading(grid(text, "Ledige"), notes=BELOW_FOUR)
    drawn = found.tables[0]
    numbers = [c.cell for row in drawn.rows for c in row if c is not None and c.cell is not None]
    assert sorted(numbers) == list(range(6))
    assert drawn.name == "Ledige"
    cell = next(c for row in drawn.rows for c in row if c is not None and c.text == "5")
    place = found.places[cell.cell][0]
    assert (place.table, place.row, place.column, place.source) == ("Ledige", "Voss", "2021", "t.txt, line 4")
    assert drawn.rows[1][0].bold
    assert drawn.rows[0][1].header


def test_a_heading_in_the_middle_of_its_columns_stands_above_all_of_them():
    text = "| | 2021 | | | 2022 |\n| I alt | Menn | Kvinner | I alt | Menn | Kvinner\nOslo | 30 | 10 | 20 | 9 | * | *"
    found = cells(reading(grid(text + "\nBergen | 8 | 4 | 4 | 7 | * | 4"), notes=BELOW_FOUR))
    assert found["Oslo", "2021"] == 30
    assert found["Oslo", "Kvinner", "2021"] == 20
    assert found["Bergen", "Kvinner", "2022"] == 4
