import re
from dataclasses import fields

import pytest

from prikk.dissemination.site._downloads import kind_of
from prikk.dissemination.site._languages import WORDS, site_words
from unit.dissemination.cubes import tiny_cube
from unit.dissemination.site.kit import seen


@pytest.mark.parametrize("language", ["nn", "en"])
def test_every_language_says_the_same_with_the_same_places(language) -> None:
    for field in fields(WORDS["nb"]):
        mine, other = (getattr(WORDS[code], field.name) for code in ("nb", language))
        assert bool(mine) == bool(other)
        if isinstance(mine, str):
            assert set(re.findall(r"{(\w*)}", mine)) == set(re.findall(r"{(\w*)}", other)), field.name
        else:
            assert set(mine) == set(other)


def test_a_language_without_words_speaks_english() -> None:
    assert site_words("se") is WORDS["en"]


@pytest.mark.parametrize(
    ("language", "number", "percent", "period"),
    [
        ("nb", "−1\N{NO-BREAK SPACE}234", "+5,0\N{NO-BREAK SPACE}%", "januar 2025"),
        ("en", "−1,234", "+5.0%", "January 2025"),
    ],
)
def test_numbers_and_periods_are_written_as_the_language_does(language, number, percent, period) -> None:
    view = seen(tiny_cube(), language)
    assert view.speech.number(-1234) == number
    assert view.speech.percent(50) == percent
    assert view.speech.period(view.spec.periods[-1]) == period


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("tiltak.xlsx", "xlsx"), ("tiltak.en.pdf", "pdf"), ("cells.csv", "csv"), ("codes/age.csv", "csvw"),
        ("csv-metadata.json", "csvw"), ("x.jsonstat.json", "json-stat"), ("sdmx/data.csv", "sdmx"),
        ("catalog.ttl", "dcat"), ("catalog.jsonld", "dcat"), ("manifest.json", "manifest"), ("x.px", "px"),
    ],
)  # fmt: skip
def test_files_are_known_by_their_names(path, kind) -> None:
    assert kind_of(path) == kind
