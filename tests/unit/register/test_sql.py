"""The pieces of SQL that other rooms build on."""

import datetime as dt

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

import prikk.register
from prikk.classifications import Classification, Item
from prikk.register import band_case_sql, date_key, date_key_sql, quote, text_sql


def run(sql: str):
    with duckdb.connect() as connection:
        return connection.execute(f"SELECT {sql}").fetchall()[0][0]


def bands(*items: tuple[str, int | None, int | None]) -> Classification:
    found = tuple(Item(code=c, parent="TOTAL", labels={}, low=low, high=high) for c, low, high in items)
    return Classification(name="age", levels=("age",), items=found)


def band(born: str, reference: str, classification: Classification) -> str | None:
    keys = [date_key_sql(f"DATE '{day}'") for day in (born, reference)]
    return run(band_case_sql(*keys, classification))


AGE = bands(("60+", 60, None), ("0-17", 0, 17), ("18-59", 18, 59))


@pytest.mark.parametrize(
    "text", ["", "60+", "it's", "'", "a\\b'", "\\", "æ ø å", 'say "no"', "a\nb", "$1 ? {x}"]
)
def test_a_text_comes_out_of_sql_as_it_went_in(text):
    assert run(text_sql(text)) == text


@pytest.mark.parametrize("text", ["it's", "a\\b", "'; DROP TABLE x; --"])
def test_no_quote_or_backslash_stands_in_a_text_that_spark_would_read_otherwise(text):
    inner = text_sql(text).replace("chr(39)", "").replace("chr(92)", "")
    assert "\\" not in inner
    assert all(piece.count("'") == 2 for piece in inner.strip("()").split(" || ") if piece)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_any_name_can_be_quoted(name):
    with duckdb.connect() as connection:
        answer = connection.execute(f"SELECT 1 AS {quote(name)}")
        assert answer.description[0][0] == name


@pytest.mark.parametrize(
    ("born", "reference", "expected"),
    [
        ("2004-02-29", "2022-02-28", "0-17"),
        ("2004-02-29", "2022-03-01", "18-59"),
        ("2004-01-31", "2022-01-30", "0-17"),
        ("2004-01-31", "2022-01-31", "18-59"),
        ("1962-01-31", "2022-01-31", "60+"),
        ("1900-01-01", "2022-01-31", "60+"),
        ("2022-01-31", "2022-01-31", "0-17"),
        ("2022-02-01", "2022-01-31", None),
    ],
)
def test_a_birthday_counts_from_the_day_itself(born, reference, expected):
    assert band(born, reference, AGE) == expected


@pytest.mark.parametrize(
    ("born", "expected"), [("2007-01-01", None), ("2006-01-01", "16-17"), ("1900-01-01", None)]
)
def test_years_outside_all_bands_have_no_code(born, expected):
    assert band(born, "2022-01-31", bands(("16-17", 16, 17), ("18-66", 18, 66))) == expected


def test_years_between_two_bands_have_no_code():
    assert band("2002-01-01", "2022-01-31", bands(("0-17", 0, 17), ("30+", 30, None))) is None


def test_a_missing_date_has_no_code():
    assert run(band_case_sql("NULL::INTEGER", "20220131", AGE)) is None


def test_codes_with_quotes_are_bands_too():
    assert run(band_case_sql("20000101", "20220131", bands(("it's \\ all", 0, None)))) == "it's \\ all"


@given(st.dates(dt.date(1900, 1, 1)), st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)))
def test_the_number_of_years_is_that_of_the_calendar(born, reference):
    years = (date_key(reference) - date_key(born)) // 10_000
    passed = (reference.month, reference.day) >= (born.month, born.day)
    assert years == reference.year - born.year - (not passed)


def test_all_public_names_are_there_in_order():
    assert prikk.register.__all__ == sorted(prikk.register.__all__)
    assert all(hasattr(prikk.register, name) for name in prikk.register.__all__)
