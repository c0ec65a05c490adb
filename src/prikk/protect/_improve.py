"""Better patterns: show a cell again, find other witnesses for what it served, keep what loses less."""

from __future__ import annotations

import numpy as np

from prikk.protect._cover import added, best_of
from prikk.protect._finder import Finder, Trial
from prikk.protect._model import Ints
from prikk.protect._pattern import Held, Pattern

_MOST_USERS = 12
_SHY = 2.0
_WISH = 0.3


class Improver:
    """Takes steps on one pattern; holds a random stream."""

    def __init__(self, finder: Finder, pattern: Pattern, seed: int) -> None:
        self.finder = finder
        self.pattern = pattern
        self._draw = np.random.default_rng(seed)
        self._wishes = np.zeros(len(finder.problem.cost))

    def step(self, most: float) -> bool:
        """Try to show one hidden row again, drawn by what it loses over how many need it; tell whether it stuck.

        It sticks when the pattern then loses at most ``most``.
        """
        row = self._drawn()
        if row < 0:
            return False
        pattern = self.pattern
        users = pattern.users(row)
        if len(users) > _MOST_USERS:
            return False
        removed = [(n, pattern.drop(n)) for n in users]
        fresh = self._again(row, removed, most)
        thinned = [] if fresh is None else pattern.thin(pattern.beside(fresh))
        if fresh is not None and pattern.loss <= most:
            return True
        for n, held in reversed(thinned):
            pattern.put(n, held)
        for n in self._tried:
            if n in pattern.held:
                pattern.drop(n)
        for n, held in removed:
            pattern.put(n, held)
        return False

    def _drawn(self) -> int:
        pattern, cost = self.pattern, self.finder.problem.cost
        rows = np.flatnonzero((pattern.uses > 0) & (cost > 0))
        if len(rows) == 0:
            return -1
        weight = np.cumsum(cost[rows] / pattern.uses[rows])
        return int(rows[np.searchsorted(weight, self._draw.random() * weight[-1])])

    def _again(self, row: int, removed: list[tuple[int, Held]], most: float) -> list[int] | None:
        """Reach again what the removed witnesses reached, shy of the row; None when that loses too much."""
        pattern = self.pattern
        self._tried: list[int] = []
        lost = np.unique(np.concatenate([held.reaches for _, held in removed]))
        lost = self._draw.permutation(lost[pattern.covered[lost] == 0])
        shown = pattern.visible[row]
        self._price(row, _SHY * shown)
        for t in lost.tolist():
            if pattern.covered[t]:
                continue
            self._wish(lost, t)
            found = best_of(self.finder, pattern, t, self._wishes, Trial.QUICK)
            self._wishes[self.finder.problem.targets.row[lost]] = 0.0
            if found is not None:
                self._tried.extend(added(self.finder, pattern, found))
            if found is None or pattern.loss > most:
                break
        else:
            self._price(row, shown)
            return self._tried
        self._price(row, shown)
        return None

    def _wish(self, lost: Ints, target: int) -> None:
        """A small reward for moving the rows of the other lost targets too."""
        targets = self.finder.problem.targets
        others = lost[(self.pattern.covered[lost] == 0) & (targets.row[lost] != targets.row[target])]
        self._wishes[targets.row[others]] = np.where(targets.up[others] > 0, -_WISH, _WISH) * self.finder.unit

    def _price(self, row: int, price: float) -> None:
        if self.pattern.uses[row] == 0:
            self.pattern.set_price(row, price)
