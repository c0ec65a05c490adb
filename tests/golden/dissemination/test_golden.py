"""The tiny cube as files to read. Written anew by ``python tests/golden/dissemination/test_golden.py``."""

from pathlib import Path

import pytest

from prikk.dissemination import render
from unit.dissemination.cubes import tiny_cube

FOLDER = Path(__file__).parent / "tiny"
NAMES = (
    "cells.csv",
    "tables.csv",
    "tables.en.csv",
    "index.html",
    "html/nb/index.html",
    "html/nb/tabell-2.html",
    "html/en/about.html",
    "html/nb/charts/harbour-time.svg",
)


@pytest.mark.parametrize("name", NAMES)
def test_the_tiny_cube_is_rendered_as_it_was(name: str) -> None:
    assert render(tiny_cube())[name].decode() == (FOLDER / name).read_bytes().decode()


if __name__ == "__main__":
    for name in NAMES:
        (FOLDER / name).parent.mkdir(parents=True, exist_ok=True)
        (FOLDER / name).write_bytes(render(tiny_cube())[name])
