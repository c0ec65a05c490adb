"""The store of releases: two folders, written aside and moved into place whole."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from prikk.errors import EnvironmentFault, Finding

Content = bytes | Callable[[Path], None]
"""A file's bytes, or a function that writes it at a path."""

STAGING = ".prikk-staging-"
_LOCK = ".prikk-lock"
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def write_release(out: Path, *, public: Mapping[str, Content], internal: Mapping[str, Content]) -> None:
    """Write ``out/public`` and ``out/internal`` so that each is at every moment a whole release.

    All files are written under a staging folder inside ``out`` (same file system) and the folders are
    exchanged at the end, ``public`` last: that exchange is the publication. A process killed before it
    leaves the previous release as it was; what it left behind is cleared by the next call. Raises
    :class:`EnvironmentFault` when another build holds the folder or the disk is full.
    """
    with locked(out):
        for leftover in out.glob(f"{STAGING}*"):
            shutil.rmtree(leftover, ignore_errors=True)
        try:
            with tempfile.TemporaryDirectory(prefix=STAGING, dir=out, ignore_cleanup_errors=True) as staging:
                for name, files, mode in (("internal", internal, 0o700), ("public", public, 0o755)):
                    (Path(staging) / name).mkdir(mode=mode)
                    _write_all(Path(staging) / name, files)
                for name in ("internal", "public"):
                    _put_in_place(Path(staging) / name, out / name)
        except OSError as error:
            what = f"the release could not be written: {error.strerror or type(error).__name__}."
            fix = "Free space or permissions and build again; the previous release is untouched."
            raise EnvironmentFault(
                Finding(code="write-failed", what=what, where=str(out), fix=fix)
            ) from error


def _write_all(folder: Path, files: Mapping[str, Content]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            content(path)


def _put_in_place(new: Path, place: Path) -> None:
    if not place.exists():
        new.rename(place)
    elif not _exchange(new, place):
        # No exchange on this system: the old folder stands aside for one instant.
        aside = new.with_name(new.name + "-old")
        place.rename(aside)
        new.rename(place)


def _exchange(new: Path, place: Path) -> bool:
    """Exchange two folders in one step where the system can (Linux); tell whether it did."""
    if not sys.platform.startswith("linux"):
        return False
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    done = renameat2(_AT_FDCWD, os.fsencode(new), _AT_FDCWD, os.fsencode(place), _RENAME_EXCHANGE)
    return int(done) == 0


@contextlib.contextmanager
def locked(out: Path) -> Iterator[None]:
    """Hold the folder for one build, or one publication, at a time; the lock goes with the process."""
    try:
        import fcntl  # noqa: PLC0415 - not on every system
    except ImportError:
        out.mkdir(parents=True, exist_ok=True)
        yield
        return
    out.mkdir(parents=True, exist_ok=True)
    with (out / _LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            what, fix = "another build is writing here.", "Wait for it, or choose another --out."
            raise EnvironmentFault(Finding(code="out-locked", what=what, where=str(out), fix=fix)) from error
        yield
