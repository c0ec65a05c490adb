"""Where long work tells how far it is."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Protocol

Share = Callable[[str, float], None]
"""Tells how far a step is: a word on what was done, and the share of the whole, 0 to 1."""


class Steps(Protocol):
    """Where progress is told: one context a step that may take long."""

    def step(self, text: str) -> contextlib.AbstractContextManager[Share]:
        """Tell that a step begins; leaving the context tells that it ended."""
        ...

    def warn(self, text: str) -> None:
        """Tell something that the user must not miss."""
        ...


class Silent:
    """Tell nothing."""

    @contextlib.contextmanager
    def step(self, text: str) -> Iterator[Share]:
        """Do the step without a word."""
        yield lambda _done, _share: None

    def warn(self, text: str) -> None:
        """Drop the warning."""
