"""Run benchmarks by name, or all; each prints a table for ``RESULTS.md``."""

from __future__ import annotations

import sys
from collections.abc import Callable

from benchmarks import audit, counting, demo, formats, serve, suppression

BENCHMARKS: dict[str, Callable[[], None]] = {
    "demo": demo.run,
    "counting": counting.run,
    "audit": audit.run,
    "suppression": suppression.run,
    "formats": formats.run,
    "serve": serve.run,
}


def main() -> None:
    """Run what the arguments name."""
    names = sys.argv[1:] or list(BENCHMARKS)
    for name in names:
        print(f"\n## {name}\n")
        BENCHMARKS[name]()


main()
