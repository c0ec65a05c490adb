"""The example's register, counted by DuckDB on each month's last day, against the published file itself."""

from __future__ import annotations

import csv
import itertools
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from prikk.synth import make_register, write_register
from unit.synth.toys import PUBLISHED, Key, demo

AGE = "(CAST(strftime(day, '%Y%m%d') AS INT) - CAST(strftime(birth_date, '%Y%m%d') AS INT)) // 10000"
BAND = """CASE WHEN age < 20 THEN '0-19' WHEN age < 25 THEN '20-24' WHEN age < 30 THEN '25-29'
    WHEN age < 40 THEN '30-39' WHEN age < 50 THEN '40-49' WHEN age < 60 THEN '50-59' ELSE '60+' END"""
MEASURES = (PUBLISHED.parents[1] / "classifications" / "measure.csv").read_text(encoding="utf-8")
GROUPS = {row["code"]: row["parent"] for row in csv.DictReader(MEASURES.splitlines())}


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("demo") / "register.parquet", seed=1, scale=1)


def write(path: Path, *, seed: int, scale: int) -> Path:
    spec, classifications, _, fitted = demo()
    write_register(make_register(fitted, spec, classifications, seed=seed, scale=scale), path)
    return path


COUNTED = "end_date IS NULL OR end_date >= DATE '2022-01-31'"
"""Participations that count on one of the dates of the figures."""


def counted(path: Path) -> Counter[tuple[str, ...]]:
    """Every cell (period, main group, age, measure group, measure) of a register, totals included."""
    finest = duckdb.sql(f"""
        WITH months AS (SELECT last_day(DATE '2022-01-01' + to_months(m)) AS day FROM range(7) t(m)),
        counted AS (SELECT *, {AGE} AS age FROM '{path}' JOIN months
            ON start_date <= day AND (end_date IS NULL OR end_date >= day))
        SELECT strftime(day, '%Y-%m'), main_group, {BAND}, measure, count(*) FROM counted GROUP BY ALL
    """).fetchall()
    cells: Counter[tuple[str, ...]] = Counter()
    for period, main, age, measure, n in finest:
        of_measure = [("TOTAL", "TOTAL"), (GROUPS[measure], "TOTAL"), (GROUPS[measure], measure)]
        for m, a, path_ in itertools.product((main, "TOTAL"), (age, "TOTAL"), of_measure):
            cells[period, m, a, *path_] += n
    return cells


def published() -> dict[Key, dict[str, str]]:
    """The rows of the file: codes to the figure of each month."""
    keys = ("main_group", "age", "measure_group", "measure")
    with PUBLISHED.open(encoding="utf-8") as file:
        return {
            tuple(row[k] for k in keys): {p: v for p, v in row.items() if p.startswith("2022-")}
            for row in csv.DictReader(file)
        }


def test_every_published_figure_comes_back(register: Path) -> None:
    cells, rows = counted(register), published()
    shown = [(p, k, v) for k, row in rows.items() for p, v in row.items() if v != "*"]
    assert len(shown) == 6013 - 1217
    assert [(p, k) for p, k, v in shown if cells[p, *k] != int(v)] == []


def test_every_hidden_figure_is_below_four_and_every_row_has_somebody(register: Path) -> None:
    cells, rows = counted(register), published()
    hidden = [(p, k) for k, row in rows.items() for p, v in row.items() if v == "*"]
    assert all(cells[p, *k] < 4 for p, k in hidden)
    assert all(any(cells[p, *k] for p in row) for k, row in rows.items())


def test_nobody_counts_where_no_row_is_listed(register: Path) -> None:
    listed = set(published())
    margins = {tuple(code == "TOTAL" for code in key) for key in listed}
    found = {key[1:] for key in counted(register)}
    assert {key for key in found - listed if tuple(c == "TOTAL" for c in key) in margins} == set()


@pytest.mark.parametrize(
    "wrong",
    [
        "end_date < start_date",
        "birth_date >= start_date",
        "NOT regexp_full_match(person_id, 'P[0-9]{7}')",
        "NOT regexp_full_match(participation_id, 'D[0-9]{7}')",
        "birth_date < DATE '1922-01-31' OR start_date < birth_date + INTERVAL 15 YEARS",
        "start_date < DATE '2019-01-01' OR start_date > DATE '2022-07-31' OR end_date > DATE '2022-07-30'",
    ],
)
def test_no_row_is_impossible(register: Path, wrong: str) -> None:
    assert duckdb.sql(f"SELECT count(*) FROM '{register}' WHERE {wrong}").fetchall() == [(0,)]


def test_a_person_has_one_birth_date_and_is_in_one_place_at_a_time(register: Path) -> None:
    people = f"SELECT 1 FROM '{register}' GROUP BY person_id HAVING count(DISTINCT birth_date) > 1"
    apart = f"""SELECT 1 FROM (SELECT start_date, lag(coalesce(end_date, DATE '9999-01-01'))
        OVER (PARTITION BY person_id ORDER BY start_date) AS before FROM '{register}') WHERE before >= start_date"""
    assert duckdb.sql(people).fetchall() == duckdb.sql(apart).fetchall() == []
    ids = duckdb.sql(f"SELECT count(*) = count(DISTINCT participation_id) FROM '{register}'").fetchall()[0]
    assert ids == (True,)


def test_people_stay_and_move(register: Path) -> None:
    often = f"SELECT person_id FROM '{register}' GROUP BY person_id HAVING count(DISTINCT measure) > 1"
    assert len(duckdb.sql(often).fetchall()) > 1000
    flows = sum(abs(demo().fitted.counts[m] - demo().fitted.counts[m - 1]).sum() for m in range(1, 7))
    first = int(demo().fitted.counts[0].sum())
    spells = duckdb.sql(f"SELECT count(*), count(end_date) FROM '{register}' WHERE {COUNTED}").fetchall()[0]
    assert sum(spells) - first == flows


def test_the_year_before_has_people_who_left_in_time(register: Path) -> None:
    """They are half as many as the others, of all kinds, and count on none of the dates of the figures."""
    left, there = (
        duckdb.sql(f"SELECT count(*) FROM '{register}' WHERE {where}").fetchall()[0][0]
        for where in (f"NOT ({COUNTED})", COUNTED)
    )
    assert 0.45 < left / there < 0.5
    year_ago = "start_date <= DATE '2021-07-31' AND (end_date IS NULL OR end_date >= DATE '2021-07-31')"
    then, now = (
        duckdb.sql(f"SELECT count(*) FROM '{register}' WHERE {where}").fetchall()[0][0]
        for where in (year_ago, "end_date IS NULL")
    )
    assert 0.8 < then / now < 1.25


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(register: Path, tmp_path: Path) -> None:
    same, other = (write(tmp_path / f"{seed}.parquet", seed=seed, scale=1).read_bytes() for seed in (1, 2))
    assert register.read_bytes() == same
    assert same != other


def test_scale_multiplies_every_count(register: Path, tmp_path: Path) -> None:
    many = write(tmp_path / "many.parquet", seed=1, scale=3)
    assert counted(many) == {cell: 3 * n for cell, n in counted(register).items()}
    ids = f"SELECT count(DISTINCT participation_id), count(DISTINCT person_id) FROM '{many}' WHERE {COUNTED}"
    once = duckdb.sql(ids.replace(str(many), str(register))).fetchall()[0]
    assert duckdb.sql(ids).fetchall()[0] == tuple(3 * n for n in once)
