"""The audit at size: the seed publication as text, and what the best tools hid on the benchmark tables.

Needs the shared inputs beside the repository; without them it says so.
"""

from __future__ import annotations

import time
from pathlib import Path

from benchmarks.measure import command

SHARED = Path(__file__).parents[2] / "shared"
CLASSIFICATIONS = (
    Path(__file__).parents[1] / "src" / "prikk" / "examples" / "tiltak-alder" / "classifications"
)
CASES = {
    "T1m1": ("gs_T1m1_pzF_default_nolp.csv", ("main_group", "age", "measure")),
    "T2": ("gs_T2_pzF_default_nolp.csv", ("geo", "ind", "measure")),
    "T3s": ("gs_T3s_pzF_re_nolp.csv", ("region", "age", "measure", "sex")),
}


def run() -> None:
    """Time the command on the seed, and reading and attack on the patterns."""
    if not SHARED.exists():
        print("The shared inputs are not here.")
        return
    print("| | seconds | MB | exact / narrowed / safe / undecided |\n|---|---|---|---|")
    for _ in range(2):
        seed()
    for case in CASES:
        pattern(case)


def seed() -> None:
    """The whole command, from text to JSON and page."""
    names = [
        a
        for n in ("main_group", "age", "measure")
        for a in ("--classification", str(CLASSIFICATIONS / f"{n}.csv"))
    ]
    text = str(next((SHARED / "seed").glob("*.txt")))
    program = "import sys; from prikk.cli import app\ntry: app(sys.argv[1:])\nexcept SystemExit: pass"
    done = command(
        "-c", program, "audit", text, *names, "--json", "/dev/null", "--html", "/dev/null", "--limit", "0"
    )
    print(f"| seed as text, command to report | {done.wall:.1f} | {done.megabytes:.0f} | |")


def pattern(case: str) -> None:
    """Reading and attack of one pattern, in a process of its own."""
    file, dims = CASES[case]
    program = f"""
import time
from pathlib import Path
from prikk.auditing import Rule, attack
from prikk.reading import ReadingSettings, read
from prikk.reading.formats import open_document
bench = Path({str(SHARED / "bench")!r})
lists = tuple(bench / f"{case}.{{d}}.hier.csv" for d in {dims!r})
start = time.perf_counter()
reading = read([open_document(bench / "patterns" / {file!r})], ReadingSettings(zeros="shown", classifications=lists))
read_in = time.perf_counter() - start
start = time.perf_counter()
s = attack(reading.publication, Rule(threshold=4, zeros="shown"), hint=reading.truth).summary
print(f"{{read_in:.1f}} + {{time.perf_counter() - start:.1f}} | {{s.exact}} / {{s.narrowed}} / {{s.safe}} / {{s.undecided}}")
"""
    start = time.perf_counter()
    done = command("-c", program)
    seconds, counts = done.output.strip().split(" | ")
    print(
        f"| {case}, reading + attack (process {time.perf_counter() - start:.1f}) | {seconds} | {done.megabytes:.0f} | {counts} |"
    )
