"""A pattern while it is searched: witnesses, what they hide, what they reach."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np

from prikk.protect import _kernels as kernels
from prikk.protect._costs import on_grid
from prikk.protect._model import Floats, Ints, Problem, Witness

_repriced: Callable[..., None] = kernels.repriced
_reached: Callable[..., Ints] = kernels.reached


class Held(NamedTuple):
    """A witness of a pattern, and the targets that it reaches."""

    witness: Witness
    reaches: Ints


class Pattern:
    """A set of witnesses. What they move is hidden, so every such set is a pattern that it proves.

    ``price`` is what showing each row again would be worth while witnesses are searched; ``visible`` is the price of
    the rows that are shown and 0 of the hidden, ``burden`` sums it over the rows of each finest cell. ``uses`` counts
    the witnesses that hide a row, ``covered`` those that reach a target. ``journal`` gathers the numbers of witnesses that came or
    went, until somebody clears it.
    """

    def __init__(self, problem: Problem, price: Floats) -> None:
        self.problem = problem
        self.uses = np.zeros(len(problem.cost), dtype=np.int64)
        self.covered = np.zeros(len(problem.targets.row), dtype=np.int64)
        self.held: dict[int, Held] = {}
        self.loss = 0.0
        self._by_row: dict[int, set[int]] = {}
        self._by_target: dict[int, set[int]] = {}
        self.last = 0
        self._someone = bool((problem.person >= 0).any())
        self.journal: set[int] = set()
        self.reprice(price)

    def add(self, witness: Witness) -> int:
        """Take a witness in; give its number."""
        return self.take(Held(witness, self._reaches(witness)))

    def take(self, held: Held) -> int:
        """Take a witness in whose reach is known; give its number."""
        number = self.last
        self.put(number, held)
        return number

    def changes(self) -> dict[int, Held | None]:
        """What became of the witnesses of the numbers in the journal; None of those that went."""
        return {n: self.held.get(n) for n in self.journal}

    def _reaches(self, witness: Witness) -> Ints:
        """The targets that a witness is one for: where it moves a row that somebody is alone in, only his own and loose ones."""
        p = self.problem
        reached = _reached(p.targets, witness.rows, witness.moves)
        if not self._someone:
            return reached
        moved = np.unique(p.person[witness.rows[witness.moves != 0]])
        people = moved[moved >= 0]
        if not len(people):
            return reached
        own = p.person[p.targets.row[reached]] == people[0] if len(people) == 1 else False
        return reached[own | p.loose[reached]]

    def put(self, number: int, held: Held) -> None:
        """Take a witness in under a number that it had before."""
        self.last = max(self.last, number + 1)
        self.journal.add(number)
        self.held[number] = held
        rows = held.witness.rows
        fresh = rows[(self.uses[rows] == 0) & ~self.problem.must[rows]]
        self.uses[rows] += 1
        self.covered[held.reaches] += 1
        self.loss += float(self.problem.cost[fresh].sum())
        _repriced(self.problem.rows, fresh, np.zeros(len(fresh)), self.visible, self.burden)
        for r in rows[~self.problem.must[rows]].tolist():
            self._by_row.setdefault(r, set()).add(number)
        for t in held.reaches.tolist():
            self._by_target.setdefault(t, set()).add(number)

    def drop(self, number: int) -> Held:
        """Take a witness out."""
        held = self.held.pop(number)
        self.journal.add(number)
        rows = held.witness.rows
        self.uses[rows] -= 1
        self.covered[held.reaches] -= 1
        gone = rows[(self.uses[rows] == 0) & ~self.problem.must[rows]]
        self.loss -= float(self.problem.cost[gone].sum())
        _repriced(self.problem.rows, gone, self.price[gone], self.visible, self.burden)
        for r in rows[~self.problem.must[rows]].tolist():
            self._by_row[r].discard(number)
        for t in held.reaches.tolist():
            self._by_target[t].discard(number)
        return held

    def users(self, row: int) -> list[int]:
        """The witnesses that hide a row."""
        return sorted(self._by_row.get(row, ()))

    def beside(self, numbers: Iterable[int]) -> list[int]:
        """The witnesses that reach some target that one of these reaches."""
        targets = {t for n in numbers if n in self.held for t in self.held[n].reaches.tolist()}
        return sorted({n for t in targets for n in self._by_target[t]})

    def reprice(self, price: Floats) -> None:
        """Search with other prices from here on."""
        price = _with_partners(price, self.problem.partner)
        self.price = on_grid(np.where(self.problem.fixed, 4.0 * price.max(initial=1.0), price))
        self.visible = np.where(self.problem.must | (self.uses > 0), 0.0, self.price)
        rows = self.problem.rows
        leaf = np.repeat(np.arange(self.problem.width), np.diff(rows.at))
        self.burden = np.zeros(self.problem.width)
        np.add.at(self.burden, leaf, self.visible[rows.row])

    def set_price(self, row: int, price: float) -> None:
        """Give one shown row another price for now."""
        _repriced(self.problem.rows, np.array([row]), np.array([price]), self.visible, self.burden)

    def thin(self, numbers: Iterable[int]) -> list[tuple[int, Held]]:
        """Drop those of some witnesses whose targets others reach too, the dearest first; give what went."""
        gone = []
        for n in sorted((n for n in numbers if n in self.held), key=lambda n: (-self._own(n), n)):
            if np.all(self.covered[self.held[n].reaches] > 1):
                gone.append((n, self.drop(n)))
        return gone

    def _own(self, number: int) -> float:
        """What would be shown again without a witness."""
        rows = self.held[number].witness.rows
        return float(self.problem.cost[rows[self.uses[rows] == 1]].sum())


def _with_partners(price: Floats, partner: Ints) -> Floats:
    """Rows that are hidden together cost what all of them cost."""
    if not (partner >= 0).any():
        return price
    total = np.bincount(np.maximum(partner, 0), np.where(partner >= 0, price, 0.0))
    return np.where((partner >= 0) & (price > 0), total[np.maximum(partner, 0)], price)
