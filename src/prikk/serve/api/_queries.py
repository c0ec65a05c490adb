"""The saved queries of PxWebApi 2: kept, shown, and run."""

from __future__ import annotations

from typing import Any

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prikk.serve.api import _saved as saving
from prikk.serve.api._answers import figures, look_in, selection_object
from prikk.serve.api._formats import DEFAULT, format_of, look_of
from prikk.serve.api._problems import bad
from prikk.serve.api._query import body_object, from_object, texts
from prikk.serve.api._request import Tables, as_json, asked, base_of, bodied, chosen_language, guarded
from prikk.serve.api._selection import selection
from prikk.serve.api._tables import link

Json = dict[str, Any]
_HERE = "/api/v2/savedqueries"


class SavedQueries:
    """The handlers, over the tables that they share."""

    def __init__(self, tables: Tables) -> None:
        """Answer from some tables."""
        self._tables = tables

    def routes(self) -> list[Route]:
        """All addresses below ``/api/v2/savedqueries``."""
        return [
            Route(_HERE, guarded(self.save), methods=["POST"]),
            Route(f"{_HERE}/{{id}}", guarded(self.saved)),
            Route(f"{_HERE}/{{id}}/data", guarded(self.saved_data)),
            Route(f"{_HERE}/{{id}}/selection", guarded(self.saved_selection)),
        ]

    async def save(self, request: Request) -> Response:
        """Keep a query."""
        body = body_object(request.headers.get("content-type", ""), await request.body())
        found = await self._tables.get(request, bodied(body, "tableId"))
        language = chosen_language(request, found.dataset.facts.languages, lang=bodied(body, "language"))
        inner = body.get("selection")
        if not isinstance(inner, dict):
            raise bad(
                "'selection' is no object.",
                "the body",
                'Send "selection": {"selection": [], "placement": {}}.',
            )
        selection(from_object(inner), found.dataset, found.variables, request.app.state.config.max_cells)
        given_format = body.get("outputFormat") or DEFAULT
        format_ = format_of(given_format if isinstance(given_format, str) else "?", "")
        look = texts(body.get("outputFormatParams"), "the body, outputFormatParams")
        look_of(format_, look)
        query = {
            "tableId": found.name,
            "language": language,
            "selection": {k: inner[k] for k in ("selection", "placement") if inner.get(k) is not None},
            "outputFormat": format_,
            "outputFormatParams": list(look),
        }
        id_ = await anyio.to_thread.run_sync(saving.save, request.app.state.config.saved_queries, query)
        base = base_of(request)
        location = {"Location": f"{base}/api/v2/savedqueries/{id_}", "Cache-Control": "no-store"}
        return as_json(_saved_object(id_, query, base), 201, location)

    async def saved(self, request: Request) -> Response:
        """A query that was kept."""
        id_, query = await self._saved(request)
        return as_json(_saved_object(id_, query, base_of(request)))

    async def saved_data(self, request: Request) -> Response:
        """The figures of a query that was kept, as they are now."""
        _, query = await self._saved(request)
        found = await self._tables.get(request, query["tableId"])
        given = asked(request)
        language = chosen_language(
            request, found.dataset.facts.languages, lang=given.get("lang") or query["language"]
        )
        format_ = format_of(given.get("outputformat") or query["outputFormat"], "")
        # Parameters that were kept go with the format that was kept.
        look = look_in(given) or (query["outputFormatParams"] if format_ == query["outputFormat"] else ())
        return await figures(request, found, from_object(query["selection"]), language, format_, look)

    async def saved_selection(self, request: Request) -> Response:
        """The values that a query that was kept chooses now."""
        _, query = await self._saved(request)
        found = await self._tables.get(request, query["tableId"])
        language = chosen_language(
            request, found.dataset.facts.languages, lang=asked(request).get("lang") or query["language"]
        )
        most = request.app.state.config.max_cells
        wanted = selection(from_object(query["selection"]), found.dataset, found.variables, most)
        return as_json(selection_object(found, wanted, language, base_of(request)))

    async def _saved(self, request: Request) -> tuple[str, Json]:
        id_ = request.path_params["id"]
        return id_, await anyio.to_thread.run_sync(saving.saved, request.app.state.config.saved_queries, id_)


def _saved_object(id_: str, query: Json, base: str) -> Json:
    language, here = query["language"], f"{base}/api/v2/savedqueries/{id_}"
    rels = {"self": here, "data": f"{here}/data", "selection": f"{here}/selection"}
    return {
        "id": id_,
        "language": language,
        "savedQuery": {"id": id_, **query},
        "links": [link(rel, language, href) for rel, href in rels.items()],
    }
