"""Which words a language has."""

from __future__ import annotations

from prikk.dissemination.site._words import SiteWords
from prikk.dissemination.site._words_en import EN
from prikk.dissemination.site._words_nb import NB
from prikk.dissemination.site._words_nn import NN

WORDS = {"nb": NB, "nn": NN, "en": EN}


def site_words(language: str) -> SiteWords:
    """The words of a language; English ones where there are none."""
    return WORDS.get(language, EN)
