"""From cells and settings to what the protector is asked, and to what a reader will see."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from prikk.errors import Finding
from prikk.protect import COSTS, Task
from prikk.protection._model import Cells, Mask, Settings
from prikk.protection._selectors import selected
from prikk.protection._together import together
from prikk.sensitivity import Requirement
from prikk.tabular import UNBOUNDED, Publication, Status


def task_of(cells: Cells, asked: Requirement, settings: Settings, findings: list[Finding]) -> Task:
    """Write what is asked as a task."""
    counts = cells.values
    keep = selected(settings.keep, "keep", cells.table, findings)
    hide = selected(settings.hide, "hide", cells.table, findings)
    task = Task(
        table=cells.table,
        values=counts,
        requirement=asked,
        cost=COSTS[settings.cost](counts) if cells.costs is None else cells.costs,
        secondary_low=settings.threshold if settings.attacker == "full" else settings.lowest,
        range=settings.range,
        keep=keep & ~hide,
        hide=hide & ((counts > 0) | asked.sensitive),
        finest=cells.finest,
        alone=_alone(cells, asked) if settings.singletons else None,
    )
    return together(task, settings.together, findings)


def _alone(cells: Cells, asked: Requirement) -> Mask:
    """The sensitive cells with one person, or with one contributor: they know the figure."""
    many = cells.values if cells.contributors is None else cells.contributors
    return np.asarray((many == 1) & asked.sensitive)


def publication_of(task: Task, status: NDArray[np.uint8]) -> Publication:
    """What a reader sees of the cells under a pattern."""
    hidden = status != Status.PUBLISHED
    return Publication(
        table=task.table,
        low=np.where(hidden, 0, task.values),
        high=np.where(hidden, UNBOUNDED, task.values),
        status=status,
    )
