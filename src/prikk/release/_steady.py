"""Steady series: figures are cheaper to hide where the neighbouring periods hide them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from prikk.protect import Suppression, Task, in_full, suppress
from prikk.release._selectors import Mask
from prikk.steps import Steps
from prikk.tabular import Status

Floats = NDArray[np.float64]
_ROUNDS = 2
"""First patterns that lead to the costs: the first knows nothing of its neighbours, the second follows the first."""


def steadied(
    task: Task, periods: int, steadiness: float, effort: int, steps: Steps, earlier: Mask | None = None
) -> Suppression:
    """Suppress a task whose cells are ordered by period, with a preference for what neighbouring periods hide.

    A cell costs ``1 - steadiness`` times its cost where all neighbouring periods hide it, and half of that reduction where one of two does.
    What they hide is not known before they are protected: it is taken from quick first patterns. ``earlier`` are cells that
    an earlier release prefers hidden, by the same share. The loss is that of the plain costs; the bound holds for them too,
    since none is raised.
    """
    if not steadiness:
        return suppress(task, effort=effort, steps=steps)
    again = np.zeros(len(task.table)) if earlier is None else earlier.astype(np.float64)
    found = suppress(_cheaper(task, again * steadiness), effort=0, steps=steps)
    for left in range(_ROUNDS - 1, -1, -1):
        share = np.maximum(neighbours(found.status != Status.PUBLISHED, periods), again)
        cheaper = _cheaper(task, share * steadiness)
        found = suppress(cheaper, effort=0 if left else effort, steps=steps)
    return in_full(found, task, cheaper)


def neighbours(hidden: Mask, periods: int) -> Floats:
    """The share of the neighbouring periods, one at the ends of a series and two elsewhere, that hide each cell."""
    by_period = hidden.reshape(periods, -1).astype(np.float64)
    many = np.zeros_like(by_period)
    many[1:] += by_period[:-1]
    many[:-1] += by_period[1:]
    if periods > 2:
        many[1:-1] /= 2
    return many.ravel()


def changes(hidden: Mask, periods: int) -> int:
    """How often the cells of a series change from shown to hidden or back, from one period to the next."""
    by_period = hidden.reshape(periods, -1)
    return int((by_period[1:] != by_period[:-1]).sum())


def _cheaper(task: Task, by: Floats) -> Task:
    return replace(task, cost=task.cost * (1.0 - by))
