"""From cells and settings to what the protector is asked, and to what a reader will see."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from prikk.errors import Finding, nearest
from prikk.protect import COSTS, Task
from prikk.protection._findings import listed
from prikk.protection._model import Cells, Mask, Selector, Settings
from prikk.sensitivity import Requirement
from prikk.tabular import UNBOUNDED, CellTable, Publication, Status


def task_of(cells: Cells, asked: Requirement, settings: Settings, findings: list[Finding]) -> Task:
    """Write what is asked as a task."""
    counts = cells.values
    keep = selected(settings.keep, "keep", cells.table, findings)
    hide = selected(settings.hide, "hide", cells.table, findings)
    return Task(
        table=cells.table,
        values=counts,
        requirement=asked,
        cost=COSTS[settings.cost](counts) if cells.costs is None else cells.costs,
        secondary_low=settings.threshold if settings.attacker == "full" else settings.lowest,
        range=settings.range,
        keep=keep & ~hide,
        hide=hide & ((counts > 0) | asked.sensitive),
        finest=cells.finest,
    )


def publication_of(task: Task, status: NDArray[np.uint8]) -> Publication:
    """What a reader sees of the cells under a pattern."""
    hidden = status != Status.PUBLISHED
    return Publication(
        table=task.table,
        low=np.where(hidden, 0, task.values),
        high=np.where(hidden, UNBOUNDED, task.values),
        status=status,
    )


def selected(selectors: Sequence[Selector], name: str, table: CellTable, findings: list[Finding]) -> Mask:
    """The cells that any of some selectors names; a selector that names none is found."""
    found = np.zeros(len(table), dtype=bool)
    for selector in selectors:
        cells = _cells(selector, name, table, findings)
        if cells is not None:
            found |= cells
    return found


def _cells(selector: Selector, name: str, table: CellTable, findings: list[Finding]) -> Mask | None:
    wanted = _parsed(selector) if isinstance(selector, str) else dict(selector)
    names = [h.name for h in table.hierarchies]
    unknown = [n for n in wanted if n not in names]
    if unknown or not wanted:
        hint = nearest(unknown[0], names) if unknown else ""
        what = f"'{_words(selector)}' does not name dimensions and codes.{hint}"
        fix = f"Write dimension=code, with commas between them; the dimensions are {listed(names)}."
        findings.append(Finding(code="selector", what=what, where=name, fix=fix))
        return None
    found = table.having({name: str(code) for name, code in wanted.items()})
    if not found.any():
        what = f"'{_words(selector)}' is no published cell."
        fix = "Use codes of the hierarchies, in a combination that is published."
        findings.append(Finding(code="selector-empty", what=what, where=name, fix=fix))
    return found


def _parsed(selector: str) -> dict[str, str]:
    pairs = (item.partition("=") for item in selector.split(","))
    return {name.strip(): code.strip() for name, _, code in pairs}


def _words(selector: Selector) -> str:
    return selector if isinstance(selector, str) else ",".join(f"{k}={v}" for k, v in selector.items())
