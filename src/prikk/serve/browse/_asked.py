"""What a page of a table needs from a request: the release, its figures, what the address asks for, and how to write it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from starlette.requests import Request

from prikk.dissemination import Dataset
from prikk.serve.api._query import parameters
from prikk.serve.api._request import base_of
from prikk.serve.browse._pages import table_address
from prikk.serve.browse._reading import Reading, read
from prikk.serve.browse._writing import Writing
from prikk.serve.store import Catalogue, Release

MOST_CELLS = 20_000
"""How many cells a page may have; more can be had from the API."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """``table`` is the name by which links go on, ``id`` or ``id@version`` as it was asked; ``most`` the limit of cells."""

    request: Request
    language: str
    table: str
    release: Release
    dataset: Dataset
    reading: Reading
    most: int

    @cached_property
    def writing(self) -> Writing:
        """How the language writes the facts of the release."""
        return Writing(facts=self.release.facts, language=self.language)

    @property
    def root(self) -> str:
        """The path under which the server is served."""
        return str(self.request.scope["root_path"])

    @property
    def base(self) -> str:
        """The address of the server."""
        return base_of(self.request)

    @property
    def catalogue(self) -> Catalogue:
        """What may be shown."""
        catalogue: Catalogue = self.request.app.state.store.catalogue()
        return catalogue

    @property
    def address(self) -> str:
        """The page of the table."""
        return table_address(self.root, self.language, self.table)


def asked(request: Request, language: str, release: Release) -> Asked:
    """Read what the address asks of a release. Raises :class:`UnreadableError` where its figures cannot be read."""
    state = request.app.state
    table = release.name if "@" in request.path_params["table"] else release.id
    dataset, most = state.store.dataset(release), min(MOST_CELLS, state.config.max_cells)
    return Asked(
        request=request,
        language=language,
        table=table,
        release=release,
        dataset=dataset,
        reading=read(table, parameters(request.scope["query_string"]), dataset, most),
        most=most,
    )
