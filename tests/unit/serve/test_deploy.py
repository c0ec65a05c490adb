"""What is shipped to run the server with: settings that it takes, a unit that systemd takes."""

import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from prikk.serve._config import KEYS, read_config

DEPLOY = Path(__file__).parents[3] / "deploy"


def test_the_shipped_settings_are_taken(tmp_path):
    shipped = tomllib.loads((DEPLOY / "serve.toml").read_text(encoding="utf-8"))
    assert set(shipped) <= set(KEYS)
    queries = tmp_path / "state" / "queries.sqlite"
    queries.parent.mkdir()
    (tmp_path / "releases").mkdir()
    flags = {"folder": str(tmp_path / "releases"), "saved_queries": str(queries)}
    config = read_config(flags, environ={}, file=DEPLOY / "serve.toml")
    assert (config.workers, config.forwarded_allow_ips) == (2, ("127.0.0.1",))


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_takes_the_unit(tmp_path):
    text = (DEPLOY / "prikk-serve.service").read_text(encoding="utf-8")
    unit = tmp_path / "prikk-serve.service"
    unit.write_text(text.replace("/opt/prikk/bin/prikk", "/bin/true"), encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
