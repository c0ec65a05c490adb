"""Data sets that have been loaded: as many as there is room for, the ones asked for last."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Loaded(Generic[K, V]):
    """Keep what was loaded up to so many bytes; one load at a time for each key, whoever waits for it.

    The newest is kept even where it alone is too large, for it is being read.
    """

    def __init__(self, size: Callable[[V], int], limit: int) -> None:
        """``size`` gives the bytes of a value, ``limit`` how many may be kept."""
        self._size, self._limit = size, limit
        self._lock = threading.Lock()
        self._kept: OrderedDict[K, Future[V]] = OrderedDict()
        self._bytes: dict[K, int] = {}

    def get(self, key: K, load: Callable[[], V]) -> V:
        """Give the value of a key, loaded if need be; raises what ``load`` raises, and then keeps nothing."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                mine = None
            else:
                mine = found = self._kept[key] = Future()
        if mine is not None:
            self._load(key, mine, load)
        return found.result()

    def _load(self, key: K, future: Future[V], load: Callable[[], V]) -> None:
        try:
            value = load()
        except BaseException as error:
            with self._lock:
                self._kept.pop(key, None)
            future.set_exception(error)
            return
        future.set_result(value)
        with self._lock:
            self._bytes[key] = self._size(value)
            self._shrink()

    def _shrink(self) -> None:
        for key in [k for k in self._kept if k in self._bytes][:-1]:
            if sum(self._bytes.values()) <= self._limit:
                return
            del self._kept[key], self._bytes[key]

    def forget(self, wanted: Callable[[K], bool]) -> None:
        """Drop what is no longer wanted."""
        with self._lock:
            for key in [k for k in self._bytes if not wanted(k)]:
                del self._kept[key], self._bytes[key]

    @property
    def bytes(self) -> int:
        """How many bytes are kept."""
        return sum(self._bytes.values())
