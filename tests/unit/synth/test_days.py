from __future__ import annotations

import datetime as dt

import pytest

from prikk.classifications import Item
from prikk.synth._days import Band, band_of, births_of, day_of
from unit.synth.toys import years

EPOCH = dt.date(1970, 1, 1)
LEAP = dt.date(2024, 2, 29)


def date(day: int) -> dt.date:
    return EPOCH + dt.timedelta(day)


@pytest.mark.parametrize(
    "reference", [LEAP, dt.date(2023, 2, 28), dt.date(2023, 3, 1), dt.date(2022, 12, 31)]
)
@pytest.mark.parametrize("age", [0, 1, 4, 19, 22])
def test_birth_days_are_all_those_of_an_age_but_the_birthday_itself(reference: dt.date, age: int) -> None:
    births = births_of([Band(low=age, high=age, open=False)], [reference])
    low, high = int(births.earliest[0, 0]), int(births.latest[0, 0])
    assert {years(date(day), reference) for day in range(low, high + 1)} == {age}
    assert years(date(low - 1), reference) == age + 1
    assert years(date(high + 2), reference) == age - 1


def test_a_band_reaches_as_far_as_somebody_can_stay_in_it() -> None:
    references = [dt.date(2020 + y, 12, 31) for y in range(5)]
    births = births_of([Band(low=20, high=21, open=False), Band(low=20, high=80, open=False)], references)
    assert births.reach.tolist() == [[1, 2, 3, 4, 4], [4] * 5]


@pytest.mark.parametrize(
    ("low", "high", "band"),
    [
        (0, 19, Band(low=16, high=19, open=False)),
        (0, 12, Band(low=0, high=12, open=False)),
        (60, None, Band(low=60, high=74, open=True)),
        (95, None, Band(low=95, high=100, open=True)),
        (105, None, Band(low=105, high=119, open=True)),
        (None, None, Band(low=0, high=14, open=True)),
    ],
)
def test_a_band_is_narrowed_to_sensible_ages(low: int | None, high: int | None, band: Band) -> None:
    assert band_of(Item(code="x", parent="TOTAL", labels={}, low=low, high=high)) == band


def test_days_count_from_1970() -> None:
    assert day_of(EPOCH) == 0
    assert date(day_of(LEAP)) == LEAP
