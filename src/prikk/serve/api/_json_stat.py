"""JSON-stat of a part of a table, as fast as it can be made: prepared pieces, one look-up of all figures, text from C."""

from __future__ import annotations

import numpy as np
import orjson
from numpy.typing import NDArray

from prikk.dissemination import Dataset
from prikk.dissemination.exchange import ABSENT, HIDDEN, NIL
from prikk.serve.api._selection import Selection

_NUMPY = orjson.OPT_SERIALIZE_NUMPY
_NOTHING = np.int64(-999)
_MARKS = (np.int64(HIDDEN), np.int64(NIL), np.int64(ABSENT))


def json_stat(dataset: Dataset, wanted: Selection, language: str) -> bytes:
    """The dataset of a part: what ``exchange.json_stat`` writes of ``dataset.select``, with ``index`` by code.

    Entries of ``status`` are grouped by sign.
    """
    head = dataset.heads[language].written(wanted.places, wanted.placed, keyed=True)
    figures = dataset.figures.take(wanted.places).ravel()
    value = _value(figures, signless=dataset.figures.signless)
    status = _status(figures, dataset.facts.signs.each)
    return b"".join((head, b',"value":', value, b',"status":{', status, b"}}"))


def metadata(dataset: Dataset, wanted: Selection, language: str) -> bytes:
    """The same without figures."""
    head = dataset.heads[language].written(wanted.places, wanted.placed, keyed=True)
    return head + b',"value":null}'


def _value(figures: NDArray[np.int64], *, signless: bool) -> bytes:
    if signless:
        # No figure is negative, so that a number as long as null can stand for it on the way through: nothing has to be moved.
        return orjson.dumps(np.maximum(figures, _NOTHING), option=_NUMPY).replace(b"-999", b"null")
    return orjson.dumps([v if v > ABSENT else None for v in figures.tolist()])


def _status(figures: NDArray[np.int64], signs: tuple[str, ...]) -> bytes:
    """``"12":"*"`` and so on for every figure that is not shown."""
    parts = []
    for mark, sign in zip(_MARKS, signs, strict=True):
        (places,) = (figures == mark).nonzero()
        if len(places):
            text = b'":' + orjson.dumps(sign) + b',"'
            # A list of numbers becomes keys and values by exchanging its commas.
            numbers = orjson.dumps(places, option=_NUMPY)[1:-1].replace(b",", text)
            parts.append(b'"' + numbers + text[:-2])
    return b",".join(parts)
