"""From a pattern of rows back to the cells of the task."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from prikk.protect._model import Ints, Mask, Problem, Suppression, Task
from prikk.protect._pattern import Held
from prikk.tabular import Status


def hidden_cells(problem: Problem, held: dict[int, Held]) -> Mask:
    """Tell which cells a set of witnesses hides, those that must be hidden among them."""
    hidden = problem.must.copy()
    for one in held.values():
        hidden[one.witness.rows] = True
    return np.asarray(hidden[problem.row_of])


def loss_of(task: Task, problem: Problem, held: dict[int, Held]) -> float:
    """The cost of the cells that are hidden though nothing but protection asks for it."""
    secondary = hidden_cells(problem, held) & ~problem.must[problem.row_of]
    return float(task.cost[secondary].sum())


def written(task: Task, problem: Problem, held: dict[int, Held]) -> Suppression:
    """Write a set of witnesses as a suppression, without bound, shortfalls and counts."""
    hidden = hidden_cells(problem, held)
    kind = np.where(task.requirement.sensitive, Status.PRIMARY, Status.SECONDARY)
    status = np.where(hidden, kind, Status.PUBLISHED).astype(np.uint8)
    ordered = [held[n].witness for n in sorted(held)]
    serves, first = _serves(problem, held)
    empty = np.zeros(0, dtype=np.int64)
    leaves = np.concatenate([empty, *(w.leaves for w in ordered)])
    return Suppression(
        status=status,
        starts=np.cumsum([0, *(len(w.leaves) for w in ordered)]).astype(np.int64),
        coords=problem.coords[leaves],
        changes=np.concatenate([empty, *(w.changes for w in ordered)]),
        loss=loss_of(task, problem, held),
        lower_bound=0.0,
        shortfalls=(),
        programmes=0,
        serves=serves[problem.row_of],
        serves_first=first[problem.row_of],
        finest=problem.finest,
    )


def in_full(found: Suppression, task: Task, paid: Task) -> Suppression:
    """A pattern that was found at lower costs, with its loss in those of ``task``. The bound holds for these too: none is lower."""
    secondary = found.status == Status.SECONDARY
    if task.hide is not None:
        secondary &= ~task.hide  # what had to be hidden costs nothing
    return replace(found, loss=found.loss + float((task.cost - paid.cost)[secondary].sum()))


def _serves(problem: Problem, held: dict[int, Held]) -> tuple[Ints, Ints]:
    """For each row how many sensitive rows the witnesses that move it are about, and a cell of one of them."""
    cell_of = np.full(len(problem.cost), -1, dtype=np.int64)
    cell_of[problem.row_of[::-1]] = np.arange(len(problem.row_of))[::-1]
    many, first = np.zeros(len(problem.cost), np.int64), np.full(len(problem.cost), -1, np.int64)
    about: dict[int, set[int]] = {}
    for n in sorted(held):
        witness, reaches = held[n]
        rows = set(problem.targets.row[reaches].tolist())
        for r in witness.rows[~problem.must[witness.rows]].tolist():
            about.setdefault(r, set()).update(rows)
    for r, rows in about.items():
        many[r], first[r] = len(rows), cell_of[min(rows)]
    return many, first
