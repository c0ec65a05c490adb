"""SDMX-JSON 2.0: the data of a release with all that is needed to read them, in all languages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from prikk.dissemination._cube import PublishedCube
from prikk.dissemination.exchange._grid import Grid, blocks, grid, joined
from prikk.dissemination.exchange._json_head import utc
from prikk.dissemination.exchange._remarks import good_to_know, must_know
from prikk.dissemination.exchange._sdmx_data import Part, secrecies, statuses
from prikk.dissemination.exchange._sdmx_model import Coded, Model, model, prepared
from prikk.dissemination.exchange._sdmx_words import name_of
from prikk.spec import Text

Json = dict[str, Any]
_SCHEMA = (
    "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/data-message/tools/schemas/2.0.0/"
    "sdmx-json-data-schema.json"
)


def sdmx_json(cube: PublishedCube) -> bytes:
    """The data message of a cube: a series a cell, each figure with the places of its status and its confidentiality."""
    made = model(cube)
    cells = grid(cube, made.axes)
    data_set = {"structure": 0, "action": "Information", "links": _links(made)}
    head = {"meta": _meta(made), "data": {"structures": [_structure(made)], "dataSets": [data_set]}}
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":"))
    ending = "}]}}"
    return b"".join(
        [
            text[: -len(ending)].encode(),
            b',"series":{',
            *_series(cube, made, cells),
            b"}",
            ending.encode(),
            b"\n",
        ]
    )


def _meta(made: Model) -> Json:
    release = made.spec.release
    sender: Json = {"id": made.agency}
    if release.publisher:
        sender |= _named(release.publisher)
    return {
        "schema": _SCHEMA,
        "id": made.id,
        "test": False,
        "prepared": utc(prepared(made.spec)),
        "contentLanguages": list(release.languages),
        "sender": sender,
    }


def _links(made: Model) -> list[Json]:
    return [{"urn": made.dataflow_urn, "rel": "dataflow"}]


def _structure(made: Model) -> Json:
    release = made.spec.release
    languages, series = release.languages, made.dimensions
    time = {
        "id": "TIME_PERIOD",
        **_named(made.time.title),
        "keyPosition": len(series),
        "roles": ["TIME_PERIOD"],
        "values": [{"value": code} for code in made.time.codes],
    }
    measure = {"id": "OBS_VALUE", **_named(name_of("OBS_VALUE", languages)), "format": {"dataType": "Long"}}
    notes = {x: "\n".join((*must_know(made.spec, x), *good_to_know(made.spec, x))) for x in languages}
    return {
        "links": _links(made),
        **_named(release.title),
        "dataSets": [0],
        "dimensions": {
            "dataSet": [],
            "series": [{**_coded(c), "keyPosition": i} for i, c in enumerate(series)],
            "observation": [time],
        },
        "measures": {"observation": [measure]},
        "attributes": {
            "dataSet": [],
            "series": [],
            "observation": [{**_coded(c), "relationship": {"observation": {}}} for c in made.attributes],
        },
        "annotations": [{"type": "NOTE", "text": notes[languages[0]], "texts": notes}],
    }


def _named(text: Text) -> Json:
    """A name in the main language, and in all."""
    return {"name": next(iter(text.values())), "names": dict(text)}


def _coded(coded: Coded) -> Json:
    values = []
    for code, name, parent in zip(coded.codes, coded.names, coded.parents, strict=True):
        value: Json = {"id": code, **_named(name)}
        if parent >= 0:
            value["parent"] = coded.codes[parent]
        values.append(value)
    return {"id": coded.id, **_named(coded.name), "values": values}


def _series(cube: PublishedCube, made: Model, cells: Grid) -> Iterator[bytes]:
    numbers = [pa.array([f":{i}" for i in range(len(axis))], pa.string()) for axis in made.axes]
    ends = pa.array([f",{i},{c}]" for i, c in enumerate(secrecies())], pa.string())
    for low, high in blocks(cells.count, cells.periods):
        # Nothing stands before the first series of the file, and a comma before every other.
        commas = pa.array(["" if low == 0 else ","] + [","] * (high - low - 1), pa.string())
        parts: list[Part] = [commas, '"0']
        parts += [n.take(pa.array(c[low:high])) for n, c in zip(numbers, cells.codes, strict=True)]
        parts.append('":{"observations":{')
        for period in range(cells.periods):
            status = statuses(cube, made, cells, period)[low:high]
            head = f'"{period}":[' if period == 0 else f',"{period}":['
            parts += [head, cells.shown(period, low, high, "null"), ends.take(pa.array(status))]
        yield joined(*parts, "}}")
