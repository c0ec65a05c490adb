"""How a spreadsheet prints numbers and dates."""

from decimal import Decimal

import pytest

from prikk.reading.formats._number_format import is_date, plain, printed, printed_date


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        ("12", "General", "12"),
        ("0.1", "", "0.1"),
        ("2.5", "0", "3"),
        ("-2.5", "0", "-3"),
        ("1234567.891", "#,##0.00", "1234567.89"),
        ("1234567", "#,##0,", "1235"),
        ("1234567", "#,##0.0,,", "1.2"),
        ("0.08349", "0.0%", "8.3%"),
        ("0.5", "0%", "50%"),
        ("1.50", "0.0#", "1.5"),
        ("7", '0 "personer"', "7"),
        ("3", '[<4]"*";#,##0', "*"),
        ("4", '[<4]"*";#,##0', "4"),
        ("0", '0;-0;"-"', "-"),
        ("-5", "0;(0)", "-5"),
        ("5", ";;;", ""),
        ("0.25", "# ?/?", "0.25"),
        ("12000", "0.00E+00", "12000"),
        ("9", "[Red]0", "9"),
        ("9", "@", "9"),
    ],
)
def test_a_number_is_printed_as_its_format_says(number, code, text):
    assert printed(Decimal(number), code) == text


@pytest.mark.parametrize(
    ("number", "text"), [("1E+3", "1000"), ("0.100", "0.1"), ("-0", "0"), ("100", "100")]
)
def test_plain_numbers_have_no_exponent_and_no_zeros_at_the_end(number, text):
    assert plain(Decimal(number)) == text


@pytest.mark.parametrize(
    ("serial", "code", "text"),
    [
        ("44592", "yyyy-mm-dd", "2022-01-31"),
        ("44592", "[$-414]mmmm yyyy;@", "2022-01"),
        ("44592", "yyyy", "2022"),
        ("44592.5", "dd.mm.yyyy hh:mm", "2022-01-31 12:00"),
        ("99999999999", "yyyy", None),
    ],
)
def test_a_date_is_printed_as_finely_as_its_format(serial, code, text):
    assert is_date(code)
    assert printed_date(Decimal(serial), code, from_1904=False) == text


@pytest.mark.parametrize("code", ["General", "0", "#,##0.0", '0 "dager"', "h:mm", "[Red]0", "@"])
def test_other_formats_are_no_dates(code):
    assert not is_date(code)


def test_days_may_be_counted_from_1904():
    assert printed_date(Decimal(0), "yyyy-mm-dd", from_1904=True) == "1904-01-01"
