import concurrent.futures
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import brotli
import httpx
import pytest

from serving import Running, built, eventually, put, running

AUDITED = """
import os, sys
opened = os.environ["PRIKK_TEST_OPENED"]
def hook(event, args):
    if event in ("open", "os.listdir", "os.scandir") and args and isinstance(args[0], (str, bytes, os.PathLike)):
        path = os.fsdecode(args[0])
        if "internal" in path.split(os.sep):
            file = os.open(opened, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
            os.write(file, (path + "\\n").encode())
            os.close(file)
sys.addaudithook(hook)
sys.argv = ["prikk", *sys.argv[1:]]
import runpy
runpy.run_module("prikk.cli", run_name="__main__")
"""
DATA = "/api/v2/tables/toy/data"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("built"))


@pytest.fixture(scope="module")
def server(out: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Running, Path]]:
    store = tmp_path_factory.mktemp("store")
    command = [sys.executable, "-m", "prikk.cli", "publish", str(out), str(store)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "toy 2024-03-01: published" in done.stdout
    with running(store) as found:
        yield found, store


def test_it_says_what_it_serves_and_the_example_works(server: tuple[Running, Path]):
    running, _ = server
    assert running.said[0].startswith("Serving 1 table (1 release)")
    address = f"{running.address}{DATA}?outputFormat=csv"
    assert httpx.get(address).text.splitlines()[1] == "Total,Total,16,16"


def test_a_release_appears_without_a_restart_and_goes_when_withdrawn(server: tuple[Running, Path], out: Path):
    running, store = server
    aside = put(store.parent / f"{store.name}-aside", out, "x", id="later")
    (store / "later").mkdir()
    aside.rename(store / "later" / "2024-03-01")
    eventually(lambda: running.get("/api/v2/tables/later").status_code == 200)
    assert running.get("/releases/later/2024-03-01/").status_code == 200
    command = [sys.executable, "-m", "prikk.cli", "withdraw", str(store), "later", "2024-03-01"]
    subprocess.run([*command, "--reason", "Wrong register", "--reason", "nb=Feil register"], check=True)
    eventually(lambda: running.get("/api/v2/tables/later").status_code == 410)
    for path in ("/releases/later/2024-03-01/", "/releases/later/2024-03-01/cells.csv"):
        answer = running.get(path)
        assert (answer.status_code, answer.json()["detail"]) == (410, "Wrong register / Feil register")
    page = running.get("/releases/later/2024-03-01/", accept="text/html", accept_language="nb")
    assert (page.status_code, page.headers["content-type"]) == (410, "text/html; charset=utf-8")
    assert "Wrong register / Feil register" in page.text


def test_an_embargo_ends_at_its_moment(server: tuple[Running, Path], out: Path):
    running, store = server
    moment = time.time() + 4
    text = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(moment))
    put(store, out, "held", id="held", published=text)
    day = text[:10]
    eventually(lambda: any("held" in str(one) for one in running.logged()) or time.time() > moment - 2)
    for path in ("/api/v2/tables/held", f"/api/v2/tables/held@{day}", f"/releases/held/{day}/"):
        assert running.get(path).status_code == 404
    assert "held" not in running.get("/feeds/releases.atom").text + running.get("/catalog.ttl").text
    eventually(lambda: running.get("/api/v2/tables/held").status_code == 200)
    assert time.time() >= int(moment)
    assert "held" in running.get("/feeds/releases.atom").text


def test_a_damaged_release_takes_no_other_down(server: tuple[Running, Path]):
    running, store = server
    (store / "broken" / "public").mkdir(parents=True)
    (store / "broken" / "public" / "manifest.json").write_text("{")
    eventually(lambda: any(line.get("release") == "broken" for line in running.logged()))
    assert running.get(DATA).status_code == 200
    assert str(store) not in json.dumps(running.logged())


def test_answers_are_compressed_and_conditional(server: tuple[Running, Path]):
    running, _ = server
    with httpx.stream("GET", f"{running.address}{DATA}", headers={"accept-encoding": "br"}) as answer:
        raw = b"".join(answer.iter_raw())
        assert answer.headers["content-encoding"] == "br"
    assert json.loads(brotli.decompress(raw))["class"] == "dataset"
    etag = running.get(DATA, accept_encoding="gzip").headers["etag"]
    assert running.get(DATA, if_none_match=etag).status_code == 304
    head = httpx.head(f"{running.address}{DATA}", headers={"accept-encoding": "identity"})
    assert int(head.headers["content-length"]) == len(running.get(DATA, accept_encoding="identity").content)
    assert head.content == b""


def test_other_sites_may_read_data(server: tuple[Running, Path]):
    running, _ = server
    answer = running.get(DATA, origin="https://elsewhere.example")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "ETag" in answer.headers["access-control-expose-headers"]


@pytest.mark.parametrize(("name", "kind"), [
    ("cells.csv", "text/csv; charset=utf-8"), ("toy.px", "application/octet-stream"), ("cells.parquet", "application/vnd.apache.parquet"),
    ("catalog.ttl", "text/turtle; charset=utf-8"), ("toy.jsonstat.json", "application/json"), ("html/en/index.html", "text/html; charset=utf-8"),
    ("html/site.js", "text/javascript; charset=utf-8"),
])  # fmt: skip
def test_files_of_a_release_are_the_bytes_that_were_built(
    server: tuple[Running, Path], out: Path, name: str, kind: str
):
    running, _ = server
    answer = running.get(f"/releases/toy/2024-03-01/{name}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
    assert answer.content == (out / "public" / name).read_bytes()
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize("trick", [
    "../../withdrawn.json", "../internal/cells.csv", "%2e%2e/internal/cells.csv", "..%2finternal%2fcells.csv", "%2e%2e%2f%2e%2e%2finternal",
    "..\\internal\\cells.csv", "..%5cinternal%5ccells.csv", "%00", "cells.csv%00.html", "/etc/passwd", "%2fetc%2fpasswd", "//etc/passwd",
    "html/../../internal/cells.csv", "..;/internal/cells.csv", "%252e%252e/internal/cells.csv", "%c0%ae%c0%ae/internal/cells.csv", ".", "html/", "html",
])  # fmt: skip
def test_no_path_leads_out_of_a_public_folder(server: tuple[Running, Path], trick: str):
    running, _ = server
    answer = raw_get(running, f"/releases/toy/2024-03-01/{trick}")
    assert re.match(r"HTTP/1\.1 (404|400|307|405)", answer)
    assert "Traceback" not in answer


def raw_get(running: Running, path: str) -> str:
    """Ask for a path exactly as it is written; clients would tidy it up."""
    host, port = running.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as link:
        link.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        return b"".join(iter(lambda: link.recv(65536), b"")).decode("utf-8", "replace")


def test_nothing_internal_is_ever_opened(out: Path, tmp_path: Path):
    assert (out / "internal" / "cells.csv").is_file()
    opened = tmp_path / "opened.txt"
    os.environ["PRIKK_TEST_OPENED"] = str(opened)
    try:
        with running(out, program=[sys.executable, "-c", AUDITED]) as server:
            for path in (
                DATA,
                "/api/v2/tables",
                "/feeds/releases.atom",
                "/catalog.ttl",
                "/releases/toy/2024-03-01/",
            ):
                assert server.get(path).status_code == 200
            for path in ("../internal/cells.csv", "%2e%2e/internal/cells.csv", "..%2finternal%2faudit.json"):
                raw_get(server, f"/releases/toy/2024-03-01/{path}")
    finally:
        del os.environ["PRIKK_TEST_OPENED"]
    assert not opened.exists()
    subprocess.run([sys.executable, "-c", AUDITED.split("sys.argv =", maxsplit=1)[0] + "open('internal/x', 'w')"], cwd=tmp_path, env={**os.environ, "PRIKK_TEST_OPENED": str(opened)}, check=False, capture_output=True)  # fmt: skip
    assert opened.read_text() == "internal/x\n"  # the hook does see what is opened


def test_it_ends_in_order_when_told_to(out: Path, tmp_path: Path):
    put(tmp_path, out, "a")
    with running(tmp_path) as server:
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(timeout=20) == 0
        server.reader.join(timeout=5)
        assert any(line["event"] == "Application shutdown complete." for line in server.logged())


def test_a_worker_that_is_killed_loses_only_what_it_was_doing(out: Path, tmp_path: Path):
    put(tmp_path, out, "a")
    with running(tmp_path, "--workers", "2", "--max-calls", "0") as server:
        workers = eventually_workers(server.process.pid, 2)
        stop, killed = threading.Event(), threading.Event()
        lost: list[tuple[float, float]] = []
        done: list[float] = []

        def ask() -> None:
            while not stop.is_set():
                begun = time.monotonic()
                try:
                    assert server.get(DATA).status_code == 200
                    done.append(begun)
                except httpx.TransportError:
                    lost.append((begun, time.monotonic()))

        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            asking = [pool.submit(ask) for _ in range(4)]
            eventually(lambda: len(done) > 50)
            os.kill(workers[0], signal.SIGKILL)
            moment = time.monotonic()
            killed.set()
            eventually(lambda: len(set(worker_pids(server.process.pid)) - {workers[0]}) == 2)
            eventually(lambda: sum(begun > moment for begun in done) > 50)
            stop.set()
            for one in asking:
                one.result()
        assert len(lost) <= 4
        assert all(begun <= moment for begun, _ in lost)


def test_workers_count_together_and_load_the_server_alone(out: Path, tmp_path: Path):
    put(tmp_path, out, "a")
    with running(tmp_path, "--workers", "2", "--max-calls", "20", "--time-window", "3600") as server:
        workers = eventually_workers(server.process.pid, 2)
        found = [server.get(DATA).status_code for _ in range(24)]
        assert found == [200] * 20 + [429] * 4
        text = server.get("/metrics").text
        counts = {
            status: float(n)
            for status, n in re.findall(r'prikk_requests_total\{.*status="(200|429)"\} ([\d.]+)', text)
            if n != "1.0"
        }
        assert counts == {"200": 20.0, "429": 4.0}
        maps = Path(f"/proc/{workers[0]}/maps").read_text()
        assert "pyarrow" in maps
        assert "duckdb" not in maps
        assert "highspy" not in maps


def worker_pids(parent: int) -> list[int]:
    """Child processes that answer; the one that only tracks resources is left out."""
    found = []
    for child in Path(f"/proc/{parent}/task/{parent}/children").read_text().split():
        command = Path(f"/proc/{child}/cmdline")
        if command.exists() and b"spawn_main" in command.read_bytes():
            found.append(int(child))
    return found


def eventually_workers(parent: int, number: int) -> list[int]:
    eventually(lambda: len(worker_pids(parent)) == number)
    time.sleep(1.0)
    return worker_pids(parent)


@pytest.mark.parametrize(("options", "said"), [
    (["--port", "99999"], "'port' is not from 0 to 65535"),
    (["--audit", "--host", "0.0.0.0"], "audit-public"),
    (["--set", "max_cels=3"], "Nearest: 'max_cells'"),
])  # fmt: skip
def test_what_is_wrong_with_the_settings_is_said_at_once(tmp_path: Path, options: list[str], said: str):
    command = [sys.executable, "-m", "prikk.cli", "serve", str(tmp_path), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert said in done.stderr


def test_an_address_that_is_taken_is_said(tmp_path: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        command = [
            sys.executable,
            "-m",
            "prikk.cli",
            "serve",
            str(tmp_path),
            "--port",
            str(taken.getsockname()[1]),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 3
    assert "the address cannot be used" in done.stderr
