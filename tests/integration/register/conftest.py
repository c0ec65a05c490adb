"""A PostgreSQL server of our own, from Debian's packages, for as long as the tests run."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

PASSWORD = "hem/me@lig"  # signs that must be written %2F and %40 in an address


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running server; its only superuser is ``prikk``."""

    port: int

    def url(
        self, *, user: str = "prikk", password: str = "hem%2Fme%40lig", database: str = "postgres"
    ) -> str:
        return f"postgresql://{user}:{password}@127.0.0.1:{self.port}/{database}"

    def run(self, *statements: str) -> None:
        from adbc_driver_postgresql import dbapi  # noqa: PLC0415 - an extra

        with dbapi.connect(self.url(), autocommit=True) as connection, connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else (Path(on_path).parent if on_path else None)


def _as_owner(command: list[str | Path]) -> list[str | Path]:
    """PostgreSQL refuses to run as root."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


def _free_port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _make(binaries: Path, folder: Path) -> None:
    secret = folder / "password"
    secret.write_text(PASSWORD, encoding="utf-8")
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        for path in (folder, secret):
            os.chown(path, owner.pw_uid, owner.pw_gid)
    options = ["--username=prikk", f"--pwfile={secret}", "--auth=scram-sha-256", "--encoding=UTF8"]
    command = [binaries / "initdb", f"--pgdata={folder / 'data'}", *options, "--locale=C.UTF-8", "--no-sync"]
    subprocess.run(_as_owner(command), check=True, capture_output=True, cwd=folder)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Start a server on a free port of localhost, and stop it at the end."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("PostgreSQL's server is not installed (Debian: apt install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="prikk-postgres-"))
    port = _free_port()
    try:
        _make(binaries, folder)
        control = [binaries / "pg_ctl", f"--pgdata={folder / 'data'}", "--wait"]
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
        start = [*control, f"--log={folder / 'log'}", f"--options={options}", "start"]
        subprocess.run(_as_owner(start), check=True, stdout=subprocess.DEVNULL, cwd=folder)
        try:
            yield Server(port=port)
        finally:
            stop = _as_owner([*control, "--mode=immediate", "stop"])
            subprocess.run(stop, check=True, capture_output=True, cwd=folder)
    finally:
        shutil.rmtree(folder)
