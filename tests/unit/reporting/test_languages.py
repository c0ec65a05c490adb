import dataclasses
import re

import pytest

from prikk.reporting._english import EN
from prikk.reporting._languages import WORDS, words
from prikk.reporting._words import Words

FIELDS = [field.name for field in dataclasses.fields(Words)]


def holes(text: object) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", str(text)))


@pytest.mark.parametrize("language", sorted(WORDS))
@pytest.mark.parametrize("name", FIELDS)
def test_every_language_has_the_words_and_their_places(language: str, name: str) -> None:
    own, english = getattr(WORDS[language], name), getattr(EN, name)
    assert own
    assert holes(own) == holes(english)
    if not isinstance(own, str):
        assert list(own) == list(english)


def test_an_unknown_language_is_answered_in_english() -> None:
    assert words("sv") is EN
