from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prikk.dissemination.site._derive import change, fullest, percent, share, tenths, year_back
from unit.dissemination.cubes import tiny_cube

counts = st.integers(0, 10**7)


def nearest_tenths(part: int, whole: int) -> int:
    """Halves away from zero, by exact fractions."""
    exact = Fraction(abs(part) * 1000, whole)
    size = int(exact + Fraction(1, 2))
    return -size if part < 0 else size


@given(counts, counts.filter(bool))
def test_per_cent_is_rounded_to_the_nearest_tenth(new: int, old: int) -> None:
    assert percent(new, old) == nearest_tenths(new - old, old)
    assert share(new, old) == nearest_tenths(new, old)
    assert change(new, old) == new - old


@pytest.mark.parametrize("derive", [change, percent, share])
@pytest.mark.parametrize("pair", [("*", 5), (5, "*"), ("*", "*"), ("*", 0)])
def test_nothing_is_worked_out_from_a_hidden_figure(derive, pair) -> None:
    assert derive(*pair) == "*"


def test_nothing_is_a_share_of_none() -> None:
    assert percent(5, 0) is None
    assert tenths(0, 0) is None


def test_the_fullest_column_is_the_newest_of_those_with_most_figures() -> None:
    assert fullest([[1, 2, "*"], [1, 2, 3], [1, 2, "*"]]) == 1
    assert fullest([["*", "*"]]) is None
    assert fullest([[1, "*"]], start=1) is None
    assert fullest([]) is None


@pytest.mark.parametrize(
    ("every", "first", "last", "steps"),
    [
        ("month", "2022-01", "2022-12", None),
        ("month", "2022-01", "2023-01", 12),
        ("quarter", "2021-Q1", "2022-Q1", 4),
        ("year", "2010", "2020", None),
    ],
)
def test_a_year_back_is_there_only_if_the_release_has_it(every, first, last, steps) -> None:
    spec = tiny_cube().spec
    periods = spec.release.periods.model_copy(update={"first": first, "last": last, "every": every})
    longer = spec.model_copy(update={"release": spec.release.model_copy(update={"periods": periods})})
    assert year_back(longer) == steps
