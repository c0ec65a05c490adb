"""The answer with figures, however it was asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache, partial
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from prikk.serve.api._formats import FORMATS, Part, look_of
from prikk.serve.api._query import Query
from prikk.serve.api._request import Table, Whole, etag, http_date, made
from prikk.serve.api._selection import Selection, selection
from prikk.serve.api._tables import links

Json = dict[str, Any]
_FAST = "json-stat2"


async def figures(
    request: Request, table: Table, query: Query, language: str, format_: str, look: Sequence[str] = ()
) -> Response:
    """What a query asks of a table, in a format.

    Raises:
        ProblemError: The query means nothing, asks for too much, or the format does not take the parameters.
    """
    most = request.app.state.config.max_cells
    wanted = selection(query, table.dataset, table.variables, most)
    return await written(table, wanted, language, format_, look)


async def written(
    table: Table, wanted: Selection, language: str, format_: str, look: Sequence[str] = ()
) -> Response:
    """A selection of a table, in a format."""
    part = Part(dataset=table.dataset, wanted=wanted, language=language, look=look_of(format_, look))
    body = await made(partial(FORMATS[format_].write, part), wanted.cells, quick=format_ == _FAST)
    tag = etag(table.release, language, format_, tuple(look), wanted.places, wanted.placed)
    fixed = _headers(table.release.id, table.release.modified, format_)
    return Whole(body, ((b"etag", tag.encode()), *fixed))


@lru_cache(maxsize=1024)
def _headers(id_: str, modified: dt.datetime, format_: str) -> tuple[tuple[bytes, bytes], ...]:
    """The headers that all answers of a release in a format have."""
    found = FORMATS[format_]
    headers = {
        "last-modified": http_date(modified),
        "vary": "Accept, Accept-Language",
        "content-type": found.media_type,
    }
    if found.ending:
        headers["content-disposition"] = f'attachment; filename="{id_}.{found.ending}"'
    return tuple((name.encode(), value.encode()) for name, value in headers.items())


def look_in(given: dict[str, str]) -> list[str]:
    """The parameters of a format in those of an address."""
    return [p.strip() for p in given.get("outputformatparams", "").split(",") if p.strip()]


def selection_object(found: Table, wanted: Selection, language: str, base: str) -> Json:
    """A selection as clients send it, every code by name."""
    chosen = {
        v.name: [v.codes[p] for p in places]
        for v, places in zip(found.variables.axes, wanted.places, strict=True)
    }
    selected = [
        {"variableCode": v.name, "codelist": None, "valueCodes": chosen.get(v.name, list(v.codes))}
        for v in found.variables.each
    ]
    placed = wanted.placed or found.dataset.heads[language].placement
    here = f"tables/{quote(found.name)}"
    return {
        "language": language,
        "selection": selected,
        "placement": {"heading": list(placed.heading), "stub": list(placed.stub)},
        "links": links(base, here, language, ("self", "/defaultselection"), ("data", "/data")),
    }
