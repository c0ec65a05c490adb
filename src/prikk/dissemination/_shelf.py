"""A store of releases: a folder with ``<id>/<version>/public`` for each, put there whole and never changed.

Only what is public ever goes into it; a server shows it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from prikk.dissemination._store import STAGING, locked
from prikk.errors import EnvironmentFault, Finding, PrikkError, RefusedError, nearest

VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,40}")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,40}")
_WITHDRAWN = "withdrawn.json"
_UNPROTECTED = "primary-only"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """Where a release stands in a store; ``fresh`` is false when the same bytes were there before."""

    id: str
    version: str
    folder: Path
    fresh: bool
    protected: bool
    published: dt.datetime | None


def shelve(out: Path, store: Path, version: str | None = None) -> Shelved:
    """Copy the public folder of a built release into a store, in one step and never over another.

    Args:
        out: What ``prikk build`` wrote; of it only ``out/public`` is read.
        store: The folder of releases; made when it is not there.
        version: Its name; else the date of publication, or else the last period, with ``-2``, ``-3`` … when taken.

    Raises:
        RefusedError: The audit of the release did not pass, or another release has that version.
        PrikkError: ``out`` holds no whole release.
        EnvironmentFault: The store cannot be written to.
    """
    public = out / "public"
    manifest = _manifest(public)
    if store.resolve().is_relative_to(out.resolve()):
        what = "a store cannot stand within what a build wrote."
        fix = "Name another folder, beside it."
        raise PrikkError(Finding(code="store-within", what=what, where=str(store), fix=fix))
    _refuse_leaks(manifest, out)
    id_, base = manifest["release"], version or _base(manifest)
    if not VERSION.fullmatch(base):
        raise PrikkError(_bad_version(base))
    folder = store / id_
    try:
        with locked(folder):
            same, place = _place(public, folder, base, fixed=version is not None)
            if not same:
                _copy(public, folder, place)
    except OSError as error:
        what = f"the release could not be copied: {error.strerror or type(error).__name__}."
        fix = "Free space or permissions and publish again; the store is as it was."
        raise EnvironmentFault(Finding(code="write-failed", what=what, where=str(store), fix=fix)) from error
    return Shelved(
        id=id_,
        version=place.name,
        folder=place,
        fresh=not same,
        protected=bool(manifest["protection"]["protected"]),
        published=_moment(manifest),
    )


def _manifest(public: Path) -> dict[str, Any]:
    """The manifest of a whole release."""
    where = str(public / "manifest.json")
    fix = "Name the folder that 'prikk build RELEASE.TOML --out DIR' wrote, and build with this version."
    missing = [n for n in ("manifest.json", "dataset.json", "cells.parquet") if not (public / n).is_file()]
    if missing:
        what = f"there is no release here: {', '.join(missing)} missing in public/."
        raise PrikkError(Finding(code="no-release", what=what, where=str(public.parent), fix=fix))
    try:
        found: dict[str, Any] = json.loads((public / "manifest.json").read_bytes())
        whole = bool(_ID.fullmatch(found["release"])) and bool(found["periods"])
        whole = whole and {"passed"} <= found["audit"].keys() and {"protected"} <= found["protection"].keys()
        _moment(found)
    except (ValueError, KeyError, TypeError, AttributeError):
        whole, found = False, {}
    if not whole:
        raise PrikkError(Finding(code="manifest-damaged", what="it is damaged.", where=where, fix=fix))
    return found


def _moment(manifest: Mapping[str, Any]) -> dt.datetime | None:
    text = manifest.get("published")
    return dt.datetime.fromisoformat(text) if text else None


def _base(manifest: Mapping[str, Any]) -> str:
    moment = _moment(manifest)
    return moment.date().isoformat() if moment else str(manifest["periods"][-1])


def _refuse_leaks(manifest: Mapping[str, Any], out: Path) -> None:
    """What leaks is not published, unless its spec said by name that it is not protected."""
    allowed = manifest["protection"].get("method") == _UNPROTECTED and not manifest["protection"]["protected"]
    if manifest["audit"]["passed"] is not True and not allowed:
        what = "the audit of this release did not pass: hidden figures can be worked out."
        fix = f"See {out / 'internal' / 'audit.html'}; build it again with protection."
        raise RefusedError(Finding(code="audit-not-passed", what=what, where=str(out), fix=fix))


def _place(public: Path, folder: Path, base: str, *, fixed: bool) -> tuple[bool, Path]:
    """Where the release goes, or (true) where the same bytes stand already."""
    digest, number, name = _digest(public), 1, base
    while (folder / name).exists():
        if _digest(folder / name / "public") == digest:
            return True, folder / name
        if fixed:
            what = f"another release stands at {folder.name}/{name}, and none is ever replaced."
            fix = "Choose another --version, or leave it out; 'prikk withdraw' marks the old one."
            raise RefusedError(Finding(code="version-taken", what=what, where="--version", fix=fix))
        number += 1
        name = f"{base}-{number}"
    return False, folder / name


def _digest(public: Path) -> str:
    """All files with their names and bytes."""
    digest = hashlib.sha256()
    for path in sorted(p for p in public.rglob("*") if p.is_file()):
        digest.update(path.relative_to(public).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _copy(public: Path, folder: Path, place: Path) -> None:
    """Copy aside, then move: the version is there whole or not at all."""
    for path in public.rglob("*"):
        if path.is_symlink():
            what, fix = "it is a link, and a release has files only.", "Build the release again."
            raise PrikkError(Finding(code="release-link", what=what, where=str(path), fix=fix))
    for leftover in folder.glob(f"{STAGING}*"):
        shutil.rmtree(leftover, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=STAGING, dir=folder, ignore_cleanup_errors=True) as staging:
        new = Path(staging) / "new"
        shutil.copytree(public, new / "public")
        for path in (new, *new.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
        new.rename(place)


def withdraw(store: Path, id_: str, version: str, reason: Mapping[str, str], at: dt.datetime) -> Path:
    """Mark a release of a store as withdrawn: readers get the reason instead of its figures.

    ``reason`` is a text in each language, ``at`` the moment with its offset. Gives the file that was written. Raises
    :class:`PrikkError` when there is no such release or it was withdrawn before.
    """
    folder = store / id_ / version
    if not (_ID.fullmatch(id_) and VERSION.fullmatch(version) and (folder / "public").is_dir()):
        raise PrikkError(_unknown(store, id_, version))
    target = folder / _WITHDRAWN
    if target.exists():
        what, fix = "it was withdrawn before.", f"Delete {target} to show it again."
        raise PrikkError(Finding(code="withdrawn-before", what=what, where=f"{id_} {version}", fix=fix))
    moment = at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    content = json.dumps({"reason": dict(reason), "at": moment}, ensure_ascii=False, indent=2) + "\n"
    try:
        aside = folder / f"{STAGING}{os.getpid()}"
        aside.write_text(content, encoding="utf-8")
        aside.rename(target)
    except OSError as error:
        what = f"the mark could not be written: {error.strerror or type(error).__name__}."
        fix = "Check the permissions of the store."
        raise EnvironmentFault(Finding(code="write-failed", what=what, where=str(folder), fix=fix)) from error
    return target


def _unknown(store: Path, id_: str, version: str) -> Finding:
    ids = sorted(p.name for p in store.iterdir() if p.is_dir()) if store.is_dir() else []
    if id_ not in ids:
        what, fix = f"there is no release '{id_}' in it.", f"Check the id.{nearest(id_, ids)}"
    else:
        versions = sorted(p.name for p in (store / id_).iterdir() if (p / "public").is_dir())
        what = f"'{id_}' has no version '{version}'."
        fix = f"It has: {', '.join(versions) or 'none'}."
    return Finding(code="release-unknown", what=what, where=str(store), fix=fix)


def _bad_version(version: str) -> Finding:
    what = f"'{version}' is no name of a version."
    fix = "Use letters, digits, dots and dashes, such as 2022-08-18."
    return Finding(code="version-name", what=what, where="--version", fix=fix)
