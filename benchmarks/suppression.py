"""Suppression at size, by the command, from file to checked file; beside what other tools reach on the same tables.

Needs the shared inputs beside the repository; without them it says so. Every line is a process of its own, with
the imports, the audit and the writing.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import NamedTuple

from benchmarks.measure import command
from benchmarks.patterns import BENCH


class Case(NamedTuple):
    """A table, its dimensions, the effort spent on it, and what GaussSuppression reaches (exact disclosure only)."""

    name: str
    dims: tuple[str, ...]
    effort: int
    others: str


CASES = (
    Case("T1m1", ("main_group", "age", "measure"), 21, "800, 97 of 356 safe; 2.4 s"),
    Case("T2", ("geo", "ind", "measure"), 15, "7 728, 966 of 2 136 safe; 44 s"),
    Case("T3s", ("region", "age", "measure", "sex"), 15, "28 923; 347 s"),
    Case("T3", ("region", "age", "measure", "sex"), 10, "stopped without result"),
    Case("T4", ("main_group", "region", "age", "measure", "sex"), 0, "stopped without result"),
)
MARGINS = ("--table", "mg:1,age,measure", "--table", "age", "--table", "age:1,measure:1")
MONTHS = range(1, 8)
SEED_EFFORT = 90


def run() -> None:
    """Protect every benchmark table, and the seven months of the seed under two requirements."""
    if not BENCH.exists():
        print("The shared inputs are not here.")
        return
    print(
        "| | loss | lower bound | gap | secondary | leaking | seconds (CPU) | MB | GaussSuppression: loss; CPU |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for case in CASES:
        dims = [a for d in case.dims for a in ("--dim", f"{d}={BENCH / f'{case.name}.{d}.hier.csv'}")]
        told = _protected(
            str(BENCH / f"{case.name}.csv"), *dims, "--zeros", "shown", "--effort", str(case.effort)
        )
        print(f"| {case.name} | {told.line()} | {case.others} |", flush=True)
    for requirement, others in (("full", "2 587, 602 of 1 217 safe; 0.2 s a month"), ("not-exact", "")):
        months = [_month(m, requirement) for m in MONTHS]
        print(f"| seedcube, 7 months, `{requirement}` | {_sum(months).line()} | {others} |", flush=True)
        print(f"  longest month: {max(m.wall for m in months):.0f} s")


class Told(NamedTuple):
    """What a run reached."""

    loss: float
    bound: float
    secondary: int
    leaking: tuple[int, int, int]
    wall: float
    cpu: float
    megabytes: float

    def line(self) -> str:
        """The columns of the table."""
        gap = 1 - self.bound / self.loss
        found = "{} exact, {} narrowed, {} undecided".format(*self.leaking) if any(self.leaking) else "none"
        return (
            f"{self.loss:,.0f} | {self.bound:,.0f} | {gap:.0%} | {self.secondary:,} | {found} | "
            f"{self.wall:.0f} ({self.cpu:.0f}) | {self.megabytes:.0f}"
        )


def _sum(parts: list[Told]) -> Told:
    return Told(
        sum(p.loss for p in parts),
        sum(p.bound for p in parts),
        sum(p.secondary for p in parts),
        (
            sum(p.leaking[0] for p in parts),
            sum(p.leaking[1] for p in parts),
            sum(p.leaking[2] for p in parts),
        ),
        sum(p.wall for p in parts),
        sum(p.cpu for p in parts),
        max(p.megabytes for p in parts),
    )


def _month(month: int, requirement: str) -> Told:
    dims = [a for d in ("mg", "age", "measure") for a in ("--dim", f"{d}={_tree(month, d)}")]
    asked = ("--zeros", "hidden", "--range", requirement, "--effort", str(SEED_EFFORT), "--ignore", "grp")
    return _protected(str(BENCH / f"seedcube_{month}.csv"), *dims, *MARGINS, *asked)


def _tree(month: int, dimension: str) -> Path:
    """The hierarchy of a dimension of the seed, read off its rows."""
    lines = (BENCH / f"seedcube_{month}.csv").read_text().splitlines()
    header, *rows = (line.split(",") for line in lines)
    at, group = header.index(dimension), header.index("grp")
    codes = {row[at]: row[group] if dimension == "measure" else "T" for row in rows}
    above = {g: "T" for g in codes.values() if g != "T"}
    path = Path(tempfile.mkdtemp()) / f"{dimension}.csv"
    path.write_text("code,parent\nT,\n" + "".join(f"{c},{p}\n" for c, p in [*above.items(), *codes.items()]))
    return path


def _protected(table: str, *options: str) -> Told:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        program = "from prikk.cli import main\ntry: main()\nexcept SystemExit: pass"
        fixed = ("--count", "freq", "--threshold", "4", "--accept-unavoidable")
        out = ("--out", f"{folder}/out.csv", "--json", str(report))
        done = command("-c", program, "protect", table, *options, *fixed, *out)
        found = json.loads(report.read_text())
    audit = found["audit"]
    leaking = audit["exact"] - audit["unavoidable"], audit["narrowed"], audit["undecided"]
    return Told(
        found["loss"],
        found["lower_bound"],
        found["counts"]["secondary"],
        leaking,
        done.wall,
        done.cpu,
        done.megabytes,
    )
