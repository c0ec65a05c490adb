"""What stands beside the figures in every machine format: the rule, the signs, notes, definitions, and where each belongs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from prikk.dissemination._cube import PublishedCube
from prikk.dissemination._notes import legend, rule_text
from prikk.dissemination.exchange._axes import PERIOD
from prikk.dissemination.exchange._terms import terms
from prikk.spec import TOTAL, Note, ReleaseSpec, Text, fill


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A note to a dimension (``dimension``) or to the figures with some codes (``place``, never empty then)."""

    text: Text
    dimension: str = ""
    place: Mapping[str, str]
    important: bool = False
    is_break: bool = False


def nil_symbol(spec: ReleaseSpec) -> str:
    """The sign of a combination that is in no period: ``-``, unless hidden figures have that sign."""
    return "-" if spec.protection.symbol != "-" else "."


def absent_symbol(spec: ReleaseSpec) -> str:
    """The sign of a combination that no table of the release shows: ``..``, unless hidden figures have that sign."""
    return ".." if spec.protection.symbol != ".." else "..."


def must_know(spec: ReleaseSpec, language: str) -> tuple[str, ...]:
    """What nobody may read the figures without: the rule and the signs."""
    say = terms(language)
    nil, absent = say.nil.format(symbol=nil_symbol(spec)), say.absent.format(symbol=absent_symbol(spec))
    return (rule_text(spec, language), *legend(spec, language), nil, absent)


def good_to_know(spec: ReleaseSpec, language: str) -> tuple[str, ...]:
    """What the release says of itself: about, definitions, notes to all of it or to one of its tables, licence."""
    release, say = spec.release, terms(language)
    texts = [release.about[language]] if release.about else []
    texts += [f"{d.term[language]}: {d.text[language]}" for d in spec.definitions]
    texts += [_general(note, spec, language) for note in spec.notes if not note.dimension and not note.at]
    if release.licence is not None:
        texts.append(say.licence.format(name=release.licence.name, url=release.licence.url))
    return tuple(texts)


def _general(note: Note, spec: ReleaseSpec, language: str) -> str:
    if note.table is None:
        return note.text[language]
    names = {name: d.label.get(language, name) for name, d in spec.dimensions.items()}
    title = fill(spec.tables[note.table - 1].title[language], names)
    return terms(language).table.format(title=title, text=note.text[language])


def remarks(cube: PublishedCube) -> tuple[Remark, ...]:
    """The notes that belong to a dimension or to some figures, and those to preliminary and revised periods."""
    return (*_status_of_periods(cube.spec), *_from_notes(cube))


def _status_of_periods(spec: ReleaseSpec) -> Iterator[Remark]:
    release = spec.release
    for codes, word in ((release.preliminary, "preliminary"), (release.revised, "revised")):
        text = {language: getattr(terms(language), word) for language in release.languages}
        for code in codes:
            yield Remark(text=text, place={PERIOD: code}, important=True)


def _from_notes(cube: PublishedCube) -> Iterator[Remark]:
    for note in cube.spec.notes:
        if note.dimension or note.at:
            broken = note.kind == "break"
            place = {} if note.dimension else note.at
            yield Remark(
                text=note.text, dimension=note.dimension or "", place=place, important=broken, is_break=broken
            )


def known(remark: Remark, cube: PublishedCube) -> bool:
    """Whether every code of its place is there; a note to a code that is not has nowhere to stand."""
    codes = {PERIOD: {p.code for p in cube.spec.periods}}
    codes |= {name: {TOTAL, *c.by_code} for name, c in cube.classifications.items()}
    return all(code in codes.get(name, ()) for name, code in remark.place.items())
