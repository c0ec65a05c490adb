"""A server of the interface alone: two releases in memory's stead of a store, read from real public folders."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
from starlette.applications import Starlette

from prikk.dissemination import Dataset, PublishedCube, cells_parquet, dataset, dataset_json, read_dataset
from prikk.serve import api
from prikk.serve.store import Catalogue, Release, Withdrawal

NOW = dt.datetime(2025, 3, 1, tzinfo=dt.UTC)


@dataclass
class Store:
    """Releases that are there, with their data sets kept once they were read."""

    releases: Sequence[Release]
    kept: dict[str, Dataset] = field(default_factory=dict)

    def catalogue(self) -> Catalogue:
        return Catalogue(self.releases, NOW)

    def dataset(self, release: Release) -> Dataset:
        if release.digest not in self.kept:
            self.kept[release.digest] = read_dataset(release.folder)
        return self.kept[release.digest]


@dataclass
class Settings:
    """What handlers look up; the rest of a configuration is the server's."""

    max_cells: int = 50_000
    max_calls: int = 300
    time_window: int = 60
    base_url: str = ""
    saved_queries: Path | None = None
    languages: tuple[str, ...] = ()
    title: str = "Test"


def release(folder: Path, cube: PublishedCube, version: str = "2025-02-20", **given: Any) -> Release:
    """Write a public folder and describe it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dataset.json").write_bytes(dataset_json(dataset(cube)))
    (folder / "cells.parquet").write_bytes(cells_parquet(cube))
    facts = dataset(cube).facts
    modified = dt.datetime(2025, 2, 20, 7, tzinfo=dt.UTC)
    found = Release(
        id=facts.id,
        version=version,
        facts=facts,
        folder=folder,
        digest=f"{facts.id}{version}",
        modified=modified,
    )
    return replace(found, **given)


def withdrawn(reason: Mapping[str, str]) -> Withdrawal:
    return Withdrawal(reason=reason, at=NOW)


@dataclass
class Client:
    """Asks an application in this process; an error that nobody answers fails the test."""

    app: Starlette

    def request(self, method: str, path: str, **given: Any) -> httpx.Response:
        async def asked() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as http:
                return await http.request(method, path, **given)

        return asyncio.run(asked())

    def get(self, path: str, **params: Any) -> httpx.Response:
        return self.request("GET", path, params=params or None)

    def post(self, path: str, json: Any, **params: Any) -> httpx.Response:
        return self.request("POST", path, json=json, params=params or None)


def client(releases: Sequence[Release], **settings: Any) -> Client:
    """A client of a server with some releases."""
    app = Starlette(routes=api.routes())
    app.state.store, app.state.config = Store(releases), Settings(**settings)
    return Client(app)
