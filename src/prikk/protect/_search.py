"""The search for a pattern that loses less: further starts, and walks from the best.

What is done next never depends on how much effort is left, so that more effort continues the same search.
"""

from __future__ import annotations

import numpy as np

from prikk.protect._bench import Again
from prikk.protect._bound import Bound
from prikk.protect._cover import cover
from prikk.protect._improve import drawn, taken
from prikk.protect._model import SMALL, Floats, Mask
from prikk.protect._team import ROUND, Team
from prikk.steps import Share

# A walk that may only go down ends in the next corner: it may lose a little on the way.
_SLACK = 0.3
_ASTRAY = 1.01
_PULL = 0.9
_IDLE = 125
"""So many rounds in a row without a programme: nothing is left that a step could change."""
CHUNK = 1_500
"""Programmes that each start gets before the best of them gets the rest."""


class Search:
    """The best set of witnesses so far (``best``, at the loss ``least``), and the programmes that are ``left``."""

    def __init__(self, team: Team, left: int, seed: int, share: Share) -> None:
        self.team = team
        self.best, self.least = dict(team.pattern.held), team.pattern.loss
        self.left, self.whole = left, max(left, 1)
        self.finished = True
        self._draw = np.random.default_rng(seed)
        self._share = share

    def second(self, bound: Bound, met: Mask) -> None:
        """Start again, with what the first start used often made cheap, or what the bound's point hides."""
        problem = self.team.problem
        if problem.width <= SMALL and bound.points:
            self._start(problem.cost * (1 - _PULL * bound.points[-1]), met)
        else:
            self._start(problem.cost / (1 + self.team.pattern.uses), met)

    def steered(self, bound: Bound, met: Mask) -> None:
        """Start from each point of a bound, and walk a while from there."""
        for point in bound.points[1:]:
            if self.left <= 0:
                return
            before = self.team.programmes
            self._start(self.team.problem.cost * (1 - _PULL * point), met, keep=True)
            self.left -= self.team.programmes - before
            self.walk(CHUNK)
        self._restore()

    def walk(self, most: int) -> None:
        """Improve the pattern at hand by so many programmes."""
        team, pattern = self.team, self.team.pattern
        draw = np.random.default_rng(int(self._draw.integers(1 << 30)))
        nearest, idle = pattern.loss, 0
        end = team.programmes + min(most, self.left)
        while team.programmes < end and idle < _IDLE:
            before = team.programmes
            most_now = self._most(nearest)
            asked = [Again(team.number(), row, most_now) for row in drawn(pattern, ROUND, draw)]
            for proposal in team.ask(asked):
                if proposal is not None and taken(pattern, proposal, self._most(nearest)):
                    nearest = min(nearest, pattern.loss)
            spent = team.programmes - before
            idle, self.left = (0 if spent else idle + 1), self.left - spent
            self._keep()

    def _most(self, nearest: float) -> float:
        """What the next step may lose."""
        return min(self.team.pattern.loss + _SLACK * self.team.bench.finder.unit, nearest * _ASTRAY)

    def _start(self, price: Floats, met: Mask, *, keep: bool = False) -> None:
        """Make a pattern from nothing; it becomes the one at hand if it is better, or with ``keep`` anyway."""
        team, before = self.team, self.team.pattern.held
        some = self._draw.permutation(np.flatnonzero(met))
        team.afresh(price, some)
        missed = cover(team, some, self._share)
        team.pattern.thin(list(team.pattern.held))
        if missed or not (keep or team.pattern.loss < self.least):
            before_price = team.problem.cost
            team.afresh(before_price, some[:0], before)
            return
        team.reprice(team.problem.cost)
        self._keep()

    def _keep(self) -> None:
        if self.team.pattern.loss < self.least - 1e-9:
            self.best, self.least = dict(self.team.pattern.held), self.team.pattern.loss
            done = 1.0 - max(self.left, 0) / self.whole
            self._share(f"loss {self.least:,.0f}", done)

    def _restore(self) -> None:
        """Take the best set of witnesses in hand again."""
        self.team.afresh(self.team.problem.cost, np.zeros(0, dtype=np.int64), self.best)
