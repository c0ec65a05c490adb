"""How many calls a client may make: a bucket of tokens each, in a table that all workers of a server share.

The table holds no address, only a number made from it with a secret of this run. Two clients that fall on one place
share nothing: the later one starts with a full bucket. Workers do not lock it, so that a call counted by two at the same
instant may be counted once.
"""

from __future__ import annotations

import hashlib
import mmap
import secrets
import struct
import time
from collections.abc import Callable
from pathlib import Path

_SLOTS = 1 << 15
_SLOT = struct.Struct("<Qfxxxxd")
_HEAD = 32
_REMEMBERED = 1000


def shared_table(path: Path) -> None:
    """Make the file of a table: a secret, then empty places."""
    path.write_bytes(secrets.token_bytes(_HEAD) + bytes(_SLOTS * _SLOT.size))


class Buckets:
    """At most ``calls`` in ``window`` seconds for each client; 0 calls: no limit."""

    def __init__(
        self,
        calls: int,
        window: float,
        table: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Use the file of a table, or memory of this process alone."""
        self._most, self._each, self._clock = float(calls), calls / window, clock
        self._table: mmap.mmap | bytearray
        if table is None:
            self._table = bytearray(secrets.token_bytes(_HEAD) + bytes(_SLOTS * _SLOT.size))
        else:
            with table.open("r+b") as file:
                self._table = mmap.mmap(file.fileno(), 0)
        self._secret = bytes(self._table[:_HEAD])
        self._places: dict[str, tuple[int, int]] = {}

    def _place(self, client: str) -> tuple[int, int]:
        """The number of a client and its place; those of the last clients are remembered for a while."""
        digest = hashlib.blake2b(client.encode(), digest_size=8, key=self._secret).digest()
        tag = int.from_bytes(digest, "little")
        if len(self._places) >= _REMEMBERED:
            self._places.clear()
        self._places[client] = found = (tag, _HEAD + tag % _SLOTS * _SLOT.size)
        return found

    def take(self, client: str) -> float:
        """Take a token; give 0 when there was one, else the seconds until there is."""
        if not self._most:
            return 0.0
        tag, place = self._places.get(client) or self._place(client)
        known, tokens, then = _SLOT.unpack_from(self._table, place)
        now = self._clock()
        # A moment in the future is of an earlier run of the machine.
        full = known != tag or then > now
        tokens = self._most if full else min(self._most, tokens + (now - then) * self._each)
        if tokens < 1:
            return float((1 - tokens) / self._each)
        _SLOT.pack_into(self._table, place, tag, tokens - 1, now)
        return 0.0
