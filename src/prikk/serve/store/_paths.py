"""Which files of a store may be opened: public ones, and none that a name or a link leads to elsewhere."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

NAME = re.compile(r"\w[\w .+-]{0,100}")
"""What a folder or file of a store may be called; nothing that begins with a dot."""
_ODD = re.compile(r"[\x00-\x1f\x7f\\:]")
_INTERNAL = "internal"


def within(path: Path, root: Path) -> bool:
    """Whether a path, its links followed, is in ``root`` (resolved) and in no internal folder of it."""
    real = Path(os.path.realpath(path))
    return real == root or (real.is_relative_to(root) and _INTERNAL not in real.relative_to(root).parts)


def public_file(folder: Path, name: str) -> Path | None:
    """The regular file of a public folder that a path of an address names; None for anything else.

    Nothing is opened: parts that go up, begin with a dot or hold odd characters are refused before the disk is asked,
    and links that lead out of the folder after.
    """
    parts = name.split("/")
    if _ODD.search(name) or any(not part or part.startswith(".") for part in parts):
        return None
    path = folder.joinpath(*parts)
    try:
        if not stat.S_ISREG(path.stat().st_mode) or not within(path, Path(os.path.realpath(folder))):
            return None
    except (OSError, ValueError):
        return None
    return path
