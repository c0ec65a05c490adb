"""A release is published whole or not at all."""

import fcntl
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from prikk.dissemination import write_release
from prikk.errors import EnvironmentFault


def tree(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_new_release_replaces_the_old_one_whole(tmp_path):
    write_release(tmp_path, public={"a.csv": b"1", "old/b.csv": b"2"}, internal={"t.csv": b"3"})
    write_release(tmp_path, public={"a.csv": b"4"}, internal={"t.csv": lambda path: path.write_bytes(b"5")})
    assert tree(tmp_path / "public") == {"a.csv": b"4"}
    assert tree(tmp_path / "internal") == {"t.csv": b"5"}
    assert sorted(p.name for p in tmp_path.iterdir()) == [".prikk-lock", "internal", "public"]


def test_the_internal_folder_is_for_its_owner_only(tmp_path):
    write_release(tmp_path, public={}, internal={})
    assert (tmp_path / "internal").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "public").stat().st_mode & 0o077 == 0o055


def test_a_failed_write_leaves_the_previous_release(tmp_path):
    write_release(tmp_path, public={"a.csv": b"1"}, internal={"t.csv": b"2"})

    def full(path):
        path.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    with pytest.raises(EnvironmentFault, match="No space left on device"):
        write_release(tmp_path, public={"a.csv": full}, internal={})
    assert tree(tmp_path / "public") == {"a.csv": b"1"}
    assert tree(tmp_path / "internal") == {"t.csv": b"2"}


def test_a_killed_build_leaves_the_previous_release_and_the_next_clears_up(tmp_path):
    write_release(tmp_path, public={"a.csv": b"1"}, internal={"t.csv": b"2"})
    program = f"""
        import os, signal
        from pathlib import Path
        from prikk.dissemination import write_release
        stop = lambda path: os.kill(os.getpid(), signal.SIGKILL)
        write_release(Path({str(tmp_path)!r}), public={{"a.csv": b"9", "b.csv": stop}}, internal={{"t.csv": b"9"}})
    """
    killed = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert tree(tmp_path / "public") == {"a.csv": b"1"}
    assert tree(tmp_path / "internal") == {"t.csv": b"2"}
    assert [p.name for p in tmp_path.glob(".prikk-staging-*")]
    write_release(tmp_path, public={"a.csv": b"3"}, internal={})
    assert tree(tmp_path / "public") == {"a.csv": b"3"}
    assert not list(tmp_path.glob(".prikk-staging-*"))


def test_two_builds_do_not_write_to_one_folder(tmp_path):
    with (tmp_path / ".prikk-lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(EnvironmentFault, match="another build is writing here"):
            write_release(tmp_path, public={}, internal={})


def test_without_an_exchange_call_the_folders_are_still_replaced(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "platform", "other")
    for content in (b"1", b"2"):
        write_release(tmp_path, public={"a.csv": content}, internal={"t.csv": content})
    assert tree(tmp_path / "public") == {"a.csv": b"2"}
    assert tree(tmp_path / "internal") == {"t.csv": b"2"}
