"""The server: start and memory with a thousand releases, requests a second beside a bare endpoint, and times at a fixed rate.

The bare endpoint is starlette's own, on the same uvicorn, and gives the same bytes from memory. Both servers run during the whole
benchmark, are asked in turn, and the medians are compared. Load comes from ``wrk`` where it is installed, else from a generator of
ours on raw sockets, which is slower than either server and so flatters the slower one.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import combinations, cycle
from pathlib import Path
from random import Random
from typing import Any
from urllib.request import Request, urlopen

from benchmarks.formats import SEED, large_cube
from prikk.dissemination import cells_parquet, dataset, dataset_json

RELEASES = int(os.environ.get("PRIKK_BENCH_RELEASES", "1000"))
CELLS = 10_000
ROUNDS = int(os.environ.get("PRIKK_BENCH_ROUNDS", "5"))
SECONDS = 3
CONNECTIONS = 16
RATE = 200
DIFFERENT = 3000
_FREE = ("--port", "0", "--log", "json", "--max-calls", "0")
_LUA = """
local paths, i = {%s}, 0
request = function() i = i %% #paths + 1; return wrk.format("GET", paths[i]) end
"""
_BARE = """
import sys, uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
bodies = {f"/{p.rpartition('/')[2]}": open(p, "rb").read() for p in sys.argv[2:]}
def endpoint(body):
    async def answer(request):
        return Response(body, media_type="application/json")
    return answer
app = Starlette(routes=[Route(path, endpoint(body)) for path, body in bodies.items()])
uvicorn.run(app, port=int(sys.argv[1]), http="httptools", loop="uvloop", access_log=False, log_level="warning")
"""


def run() -> None:
    """Print the three tables."""
    with tempfile.TemporaryDirectory(prefix="prikk-bench-") as folder:
        store = Path(folder) / "store"
        make_store(store, RELEASES)
        _start(store)
        _requests(store, Path(folder))


def make_store(store: Path, releases: int) -> None:
    """Write so many releases of the same figures, each with an id of its own; a few hundred kB each."""
    made = dataset(large_cube(CELLS))
    document = json.loads(dataset_json(made))
    cells = cells_parquet(large_cube(CELLS))
    for number in range(releases):
        id_ = f"large-{number:04}"
        public = store / id_ / "2022-08-18" / "public"
        public.mkdir(parents=True)
        text = json.dumps(_renamed(document, id_), ensure_ascii=False)
        (public / "dataset.json").write_text(text, encoding="utf-8")
        (public / "cells.parquet").write_bytes(cells)
        manifest = {"release": id_, "periods": list(made.facts.periods), "number": number}
        (public / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def _renamed(content: Any, id_: str) -> Any:
    """The same with another id, wherever that stands."""
    if isinstance(content, dict):
        return {k: id_ if k == "id" and v == "large" else _renamed(v, id_) for k, v in content.items()}
    return content


@contextlib.contextmanager
def server(store: Path, *options: str) -> Iterator[tuple[str, int]]:
    """Run ``prikk serve``; gives its address and process id once it is ready."""
    command = [sys.executable, "-m", "prikk.cli", "serve", str(store), *_FREE, *options]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=_unbuffered()
    ) as process:
        try:
            yield _address(process), process.pid
        finally:
            process.terminate()


def _unbuffered() -> dict[str, str]:
    return {**os.environ, "PYTHONUNBUFFERED": "1"}


def _address(process: subprocess.Popen[str]) -> str:
    for line in process.stdout or ():
        if found := re.search(r"for people +(http://\S+?)/?$", line.strip()):
            _wait(found[1])
            return found[1]
    raise RuntimeError("the server ended before it was ready")


def _wait(address: str) -> None:
    while True:
        with contextlib.suppress(OSError), urlopen(f"{address}/readyz"):
            return
        time.sleep(0.01)


def _start(store: Path) -> None:
    """Time from the command to the first answer, and memory then, after listings, and after 200 tables were read."""
    begin = time.perf_counter()
    with server(store) as (address, pid):
        seconds = time.perf_counter() - begin
        at_start = _memory(pid)
        _get(f"{address}/api/v2/tables?pageSize=1000")
        _get(f"{address}/catalog.ttl")
        listed = _memory(pid)
        for number in range(min(200, RELEASES)):
            _get(f"{address}/api/v2/tables/large-{number:04}/data?outputFormat=csv")
        print(
            "| releases | cells in all | seconds to the first answer | MB then | MB after listings | MB after 200 tables |"
        )
        print("|---|---|---|---|---|---|")
        figures = f"{seconds:.2f} | {at_start:.0f} | {listed:.0f} | {_memory(pid):.0f}"
        print(f"| {RELEASES} | {RELEASES * CELLS:,} | {figures} |\n")


def _memory(pid: int) -> float:
    """Resident MB of a process."""
    text = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(re.findall(r"VmRSS:\s+(\d+)", text)[0]) / 1024


def _get(url: str) -> bytes:
    with urlopen(Request(url, headers={"Accept": "application/json"})) as answer:
        return bytes(answer.read())


def _requests(store: Path, folder: Path) -> None:
    """The rates beside the bare endpoint, then the times at a fixed rate."""
    paths = {
        "100": _query(regions="*", kinds="TOTAL", periods="2018"),
        "10 000": _query(regions="*", kinds="*", periods="TOP(2)"),
    }
    others = _different()
    with server(store) as (kept, _), server(store, "--set", "answer_bytes=0") as (made, _):
        asked = {(name, "again"): (kept, [path]) for name, path in paths.items()}
        asked |= {(name, "always made"): (made, [path]) for name, path in paths.items()}
        asked |= {(name, "always another"): (made, found) for name, found in others.items()}
        bodies = {" ".join(key): _get(address + found[0]) for key, (address, found) in asked.items()}
        with bare(folder, bodies) as plain:
            print("| cells | bytes | asked | bare, requests/s | ours | share |\n|---|---|---|---|---|---|")
            for key in sorted(asked):
                file, (address, found) = " ".join(key), asked[key]
                rates = _in_turn([f"{plain}/{_file(file)}"], [address + path for path in found])
                figures = f"{rates[0]:.0f} | {rates[1]:.0f} | {100 * rates[1] / rates[0]:.0f} %"
                print(f"| {key[0]} | {len(bodies[file])} | {key[1]} | {figures} |")
        print(f"\n| cells | asked | p50 ms | p99 ms at {RATE} requests/s |\n|---|---|---|---|")
        for name, path in paths.items():
            for word, address in (("again", kept), ("always made", made)):
                middle, last = asyncio.run(at_rate(address + path, RATE, 10))
                print(f"| {name} | {word} | {middle:.1f} | {last:.1f} |")


def _different() -> dict[str, list[str]]:
    """Queries of as many cells each, of which no two are alike; those of 100 name the codes of two variables."""
    random, axes = Random(SEED), {axis.name: axis.codes for axis in dataset(large_cube(CELLS)).axes}
    small = {
        _query(
            regions="TOTAL",
            kinds=",".join(random.sample(axes["kind"], 4)),
            ages=",".join(random.sample(axes["age"], 5)),
            periods="*",
        )
        for _ in range(DIFFERENT)
    }
    large = {
        _query(regions="*", kinds="*", ages=age, periods=",".join(pair))
        for age in axes["age"]
        for pair in combinations(axes["period"], 2)
    }
    return {"100": sorted(small), "10 000": sorted(large)}


def _query(*, regions: str, kinds: str, periods: str, ages: str = "TOTAL") -> str:
    chosen = {"region": regions, "kind": kinds, "age": ages, "period": periods}
    values = "&".join(f"valueCodes[{name}]={value}" for name, value in chosen.items())
    return f"/api/v2/tables/large-0000/data?{values}&outputFormat=json-stat2".replace("[", "%5B").replace(
        "]", "%5D"
    )


def _file(name: str) -> str:
    return name.replace(" ", "")


@contextlib.contextmanager
def bare(folder: Path, bodies: dict[str, bytes]) -> Iterator[str]:
    """Run the bare endpoint with these bodies; gives its address."""
    files = []
    for name, body in bodies.items():
        (folder / _file(name)).write_bytes(body)
        files.append(str(folder / _file(name)))
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    # The port is free again for the server itself to bind: an inherited socket would be slower.
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen([sys.executable, "-c", _BARE, str(port), *files]) as process:
        try:
            _wait_for(f"{address}/{_file(next(iter(bodies)))}")
            yield address
        finally:
            process.terminate()


def _wait_for(url: str) -> None:
    for _ in range(500):
        with contextlib.suppress(OSError), urlopen(url):
            return
        time.sleep(0.02)
    raise RuntimeError("the bare server does not answer")


def _in_turn(*servers: Sequence[str]) -> Sequence[float]:
    """Median requests a second of each, asked in turn; of a server its addresses one after the other."""
    rates: list[list[float]] = [[] for _ in servers]
    for _ in range(ROUNDS):
        for mine, urls in zip(rates, servers, strict=True):
            mine.append(_load(urls))
    return [statistics.median(mine) for mine in rates]


def _load(urls: Sequence[str]) -> float:
    if shutil.which("wrk") is None:
        return asyncio.run(_ours(urls, SECONDS))
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_LUA % ",".join(f'"{_path(url)}"' for url in urls))
        script.flush()
        # One address needs no script, which takes time of its own.
        scripted = ["-s", script.name] if len(urls) > 1 else []
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}", *scripted, urls[0]]
        text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in text:
        raise RuntimeError(text)
    return float(re.findall(r"Requests/sec:\s+([\d.]+)", text)[0])


async def _ours(urls: Sequence[str], seconds: float) -> float:
    """As many requests as some connections can carry, one after the other on each."""
    end, done, wanted = time.perf_counter() + seconds, 0, cycle(urls)

    async def client() -> None:
        nonlocal done
        connection = await _connect(urls[0])
        while time.perf_counter() < end:
            await _ask(*connection, next(wanted))
            done += 1
        connection[1].close()

    await asyncio.gather(*(client() for _ in range(CONNECTIONS)))
    return done / seconds


async def at_rate(url: str, rate: int, seconds: float) -> tuple[float, float]:
    """Median and 99th percentile in ms of requests that come at a fixed rate, whether others are answered or not."""
    times: list[float] = []
    free: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def one(due: float) -> None:
        # The one that has waited longest, so that none grows so old that the server hangs up.
        connection = free.pop(0) if free else await _connect(url)
        await _ask(*connection, url)
        times.append(time.perf_counter() - due)
        free.append(connection)

    tasks, begin = [], time.perf_counter()
    for number in range(int(rate * seconds)):
        due = begin + number / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        tasks.append(asyncio.create_task(one(due)))
    await asyncio.gather(*tasks)
    for _, writer in free:
        writer.close()
    times.sort()
    return times[len(times) // 2] * 1000, times[len(times) * 99 // 100] * 1000


async def _connect(url: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    host, _, port = url.split("/")[2].partition(":")
    return await asyncio.open_connection(host, int(port), limit=1 << 24)


def _path(url: str) -> str:
    return "/" + url.split("/", 3)[3]


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, url: str) -> None:
    writer.write(f"GET {_path(url)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(head.split(b"\r\n")[0].decode())
    length = int(re.findall(rb"(?i)content-length: (\d+)", head)[0])
    await reader.readexactly(length)


if __name__ == "__main__":
    run()
