"""The walk: from table to table, each reaching as many open ends as one programme in a neighbourhood can.

A single end mostly needs a change of many quantities that no search finds from where the table stands.
Many ends at once are different: there is always one that gives, and each step moves the table to where
others give. See ``docs/design/audit.md``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from prikk.auditing._field import Field
from prikk.auditing._kernels import Ints
from prikk.auditing._leap import Goals, leap
from prikk.auditing._model import Limits
from prikk.auditing._near import Kind, neighbourhood
from prikk.auditing._parallel import in_parallel

PARTS = 2
"""Walks at once, each towards ends of its own; fixed, so that the answer does not depend on the machine."""
_SEED = 20_220_131
_EFFORT = 150  # simplex steps after which a neighbourhood is smaller the next time
_SMALLEST, _FIRST = 50, 1_000
_SHARE = 0.02  # stop when a round closes less than this of what is open


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """Where one walk stands: what its table changed, what all its tables did, its next sizes."""

    field: Field
    goals: Goals
    activity: Ints
    low: Ints
    high: Ints
    sizes: tuple[float, ...]
    steps: int
    nodes: int
    seed: tuple[int, int, int]

    @property
    def size(self) -> int:
        """How much work it may be; a step is worth many quantities."""
        return self.steps * self.field.matrix.shape[1]


def walk(task: Walk) -> Walk:
    """Take the steps of one walk."""
    field, chance = task.field, np.random.default_rng(task.seed)
    activity, low, high = task.activity.copy(), task.low.copy(), task.high.copy()
    sizes = list(task.sizes)
    for step in range(task.steps):
        open_goals = task.goals.open(low, high)
        if len(open_goals) == 0:
            break
        turn = step % len(sizes)
        row = int(task.goals.row[chance.choice(open_goals)])
        columns = neighbourhood(field, row, tuple(Kind)[turn], int(sizes[turn]), chance)
        goals = Goals(*(array[open_goals] for array in task.goals))
        change, effort = leap(field, columns, activity, goals, task.nodes, chance)
        sizes[turn] = _next_size(sizes[turn], effort, field.matrix.shape[1])
        moved = activity + field.by_column[:, columns] @ change
        if np.all(moved >= field.low) and np.all(moved <= field.high):
            activity = moved
            np.minimum(low, activity, out=low)
            np.maximum(high, activity, out=high)
    return replace(task, activity=activity, low=low, high=high, sizes=tuple(sizes))


def _next_size(size: float, effort: int, most: int) -> float:
    """Large neighbourhoods reach more, until their programmes need branching; then a smaller one is tried."""
    if effort > 4 * _EFFORT:
        size *= 0.6
    elif effort > _EFFORT:
        size *= 0.85
    elif effort < _EFFORT // 2:
        size *= 1.05
    return min(max(size, _SMALLEST), most)


def walked(field: Field, goals: Goals, seen: tuple[Ints, Ints], limits: Limits) -> tuple[Ints, Ints]:
    """Walk in rounds and give the least and the greatest change of each row that some table took, ``seen`` or new.

    In each round the open goals are dealt anew to :data:`PARTS` walks, which then share what they proved.
    """
    low, high = seen
    walks = _fresh(field, goals, limits)
    for turn in range(limits.rounds):
        left = goals.open(low, high)
        if len(left) == 0:
            break
        dealt = np.random.default_rng((_SEED, turn)).permutation(left)
        for part, before in enumerate(walks):
            mine = Goals(*(array[np.sort(dealt[part::PARTS])] for array in goals))
            walks[part] = replace(before, goals=mine, low=low, high=high, seed=(_SEED, turn, part))
        walks = in_parallel(walk, walks, limits.processes)
        low = np.minimum.reduce([w.low for w in walks])
        high = np.maximum.reduce([w.high for w in walks])
        if len(left) - len(goals.open(low, high)) < _SHARE * len(left):
            break
    return low, high


def _fresh(field: Field, goals: Goals, limits: Limits) -> list[Walk]:
    """The walks before their first step, all at the table that the field is written around."""
    nothing = np.zeros(field.matrix.shape[0], dtype=np.int64)
    size = float(min(_FIRST, field.matrix.shape[1]))
    return [
        Walk(
            field=field,
            goals=goals,
            activity=nothing,
            low=nothing,
            high=nothing,
            sizes=(size,) * len(Kind),
            steps=limits.steps,
            nodes=limits.step_nodes,
            seed=(_SEED, 0, part),
        )
        for part in range(PARTS)
    ]
