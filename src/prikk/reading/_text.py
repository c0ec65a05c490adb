"""Labels as people mean them: compared without regard to case, spacing, dashes and footnote marks."""

from __future__ import annotations

import difflib
import re
import unicodedata
from functools import lru_cache

_SPACES = re.compile(r"\s+")
_DASHES = re.compile(r"[‐‑‒–—−]")
_SHY = re.compile("[\u00ad\u200b\u200c\u200d\ufeff]")
_MARKUP = re.compile(r"</?(?:b|i|strong|em|sup|u)>|\*\*|\\(?=[*_#])", re.IGNORECASE)
_FOOTNOTE = re.compile(r"(?<=[^\W\d_])(?:\s*\d{1,2}\)|\s*[*†‡¹²³⁴⁵⁶⁷⁸⁹]+)$")


@lru_cache(maxsize=1 << 16)
def plain(text: str) -> str:
    r"""Give a text on one line, without markup, soft hyphens, or a colon at its end.

    >>> plain("Nedsatt  arbeidsevne,\npå tiltak:")
    'Nedsatt arbeidsevne, på tiltak'
    """
    text = _SHY.sub("", unicodedata.normalize("NFC", text))
    text = _SPACES.sub(" ", _MARKUP.sub("", text)).strip()
    return text.rstrip(": ").strip() if len(text) > 1 else text


@lru_cache(maxsize=1 << 16)
def key(text: str) -> str:
    """Give what two spellings of a label have in common.

    >>> key("20–24 år ") == key("20-24 År") and key("Menn 1)") == key("menn")
    True
    """
    text = _DASHES.sub("-", plain(text)).casefold().replace("_", " ")
    return _SPACES.sub(" ", _FOOTNOTE.sub("", text)).strip(" .:")


@lru_cache(maxsize=1 << 16)
def unfooted(text: str) -> str:
    """Give a label on one line without the mark of a footnote.

    >>> unfooted("North²"), unfooted("Menn 1)"), unfooted("AMO")
    ('North', 'Menn', 'AMO')
    """
    return _FOOTNOTE.sub("", plain(text)).strip()


@lru_cache(maxsize=1 << 16)
def squash(text: str) -> str:
    """Give the letters and digits alone: what survives a text extraction that loses its spaces.

    >>> squash("AMO Enkelt plass, Forsøk")
    'amoenkeltplassforsøk'
    """
    return "".join(c for c in key(text) if c.isalnum())


@lru_cache(maxsize=1 << 16)
def similarity(a: str, b: str) -> float:
    """Give how alike two squashed labels are, from 0 to 1."""
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
    if matcher.real_quick_ratio() < 0.5 or matcher.quick_ratio() < 0.5:
        return 0.0
    return matcher.ratio()


def listed(words: list[str], *, most: int = 6) -> str:
    """Name some things in a sentence, and say how many more there are.

    >>> listed(["a", "b", "c"], most=2)
    "'a', 'b' and 1 more"
    """
    shown = [f"'{w}'" for w in words[:most]]
    more = len(words) - len(shown)
    if more:
        shown.append(f"{more} more")
    return " and ".join(filter(None, [", ".join(shown[:-1]), shown[-1]])) if shown else ""


def counted(number: int, one: str, many: str = "") -> str:
    """Write a number with its noun.

    >>> counted(1, "cell"), counted(3, "identity", "identities")
    ('1 cell', '3 identities')
    """
    return f"{number:,} ".replace(",", " ") + (one if number == 1 else many or f"{one}s")


def setting(*path: str) -> str:
    """Write where a setting stands in ``audit.toml``.

    >>> setting("dimensions", "Kjønn", "total")
    'dimensions."Kjønn".total'
    """
    return ".".join(p if re.fullmatch(r"[A-Za-z0-9_-]+", p) else f'"{p}"' for p in path)
