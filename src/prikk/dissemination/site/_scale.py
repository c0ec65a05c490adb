"""Round numbers for axes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """From numbers to places along an axis: ``low`` is at ``start``, ``high`` at ``end``."""

    low: int
    high: int
    step: int
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The place of a number."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    @property
    def ticks(self) -> range:
        """The round numbers of the axis."""
        return range(self.low, self.high + 1, self.step)


def scale(low: int, high: int, start: float, end: float, most: int = 5) -> Scale:
    """An axis with 0 on it and at most so many steps, each 1, 2 or 5 times a power of ten.

    >>> list(scale(0, 77818, 0, 100).ticks)
    [0, 20000, 40000, 60000, 80000]
    >>> list(scale(-30, 4, 0, 100).ticks)
    [-30, -20, -10, 0, 10]
    """
    low, high = min(0, low), max(0, high)
    step = next(s for s in _steps() if -(-high // s) + -(low // s) <= most)
    top = -(-high // step) * step or (0 if low else step)
    return Scale(low=(low // step) * step, high=top, step=step, start=start, end=end)


def _steps() -> Iterator[int]:
    power = 1
    while True:
        yield from (power, 2 * power, 5 * power)
        power *= 10
