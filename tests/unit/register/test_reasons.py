"""Every reason for which a row is rejected."""

import datetime as dt

import pytest

from unit.register.kit import checked, project, snapshots, spells, write_csv, write_parquet

D = dt.date
GOOD = {"who": "P8", "pid": "T8"}


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        ({"pid": None}, ("2", "", "pid", "empty-key")),
        ({"pid": " \t"}, ("2", " \t", "pid", "empty-key")),
        ({"who": ""}, ("2", "T2", "who", "empty-key")),
        ({"start": None}, ("2", "T2", "start", "date-missing")),
        ({"born": None}, ("2", "T2", "born", "date-missing")),
        ({"start": D(2022, 2, 2), "end": D(2022, 2, 1)}, ("2", "T2", "end", "end-before-start")),
        ({"born": D(2022, 1, 11)}, ("2", "T2", "born", "birth-after-start")),
        ({"region": None}, ("2", "T2", "region", "code-missing")),
        ({"region": "  "}, ("2", "T2", "region", "code-missing")),
        ({"region": "0302"}, ("2", "T2", "region", "code-unknown")),
        ({"region": "o"}, ("2", "T2", "region", "code-unknown")),
        ({"region": "V"}, ("2", "T2", "region", "code-not-finest")),
        ({"region": "TOTAL"}, ("2", "T2", "region", "code-unknown")),
        ({"pid": "T1"}, ("2", "T1", "pid", "duplicate")),
    ],
)
def test_a_bad_spell_is_rejected_with_its_row_column_and_reason(tmp_path, change, finding):
    write_parquet(tmp_path / "register.parquet", spells({}, change, {}))
    assert checked(project(tmp_path)) == [finding]


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        ({"day": None}, ("2", "T2", "day", "date-missing")),
        ({"born": D(2022, 2, 1)}, ("2", "T2", "born", "birth-after-reference")),
        ({"pid": "T1"}, ("2", "T1", "pid", "duplicate")),
        ({"region": "3002"}, ("2", "T2", "region", "code-not-valid")),
        ({"born": D(2010, 1, 1)}, ("2", "T2", "born", "outside-bands")),
    ],
)
def test_a_bad_snapshot_row_is_rejected_with_its_row_column_and_reason(tmp_path, change, finding):
    write_parquet(tmp_path / "register.parquet", snapshots({}, change, {}))
    assert checked(project(tmp_path, layout="snapshots")) == [finding]


@pytest.mark.parametrize(
    "change",
    [
        {"end": D(2022, 1, 10)},
        {"born": D(2006, 1, 31), "end": D(2022, 1, 31)},
        {"region": " 0301 "},
        {"region": "O'Neill\\n"},
        {"start": D(2022, 1, 1), "end": D(2022, 3, 30), "region": "3001"},
        {"start": D(2022, 3, 1), "region": "3002"},
        {"start": D(2022, 2, 1), "end": D(2022, 2, 27), "region": "3002"},
        {"start": D(2000, 1, 1), "end": D(2001, 1, 1), "born": D(1999, 1, 1)},
        {"start": D(2030, 1, 1), "born": D(1900, 1, 1), "region": "3001"},
        {"end": D(9999, 12, 31)},
    ],
)
def test_a_good_spell_is_kept(tmp_path, change):
    write_parquet(tmp_path / "register.parquet", spells({}, change))
    assert checked(project(tmp_path)) == []


@pytest.mark.parametrize(
    ("start", "end", "region", "rejected"),
    [
        (D(2022, 1, 1), D(2022, 3, 30), "3001", False),
        (D(2022, 1, 1), D(2022, 3, 31), "3001", True),
        (D(2022, 1, 1), None, "3001", True),
        (D(2022, 2, 28), None, "3002", True),
        (D(2022, 3, 1), None, "3002", False),
        (D(2022, 2, 1), D(2022, 2, 27), "3002", False),
    ],
)
def test_a_code_must_be_valid_where_the_spell_counts(tmp_path, start, end, region, rejected):
    write_parquet(tmp_path / "register.parquet", spells({"start": start, "end": end, "region": region}))
    found = checked(project(tmp_path))
    assert found == [("1", "T1", "region", "code-not-valid")] * rejected


@pytest.mark.parametrize(
    ("born", "end", "rejected"),
    [
        (D(2006, 1, 31), None, False),  # 16 on the first reference date
        (D(2006, 2, 1), None, True),  # 15
        (D(1955, 4, 1), None, False),  # 66 on the last
        (D(1955, 3, 31), None, True),  # 67 on the last
        (D(1955, 3, 31), D(2022, 3, 30), False),
    ],
)
def test_years_must_be_in_a_band_where_the_spell_counts(tmp_path, born, end, rejected):
    write_parquet(tmp_path / "register.parquet", spells({"born": born, "end": end}))
    assert checked(project(tmp_path)) == [("1", "T1", "born", "outside-bands")] * rejected


@pytest.mark.parametrize(
    ("born", "rejected"),
    [
        (D(1982, 3, 2), False),  # 39 on all dates
        (D(1982, 2, 28), True),  # 40 in February, when 40-66 is not yet valid
        (D(1982, 3, 1), False),  # 40 in March
    ],
)
def test_a_band_must_be_valid_where_the_row_is_in_it(tmp_path, born, rejected):
    age = "code,from,to,label_nb,valid_from\n16-39,16,39,unge,\n40-66,40,66,voksne,2022-03-31\n"
    write_parquet(tmp_path / "register.parquet", spells({"born": born}))
    assert checked(project(tmp_path, age=age)) == [("1", "T1", "born", "code-not-valid")] * rejected


def test_a_band_must_not_have_ended_where_the_row_is_in_it(tmp_path):
    age = "code,from,to,label_nb,valid_to\n16-39,16,39,unge,2022-01-31\n40-66,40,66,voksne,\n"
    rows = spells({"end": D(2022, 2, 27)}, {}, {"born": D(1980, 1, 1)}, {"born": D(1982, 2, 1)})
    write_parquet(tmp_path / "register.parquet", rows)
    assert [f[0] for f in checked(project(tmp_path, age=age))] == ["2"]


@pytest.mark.parametrize(
    "text",
    [
        "31.12.2022",
        "2022-1-5",
        "2022-02-30",
        "2022-01-05 12:00",
        "infinity",
        "0000-01-01",
        "10000-01-01",
        "x",
    ],
)
@pytest.mark.parametrize("column", ["start", "end", "born"])
def test_a_text_that_is_no_iso_date_is_rejected_with_its_line(tmp_path, text, column):
    write_csv(tmp_path / "register.csv", spells({}, {column: text}))
    assert checked(project(tmp_path, source="register.csv")) == [("3", "T2", column, "not-a-date")]


def test_a_row_may_have_several_findings_in_the_order_of_the_columns(tmp_path):
    bad = {"who": "", "start": None, "born": None, "region": "x"}
    write_parquet(tmp_path / "register.parquet", spells(bad, {"pid": "T1", "region": "V"}))
    assert checked(project(tmp_path)) == [
        ("1", "T1", "who", "empty-key"),
        ("1", "T1", "start", "date-missing"),
        ("1", "T1", "region", "code-unknown"),
        ("1", "T1", "born", "date-missing"),
        ("2", "T1", "region", "code-not-finest"),
        ("2", "T1", "pid", "duplicate"),
    ]


def test_of_duplicates_the_first_row_is_kept(tmp_path):
    rows = spells({"pid": "B"}, {"pid": "A"}, {"pid": "B"}, {"pid": "B"}, {"pid": "A"})
    write_parquet(tmp_path / "register.parquet", rows)
    assert [f[0] for f in checked(project(tmp_path))] == ["3", "4", "5"]


def test_an_id_may_come_again_on_another_reference_date(tmp_path):
    rows = snapshots({}, {"pid": "T1", "day": D(2022, 2, 28)}, {"pid": "T1"})
    write_parquet(tmp_path / "register.parquet", rows)
    assert [f[0] for f in checked(project(tmp_path, layout="snapshots"))] == ["3"]


@pytest.mark.parametrize(
    ("change", "rejected"),
    [
        ({}, True),
        ({"end": D(2022, 4, 1)}, True),
        ({"start": D(2022, 1, 11)}, False),
        ({"region": "3002"}, False),
    ],
)
def test_without_ids_a_duplicate_is_the_same_person_codes_and_start(tmp_path, change, rejected):
    first = {"who": "P1", "start": D(2022, 3, 5)}
    write_parquet(tmp_path / "register.parquet", spells(first, first | change))
    assert checked(project(tmp_path, unit="person")) == [("2", "P1", "who", "duplicate")] * rejected


def test_rows_without_a_key_are_not_called_duplicates(tmp_path):
    write_parquet(
        tmp_path / "register.parquet", spells({"pid": None}, {"pid": None}, {"pid": ""}, {"pid": ""})
    )
    assert {f[3] for f in checked(project(tmp_path))} == {"empty-key"}


def test_a_snapshot_of_another_date_is_checked_but_breaks_no_rule_of_the_reference_dates(tmp_path):
    other = {"day": D(2022, 2, 1), "region": "3002", "born": D(2015, 1, 1)}
    write_parquet(tmp_path / "register.parquet", snapshots(other, other | {"region": "x"}))
    assert checked(project(tmp_path, layout="snapshots")) == [("2", "T2", "region", "code-unknown")]
