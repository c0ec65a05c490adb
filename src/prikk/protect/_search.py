"""The search for a pattern that loses less: further starts, and walks from the best.

What is done next never depends on how much effort is left, so that more effort continues the same search.
"""

from __future__ import annotations

import numpy as np

from prikk.protect._bound import Bound
from prikk.protect._cover import cover
from prikk.protect._finder import Finder
from prikk.protect._improve import Improver
from prikk.protect._model import SMALL, Floats, Mask
from prikk.protect._pattern import Pattern
from prikk.steps import Share

# A walk that may only go down ends in the next corner: it may lose a little on the way.
_SLACK = 0.3
_ASTRAY = 1.01
_PULL = 0.9
_IDLE = 1_000
"""So many steps in a row without a programme: nothing is left that a step could change."""
CHUNK = 1_500
"""Programmes that each start gets before the best of them gets the rest."""


class Search:
    """The best set of witnesses so far (``best``, at the loss ``least``), and the programmes that are ``left``."""

    def __init__(self, finder: Finder, pattern: Pattern, left: int, seed: int, share: Share) -> None:
        self.finder, self.pattern = finder, pattern
        self.best, self.least = dict(pattern.held), pattern.loss
        self.left, self.whole = left, max(left, 1)
        self.finished = True
        self._draw = np.random.default_rng(seed)
        self._share = share

    def second(self, bound: Bound, met: Mask) -> None:
        """Start again, with what the first start used often made cheap, or what the bound's point hides."""
        problem = self.finder.problem
        if problem.width <= SMALL and bound.points:
            self._start(problem.cost * (1 - _PULL * bound.points[-1]), met)
        else:
            self._start(problem.cost / (1 + self.pattern.uses), met)

    def steered(self, bound: Bound, met: Mask) -> None:
        """Start from each point of a bound, and walk a while from there."""
        for point in bound.points[1:]:
            if self.left <= 0:
                return
            before = self.finder.programmes
            self._start(self.finder.problem.cost * (1 - _PULL * point), met, keep=True)
            self.left -= self.finder.programmes - before
            self.walk(CHUNK)
        self._restore()

    def walk(self, most: int) -> None:
        """Improve the pattern at hand by so many programmes."""
        pattern, finder = self.pattern, self.finder
        improver = Improver(finder, pattern, int(self._draw.integers(1 << 30)))
        nearest, idle = pattern.loss, 0
        end = finder.programmes + min(most, self.left)
        while finder.programmes < end and idle < _IDLE:
            before = finder.programmes
            improver.step(min(pattern.loss + _SLACK * finder.unit, nearest * _ASTRAY))
            spent = finder.programmes - before
            idle, self.left = (0 if spent else idle + 1), self.left - spent
            nearest = min(nearest, pattern.loss)
            self._keep()

    def _start(self, price: Floats, met: Mask, *, keep: bool = False) -> None:
        """Make a pattern from nothing; it becomes the one at hand if it is better, or with ``keep`` anyway."""
        pattern = Pattern(self.finder.problem, price)
        order = self._draw.permutation(np.flatnonzero(met))
        missed = cover(self.finder, pattern, order, self._share)
        pattern.thin(list(pattern.held))
        if missed or not (keep or pattern.loss < self.least):
            return
        pattern.reprice(self.finder.problem.cost)
        self.pattern = pattern
        self._keep()

    def _keep(self) -> None:
        if self.pattern.loss < self.least - 1e-9:
            self.best, self.least = dict(self.pattern.held), self.pattern.loss
            done = 1.0 - max(self.left, 0) / self.whole
            self._share(f"loss {self.least:,.0f}", done)

    def _restore(self) -> None:
        """Take the best set of witnesses in hand again."""
        pattern = Pattern(self.finder.problem, self.finder.problem.cost)
        for number, held in sorted(self.best.items()):
            pattern.put(number, held)
        self.pattern = pattern
