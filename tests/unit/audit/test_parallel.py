"""Processes change how long an audit takes, never what it says."""

import pytest

from prikk.auditing._parallel import in_parallel


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_results_come_in_order_on_any_number_of_processes(processes):
    tasks = [range(i, i + 20_000) for i in range(5)]
    sized = [Sized(t) for t in tasks]
    assert in_parallel(len, sized, processes) == [20_000] * 5


class Sized(tuple):
    """A tuple that is its own size; a builtin type, so that a worker can read it without this module."""

    __slots__ = ()

    @property
    def size(self) -> int:
        return len(self)

    def __reduce__(self):
        return tuple, (list(self),)
