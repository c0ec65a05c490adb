"""The words of the report and of the sheet about the tables that no spec holds, in each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportWords:
    """The fixed words of one language; ``{…}`` are places for :meth:`str.format`."""

    about: str
    continued: str
    released: str
    embargo: str
    moment: str
    next_release: str
    unit: str
    publisher: str
    contact: str
    licence: str
    url: str
    keywords: str
    definitions: str
    notes: str
    breaks: str
    a_break: str
    status: str
    preliminary: str
    revised: str
    preliminary_text: str
    revised_text: str
    period: str
    total: str
    part: str


WORDS: Mapping[str, ReportWords] = {
    "nb": ReportWords(
        about="Om statistikken",
        continued="fortsetter",
        released="Publisert",
        embargo="{moment} (sperrefrist til da)",
        moment="{date} kl. {time:%H.%M}",
        next_release="Neste publisering",
        unit="Enhet",
        publisher="Utgiver",
        contact="Kontakt",
        licence="Lisens",
        url="Nettside",
        keywords="Emneord",
        definitions="Definisjoner",
        notes="Merknader",
        breaks="Brudd i tidsserien",
        a_break="Brudd i tidsserien: {text}",
        status="Foreløpige og reviderte tall",
        preliminary="foreløpig",
        revised="revidert",
        preliminary_text="Foreløpige tall: {periods}.",
        revised_text="Reviderte tall: {periods}.",
        period="Periode",
        total="I alt",
        part="Del {number} av {count}: {range}",
    ),
    "nn": ReportWords(
        about="Om statistikken",
        continued="held fram",
        released="Publisert",
        embargo="{moment} (sperrefrist til då)",
        moment="{date} kl. {time:%H.%M}",
        next_release="Neste publisering",
        unit="Eining",
        publisher="Utgjevar",
        contact="Kontakt",
        licence="Lisens",
        url="Nettside",
        keywords="Emneord",
        definitions="Definisjonar",
        notes="Merknader",
        breaks="Brot i tidsserien",
        a_break="Brot i tidsserien: {text}",
        status="Førebelse og reviderte tal",
        preliminary="førebels",
        revised="revidert",
        preliminary_text="Førebelse tal: {periods}.",
        revised_text="Reviderte tal: {periods}.",
        period="Periode",
        total="I alt",
        part="Del {number} av {count}: {range}",
    ),
    "en": ReportWords(
        about="About the statistics",
        continued="continued",
        released="Released",
        embargo="{moment} (under embargo until then)",
        moment="{date} at {time:%H:%M}",
        next_release="Next release",
        unit="Unit",
        publisher="Publisher",
        contact="Contact",
        licence="Licence",
        url="Web page",
        keywords="Keywords",
        definitions="Definitions",
        notes="Notes",
        breaks="Breaks in the time series",
        a_break="Break in the time series: {text}",
        status="Preliminary and revised figures",
        preliminary="preliminary",
        revised="revised",
        preliminary_text="Preliminary figures: {periods}.",
        revised_text="Revised figures: {periods}.",
        period="Period",
        total="Total",
        part="Part {number} of {count}: {range}",
    ),
}


def report_words(language: str) -> ReportWords:
    """The fixed words of a language; English ones where there are none."""
    return WORDS.get(language, WORDS["en"])
