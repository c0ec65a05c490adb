"""The digest of the input, for the manifest."""

import duckdb
import pytest

from prikk.register import input_digest
from unit.register.kit import project, spells, table, write_csv, write_parquet

ROWS = spells({}, {"region": "3001", "end": None}, {})


def digest(made):
    with made.open() as register:
        return input_digest(register, made.spec)


def of_database(folder, rows):
    incoming = table(rows)
    with duckdb.connect(str(folder / "register.duckdb")) as connection:
        connection.register("incoming", incoming)
        connection.execute("CREATE OR REPLACE TABLE spells AS SELECT * FROM incoming")
    return digest(project(folder, source="register.duckdb", table="spells"))


def test_the_digest_of_a_file_is_that_of_its_bytes(tmp_path):
    write_csv(tmp_path / "register.csv", spells({}))
    first = digest(project(tmp_path, source="register.csv"))
    write_csv(tmp_path / "register.csv", spells({"region": "3001"}))
    assert digest(project(tmp_path, source="register.csv")) != first
    assert first.startswith("sha256:")


def test_every_file_of_a_glob_is_in_the_digest(tmp_path):
    made = project(tmp_path, source="**/*.parquet")
    write_parquet(tmp_path / "r" / "1.parquet", ROWS[:1])
    first = digest(made)
    write_parquet(tmp_path / "r" / "deep" / "2.parquet", ROWS[1:])
    assert digest(made) != first


def test_the_digest_of_a_table_is_that_of_its_rows_in_any_order(tmp_path):
    assert of_database(tmp_path, ROWS) == of_database(tmp_path, ROWS[::-1])


@pytest.mark.parametrize("rows", [ROWS[:2], [*ROWS[:2], ROWS[2] | {"region": "3002"}]])
def test_another_table_has_another_digest(tmp_path, rows):
    assert of_database(tmp_path, ROWS) != of_database(tmp_path, rows)
