"""A file as bytes, fetched within the limits."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from pathlib import Path

from prikk.errors import ReadingError
from prikk.reading.formats._faults import refused
from prikk.reading.formats._limits import Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The bytes of one file; ``place`` is its name for people, ``suffix`` in lower case with its dot."""

    place: str
    suffix: str
    data: bytes


def load(path: Path, limits: Limits) -> Source:
    """Fetch a file. Raises :class:`ReadingError` for what is no readable, filled file of allowed size."""
    try:
        status = path.stat()
        fault = _refusal(path.name, status.st_mode, status.st_size, limits)
        if fault is not None:
            raise fault
        with path.open("rb") as file:
            data = file.read(limits.file_bytes + 1)
    except FileNotFoundError:
        fix = "Correct the name; a relative one starts at the current folder."
        raise refused("file-missing", str(path), "there is no such file.", fix) from None
    except PermissionError:
        what, fix = "you may not read it.", "Ask for the right to read it, or copy it."
        raise refused("file-unreadable", path.name, what, fix) from None
    except (OSError, ValueError):  # ValueError: a name with a null character
        fix = "Check the name and the disk."
        raise refused("file-unreadable", path.name, "it cannot be opened.", fix) from None
    fault = _refusal(path.name, stat.S_IFREG, len(data), limits)  # it may have grown meanwhile
    if fault is not None:
        raise fault
    return Source(place=path.name, suffix=path.suffix.lower(), data=data)


def _refusal(place: str, mode: int, size: int, limits: Limits) -> ReadingError | None:
    if stat.S_ISDIR(mode):
        return refused("file-folder", place, "it is a folder.", "Name the files in it.")
    if not stat.S_ISREG(mode):
        return refused("file-special", place, "it is not an ordinary file.", "Copy it to a file first.")
    if size > limits.file_bytes:
        megabytes, most = size / 1e6, limits.file_bytes / 1e6
        what = f"it has {megabytes:,.0f} MB; at most {most:,.0f} MB are read."
        return refused("file-large", place, what, "Split it, or raise the limit 'file_bytes'.")
    if size == 0:
        return refused("file-empty", place, "it is empty.", "Fetch it anew.")
    return None
