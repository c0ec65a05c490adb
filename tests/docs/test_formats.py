"""The page on machine formats: its Python and JavaScript run on the files of a release."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from prikk.dissemination import FORMATS
from prikk.spec import ReleaseSpec
from unit.dissemination.cubes import published_cube

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
MACHINE = ("csv", "px", "json-stat", "sdmx", "csvw", "dcat")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("public")
    for name in MACHINE:
        for path, content in FORMATS[name].files(published_cube()).items():
            (out / path).parent.mkdir(parents=True, exist_ok=True)
            (out / path).write_bytes(content)
    return out


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("code", blocks("python"))
def test_the_python_runs(code: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in re.findall(r"^(?:import|from) (\w+)", code, re.MULTILINE):
        pytest.importorskip(name)
    monkeypatch.chdir(folder)
    exec(compile(code, "formats.md", "exec"), {})


@pytest.mark.skipif(
    shutil.which("node") is None or not (ROOT / "tests" / "readers" / "node_modules").is_dir(),
    reason="needs node, and 'npm ci' in tests/readers",
)
@pytest.mark.parametrize("code", blocks("js"))
def test_the_javascript_runs(code: str, folder: Path) -> None:
    (folder / "node_modules").symlink_to(ROOT / "tests" / "readers" / "node_modules")
    (folder / "read.mjs").write_text(code, encoding="utf-8")
    done = subprocess.run(["node", "read.mjs"], cwd=folder, capture_output=True, text=True, check=True)
    assert done.stdout.strip().isdigit()


def test_every_file_that_is_written_is_on_the_page(folder: Path) -> None:
    spec: ReleaseSpec = published_cube().spec
    written = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file() and p.suffix != ".mjs"}
    for path in written - {"cells.csv", "tables.csv", "tables.en.csv"}:
        told = path.replace(spec.release.id, "<id>").replace(".en.", ".<language>.")
        told = re.sub(r"codes/(?!period).*", "codes/<dimension>.csv", told)
        assert f"`{told}`" in PAGE, path
