"""All of a JSON-stat dataset but its figures, in pieces that are made once for a data set and a language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from prikk.dissemination.exchange._axes import Axis
from prikk.dissemination.exchange._facts import Facts
from prikk.dissemination.exchange._json_axis import AxisText, as_json, axis_text
from prikk.dissemination.exchange._remarks import Remark
from prikk.dissemination.exchange._terms import terms

Json = dict[str, Any]
CONTENTS_VALUE = "value"
"""The one code of the dimension for the contents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Which variables go down a table (``stub``) and which across (``heading``), by name; each is in one of them."""

    stub: tuple[str, ...]
    heading: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CellNote:
    """A note to figures with several codes: the place of each on its axis (-1 where any is meant), and the text as JSON."""

    places: tuple[int, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The pieces in UTF-8. ``contents`` is the name of the dimension that the figures have beside the axes, before the periods."""

    axes: tuple[AxisText, ...]
    contents: str
    contents_text: bytes
    contents_keyed: bytes
    opening: bytes
    ids: bytes
    placed_text: bytes
    cell_notes: tuple[CellNote, ...]
    px: bytes
    closing: bytes

    @property
    def placement(self) -> Placement:
        """The usual placement: the dimensions down, the contents and the periods across."""
        return Placement(
            stub=tuple(a.name for a in self.axes[:-1]), heading=(self.contents, self.axes[-1].name)
        )

    def written(
        self, chosen: Sequence[Sequence[int]], placed: Placement | None = None, *, keyed: bool = False
    ) -> bytes:
        """The dataset with some codes of each axis, without the brace that ends it.

        ``keyed``: the places of codes are told by code, which some clients of PxWebApi need, instead of by their order.
        """
        dimensions = [a.written(c, keyed=keyed) for a, c in zip(self.axes, chosen, strict=True)]
        dimensions.insert(-1, self.contents_keyed if keyed else self.contents_text)
        sizes = [b"%d" % len(c) for c in chosen]
        sizes.insert(-1, b"1")
        return b"".join(
            (
                self.opening,
                self._notes(chosen) if self.cell_notes else b"",
                self.ids,
                b",".join(sizes),
                b'],"dimension":{',
                b",".join(dimensions),
                self.px,
                self.placed_text if placed is None else _placed_text(placed).encode(),
                self.closing,
            )
        )

    def _notes(self, chosen: Sequence[Sequence[int]]) -> bytes:
        return "".join(
            f",{note.text}"
            for note in self.cell_notes
            if all(p < 0 or p in c for p, c in zip(note.places, chosen, strict=True))
        ).encode()


def head_of(facts: Facts, axes: Sequence[Axis], remarks: Sequence[Remark], language: str) -> Head:
    """Make the pieces for a language."""
    contents = contents_name(axes)
    names = (*(axis.name for axis in axes[:-1]), contents, axes[-1].name)
    closing = {"symbols": _symbols(facts, language), **_extension(facts, language)}
    next_update = {"nextUpdate": facts.next_release.isoformat()} if facts.next_release else {}
    after = as_json(next_update)[1:-1]
    return Head(
        axes=tuple(axis_text(axis, remarks, language) for axis in axes),
        contents=contents,
        contents_text=_contents_text(contents, facts, language, [CONTENTS_VALUE]),
        contents_keyed=_contents_text(contents, facts, language, {CONTENTS_VALUE: 0}),
        opening=_opening(facts, language).encode(),
        ids=_ids(names).encode(),
        placed_text=_placed_text(Placement(stub=names[:-2], heading=names[-2:])).encode(),
        cell_notes=tuple(_cell_note(r, axes, language) for r in remarks if len(r.place) > 1),
        px=f'}},"extension":{{"px":{as_json(_px(facts, language))[:-1]}'.encode(),
        closing=f"{',' if after else ''}{after}}},{as_json(closing)[1:]}".encode(),
    )


def _ids(names: Sequence[str]) -> str:
    *_, contents, time = names
    return (
        f'],"role":{{"time":[{as_json(time)}],"metric":[{as_json(contents)}]}},"id":{as_json(names)},"size":['
    )


def _placed_text(placed: Placement) -> str:
    return f',"stub":{as_json(placed.stub)},"heading":{as_json(placed.heading)}'


def contents_name(axes: Sequence[Axis]) -> str:
    """``ContentsCode``, or something longer where an axis has that name."""
    name = "ContentsCode"
    while name in {axis.name for axis in axes}:
        name += "_"
    return name


def utc(moment: dt.datetime) -> str:
    """A moment in universal time, to the second: ``2022-08-18T06:00:00Z``."""
    return f"{moment.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"


def _opening(facts: Facts, language: str) -> str:
    head: Json = {
        "version": "2.0",
        "class": "dataset",
        "href": facts.url,
        "label": facts.title[language],
        "source": (facts.source or facts.publisher).get(language),
        "updated": None if facts.published is None else utc(facts.published),
        "link": _links(facts),
        "note": [*facts.must_know[language], *facts.good_to_know[language]],
    }
    # Notes to figures follow in the same list, which is left open for them.
    return as_json({key: value for key, value in head.items() if value not in (None, {}, [])})[:-2]


def _links(facts: Facts) -> Json:
    links: Json = {}
    if facts.licence is not None:
        links["license"] = [{"href": facts.licence.url, "label": facts.licence.name}]
    if facts.url:
        links["describedby"] = [{"type": "text/html", "href": facts.url}]
    return links


def _cell_note(remark: Remark, axes: Sequence[Axis], language: str) -> CellNote:
    """A note to figures with several codes, for which the format has no place: with the labels of the codes before it."""
    places = tuple(a.codes.index(remark.place[a.name]) if a.name in remark.place else -1 for a in axes)
    labels = [a.labels[language][p] for a, p in zip(axes, places, strict=True) if p >= 0]
    return CellNote(places=places, text=as_json(f"{', '.join(labels)}: {remark.text[language]}"))


def _contents_text(name: str, facts: Facts, language: str, index: object) -> bytes:
    return f"{as_json(name)}:{as_json(_contents(facts, language, index))}".encode()


def _contents(facts: Facts, language: str, index: object) -> Json:
    category = {
        "index": index,
        "label": {CONTENTS_VALUE: facts.title[language]},
        "unit": {CONTENTS_VALUE: {"base": facts.unit[language], "decimals": 0}},
    }
    return {"label": terms(language).contents, "category": category, "extension": {"elimination": False}}


def _px(facts: Facts, language: str) -> Json:
    return {
        "tableid": facts.id,
        "matrix": facts.id,
        "language": language,
        "contents": facts.title[language],
        "decimals": 0,
        "aggregallowed": False,
    }


def _extension(facts: Facts, language: str) -> Json:
    extension: Json = {"noteMandatory": {str(i): True for i in range(len(facts.must_know[language]))}}
    if facts.contact is not None:
        contact = {
            "name": facts.contact.name[language],
            "mail": facts.contact.email,
            "url": facts.contact.url,
        }
        extension["contact"] = [{k: v for k, v in contact.items() if v}]
    if facts.licence is not None:
        extension["license"] = {"name": facts.licence.name, "url": facts.licence.url}
    return extension


def _symbols(facts: Facts, language: str) -> Mapping[str, str]:
    """What each text of ``status`` means."""
    return dict(zip(facts.signs.each, facts.meanings[language].each, strict=True))
