"""The other releases of the example, from the same register."""

import json

import pytest

from prikk.pipeline import build, synth
from prikk.projects import _copy
from prikk.register import EngineSettings
from prikk.steps import Silent
from support import csv_rows

FAMILY = ("tiltak", "tiltak-kjonn", "tiltak-fylke", "tiltak-aar")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("family") / "project"
    _copy("tiltak-alder", folder)
    figures = folder / "published" / "tables.csv"
    synth(folder / "release.toml", figures, folder / "register.parquet", seed=1, scale=1, steps=Silent())
    return folder


@pytest.mark.parametrize("name", FAMILY)
def test_each_of_the_family_is_built_protected_and_adds_up_to_the_first(folder, name):
    settings = EngineSettings(memory_limit=None, threads=None)
    result = build(folder / f"{name}.toml", folder / name, settings=settings, steps=Silent())
    assert (result.exact, result.narrowed) == (0, 0)
    about = json.loads((folder / name / "public" / "manifest.json").read_text())
    assert about["protection"]["protected"]
    first = {
        (r["row"], column): r[column]
        for r in csv_rows(folder / "published" / "tables.csv")
        if r["table"] == "1" and r["bold"] == "1"
        for column in r
        if column.startswith("2022-")
    }
    made = csv_rows(folder / name / "public" / "tables.csv")
    total = next(r for r in made if r["table"] == "1")
    for (_, column), figure in first.items():
        if column in total:
            assert total[column] == figure


def test_number_change_and_rate_of_a_county_and_averages_of_a_year(folder):
    settings = EngineSettings(memory_limit=None, threads=None)
    for name in ("tiltak-fylke", "tiltak-aar"):
        build(folder / f"{name}.toml", folder / f"{name}-again", settings=settings, steps=Silent())
    public = folder / "tiltak-fylke-again" / "public"
    cells = {(r["period"], r["county"], r["measure"]): r["value"] for r in csv_rows(public / "cells.csv")}
    population = {
        r["code"]: int(r["base_population"]) for r in csv_rows(folder / "classifications" / "county.csv")
    }
    for row in (r for r in csv_rows(public / "tables.csv") if r["table"] == "1" and r["county"] != "TOTAL"):
        new, old = (int(cells[period, row["county"], "TOTAL"]) for period in ("2022-07", "2021-07"))
        assert (row["2022-07"], row["2022-07 change_year"]) == (str(new), str(new - old))
        assert abs(float(row["2022-07 rate"]) - 1000 * new / population[row["county"]]) <= 0.0501
    public = folder / "tiltak-aar-again" / "public"
    months = [int(r["value"]) for r in csv_rows(public / "cells.csv") if r["measure"] == "TOTAL"]
    assert len(months) == 12
    mean = csv_rows(public / "tables.csv")[0]["2021-12 mean"]
    assert abs(int(mean) - sum(months) / 12) <= 0.5
