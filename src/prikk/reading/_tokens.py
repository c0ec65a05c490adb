"""What a printed cell looks like by itself: empty, a figure, a marker in its place, or words."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache

from prikk.reading._numbers import is_number

_MARKER = re.compile(
    r"[-–—−.:*·…#¤†‡~?]{1,6}|[<≤]\s*\d{1,4}|/{1,2}|\(?[cCsSqQxX]\)?|\*+\)|[nN][./]?\s?[aA]\.?|NaN|nan|null|NULL|None|[nN]\.?[dD]\.?"
    r"|:\s?\w|\[\w{1,4}\]|\*{1,3}\w?|[01]\s?[-–]\s?[2-9]"
)
_RULE = re.compile(r"[-–—_=|+ .]*[-–—_=]{2}[-–—_=|+ .]*|[|+]+|[-–—]{1}")
_HIDING_WORDS = re.compile(
    r"skjult|skjermet|konfidensiel\w*|confidential|suppressed|hidden|prikket|undertrykt|sekretess\w*|dold|withheld|redacted|anonymi\w+"
    r"|geheim\w*|(?:unter|weniger als|mindre enn|færre enn|under|less than|fewer than|below|lavere enn|mindre end|færre end|högst) \d+",
    re.IGNORECASE,
)


class Kind(IntEnum):
    """The kind of a printed cell."""

    EMPTY = 0
    NUMBER = 1
    MARK = 2
    TEXT = 3


@lru_cache(maxsize=1 << 17)
def kind_of(text: str) -> Kind:
    """Tell the kind of a cell.

    >>> [kind_of(t).name for t in ("", "1 234", "<10", "*", "..", "20-24", "Oslo", "skjult")]
    ['EMPTY', 'NUMBER', 'MARK', 'MARK', 'MARK', 'TEXT', 'TEXT', 'MARK']
    """
    if not text or text.isspace():
        return Kind.EMPTY
    if is_number(text):
        return Kind.NUMBER
    if _MARKER.fullmatch(text) or _HIDING_WORDS.fullmatch(text):
        return Kind.MARK
    return Kind.TEXT


def is_rule(texts: list[str]) -> bool:
    """Whether the filled cells of a row are drawn lines: dashes, and no words.

    >>> is_rule(["---", "-----", "--"]), is_rule(["Oslo", "-", "-"]), is_rule(["-", "-", "-"])
    (True, False, False)
    """
    filled = [t for t in texts if t]
    return bool(filled) and all(_RULE.fullmatch(t) for t in filled) and any(len(t) > 1 for t in filled)
