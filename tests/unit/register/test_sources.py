"""Parquet, CSV and DuckDB: the same rows in, the same register out."""

import datetime as dt

import duckdb
import pytest

from prikk.errors import EnvironmentFault, RegisterError
from prikk.register import EngineSettings
from prikk.register._open import _opener
from unit.register.kit import checked, kept, project, snapshots, spells, table, write_csv, write_parquet

D = dt.date
ROWS = spells({}, {"region": "3001", "end": D(2022, 2, 1)}, {"region": "nope"}, {"born": D(2000, 2, 29)})
REJECT = [("3", "T3", "region", "code-unknown")]
KEPT = [
    ("T1", "P1", D(2022, 1, 10), None, "0301", D(1990, 5, 17)),
    ("T2", "P2", D(2022, 1, 10), D(2022, 2, 1), "3001", D(1990, 5, 17)),
    ("T4", "P4", D(2022, 1, 10), None, "0301", D(2000, 2, 29)),
]


def write_duckdb(path, rows):
    incoming = table(rows)
    with duckdb.connect(str(path)) as connection:
        connection.register("incoming", incoming)
        connection.execute('CREATE SCHEMA "my.data"')
        connection.execute('CREATE TABLE "my.data"."spells ""22""" AS SELECT *, 1 AS junk FROM incoming')
        connection.execute('CREATE VIEW seen AS SELECT * FROM "my.data"."spells ""22"""')


def made(tmp_path, kind):
    if kind == "csv":
        write_csv(tmp_path / "register.csv", ROWS)
        return project(tmp_path, source="register.csv")
    if kind == "parquet":
        write_parquet(tmp_path / "register.parquet", ROWS)
        return project(tmp_path)
    write_duckdb(tmp_path / "register.duckdb", ROWS)
    return project(tmp_path, source="register.duckdb", table=kind)


KINDS = ["parquet", "csv", '"my.data"."spells ""22"""', "seen", "main.seen"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_source_gives_the_same_register(tmp_path, kind):
    with made(tmp_path, kind).open() as register:
        assert kept(register) == KEPT
        assert (register.rows, register.rejected, register.reasons) == (4, 1, {"code-unknown": 1})


@pytest.mark.parametrize("kind", KINDS)
def test_rows_are_numbered_from_one_and_lines_of_csv_from_two(tmp_path, kind):
    row = "4" if kind == "csv" else "3"
    assert checked(made(tmp_path, kind)) == [(row, "T3", "region", "code-unknown")]


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_register_gives_the_same_rejects_file(tmp_path, kind):
    found = made(tmp_path, kind)
    checked(found)
    first = (tmp_path / "rejects.csv").read_bytes()
    checked(found)
    assert (tmp_path / "rejects.csv").read_bytes() == first


def test_the_rejects_file_is_plain_csv(tmp_path):
    write_parquet(tmp_path / "register.parquet", spells({"pid": 'a,"b', "region": "x"}))
    checked(project(tmp_path))
    text = (tmp_path / "rejects.csv").read_text(encoding="utf-8")
    assert text == 'row,key,column,reason\n1,"a,""b",region,code-unknown\n'


def test_snapshots_have_their_reference_date(tmp_path):
    write_parquet(tmp_path / "register.parquet", snapshots({}, {"day": D(2021, 1, 1)}))
    with project(tmp_path, layout="snapshots").open() as register:
        assert kept(register, "id, reference_date") == [("T1", D(2022, 1, 31)), ("T2", D(2021, 1, 1))]


def test_a_view_without_rejects_is_a_plain_scan(tmp_path):
    write_parquet(tmp_path / "register.parquet", spells({}, {}))
    with project(tmp_path).open() as register:
        plan = register.connection.execute("EXPLAIN SELECT id FROM register").fetchall()[0][1]
    assert "JOIN" not in plan
    assert "born" not in plan  # only what is asked for is read


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_csv_file_may_use_any_usual_delimiter(tmp_path, delimiter):
    write_csv(tmp_path / "register.csv", spells({"who": 'a,;\t|"b"'}), delimiter)
    with project(tmp_path, source="register.csv").open() as register:
        assert kept(register, "person") == [('a,;\t|"b"',)]


def test_a_csv_file_may_start_with_a_byte_order_mark_and_end_its_lines_as_windows_does(tmp_path):
    text = "pid;who;start;end;born;region\r\n1;2;2022-01-10;;1990-05-17;0301\r\n"
    (tmp_path / "register.csv").write_text(text, encoding="utf-8-sig", newline="")
    assert checked(project(tmp_path, source="register.csv")) == []


def test_a_glob_reads_files_in_the_order_of_their_names_and_says_which(tmp_path):
    write_parquet(tmp_path / "r" / "b.parquet", spells({"pid": "2"}, {"pid": "1"}))
    write_parquet(tmp_path / "r" / "a.parquet", spells({"pid": "1"}, {"pid": "3", "region": "x"}))
    assert checked(project(tmp_path, source="r/*.parquet")) == [
        ("r/a.parquet:2", "3", "region", "code-unknown"),
        ("r/b.parquet:2", "1", "pid", "duplicate"),
    ]


def test_folders_of_a_glob_make_no_columns(tmp_path):
    write_parquet(tmp_path / "region=x" / "a.parquet", spells({}))
    write_parquet(tmp_path / "region=y" / "a.parquet", spells({"pid": "T2"}))
    assert checked(project(tmp_path, source="**/*.parquet")) == []


def test_signs_of_a_glob_in_a_folder_are_only_signs(tmp_path):
    folder = tmp_path / "it's [1] {a,b}*"
    folder.mkdir()
    write_parquet(folder / "register.parquet", spells({}))
    assert checked(project(folder)) == []
    write_parquet(folder / "r" / "x[1].parquet", spells({}))
    assert checked(project(folder, source="r/*.parquet")) == []
    assert checked(project(folder, source="r/x[1].parquet")) == []


def test_a_deleted_row_of_a_table_leaves_a_gap_in_the_numbers(tmp_path):
    found = made(tmp_path, KINDS[2])
    with duckdb.connect(str(tmp_path / "register.duckdb")) as connection:
        connection.execute('DELETE FROM "my.data"."spells ""22""" WHERE pid = \'T1\'')
    assert checked(found) == REJECT


def test_an_endless_date_is_an_open_end_but_no_start(tmp_path):
    write_duckdb(tmp_path / "register.duckdb", spells({}))
    with duckdb.connect(str(tmp_path / "register.duckdb")) as connection:
        values = "'P', DATE '2022-01-01', {}, DATE '1990-01-01', '0301'"
        for pid, end in (("a", "DATE 'infinity'"), ("b", "DATE '-infinity'")):
            connection.execute(
                f'INSERT INTO "my.data"."spells ""22""" VALUES (\'{pid}\', {values.format(end)}, 1)'
            )
        connection.execute('UPDATE "my.data"."spells ""22""" SET start = \'-infinity\' WHERE pid = \'T1\'')
    found = checked(project(tmp_path, source="register.duckdb", table="seen"))
    assert found == [("1", "T1", "start", "not-a-date"), ("3", "b", "end", "end-before-start")]


def test_the_work_folder_is_left_empty(tmp_path):
    with made(tmp_path, "csv").open():
        assert any((tmp_path / "work").iterdir())
    assert not any((tmp_path / "work").iterdir())


def test_the_work_folder_is_left_empty_after_an_error(tmp_path):
    with pytest.raises(RegisterError), project(tmp_path).open():
        pass
    assert not any((tmp_path / "work").iterdir())


@pytest.mark.parametrize("settings", [EngineSettings(memory_limit="much"), EngineSettings(threads=0)])
def test_a_setting_that_the_engine_does_not_take_is_told(tmp_path, settings):
    with (
        pytest.raises(EnvironmentFault, match="DuckDB does not take memory_limit"),
        made(tmp_path, "csv").open(settings),
    ):
        pass


def test_settings_reach_the_engine(tmp_path):
    with made(tmp_path, "csv").open(EngineSettings(memory_limit="300MiB", threads=1)) as register:
        asked = "SELECT current_setting('threads'), current_setting('memory_limit')"
        assert register.connection.execute(asked).fetchall() == [(1, "300.0 MiB")]


def test_a_register_without_rows_is_empty(tmp_path):
    write_csv(tmp_path / "register.csv", spells({}))
    header = (tmp_path / "register.csv").read_text(encoding="utf-8").partition("\n")[0]
    (tmp_path / "register.csv").write_text(header + "\n", encoding="utf-8")
    with project(tmp_path, source="register.csv").open() as register:
        assert (register.rows, register.rejected, dict(register.reasons)) == (0, 0, {})


@pytest.mark.parametrize(
    ("source", "opener"),
    [
        ("a.parquet", "open_parquet"),
        ("a.csv", "open_csv"),
        ("a.duckdb", "open_duckdb"),
        ("a.db", "open_duckdb"),
        ("postgres://db/x.csv", "open_postgres"),
        ("postgresql://db/x.parquet", "open_postgres"),
    ],
)
def test_every_kind_of_source_that_a_spec_may_name_has_its_opener(source, opener):
    assert _opener(source).__name__ == opener
