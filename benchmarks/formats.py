"""A cube of a million cells written to each machine format: time, peak memory and size, a process a format.

The cube is drawn, not counted: three dimensions of 100, 50 and 40 codes, and 5 periods; a tenth of the cells are hidden. Making it
is measured too, as the format ``none``, so that it can be taken off.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from benchmarks.measure import command
from prikk.classifications import Classification, Item
from prikk.dissemination import PublishedCube, cells_csv, cells_parquet, dataset
from prikk.dissemination.exchange import csvw, json_stat, px, sdmx_csv, sdmx_json, sdmx_ml, sdmx_structure
from prikk.spec import TOTAL, ReleaseSpec

CELLS = int(os.environ.get("PRIKK_BENCH_CELLS", "1000000"))
SEED = 7
SIZES = {"region": (10, 89), "kind": (5, 44), "age": (4, 35)}
PERIODS = 5

FORMATS: Mapping[str, Callable[[PublishedCube], bytes]] = {
    "none": lambda cube: b"",
    "csv": cells_csv,
    "parquet": cells_parquet,
    "px": lambda cube: px(dataset(cube)),
    "json-stat": lambda cube: json_stat(dataset(cube), "nb"),
    "sdmx structure": sdmx_structure,
    "sdmx-ml": sdmx_ml,
    "sdmx-csv": sdmx_csv,
    "sdmx-json": sdmx_json,
    "csvw": lambda cube: b"".join(csvw(cube).values()),
}


def run() -> None:
    """Write the cube to each format in a process of its own."""
    print("| format | seconds of writing | MB of memory | MB of file |\n|---|---|---|---|")
    for name in FORMATS:
        found = command("-m", "benchmarks.formats", name)
        seconds, size, cells = found.output.split()
        print(f"| {name} | {float(seconds):.2f} | {found.megabytes:.0f} | {int(size) / 1e6:.1f} |")
    print(f"\n{int(cells):,} figures in {PERIODS} periods")


def large_cube(figures: int) -> PublishedCube:
    """A cube of about so many figures, with every combination or an even choice of them."""
    classifications = {name: _classification(name, *size) for name, size in SIZES.items()}
    spec = ReleaseSpec.model_validate(_spec())
    shape = [len(c.in_order) for c in classifications.values()]
    every = int(np.prod(shape))
    place = np.unique(np.linspace(0, every - 1, min(every, figures // PERIODS)).astype(np.int64))
    columns: dict[str, Any] = {"period": np.repeat([p.code for p in spec.periods], len(place))}
    for (name, found), codes in zip(classifications.items(), np.unravel_index(place, shape), strict=True):
        names = pa.array(found.in_order).take(pa.array(np.tile(codes, PERIODS)))
        columns[name] = names
    random = np.random.default_rng(SEED)
    values = random.integers(4, 100_000, len(place) * PERIODS)
    hidden = random.random(len(values)) < 0.1
    columns["value"] = pa.array(values, pa.int64(), mask=hidden)
    columns["status"] = pa.array(np.where(hidden, "*", ""), pa.string())
    table = pa.table({name: pa.array(column) for name, column in columns.items()})
    return PublishedCube(spec=spec, classifications=classifications, cells=table)


def _classification(name: str, groups: int, parts: int) -> Classification:
    top = [(f"{name[0].upper()}{i:02}", TOTAL) for i in range(groups)]
    below = [(f"{top[i % groups][0]}-{i:03}", top[i % groups][0]) for i in range(parts)]
    items = (
        Item(code=c, parent=p, labels={"nb": f"{name} {c} på norsk", "en": f"{name} {c} in English"})
        for c, p in (*top, *below)
    )
    return Classification(name=name, levels=(f"{name}_group", name), items=tuple(items))


def _spec() -> dict[str, Any]:
    text = {"nb": "Mange tall", "en": "Many figures"}
    return {
        "folder": ".",
        "release": {
            "id": "large",
            "title": text,
            "languages": ["nb", "en"],
            "periods": {"from": "2018", "to": str(2018 + PERIODS - 1), "every": "year"},
        },
        "register": {"source": "x.csv", "columns": {}},
        "dimensions": {
            n: {"classification": "x.csv", "column": n, "levels": [f"{n}_group", n]} for n in SIZES
        },
        "protection": {"threshold": 4, "method": "primary-only"},
        "tables": [
            {"title": text, "stub": ["region"], "for_each": ["kind", "age"], "heading": text, "total": text}
        ],
    }


def _write(name: str) -> None:
    cube = large_cube(CELLS)
    start = time.perf_counter()
    content = FORMATS[name](cube)
    print(f"{time.perf_counter() - start} {len(content)} {cube.cells.num_rows}")
    if folder := os.environ.get("PRIKK_BENCH_KEEP"):
        (Path(folder) / name.replace(" ", "-")).write_bytes(content)


if __name__ == "__main__":
    _write(sys.argv[1])
