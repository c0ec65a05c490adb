"""Whether a ``dataset.json`` goes together: everything that the writers rely on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from prikk.dissemination.exchange._axes import PERIOD, Axis
from prikk.dissemination.exchange._document import Document, damaged
from prikk.dissemination.exchange._facts import Facts
from prikk.errors import Finding
from prikk.spec import TOTAL


def check_facts(facts: Facts) -> Iterator[Finding]:
    """What is wrong with the facts alone."""
    if not facts.languages or len(set(facts.languages)) < len(facts.languages):
        yield damaged("the languages are none, or one is there twice.", "facts.languages")
    signs = facts.signs.each
    if "" in signs or len(set(signs)) < len(signs):
        yield damaged("the signs are not three different texts.", "facts.signs")
    always: dict[str, Mapping[str, object]] = {
        "title": facts.title,
        "unit": facts.unit,
        "must_know": facts.must_know,
    }
    always |= {"good_to_know": facts.good_to_know, "meanings": facts.meanings}
    always |= {f"variables.{name}": title for name, title in facts.variables.items()}
    if facts.contact is not None:
        always["contact.name"] = facts.contact.name
    optional = {"publisher": facts.publisher, "source": facts.source, "about": facts.about}
    always |= {name: text for name, text in optional.items() if text}
    for name, text in always.items():
        yield from _complete(text, facts.languages, f"facts.{name}")
    if not facts.periods:
        yield damaged("there is no period.", "facts.periods")


def check_document(document: Document) -> Iterator[Finding]:
    """What is wrong with the facts, the axes and the remarks together."""
    yield from check_facts(document.facts)
    names = [axis.name for axis in document.axes]
    if names[-1] != PERIOD or len(set(names)) < len(names):
        yield damaged("the axes are not the dimensions, each once, and the periods last.", "axes")
    for axis in document.axes:
        yield from _axis(axis, document.facts.languages)
    told = {axis.name: axis.title for axis in document.axes}
    if told != document.facts.variables or document.axes[-1].codes != document.facts.periods:
        yield damaged("the facts name other axes or periods than there are.", "axes")
    yield from _margins(document)
    yield from _remarks(document)


def _complete(text: Mapping[str, object], languages: Iterable[str], place: str) -> Iterator[Finding]:
    for language in languages:
        if language not in text:
            yield damaged(f"the language '{language}' is missing.", place)


def _axis(axis: Axis, languages: tuple[str, ...]) -> Iterator[Finding]:
    place = f"axis '{axis.name}'"
    if not axis.codes or len(set(axis.codes)) < len(axis.codes) or "" in axis.codes:
        yield damaged("it has no codes, or an empty one, or one twice.", place)
    yield from _complete(axis.title, languages, f"{place}, title")
    yield from _complete(axis.labels, languages, f"{place}, labels")
    if any(len(labels) != len(axis.codes) for labels in axis.labels.values()):
        yield damaged("it has not one label a code.", place)
    if len(axis.parents) != len(axis.codes) or any(not -1 <= p < i for i, p in enumerate(axis.parents)):
        yield damaged("a code has no place for its parent, or one that does not come before it.", place)
    elif axis.name == PERIOD:
        if axis.levels or max(axis.parents, default=-1) >= 0 or any(a >= b for a, b in pairwise(axis.codes)):
            yield damaged("the periods have levels, or are not in order.", place)
    elif axis.codes[:1] != (TOTAL,) or -1 in axis.parents[1:] or max(axis.depths) > len(axis.levels):
        yield damaged("its codes are not one total and what is under it, level by level.", place)


def _margins(document: Document) -> Iterator[Finding]:
    levels = [len(axis.levels) for axis in document.axes[:-1]]
    for margin in document.margins:
        if len(margin) != len(levels) or any(m > n for m, n in zip(margin, levels, strict=True)):
            yield damaged("a combination of levels is not of these axes.", "margins")
            return


def _remarks(document: Document) -> Iterator[Finding]:
    codes = {axis.name: set(axis.codes) for axis in document.axes}
    for i, remark in enumerate(document.remarks):
        place = f"remarks.{i}"
        yield from _complete(remark.text, document.facts.languages, f"{place}.text")
        if bool(remark.dimension) == bool(remark.place):
            yield damaged("it belongs to a dimension and to figures, or to neither.", place)
        known = remark.dimension in ("", *codes)
        if not known or any(code not in codes.get(name, ()) for name, code in remark.place.items()):
            yield damaged("it belongs to a code or a dimension that is not there.", place)
