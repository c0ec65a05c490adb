"""Counting 10 million participations over 7 periods, against one hand-written query of the same cells.

The register is ``prikk synth --scale`` of the demo. Both sides run in this process on the same Parquet
file with the same limits, in turn; each must give the same cells.
"""

from __future__ import annotations

import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.measure import command
from prikk.classifications import load_classifications
from prikk.cube import count
from prikk.register import EngineSettings, open_register
from prikk.spec import load_spec

SCALE = int(os.environ.get("PRIKK_BENCH_SCALE", "117"))  # about 10 million participations
LIMITS = EngineSettings(memory_limit="3GB", threads=2)
EXAMPLE = Path(__file__).parents[1] / "src" / "prikk" / "examples" / "tiltak-alder"

BY_HAND = """
WITH m AS (SELECT code, parent FROM read_csv('{measures}') WHERE parent IS NOT NULL),
d AS (SELECT unnest([DATE '2022-01-31', DATE '2022-02-28', DATE '2022-03-31', DATE '2022-04-30',
                     DATE '2022-05-31', DATE '2022-06-30', DATE '2022-07-31']) AS day),
p AS (
  SELECT day, main_group, parent AS measure_group, measure,
         CASE WHEN years < 20 THEN '0-19' WHEN years < 25 THEN '20-24' WHEN years < 30 THEN '25-29'
              WHEN years < 40 THEN '30-39' WHEN years < 50 THEN '40-49' WHEN years < 60 THEN '50-59' ELSE '60+' END AS age
  FROM (SELECT day, main_group, measure, date_sub('year', birth_date, day) AS years
        FROM '{register}' JOIN d ON start_date <= day AND (end_date IS NULL OR end_date >= day)) JOIN m ON m.code = measure)
SELECT day, main_group, age, measure_group, measure, count(*) AS n FROM p
GROUP BY GROUPING SETS ((day), (day, age), (day, main_group), (day, main_group, age), (day, age, measure_group),
  (day, main_group, age, measure_group), (day, main_group, measure_group), (day, main_group, measure_group, measure),
  (day, main_group, age, measure_group, measure))
"""


def run() -> None:
    """Make the register, then count it in turn by prikk and by hand."""
    with tempfile.TemporaryDirectory(prefix="prikk-bench-") as name:
        folder = Path(name)
        command("-m", "prikk.cli", "demo", str(folder / "demo"))
        spec = str(folder / "demo" / "release.toml")
        target = folder / "demo" / "register.parquet"
        figures = str(EXAMPLE / "published" / "tables.csv")
        made = command(
            "-m",
            "prikk.cli",
            "synth",
            spec,
            "--figures",
            figures,
            "--out",
            str(target),
            "--scale",
            str(SCALE),
        )
        print(f"{made.output.strip().rsplit(': ', 1)[-1]} {target.stat().st_size / 1e6:.0f} MB of Parquet\n")
        print("| | seconds (min / median / max) | MB |\n|---|---|---|")
        print(f"| prikk synth --scale {SCALE} | {made.wall:.1f} | {made.megabytes:.0f} |")
        built = command(
            "-m",
            "prikk.cli",
            "build",
            spec,
            "--out",
            str(folder / "out"),
            "--memory",
            "3GB",
            "--threads",
            "2",
        )
        print(f"| prikk build, whole | {built.wall:.1f} | {built.megabytes:.0f} |")
        _compare(Path(spec), target, folder)


def _compare(spec_path: Path, register_path: Path, folder: Path) -> None:
    spec = load_spec(spec_path)
    classifications = load_classifications(spec)
    sql = BY_HAND.format(
        measures=spec_path.parent / "classifications" / "measure.csv", register=register_path
    )
    start = time.perf_counter()
    with (
        open_register(spec, classifications, workdir=folder, settings=LIMITS) as register,
        duckdb.connect() as connection,
    ):
        print(f"| reading and checking every row | {time.perf_counter() - start:.1f} | |")
        connection.execute("SET memory_limit = '3GB'; SET threads = 2")
        ours: list[float] = []
        theirs: list[float] = []
        for _ in range(5):
            ours.append(_timed(lambda: count(register, spec, classifications))[0])
            seconds, rows = _timed(lambda: connection.execute(sql).fetchall())
            theirs.append(seconds)
        cube = count(register, spec, classifications)
        if sum(r[-1] for r in rows) != int(cube.counts.sum()) or len(rows) != int((cube.counts > 0).sum()):
            raise RuntimeError("the two sides do not give the same cells")
    for name, seconds_of in (("prikk counting", ours), ("hand-written query", theirs)):
        low, middle, high = min(seconds_of), statistics.median(seconds_of), max(seconds_of)
        print(f"| {name} | {low:.2f} / {middle:.2f} / {high:.2f} | |")
    print(f"| ratio of medians | {statistics.median(ours) / statistics.median(theirs):.2f} | |")
    print(f"| this process, at most | | {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} |")


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result
