from pathlib import Path

import pytest

from prikk.serve.store import public_file


@pytest.fixture
def public(tmp_path: Path) -> Path:
    (tmp_path / "public" / "html").mkdir(parents=True)
    (tmp_path / "internal").mkdir()
    for name in (
        "public/a.csv",
        "public/html/b c.html",
        "public/.hidden",
        "internal/cells.csv",
        "outside.csv",
    ):
        (tmp_path / name).write_text("x")
    return tmp_path / "public"


@pytest.mark.parametrize("name", ["a.csv", "html/b c.html"])
def test_a_file_of_the_folder_is_found(public: Path, name: str):
    assert public_file(public, name) == public / name


TRICKS = [
    "", ".", "..", "/", "//", "html", "html/", "../outside.csv", "../internal/cells.csv", "html/../a.csv", "html/../../internal/cells.csv",
    "./a.csv", "a.csv/", "/a.csv", "//a.csv", "html//b c.html", ".hidden", "html/..", "..\\internal\\cells.csv", "a.csv\x00", "\x00", "a.csv\n",
    "C:/a.csv", "a.csv::$DATA", "~/a.csv", "x" * 5000, "html/" * 2000 + "a", "%2e%2e/internal/cells.csv",
]  # fmt: skip


@pytest.mark.parametrize("name", TRICKS)
def test_nothing_else_is(public: Path, name: str):
    assert public_file(public, name) is None


def test_absolute_paths_and_links_that_lead_out_are_not(public: Path):
    (public / "link.csv").symlink_to(public.parent / "internal" / "cells.csv")
    (public / "folder").symlink_to(public.parent / "internal")
    (public / "loop").symlink_to(public / "loop")
    for name in (str(public.parent / "outside.csv"), "link.csv", "folder/cells.csv", "loop"):
        assert public_file(public, name) is None


def test_a_link_to_a_file_of_the_folder_is(public: Path):
    (public / "same.csv").symlink_to(public / "a.csv")
    assert public_file(public, "same.csv") == public / "same.csv"
