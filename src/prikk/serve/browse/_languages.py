"""Which words a language has, and which text of a release a reader gets."""

from __future__ import annotations

from collections.abc import Mapping

from prikk.serve.browse._words import Words
from prikk.serve.browse._words_en import EN
from prikk.serve.browse._words_nb import NB
from prikk.serve.browse._words_nn import NN

_LONGEST = 100
WORDS: Mapping[str, Words] = {"nb": NB, "nn": NN, "en": EN}


def words(language: str) -> Words:
    """The words of a language; English ones where there are none."""
    return WORDS.get(language, EN)


def spoken(language: str) -> str:
    """The language that :func:`words` speaks for a language."""
    return language if language in WORDS else "en"


def told(text: Mapping[str, str], language: str) -> str:
    """A text in a language, else in the first that it has; empty where there is none."""
    return text.get(language) or next(iter(text.values()), "")


def short(text: str) -> str:
    """Something of an address, as much as a page should repeat of it."""
    clean = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[:_LONGEST])
    return f"{clean}…" if len(text) > _LONGEST else clean
