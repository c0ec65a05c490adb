"""The attack of people who are alone in a hidden cell, and so know its value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import scipy.sparse as sp

from prikk.auditing._audit import attack
from prikk.auditing._kernels import Ints
from prikk.auditing._model import Attacker, Audit, HiddenCell, Limits, Rule, Verdict
from prikk.auditing._reach import reach_of
from prikk.auditing._system import finest_level
from prikk.auditing._witness import Mask, Witnessed, Witnesses, check_witnesses, people
from prikk.tabular import UNBOUNDED, Publication, Status, membership

_MOST_PEOPLE = 200
"""So many people are attacked one by one; of the others only what witnesses prove counts."""


def attack_insiders(
    publication: Publication,
    rule: Rule,
    attacker: Attacker,
    truth: Ints,
    witnesses: Witnesses,
    *,
    limits: Limits | None = None,
) -> Audit:
    """Attack a publication as everybody would who is alone in a hidden cell, all of them together.

    Each such person knows the cells of one that they are in. What they all know is given to the reader, and every other cell under
    the rule is measured against the reach that this leaves. The cells of one person are attacked with what the others know. A cell
    is unavoidable here when it has one value for such readers whatever is hidden. Only cells under the rule have a verdict.

    Args:
        publication: what is shown.
        rule: what a reader knows of the rule.
        attacker: what else a reader knows.
        truth: the true value of each cell.
        witnesses: the proof of the pattern; it is checked. Only witnesses that leave these people's cells as they are count.
        limits: how hard to try.
    """
    limits = limits or Limits()
    reader = _Reader(publication, rule, attacker, truth, limits)
    alone = (truth == 1) & (publication.status == Status.PRIMARY)
    proven = check_witnesses(publication, rule, attacker, truth, witnesses, insiders=alone)
    found = reader.attacked(alone, proven)
    hidden = {c.cell: c for c in found.hidden}
    for own in _their_own(reader, alone, proven):
        hidden[own.cell] = own
    return replace(found, hidden=tuple(hidden[c] for c in sorted(hidden)))


class _Reader(NamedTuple):
    """A publication and what everybody knows of it."""

    publication: Publication
    rule: Rule
    attacker: Attacker
    truth: Ints
    limits: Limits

    def told(self, known: Mask) -> Publication:
        """The publication with these cells of one shown."""
        p = self.publication
        return replace(p, low=np.where(known, 1, p.low), high=np.where(known, 1, p.high))

    def attacked(self, known: Mask, proven: Witnessed) -> Audit:
        """Attack it as a reader who knows these cells of one."""
        return attack(
            self.told(known),
            self.rule,
            self.attacker,
            hint=self.truth,
            witnessed=proven,
            limits=self.limits,
        )

    def reached(self, known: Mask, own: Mask, proven: Witnessed) -> Iterator[HiddenCell]:
        """Those of some own cells that witnesses take as far as they reach beside the known cells."""
        low, high = reach_of(self.told(known), self.rule, self.attacker, self.truth, self.limits)
        for cell in np.flatnonzero(own & (proven.inner_low <= low) & (proven.inner_high >= high)).tolist():
            ends = int(low[cell]), int(high[cell])
            verdict = Verdict.SAFE if ends[0] < ends[1] else Verdict.EXACT
            yield self.judged(cell, proven, ends, verdict)

    def judged(self, cell: int, proven: Witnessed, ends: tuple[int, int], verdict: Verdict) -> HiddenCell:
        """A cell of one with its reach and what witnesses prove of it."""
        return HiddenCell(
            cell=cell,
            status=Status.PRIMARY,
            low=ends[0],
            high=ends[1],
            inner_low=int(proven.inner_low[cell]),
            inner_high=int(proven.inner_high[cell]),
            reach_low=ends[0],
            reach_high=ends[1],
            verdict=verdict,
            unavoidable=verdict == Verdict.EXACT,
        )


def _their_own(reader: _Reader, alone: Mask, proven: Witnessed) -> Iterator[HiddenCell]:
    """The cells of one, each against all others who are alone somewhere: by witnesses, else by an attack a person."""
    table = reader.publication.table
    inside = sp.csr_array(membership(table, finest_level(table)).matrix.astype(np.int64))
    person = people(inside, alone)
    left = alone.copy()
    for some in _apart(inside[np.flatnonzero(reader.publication.status == Status.PRIMARY)], inside, person):
        # What a person's cells reach can only grow when others' cells may move too: several share one measure here.
        own = np.isin(person, some)
        for cell in reader.reached(alone & ~own, own, proven):
            left[cell.cell] = False
            yield cell
    for number, who in enumerate(np.unique(person[left]).tolist()):
        own = left & (person == who)
        if number < _MOST_PEOPLE:
            yield from _attacked(reader, alone & (person != who), own, proven)
        else:
            ends = reader.rule.lowest, reader.rule.highest
            yield from (
                reader.judged(cell, proven, ends, Verdict.UNDECIDED) for cell in np.flatnonzero(own).tolist()
            )


def _attacked(reader: _Reader, known: Mask, own: Mask, proven: Witnessed) -> Iterator[HiddenCell]:
    """The cells of one person, attacked by all others."""
    # Nobody asks here for the other cells: they are passed over as if they were proven.
    mine = Witnessed(
        inner_low=np.where(own, proven.inner_low, 0),
        inner_high=np.where(own, proven.inner_high, UNBOUNDED),
        failed=proven.failed,
    )
    found = reader.attacked(known, mine)
    yield from (c for c in found.hidden if own[c.cell])


def _apart(under: sp.csr_array, inside: sp.csr_array, person: Ints) -> Iterator[Ints]:
    """Part people into sets of which no two stand in the same cell under the rule."""
    cells = np.flatnonzero(person >= 0)
    pick = sp.csr_array(
        (np.ones(len(cells)), (person[cells], cells)), shape=(int(person.max(initial=-1)) + 1, len(person))
    )
    meet = sp.csr_array((pick @ inside) @ under.T)
    beside = sp.csr_array(meet @ meet.T)
    colour = np.full(pick.shape[0], -1, dtype=np.int64)
    for who in range(pick.shape[0]):
        taken = colour[beside.indices[beside.indptr[who] : beside.indptr[who + 1]]]
        colour[who] = np.setdiff1d(np.arange(len(taken) + 1), taken)[0]
    for number in range(int(colour.max(initial=-1)) + 1):
        yield np.flatnonzero(colour == number).astype(np.int64)
