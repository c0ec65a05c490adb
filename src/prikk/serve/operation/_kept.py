"""Whole answers in memory, as they were sent: what many ask for is worked out and compressed once."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

Headers = tuple[tuple[bytes, bytes], ...]
_SECONDS = 60.0
_LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer with all its headers but those that are of one request, and the template of its path."""

    headers: Headers
    body: bytes
    etag: bytes
    path: str
    until: float


class Answers:
    """Kept answers up to so many bytes, those asked for last; all are dropped when the catalogue is another one."""

    def __init__(self, limit: int) -> None:
        """Keep at most ``limit`` bytes."""
        self._limit, self._bytes = limit, 0
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._catalogue: object = None

    def get(self, key: Hashable, catalogue: object) -> Kept | None:
        """What was kept for a key under this catalogue, not longer ago than a minute."""
        if catalogue is not self._catalogue:
            self._kept.clear()
            self._bytes, self._catalogue = 0, catalogue
            return None
        found = self._kept.get(key)
        if found is None:
            return None
        if found.until < time.monotonic():
            del self._kept[key]
            self._bytes -= len(found.body)
            return None
        self._kept.move_to_end(key)
        return found

    def put(self, key: Hashable, catalogue: object, answer: Kept) -> None:
        """Keep an answer that was made while this catalogue was shown."""
        size = len(answer.body)
        if catalogue is not self._catalogue or size > min(_LARGEST, self._limit):
            return
        before = self._kept.pop(key, None)
        self._bytes += size - (len(before.body) if before else 0)
        self._kept[key] = answer
        while self._bytes > self._limit:
            self._bytes -= len(self._kept.popitem(last=False)[1].body)


def expiry() -> float:
    """Until when an answer of this moment is kept."""
    return time.monotonic() + _SECONDS
