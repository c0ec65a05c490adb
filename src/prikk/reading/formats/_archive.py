"""Parts of a zipped document, unpacked within the limits."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from prikk.errors import ReadingError
from prikk.reading.formats._faults import refused
from prikk.reading.formats._limits import Budget

_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)
_CHUNK = 1 << 18
_HARMLESS = 10_000_000
_ENCRYPTED = 0x1  # APPNOTE 4.4.4: bit 0 of the general purpose flag


class Archive:
    """A zip file whose parts are found by their path, however it is written."""

    def __init__(self, data: bytes, budget: Budget) -> None:
        self._budget = budget
        self._unzipped = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGE:
            raise _damaged(budget.place) from None
        self._parts = {_path(info.filename): info for info in self._zip.infolist()}

    @property
    def names(self) -> frozenset[str]:
        """The paths of its parts, in lower case."""
        return frozenset(self._parts)

    def __contains__(self, path: str) -> bool:
        """Whether it has a part."""
        return _path(path) in self._parts

    def chunks(self, path: str) -> Iterator[bytes]:
        """Unpack a part piece by piece; nothing when there is none.

        A part never gives more than the size its entry names (``zipfile`` stops there), so that the
        check before unpacking is enough.
        """
        info = self._parts.get(_path(path))
        if info is None:
            return
        if info.flag_bits & _ENCRYPTED:
            fix = "Save a copy without the password."
            raise refused("password", self._budget.place, "it is protected by a password.", fix)
        self._weigh(info)
        try:
            with self._zip.open(info) as part:
                while chunk := part.read(_CHUNK):
                    self._budget.check_time()
                    yield chunk
        except _DAMAGE:
            raise _damaged(self._budget.place) from None

    def _weigh(self, info: zipfile.ZipInfo) -> None:
        limits = self._budget.limits
        self._unzipped += info.file_size
        swollen = info.file_size > max(_HARMLESS, limits.ratio * max(1, info.compress_size))
        if self._unzipped > limits.unzipped_bytes or swollen:
            megabytes = info.file_size / 1e6
            what = f"a part of it unpacks to {megabytes:,.0f} MB, more than a document of its size has."
            fix = "Check where it comes from (a zip bomb looks so); else raise the limit 'unzipped_bytes' or 'ratio'."
            raise refused("zip-bomb", self._budget.place, what, fix)


def _damaged(place: str) -> ReadingError:
    fix = "Fetch it anew; a download may have stopped half-way."
    return refused("file-broken", place, "its zip container is damaged.", fix)


def _path(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
