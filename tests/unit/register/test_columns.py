"""What a source must have before a row of it is read."""

import datetime as dt

import pyarrow as pa
import pytest

from prikk.errors import RegisterError
from prikk.register._needs import Kind, check_columns, kind_of, needs_of
from unit.register.kit import checked, project, snapshots, spells, table, write_csv, write_parquet

D = dt.date
FLOATS = pa.float64()


def findings(made):
    with pytest.raises(RegisterError) as caught, made.open():
        pass
    return [str(f) for f in caught.value.findings]


def test_all_missing_columns_are_told_at_once_with_the_nearest_name(tmp_path):
    rows = [{"pid": "T1", "WHO": "P1", "stort": D(2022, 1, 1), "end": None, "regions": "0301"}]
    write_parquet(tmp_path / "register.parquet", rows, stort=pa.date32())
    fix = "Add it to the register, or correct"
    assert findings(project(tmp_path)) == [
        "register.parquet: the column 'who' is missing (register.columns.person). "
        f"{fix} register.columns.person. Nearest: 'WHO'. [column-missing]",
        "register.parquet: the column 'start' is missing (register.columns.start). "
        f"{fix} register.columns.start. Nearest: 'stort'. [column-missing]",
        "register.parquet: the column 'region' is missing (dimensions.place.column). "
        f"{fix} dimensions.place.column. Nearest: 'regions'. [column-missing]",
        "register.parquet: the column 'born' is missing (dimensions.age.derive.years_since). "
        f"{fix} dimensions.age.derive.years_since. [column-missing]",
    ]


def test_a_birth_date_that_is_a_number_is_a_wrong_type(tmp_path):
    write_parquet(tmp_path / "register.parquet", spells({"born": 19900517}), born=pa.int64())
    assert findings(project(tmp_path)) == [
        "register.parquet: the column 'born' is BIGINT, which cannot be a date "
        "(dimensions.age.derive.years_since). Store it as a date, or as text like 2022-01-31. [column-type]"
    ]


def test_a_code_that_is_a_fraction_is_a_wrong_type(tmp_path):
    write_parquet(tmp_path / "register.parquet", spells({"region": 301.0}), region=FLOATS)
    assert findings(project(tmp_path)) == [
        "register.parquet: the column 'region' is DOUBLE, which cannot be a code (dimensions.place.column). "
        "Store it as text or as whole numbers. [column-type]"
    ]


def test_a_time_with_a_zone_is_not_taken_for_a_date(tmp_path):
    zoned = pa.timestamp("us", tz="Europe/Oslo")
    write_parquet(tmp_path / "register.parquet", spells({"start": dt.datetime(2022, 1, 1)}), start=zoned)
    (finding,) = findings(project(tmp_path))
    assert "is TIMESTAMP WITH TIME ZONE, which cannot be a date (register.columns.start)" in finding
    assert "depends on the time zone" in finding


@pytest.mark.parametrize(
    ("column", "value", "type_"),
    [
        ("start", dt.datetime(2022, 1, 10, 23, 59), pa.timestamp("us")),
        ("start", dt.datetime(2022, 1, 10, 23, 59), pa.timestamp("ns")),
        ("start", "2022-01-10", pa.string()),
        ("born", " 1990-05-17 ", pa.string()),
        ("end", None, pa.null()),
        ("pid", 17, pa.int64()),
        ("who", 12, pa.decimal128(11, 0)),
        ("region", "0301", pa.dictionary(pa.int8(), pa.string())),
    ],
)
def test_other_types_are_taken_where_they_mean_the_same(tmp_path, column, value, type_):
    write_parquet(tmp_path / "register.parquet", spells({column: value}), **{column: type_})
    assert checked(project(tmp_path)) == []


def test_the_snapshot_date_is_needed_in_snapshots(tmp_path):
    write_parquet(tmp_path / "register.parquet", [{k: v for k, v in snapshots({})[0].items() if k != "day"}])
    (finding,) = findings(project(tmp_path, layout="snapshots"))
    assert "the column 'day' is missing (register.columns.date)" in finding


def test_a_header_that_names_a_needed_column_twice_is_refused(tmp_path):
    (tmp_path / "register.csv").write_text("pid,who,start,end,born,region,who\n", encoding="utf-8")
    assert findings(project(tmp_path, source="register.csv")) == [
        "register.csv: the header names the column 'who' twice. Keep or rename one of them. [column-twice]"
    ]


def test_columns_that_are_not_needed_may_have_any_name(tmp_path):
    write_csv(tmp_path / "register.csv", [row | {"": "", "other": "x"} for row in spells({})])
    assert checked(project(tmp_path, source="register.csv")) == []


def test_files_of_a_glob_that_differ_are_told_once_each_kind(tmp_path):
    write_parquet(tmp_path / "r" / "1.parquet", spells({}))
    for name in ("2", "3"):
        write_parquet(tmp_path / "r" / f"{name}.parquet", spells({"start": "2022-01-10"}), start=pa.string())
    assert findings(project(tmp_path, source="r/*.parquet")) == [
        "r/2.parquet: the column 'start' is VARCHAR here and DATE in r/1.parquet. "
        "Write all files of the register with the same types. [column-type]"
    ]


def test_a_column_that_one_file_of_a_glob_lacks_is_missing(tmp_path):
    write_parquet(tmp_path / "r" / "1.parquet", spells({}))
    pa.parquet.write_table(table(spells({})).drop_columns(["region"]), tmp_path / "r" / "2.parquet")
    (finding,) = findings(project(tmp_path, source="r/*.parquet"))
    assert finding.startswith("r/2.parquet: the column 'region' is missing")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("VARCHAR", Kind.TEXT),
        ("ENUM('DATE', 'x')", Kind.TEXT),
        ("ENUM('a')[]", Kind.OTHER),
        ("UHUGEINT", Kind.CODE),
        ("DECIMAL(11,0)", Kind.CODE),
        ("DECIMAL(11,2)", Kind.OTHER),
        ("TIMESTAMP_NS", Kind.TIME),
        ("STRUCT(a DATE)", Kind.OTHER),
        ("BLOB", Kind.OTHER),
        ("TIME", Kind.OTHER),
    ],
)
def test_a_type_is_used_as_what_it_is(name, kind):
    assert kind_of(name) is kind


def test_a_source_that_has_all_columns_has_no_finding(tmp_path):
    needs = needs_of(project(tmp_path).spec)
    assert [n.name for n in needs] == ["id", "person", "start_date", "end_date", "dim_place", "dim_age"]
    assert check_columns(needs, []) == []
