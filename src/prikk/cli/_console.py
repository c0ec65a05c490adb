"""What people see while a command runs: on standard error, so that standard output is the result alone."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from prikk.errors import PrikkError
from prikk.steps import Share

_QUIET_SECONDS = 2.0


class ConsoleSteps:
    """Tell the steps of a command: a spinner at a terminal, a line each for what took long elsewhere."""

    def __init__(self) -> None:
        self.console = Console(stderr=True, highlight=False, soft_wrap=True)

    @contextlib.contextmanager
    def step(self, text: str) -> Iterator[Share]:
        """Show a spinner while the step runs; away from a terminal a line when it begins, and each tenth."""
        start = time.monotonic()
        if self.console.is_terminal:
            with self.console.status(f"{text} …") as status:
                yield lambda done, share: status.update(f"{text} … {share:.0%}{_word(done)}")
        else:
            self._line(f"{text} …")
            yield self._tenths(text, start)
        seconds = time.monotonic() - start
        if seconds >= _QUIET_SECONDS or self.console.is_terminal:
            self._line(f"{text}: {seconds:.1f} s")

    def _tenths(self, text: str, start: float) -> Share:
        told = 0

        def tell(done: str, share: float) -> None:
            nonlocal told
            if int(share * 10) > told and time.monotonic() - start >= _QUIET_SECONDS:
                told = int(share * 10)
                self._line(f"{text}: {share:.0%}{_word(done)}")

        return tell

    def _line(self, text: str) -> None:
        self.console.print(text, markup=False, style="dim")

    def warn(self, text: str) -> None:
        """Show a warning."""
        self.console.print(Text(text, style="yellow"))


def _word(done: str) -> str:
    return f" ({done})" if done else ""


def print_error(error: PrikkError) -> None:
    """Print every finding, one a paragraph: where and what, then how to mend it."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    for finding in error.findings:
        console.print(
            Text.assemble((finding.where, "bold"), ": ", finding.what, (f" [{finding.code}]", "dim"))
        )
        console.print(Text(f"  → {finding.fix}"))
    if len(error.findings) > 1:
        console.print(f"{len(error.findings)} findings.", markup=False)
