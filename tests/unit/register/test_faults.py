"""Sources that are not there or cannot be read: what is said, and what is not."""

import sys
import traceback

import duckdb
import pytest

from prikk.errors import EnvironmentFault, RegisterError
from prikk.register import redacted
from prikk.register._faults import explained
from prikk.register._postgres import _failed, _unreachable, _with_timeout
from unit.register.kit import project, spells, write_csv, write_parquet

SECRET = "hemmelig"


def fault(made, kind=RegisterError):
    with pytest.raises(kind) as caught, made.open():
        pass
    return str(caught.value), caught.value


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("register.parquet", "register.parquet: there is no such file. Correct register.source;"),
        ("register.csv", "register.csv: there is no such file."),
        ("register.duckdb", "register.duckdb: there is no such file."),
        ("r/*.parquet", "r/*.parquet: no file has such a name."),
    ],
)
def test_a_missing_file_is_told(tmp_path, source, words):
    text, _ = fault(project(tmp_path, source=source, table="t"))
    assert text.startswith(words)
    assert text.endswith("[source-missing]")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("register.parquet", "it is not a Parquet file."),
        ("register.duckdb", "it cannot be opened as a DuckDB database"),
        ("register.csv", "it is not a UTF-8 text."),
    ],
)
def test_a_file_of_another_kind_is_unreadable(tmp_path, source, words):
    (tmp_path / source).write_bytes(b"\xff\xfe nonsense " * 500)
    text, _ = fault(project(tmp_path, source=source, table="t"))
    assert words in text
    assert text.endswith("[source-unreadable]")


def test_an_empty_csv_file_has_no_header(tmp_path):
    (tmp_path / "register.csv").write_text("", encoding="utf-8")
    text, _ = fault(project(tmp_path, source="register.csv"))
    assert text == "register.csv: it has no header. Name the columns in its first line. [source-unreadable]"


@pytest.mark.parametrize("line", ["T1,P1,2022-01-10,,1990-05-17", "T1,P1,2022-01-10,,1990-05-17,0301,x"])
def test_a_csv_line_of_another_length_is_told_by_its_number_alone(tmp_path, line):
    write_csv(tmp_path / "register.csv", spells({}))
    with (tmp_path / "register.csv").open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    text, error = fault(project(tmp_path, source="register.csv"))
    assert text == (
        "register.csv, line 3: the line does not fit the header. "
        "Give it as many fields as the header; mend its quotes. [csv-line]"
    )
    assert "T1" not in "".join(traceback.format_exception(error)).replace("line", "")


@pytest.mark.parametrize(
    "tail", [b"T2,P2,2022-01-10,,1990-05-17,0301\r\n", b'T2,"P2,2022-01-10,,1990-05-17,0301\n']
)
def test_a_csv_file_whose_lines_or_quotes_do_not_end_alike_is_told(tmp_path, tail):
    write_csv(tmp_path / "register.csv", spells({}))
    with (tmp_path / "register.csv").open("ab") as file:
        file.write(tail)
    text, _ = fault(project(tmp_path, source="register.csv"))
    assert "P2" not in text
    assert text.endswith("[csv-line]")


def test_a_csv_line_in_another_encoding_is_told_by_its_number_alone(tmp_path):
    write_csv(tmp_path / "register.csv", spells({}))
    with (tmp_path / "register.csv").open("ab") as file:
        file.write("T1,Pål,2022-01-10,,1990-05-17,0301\n".encode("latin1"))
    text, _ = fault(project(tmp_path, source="register.csv"))
    assert text == "register.csv, line 3: the line is not UTF-8. Save the file as UTF-8. [csv-line]"


@pytest.mark.parametrize(
    ("asked", "hint"),
    [("spels", " Nearest: 'spells'."), ("main.spells", ""), ("other.t", ""), ("a.b.c", ""), ("", "")],
)
def test_a_missing_table_is_told_with_the_nearest(tmp_path, asked, hint):
    with duckdb.connect(str(tmp_path / "register.duckdb")) as connection:
        connection.execute("CREATE SCHEMA x; CREATE TABLE spells (a INT); CREATE TABLE x.spells (a INT)")
    text, _ = fault(project(tmp_path, source="register.duckdb", table=asked))
    if asked == "main.spells":
        assert "column-missing" in text
    else:
        assert f"there is no table '{asked}'." in text
        assert hint in text


def test_a_parquet_file_that_is_cut_off_is_unreadable(tmp_path):
    write_parquet(tmp_path / "register.parquet", spells(*[{}] * 1000))
    whole = (tmp_path / "register.parquet").read_bytes()
    (tmp_path / "register.parquet").write_bytes(
        whole[:4] + bytes(len(whole) // 2) + whole[4 + len(whole) // 2 :]
    )
    text, error = fault(project(tmp_path))
    assert text.endswith("[source-unreadable]")
    assert "T1" not in "".join(traceback.format_exception(error)).replace("line", "")


@pytest.mark.parametrize(
    ("raised", "kind"),
    [
        (duckdb.OutOfMemoryException("could not allocate 'T1'"), EnvironmentFault),
        (duckdb.IOException("Could not write: No space left on device"), EnvironmentFault),
        (duckdb.ConversionException("Could not convert string 'T1' to DATE"), RegisterError),
    ],
)
def test_words_of_the_engine_are_not_repeated(raised, kind):
    with pytest.raises(kind) as caught, explained("register.parquet"):
        raise raised
    assert "T1" not in "".join(traceback.format_exception(caught.value, chain=True)).replace(repr(raised), "")


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("postgresql://ola:hemmelig@db:5432/stat", "postgresql://db:5432/stat"),
        ("postgresql://ola:hem/hemmelig@x@db/stat", "postgresql://db/stat"),
        ("postgres://db/stat?user=ola&password=hemmelig", "postgres://db/stat"),
        ("postgresql://ola:a?hemmelig@db/stat?x=1", "postgresql://db/stat"),
        ("data/register.parquet", "data/register.parquet"),
    ],
)
def test_a_source_is_shown_without_secrets(source, shown):
    assert redacted(source) == shown


def test_a_missing_driver_tells_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "adbc_driver_postgresql", None)
    text, _ = fault(
        project(tmp_path, source=f"postgresql://ola:{SECRET}@db/stat", table="t"), EnvironmentFault
    )
    assert "Run: pip install 'prikk[postgres]' [extra-missing]" in text
    assert SECRET not in text


@pytest.mark.parametrize(
    "words", ["Connection refused", 'invalid integer value "hemmelig" for connection option "port"']
)
def test_a_server_that_is_not_reached_is_told_without_the_words_of_the_driver(words):
    text = str(_unreachable("postgresql://db/stat", words))
    assert text.startswith("postgresql://db/stat: no connection: ")
    assert SECRET not in text


@pytest.mark.parametrize(
    ("state", "kind", "code"),
    [
        ("42501", RegisterError, "source-unreadable"),
        ("42P01", RegisterError, "table-missing"),
        ("57P01", EnvironmentFault, "server"),
        (None, EnvironmentFault, "server"),
    ],
)
def test_a_server_that_stops_is_told_by_its_state(state, kind, code):
    error = _failed("postgresql://db/stat", "t", state)
    assert isinstance(error, kind)
    assert [f.code for f in error.findings] == [code]


@pytest.mark.parametrize(
    ("source", "asked"),
    [
        ("postgresql://db/stat", "postgresql://db/stat?connect_timeout=10"),
        ("postgresql://db/stat?a=b", "postgresql://db/stat?a=b&connect_timeout=10"),
        ("postgresql://db/stat?connect_timeout=2", "postgresql://db/stat?connect_timeout=2"),
    ],
)
def test_a_silent_server_is_not_waited_for_for_ever(monkeypatch, source, asked):
    monkeypatch.delenv("PGCONNECT_TIMEOUT", raising=False)
    assert _with_timeout(source) == asked
