"""The one layer around all routes: limits, identity, time, errors and counts in a single pass.

Starlette's own layers are left out: each would wrap every message of every answer again.
"""

from __future__ import annotations

import itertools
import secrets
import time
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import BaseRoute

from prikk.serve._config import Config
from prikk.serve.operation._answer import Answer, FinishedError, Send
from prikk.serve.operation._kept import Answers
from prikk.serve.operation._log import RequestLog
from prikk.serve.operation._metrics import Metrics
from prikk.serve.operation._problems import language_of, page, problem
from prikk.serve.operation._refusals import METHODS, Gate, bounded
from prikk.serve.operation._table import RouteTable
from prikk.serve.store import Store, UnreadableError

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]

_OPEN = frozenset({"api", "catalog.jsonld", "catalog.ttl", "feeds", "releases"})
"""The first parts of paths that pages of other sites may read."""
_MACHINE = frozenset({*_OPEN, "healthz", "metrics", "readyz"} - {"releases"})
"""Those where errors are problem details; elsewhere whoever asks for a page gets one."""
_NO_ROUTE = "(none)"
_READ = frozenset({"GET", "HEAD"})
_PREFLIGHT = [
    (b"access-control-allow-methods", b"GET, HEAD, POST, OPTIONS"),
    (
        b"access-control-allow-headers",
        b"Accept, Accept-Language, Content-Type, If-None-Match, If-Modified-Since",
    ),
    (b"access-control-max-age", b"86400"),
    (b"allow", b"GET, HEAD, POST, OPTIONS"),
    (b"content-length", b"0"),
]


class Shell:
    """The application that the server runs: ``app`` holds the state and the lifespan, ``routes`` the answers."""

    def __init__(
        self,
        app: Starlette,
        routes: Sequence[BaseRoute],
        store: Store,
        config: Config,
        error_page: Callable[[int, str, str, str, str], tuple[bytes, bytes]] = page,
    ) -> None:
        """Sort the routes; ``error_page`` makes what people see of an error (see :func:`page`)."""
        self._app, self._store, self._root = app, store, config.root_path
        self._page = error_page
        self._table = RouteTable(routes)
        self._gate, self._answers = Gate(config), Answers(config.answer_bytes)
        self._keeps = config.answer_bytes > 0
        self.metrics, self.log = Metrics(), RequestLog(config.log)
        self._run, self._number = secrets.token_hex(5), itertools.count(1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; anything else is the lifespan's."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start = time.perf_counter()
        asked, method = dict(scope["headers"]), scope["method"]
        first = _first(scope["path"][len(self._root) :] if self._root else scope["path"])
        id_ = f"{self._run}{next(self._number):08x}"
        scope["app"], scope["request_id"] = self._app, id_
        keep = None
        if self._keeps and method in _READ and b"range" not in asked:
            keep = (self._answers, _key(scope, asked), self._store.catalogue())
        open_ = (2 if b"origin" in asked else 1) if first in _OPEN else 0
        answer = Answer(scope, send, asked, id_.encode(), open_, keep)
        try:
            self._gate.check(scope, asked, first)
            kept = self._answers.get(keep[1], keep[2]) if keep is not None else None
            if kept is not None:
                scope["route"] = kept
                self.metrics.kept()
                await answer.kept(kept)
            elif method == "OPTIONS":
                await answer.whole(204, list(_PREFLIGHT), b"")
            else:
                if method == "POST":
                    receive = bounded(receive, self._gate.most(first))
                await self._table.answer(first, scope, receive, answer)
        except FinishedError:
            pass
        except ClientDisconnect:
            answer.status = answer.status or 499
        except Exception as error:
            await self._failed(error, scope, answer, first, asked)
        self._count(scope, answer, time.perf_counter() - start)

    def _count(self, scope: Scope, answer: Answer, seconds: float) -> None:
        """Count and log an answer by the template of its path."""
        route = scope.get("route")
        path = _NO_ROUTE if route is None else route.path
        method = scope["method"] if scope["method"] in METHODS else "OTHER"
        self.metrics.answered(path, method, answer.status, seconds, answer.size)
        self.log.request(scope["request_id"], method, path, answer.status, seconds * 1000, answer.size)

    async def _failed(
        self, error: Exception, scope: Scope, answer: Answer, first: str, asked: dict[bytes, bytes]
    ) -> None:
        """Say what went wrong; of what nobody expected only that it did."""
        status, detail, headers = 500, "", dict[str, str]()
        if isinstance(error, HTTPException):
            status, detail, headers = error.status_code, error.detail, dict(error.headers or {})
        elif isinstance(error, UnreadableError):
            status, detail = 503, "The figures of this release cannot be read at the moment."
            headers["Retry-After"] = "10"
        if status >= 500:
            route = getattr(scope.get("route"), "path", _NO_ROUTE)
            self.log.fault(scope["request_id"], route, error)
        if answer.begun:
            return  # the server sees that the answer is not whole, and closes the connection
        id_ = scope["request_id"]
        people = first not in _MACHINE and b"text/html" in asked.get(b"accept", b"")
        language = language_of(asked.get(b"accept-language", b""))
        body, kind = (
            self._page(status, detail, language, self._root, id_) if people else problem(status, detail, id_)
        )
        raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
        raw += [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
        raw.append((b"cache-control", b"no-store"))
        await answer.whole(status, raw, body)


def _first(path: str) -> str:
    """The first part of a path.

    >>> _first("/api/v2/tables")
    'api'
    """
    return path[1:].partition("/")[0]


def _key(scope: Scope, asked: dict[bytes, bytes]) -> tuple[Any, ...]:
    """All that an answer may depend on."""
    return (
        scope["raw_path"],
        scope["query_string"],
        asked.get(b"host"),
        scope["scheme"],
        asked.get(b"accept"),
        asked.get(b"accept-language"),
        asked.get(b"accept-encoding"),
        b"origin" in asked,
    )
