"""The releases of a folder: found by their manifests, read once, and again only when a file of theirs changed."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from prikk.dissemination import read_facts
from prikk.errors import PrikkError
from prikk.serve.store._model import Release, Withdrawal
from prikk.serve.store._paths import NAME, within
from prikk.serve.store._versions import VERSION, free_version

DEPTH = 3
"""How many levels below the folder a release may stand."""
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,40}")
_WATCHED = ("public/manifest.json", "public/dataset.json", "public/cells.parquet", "withdrawn.json")

Stamp = tuple[tuple[int, int, int] | None, ...]
"""What tells that a release changed: file number, size and time of each watched file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A folder with a ``public`` folder, by its name below the root, or something there that cannot be used."""

    name: str
    folder: Path
    stamp: Stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why a place gives no release; the name is relative to the root."""

    place: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A release that has been read, before it has a version among the others."""

    release: Release
    base: str
    fixed: bool


def places(root: Path) -> Iterator[Place | Fault]:
    """Walk the root, at most :data:`DEPTH` levels down, in the order of names."""
    yield from _walk(root, "", Path(os.path.realpath(root)), DEPTH)


def _walk(folder: Path, name: str, root: Path, depth: int) -> Iterator[Place | Fault]:
    try:
        with os.scandir(folder) as entries:
            found = sorted((e for e in entries if e.is_dir()), key=lambda e: e.name)
    except OSError as error:
        yield Fault(place=name or ".", what=f"cannot be listed ({type(error).__name__})")
        return
    public = next((entry for entry in found if entry.name == "public"), None)
    if public is not None:
        yield _place(folder, name or ".", root if public.is_symlink() else None)
        return
    for entry in found if depth else ():
        below = f"{name}/{entry.name}" if name else entry.name
        if entry.name.startswith(".") or entry.name == "internal":
            continue
        if not NAME.fullmatch(entry.name):
            yield Fault(place=below, what="the name of the folder has characters that are not allowed")
        elif entry.is_symlink() and not within(Path(entry.path), root):
            yield Fault(place=below, what="is a link that leads out of the folder")
        else:
            yield from _walk(Path(entry.path), below, root, depth - 1)


def _place(folder: Path, name: str, root: Path | None) -> Place | Fault:
    """A release, or what may become one; ``root`` is given where its public folder is a link."""
    stamp = tuple(_stamp(f"{folder}/{watched}") for watched in _WATCHED)
    if stamp[0] is None:
        return Fault(place=name, what="has no manifest.json (yet)")
    if root is not None and not within(folder / "public", root):
        return Fault(place=name, what="its public folder is a link that leads elsewhere")
    return Place(name=name, folder=folder, stamp=stamp)


def _stamp(path: str) -> tuple[int, int, int] | None:
    try:
        found = os.stat(path)  # noqa: PTH116 - asked for every file of every release, every few seconds
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def read_place(place: Place) -> Draft | Fault:
    """Read what is at a place; whatever is wrong with it is a fault of this place alone."""
    try:
        return _read(place)
    except FileNotFoundError as error:
        missing = Path(str(error.filename)).name
        return Fault(place=place.name, what=f"has no {missing}; build the release again with this version")
    except PrikkError as error:
        return Fault(place=place.name, what=f"is damaged ({error.findings[0].code})")
    except Exception as error:
        return Fault(place=place.name, what=f"is damaged ({type(error).__name__})")


def _read(place: Place) -> Draft | Fault:
    public = place.folder / "public"
    links = [n for n in _WATCHED if (place.folder / n).is_symlink()]
    if any(not within(place.folder / n, Path(os.path.realpath(public))) for n in links):
        return Fault(place=place.name, what="a file of it is a link that leads elsewhere")
    content = (public / "manifest.json").read_bytes()
    manifest: dict[str, Any] = json.loads(content)
    facts = read_facts(public)
    id_, published = manifest["release"], _moment(manifest.get("published"))
    if (id_, published) != (facts.id, facts.published):
        return Fault(place=place.name, what="its manifest.json and dataset.json are of different releases")
    if not isinstance(id_, str) or not _ID.fullmatch(id_):
        return Fault(place=place.name, what="its id is not one that a release may have")
    base = published.date().isoformat() if published else str(manifest["periods"][-1])
    parts = place.name.split("/")
    fixed = len(parts) >= 2 and parts[-2] == id_ and VERSION.fullmatch(parts[-1]) is not None
    due = manifest.get("next")
    stamp = place.stamp[0]
    written = dt.datetime.fromtimestamp((stamp[2] if stamp else 0) // 1_000_000_000, dt.UTC)
    release = Release(
        id=id_,
        version=parts[-1] if fixed else base,
        facts=facts,
        folder=public,
        withdrawn=_withdrawal(place.folder / "withdrawn.json") if place.stamp[3] else None,
        digest=hashlib.blake2b(content, digest_size=8).hexdigest(),
        published=published,
        due=dt.date.fromisoformat(due) if due else None,
        modified=published or written,
        lasting=fixed,
    )
    return Draft(release=release, base=base, fixed=fixed)


def _moment(text: str | None) -> dt.datetime | None:
    """A moment with its offset; without one it is UTC, never this machine's time."""
    if text is None:
        return None
    moment = dt.datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _withdrawal(path: Path) -> Withdrawal:
    """Why a release was withdrawn; what cannot be read withdraws it all the same."""
    try:
        content: dict[str, Any] = json.loads(path.read_bytes())
        reason = {str(k): str(v) for k, v in dict(content.get("reason", {})).items()}
        return Withdrawal(reason=reason, at=_moment(content.get("at")))
    except (OSError, ValueError, TypeError, AttributeError):
        return Withdrawal(reason={}, at=None)


def numbered(drafts: Mapping[str, Draft]) -> Iterator[Release | Fault]:
    """Give each release a version of its own: that of its folder, else its date and a number where that is taken."""
    taken = defaultdict[str, set[str]](set)
    for name, draft in sorted(drafts.items(), key=lambda item: (not item[1].fixed, item[0])):
        release = draft.release
        of_id = taken[release.id]
        version = release.version
        if version.lower() in of_id and draft.fixed:
            yield Fault(place=name, what="another folder has this id and version")
            continue
        if not draft.fixed:
            version = free_version(draft.base, of_id)
        of_id.add(version.lower())
        yield release if version == release.version else replace(release, version=version)
