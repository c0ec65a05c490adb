"""``prikk audit`` from the command line, on invented documents and on what people feed it by mistake."""

import json
import resource
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

TABLE = """region;women;men;total
North;340;*;342
South;120;15;135
Total;460;*;477
"""
SAFE = """region;women;men;total
North;*;*;342
South;*;*;135
Total;400;77;477
"""


def audit(*args):
    command = [sys.executable, "-m", "prikk.cli", "audit", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def write(folder: Path, text: str | bytes, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_recomputable_star_is_found_explained_and_exits_with_1(tmp_path):
    done = audit(write(tmp_path, TABLE), "--json", tmp_path / "r.json", "--html", tmp_path / "r.html")
    assert done.returncode == 1, done.stderr
    report = json.loads((tmp_path / "r.json").read_text())
    north = next(c for c in report["cells"] if "342" in (c["explanation"] or ""))
    assert (north["low"], north["high"], north["verdict"]) == (2, 2, "exact")
    assert "342" in done.stdout
    assert "340" in done.stdout
    page = (tmp_path / "r.html").read_text()
    assert page.startswith("<!DOCTYPE html>") or page.startswith("<!doctype html>")
    assert "http://" not in page.replace("http://www.w3.org", "")


def test_the_summary_has_the_keys_of_the_contract(tmp_path):
    audit(write(tmp_path, TABLE), "--json", tmp_path / "r.json")
    report = json.loads((tmp_path / "r.json").read_text())
    assert list(report["summary"]) == [
        "attacker", "cells", "hidden", "primary", "exact", "unavoidable", "narrowed", "safe", "undecided", "contradictions",
    ]  # fmt: skip
    assert {
        "table",
        "coordinates",
        "status",
        "low",
        "high",
        "reach_low",
        "reach_high",
        "verdict",
        "explanation",
    } <= set(report["cells"][0])
    assert report["assumptions"]


def test_the_rule_itself_can_give_a_pair_away(tmp_path):
    text = "region;count\nA;*\nB;*\nC;40\nTotal;46\n"
    done = audit(write(tmp_path, text), "--threshold", 4, "--zeros", "shown", "--json", tmp_path / "r.json")
    cells = json.loads((tmp_path / "r.json").read_text())["cells"]
    assert done.returncode == 1
    assert [(c["low"], c["high"], c["verdict"]) for c in cells] == [(3, 3, "exact")] * 2
    naive = audit(tmp_path / "table.csv", "--attacker", "naive", "--zeros", "shown", "--range", "not-exact")
    assert naive.returncode == 0


def test_a_table_that_keeps_its_promise_exits_with_0(tmp_path):
    done = audit(
        write(tmp_path, SAFE),
        "--threshold",
        4,
        "--zeros",
        "hidden",
        "--attacker",
        "naive",
        "--range",
        "not-exact",
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_two_documents_are_audited_as_one(tmp_path):
    one = "region;sex;count\nN;F;*\nN;M;20\nS;F;9\nS;M;11\n"
    two = "region;sex;count\nN;TOTAL;23\nS;TOTAL;20\n"
    first, second = write(tmp_path, one, "one.csv"), write(tmp_path, two, "two.csv")
    assert audit(first).returncode == 0
    both = audit(first, second, "--json", tmp_path / "r.json")
    assert both.returncode == 1, both.stdout
    (cell,) = json.loads((tmp_path / "r.json").read_text())["cells"]
    assert (cell["low"], cell["high"]) == (3, 3)


def bomb(folder: Path) -> Path:
    path = folder / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b"\0" * 300_000_000)
    return path


BAD = {
    "empty": b"",
    "no hidden cell": b"region;count\nA;10\nB;20\nTotal;30\n",
    "binary": bytes(range(256)) * 40,
    "password": bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le"),
}


@pytest.mark.parametrize("kind", sorted(BAD))
def test_what_cannot_be_audited_gets_one_clear_message(tmp_path, kind):
    name = "x.xlsx" if kind == "password" else "x.csv"
    done = audit(write(tmp_path, BAD[kind], name))
    assert "Traceback" not in done.stderr
    assert done.returncode in ({0, 2} if kind == "no hidden cell" else {2}), done.stdout
    assert done.stderr.strip() or done.stdout.strip()


TOLD = {
    "a star among the labels": (TABLE.replace("South", "*"), "the label in 'region' is the marker '*'"),
    "a fractional count": (TABLE.replace("120", "120.5"), "a fractional count, '120.5'"),
    "an impossibly large count": (TABLE.replace("120", "9" * 30), "an impossibly large count"),
    "no hidden cell": (TABLE.replace("*", "2"), "no cell is hidden"),
}


@pytest.mark.parametrize("kind", sorted(TOLD))
def test_bad_tables_get_one_finding_with_a_remedy(tmp_path, kind):
    text, what = TOLD[kind]
    done = audit(write(tmp_path, text))
    assert (done.returncode, "Traceback" in done.stderr) == (2, False), done.stderr
    assert what in " ".join(done.stderr.split())
    assert done.stderr.count("→") == 1


def test_a_file_of_two_gigabytes_is_refused_in_little_time_and_memory(tmp_path):
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(2_000_000_000)  # sparse: it takes no room on the disk
    start = time.perf_counter()
    done = audit(path)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert "at most 200 MB are read" in done.stderr
    assert time.perf_counter() - start < 60
    assert (
        resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 1_500_000
    )  # kB, of the largest child so far


def test_two_totals_that_disagree_are_told_and_the_rest_is_audited(tmp_path):
    done = audit(write(tmp_path, TABLE.replace("Total;460;*;477", "Total;461;*;477")))
    assert done.returncode in (0, 1), done.stderr
    assert "What does not add up" in done.stdout
    assert "the total 461" in " ".join(done.stdout.split())


def test_a_table_of_one_row_is_audited_and_says_that_nothing_adds_up(tmp_path):
    done = audit(write(tmp_path, "region;women;men\nNorth;340;*\n"))
    assert done.returncode in (0, 1), done.stderr
    assert "No total was found" in " ".join(done.stdout.split())


def test_a_zip_bomb_is_refused_within_bounds(tmp_path):
    done = audit(bomb(tmp_path))
    assert done.returncode == 2, done.stdout
    assert "Traceback" not in done.stderr


def test_a_wrong_symbol_a_missing_file_and_a_bad_option_are_told(tmp_path):
    wrong = audit(write(tmp_path, TABLE), "--symbol", "§")
    assert wrong.returncode == 2
    assert "§" in wrong.stderr
    missing = audit(tmp_path / "nothing.csv")
    assert missing.returncode == 2
    assert "nothing.csv" in missing.stderr
    assert audit(tmp_path / "table.csv", "--range", "most").returncode == 2


def test_a_negative_count_is_told_with_its_place(tmp_path):
    done = audit(write(tmp_path, TABLE.replace("120", "-120")))
    assert done.returncode == 2
    assert "negative" in done.stderr
