"""``prikk protect`` for amounts from the command line, and for groups of counts."""

import csv
import json
import subprocess
import sys

import pytest

from unit.protection.amounts import DIMS, GIVEN, left_open

RULES = ["--dominance", "2,85", "--p-percent", "10", "--min-contributors", "3", "--interval", "15"]
ASKED = {("N1", "A"): 146, ("S2", "B"): 147}
"""By how much the two sensitive amounts must at least be able to rise and fall: 15 per cent, or what a rule asks."""


def prikk(*args):
    command = [sys.executable, "-m", "prikk.cli", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)


@pytest.fixture
def table(tmp_path):
    """The arguments of a small table of contributions."""
    lines = ["region,industry,company,turnover", *(",".join(map(str, row)) for row in GIVEN)]
    (tmp_path / "companies.csv").write_text("\n".join(lines) + "\n")
    for name, tree in DIMS.items():
        text = "code,parent\n" + "".join(f"{code},{parent or ''}\n" for code, parent in tree)
        (tmp_path / f"{name}.csv").write_text(text)
    return [tmp_path / "companies.csv", *(f"--dim={name}={tmp_path / name}.csv" for name in DIMS)]


def test_amounts_are_written_with_their_contributors_and_a_report(table, tmp_path):
    out, report = tmp_path / "o.csv", tmp_path / "r.json"
    named = ["--value", "turnover", "--contributor", "company"]
    done = prikk("protect", *table, *named, *RULES, "--effort", 1, "--out", out, "--json", report)
    assert done.returncode == 0, done.stderr
    assert "2 of them under the rules" in done.stdout
    assert "every sensitive amount stays open as far as the rules ask: nothing leaks" in done.stdout
    rows = list(csv.DictReader(out.read_text().splitlines()))
    assert list(rows[0]) == ["region", "industry", "turnover", "contributors", "status"]
    value = {(r["region"], r["industry"]): int(r["turnover"]) for r in rows}
    for codes, open_by in ASKED.items():
        low, high = left_open(out, codes)
        assert low <= value[codes] - open_by
        assert high >= value[codes] + open_by
    found = json.loads(report.read_text())
    assert found["rules"] == {"dominance 2,85": 2, "p-percent 10": 2, "min-contributors 3": 1}
    assert found["settings"]["amounts"]["dominance"] == [[2, 85]]
    assert "threshold" not in found["settings"]
    assert found["audit"]["safe"] == found["counts"]["primary"] == 2


def test_finest_cells_with_their_largest_contributions_give_the_same(table, tmp_path):
    shares = {}
    for region, industry, _, amount in GIVEN:
        shares.setdefault((region, industry), []).append(amount)
    lines = ["region,industry,total,n,x1,x2"]
    for cell, amounts in shares.items():
        top = sorted(amounts, reverse=True)[:2]
        lines.append(",".join(map(str, (*cell, sum(amounts), len(amounts), *top))))
    cells, one, two = tmp_path / "cells.csv", tmp_path / "1.csv", tmp_path / "2.csv"
    cells.write_text("\n".join(lines) + "\n")
    named = ["--value", "total", "--contributor-count", "n", "--largest", "x1,x2"]
    done = prikk("protect", cells, *table[1:], *named, *RULES, "--effort", 0, "--out", two)
    assert done.returncode == 0, done.stderr
    named = ["--value", "turnover", "--contributor", "company"]
    assert prikk("protect", *table, *named, *RULES, "--effort", 0, "--out", one).returncode == 0
    assert one.read_text() == two.read_text().replace("total", "turnover")


@pytest.mark.parametrize(
    ("args", "code", "word"),
    [
        (["--value=turnover"], 2, "none says what is sensitive"),
        (["--dominance=2,85"], 2, "amount-option"),
        (["--value=turnover", "--dominance=2"], 2, "dominance-option"),
        (["--value=turnover", "--dominance=2,x"], 2, "dominance-option"),
        (["--value=turnover", "--p-percent=nan"], 2, "setting"),
        (["--value=turnovr", "--p-percent=10"], 2, "Nearest: 'turnover'"),
        (["--value=turnover", "--p-percent=10", "--threshold=5"], 2, "Leave out --threshold"),
        (["--value=turnover", "--p-percent=10"], 2, "(--contributor company)"),
        (["--count=turnover", "--group-disclosure=all", "--ignore=company"], 2, "--zeros hidden"),
    ],
)
def test_what_cannot_be_used_is_told(table, tmp_path, args, code, word):
    done = prikk("protect", *table, "--out", tmp_path / "o.csv", *args)
    assert (done.returncode, word in done.stderr) == (code, True), done.stderr
    assert "Traceback" not in done.stderr


def test_groups_are_protected_beside_the_threshold(table, tmp_path):
    """All of N1 are in A: whoever is known to live in N1 is known to be in A."""
    counts = {"N1": (9, 0, 0), "N2": (12, 8, 9), "S1": (14, 7, 11), "S2": (6, 13, 9)}
    lines = ["region,industry,freq"]
    lines += [
        f"{region},{industry},{n}"
        for region, some in counts.items()
        for industry, n in zip("ABC", some, strict=True)
    ]
    people, out = tmp_path / "people.csv", tmp_path / "o.csv"
    people.write_text("\n".join(lines) + "\n")
    args = ["protect", people, *table[1:], "--zeros", "hidden", "--out", out, "--effort", 0]
    done = prikk(*args, "--group-disclosure", "industry")
    assert done.returncode == 0, done.stderr
    status = {(r["region"], r["industry"]): r for r in csv.DictReader(out.read_text().splitlines())}
    assert status["N1", "A"]["status"] == "primary"
    low, high = left_open(out, ("N1", "A"), "freq")
    assert low <= 8
    assert high >= 9


def test_amounts_hold_for_contributors_who_are_alone_and_groups_are_whole(table, tmp_path):
    out, again, report = tmp_path / "o.csv", tmp_path / "p.csv", tmp_path / "r.json"
    text = (tmp_path / "companies.csv").read_text().splitlines()
    alone = [line for line in text if not line.startswith("N1,B")] + ["N1,B,q,300"]
    (tmp_path / "companies.csv").write_text("\n".join(alone) + "\n")
    args = ["protect", *table, "--value", "turnover", "--contributor", "company", *RULES, "--effort", 0]
    args += ["--singletons", "--together", "industry=A|B", "--json", report]
    done = prikk(*args, "--out", out)
    assert done.returncode == 0, done.stderr
    assert json.loads(report.read_text())["counts"]["singletons"] == 1
    status = {(r["region"], r["industry"]): r["status"] for r in csv.DictReader(out.read_text().splitlines())}
    assert all(
        (status[r, "A"] == "published") == (s == "published") for (r, i), s in status.items() if i == "B"
    )
    assert prikk(*args, "--out", again, "--previous", out).returncode == 0
    assert json.loads(report.read_text())["counts"]["changed"] == 0
