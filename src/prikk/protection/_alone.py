"""What people can work out who are alone in a hidden cell and so know its figure, all of them together.

Counts under the threshold are judged by the audit's attack of such people. Cells that other rules ask an interval of
(amounts, and categories that hold everybody) are judged here, in the same way: against readers who know all those
figures, and the figure of one who is alone against all others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import scipy.sparse as sp

from prikk.auditing import (
    Asked,
    Attacker,
    Limits,
    Rule,
    Verdict,
    Witnessed,
    Witnesses,
    attack,
    attack_insiders,
    check_witnesses,
    leaks,
)
from prikk.protect import Range
from prikk.protection._model import Ints, Mask
from prikk.tabular import UNBOUNDED, Publication, Status, membership

_MOST = 100
"""So many figures of one are attacked one by one; of the others only what witnesses prove counts."""


class Seen(NamedTuple):
    """What is published, what readers know of it, and what is proven and asked of it."""

    publication: Publication
    rule: Rule
    attacker: Attacker
    truth: Ints
    witnesses: Witnesses
    asked: Asked | None
    limits: Limits


class Insiders(NamedTuple):
    """What leaks to people who are alone somewhere: whatever is hidden, and in this pattern."""

    unavoidable: frozenset[int] = frozenset()
    leaking: frozenset[int] = frozenset()


def insider_leaks(seen: Seen, alone: Mask, wanted: Range) -> Insiders:
    """Find the sensitive cells that do not stay open to people who know the cells of ``alone``."""
    unavoidable, leaking = set[int](), set[int]()
    if np.any(seen.publication.status == Status.PRIMARY):
        found = attack_insiders(
            seen.publication, seen.rule, seen.attacker, seen.truth, seen.witnesses, limits=seen.limits
        )
        for cell in leaks(found, wanted):
            (unavoidable if cell.unavoidable else leaking).add(cell.cell)
    if seen.asked is not None:
        proven = check_witnesses(
            seen.publication, seen.rule, seen.attacker, seen.truth, seen.witnesses, insiders=alone
        )
        left = _open(seen, seen.asked, proven)
        for known, cells in _readers(seen.publication, left, alone):
            for number, never in _Reader(seen, seen.asked, known, proven).short(cells):
                (unavoidable if never else leaking).add(number)
        leaking.update(np.flatnonzero(left & alone)[_MOST:].tolist())
    return Insiders(frozenset(unavoidable), frozenset(leaking))


class _Reader(NamedTuple):
    """Somebody who knows some figures; ``proven`` by witnesses that leave these as they are."""

    seen: Seen
    asked: Asked
    known: Mask
    proven: Witnessed

    def short(self, cells: Mask) -> Iterator[tuple[int, bool]]:
        """The cells that are not proven to stay as open as is asked, and whether that is so with everything hidden."""
        publication = self.seen.publication
        open_to = self._verdicts(publication, cells)
        wrong = [cell for cell, verdict in open_to.items() if verdict != Verdict.SAFE]
        if wrong:
            most = self._verdicts(_everything_hidden(publication), np.isin(np.arange(len(cells)), wrong))
            never = (Verdict.EXACT, Verdict.NARROWED)
            yield from ((cell, most.get(cell) in never) for cell in wrong)

    def _verdicts(self, publication: Publication, cells: Mask) -> dict[int, Verdict | None]:
        seen, known = self.seen, self.known
        told = replace(
            publication,
            low=np.where(known, seen.truth, publication.low),
            high=np.where(known, seen.truth, publication.high),
        )
        # Nobody asks here for the other cells: they are passed over as if they were proven.
        proven = Witnessed(
            inner_low=np.where(cells, self.proven.inner_low, 0),
            inner_high=np.where(cells, self.proven.inner_high, UNBOUNDED),
            failed=self.proven.failed,
        )
        found = attack(
            told,
            seen.rule,
            seen.attacker,
            hint=seen.truth,
            witnessed=proven,
            asked=replace(self.asked, cells=cells),
            limits=seen.limits,
        )
        return {c.cell: c.verdict for c in found.hidden if cells[c.cell]}


def _open(seen: Seen, asked: Asked, proven: Witnessed) -> Mask:
    """The hidden cells that witnesses do not take to both ends that are asked for."""
    hidden = asked.cells & (seen.publication.status == Status.SECONDARY)
    return np.asarray(hidden & ((proven.inner_low > asked.low) | (proven.inner_high < asked.high)))


def _readers(publication: Publication, left: Mask, alone: Mask) -> Iterator[tuple[Mask, Mask]]:
    """Who attacks which cells, by what they know: all people together, and all others where one is alone."""
    if np.any(left & ~alone):
        yield alone, left & ~alone
    own = np.flatnonzero(left & alone)[:_MOST]
    if not len(own):
        return
    finest = tuple(max(depths) for depths in zip(*publication.table.margins, strict=True))
    inside = sp.csr_array(membership(publication.table, finest).matrix)
    for cell in own.tolist():
        yield alone & ~_nested(inside, cell), np.arange(len(alone)) == cell


def _nested(inside: sp.csr_array, cell: int) -> Mask:
    """The cells that hold another or are in it: if both have one contributor, it is the same."""
    size = np.asarray(inside.sum(axis=1)).ravel()
    shared = np.asarray((inside @ inside[[cell]].T).todense()).ravel()
    return np.asarray((shared > 0) & (shared == np.minimum(size, size[cell])))


def _everything_hidden(publication: Publication) -> Publication:
    """Every figure hidden but shown zeros, which no pattern hides."""
    shown = (publication.status == Status.PUBLISHED) & (publication.high > 0)
    return replace(
        publication,
        low=np.where(shown, 0, publication.low),
        high=np.where(shown, UNBOUNDED, publication.high),
        status=np.where(shown, Status.SECONDARY, publication.status).astype(np.uint8),
    )
