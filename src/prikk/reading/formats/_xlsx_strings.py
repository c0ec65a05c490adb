"""The shared strings of a workbook."""

from __future__ import annotations

from collections.abc import Iterable

from prikk.reading.formats._limits import Budget
from prikk.reading.formats._xml import parse


class _Reader:
    """Callbacks for the elements of the strings part."""

    def __init__(self, budget: Budget) -> None:
        self.strings: list[str] = []
        self._budget = budget
        self._level: list[str] = []
        self._raised: list[str] = []
        self._is_raised = False
        self._open = False
        self._spoken = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name == "si":
            self._level, self._raised = [], []
            self._is_raised = False
        elif name == "r":
            self._is_raised = False
        elif name == "vertAlign":
            self._is_raised = attributes.get("val") == "superscript"
        elif name == "rPh":
            self._spoken = True
        elif name == "t":
            self._open = not self._spoken

    def text(self, text: str) -> None:
        """Text of the element that is open."""
        if self._open:
            (self._raised if self._is_raised else self._level).append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "t":
            self._open = False
        elif name == "rPh":
            self._spoken = False
        elif name == "si":
            self._budget.spend(0)
            text = "".join(self._level)
            self.strings.append(text if text.strip() else "".join(self._raised))


def shared_strings(chunks: Iterable[bytes], budget: Budget) -> list[str]:
    """Give the strings in their order. A raised mark is left out unless it is all there is."""
    reader = _Reader(budget)
    parse(chunks, budget.place, reader.start, reader.end, reader.text)
    return reader.strings
