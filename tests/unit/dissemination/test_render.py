import hashlib
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import get_args

import pytest

import prikk.dissemination as room
from prikk.dissemination import FORMATS, render
from prikk.spec import Format
from unit.dissemination.cubes import tiny_cube
from unit.dissemination.exchange.expected import described_cube

DIGEST = """
import hashlib
from prikk.dissemination import render
from unit.dissemination.cubes import tiny_cube
print(*(hashlib.sha256(b).hexdigest() for b in render(tiny_cube()).values()))
"""


def test_the_public_names_are_complete_and_sorted() -> None:
    public = [n for n, v in vars(room).items() if not n.startswith("_") and not isinstance(v, ModuleType)]
    assert set(public) == set(room.__all__)
    assert room.__all__ == sorted(room.__all__, key=lambda n: (not n.isupper(), n[0].islower(), n))


def test_every_format_has_its_renderer() -> None:
    assert set(FORMATS) <= set(get_args(Format))


def test_no_two_formats_write_the_same_file() -> None:
    paths = [path for files in FORMATS.values() for path in files.files(tiny_cube())]
    assert len(paths) == len(set(paths))


def test_the_first_language_has_no_suffix() -> None:
    assert {path for path in render(tiny_cube()) if not path.startswith("html/")} == {
        "dataset.json",
        "cells.csv",
        "tables.csv",
        "tables.en.csv",
        "cells.parquet",
        "tables.parquet",
        "boats.xlsx",
        "boats.en.xlsx",
        "boats.pdf",
        "boats.en.pdf",
        "boats.px",
        "boats.jsonstat.json",
        "boats.en.jsonstat.json",
        *(f"sdmx/{name}" for name in ("structure.xml", "data.xml", "data.csv", "data.json")),
        "cells.csv-metadata.json",
        *(f"codes/{name}.csv" for name in ("harbour", "boat", "period")),
        "catalog.ttl",
        "catalog.jsonld",
        "index.html",
    }


@pytest.mark.parametrize("formats", [["csv"], ["html"], ["px"]])
def test_the_data_set_is_written_whatever_formats_are_asked_for(formats: list[str]) -> None:
    files = render(described_cube(formats=formats))
    assert {"dataset.json", "cells.parquet"} <= set(files)
    assert "tables.parquet" not in files
    assert b"dataset.json" not in b"".join(
        content for path, content in files.items() if path.endswith(".html")
    )


def test_another_process_gives_the_same_bytes() -> None:
    mine = " ".join(hashlib.sha256(content).hexdigest() for content in render(tiny_cube()).values())
    environment = {
        **os.environ,
        "PYTHONHASHSEED": "7",
        "TZ": "Pacific/Auckland",
        "LC_ALL": "C",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    found = subprocess.run(
        [sys.executable, "-c", DIGEST], env=environment, capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == mine
