"""Figures as printed: which sign is the decimal mark, and what number each text is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

_SPACE = r"[ \u00a0\u2009\u202f\u2007'’`´·]"
_NUMBER = re.compile(
    rf"""[(\[]?\s*(?P<sign>[+\-−–]?)\s*
        (?P<digits>\d+(?:(?:{_SPACE}|[.,])\d+)*|[.,]\d+)
        (?:[eE](?P<power>[+-]?\d+))?
        \s*(?P<unit>%|‰|prosent|pst\.?|pct\.?)?\s*[)\]]?
        (?:\s*[*†‡¹²³⁴⁵⁶⁷⁸⁹]+|\s+[bdefinprsuz]{{1,2}})?""",
    re.VERBOSE,
)
_NOTE = re.compile(r"(?<=\d)\s+\d\)$")
_GROUPS = re.compile(r"[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})*")
_MANY_GROUPS = re.compile(r"\d{1,3}([.,])\d{3}(?:\1\d{3})+")
MOST_DECIMALS = 9
"""More digits than this come from a division that nobody rounded; see :mod:`._relations`."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed number, and how many decimals are printed of it."""

    value: Decimal
    decimals: int

    @property
    def whole(self) -> bool:
        """Whether it is a whole number."""
        return self.value == self.value.to_integral_value()


@dataclass(frozen=True, slots=True)
class Marks:
    """Which of ``.`` and ``,`` is the decimal mark; ``sure`` is False where nothing tells."""

    decimal: str = "."
    sure: bool = True
    seen: bool = False

    @property
    def thousands(self) -> str:
        """The other one."""
        return "," if self.decimal == "." else "."


@lru_cache(maxsize=1 << 17)
def is_number(text: str) -> bool:
    """Whether a text is a number in some notation.

    >>> [is_number(t) for t in ("77 818", "2,1", "-988", "8,3 %", "1.352*", "<10", "20-24", "*")]
    [True, True, True, True, True, False, False, False]
    """
    return _match(text) is not None


@lru_cache(maxsize=1 << 17)
def _match(text: str) -> re.Match[str] | None:
    return _NUMBER.fullmatch(_NOTE.sub("", text.strip()))


def find_marks(texts: Iterable[str]) -> Marks:
    """Tell the decimal mark of some columns from their figures.

    ``1.352`` may be either; ``2.5`` and ``0.125`` have a decimal point, ``1.234.567`` has none. Where one of the
    two signs is only ever followed by three digits, it groups thousands.

    >>> find_marks(["167.293", "2.807", "444"]).decimal, find_marks(["2,1", "1.352"]).decimal
    (',', ',')
    """
    votes = {".": 0, ",": 0}
    groups = {".": 0, ",": 0}
    for text in texts:
        match = _match(text)
        if match is None:
            continue
        _vote(match["digits"], votes, groups)
    if votes["."] != votes[","]:
        return Marks(decimal="." if votes["."] > votes[","] else ",", seen=True)
    if groups["."] or groups[","]:
        return Marks(decimal="," if groups["."] > groups[","] else ".", sure=False, seen=True)
    return Marks(seen=votes["."] > 0)


def _vote(digits: str, votes: dict[str, int], groups: dict[str, int]) -> None:
    found = [c for c in digits if c in ".,"]
    if not found:
        return
    last = found[-1]
    if len(set(found)) == 2:
        votes[last] += 3
    elif _MANY_GROUPS.fullmatch(digits):
        votes["," if last == "." else "."] += 3
    elif _GROUPS.fullmatch(digits):
        groups[last] += 1
    else:
        votes[last] += 1


@lru_cache(maxsize=1 << 17)
def figure(text: str, marks: Marks) -> Figure | None:
    """Read a figure; None when it is no number, or its groups are not of three digits.

    >>> figure("77 818", Marks()).value, figure("2,10", Marks(decimal=",")), figure("12 34", Marks())
    (Decimal('77818'), Figure(value=Decimal('2.10'), decimals=2), None)
    """
    match = _match(text)
    if match is None:
        return None
    body, decimal, thousands = match["digits"], marks.decimal, marks.thousands
    if decimal not in body and thousands in body and not _GROUPS.fullmatch(body):
        decimal, thousands = thousands, decimal  # "2,5" among "1.2": it can be nothing else
    whole, _, part = body.partition(decimal)
    groups = re.split(rf"{_SPACE}|[{re.escape(thousands)}]", whole)
    if any(len(g) != 3 for g in groups[1:]) or not (part == "" or part.isdecimal()):
        return None
    digits = "".join(groups) or "0"
    sign = "-" if match["sign"] in ("-", "−", "–") else ""
    try:
        value = Decimal(f"{sign}{digits}.{part}" if part else f"{sign}{digits}")
    except InvalidOperation:
        return None
    if match["power"]:
        value = value.scaleb(int(match["power"]))
    return Figure(value, len(part))


def native(number: Decimal, text: str) -> Figure:
    """Make a figure of a spreadsheet's own number; "8.3%" stands for 0.083.

    >>> native(Decimal("0.083"), "8.3%")
    Figure(value=Decimal('8.3'), decimals=1)
    """
    value = (number * 100 if "%" in text else number).normalize()
    exponent = value.as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    return Figure(value, decimals)
