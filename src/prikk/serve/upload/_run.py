"""An audit of a file that somebody sent: in a process of its own, with bounds, in a folder that is gone afterwards."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

_PROGRAM = """
import resource, runpy, sys
memory, seconds, size = map(int, sys.argv[1:4])
resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
sys.argv = ["prikk", "audit", *sys.argv[4:]]
runpy.run_module("prikk.cli", run_name="__main__")
"""
"""Sets the bounds in the new process, before it loads anything that it could be made to misuse."""
_PASSED_ON = ("LANG", "LC_ALL", "NUMBA_CACHE_DIR", "PATH", "PYTHONPATH", "VIRTUAL_ENV")
_REPORT = "report.html"
_LARGEST_REPORT = 50_000_000
_WORDS = 4_000

State = Literal["done", "refused", "time", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How long (seconds) and with how much memory (bytes) an audit may run."""

    seconds: int
    memory: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How an audit ended: ``done`` with a report, ``refused`` with words that say why, or not at all."""

    state: State
    report: bytes = b""
    words: str = ""


def safe_name(name: str) -> str:
    """A file name made of letters, digits, dots and dashes that keeps its ending.

    >>> safe_name("../min tabell (1).xlsx")
    'min_tabell__1_.xlsx'
    """
    plain = re.sub(r"[^0-9A-Za-z._-]", "_", name.replace("\\", "/").rpartition("/")[2])[-80:].lstrip("._-")
    return plain or "table.csv"


async def audited(name: str, content: bytes, options: Sequence[str], bounds: Bounds) -> Outcome:
    """Audit a file; ``options`` are further arguments of ``prikk audit``. Nothing is kept."""
    with tempfile.TemporaryDirectory(prefix="prikk-audit-") as folder:
        name = safe_name(name)
        if name == _REPORT:
            name = f"table-{name}"
        (Path(folder) / name).write_bytes(content)
        code, errors = await _ran([name, "--html", _REPORT, "--limit", "0", *options], folder, bounds)
        report = Path(folder) / _REPORT
        if code in {0, 1} and report.is_file():
            return Outcome(state="done", report=report.read_bytes())
        if code == 2:
            return Outcome(state="refused", words=errors)
        return Outcome(state="time" if code in {None, -signal.SIGXCPU, -signal.SIGKILL} else "failed")


async def _ran(arguments: Sequence[str], folder: str, bounds: Bounds) -> tuple[int | None, str]:
    """Exit code (None: it took too long) and what was said on standard error."""
    limits = (str(bounds.memory), str(bounds.seconds), str(_LARGEST_REPORT))
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",  # or a file that somebody sent as numpy.py would be what the program imports
        "-c",
        _PROGRAM,
        *limits,
        *arguments,
        cwd=folder,
        env={k: os.environ[k] for k in _PASSED_ON if k in os.environ} | {"HOME": folder, "TMPDIR": folder},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    try:
        _, errors = await asyncio.wait_for(process.communicate(), bounds.seconds)
    except TimeoutError:
        return None, ""
    finally:
        if process.returncode is None:
            # What it started goes with it.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
    return process.returncode, errors.decode("utf-8", "replace")[-_WORDS:]
