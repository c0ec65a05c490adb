"""The few words that machine formats need and no spec holds, in each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The words of one language; ``{…}`` are places for :meth:`str.format`."""

    total: str
    period: str
    contents: str
    number: str
    nil: str
    absent: str
    table: str
    licence: str
    preliminary: str
    revised: str
    level: str
    value: str
    status: str


TERMS: Mapping[str, Terms] = {
    "nb": Terms(
        total="I alt",
        period="Periode",
        contents="Statistikkvariabel",
        number="Antall",
        nil="{symbol} = null: kombinasjonen forekommer ikke i noen av periodene.",
        absent="{symbol} = ingen tabell i publiseringen har denne kombinasjonen.",
        table="Tabellen «{title}»: {text}",
        licence="Lisens: {name}, {url}",
        preliminary="Foreløpige tall.",
        revised="Reviderte tall.",
        level="Nivå",
        value="Verdi",
        status="Status: tegnet for et tall som ikke vises",
    ),
    "nn": Terms(
        total="I alt",
        period="Periode",
        contents="Statistikkvariabel",
        number="Tal",
        nil="{symbol} = null: kombinasjonen finst ikkje i nokon av periodane.",
        absent="{symbol} = ingen tabell i publiseringa har denne kombinasjonen.",
        table="Tabellen «{title}»: {text}",
        licence="Lisens: {name}, {url}",
        preliminary="Førebelse tal.",
        revised="Reviderte tal.",
        level="Nivå",
        value="Verdi",
        status="Status: teiknet for eit tal som ikkje blir vist",
    ),
    "en": Terms(
        total="Total",
        period="Period",
        contents="Contents",
        number="Number",
        nil="{symbol} = nil: the combination is in none of the periods.",
        absent="{symbol} = no table of the release has this combination.",
        table="The table “{title}”: {text}",
        licence="Licence: {name}, {url}",
        preliminary="Preliminary figures.",
        revised="Revised figures.",
        level="Level",
        value="Value",
        status="Status: the symbol of a figure that is not shown",
    ),
}


def terms(language: str) -> Terms:
    """The words of a language; English ones where there are none."""
    return TERMS.get(language, TERMS["en"])
