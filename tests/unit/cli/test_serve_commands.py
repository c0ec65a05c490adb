import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from prikk.cli import app
from prikk.errors import EnvironmentFault, PrikkError
from serving import built


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out, folder = built(tmp_path_factory.mktemp("built")), tmp_path_factory.mktemp("store")
    for version in ("one", "two", "three"):
        done = CliRunner().invoke(app, ["publish", str(out), str(folder), "--version", version])
        assert done.exit_code == 0
        assert f"toy {version}: published in" in done.output
    again = CliRunner().invoke(app, ["publish", str(out), str(folder), "--version", "one"])
    assert "nothing was changed" in again.output
    return folder


@pytest.mark.parametrize(("version", "given", "expected"), [
    ("one", ["Wrong register"], {"en": "Wrong register"}),
    ("two", ["nb=Feil register", "en=Wrong = register"], {"nb": "Feil register", "en": "Wrong = register"}),
    ("three", ["A=b is wrong"], {"en": "A=b is wrong"}),
])  # fmt: skip
def test_a_reason_is_in_the_language_it_names_or_else_in_the_first_of_the_release(
    store: Path, version: str, given: list[str], expected: dict[str, str]
):
    options = [part for text in given for part in ("--reason", text)]
    done = CliRunner().invoke(app, ["withdraw", str(store), "toy", version, *options])
    assert done.exit_code == 0, done.output
    content = json.loads((store / "toy" / version / "withdrawn.json").read_text(encoding="utf-8"))
    assert content["reason"] == expected


@pytest.mark.parametrize("reasons", [["one", "en=two"], [" "], ["nb=a", "nb=b"]])
def test_two_reasons_in_a_language_or_none_are_refused(store: Path, reasons: list[str]):
    options = [part for text in reasons for part in ("--reason", text)]
    done = CliRunner().invoke(app, ["withdraw", str(store), "toy", "one", *options])
    assert isinstance(done.exception, PrikkError)
    assert done.exception.findings[0].code == "reason"


def test_without_the_extra_the_server_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("prikk.cli._serve.find_spec", lambda name: None if name == "starlette" else object())
    done = CliRunner().invoke(app, ["serve", str(tmp_path)])
    assert isinstance(done.exception, EnvironmentFault)
    assert "pip install 'prikk[serve]'" in done.exception.findings[0].fix


@pytest.mark.parametrize("module", ["starlette", "uvicorn", "prikk.serve", "prikk.dissemination"])
def test_the_other_commands_do_not_load_the_server(module: str):
    code = f"import sys, prikk.cli; sys.exit({module!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
