"""The calendar of releases as iCalendar (RFC 5545): what has come, and when the next ones do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from prikk.serve.feeds._links import stable_id, table_page, told
from prikk.serve.store import Catalogue, Release

_LINE = 75
_NEXT = {"nb": "Neste publisering", "nn": "Neste publisering", "en": "Next release"}


def calendar(catalogue: Catalogue, title: str, base: str, language: str) -> bytes:
    """Write the calendar: an event for each release with a moment, a day for each next one that has been told."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//prikk//releases//EN", "METHOD:PUBLISH"]
    lines.append(f"X-WR-CALNAME:{_escaped(title)}")
    for newest in catalogue.newest():
        for release in catalogue.versions(newest.id):
            if release.published is not None and release.withdrawn is None:
                lines += _came(release, release.published, base, language)
    for next_ in catalogue.upcoming:
        lines += _comes(next_.release, next_.due, base, language)
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) for line in lines)


def _came(release: Release, moment: dt.datetime, base: str, language: str) -> Sequence[str]:
    start = f"DTSTART:{_utc(moment)}"
    return _event(release, stable_id("release", release.name), start, "", base, language)


def _comes(release: Release, day: dt.date, base: str, language: str) -> Sequence[str]:
    word = _NEXT.get(language or release.facts.languages[0], _NEXT["en"])
    start = f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    uid = stable_id("next", release.id, day.isoformat())
    return _event(release, uid, start, f"{word}: ", base, language)


def _event(release: Release, uid: str, start: str, before: str, base: str, language: str) -> Sequence[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}@prikk",
        f"DTSTAMP:{_utc(release.modified)}",
        start,
        f"SUMMARY:{_escaped(before + told(release.facts.title, language))}",
        f"URL:{table_page(base, release)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _utc(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    r"""A text as section 3.3.11 has it.

    >>> print(_escaped("One, two; three"))
    One\, two\; three
    """
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "".join(c for c in text.replace("\r\n", "\n").replace("\n", "\\n") if c >= " ")


def folded(line: str) -> bytes:
    """A line of at most 75 bytes, continued on lines that begin with a space; no character is cut (section 3.1)."""
    return b"\r\n ".join(_pieces(line)) + b"\r\n"


def _pieces(line: str) -> Iterator[bytes]:
    piece, room = b"", _LINE
    for character in line:
        more = character.encode()
        if len(piece) + len(more) > room:
            yield piece
            piece, room = b"", _LINE - 1
        piece += more
    yield piece
