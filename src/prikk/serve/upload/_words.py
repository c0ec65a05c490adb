"""The words of the audit page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of one language; ``{…}`` are places for :meth:`str.format`."""

    title: str
    intro: str
    file: str
    kinds: str
    threshold: str
    threshold_help: str
    zeros: str
    as_found: str
    zeros_hidden: str
    zeros_shown: str
    send: str
    promise: str
    none: str
    refused: str
    time: str
    failed: str
    busy: str
    again: str


WORDS: Mapping[str, Words] = {
    "nb": Words(
        title="Kontroller en tabell",
        intro="Last opp en tabell med skjulte tall, og se hva en leser kan regne ut av det som vises.",
        file="Fil",
        kinds="CSV, Excel, HTML, PDF, PX, JSON-stat eller ren tekst, høyst {most} MB.",
        threshold="Tall under dette er skjult",
        threshold_help="Tomt felt: slik tabellen selv sier, ellers 4.",
        zeros="Null",
        as_found="slik det ser ut",
        zeros_hidden="skjules også",
        zeros_shown="vises",
        send="Kontroller",
        promise="Filen leses i en egen prosess og slettes straks etterpå. Verken filen eller rapporten lagres.",
        none="Velg en fil først.",
        refused="Filen kunne ikke leses som en tabell.",
        time="Kontrollen tok for lang tid eller for mye minne og ble stanset. Prøv «prikk audit» på egen maskin.",
        failed="Kontrollen kunne ikke fullføres. Filen er kanskje for stor; prøv «prikk audit» på egen maskin.",
        busy="Andre kontroller er i gang. Prøv igjen om litt.",
        again="Kontroller en annen fil",
    ),
    "en": Words(
        title="Check a table",
        intro="Send a table with hidden figures, and see what a reader can work out from what it shows.",
        file="File",
        kinds="CSV, Excel, HTML, PDF, PX, JSON-stat or plain text, at most {most} MB.",
        threshold="Figures below this are hidden",
        threshold_help="Left empty: as the table itself says, else 4.",
        zeros="Zeros",
        as_found="as it looks",
        zeros_hidden="are hidden too",
        zeros_shown="are shown",
        send="Check",
        promise="The file is read in a process of its own and deleted at once. Neither it nor the report is kept.",
        none="Choose a file first.",
        refused="The file could not be read as a table.",
        time="The check took too long or too much memory and was stopped. Try “prikk audit” on your own machine.",
        failed="The check could not be finished. The file may be too large; try “prikk audit” on your own machine.",
        busy="Other checks are running. Try again in a moment.",
        again="Check another file",
    ),
}
"""By language; others read English."""
