"""PxWebApi 2: the handlers of ``/api/v2``."""

from __future__ import annotations

from functools import partial
from importlib.metadata import version
from typing import Any

import orjson
from babel import Locale, UnknownLocaleError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prikk.serve.api import _codelists as codelists
from prikk.serve.api._answers import figures, look_in, selection_object
from prikk.serve.api._formats import DEFAULT, FORMATS, format_of
from prikk.serve.api._json_stat import metadata
from prikk.serve.api._openapi import document
from prikk.serve.api._problems import bad
from prikk.serve.api._query import Query, body_object, from_address, from_object
from prikk.serve.api._request import (
    Table,
    Tables,
    as_json,
    asked,
    base_of,
    chosen_language,
    guarded,
    header,
    languages_of,
    made,
    release_of,
    validators,
)
from prikk.serve.api._selection import Selection, default
from prikk.serve.api._tables import flag, listed, table

API_VERSION = "2.0.0"
_A_CODE = 10
"""How many figures a code takes as long as."""
Json = dict[str, Any]


class V2:
    """The handlers, over the tables that they share."""

    def __init__(self, tables: Tables) -> None:
        """Answer from some tables."""
        self._tables = tables

    def routes(self) -> list[Route]:
        """All addresses below ``/api/v2``."""
        wanted = {
            "/config": self.config,
            "/openapi.json": self.openapi,
            "/tables": self.listing,
            "/tables/{id}": self.table,
            "/tables/{id}/metadata": self.metadata,
            "/tables/{id}/defaultselection": self.default,
            "/codelists/{id}": self.codelist,
        }
        data = Route("/api/v2/tables/{id}/data", guarded(self.data), methods=["GET", "POST"])
        # The one that is asked most is tried first.
        return [data, *(Route(f"/api/v2{path}", guarded(handler)) for path, handler in wanted.items())]

    async def config(self, request: Request) -> Response:
        """What the server is and how much may be asked of it."""
        config, languages = request.app.state.config, languages_of(request)
        releases = request.app.state.store.catalogue().newest()
        licences = dict.fromkeys(r.facts.licence.name for r in releases if r.facts.licence is not None)
        return as_json(
            {
                "apiVersion": API_VERSION,
                "appVersion": version("prikk"),
                "title": config.title,
                "languages": [{"id": x, "label": _language_name(x)} for x in languages],
                "defaultLanguage": languages[0],
                "maxDataCells": config.max_cells,
                "maxCallsPerTimeWindow": config.max_calls,
                "timeWindow": config.time_window,
                "license": " / ".join(licences),
                "sourceReferences": [],
                "defaultDataFormat": DEFAULT,
                "dataFormats": list(FORMATS),
                "features": [],
            }
        )

    async def openapi(self, request: Request) -> Response:
        """This interface as an OpenAPI document."""
        return as_json(document(base_of(request), request.app.state.config.title))

    async def listing(self, request: Request) -> Response:
        """The tables that there are."""
        language = chosen_language(request, languages_of(request))
        releases = request.app.state.store.catalogue().newest()
        return as_json(listed(releases, asked(request), language, base_of(request)))

    async def table(self, request: Request) -> Response:
        """What one table is."""
        name = request.path_params["id"]
        release = release_of(request, name)
        language = chosen_language(request, release.facts.languages)
        shown = release.name if "@" in name else release.id
        content = table(release, shown, language, base_of(request))
        return as_json(
            {"language": language, **content},
            headers=validators(release, "table", language, base_of(request)),
        )

    async def metadata(self, request: Request) -> Response:
        """All variables and values of a table."""
        found, language = await self._asked(request)
        given = asked(request)
        if (asked_format := given.get("outputformat", DEFAULT).lower()) not in (DEFAULT, "json"):
            fix = f"Leave it out, or write {DEFAULT}."
            raise bad(f"Metadata are not written as '{asked_format[:20]}'.", "outputFormat", fix)
        if flag(given, "defaultselection"):
            wanted = default(found.dataset, found.variables, request.app.state.config.max_cells)
        else:
            wanted = Selection(places=_in_codelists(found, from_address(given)))
        base = base_of(request)
        make = partial(_metadata, found, wanted, language, base)
        content = await made(make, sum(map(len, wanted.places)) * _A_CODE, quick=True)
        headers = validators(found.release, "metadata", language, wanted.places, base, found.name)
        headers["Vary"] = "Accept-Language"
        return Response(content, headers=headers, media_type="application/json")

    async def default(self, request: Request) -> Response:
        """What is sent when nothing is chosen."""
        found, language = await self._asked(request)
        wanted = default(found.dataset, found.variables, request.app.state.config.max_cells)
        return as_json(selection_object(found, wanted, language, base_of(request)))

    async def data(self, request: Request) -> Response:
        """Figures."""
        found, language = await self._asked(request)
        given = asked(request)
        if request.method == "POST":
            query = from_object(body_object(request.headers.get("content-type", ""), await request.body()))
        else:
            query = from_address(given)
        format_ = format_of(given.get("outputformat", ""), header(request, b"accept"))
        return await figures(request, found, query, language, format_, look_in(given))

    async def codelist(self, request: Request) -> Response:
        """A codelist with its values."""
        id_ = request.path_params["id"]
        found, variable, level = await self._codelist(request, id_)
        language = chosen_language(request, found.dataset.facts.languages)
        content = codelists.codelist(found.name, found.dataset, variable, level, language, base_of(request))
        return as_json(content)

    async def _codelist(self, request: Request, id_: str) -> tuple[Table, Any, str]:
        catalogue = request.app.state.store.catalogue()
        name, _, rest = id_.partition("__")
        if catalogue.find(name) is None:
            # Without the table: fine where only one table has such a variable.
            of_variable = [
                r.id for r in catalogue.newest() if name in r.facts.variables and r.withdrawn is None
            ]
            if len(of_variable) != 1:
                raise codelists.unknown(id_)
            name, rest = of_variable[0], id_
        found = await self._tables.get(request, name)
        variable_name, _, level = rest.rpartition("__")
        variable = next(
            (v for v in found.variables.axes if v.name.casefold() == variable_name.casefold()), None
        )
        known = {x.casefold(): x for x in variable.levels} if variable is not None else {}
        if variable is None or level.casefold() not in known:
            raise codelists.unknown(id_)
        return found, variable, known[level.casefold()]

    async def _asked(self, request: Request) -> tuple[Table, str]:
        """The table of a request, and the language of its answer."""
        found = await self._tables.get(request, request.path_params["id"])
        return found, chosen_language(request, found.dataset.facts.languages)


def _in_codelists(found: Table, query: Query) -> tuple[Any, ...]:
    """All values of each axis, or those of the codelist that is asked for."""
    lists = {found.variables.find(name).number: asked.codelist for name, asked in query.variables.items()}
    return tuple(
        v.level(lists[v.number]) if lists.get(v.number) else range(len(v.codes)) for v in found.variables.axes
    )


def _metadata(found: Table, wanted: Selection, language: str, base: str) -> bytes:
    """The metadata with the codelists of each variable."""
    data = orjson.loads(metadata(found.dataset, wanted, language))
    for variable in found.variables.axes:
        axis = found.dataset.axes[variable.number]
        extension = data["dimension"][variable.name].setdefault("extension", {"elimination": False})
        extension["codelists"] = codelists.information(found.name, variable, axis, language, base)
        extension["codeLists"] = extension["codelists"]
        extension["show"] = "value"
    return orjson.dumps(data)


def _language_name(language: str) -> str:
    try:
        name = Locale.parse(language).get_display_name() or language
    except (UnknownLocaleError, ValueError):
        return language
    return name[:1].upper() + name[1:]
