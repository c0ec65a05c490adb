"""Time and peak memory of a command in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Wall seconds, CPU seconds, and the greatest resident size in MB of a process and what it waited for."""

    wall: float
    cpu: float
    megabytes: float
    output: str


def command(*args: str) -> Measured:
    """Run a Python command line to its end and measure it; raises when it fails."""
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        output, errors = process.communicate() if process.stdout is None else (process.stdout.read(), "")
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            raise RuntimeError((process.stderr.read() if process.stderr else "") + errors)
    wall = time.perf_counter() - start
    return Measured(
        wall=wall, cpu=usage.ru_utime + usage.ru_stime, megabytes=usage.ru_maxrss / 1024, output=output
    )
