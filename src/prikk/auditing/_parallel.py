"""Work on components in processes of their own."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from prikk.solve import Crew

_WORTH = 10_000
"""A process takes a second to start: fewer quantities than this beside the largest task are not worth it."""


class Sized(Protocol):
    """A task that knows how much work it may be."""

    @property
    def size(self) -> int:
        """How much work it may be."""
        ...


def in_parallel(work: Callable[[Any], Any], tasks: Sequence[Sized], processes: int | None) -> list[Any]:
    """Do ``work`` on every task and give the results in order; in processes where that is worth it.

    ``work`` is a function of a module. Results do not depend on the number of processes.
    """
    many = min(processes or os.cpu_count() or 1, len(tasks))
    rest = sum(t.size for t in tasks) - max((t.size for t in tasks), default=0)
    if many < 2 or rest < _WORTH:
        return [work(task) for task in tasks]
    largest_first = sorted(range(len(tasks)), key=lambda i: -tasks[i].size)
    with Crew(f"{__name__}:worker", work, many - 1) as crew:
        answers = dict(zip(largest_first, crew.ask([tasks[i] for i in largest_first], work), strict=True))
    return [answers[i] for i in range(len(tasks))]


def worker(work: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Give what a worker answers tasks with."""
    return work
