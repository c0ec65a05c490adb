"""A register in a PostgreSQL database, on a real server."""

import datetime as dt
import traceback

import pytest

from prikk.errors import EnvironmentFault, RegisterError
from prikk.register import refusal
from unit.register.kit import checked, kept, project

pytestmark = pytest.mark.postgres

D = dt.date
TABLE = """
CREATE TABLE data."spells ""22" (pid integer, junk jsonb, who char(6), "start" data.day, "end" timestamp,
  born varchar(12), region data.place)
"""
ROWS = """
INSERT INTO data."spells ""22" VALUES
  (1, '{}', 'P1', '2022-01-10', NULL, '1990-05-17', '0301'),
  (2, '{}', 'P2', '2022-01-10', '2022-02-01 23:59', '1990-05-17', '3001'),
  (3, '{}', 'P3', '2022-01-10', NULL, '1990-05-17', 'nope'),
  (4, '{}', 'P4', '2022-01-10', 'infinity', '2000-02-29', '0301'),
  (5, '{}', 'P5', '-infinity', NULL, '1990-05-17', '0301'),
  (6, '{}', 'P6', 'infinity', NULL, '17.05.1990', '0301'),
  (1, '{}', '  ', '2022-01-10', '-infinity', NULL, NULL)
"""
SETUP = (
    "CREATE SCHEMA data",
    "CREATE DOMAIN data.day AS date",
    "CREATE TYPE data.place AS ENUM ('0301', '3001', 'nope')",
    TABLE,
    ROWS,
    'CREATE VIEW seen AS SELECT * FROM data."spells ""22"',
    'CREATE MATERIALIZED VIEW kept AS SELECT * FROM data."spells ""22"',
    """CREATE VIEW broken AS SELECT pid, 'P' AS who, '2022-01-01'::date AS start, NULL::date AS "end",
       '1990-01-01'::date AS born, (pid / (pid - 5))::text AS region FROM data."spells ""22" """,
    "CREATE TABLE zoned AS SELECT 1.5::float8 AS pid, 'P' AS who, now() AS start, NULL::date AS born",
    "CREATE TABLE closed AS SELECT * FROM seen",
    "CREATE ROLE guest LOGIN PASSWORD 'gjest'",
)
TABLES = ['data."spells ""22"', "seen", "public.kept"]


@pytest.fixture(scope="session")
def filled(server):
    server.run(*SETUP)
    return server


def made(folder, server, table, **login):
    return project(folder, source=server.url(**login), table=table)


def fault(found, kind):
    with pytest.raises(kind) as caught, found.open():
        pass
    shown = "".join(traceback.format_exception(caught.value))
    assert not [s for s in ("hem%2F", "hem/me", "lig@", "prikk:", "gjest") if s in shown]
    return str(caught.value)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_of_postgresql_gives_the_register(tmp_path, filled, table):
    with made(tmp_path, filled, table).open() as register:
        assert kept(register) == [
            ("1", "P1", D(2022, 1, 10), None, "0301", D(1990, 5, 17)),
            ("2", "P2", D(2022, 1, 10), D(2022, 2, 1), "3001", D(1990, 5, 17)),
            ("4", "P4", D(2022, 1, 10), None, "0301", D(2000, 2, 29)),
        ]


@pytest.mark.parametrize("table", TABLES)
def test_bad_rows_of_postgresql_are_found_by_their_key(tmp_path, filled, table):
    assert checked(made(tmp_path, filled, table)) == [
        ("3", "3", "region", "code-unknown"),
        ("5", "5", "start", "not-a-date"),
        ("6", "6", "start", "not-a-date"),
        ("6", "6", "born", "not-a-date"),
        ("7", "1", "who", "empty-key"),
        ("7", "1", "end", "end-before-start"),
        ("7", "1", "region", "code-missing"),
        ("7", "1", "born", "date-missing"),
        ("7", "1", "pid", "duplicate"),
    ]


def test_rows_keep_the_order_in_which_the_server_gave_them(tmp_path, server):
    server.run(
        'CREATE TABLE many (pid int, who text, start date, "end" date, born date, region text)',
        "INSERT INTO many SELECT i, 'P' || i, '2022-01-01', NULL, '1990-01-01', CASE WHEN i % 50000 = 7 THEN 'x' "
        "ELSE '0301' END FROM generate_series(1, 200000) AS s(i)",
    )
    with made(tmp_path, server, "many").open() as register:
        assert (register.rows, register.rejected) == (200_000, 4)
    assert [f[:2] for f in checked(made(tmp_path, server, "many"))] == [
        (str(i), str(i)) for i in (7, 50007, 100007, 150007)
    ]


def test_a_missing_table_is_told_with_the_nearest(tmp_path, filled):
    text = fault(made(tmp_path, filled, "sein"), RegisterError)
    assert text == (
        f"postgresql://127.0.0.1:{filled.port}/postgres: there is no table 'sein'. "
        'Correct register.table ("table" or "schema.table"). Nearest: \'seen\'. [table-missing]'
    )


def test_missing_columns_and_wrong_types_are_told_at_once(tmp_path, filled):
    text = fault(made(tmp_path, filled, "zoned"), RegisterError)
    place = f"postgresql://127.0.0.1:{filled.port}/postgres, zoned: the column"
    assert [line.partition(" (")[0] for line in text.splitlines()] == [
        f"{place} 'pid' is double precision, which cannot be an identifier",
        f"{place} 'start' is timestamp with time zone, which cannot be a date",
        f"{place} 'end' is missing",
        f"{place} 'region' is missing",
    ]


@pytest.mark.parametrize(
    ("login", "words"),
    [
        ({"password": "feil"}, "it did not accept the user and password"),
        ({"user": "nobody"}, "it did not accept the user and password"),
        ({"database": "nothing"}, "it has no database of that name"),
        ({"password": "hem/me@lig"}, "the connection failed"),
    ],
)
def test_a_server_that_lets_nobody_in_is_an_environment_fault_without_secrets(tmp_path, filled, login, words):
    text = fault(made(tmp_path, filled, "seen", **login), EnvironmentFault)
    assert f"no connection: {words}." in text
    assert "feil" not in text


def test_a_server_that_is_not_there_is_an_environment_fault(tmp_path):
    found = project(tmp_path, source="postgresql://prikk:hem%2Fme%40lig@127.0.0.1:1/stat", table="t")
    text = fault(found, EnvironmentFault)
    assert text.startswith("postgresql://127.0.0.1:1/stat: no connection: nothing answers at that address.")


def test_a_table_that_may_not_be_read_is_told(tmp_path, filled):
    text = fault(made(tmp_path, filled, "closed", user="guest", password="gjest"), RegisterError)
    assert "the table 'closed' may not be read. Ask for the right to SELECT from it." in text


def test_an_error_in_the_middle_of_the_table_is_told_without_its_words(tmp_path, filled):
    text = fault(made(tmp_path, filled, "broken"), EnvironmentFault)
    assert "the server stopped reading the table 'broken'" in text


def test_a_refusal_holds_nothing_of_a_person(tmp_path, filled):
    found = made(tmp_path, filled, "seen")
    with found.open() as register:
        text = str(refusal(register, found.spec))
    assert "4 of 7 rows were rejected" in text
    assert not [s for s in ("P1", "17.05", "nope", "1990") if s in text]
