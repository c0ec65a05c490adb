"""The cube holds exactly the published margins, counted as a person would count them."""

import datetime as dt
import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prikk.classifications import load_classifications
from prikk.cube import count, statement
from prikk.errors import RegisterError
from prikk.register import EngineSettings, open_register
from prikk.spec import load_spec, margins
from support import HEADER, REGISTER, SPEC, edited, project

UP = {"N1": ("N1", "N"), "N2": ("N2", "N"), "S1": ("S1", "S")}


def cube_of(path, workdir):
    spec = load_spec(path)
    classifications = load_classifications(spec)
    with open_register(
        spec, classifications, workdir=workdir, settings=EngineSettings(threads=1)
    ) as register:
        return count(register, spec, classifications)


def as_dict(cube):
    return {
        (p.code, *cube.table.codes(c)): int(cube.counts[i, c])
        for i, p in enumerate(cube.periods)
        for c in range(len(cube.table))
    }


def test_the_margins_are_those_of_the_tables_and_no_more(tmp_path):
    assert margins(load_spec(project(tmp_path))) == ((0, 0), (0, 1), (1, 0), (1, 1), (2, 0))


def test_every_cell_is_there_for_every_period_and_totals_are_sums(tmp_path):
    cells = as_dict(cube_of(project(tmp_path), tmp_path))
    assert cells["2024-01", "TOTAL", "TOTAL"] == 16
    assert (
        cells["2024-02", "N", "TOTAL"]
        == cells["2024-02", "N1", "TOTAL"] + cells["2024-02", "N2", "TOTAL"]
        == 7
    )
    assert ("2024-01", "N1", "young") not in cells, "no table shows regions by age"


def test_a_cell_without_anybody_in_any_period_is_not_listed(tmp_path):
    cells = as_dict(cube_of(project(tmp_path), tmp_path))
    assert ("2024-01", "S", "old") not in cells
    assert ("2024-01", "S", "young") in cells


def test_a_register_without_people_in_a_period_is_refused(tmp_path):
    spec = edited(SPEC, ('"2024-02"', '"2024-03"'))
    register = REGISTER.replace("2023-12-01,", "2023-12-01,2024-02-15")
    with pytest.raises(RegisterError, match=r"nobody is counted on 2024-02-29") as raised:
        cube_of(project(tmp_path, spec=spec, register=register), tmp_path)
    assert [f.code for f in raised.value.findings] == ["period-empty", "period-empty"]


def test_distinct_people_are_counted_once_in_every_cell(tmp_path):
    spec = edited(SPEC, ('columns = { id = "id", ', 'unit = "person"\ncolumns = { '))
    twice = HEADER + "D1,P1,N1,2000-05-05,2023-12-01,\nD2,P1,N2,2000-05-05,2023-12-01,\n"
    cube = cube_of(project(tmp_path, spec=spec, register=twice), tmp_path)
    cells = as_dict(cube)
    assert (
        cells["2024-01", "N1", "TOTAL"]
        == cells["2024-01", "N2", "TOTAL"]
        == cells["2024-01", "N", "TOTAL"]
        == 1
    )
    assert not cube.additive


def test_snapshots_are_counted_on_their_own_date(tmp_path):
    spec = edited(
        SPEC,
        ("columns = {", 'layout = "snapshots"\ncolumns = {'),
        ('start = "start", end = "end"', 'date = "start"'),
    )
    rows = HEADER + "".join(
        f"D{i},P{i},N1,2000-05-05,{day},\n"
        for i, day in enumerate(["2024-01-31", "2024-02-29", "2024-02-29", "2024-02-28"])
    )
    cells = as_dict(cube_of(project(tmp_path, spec=spec, register=rows), tmp_path))
    assert (cells["2024-01", "N", "TOTAL"], cells["2024-02", "N", "TOTAL"]) == (1, 2)


def test_a_birthday_on_the_reference_date_counts(tmp_path):
    rows = HEADER + "D1,P1,N1,1994-01-31,2023-12-01,\nD2,P2,N1,1994-02-01,2023-12-01,\n"
    cells = as_dict(cube_of(project(tmp_path, register=rows), tmp_path))
    assert (cells["2024-01", "TOTAL", "young"], cells["2024-01", "TOTAL", "old"]) == (1, 1)
    assert (cells["2024-02", "TOTAL", "young"], cells["2024-02", "TOTAL", "old"]) == (0, 2)


def test_it_is_one_statement_in_the_sql_that_duckdb_and_spark_share(tmp_path):
    spec = load_spec(project(tmp_path))
    sql = statement(spec, load_classifications(spec), margins(spec), "register").sql
    assert sql.count("GROUPING SETS") == 1
    assert ";" not in sql
    assert not re.search(r"::|QUALIFY|EXCLUDE|UNNEST|\bFILTER\b|GROUP BY ALL", sql)


DAYS = st.dates(dt.date(2023, 11, 1), dt.date(2024, 4, 1))
PEOPLE = st.lists(
    st.tuples(
        st.sampled_from(sorted(UP)),
        st.dates(dt.date(1960, 1, 1), dt.date(2010, 1, 1)),
        DAYS,
        st.none() | DAYS,
    ),
    min_size=1,
    max_size=30,
)


@settings(max_examples=25, deadline=None)
@given(PEOPLE)
def test_the_counts_are_those_of_a_loop_over_the_rows(tmp_path_factory, people):
    folder = tmp_path_factory.mktemp("cube")
    people = [(r, b, s, e if e is None or e >= s else s) for r, b, s, e in people]
    always = ("N1", dt.date(1980, 1, 1), dt.date(2023, 1, 1), None)
    people.append(always)
    text = HEADER + "".join(f"D{i},P{i},{r},{b},{s},{e or ''}\n" for i, (r, b, s, e) in enumerate(people))
    cells = as_dict(cube_of(project(folder, register=text), folder))
    expected = Counter()
    for code, day in (("2024-01", dt.date(2024, 1, 31)), ("2024-02", dt.date(2024, 2, 29))):
        for region, born, start, end in people:
            if start <= day and (end is None or end >= day):
                years = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
                age = "young" if years < 30 else "old"
                keys = {
                    ("TOTAL", "TOTAL"),
                    ("TOTAL", age),
                    (UP[region][1], "TOTAL"),
                    (UP[region][1], age),
                    (region, "TOTAL"),
                }
                expected.update((code, *key) for key in keys)
    assert {k: v for k, v in cells.items() if v} == expected
