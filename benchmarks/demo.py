"""``prikk demo`` as a whole process: must be under 30 s on 2 cores."""

from __future__ import annotations

import statistics
import tempfile

from benchmarks.measure import command


def run() -> None:
    """Three demos in fresh folders."""
    with tempfile.TemporaryDirectory() as folder:
        runs = [command("-m", "prikk.cli", "demo", f"{folder}/{i}") for i in range(3)]
    wall = sorted(r.wall for r in runs)
    print("| | seconds (min / median / max) | MB |\n|---|---|---|")
    print(
        f"| prikk demo | {wall[0]:.1f} / {statistics.median(wall):.1f} / {wall[-1]:.1f} | {max(r.megabytes for r in runs):.0f} |"
    )
