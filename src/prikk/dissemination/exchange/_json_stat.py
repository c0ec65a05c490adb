"""JSON-stat 2.0: a dataset a language, with what clients of PxWebApi 2 look for in ``extension``.

https://json-stat.org/format/. A hidden figure is ``null`` with the public symbol in ``status``, which is sparse.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from prikk.dissemination._cube import PublishedCube
from prikk.dissemination._notes import legend
from prikk.dissemination.exchange._axes import Axis, dimension_axes, period_axis
from prikk.dissemination.exchange._grid import (
    Grid,
    Numbers,
    Signs,
    blocks,
    every_combination,
    grid,
    hidden_mask,
    joined,
)
from prikk.dissemination.exchange._remarks import (
    Remark,
    absent_symbol,
    good_to_know,
    known,
    must_know,
    nil_symbol,
    remarks,
)
from prikk.dissemination.exchange._terms import terms
from prikk.spec import ReleaseSpec

Json = dict[str, Any]
_NULL = Signs(hidden="null", nil="null", absent="null")


def json_stat(cube: PublishedCube, language: str) -> bytes:
    """The dataset of a cube in a language: its dimensions, one for the contents, and the periods last."""
    dimensions, periods = dimension_axes(cube), period_axis(cube)
    cells = grid(cube, dimensions)
    head = json.dumps(
        _head(cube, (*dimensions, periods), language), ensure_ascii=False, separators=(",", ":")
    )
    value, status = (_every, _every_status) if cells.dense else (_listed, _listed_status)
    parts = [
        head[:-1].encode(),
        b',"value":',
        *value(cells),
        b',"status":{',
        *status(cells, cube.spec),
        b"}}\n",
    ]
    return b"".join(parts)


def _head(cube: PublishedCube, axes: Sequence[Axis], language: str) -> Json:
    spec, release = cube.spec, cube.spec.release
    contents = _contents_name(axes)
    names = [*(a.name for a in axes[:-1]), contents, axes[-1].name]
    placed = [r for r in remarks(cube) if known(r, cube)]
    notes = [*must_know(spec, language), *good_to_know(spec, language), *_to_cells(placed, axes, language)]
    categories = {a.name: _dimension(a, placed, language) for a in axes}
    head = {
        "version": "2.0",
        "class": "dataset",
        "href": release.url,
        "label": release.title[language],
        "source": (release.source or release.publisher).get(language),
        "updated": None if release.published is None else utc(release.published),
        "link": _links(spec),
        "note": notes,
        "role": {"time": [axes[-1].name], "metric": [contents]},
        "id": names,
        "size": [*(len(a) for a in axes[:-1]), 1, len(axes[-1])],
        "dimension": {n: categories.get(n) or _contents(spec, language) for n in names},
        "extension": _extension(spec, names, language),
    }
    return {key: value for key, value in head.items() if value not in (None, {}, [])}


def utc(moment: dt.datetime) -> str:
    """A moment in universal time, to the second: ``2022-08-18T06:00:00Z``."""
    return f"{moment.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"


def _contents_name(axes: Sequence[Axis]) -> str:
    name = "ContentsCode"
    while name in {axis.name for axis in axes}:
        name += "_"
    return name


def _dimension(axis: Axis, placed: Sequence[Remark], language: str) -> Json:
    category: Json = {
        "index": list(axis.codes),
        "label": dict(zip(axis.codes, axis.labels[language], strict=True)),
    }
    if axis.children:
        category["child"] = axis.children
    if found := _by_code(axis, placed, language):
        category["note"] = found
    dimension: Json = {"label": axis.title[language], "category": category}
    own = [r for r in placed if r.dimension == axis.name]
    if own:
        dimension["note"] = [r.text[language] for r in own]
    if axis.levels:
        # What stands for the dimension when a query leaves it out: its own total, never a sum.
        dimension["extension"] = {"elimination": True, "eliminationValueCode": axis.codes[0]}
    return dimension


def _by_code(axis: Axis, placed: Sequence[Remark], language: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for remark in placed:
        if set(remark.place) == {axis.name}:
            found.setdefault(remark.place[axis.name], []).append(remark.text[language])
    return found


def _to_cells(placed: Sequence[Remark], axes: Sequence[Axis], language: str) -> Iterator[str]:
    """Notes to figures with several codes, for which the format has no place: with the labels of the codes before them."""
    for remark in placed:
        if len(remark.place) > 1:
            labels = [
                a.labels[language][a.codes.index(remark.place[a.name])]
                for a in axes
                if a.name in remark.place
            ]
            yield f"{', '.join(labels)}: {remark.text[language]}"


def _contents(spec: ReleaseSpec, language: str) -> Json:
    say = terms(language)
    unit = spec.release.unit.get(language, say.number)
    category = {
        "index": ["value"],
        "label": {"value": spec.release.title[language]},
        "unit": {"value": {"base": unit, "decimals": 0}},
    }
    return {"label": say.contents, "category": category, "extension": {"elimination": False}}


def _links(spec: ReleaseSpec) -> Json:
    release = spec.release
    links: Json = {}
    if release.licence is not None:
        links["license"] = [{"href": release.licence.url, "label": release.licence.name}]
    if release.url:
        links["describedby"] = [{"type": "text/html", "href": release.url}]
    return links


def _extension(spec: ReleaseSpec, names: Sequence[str], language: str) -> Json:
    release = spec.release
    px: Json = {
        "tableid": release.id,
        "matrix": release.id,
        "language": language,
        "contents": release.title[language],
        "decimals": 0,
        "aggregallowed": False,
        "stub": list(names[:-2]),
        "heading": list(names[-2:]),
    }
    if release.next_release is not None:
        px["nextUpdate"] = release.next_release.isoformat()
    extension: Json = {"px": px, "symbols": _symbols(spec, language)}
    mandatory = len(must_know(spec, language))
    extension["noteMandatory"] = {str(i): True for i in range(mandatory)}
    if release.contact is not None:
        contact = {
            "name": release.contact.name[language],
            "mail": release.contact.email,
            "url": release.contact.url,
        }
        extension["contact"] = [{k: v for k, v in contact.items() if v}]
    if release.licence is not None:
        extension["license"] = {"name": release.licence.name, "url": release.licence.url}
    return extension


def _symbols(spec: ReleaseSpec, language: str) -> Mapping[str, str]:
    """What each text of ``status`` means."""
    say = terms(language)
    nil, absent = nil_symbol(spec), absent_symbol(spec)
    return {
        spec.protection.symbol: " ".join(legend(spec, language)),
        nil: say.nil.format(symbol=nil),
        absent: say.absent.format(symbol=absent),
    }


def _every(cells: Grid) -> Iterator[bytes]:
    """All figures in a list, ``null`` where there is none."""
    yield b"["
    last = b""
    for part in every_combination(cells, _NULL, [","] * cells.periods):
        yield last
        last = part
    yield last[:-1]
    yield b"]"


def _every_status(cells: Grid, spec: ReleaseSpec) -> Iterator[bytes]:
    """The sign of every place without a figure, by its number."""
    hidden, started = hidden_mask(cells), False
    for start, stop in blocks(cells.size, cells.periods):
        low, high = (int(n) for n in np.searchsorted(cells.place, (start, stop)))
        state = np.repeat(
            np.where(cells.margins.published(start, stop), 2, 3)[:, None], cells.periods, axis=1
        )
        state[cells.place[low:high] - start] = hidden[low:high]
        found = np.flatnonzero(state)
        part = _marks(found + start * cells.periods, state.ravel()[found] - 1, spec)
        yield part if not started else b"," + part if part else b""
        started = started or bool(part)


def _marks(places: Numbers, kinds: Numbers, spec: ReleaseSpec) -> bytes:
    """``"12":"*"`` and so on, with commas between."""
    signs = (spec.protection.symbol, nil_symbol(spec), absent_symbol(spec))
    texts = pa.array([json.dumps(s, ensure_ascii=False) for s in signs], pa.string())
    numbers = pc.cast(pa.array(places), pa.string())
    return joined('"', numbers, '":', texts.take(pa.array(kinds)), ",")[:-1]


def _listed(cells: Grid) -> Iterator[bytes]:
    """The figures by their place, only those that are shown: for cubes of which most combinations are empty."""
    yield b"{"
    places, order = _by_place(cells)
    values = cells.values.take(pa.array(order))
    shown = values.is_valid()
    numbers = pc.cast(pa.array(places).filter(shown), pa.string())
    yield joined('"', numbers, '":', pc.cast(values.filter(shown), pa.string()), ",")[:-1]
    yield b"}"


def _listed_status(cells: Grid, spec: ReleaseSpec) -> Iterator[bytes]:
    """The sign of every hidden figure; what is neither here nor among the values is in no period, or in no table."""
    places, _ = _by_place(cells)
    hidden = places[hidden_mask(cells).ravel()]
    yield _marks(hidden, np.zeros(len(hidden), dtype=np.int64), spec)


def _by_place(cells: Grid) -> tuple[Numbers, Numbers]:
    """The place of every listed figure, ascending, and its number in the column of values."""
    periods = np.arange(cells.periods)
    places = (cells.place[:, None] * cells.periods + periods).ravel()
    order = (np.arange(cells.count)[:, None] + periods * cells.count).ravel()
    return places, order
