"""Captions with numbers, pages that go on, tables behind charts: what a table is of, however it is headed."""

from dataclasses import replace

import pytest

from prikk.reading._captions import unnumbered
from unit.reading.kit import BELOW_FOUR, cells, grid, reading

REGIONS = ("North", "East", "West", "South", "Islands")
GROUPS = {
    "Jobseekers": ("43", "10", "*", "*", "12", "19"),
    "Others": ("100", "20", "15", "21", "14", "30"),
}


def lines(name, total):
    figures = GROUPS[name][0 if total else 1 :]
    labels = (f"Total {name.lower()}", *REGIONS) if total else REGIONS
    return [f"{label} | {figure}" for label, figure in zip(labels, figures, strict=True)]


def table(name, *titles):
    return grid("\n".join(["Region | Number", *lines(name, total=True)]), *titles)


def of_chart(name):
    """The figures behind a chart: its own titles tell nothing but what can be seen in it."""
    rows = [" | Number", *lines(name, total=False)]
    return grid("\n".join(rows), "People", name, f"Most: {rows[1]}", "The figures of the chart")


WANTED = {
    ("Jobseekers",): 43, ("North", "Jobseekers"): 10, ("East", "Jobseekers"): "primary", ("West", "Jobseekers"): "primary",
    ("South", "Jobseekers"): 12, ("Islands", "Jobseekers"): 19,
    ("Others",): 100, ("North", "Others"): 20, ("East", "Others"): 15, ("West", "Others"): 21,
    ("South", "Others"): 14, ("Islands", "Others"): 30,
}  # fmt: skip


@pytest.mark.parametrize(
    ("title", "rest"),
    [
        ("Tabell 33. Andre på tiltak", "Andre på tiltak"),
        ("Tabell 07459: Befolkning", "Befolkning"),
        ("Table A2 – Women", "Women"),
        ("Tabelle 3 Frauen (Fortsetzung)", "Frauen"),
        ("Alder (forts.)", "Alder"),
        ("Tabell 4, held fram", "Tabell 4"),
        ("Table 4", "Table 4"),
        ("Tabell 1.", "Tabell 1."),
        ("Tabell 5–11", "Tabell 5–11"),
        ("Personer som fortsatt er ledige", "Personer som fortsatt er ledige"),
        ("Discontinued", "Discontinued"),
    ],
)
def test_a_caption_is_what_the_table_is_of(title, rest):
    assert unnumbered(title) == rest


@pytest.mark.parametrize(
    "caption", ["Table {n}. {name}", "Table 1.{n}: {name}", "{name}", "Tabell {n} {name}"]
)
def test_the_number_of_a_table_is_no_part_of_its_subject(caption):
    titles = [caption.format(n=n, name=name) for n, name in enumerate(GROUPS, start=1)]
    found = reading(
        *(table(name, "People", t) for name, t in zip(GROUPS, titles, strict=True)), notes=BELOW_FOUR
    )
    assert cells(found) == WANTED


@pytest.mark.parametrize(
    "caption", ["Table 2, continued", "Table 2 (cont.)", "Table 2. Others (continued)", "Tabell 2 forts."]
)
def test_a_page_goes_on_with_the_titles_of_its_table(caption):
    _, total, *rest = ("", *lines("Others", total=True))
    first = table("Jobseekers", "People", "Table 1. Jobseekers")
    page = grid("\n".join(["Region | Number", total, *rest[:2]]), "People", "Table 2. Others")
    other = grid("\n".join(["Region | Number", total, *rest[2:]]), "Region", caption)
    assert cells(reading(first, page, other, notes=BELOW_FOUR)) == WANTED


def test_a_table_behind_a_chart_is_of_what_the_table_above_it_is():
    found = reading(
        *(made for name in GROUPS for made in (table(name, "People", name, "Number"), of_chart(name))),
        notes=BELOW_FOUR,
    )
    assert cells(found) == WANTED


def test_what_a_chart_shows_of_a_hidden_figure_is_seen():
    chart = of_chart("Jobseekers")
    leaking = replace(chart, rows=tuple(tuple(_seen(c) for c in row) for row in chart.rows))
    found = reading(
        table("Jobseekers", "People", "Jobseekers", "Number"),
        leaking,
        table("Others", "People", "Others", "Number"),
        notes=BELOW_FOUR,
    )
    assert "2 cells are hidden in one place and shown in another" in found.assumptions


def _seen(cell):
    return replace(cell, text="1") if cell is not None and cell.text == "*" else cell
