"""JSON-stat 2.0: a dataset a language, with what clients of PxWebApi 2 look for in ``extension``.

https://json-stat.org/format/. A hidden figure is ``null`` with the public symbol in ``status``, which is sparse.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from prikk.dissemination.exchange._dataset import Dataset
from prikk.dissemination.exchange._figures import ABSENT, HIDDEN, Figures, every_combination
from prikk.dissemination.exchange._grid import Numbers, blocks, joined
from prikk.dissemination.exchange._json_head import Placement
from prikk.dissemination.exchange._signs import Signs

_NULL = Signs(hidden="null", nil="null", absent="null")


def json_stat(dataset: Dataset, language: str, placed: Placement | None = None) -> bytes:
    """The dataset in a language: its dimensions, one for the contents, and the periods last.

    Of a data set of which most combinations are empty, ``value`` and ``status`` are objects by place, and only what is listed is in
    them.
    """
    head = dataset.heads[language].written([range(len(a)) for a in dataset.axes], placed)
    found, signs = dataset.figures, dataset.facts.signs
    value, status = (_every, _every_status) if found.dense else (_listed, _listed_status)
    parts = [head, b',"value":', *value(found), b',"status":{', *status(found, signs), b"}}\n"]
    return b"".join(parts)


def _every(found: Figures) -> Iterator[bytes]:
    """All figures in a list, ``null`` where there is none."""
    yield b"["
    last = b""
    for part in every_combination(found, _NULL, [","] * found.periods):
        yield last
        last = part
    yield last[:-1]
    yield b"]"


def _every_status(found: Figures, signs: Signs) -> Iterator[bytes]:
    """The sign of every place without a figure, by its number."""
    started = False
    for start, stop in blocks(found.size, found.periods):
        marks = found.block(start, stop).ravel()
        places = np.flatnonzero(marks <= ABSENT)
        part = status_of(places + start * found.periods, marks[places] - HIDDEN, signs)
        yield part if not started else b"," + part if part else b""
        started = started or bool(part)


def status_of(places: Numbers, kinds: Numbers, signs: Signs) -> bytes:
    """``"12":"*"`` and so on, with commas between; ``kinds`` are 0 for hidden, 1 for nil and 2 for absent."""
    texts = pa.array([json.dumps(s, ensure_ascii=False) for s in signs.each], pa.string())
    numbers = pc.cast(pa.array(places), pa.string())
    return joined('"', numbers, '":', texts.take(pa.array(kinds)), ",")[:-1]


def _listed(found: Figures) -> Iterator[bytes]:
    """The figures by their place, only those that are shown: for cubes of which most combinations are empty."""
    values = found.listed.ravel()
    shown = values > ABSENT
    numbers = pc.cast(pa.array(_places(found)[shown]), pa.string())
    yield b"{"
    yield joined('"', numbers, '":', pc.cast(pa.array(values[shown]), pa.string()), ",")[:-1]
    yield b"}"


def _listed_status(found: Figures, signs: Signs) -> Iterator[bytes]:
    """The sign of every hidden figure; what is neither here nor among the values is in no period, or in no table."""
    hidden = _places(found)[found.listed.ravel() == HIDDEN]
    yield status_of(hidden, np.zeros(len(hidden), dtype=np.int64), signs)


def _places(found: Figures) -> Numbers:
    """The place of every listed figure, ascending."""
    places: Numbers = found.place[:, None] * found.periods + np.arange(found.periods)
    return places.ravel()
