"""PxWebApi 1, for older clients: ``/api/v1/{lang}`` and a table below it; metadata by GET, figures by POST."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prikk.dissemination.exchange import utc
from prikk.serve.api._answers import written
from prikk.serve.api._expressions import Top
from prikk.serve.api._json_stat import json_stat
from prikk.serve.api._problems import ProblemError, bad, quoted
from prikk.serve.api._query import Asked, Query, body_object, texts
from prikk.serve.api._request import (
    Table,
    Tables,
    as_json,
    asked,
    chosen_language,
    guarded,
    languages_of,
    validators,
)
from prikk.serve.api._selection import Selection, selection
from prikk.serve.api._tables import listed
from prikk.serve.api._variables import Variable

Json = dict[str, Any]
_FORMATS = {
    "px": "px",
    "json": "json-px",
    "json-stat": "",
    "json-stat2": "json-stat2",
    "csv": "csv",
    "csv2": "csv",
    "xlsx": "xlsx",
}
"""The formats of version 1, and what each is here; JSON-stat 1 is made apart."""


class V1:
    """The handlers, over the tables that they share."""

    def __init__(self, tables: Tables) -> None:
        """Answer from some tables."""
        self._tables = tables

    def routes(self) -> list[Route]:
        """All addresses below ``/api/v1``."""
        return [
            Route("/api/v1/{lang}", guarded(self.listing)),
            Route("/api/v1/{lang}/{id}", guarded(self.metadata)),
            Route("/api/v1/{lang}/{id}", guarded(self.data), methods=["POST"]),
        ]

    async def listing(self, request: Request) -> Response:
        """The tables that there are."""
        language = _language(request, languages_of(request))
        releases = request.app.state.store.catalogue().newest()
        found = listed(
            releases, {"query": asked(request).get("query", ""), "pagesize": "10000"}, language, ""
        )
        return as_json(
            [
                {"id": t["id"], "type": "t", "text": t["label"], "updated": t["updated"]}
                for t in found["tables"]
            ]
        )

    async def metadata(self, request: Request) -> Response:
        """The variables of a table."""
        found = await self._tables.get(request, request.path_params["id"])
        language = _language(request, found.dataset.facts.languages)
        axes = {axis.name: axis for axis in found.dataset.axes}
        variables = [
            {
                "code": v.name,
                "text": axes[v.name].title[language],
                "values": list(v.codes),
                "valueTexts": list(axes[v.name].labels[language]),
                **({"elimination": True} if v.total >= 0 else {}),
                **({"time": True} if v.time else {}),
            }
            for v in found.variables.axes
        ]
        content = {"title": found.dataset.facts.title[language], "variables": variables}
        return as_json(content, headers=validators(found.release, "v1", language))

    async def data(self, request: Request) -> Response:
        """Figures."""
        found = await self._tables.get(request, request.path_params["id"])
        language = _language(request, found.dataset.facts.languages)
        body = body_object(
            request.headers.get("content-type", "") or "application/json", await request.body()
        )
        wanted = selection(
            _query(body, found), found.dataset, found.variables, request.app.state.config.max_cells
        )
        response = body.get("response") or {}
        name = response.get("format", "px") if isinstance(response, dict) else None
        if not isinstance(name, str) or name not in _FORMATS:
            shown = quoted(name) if isinstance(name, str) else "of that kind"
            fix = f"The formats are {', '.join(_FORMATS)}."
            raise bad(f"There is no format {shown}.", "the body, response", fix)
        if name == "json-stat":
            return _json_stat_1(found, wanted, language)
        return await written(found, wanted, language, _FORMATS[name])


def _language(request: Request, known: tuple[str, ...]) -> str:
    wanted = request.path_params["lang"].lower()
    if wanted not in known:
        fix = f"The languages are {', '.join(known)}."
        raise ProblemError(404, f"There is no {quoted(wanted)} here.", "the address", fix)
    return chosen_language(request, known, lang=wanted)


def _query(body: Mapping[str, Any], found: Table) -> Query:
    """The selection of a body; variables that have no total and are left out have all their values."""
    items = body.get("query", [])
    if not isinstance(items, list):
        raise bad("'query' is no list.", "the body", 'Send {"query": [{"code": …, "selection": {…}}]}.')
    named: dict[str, Asked] = {}
    for number, item in enumerate(items):
        variable, wanted = _item(item, f"the body, query[{number}]", found)
        if variable.name in named:
            raise bad(f"The variable {quoted(variable.name)} is there twice.", "the body", "Name it once.")
        named[variable.name] = wanted
    for variable in found.variables.axes:
        if variable.total < 0:
            named.setdefault(variable.name, Asked(values=("*",)))
    return Query(variables=named)


def _item(item: object, where: str, found: Table) -> tuple[Variable, Asked]:
    chosen = item.get("selection") if isinstance(item, dict) else None
    if not isinstance(item, dict) or not isinstance(item.get("code"), str) or not isinstance(chosen, dict):
        raise bad(
            "An item is no selection.", where, 'Send {"code": …, "selection": {"filter": …, "values": […]}}.'
        )
    variable = found.variables.find(item["code"])
    given, filter_ = texts(chosen.get("values"), f"{where}.values"), chosen.get("filter", "item")
    if isinstance(filter_, str):
        kind, _, codelist = filter_.partition(":")
        if kind.lower() in ("vs", "agg") and codelist:
            return variable, Asked(values=given or ("*",), codelist=codelist)
        if (make := _FILTERS.get(filter_.lower())) is not None:
            return variable, Asked(values=make(given, variable, where))
    fix = f"The filters are {', '.join(_FILTERS)}, and vs: or agg: with a codelist."
    raise bad("There is no such filter.", where, fix)


def _of_items(given: tuple[str, ...], variable: Variable, where: str) -> tuple[str, ...]:
    for code in given:
        variable.place(code)
    return given


def _of_all(given: tuple[str, ...], variable: Variable, where: str) -> tuple[str, ...]:
    return given or ("*",)


def _of_top(given: tuple[str, ...], variable: Variable, where: str) -> tuple[str, ...]:
    if len(given) != 1 or not (
        given[0].isascii() and given[0].isdigit() and 0 < len(given[0]) < 10 and int(given[0])
    ):
        raise bad("'top' takes one number.", where, 'Send "values": ["3"].')
    places = Top(int(given[0])).places(variable, range(len(variable.codes)))
    return tuple(variable.codes[p] for p in places)


_FILTERS: Mapping[str, Callable[[tuple[str, ...], Variable, str], tuple[str, ...]]] = {
    "item": _of_items,
    "all": _of_all,
    "top": _of_top,
}


def _json_stat_1(found: Table, wanted: Selection, language: str) -> Response:
    """JSON-stat 1.2: what stands beside the dimensions in version 2 stands among them."""
    data = orjson.loads(json_stat(found.dataset, wanted, language))
    dimension = {**data["dimension"], "id": data["id"], "size": data["size"], "role": data["role"]}
    dataset: Json = {"dimension": dimension, "label": data["label"], "source": data.get("source", "")}
    published = found.dataset.facts.published
    dataset |= {
        "updated": utc(published) if published else None,
        "value": data["value"],
        "status": data["status"],
    }
    headers = validators(found.release, "json-stat", language, wanted.places)
    return as_json({"dataset": dataset}, headers=headers)
