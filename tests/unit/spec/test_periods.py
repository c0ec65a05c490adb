"""Periods and their reference dates."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prikk.spec import periods_of


@pytest.mark.parametrize(
    ("first", "every", "reference", "date"),
    [
        ("2024-02", "month", "end of period", "2024-02-29"),
        ("2023-12", "month", "end of period", "2023-12-31"),
        ("2024-Q4", "quarter", "end of period", "2024-12-31"),
        ("2024-Q2", "quarter", "start of period", "2024-04-01"),
        ("2024", "year", "end of period", "2024-12-31"),
    ],
)
def test_the_reference_date_is_the_first_or_last_day(first, every, reference, date):
    (period,) = periods_of(first, first, every, reference)
    assert (period.code, period.reference.isoformat()) == (first, date)


@given(st.integers(1, 9000), st.integers(1, 12), st.integers(0, 40))
def test_months_follow_each_other_without_a_gap(year, month, more):
    last = year * 12 + month - 1 + more
    periods = periods_of(
        f"{year:04}-{month:02}", f"{last // 12:04}-{last % 12 + 1:02}", "month", "end of period"
    )
    assert len(periods) == more + 1
    for this, following in pairwise(periods):
        assert following.first_month == this.reference + dt.timedelta(1)
