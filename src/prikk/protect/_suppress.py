"""Suppression: from a task to a pattern with its proof."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from prikk.protect._bound import lower_bound
from prikk.protect._cover import cover
from prikk.protect._finder import Finder
from prikk.protect._improve import Improver
from prikk.protect._model import Suppression, Task
from prikk.protect._pattern import Held, Pattern
from prikk.protect._problem import problem_of
from prikk.protect._result import written
from prikk.protect._shortfall import Blocked, settled, shortfalls_of
from prikk.steps import Share, Silent, Steps

PROGRAMMES = 300
"""How many linear programmes one unit of effort may solve: about a second's work of one core."""
_WHOLE_BELOW = 800
_COLUMNS = 200
_PASSES = 2
# A walk that may only go down ends in the next corner: it may lose a little on the way.
_SLACK = 0.3
_ASTRAY = 1.01


def suppress(task: Task, effort: int = 10, seed: int = 1, steps: Steps | None = None) -> Suppression:
    """Find a pattern that meets the requirement of a task at a low loss, and prove it.

    Args:
        task: what to protect.
        effort: how long to improve the first pattern, in units of :data:`PROGRAMMES` linear programmes. More
            effort never gives a worse pattern.
        seed: of the random choices. The same task, effort and seed give the same pattern everywhere.
        steps: where progress goes. A KeyboardInterrupt while improving ends it with the best pattern so far.

    Returns:
        The pattern with a witness for every end that the requirement asks for, or a shortfall where there is none.

    Raises:
        ProtectError: the figures of the task contradict each other.
    """
    steps = steps or Silent()
    problem = problem_of(task)
    columns = problem.width if problem.width <= _WHOLE_BELOW else _COLUMNS
    finder = Finder(problem, columns, seed)
    with steps.step("Protecting") as share:
        pattern, blocked = _first(finder, seed, share)
        best, finished = _improved(finder, pattern, effort, seed, share)
    with steps.step("Bounding the loss"):
        bound = lower_bound(problem, effort) if effort else 0.0
    found = written(task, problem, best)
    return replace(
        found,
        lower_bound=min(bound, found.loss),
        shortfalls=shortfalls_of(problem, task, blocked),
        programmes=finder.programmes,
        finished=finished,
    )


def _first(finder: Finder, seed: int, share: Share) -> tuple[Pattern, list[Blocked]]:
    """The best of a few patterns made from nothing: each makes cheaper what the one before used often."""
    problem = finder.problem
    draw = np.random.default_rng(seed)
    best = pattern = Pattern(problem, problem.cost)
    everybody = np.arange(len(problem.targets.row))
    blocked = settled(finder, pattern, cover(finder, pattern, draw.permutation(everybody), share))
    given_up = np.isin(everybody, [b.target for b in blocked]) | (pattern.covered == 0)
    for _ in range(_PASSES - 1):
        price = problem.cost / (1 + pattern.uses)
        pattern = Pattern(problem, price)
        missed = cover(finder, pattern, draw.permutation(everybody[~given_up]), share)
        if not missed and pattern.loss < best.loss:
            best = pattern
    best.reprice(problem.cost)
    best.thin(list(best.held))
    return best, blocked


def _improved(
    finder: Finder, pattern: Pattern, effort: int, seed: int, share: Share
) -> tuple[dict[int, Held], bool]:
    """The best set of witnesses met on a walk of so much effort, and whether the walk came to its end."""
    best, least = dict(pattern.held), pattern.loss
    improver = Improver(finder, pattern, seed)
    start = finder.programmes
    budget = effort * PROGRAMMES
    idle = 0
    try:
        while finder.programmes - start < budget and idle < _IDLE:
            before = finder.programmes
            improver.step(min(pattern.loss + _SLACK * finder.unit, least * _ASTRAY))
            idle = 0 if finder.programmes > before else idle + 1
            if pattern.loss < least - 1e-9:
                best, least = dict(pattern.held), pattern.loss
                share(f"loss {least:,.0f}", (finder.programmes - start) / budget)
    except KeyboardInterrupt:
        return best, False
    return best, True


_IDLE = 1_000
"""So many steps in a row without a programme: nothing is left that a step could change."""
