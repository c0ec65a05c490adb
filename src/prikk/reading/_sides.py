"""Headings whose groups each divide the same total: "Total", then "Sex" over men and women, then "Age" over ages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from prikk.reading._directions import Direction
from prikk.reading._text import key
from prikk.reading._words import is_total

_TOTAL_TEXT = "I alt"
Values = Sequence[Sequence[Decimal | None]]
"""The figures of each column; None where another thing is printed."""


def side_axes(outer: Direction, inner: Direction, values: Values) -> list[Direction] | None:
    """Give an axis for each group of columns, if every one of several groups adds up to the total.

    A column without a text of its own, or whose text is a total's, shows the total of all groups.
    """
    whole = [i for i, t in enumerate(inner.texts) if not t or is_total(t) or is_total(outer.texts[i])]
    groups: dict[str, list[int]] = {}
    for i, text in enumerate(outer.texts):
        if i not in whole and text:
            groups.setdefault(text, []).append(i)
    if not whole or len(groups) < 2 or not _apart(inner, groups, whole):
        return None
    if not all(_adds_up(values, whole[0], parts) for parts in groups.values()):
        return None
    if any(values[w] != values[whole[0]] for w in whole):
        return None
    return [
        Direction(
            name=name,
            texts=tuple(t if i in parts else _TOTAL_TEXT for i, t in enumerate(inner.texts)),
        )
        for name, parts in groups.items()
    ]


def _apart(inner: Direction, groups: Mapping[str, Sequence[int]], whole: Sequence[int]) -> bool:
    """Whether every column is in a group or a total, every group has parts, and no text is in two of them."""
    columns = [i for parts in groups.values() for i in parts]
    texts = [key(inner.texts[i]) for i in columns]
    several = all(len(parts) > 1 for parts in groups.values())
    return several and len(columns) + len(whole) == len(inner.texts) and len(set(texts)) == len(texts)


def _adds_up(values: Values, total: int, parts: Sequence[int]) -> bool:
    checked = False
    for row, whole in enumerate(values[total]):
        own = [v for i in parts if (v := values[i][row]) is not None]
        if whole is None or len(own) < len(parts):
            continue
        if sum(own) != whole:
            return False
        checked = checked or whole > 0
    return checked
