"""Full grids of the data formats: what no table lists is told from what is zero, and from what nobody knows."""

import pytest

from unit.reading.kit import cells, dataset, reading

PERIODS = ("2024-01", "2024-02")
AGES = {"Total": (40, 41), "Young": (20, 20), "Old": ("*", 21), "Oldest": ("*", "*")}
HIDDEN = "* = tall lavere enn 4 (0 til 3) vises ikke, av hensyn til personvern."
NIL = "- = null: kombinasjonen forekommer ikke i noen av periodene."
NONE = ".. = ingen tabell har denne kombinasjonen."


SOUTH = {"Total": (29, 29), "Young": (9, 8), "Old": ("*", 21), "Oldest": ("*", "*")}


def full(rows, *notes, **others):
    """A grid of regions by ages by periods; rows are those of North."""
    regions = {"Total": AGES, "North": rows, **others}
    values = [v for own in regions.values() for age in AGES for v in own[age]]
    return dataset(
        {"region": tuple(regions), "age": tuple(AGES), "period": PERIODS},
        values,
        region={"total": "Total"},
        age={"total": "Total"},
        period={"is_time": True},
        notes=notes,
    )


def test_a_sign_that_fills_rows_stands_for_rows_that_are_not_listed():
    rows = {"Total": (11, 12), "Young": (11, 12), "Old": ("-", "-"), "Oldest": ("-", "-")}
    found = reading(full(rows, HIDDEN, NIL, South=SOUTH))
    assert found.zeros == "hidden"
    assert not any("North" in key and {"Old", "Oldest"} & set(key) for key in cells(found))
    assert found.publication.listed_over is not None
    assert "'-' fills whole rows (4 places): combinations that no table lists, and zero" in found.assumptions


def test_a_sign_that_stands_beside_figures_is_a_zero():
    rows = {"Total": (11, 12), "Young": (11, "-"), "Old": ("*", 12), "Oldest": ("-", "-")}
    found = reading(full(rows, "* = skjult.", "- = null."))
    assert found.zeros == "shown"
    assert cells(found)["North", "Young", "2024-02"] == 0
    assert found.publication.listed_over is None


def test_a_level_of_which_no_cell_is_known_is_left_out():
    rows = dict.fromkeys(AGES, ("..", "..")) | {"Total": (30, 31)}
    found = reading(full(rows, HIDDEN, NONE))
    assert {key for key in cells(found) if "North" in key} == {("North", p) for p in PERIODS}


def test_a_row_that_is_not_known_beside_others_is_no_zero():
    rows = {"Total": (11, 12), "Young": (8, 9), "Old": ("..", ".."), "Oldest": ("-", "-")}
    found = reading(full(rows, HIDDEN, NIL, NONE))
    assert cells(found)["North", "Old", "2024-01"] == "missing"
    assert found.publication.listed_over is None


@pytest.mark.parametrize("sign", ["-", ""])
def test_nothing_at_all_is_read_as_not_listed_only_where_no_sign_says_zero(sign):
    rows = {"Total": (11, 12), "Young": (11, 12), "Old": ("", ""), "Oldest": (sign, sign)}
    found = cells(reading(full(rows, HIDDEN, NIL)))
    assert (("North", "Old", "2024-01") in found) == (sign == "-")
