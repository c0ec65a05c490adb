"""The languages that a report speaks."""

from __future__ import annotations

from collections.abc import Mapping

from prikk.reporting._english import EN
from prikk.reporting._norwegian import NB
from prikk.reporting._words import Words

WORDS: Mapping[str, Words] = {"en": EN, "nb": NB}


def words(language: str) -> Words:
    """The words of a language; English ones where there are none."""
    return WORDS.get(language, EN)
