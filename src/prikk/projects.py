"""Release projects that prikk ships: the demo and the one to start from."""

from __future__ import annotations

import shutil
from importlib.resources import as_file, files
from pathlib import Path

from prikk.errors import Finding, SpecError
from prikk.pipeline import BuildResult, SynthResult, build, synth
from prikk.register import EngineSettings
from prikk.steps import Steps


def new(folder: Path) -> None:
    """Write the small project to start from. Raises :class:`SpecError` if the folder is there already."""
    if folder.exists():
        what, fix = "there is something of that name already.", "Choose another name."
        raise SpecError(Finding(code="folder-exists", what=what, where=str(folder), fix=fix))
    _copy("new", folder)


def demo(folder: Path, *, steps: Steps) -> tuple[SynthResult, BuildResult, BuildResult]:
    """Write the example project, make its register from the published figures, and build it twice.

    First as it was published, into ``as-published``, then protected, into ``out``.
    """
    _refuse_changed(folder)
    _copy("tiltak-alder", folder)
    spec, before = folder / "release.toml", folder / "as-published.toml"
    made = synth(
        spec, folder / "published" / "tables.csv", folder / "register.parquet", seed=1, scale=1, steps=steps
    )
    settings = EngineSettings(memory_limit=None, threads=None)
    published = build(before, folder / "as-published", settings=settings, steps=steps)
    return made, published, build(spec, folder / "out", settings=settings, steps=steps)


def _refuse_changed(folder: Path) -> None:
    """A folder that holds anything but an unchanged demo is somebody's work."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    with as_file(files("prikk") / "examples" / "tiltak-alder") as source:
        shipped = [p for p in source.rglob("*") if p.is_file()]
        same = all(_same(p, folder / p.relative_to(source)) for p in shipped)
    if not same:
        what = "the folder is not empty, and is not an unchanged demo."
        fix = "Choose another folder: prikk demo DIR."
        raise SpecError(Finding(code="folder-exists", what=what, where=str(folder), fix=fix))


def _same(one: Path, other: Path) -> bool:
    return other.is_file() and one.read_bytes() == other.read_bytes()


def _copy(example: str, folder: Path) -> None:
    with as_file(files("prikk") / "examples" / example) as source:
        shutil.copytree(source, folder, dirs_exist_ok=True)
