"""Work on components in processes of their own.

A worker is a fresh interpreter that reads its tasks from its input, so that a script or a notebook that
calls the audit needs no guard of its own, and no lock of a library is copied half-held.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import Any, Protocol

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
    if many < 2 or rest < _WORTH or not sys.executable:
        return [work(task) for task in tasks]
    shares = _shares([t.size for t in tasks], many)
    workers = [_start() for _ in shares[1:]]
    for worker, share in zip(workers, shares[1:], strict=True):
        _send(worker, (work, [tasks[i] for i in share]))
    results: list[Any] = [None] * len(tasks)
    for i in shares[0]:
        results[i] = work(tasks[i])
    for worker, share in zip(workers, shares[1:], strict=True):
        for i, result in zip(share, _receive(worker), strict=True):
            results[i] = result
    return results


def _shares(sizes: Sequence[int], many: int) -> list[list[int]]:
    """Deal tasks out, the largest first, each to whoever has least."""
    shares: list[list[int]] = [[] for _ in range(many)]
    loads = [0] * many
    for i in sorted(range(len(sizes)), key=lambda i: -sizes[i]):
        least = loads.index(min(loads))
        shares[least].append(i)
        loads[least] += sizes[i]
    return [share for share in shares if share]


def _start() -> subprocess.Popen[bytes]:
    # -c and not -m: the module is part of this package, and must not be two modules in the worker.
    command = [sys.executable, "-c", f"from {__name__} import serve; serve()"]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def _send(worker: subprocess.Popen[bytes], message: Any) -> None:
    if worker.stdin is not None:
        worker.stdin.write(pickle.dumps(message))
        worker.stdin.close()


def _receive(worker: subprocess.Popen[bytes]) -> list[Any]:
    with worker:
        answer = worker.stdout.read() if worker.stdout is not None else b""
    if worker.returncode != 0:
        raise RuntimeError(f"a worker process of the audit ended with code {worker.returncode}")
    results: list[Any] = pickle.loads(answer)
    return results


def serve() -> None:
    """Be a worker: tasks in on standard input, results out on standard output."""
    work, tasks = pickle.loads(sys.stdin.buffer.read())
    sys.stdout.buffer.write(pickle.dumps([work(task) for task in tasks]))
