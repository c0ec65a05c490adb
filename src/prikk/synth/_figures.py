"""Published figures as a value."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from prikk.errors import FiguresError, Finding
from prikk.tabular import CellTable

_SHOWN = 20  # findings in one error; a wrong file would give thousands


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Figures:
    """What was published: a figure, or a symbol, for every listed row in every period.

    ``table`` has the listed rows as cells, ``periods`` the codes in order. ``values`` (periods by cells)
    is 0 where ``hidden``. ``source`` names the file in findings.
    """

    source: str
    table: CellTable
    periods: tuple[str, ...]
    values: NDArray[np.int64]
    hidden: NDArray[np.bool_]

    def name(self, cell: int) -> str:
        """A cell in words: ``main_group TOTAL, age 0-19``."""
        names = zip(self.table.hierarchies, self.table.codes(cell), strict=True)
        return ", ".join(f"{h.name} {code}" for h, code in names)


def raise_all(findings: list[Finding], source: str) -> None:
    """Raise :class:`FiguresError` if anything was found: the first findings, and how many more."""
    more = len(findings) - _SHOWN
    if more > 0:
        what, fix = f"and {more} more.", "Mend these first; the rest is shown then."
        findings = [*findings[:_SHOWN], Finding(where=source, code="findings-more", what=what, fix=fix)]
    if findings:
        raise FiguresError(findings)
