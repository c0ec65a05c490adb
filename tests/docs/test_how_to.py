"""The how-to pages do what they say: their files are written, their commands run, their output compared."""

import contextlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

PAGES = sorted((Path(__file__).parents[2] / "docs" / "how-to").glob("*.md"))
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LEFT_OUT = "…"


def run_shell(code: str, folder: Path) -> str:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    done = subprocess.run(
        code, shell=True, cwd=folder, env={**os.environ, "PATH": path},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    return done.stdout


def run_python(code: str, names: dict[str, Any]) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, "how-to", "exec"), names)
    return out.getvalue()


def missing(told: str, printed: str) -> Iterator[str]:
    """The stretches of what a page tells that are not printed, in this order; what is left out is between them."""
    for stretch in re.split(rf"^ *{LEFT_OUT}$", told, flags=re.MULTILINE):
        before, found, printed = printed.partition(stretch.strip())
        if not found:
            yield f"{stretch}--- is not in\n{before}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_block_does_what_the_page_says(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    printed, names = "", dict[str, Any]()
    for language, file, code in BLOCK.findall(page.read_text(encoding="utf-8")):
        if file:
            (tmp_path / file).write_text(code, encoding="utf-8")
        elif language == "sh":
            printed = run_shell(code, tmp_path)
        elif language == "python":
            printed = run_python(code, names)
        else:
            assert language == "text"
            assert not list(missing(code, printed))


def test_there_are_pages() -> None:
    assert PAGES
