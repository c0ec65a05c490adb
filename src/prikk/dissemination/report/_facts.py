"""What a release says of itself, as terms and lines: on the title page, and in the part about the statistic."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from babel.dates import format_date

from prikk.dissemination._cube import PublishedCube
from prikk.dissemination._layout import Table
from prikk.dissemination._locale import locale_of, period_label
from prikk.dissemination._notes import legend, rule_text
from prikk.dissemination._words import words
from prikk.dissemination.report._remarks import listed
from prikk.dissemination.report._words import report_words
from prikk.spec import ReleaseSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a fact: what it is of (or nothing), its text, and where it leads (or nowhere)."""

    text: str
    lead: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A term and what is to say of it."""

    term: str
    lines: tuple[Line, ...]


def cover_facts(spec: ReleaseSpec, language: str) -> tuple[Fact, ...]:
    """What stands on the title page: when, whom to ask, and what readers may do with it."""
    return _facts((*_dates(spec, language), *_unit(spec, language), *_services(spec, language)))


def about_facts(cube: PublishedCube, tables: tuple[Table, ...], language: str) -> tuple[Fact, ...]:
    """All that there is to tell, from what the figures are to whom to ask."""
    spec, say = cube.spec, words(language)
    about = [Line(text=text) for text in paragraphs(spec.release.about.get(language, ""))]
    signs = [Line(text=text) for text in legend(spec, language)]
    source = spec.release.source.get(language, "")
    return _facts(
        (
            (say.about, about),
            *_unit(spec, language),
            (say.rule, [Line(text=rule_text(spec, language))]),
            (say.signs, signs),
            *_explained(cube, tables, language),
            (say.source, [Line(text=source)] if source else []),
            (report_words(language).publisher, _publisher(spec, language)),
            *_dates(spec, language),
            *_services(spec, language),
            *_keywords(spec, language),
        )
    )


Pair = tuple[str, list[Line]]


def _facts(pairs: tuple[Pair, ...]) -> tuple[Fact, ...]:
    return tuple(Fact(term=term, lines=tuple(lines)) for term, lines in pairs if lines)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text: line breaks part them, and empty ones are left out."""
    return [part for line in text.splitlines() if (part := line.strip())]


def _explained(cube: PublishedCube, tables: tuple[Table, ...], language: str) -> Iterator[Pair]:
    """Definitions, notes, breaks, and which periods are not final."""
    own = report_words(language)
    yield (
        own.definitions,
        [Line(text=d.text[language], lead=d.term[language]) for d in cube.spec.definitions],
    )
    for term, kind in ((own.notes, "note"), (own.breaks, "break")):
        found = listed(cube, tables, kind, language)
        yield term, [Line(text=text, lead=scope) for scope, text in found]
    texts = ((own.preliminary_text, "preliminary"), (own.revised_text, "revised"))
    yield own.status, [line for text, key in texts for line in _status(cube.spec, text, key, language)]


def _status(spec: ReleaseSpec, text: str, key: str, language: str) -> Iterator[Line]:
    codes = getattr(spec.release, key)
    labels = [period_label(p, spec, language) for p in spec.periods if p.code in codes]
    if labels:
        yield Line(text=text.format(periods=", ".join(labels)))


def period_status(spec: ReleaseSpec, code: str, language: str) -> str:
    """Whether the figures of a period are preliminary or revised, or neither (empty)."""
    own, release = report_words(language), spec.release
    found = [
        word
        for word, codes in ((own.preliminary, release.preliminary), (own.revised, release.revised))
        if code in codes
    ]
    return ", ".join(found)


def _dates(spec: ReleaseSpec, language: str) -> Iterator[Pair]:
    own, release = report_words(language), spec.release
    if release.published is not None:
        when = own.embargo.format(moment=moment_text(release.published, language))
        yield own.released, [Line(text=when)]
    if release.next_release is not None:
        yield own.next_release, [Line(text=date_text(release.next_release, language))]


def _unit(spec: ReleaseSpec, language: str) -> Iterator[Pair]:
    if spec.release.unit:
        yield report_words(language).unit, [Line(text=spec.release.unit[language])]


def _publisher(spec: ReleaseSpec, language: str) -> list[Line]:
    return [Line(text=spec.release.publisher[language])] if spec.release.publisher else []


def _services(spec: ReleaseSpec, language: str) -> Iterator[Pair]:
    own, release = report_words(language), spec.release
    if (contact := release.contact) is not None:
        lines = [Line(text=contact.name[language])]
        lines += [Line(text=contact.email, href=f"mailto:{contact.email}")] if contact.email else []
        lines += [Line(text=contact.url, href=contact.url)] if contact.url else []
        yield own.contact, lines
    if release.licence is not None:
        yield own.licence, [Line(text=release.licence.name, href=release.licence.url)]
    if release.url is not None:
        yield own.url, [Line(text=release.url, href=release.url)]


def _keywords(spec: ReleaseSpec, language: str) -> Iterator[Pair]:
    found = spec.release.keywords.get(language, ())
    yield report_words(language).keywords, [Line(text=", ".join(found))] if found else []


def date_text(date: dt.date, language: str) -> str:
    """A date in full; English as Europe writes it.

    >>> date_text(dt.date(2022, 8, 18), "nb"), date_text(dt.date(2022, 8, 18), "en")
    ('18. august 2022', '18 August 2022')
    """
    return format_date(date, "long", locale="en_GB" if language == "en" else locale_of(language))


def moment_text(moment: dt.datetime, language: str) -> str:
    """A moment by the clock of its own offset, which is named where it is none of an office's: UTC.

    >>> moment_text(dt.datetime.fromisoformat("2022-08-18T08:00:00+02:00"), "nb")
    '18. august 2022 kl. 08.00'
    """
    text = report_words(language).moment.format(date=date_text(moment.date(), language), time=moment.time())
    return text if moment.utcoffset() else f"{text} UTC"
