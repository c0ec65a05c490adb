"""A small release in a store, altered copies of it, and a real server over them, for tests."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from prikk.pipeline import build
from prikk.register import EngineSettings
from prikk.steps import Silent
from support import SPEC, edited, project

MOMENT = "2024-03-01T08:00:00+01:00"
SERVED = edited(
    SPEC,
    (
        'id = "toy"',
        f'id = "toy"\npublished = {MOMENT}\nnext = 2099-04-01\n'
        'formats = ["csv", "parquet", "html", "px", "json-stat", "dcat"]\n'
        'publisher = { en = "Office; of, statistics" }',
    ),
)


def built(folder: Path, spec: str = SERVED) -> Path:
    """Build the toy release; gives the folder with ``public`` and ``internal``."""
    path = project(folder / "project", spec=spec)
    settings = EngineSettings(memory_limit=None, threads=1)
    build(path, folder / "out", settings=settings, steps=Silent())
    return folder / "out"


def put(store: Path, out: Path, place: str, **changes: Any) -> Path:
    """Copy the public folder of a release to ``store/place/public`` and change keys of what it says (None: taken out).

    ``id`` and ``published`` are changed in both of its files.
    """
    public = store / place / "public"
    shutil.copytree(out / "public", public)
    manifest, document = _json(public / "manifest.json"), _json(public / "dataset.json")
    for key, value in changes.items():
        for content, name in ((manifest, {"id": "release"}.get(key, key)), (document["facts"], key)):
            if value is None and content is manifest:
                content.pop(name, None)
            else:
                content[name] = value
    (public / "dataset.json").write_text(json.dumps(document), encoding="utf-8")
    (public / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return store / place


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


class Running:
    """A server process: where it is, what it said, and what it logged."""

    def __init__(self, process: subprocess.Popen[str], address: str, said: list[str]) -> None:
        self.process, self.address, self.said = process, address, said
        self.errors: list[str] = []
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        self.errors.extend(self.process.stderr)

    def logged(self) -> list[dict[str, Any]]:
        """The lines of the log so far."""
        return [json.loads(line) for line in list(self.errors)]

    def get(self, path: str, **headers: str) -> httpx.Response:
        """Ask once, on a connection of its own."""
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return httpx.get(self.address + path, headers=names, timeout=20)


@contextlib.contextmanager
def running(store: Path, *options: str, program: list[str] | None = None) -> Iterator[Running]:
    """Run ``prikk serve`` on a free port until the block ends."""
    start = program or [sys.executable, "-m", "prikk.cli"]
    command = [*start, "serve", str(store), "--port", "0", "--set", "poll_seconds=0.1", *options]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    said: list[str] = []
    try:
        assert process.stdout is not None
        for line in process.stdout:
            said.append(line.rstrip())
            if found := re.search(r"for people +(http://\S+?)/$", line.strip()):
                break
        else:
            raise AssertionError(process.stderr.read() if process.stderr else "")
        server = Running(process, found[1], said)
        eventually(lambda: server.get("/readyz").status_code == 200)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=30)
        for stream in (process.stdout, process.stderr):
            if stream is not None and stream is process.stdout:
                stream.close()
        with contextlib.suppress(UnboundLocalError):
            server.reader.join(timeout=10)
        if process.stderr is not None:
            process.stderr.close()


def eventually(true: Any, tries: int = 400) -> None:
    """Wait until something is so; an error of the connection is not so."""
    for _ in range(tries):
        with contextlib.suppress(httpx.TransportError):
            if true():
                return
        time.sleep(0.05)
    raise AssertionError("it never came true")


def asked(app: Any, method: str, url: str, **options: Any) -> httpx.Response:
    """Ask an application in this process."""

    async def once() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://host") as client:
            return await client.request(method, url, timeout=90, **options)

    return asyncio.run(once())
