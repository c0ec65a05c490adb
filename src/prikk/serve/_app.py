"""The application, and the processes that run it."""

from __future__ import annotations

import contextlib
import logging.config
import os
import signal
import socket
import sys
import tempfile
import types
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute
from uvicorn.supervisors import Multiprocess

from prikk.errors import EnvironmentFault, Finding
from prikk.serve import _files, api, browse, feeds, operation, upload
from prikk.serve._config import Config
from prikk.serve.store import Store

_Parts = tuple[Callable[[], list[Any]], ...]


def create_app(config: Config, store: Store | None = None) -> operation.Shell:
    """Make the application of one process: it scans the folder now, unless given a store, and watches it while it runs."""
    store = store or Store(config.folder, cache_bytes=config.cache_bytes)

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        store.watch(config.poll_seconds)
        try:
            yield
        finally:
            store.close()
            shell.log.flush()

    app = Starlette(lifespan=lifespan)
    app.state.store, app.state.config = store, config
    shell = operation.Shell(app, _routes(config), store, config, browse.error_page)
    app.state.metrics = shell.metrics
    return shell


def _routes(config: Config) -> list[BaseRoute]:
    """The routes of all parts; the pages come last, for they take every address that nothing else took."""
    parts: _Parts = (api.routes, operation.routes, feeds.routes, _files.routes)
    if config.audit:
        parts = (*parts, upload.routes)
    return [route for part in (*parts, browse.routes) for route in part()]


def run(config: Config, ready: Callable[[str, Store], None] | None = None) -> None:
    """Serve until the process is told to stop (SIGTERM, SIGINT): answers that have begun are finished first.

    ``ready`` is told the address once it is bound, and what is served. Raises :class:`EnvironmentFault` when it cannot be bound.
    """
    with _bound(config) as listener, _stopped_quietly():
        logging.config.dictConfig(operation.log_config(config.log))
        store = Store(config.folder, cache_bytes=config.cache_bytes)
        if ready is not None:
            ready(_address(config, listener), store)
        if config.workers == 1:
            uvicorn.Server(_uvicorn(config, store)).run(sockets=[listener])
        else:
            del store  # each worker has its own
            _run_workers(config, listener)


def _run_workers(config: Config, listener: socket.socket) -> None:
    """Keep several processes at one socket; one that dies is replaced."""
    with tempfile.TemporaryDirectory(prefix="prikk-serve-") as folder:
        shared = Path(folder)
        operation.shared_table(shared / "calls")
        (shared / "metrics").mkdir()
        os.environ[operation.SHARED] = str(shared / "metrics")
        with _no_main():
            Multiprocess(_uvicorn(replace(config, shared=shared), None), sockets=[listener]).run()


def _uvicorn(config: Config, store: Store | None) -> uvicorn.Config:
    return uvicorn.Config(
        partial(create_app, config, store),
        factory=True,
        host=config.host,
        port=config.port,
        workers=config.workers,
        loop="auto",
        http="httptools",
        ws="none",
        lifespan="on",
        log_config=operation.log_config(config.log),
        access_log=False,
        server_header=False,
        proxy_headers=bool(config.forwarded_allow_ips),
        forwarded_allow_ips=list(config.forwarded_allow_ips),
        root_path=config.root_path,
        timeout_graceful_shutdown=config.shutdown_seconds,
        timeout_worker_healthcheck=30,
        timeout_keep_alive=30,
    )


def _bound(config: Config) -> socket.socket:
    """A socket that listens already when the workers start, so that no early caller is turned away."""
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((config.host, config.port))
    except OSError as error:
        listener.close()
        where = f"{config.host}:{config.port}"
        what = f"the address cannot be used: {error.strerror or error}."
        fix = "Stop what is there, or choose another with --host and --port."
        raise EnvironmentFault(Finding(code="address", what=what, where=where, fix=fix)) from error
    listener.set_inheritable(True)
    listener.listen(2048)
    return listener


def _address(config: Config, listener: socket.socket) -> str:
    port = listener.getsockname()[1]
    host = f"[{config.host}]" if ":" in config.host else config.host
    return f"http://{host}:{port}{config.root_path}"


@contextlib.contextmanager
def _stopped_quietly() -> Iterator[None]:
    """Let the process end in order: the server raises the signals that stopped it once more when it is done."""
    before = {s: signal.signal(s, lambda *_: None) for s in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def _no_main() -> Iterator[None]:
    """Hide the main module: a spawned worker would import it, and all that the command line needs."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
