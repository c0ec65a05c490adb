"""The audit at size: the seed publication as text, and what the best tools hid on the benchmark tables.

Needs the shared inputs beside the repository; without them it says so. Every line is a process of its own:
wall and CPU seconds with the imports, its peak memory, and where it starts others the greatest of theirs.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.measure import command
from benchmarks.patterns import BENCH, SHARED

ROOT = Path(__file__).parents[1]
CLASSIFICATIONS = ROOT / "src" / "prikk" / "examples" / "tiltak-alder" / "classifications"
CASES = {
    "T1m1": ("gs_T1m1_pzF_default_nolp.csv", ("main_group", "age", "measure")),
    "T2": ("gs_T2_pzF_default_nolp.csv", ("geo", "ind", "measure")),
    "T3s": ("gs_T3s_pzF_re_nolp.csv", ("region", "age", "measure", "sex")),
}
ATTACK = """
import resource, sys, time
from pathlib import Path
from benchmarks.patterns import seedcube
from prikk.auditing import Rule, attack
from prikk.reading import ReadingSettings, read
from prikk.reading.formats import open_document

def audited(publication, rule, attacker, truth):
    start = time.perf_counter()
    s = attack(publication, rule, attacker, hint=truth).summary
    return time.perf_counter() - start, (s.exact, s.narrowed, s.safe, s.undecided, s.unavoidable)

def told(seconds, counts):
    exact, narrowed, safe, undecided, unavoidable = counts
    own, others = (resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    memory = f"{own} + {others}" if others else f"{own}"
    print(f"{seconds:.2f} | {memory} | {exact} / {narrowed} / {safe} / {undecided} | {unavoidable}")
"""


def run() -> None:
    """Time the command on the seed, and reading and attack on the patterns."""
    if not SHARED.exists():
        print("The shared inputs are not here.")
        return
    print("Foreign patterns (GaussSuppression), read as a file with its truth and attacked.\n")
    print(
        "| | attack, seconds | process: seconds (CPU) | MB | exact / narrowed / safe / undecided | unavoidable |"
    )
    print("|---|---|---|---|---|---|")
    for attacker in ("threshold", "naive"):
        seedcubes(attacker)
    for case in CASES:
        pattern(case)
    print("\n| | seconds (CPU) | MB |\n|---|---|---|")
    for _ in range(2):
        seed()


def seed() -> None:
    """The whole command, from text to JSON and page."""
    names = [
        a
        for n in ("main_group", "age", "measure")
        for a in ("--classification", str(CLASSIFICATIONS / f"{n}.csv"))
    ]
    text = str(next((SHARED / "seed").glob("*.txt")))
    program = "from prikk.cli import main\ntry: main()\nexcept SystemExit: pass"
    done = command(
        "-c", program, "audit", text, *names, "--json", "/dev/null", "--html", "/dev/null", "--limit", "0"
    )
    print(f"| seed as text, command to report | {done.wall:.1f} ({done.cpu:.1f}) | {done.megabytes:.0f} |")


def seedcubes(attacker: str) -> None:
    """All seven months of the seed, one after another."""
    _line(
        f"seedcube, 7 months, `{attacker}`",
        f"""
seconds, counts = 0.0, [0] * 5
for month in range(1, 8):
    publication, truth = seedcube(month)
    took, found = audited(publication, Rule(threshold=4, zeros="hidden"), {attacker!r}, truth)
    seconds, counts = seconds + took, [a + b for a, b in zip(counts, found)]
told(seconds, counts)
""",
    )


def pattern(case: str) -> None:
    """Reading and attack of one pattern."""
    file, dims = CASES[case]
    lists = [str(BENCH / f"{case}.{d}.hier.csv") for d in dims]
    _line(
        f"{case}, `threshold`",
        f"""
settings = ReadingSettings(zeros="shown", classifications=tuple(Path(p) for p in {lists!r}))
reading = read([open_document(Path({str(BENCH / "patterns" / file)!r}))], settings)
told(*audited(reading.publication, Rule(threshold=4, zeros="shown"), "threshold", reading.truth))
""",
    )


def _line(name: str, program: str) -> None:
    done = command("-c", ATTACK + program)
    seconds, memory, counts, unavoidable = done.output.strip().split(" | ")
    print(
        f"| {name} | {seconds} | {done.wall:.1f} ({done.cpu:.1f}) | {memory} | {counts} | {unavoidable} |",
        flush=True,
    )
