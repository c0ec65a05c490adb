"""What became of the codes of a series: new, closed, renamed. As notes, which every format knows how to show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from babel.dates import format_date

from prikk.classifications import Classification, Item
from prikk.dissemination._locale import locale_of
from prikk.spec import Note, ReleaseSpec

_TEXTS: Mapping[str, Mapping[str, str]] = {
    "nb": {
        "opened": "Ny fra {day}.",
        "closed": "Avsluttet {day}.",
        "renamed": "Het «{former}» til {day}.",
    },
    "nn": {
        "opened": "Ny frå {day}.",
        "closed": "Avslutta {day}.",
        "renamed": "Heitte «{former}» til {day}.",
    },
    "en": {
        "opened": "New from {day}.",
        "closed": "Closed on {day}.",
        "renamed": "Called “{former}” until {day}.",
    },
}


def with_history(spec: ReleaseSpec, classifications: Mapping[str, Classification]) -> ReleaseSpec:
    """Give the spec with a note for each code that began, ended or changed its name within the series."""
    first, last = spec.periods[0].reference, spec.periods[-1].reference
    notes = tuple(
        Note(text=_told(kind, day, item, spec.release.languages), at={name: item.code})
        for name, classification in classifications.items()
        for item in classification.items
        for kind, day in _events(item)
        if first <= day <= last
    )
    return spec.model_copy(update={"notes": (*spec.notes, *notes)})


def _events(item: Item) -> Iterator[tuple[str, dt.date]]:
    """What happened to a code, with the day that a reader is told."""
    if item.valid_from is not None:
        yield "opened", item.valid_from
    if item.renamed is not None:
        yield "renamed", item.renamed - dt.timedelta(days=1)
    if item.valid_to is not None:
        yield "closed", item.valid_to


def _told(kind: str, day: dt.date, item: Item, languages: tuple[str, ...]) -> dict[str, str]:
    return {
        language: _TEXTS.get(language, _TEXTS["en"])[kind].format(
            day=format_date(day, "long", locale=locale_of(language)), former=item.former.get(language, "")
        )
        for language in languages
    }
