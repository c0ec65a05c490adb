import pytest

from prikk.dissemination._locale import language_name, number_writer, period_labels, period_range
from prikk.spec import ReleaseSpec
from unit.dissemination.cubes import TINY


def spec_of(first: str, last: str, every: str) -> ReleaseSpec:
    release = {**TINY["release"], "periods": {"from": first, "to": last, "every": every}}
    return ReleaseSpec.model_validate({**TINY, "release": release})


@pytest.mark.parametrize(
    ("first", "last", "every", "language", "labels", "span"),
    [
        ("2022-06", "2022-07", "month", "nb", ("Juni", "Juli"), "Juni - Juli 2022"),
        ("2022-06", "2022-07", "month", "en", ("June", "July"), "June - July 2022"),
        (
            "2021-12",
            "2022-01",
            "month",
            "nn",
            ("Desember 2021", "Januar 2022"),
            "Desember 2021 - Januar 2022",
        ),
        ("2022-05", "2022-05", "month", "nb", ("Mai",), "Mai 2022"),
        ("2022-Q3", "2022-Q4", "quarter", "nb", ("3. kvartal", "4. kvartal"), "3. kvartal - 4. kvartal 2022"),
        (
            "2022-Q4",
            "2023-Q1",
            "quarter",
            "en",
            ("4th quarter 2022", "1st quarter 2023"),
            "4th quarter 2022 - 1st quarter 2023",
        ),
        ("2020", "2021", "year", "nb", ("2020", "2021"), "2020 - 2021"),
        ("2020", "2020", "year", "nb", ("2020",), "2020"),
        ("2022-06", "2022-06", "month", "xx", ("June",), "June 2022"),
    ],
)
def test_periods_are_written_as_people_write_them(
    first: str, last: str, every: str, language: str, labels: tuple[str, ...], span: str
) -> None:
    spec = spec_of(first, last, every)
    assert period_labels(spec, language) == labels
    assert period_range(spec, language) == span


@pytest.mark.parametrize(
    ("language", "text"),
    [("nb", "1\xa0234\xa0567"), ("nn", "1\xa0234\xa0567"), ("en", "1,234,567"), ("xx", "1,234,567")],
)
def test_numbers_are_grouped_as_the_language_groups_them(language: str, text: str) -> None:
    assert number_writer(language)(1234567) == text


@pytest.mark.parametrize(
    ("language", "name"), [("nb", "Norsk bokmål"), ("nn", "Norsk nynorsk"), ("en", "English"), ("xx", "xx")]
)
def test_a_language_has_its_own_name(language: str, name: str) -> None:
    assert language_name(language) == name
