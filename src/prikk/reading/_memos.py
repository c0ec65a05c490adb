"""Rows and columns that are part of the one before them: "herav under 25 år", "of which women"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from prikk.reading._text import key

_WORDS = (
    r"herav|hvorav|hvoraf|heraf|derav|deraf|därav|varav|av disse|av dette|av dem|of which|of whom|of these|thereof"
    r"|darunter|davon"
)
_ALONE = re.compile(rf"(?:{_WORDS})")
_BEGINS = re.compile(rf"[-–— ]*(?:{_WORDS})[ :,]+\S.*")


def is_memo_word(text: str) -> bool:
    """Whether a text only says that what follows is part of what stands before.

    >>> is_memo_word("Of which:"), is_memo_word("herav menn")
    (True, False)
    """
    return bool(_ALONE.fullmatch(key(text)))


def with_owners(texts: Sequence[str]) -> tuple[tuple[str, ...], Mapping[str, str]]:
    """Name each part after the label that it is part of; and give that label for each.

    >>> with_owners(["Agder", "herav menn", "Oslo", "herav menn"])[0]
    ('Agder', 'Agder, herav menn', 'Oslo', 'Oslo, herav menn')
    """
    named: list[str] = []
    within: dict[str, str] = {}
    owner = ""
    for text in texts:
        if owner and _BEGINS.fullmatch(key(text)):
            named.append(f"{owner}, {text}")
            within[named[-1]] = owner
        else:
            owner = text or owner
            named.append(text)
    return tuple(named), within
