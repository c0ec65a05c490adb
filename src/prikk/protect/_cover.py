"""A first pattern: a witness for every target, each as cheap as what is hidden already makes it."""

from __future__ import annotations

from collections.abc import Iterator

from prikk.protect._bench import Reach
from prikk.protect._model import Ints
from prikk.protect._targets import added
from prikk.protect._team import ROUND, Team
from prikk.steps import Share


def cover(team: Team, order: Ints, share: Share) -> list[int]:
    """Find witnesses for the targets in order that none reaches yet; give the targets without any."""
    pattern = team.pattern
    failed: list[int] = []
    for done, some in _rounds(team, order):
        share(f"loss {pattern.loss:,.0f}", done)
        for t, found in zip(some, team.ask([Reach(team.number(), t) for t in some]), strict=True):
            if found is None:
                failed.append(t)
            elif not pattern.covered[t]:
                for number in added(team.bench.finder, pattern, found):
                    team.bench.wish(pattern.held[number].reaches)
    return [t for t in failed if not pattern.covered[t]]


def _rounds(team: Team, order: Ints) -> Iterator[tuple[float, list[int]]]:
    """The next targets that none reaches yet, and the share of all that went before."""
    some: list[int] = []
    for i, t in enumerate(order.tolist()):
        if not team.pattern.covered[t]:
            some.append(t)
        if len(some) == ROUND:
            yield i / len(order), some
            some = []
    if some:
        yield 1.0, some
