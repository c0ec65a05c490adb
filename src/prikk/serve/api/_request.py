"""What every answer needs from a request: the language, the release, its data set; and how answers are dressed."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from functools import lru_cache, wraps
from importlib.metadata import version
from typing import Any
from weakref import WeakKeyDictionary, WeakValueDictionary

import anyio.to_thread
import orjson
from starlette.requests import Request
from starlette.responses import Response

from prikk.dissemination import Dataset
from prikk.errors import ReadingError
from prikk.serve.api._problems import ProblemError, bad, nearest, quoted
from prikk.serve.api._query import parameters
from prikk.serve.api._variables import Variables, variables_of
from prikk.serve.store import Release, Store, UnreadableError

Handler = Callable[[Request], Awaitable[Response]]
_VERSION = version("prikk")
_ASKED = "prikk.api.asked"
_IN_LOOP = 20_000
"""Figures up to which JSON-stat is made at once; more are made beside the loop, so that others are answered meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table that is asked for: under what name, which release, what is in it."""

    name: str
    release: Release
    dataset: Dataset
    variables: Variables


class Tables:
    """Gives tables to handlers, and keeps what queries need of a data set for as long as that is kept."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._variables: WeakKeyDictionary[Dataset, Variables] = WeakKeyDictionary()
        self._loaded: WeakValueDictionary[str, Dataset] = WeakValueDictionary()

    async def get(self, request: Request, name: str) -> Table:
        """The table of a name; reads its figures beside the loop when they are not at hand.

        Raises:
            ProblemError: 404 where it is unknown, 410 where it was withdrawn, 503 where its files cannot be read.
        """
        release = release_of(request, name)
        store = request.app.state.store
        try:
            if release.digest in self._loaded:
                dataset = store.dataset(release)
            else:
                dataset = await anyio.to_thread.run_sync(_ready, store, release)
                self._loaded[release.digest] = dataset
        except (UnreadableError, ReadingError) as error:
            fix = "Try again later; whoever runs this server finds the reason in its log."
            raise ProblemError(503, "The figures of this table cannot be read.", quoted(name), fix) from error
        variables = self._variables.get(dataset)
        if variables is None:
            variables = self._variables[dataset] = variables_of(dataset)
        shown = release.name if "@" in name else release.id
        return Table(name=shown, release=release, dataset=dataset, variables=variables)


def _ready(store: Store, release: Release) -> Dataset:
    """Read a data set, and make what its first answer needs, which takes as long for a large one."""
    dataset = store.dataset(release)
    dataset.figures.take([range(1)] * len(dataset.axes))
    _ = dataset.heads
    return dataset


def release_of(request: Request, name: str) -> Release:
    """The release of a name that may be shown; a problem when it is unknown or withdrawn."""
    catalogue = request.app.state.store.catalogue()
    found: Release | None = catalogue.find(name)
    if found is None:
        known = nearest(name, (r.id for r in catalogue.newest()))
        raise ProblemError(
            404, f"There is no table {quoted(name)}.", "the address", f"See /api/v2/tables.{known}"
        )
    if found.withdrawn is not None:
        reason = found.withdrawn.reason
        wanted = chosen_language(request, found.facts.languages, strict=False)
        told = reason.get(wanted) or next(iter(reason.values()), "")
        raise ProblemError(410, "This table was withdrawn.", quoted(name), told)
    return found


def asked(request: Request) -> dict[str, str]:
    """The parameters of a request, from its address as it was sent."""
    found: dict[str, str] | None = request.scope.get(_ASKED)
    if found is None:
        found = request.scope[_ASKED] = parameters(request.scope["query_string"])
    return found


def chosen_language(request: Request, known: Sequence[str], *, strict: bool = True, lang: str = "") -> str:
    """The language of an answer: that of ``lang``, else the first of ``Accept-Language`` that there is, else the main one."""
    wanted = (lang or asked(request).get("lang", "")).lower()
    if wanted in known:
        return wanted
    if wanted and strict:
        raise bad(f"There is no {quoted(wanted)} here.", "lang", f"The languages are {', '.join(known)}.")
    return _accepted(header(request, b"accept-language"), tuple(known))


@lru_cache(maxsize=256)
def _accepted(header: str, known: tuple[str, ...]) -> str:
    for item in header.lower().split(","):
        code = item.partition(";")[0].strip().partition("-")[0]
        code = "nb" if code == "no" and "no" not in known else code
        if code in known:
            return code
    return known[0]


def base_of(request: Request) -> str:
    """The address of the server without a slash at its end: as configured, else as it was asked."""
    base: str = request.app.state.config.base_url
    return base.rstrip("/") or str(request.base_url).rstrip("/")


def languages_of(request: Request) -> tuple[str, ...]:
    """The languages of the server: as configured, else all that its tables have, those of the first table first."""
    configured: tuple[str, ...] = request.app.state.config.languages
    if configured:
        return configured
    found = dict.fromkeys(x for r in request.app.state.store.catalogue().newest() for x in r.facts.languages)
    return tuple(found) or ("en",)


def as_json(content: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """An answer in JSON, by language."""
    return Response(
        orjson.dumps(content),
        status,
        {"Vary": "Accept-Language", **(headers or {})},
        media_type="application/json",
    )


def validators(release: Release, *asked_for: object) -> dict[str, str]:
    """The headers by which a client knows an answer again: of a release, for what was asked of it."""
    return {"ETag": etag(release, *asked_for), "Last-Modified": http_date(release.modified)}


def etag(release: Release, *asked_for: object) -> str:
    """The ETag alone."""
    digest = hashlib.blake2b(repr((_VERSION, release.digest, asked_for)).encode(), digest_size=12)
    return f'"{digest.hexdigest()}"'


@lru_cache(maxsize=4096)
def http_date(moment: dt.datetime) -> str:
    """A moment as headers tell it."""
    return format_datetime(moment.astimezone(dt.UTC), usegmt=True)


def header(request: Request, name: bytes) -> str:
    """A header of a request, the first of that name; empty when there is none."""
    for known, value in request.scope["headers"]:
        if known == name:
            return str(value, "latin-1")
    return ""


class Whole(Response):
    """A body with its headers as they are sent: Starlette's own way to them takes as long as a small answer does."""

    def __init__(self, body: bytes, headers: Sequence[tuple[bytes, bytes]]) -> None:
        """``headers`` in small letters, all but the length."""
        self.status_code, self.body, self.background = 200, body, None
        self.raw_headers = [*headers, (b"content-length", b"%d" % len(body))]


async def made(make: Callable[[], bytes], cells: int, *, quick: bool) -> bytes:
    """Make a body: at once when that is quick, else beside the loop."""
    return make() if quick and cells <= _IN_LOOP else await anyio.to_thread.run_sync(make)


def guarded(handler: Handler) -> Handler:
    """Answer problems as problems."""

    @wraps(handler)
    async def answered(request: Request) -> Response:
        try:
            return await handler(request)
        except ProblemError as problem:
            return problem.response()

    return answered


def bodied(found: Mapping[str, Any], name: str) -> str:
    """A text that an object in a body must have."""
    text = found.get(name)
    if not isinstance(text, str) or not text:
        raise bad(f"'{name}' is missing, or no text.", "the body", f"Send it with {name}.")
    return text
