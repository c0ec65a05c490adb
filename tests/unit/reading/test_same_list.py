"""A list by codes behind tables with labels: one publication, told by its figures."""

import pytest

from unit.reading.kit import BELOW_FOUR, cells, frame, grid, reading

YEARS = ("2023", "2024")
CODES = {"All": "T", "North": "R1", "East": "R2", "West": "R3", "South": "R4", "Islands": "R5"}
FIGURES = {
    "All": ("100", "110"), "North": ("31", "33"), "East": ("*", "*"), "West": ("*", "25"),
    "South": ("44", "40"), "Islands": ("20", "9"),
}  # fmt: skip


def tables():
    rows = [f"{name} | {' | '.join(figures)}" for name, figures in FIGURES.items()]
    return grid("\n".join([f"Region | {' | '.join(YEARS)}", *rows]), "People", place="t.xlsx, sheet 'A'")


def listed(changed=None, codes=CODES):
    rows = [
        f"{year},{codes[name]},{(changed or {}).get((name, year), figure)}"
        for name, figures in FIGURES.items()
        for year, figure in zip(YEARS, figures, strict=True)
    ]
    return frame("\n".join(["year,area,number", *rows]), place="t.xlsx, sheet 'Data'")


def both(list_):
    return reading(tables(), list_, notes=BELOW_FOUR)


def test_the_cells_of_the_list_are_those_of_the_tables():
    found = both(listed())
    assert cells(found) == cells(reading(tables(), notes=BELOW_FOUR))
    assert all(len(places) == 2 for places in found.places)
    assert any("lists the figures of the tables by other names" in text for text in found.assumptions)


def test_what_the_list_shows_and_the_tables_hide_is_seen():
    found = both(listed({("West", "2023"): "3"}))
    assert len(found.publication.table) == 12
    assert "1 cell is hidden in one place and shown in another" in found.assumptions


def test_a_list_of_other_figures_stays_by_itself():
    changed = {
        (name, year): str(50 + 7 * i + j) for i, name in enumerate(FIGURES) for j, year in enumerate(YEARS)
    }
    found = both(listed(changed))
    assert not any("by other names" in text for text in found.assumptions)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1)])
def test_codes_that_hide_alike_are_paired_by_what_stands_around_them(order):
    names = ("East", "West", "South")
    codes = CODES | {names[i]: CODES[names[k]] for k, i in enumerate(order)}
    assert cells(both(listed(codes=codes))) == cells(reading(tables(), notes=BELOW_FOUR))
