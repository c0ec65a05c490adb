"""Builds from the command line, as an office runs them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from support import AGE, REGION, REGISTER, SPEC, csv_rows, edited, project


def prikk(*args, cwd=None):
    command = [sys.executable, "-m", "prikk.cli", *map(str, args)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def tree(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_build_writes_both_folders_and_prints_only_the_result(tmp_path):
    done = prikk("build", project(tmp_path), "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "NOT protected" in done.stdout
    assert "Counting" in done.stderr
    assert "Counting" not in done.stdout
    public = tree(tmp_path / "out" / "public")
    expected = {
        "cells.csv",
        "cells.parquet",
        "tables.csv",
        "tables.parquet",
        "toy.xlsx",
        "index.html",
        "manifest.json",
    }
    assert expected <= set(public)
    assert set(tree(tmp_path / "out" / "internal")) == {
        "audit.html", "audit.json", "cells.csv", "rejects.csv",
    }  # fmt: skip


def test_the_same_input_gives_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        assert prikk("build", project(tmp_path / name), "--out", tmp_path / name / "out").returncode == 0
    assert tree(tmp_path / "one" / "out") == tree(tmp_path / "two" / "out")


def test_public_and_internal_cells_are_the_same_cells(tmp_path):
    prikk("build", project(tmp_path), "--out", tmp_path / "out")
    public, internal = (
        csv_rows(tmp_path / "out" / folder / "cells.csv") for folder in ("public", "internal")
    )
    assert len(public) == len(internal) > 0
    for shown, true in zip(public, internal, strict=True):
        hidden = int(true["value"]) < 4
        assert shown["value"] == ("" if hidden else true["value"])
        assert shown["status"] == ("*" if hidden else "")
        assert true["status"] == ("primary" if hidden else "published")


def test_no_public_file_names_the_internal_statuses(tmp_path):
    prikk("build", project(tmp_path), "--out", tmp_path / "out")
    for name, content in tree(tmp_path / "out" / "public").items():
        assert b"secondary" not in content, name


@pytest.mark.parametrize("zeros", ["hidden", "shown"])
def test_the_rule_hides_zeros_or_shows_them(tmp_path, zeros):
    spec = edited(SPEC, ("threshold = 4", f'threshold = 4\nzeros = "{zeros}"\nsymbol = ":"'))
    register = REGISTER + "D99,P99,S1,1950-01-01,2024-02-01,\n"
    prikk("build", project(tmp_path, spec=spec, register=register), "--out", tmp_path / "out")
    rows = {
        (r["period"], r["region"], r["age"]): (r["value"], r["status"])
        for r in csv_rows(tmp_path / "out/public/cells.csv")
    }
    assert rows["2024-01", "S", "old"] == (("", ":") if zeros == "hidden" else ("0", ""))
    assert rows["2024-02", "S", "old"] == ("", ":")


def test_too_many_rejects_publish_nothing_and_show_the_rows(tmp_path):
    register = REGISTER + "D98,P98,XX,1950-01-01,2024-02-01,\nD1,P1,N1,2000-05-05,2023-12-01,\n"
    done = prikk("build", project(tmp_path, register=register), "--out", tmp_path / "out")
    assert done.returncode == 1
    assert "2 of 18 rows were rejected" in done.stderr
    assert "max_rejects" in done.stderr
    assert not (tmp_path / "out" / "public").exists()
    rejects = csv_rows(tmp_path / "out/internal/rejects.csv")
    assert [(r["row"], r["column"], r["reason"]) for r in rejects] == [
        ("18", "region", "code-unknown"),
        ("19", "id", "duplicate"),
    ]


def test_a_refused_build_leaves_the_previous_release_whole(tmp_path):
    path = project(tmp_path)
    prikk("build", path, "--out", tmp_path / "out")
    before = tree(tmp_path / "out")
    (tmp_path / "register.csv").write_text(REGISTER + "D98,P98,XX,1950-01-01,2024-02-01,\n")
    assert prikk("build", path, "--out", tmp_path / "out").returncode == 1
    after = tree(tmp_path / "out")
    assert {k: v for k, v in after.items() if not k.startswith("internal-refused/")} == before
    assert "internal-refused/rejects.csv" in after


def test_allowed_rejects_are_counted_in_the_manifest(tmp_path):
    spec = edited(SPEC, ('columns = { id = "id"', 'max_rejects = 1\ncolumns = { id = "id"'))
    register = REGISTER + "D98,P98,XX,1950-01-01,2024-02-01,\n"
    done = prikk("build", project(tmp_path, spec=spec, register=register), "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    about = json.loads((tmp_path / "out/public/manifest.json").read_text())["input"]
    assert (about["rows"], about["rejected"], about["reasons"]) == (17, 1, {"code-unknown": 1})


@pytest.mark.parametrize(
    ("change", "code", "message"),
    [
        ({"spec": edited(SPEC, ("allow_unprotected = true", ""))}, 1, "allow_unprotected = true"),
        ({"spec": edited(SPEC, ("threshold", "treshold"))}, 2, "Nearest: 'threshold'"),
        ({"region": REGION + "X1,X,X\n"}, 2, "the parent 'X' of 'X1' is not in the file"),
        ({"age": AGE.replace("29", "35")}, 2, "overlap at 30 years"),
        ({"register": "id,person,region,geboren,start,end\n"}, 2, "born"),
        ({"spec": edited(SPEC, ("register.csv", "missing.parquet"))}, 2, "missing.parquet"),
    ],
)
def test_a_mistake_stops_the_build_with_its_remedy_and_no_traceback(tmp_path, change, code, message):
    done = prikk("build", project(tmp_path, **change), "--out", tmp_path / "out")
    assert done.returncode == code, done.stderr
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert not (tmp_path / "out").exists()


def test_no_message_or_public_byte_holds_a_persons_key(tmp_path):
    register = REGISTER + "SECRETKEY,SECRETPERSON,XX,1950-01-01,2024-02-01,\n"
    done = prikk("build", project(tmp_path, register=register), "--out", tmp_path / "out")
    assert "SECRET" not in done.stdout + done.stderr
    assert "1950-01-01" not in done.stdout + done.stderr


def test_check_gives_all_findings_at_once(tmp_path):
    spec = edited(SPEC, ('["en"]', '["en", "nb"]'))
    done = prikk("check", project(tmp_path, spec=spec, region=REGION.replace("label_en", "label_x")))
    assert done.returncode == 2
    assert "text-language" in done.stderr
    assert "classification-column" in done.stderr
    assert prikk("check", project(tmp_path)).stdout.endswith("nothing found.\n")


def test_a_new_project_checks_and_builds_at_once(tmp_path):
    assert prikk("new", "courses", cwd=tmp_path).returncode == 0
    done = prikk("build", "release.toml", "--out", "out", cwd=tmp_path / "courses")
    assert done.returncode == 0, done.stderr
    again = prikk("new", "courses", cwd=tmp_path)
    assert again.returncode == 2
    assert "Choose another name" in again.stderr


def test_an_unknown_command_or_option_is_a_usage_error(tmp_path):
    assert prikk("bild").returncode == 2
    assert prikk("build", project(tmp_path)).returncode == 2
