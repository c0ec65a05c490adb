"""Suppression: from a task to a pattern with its proof."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from prikk.protect._bound import Bound, lower_bound
from prikk.protect._cover import cover
from prikk.protect._model import FREE, TINY, Mask, Problem, Suppression, Task
from prikk.protect._problem import problem_of
from prikk.protect._result import written
from prikk.protect._search import CHUNK, Search
from prikk.protect._shortfall import Blocked, settled, shortfalls_of
from prikk.protect._team import Team
from prikk.steps import Share, Silent, Steps

PROGRAMMES = 300
"""How many linear programmes one unit of effort may solve: about a second's work of one core."""
_COLUMNS = ((TINY, TINY), (FREE, 400))
"""How many columns programmes take, by the number of finest cells."""
_CUTS = 1_500
"""Programmes for the cuts of a tiny table."""


def suppress(
    task: Task,
    effort: int = 10,
    seed: int = 1,
    steps: Steps | None = None,
    processes: int | None = None,
) -> Suppression:
    """Find a pattern that meets the requirement of a task at a low loss, and prove it.

    Args:
        task: what to protect.
        effort: how long to improve the first pattern, in units of :data:`PROGRAMMES` linear programmes. More
            effort never gives a worse pattern.
        seed: of the random choices. The same task, effort and seed give the same pattern everywhere.
        processes: how many work at once (None: as many as there are cores); it changes no answer.
        steps: where progress goes. A KeyboardInterrupt while improving ends it with the best pattern so far.

    Returns:
        The pattern with a witness for every end that the requirement asks for, or a shortfall where there is none.

    Raises:
        ProtectError: the figures of the task contradict each other.
    """
    problem = problem_of(task)
    columns = next(many for most, many in _COLUMNS if problem.width <= most)
    with (
        (steps or Silent()).step("Protecting") as share,
        Team(problem, columns, seed, processes) as team,
    ):
        blocked = _first(team, seed, share)
        met = team.pattern.covered > 0
        search = Search(team, effort * PROGRAMMES, seed, share)
        bound = _improved(task, search, met)
    found = written(task, problem, search.best)
    return replace(
        found,
        lower_bound=min(bound.value, found.loss),
        shortfalls=shortfalls_of(problem, task, blocked),
        programmes=team.programmes,
        finished=search.finished,
    )


def _bound(task: Task, problem: Problem, met: Mask, effort: int) -> Bound:
    table = task.table if task.additive else None
    return lower_bound(problem, effort, table=table, taken=met)


def _first(team: Team, seed: int, share: Share) -> list[Blocked]:
    """Make a first pattern; give the targets that what may not be hidden stands in the way of."""
    everybody = np.random.default_rng(seed).permutation(len(team.problem.targets.row))
    team.afresh(team.problem.cost, everybody)
    blocked = settled(team.bench.finder, team.pattern, cover(team, everybody, share))
    team.settled()
    team.pattern.thin(list(team.pattern.held))
    return blocked


def _improved(task: Task, search: Search, met: Mask) -> Bound:
    """Search for better patterns; give what no pattern is better than."""
    problem = search.team.problem
    bound = Bound(0.0, ())
    try:
        bound = _bound(task, problem, met, 0)
        search.second(bound, met)
        if problem.width <= TINY:
            search.walk(CHUNK)
            bound = _bound(task, problem, met, _CUTS) if search.left > 0 else bound
            search.steered(bound, met)
        search.walk(search.left)
    except KeyboardInterrupt:
        search.finished = False
    return bound
