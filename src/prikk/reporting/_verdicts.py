"""The verdict on a hidden cell as a mark in a table and as words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from prikk.auditing import HiddenCell, Verdict
from prikk.reporting._figures import outer_values
from prikk.reporting._naming import Teller

Kind = Literal["exact", "unavoidable", "narrowed", "undecided", "safe", "other"]

KINDS: tuple[Kind, ...] = ("exact", "unavoidable", "narrowed", "undecided", "safe", "other")
_KINDS: Mapping[Verdict, Kind] = {
    Verdict.EXACT: "exact",
    Verdict.NARROWED: "narrowed",
    Verdict.UNDECIDED: "undecided",
    Verdict.SAFE: "safe",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How a hidden cell is marked: its kind, and a text that tells the kinds apart without colour."""

    kind: Kind
    text: str
    words: str


def kind_of(cell: HiddenCell) -> Kind:
    """The kind of a hidden cell; unavoidable ones are exact, but not for want of hiding."""
    if cell.verdict is None:
        return "other"
    return "unavoidable" if cell.unavoidable else _KINDS[cell.verdict]


def mark_of(cell: HiddenCell, tell: Teller) -> Mark:
    """The mark of a hidden cell: ``= 2``, ``= 1 !``, ``1–2``, ``? 0–3``, ``✓``; nothing for a secondary one."""
    kind, values = kind_of(cell), _short_values(cell, tell)
    text = {
        "exact": f"= {values}",
        "unavoidable": f"= {values} !",
        "narrowed": values,
        "undecided": f"? {values}",
        "safe": "✓",
        "other": "",
    }[kind]
    return Mark(kind=kind, text=text.replace(" ", "\N{NO-BREAK SPACE}"), words=verdict_words(cell, tell))


def verdict_words(cell: HiddenCell, tell: Teller) -> str:
    """The verdict and the values in words."""
    say, values = tell.say, outer_values(cell, tell.say, tell.write)
    return {
        "exact": say.exact,
        "unavoidable": say.exact,
        "narrowed": say.narrowed,
        "undecided": say.open,
        "safe": say.safe,
        "other": say.other,
    }[kind_of(cell)].format(values=values)


def _short_values(cell: HiddenCell, tell: Teller) -> str:
    if cell.high is None:
        return f"≥ {tell.write(cell.low)}"
    if cell.low == cell.high:
        return tell.write(cell.low)
    return f"{tell.write(cell.low)}–{tell.write(cell.high)}"
