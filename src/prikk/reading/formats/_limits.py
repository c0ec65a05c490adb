"""How much of a file is read before prikk gives up: bytes, cells, pages, seconds."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from prikk.reading.formats._faults import refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one document may cost.

    ``unzipped_bytes`` and ``ratio`` (unzipped to zipped, above 10 MB) hold for the parts of a workbook
    that are read; ``seconds`` is checked between pieces of work, so a limit is passed by one piece at most.
    """

    file_bytes: int = 200_000_000
    unzipped_bytes: int = 500_000_000
    ratio: int = 200
    cells: int = 10_000_000
    pages: int = 2_000
    seconds: float = 120.0


DEFAULT_LIMITS = Limits()


class Budget:
    """What is left of the limits while one document is read."""

    def __init__(self, limits: Limits, place: str, clock: Callable[[], float] = time.monotonic) -> None:
        self.limits = limits
        self.place = place
        self._clock = clock
        self._end = clock() + limits.seconds
        self._cells = 0

    def spend(self, cells: int) -> None:
        """Count cells, also blank ones. Raises :class:`ReadingError` when they are too many or too slow."""
        self._cells += cells
        if self._cells > self.limits.cells:
            what = f"it has more than {self.limits.cells:,} cells."
            raise refused("cells-limit", self.place, what, "Split it, or raise the limit 'cells'.")
        self.check_time()

    def check_time(self) -> None:
        """Raise :class:`ReadingError` when the time is up."""
        if self._clock() > self._end:
            what = f"it was not read within {self.limits.seconds:g} seconds."
            raise refused("time-limit", self.place, what, "Split it, or raise the limit 'seconds'.")
