"""``prikk protect`` from the command line: a small invented table, and a whole one of the benchmark where it is."""

import csv
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

BENCH = Path(__file__).parents[3] / "shared" / "bench"
REGION = "code,parent,level\nT,,total\nN,T,county\nS,T,county\n" + "".join(
    f"{c}{i},{c},region\n" for c in "NS" for i in range(5)
)
AGE = "code,parent\nT,\n" + "".join(f"a{i},T\n" for i in range(6))
KEYS = [
    "settings", "finished", "loss", "lower_bound", "gap", "times", "counts", "audit", "shortfalls", "programmes",
    "versions", "findings",
]  # fmt: skip


def prikk(*args):
    command = [sys.executable, "-m", "prikk.cli", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)


@pytest.fixture
def table(tmp_path):
    """The arguments of a small table: ten regions by six ages."""
    draw = np.random.default_rng(11)
    lines = ["region,age,freq"]
    lines += [f"{c}{i},a{a},{draw.geometric(0.1) - 1}" for c in "NS" for i in range(5) for a in range(6)]
    for name, text in (("t", "\n".join(lines) + "\n"), ("region", REGION), ("age", AGE)):
        (tmp_path / f"{name}.csv").write_text(text)
    return [tmp_path / "t.csv", *(f"--dim={n}={tmp_path / n}.csv" for n in ("region", "age"))]


def rows_of(path):
    return list(csv.DictReader(path.read_text().splitlines()))


def test_every_cell_is_written_with_its_status_and_a_report(table, tmp_path):
    out, report = tmp_path / "o.csv", tmp_path / "r.json"
    done = prikk("protect", *table, "--out", out, "--json", report, "--effort", 1, "--zeros", "hidden")
    assert done.returncode == 0, done.stderr
    assert "true values" in done.stderr
    rows = rows_of(out)
    assert list(rows[0]) == ["region", "age", "freq", "status"]
    assert len(rows) == 13 * 7
    assert all((r["status"] == "primary") == (int(r["freq"]) < 4) for r in rows)
    found = json.loads(report.read_text())
    assert list(found) == KEYS
    assert found["counts"]["secondary"] == sum(r["status"] == "secondary" for r in rows) > 0
    assert found["audit"]["safe"] == found["counts"]["primary"] > 0


def test_what_was_written_is_safe_to_an_audit_of_its_own(table, tmp_path):
    out = tmp_path / "o.csv"
    assert prikk("protect", *table, "--out", out, "--effort", 1, "--zeros", "hidden").returncode == 0
    lists = [f"--classification={tmp_path / n}.csv" for n in ("region", "age")]
    done = prikk("audit", out, *lists, "--zeros", "hidden", "--threshold", 4)
    assert done.returncode == 0, done.stdout + done.stderr
    weak = [("published" if r["status"] == "secondary" else r["status"], r) for r in rows_of(out)]
    text = "".join(f"{r['region']},{r['age']},{r['freq']},{status}\n" for status, r in weak)
    out.write_text("region,age,freq,status\n" + text)
    assert prikk("audit", out, *lists, "--zeros", "hidden", "--threshold", 4).returncode == 1


def test_published_combinations_are_named_on_the_command_line_or_in_a_file(table, tmp_path):
    out, words = tmp_path / "o.csv", tmp_path / "tables.txt"
    words.write_text("# by county\nregion:county,age:1\n\nage\n")
    args = ("protect", *table, "--out", out, "--effort", 0, "--zeros", "hidden")
    assert prikk(*args, "--tables", words, "--table", "region").returncode == 0
    assert len(rows_of(out)) == 2 * 6 + 7 + 12
    assert prikk(*args, "--table", "regoin").returncode == 2


def test_what_leaks_is_not_written(table, tmp_path):
    out, report = tmp_path / "o.csv", tmp_path / "r.json"
    keep = [f"--keep=age={code}" for code in ("T", "a1", "a2", "a3", "a4", "a5")]
    done = prikk("protect", *table, *keep, "--out", out, "--json", report, "--effort", 0, "--zeros", "hidden")
    assert done.returncode == 1
    assert "[protect-kept]" in done.stderr
    assert not out.exists()
    assert "protect-kept" in json.loads(report.read_text())["findings"]


@pytest.mark.parametrize(
    ("args", "code", "word"),
    [
        (["--dim=sex=sex.csv"], 2, "file-unreadable"),
        (["--dim=sex"], 2, "dim-option"),
        (["--tables=none.txt"], 2, "tables-file"),
        (["--range=1"], 2, "--range"),
        (["--count=n"], 2, "column-missing"),
        (["--out=nowhere/o.csv"], 3, "no-folder"),
    ],
)
def test_what_cannot_be_used_is_told(table, tmp_path, args, code, word):
    done = prikk("protect", *table, "--out", tmp_path / "o.csv", *args)
    assert (done.returncode, word in done.stderr) == (code, True), done.stderr
    assert "Traceback" not in done.stderr


def test_an_interruption_keeps_the_best_pattern_so_far(table, tmp_path):
    out, report = tmp_path / "o.csv", tmp_path / "r.json"
    args = ["protect", *table, "--out", out, "--json", report, "--effort", 10_000, "--zeros", "hidden"]
    running = subprocess.Popen(
        [sys.executable, "-c", PATIENT, *map(str, args)], stderr=subprocess.PIPE, text=True
    )
    for line in running.stderr:
        if line.startswith("improving"):
            break
    time.sleep(0.5)
    running.send_signal(signal.SIGINT)
    told = running.communicate(timeout=120)[1]
    assert running.returncode == 0, told
    assert "best pattern so far" in told
    assert json.loads(report.read_text())["finished"] is False
    assert out.exists()


# Tells when the improving begins: an interruption before it ends the command without a result.
PATIENT = """
import sys
from prikk.protect._search import Search
def told(self, most, walk=Search.walk):
    print("improving", file=sys.stderr, flush=True)
    return walk(self, most)
Search.walk = told
from prikk.cli import main
main()
"""


@pytest.mark.skipif(not BENCH.exists(), reason="the shared benchmark is not here")
def test_t1m1_is_protected_but_for_its_unavoidable_cells(tmp_path):
    out, report = tmp_path / "o.csv", tmp_path / "r.json"
    lists = {d: BENCH / f"T1m1.{d}.hier.csv" for d in ("main_group", "age", "measure")}
    args = ["protect", BENCH / "T1m1.csv", *(f"--dim={d}={path}" for d, path in lists.items())]
    args += ["--out", out, "--json", report, "--effort", 0]
    assert prikk(*args).returncode == 1
    assert not out.exists()
    assert prikk(*args, "--accept-unavoidable").returncode == 0
    found = json.loads(report.read_text())
    assert (found["counts"]["cells"], found["counts"]["primary"], found["counts"]["unavoidable"]) == (
        1536,
        356,
        14,
    )
    assert all(0 < int(r["freq"]) < 4 for r in rows_of(out) if r["status"] == "primary")
    audit = tmp_path / "a.json"
    classes = [f"--classification={path}" for path in lists.values()]
    assert (
        prikk("audit", out, *classes, "--zeros", "shown", "--threshold", 4, "--json", audit).returncode == 1
    )
    summary = json.loads(audit.read_text())["summary"]
    assert [summary[k] for k in ("exact", "unavoidable", "narrowed", "undecided")] == [14, 14, 0, 0]


def test_a_series_is_protected_month_by_month_with_whole_groups(table, tmp_path):
    march, april, report = tmp_path / "march.csv", tmp_path / "april.csv", tmp_path / "r.json"
    args = [
        "protect",
        *table,
        "--effort",
        0,
        "--zeros",
        "hidden",
        "--together",
        "age=a1|a2",
        "--processes",
        1,
    ]
    assert prikk(*args, "--out", march).returncode == 0
    done = prikk(*args, "--out", april, "--previous", march, "--steady", 0.7, "--json", report)
    assert done.returncode == 0, done.stderr
    assert "changed    0 since the earlier table" in done.stdout
    status = {(r["region"], r["age"]): r["status"] == "published" for r in rows_of(april)}
    assert all(shown == status[region, "a2"] for (region, age), shown in status.items() if age == "a1")
    found = json.loads(report.read_text())
    assert (found["counts"]["changed"], found["settings"]["steady"]) == (0, 0.7)
    assert "processes" not in found["settings"]


def test_people_who_are_alone_are_kept_in_mind(table, tmp_path):
    out, report = tmp_path / "o.csv", tmp_path / "r.json"
    args = ["protect", *table, "--effort", 0, "--zeros", "hidden", "--out", out, "--json", report]
    done = prikk(*args, "--singletons")
    assert done.returncode == 0, done.stderr
    assert "also to people who are alone in a cell: nothing leaks" in done.stdout
    counts = json.loads(report.read_text())["counts"]
    ones = [r for r in rows_of(out) if r["freq"] == "1"]
    assert (counts["singletons"], counts["singletons_leaking"]) == (len(ones), 0)
    assert ones


def test_choices_that_cannot_be_are_told_all_at_once(table, tmp_path):
    args = ["--previous", tmp_path / "region.csv", "--together", "age=b1|a2", "--steady", 2]
    done = prikk("protect", *table, "--out", tmp_path / "o.csv", *args)
    assert done.returncode == 2
    assert all(word in done.stderr for word in ("previous-dimensions", "previous-status", "steady"))
    done = prikk(
        "protect", *table, "--out", tmp_path / "o.csv", "--together", "age=b1|a2", "--hide", "age=b1"
    )
    assert (done.returncode, "together-code" in done.stderr, "selector-empty" in done.stderr) == (
        2,
        True,
        True,
    )
