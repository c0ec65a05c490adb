"""What every process that searches holds alike, and the messages that change it or ask something of it.

An answer depends on nothing but the question and the state, and leaves the state as it was: so it does not matter which
process gives it, nor how many there are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Protocol

import numpy as np

from prikk.protect._finder import Finder, Trial
from prikk.protect._improve import Proposal, proposed
from prikk.protect._model import SMALL, Floats, Ints, Mask, Problem, Witness
from prikk.protect._pattern import Held, Pattern
from prikk.protect._targets import best_of, wish_for

# One witness for many targets saves programmes where there are very many; where there are few, one for each
# is easier to improve.
_WISH = 0.6


class Bench:
    """A finder, the pattern that it works on, and what its programmes wish for."""

    def __init__(self, finder: Finder) -> None:
        self.finder = finder
        self.pattern = Pattern(finder.problem, finder.problem.cost)
        self.wishes = np.zeros(len(finder.problem.cost))
        self._reward = _WISH * finder.unit if finder.problem.width > SMALL else 0.0

    def wish(self, targets: Ints) -> None:
        """Let the rewards follow what some targets have become."""
        if self._reward:
            wish_for(self.finder.problem.targets, self.pattern, targets, self.wishes, self._reward)


class Message(Protocol):
    """Something to be done at a bench."""

    def __call__(self, bench: Bench) -> Any:
        """Do it, and give the answer."""
        ...


class Afresh(NamedTuple):
    """Start a pattern: prices, the witnesses in it by number, and the targets that count."""

    price: Floats
    held: Mapping[int, Held]
    targets: Ints

    def __call__(self, bench: Bench) -> None:
        """Take the new pattern in hand."""
        bench.pattern = Pattern(bench.finder.problem, self.price)
        for number, held in sorted(self.held.items()):
            bench.pattern.put(number, held)
        bench.wishes[:] = 0.0
        bench.wish(self.targets)


class Priced(NamedTuple):
    """Search with other prices from here on."""

    price: Floats

    def __call__(self, bench: Bench) -> None:
        """Take the prices."""
        bench.pattern.reprice(self.price)


class Changed(NamedTuple):
    """What became of the witnesses of some numbers: other ones, or None where they went."""

    held: Mapping[int, Held | None]

    def __call__(self, bench: Bench) -> None:
        """Change the pattern likewise."""
        pattern = bench.pattern
        for number, held in sorted(self.held.items()):
            before = pattern.drop(number) if number in pattern.held else held
            if held is not None:
                pattern.put(number, held)
            if before is not None:
                bench.wish(before.reaches)


class Settled(NamedTuple):
    """What is asked from here on, where targets have shrunk."""

    down: Ints
    up: Ints
    loose: Mask

    def __call__(self, bench: Bench) -> None:
        """Write it over what was asked."""
        problem = bench.finder.problem
        problem.targets.down[:], problem.targets.up[:], problem.loose[:] = self


class Reach(NamedTuple):
    """Find a witness for a target."""

    number: int
    target: int

    def __call__(self, bench: Bench) -> tuple[Witness | None, int]:
        """Give it, and how many programmes that took."""
        finder, pattern, wishes = bench.finder, bench.pattern, bench.wishes
        before = finder.begin(self.number)
        row = int(finder.problem.targets.row[self.target])
        kept, wishes[row] = wishes[row], 0.0
        found = best_of(finder, pattern, self.target, wishes, Trial.FAIR)
        wishes[row] = kept
        return found, finder.programmes - before


class Again(NamedTuple):
    """Find other witnesses for what a hidden row serves."""

    number: int
    row: int
    most: float

    def __call__(self, bench: Bench) -> tuple[Proposal | None, int]:
        """Give a proposal after which the loss is at most so much, and how many programmes that took."""
        before = bench.finder.begin(self.number)
        return proposed(bench.finder, bench.pattern, self.row, self.most), bench.finder.programmes - before


def at_bench(start: tuple[Problem, int, int]) -> Callable[[Message], Any]:
    """Make a bench and give what answers messages there."""
    bench = Bench(Finder(*start))
    return lambda message: message(bench)
