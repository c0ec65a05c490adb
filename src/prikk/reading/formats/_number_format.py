"""How a spreadsheet prints a number: as far as a reader must know it."""

from __future__ import annotations

import datetime as dt
import operator
import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

BUILT_IN = {  # ECMA-376 part 1, 18.8.30
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm",
    19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    48: "##0.0E+0", 49: "@",
}  # fmt: skip
_QUOTED = re.compile(r'"([^"]*)"|\\(.)|_(.)|\*(.)')
_BRACKETS = re.compile(r"\[([^\]]*)\]")
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_DIGITS = re.compile(r"[0#?]")
_OTHER = re.compile(r"[eE][+-]|/|general", re.IGNORECASE)  # scientific, fractions
_TESTS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
_EPOCH, _EPOCH_1904 = dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1)
_MOST_DECIMALS = 30


def printed(number: Decimal, code: str) -> str:
    """The text of a number: rounded, in per cent or with other signs as its format says.

    Digits are not grouped and the decimal sign is a point: both are the reader's settings, not the
    file's. A section without places for digits prints its own text, whatever the number is.

    >>> [printed(Decimal(n), f) for n, f in (("0.0834", "0.0%"), ("2", '[<4]"*";0'), ("7", "General"))]
    ['8.3%', '*', '7']
    """
    section = _section(number, code)
    if section.lower() in ("", "general", "@") and (section or not code):
        return plain(number)
    drawn = _BRACKETS.sub("", section)
    bare = _QUOTED.sub("", drawn)
    if _DIGITS.search(bare) is None and "general" not in bare.lower():
        return _QUOTED.sub(lambda m: m[1] or m[2] or "", drawn).strip()
    if _OTHER.search(bare):
        return plain(number)
    text = _rounded(number, bare)
    return f"{text}%" if "%" in bare else text


def plain(number: Decimal) -> str:
    """A number with the digits it has, never with an exponent."""
    return _without_zeros(format(number, "f")) if number else "0"


def _without_zeros(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _rounded(number: Decimal, bare: str) -> str:
    """The number with the decimals that the format has; a comma behind its last digit divides by 1000."""
    whole, _, fraction = bare.replace("%", "").strip().partition(".")
    last = fraction or whole
    thousands = len(last) - len(last.rstrip(","))
    decimals = min(len(_DIGITS.findall(fraction)), _MOST_DECIMALS)
    scaled = number.scaleb(2 * bare.count("%") - 3 * thousands)
    text = format(scaled.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP), "f")
    return _without_zeros(text) if fraction.rstrip(", ").endswith("#") else text


def _section(number: Decimal, code: str) -> str:
    sections = _sections(code)
    conditions = [_CONDITION.search(" ".join(_BRACKETS.findall(s))) for s in sections]
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=True):
            if condition is None or _TESTS[condition[1]](number, Decimal(condition[2])):
                return section
        return "General"
    if number < 0 and len(sections) > 1:
        return sections[1]
    return sections[2] if number == 0 and len(sections) > 2 else sections[0]


@lru_cache(maxsize=1000)
def _sections(code: str) -> tuple[str, ...]:
    parts: list[str] = [""]
    for piece in re.findall(r'"[^"]*"|\\.|[^;"\\]+|;|.', code):
        if piece == ";":
            parts.append("")
        else:
            parts[-1] += piece
    return tuple(parts)


@lru_cache(maxsize=1000)
def is_date(code: str) -> bool:
    """Whether a format prints a day, month or year.

    >>> [is_date(c) for c in ("yyyy-mm-dd", "mmm yy", "#,##0", '0 "dager"', "h:mm", "[Red]0")]
    [True, True, False, False, False, False]
    """
    bare = _QUOTED.sub("", _BRACKETS.sub("", _sections(code)[0])).lower()
    return bare not in ("general", "") and bool(re.search(r"[yd]|m{3}", bare)) and not _DIGITS.search(bare)


def printed_date(serial: Decimal, code: str, *, from_1904: bool) -> str | None:
    """A date as text: a year, a year and month, or a day, as its format shows; None when it is no date.

    >>> printed_date(Decimal(44562), "mmm yy", from_1904=False)
    '2022-01'
    """
    try:
        moment = (_EPOCH_1904 if from_1904 else _EPOCH) + dt.timedelta(days=float(serial))
    except (OverflowError, ValueError):
        return None
    bare = _QUOTED.sub("", _BRACKETS.sub("", code)).lower()
    if "d" in bare:
        moment += dt.timedelta(milliseconds=500)
        text = moment.date().isoformat()
        return f"{text} {moment:%H:%M}" if "h" in bare else text
    return f"{moment:%Y-%m}" if "m" in bare else f"{moment:%Y}"
