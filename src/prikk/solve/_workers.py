"""Processes that keep a state and answer questions about it.

A worker is a fresh interpreter that reads messages from its input, so that a script or a notebook that calls prikk
needs no guard of its own, and no lock of a library is copied half-held. What it starts from lies in a file that all
workers map, so that large arrays are in memory once.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import pickle
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import IO, Any

from prikk.errors import Finding, SolveError

_LENGTH = 8


class Crew:
    """Some workers with the same state.

    ``make`` names a function as ``module:function``; a worker calls it with ``start`` and gets a function that answers
    messages. Use it as a context manager: the workers end with it.
    """

    def __init__(self, make: str, start: Any, many: int) -> None:
        self._workers: list[subprocess.Popen[bytes]] = []
        self._answers: queue.SimpleQueue[tuple[int, bytes]] = queue.SimpleQueue()
        # Windows hands no open files on; there one process does it all.
        if many > 0 and sys.executable and os.name == "posix":
            with _laid_down(start) as (file, spans):
                self._workers = [_start(file) for _ in range(many)]
                for i, worker in enumerate(self._workers):
                    _send(worker, (make, file, spans))
                    threading.Thread(target=_forward, args=(worker, i, self._answers), daemon=True).start()

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the workers, whatever they do."""
        for worker in self._workers:
            worker.kill()
            worker.wait()
            if worker.stdin is not None:
                with contextlib.suppress(OSError):
                    worker.stdin.close()
        self._workers = []

    def __len__(self) -> int:
        return len(self._workers)

    def tell(self, message: Any) -> None:
        """Send a message that has no answer to every worker."""
        for worker in self._workers:
            _send(worker, (message, False))

    def ask(self, questions: Sequence[Any], own: Callable[[Any], Any]) -> list[Any]:
        """Give the answers in order; ``own`` answers here what no worker has time for.

        Who answers what depends on the machine, so answers must depend on nothing but the question and the state.
        """
        answers: list[Any] = [None] * len(questions)
        waiting = list(range(len(questions)))[::-1]
        out: dict[int, list[int]] = {i: [] for i in range(len(self._workers))}
        while waiting or any(out.values()):
            for i, worker in enumerate(self._workers):
                while waiting and (not out[i] or (len(out[i]) < _AHEAD and len(waiting) > len(out))):
                    number = waiting.pop()
                    _send(worker, (questions[number], True))
                    out[i].append(number)
            if waiting:
                number = waiting.pop()
                answers[number] = own(questions[number])
            self._collect(out, answers, wait=not waiting)
        return answers

    def _collect(self, out: dict[int, list[int]], answers: list[Any], *, wait: bool) -> None:
        """Take in what has been answered; at least one answer where there is nothing else to do."""
        while any(out.values()):
            try:
                i, data = self._answers.get(block=wait)
            except queue.Empty:
                return
            if not data:
                raise _lost()
            answer, failed = pickle.loads(data)
            if failed:
                raise answer
            answers[out[i].pop(0)] = answer
            wait = False


_AHEAD = 2
"""Questions that a worker has at once, so that it need not wait while this process is busy itself."""


@contextlib.contextmanager
def _laid_down(start: Any) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Write a value to a file: its arrays as they are, then the rest; give the file's number and where each lies.

    The file has no name, and is in memory where the system can do that: what it holds must not lie about.
    """
    buffers: list[pickle.PickleBuffer] = []
    rest = pickle.dumps(start, protocol=5, buffer_callback=buffers.append)
    with _nameless() as file:
        spans = []
        for piece in (*(b.raw() for b in buffers), memoryview(rest)):
            file.seek(-file.tell() % 64, os.SEEK_CUR)
            spans.append((file.tell(), len(piece)))
            file.write(piece)
        file.flush()
        yield file.fileno(), spans


def _nameless() -> IO[bytes]:
    if sys.platform == "linux":
        return os.fdopen(os.memfd_create("prikk"), "w+b")
    return tempfile.TemporaryFile()


def _taken_up(file: int, spans: list[tuple[int, int]]) -> Any:
    """Read what :func:`_laid_down` wrote; arrays stay in the file until they are changed."""
    whole = memoryview(mmap.mmap(file, 0, access=mmap.ACCESS_COPY))
    os.close(file)
    *arrays, rest = (whole[first : first + length] for first, length in spans)
    return pickle.loads(rest, buffers=arrays)


def _start(file: int) -> subprocess.Popen[bytes]:
    # -c and not -m: the module is part of this package, and must not be two modules in the worker. It finds what this
    # process finds, and nothing that lies in the folder where the user happens to be. A session of its own: Ctrl-C is
    # for the process that has the best pattern in hand.
    return subprocess.Popen(
        [sys.executable, "-P", "-c", f"from {__name__} import serve; serve()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
        pass_fds=(file,),
        start_new_session=True,
    )


def _send(worker: subprocess.Popen[bytes], message: Any) -> None:
    data = pickle.dumps(message, protocol=5)
    try:
        if worker.stdin is not None:
            worker.stdin.write(len(data).to_bytes(_LENGTH) + data)
            worker.stdin.flush()
    except OSError:
        raise _lost() from None


def _forward(
    worker: subprocess.Popen[bytes], number: int, answers: queue.SimpleQueue[tuple[int, bytes]]
) -> None:
    """Put what a worker answers where the asking process finds it; an empty answer when it has ended."""
    data = b"-"
    while data and worker.stdout is not None:
        data = _read(worker.stdout)
        answers.put((number, data))
    if worker.stdout is not None:
        worker.stdout.close()


def _read(stream: IO[bytes]) -> bytes:
    """The next message; empty at the end."""
    length = stream.read(_LENGTH)
    return stream.read(int.from_bytes(length)) if len(length) == _LENGTH else b""


def _lost() -> SolveError:
    what = "a worker process ended before its work was done; most often memory was short."
    fix = "Use a machine with more memory; 'prikk protect' also takes --processes 1."
    return SolveError(Finding(where="solver", code="worker-lost", what=what, fix=fix))


def serve() -> None:
    """Be a worker: messages in on standard input, answers out on standard output."""
    with contextlib.suppress(BrokenPipeError):
        _serve(sys.stdin.buffer, sys.stdout.buffer)


def _serve(inward: IO[bytes], outward: IO[bytes]) -> None:
    make, file, spans = pickle.loads(_read(inward))
    module, _, function = make.partition(":")
    answer: Callable[[Any], Any] = getattr(import_module(module), function)(_taken_up(file, spans))
    while message := _read(inward):
        question, wanted = pickle.loads(message)
        found = _tried(answer, question)
        if found[1] and not wanted:
            raise found[0]
        if wanted:
            data = pickle.dumps(found, protocol=5)
            outward.write(len(data).to_bytes(_LENGTH) + data)
            outward.flush()


def _tried(answer: Callable[[Any], Any], question: Any) -> tuple[Any, bool]:
    """The answer, or what stood in its way and True: whoever asked has to deal with it."""
    try:
        return answer(question), False
    except Exception as error:  # it is raised again in the process that asked
        return error, True
