"""The attack as a whole: a publication to intervals and verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from prikk.auditing._asked import Asked, drive
from prikk.auditing._bounds import Bounds, ContradictionError, Ends, bounds_of
from prikk.auditing._contradictions import without
from prikk.auditing._kernels import Ints
from prikk.auditing._model import Attacker, Audit, HiddenCell, Limits, Requirement, Rule, Summary, Verdict
from prikk.auditing._reach import reach_of
from prikk.auditing._system import System, build_system, whole
from prikk.auditing._witness import Witnessed
from prikk.tabular import UNBOUNDED, Publication, Status

_MOST_CONTRADICTIONS = 200


def attack(  # noqa: PLR0913 - what is shown and known, then options by name
    publication: Publication,
    rule: Rule,
    attacker: Attacker = "threshold",
    *,
    hint: Ints | None = None,
    witnessed: Witnessed | None = None,
    asked: Asked | None = None,
    limits: Limits | None = None,
) -> Audit:
    """Attack a publication: the integer interval of every hidden cell, and a verdict for those under the rule.

    Args:
        publication: what is shown.
        rule: what a reader knows of the rule.
        attacker: what else a reader knows (docs/design/model.md).
        hint: a table that agrees with the publication, one number a cell, if the caller knows one; it is
            checked, and shortens the search. It changes no proof.
        witnessed: what :func:`check_witnesses` proved of the same publication. Ends that it reaches need
            no search, and only primaries without such a proof are attacked.
        asked: ends that other cells must be able to take too. They have a verdict, with these ends for their reach,
            and the intervals of cells without a verdict are then not closed.
        limits: how hard to try.

    Returns:
        The audit. A cell whose interval the limits left open is undecided, never safe. Statements that
        contradict the others are named in ``contradictions`` and left out.
    """
    limits = limits or Limits()
    system, publication, contradictions = _consistent(publication, rule, attacker)
    primary = np.flatnonzero(publication.status == Status.PRIMARY).astype(np.int64)
    secondary = np.flatnonzero(publication.status == Status.SECONDARY).astype(np.int64)
    whole_hint = None if hint is None else _whole_hint(hint, publication, len(system.low))
    reach = _reach(publication, rule, attacker, whole_hint, limits)
    others = primary[:0] if asked is None else asked.of(publication)
    if asked is not None:
        for wanted, end in zip((asked.low, asked.high), reach, strict=True):
            end[others] = wanted[others]
    if witnessed is None:
        targets = np.concatenate([primary, secondary]) if asked is None else primary
    else:
        proven = (witnessed.inner_low <= reach[0]) & (witnessed.inner_high >= reach[1])
        targets = primary[~proven[primary]]
    ends = _ends(len(system.low), primary, reach)
    found = _bounds(system, targets, whole_hint, limits, contradictions, ends)
    if witnessed is not None:
        many = len(publication.table)
        np.minimum(found.inner_low[:many], witnessed.inner_low, out=found.inner_low[:many])
        np.maximum(found.inner_high[:many], witnessed.inner_high, out=found.inner_high[:many])
    if len(others):
        found = drive(system, found, others, Ends(*reach), whole_hint, limits)
    hidden = _hidden_cells(publication, found, reach, np.concatenate([primary, others]))
    if not whole(publication.table):
        # Finest cells that no table prints were too many to hold: what looks safe is not proven to be.
        hidden = tuple(
            replace(c, verdict=Verdict.UNDECIDED) if c.verdict == Verdict.SAFE else c for c in hidden
        )
    return Audit(
        rule=rule,
        attacker=attacker,
        summary=_summary(publication, hidden, attacker, len(contradictions)),
        hidden=hidden,
        contradictions=tuple(contradictions),
        attacked=publication,
    )


def consistent(publication: Publication, rule: Rule, attacker: Attacker) -> bool:
    """Tell whether some table agrees with a publication under a rule, as far as one programme a part can tell."""
    system = build_system(publication, rule, attacker)
    hidden = np.flatnonzero(publication.status != Status.PUBLISHED).astype(np.int64)
    try:
        bounds_of(system, hidden, None, Limits(nodes=(), large_nodes=0, rounds=0, programmes=0))
    except ContradictionError:
        return False
    return True


def leaks(
    audit: Audit, requirement: Requirement = "full", accepted: Sequence[int] = ()
) -> tuple[HiddenCell, ...]:
    """Give the cells that do not meet the requirement; undecided ones never meet it.

    Unavoidable cells are leaks too unless ``accepted`` names them, by the number of the cell.
    """
    allowed = set(accepted)
    judged = (c for c in audit.hidden if c.verdict is not None)
    return tuple(
        c for c in judged if not _meets(c, requirement) and not (c.unavoidable and c.cell in allowed)
    )


def _meets(cell: HiddenCell, requirement: Requirement) -> bool:
    # The range is about cells under the rule; of others both ends were asked for.
    if requirement == "full" or cell.status != Status.PRIMARY:
        return cell.verdict == Verdict.SAFE
    if cell.unavoidable or cell.inner_low is None or cell.reach_low is None or cell.reach_high is None:
        return False
    top = cell.reach_high if cell.inner_high is None else min(cell.inner_high, cell.reach_high)
    bottom = max(cell.inner_low, cell.reach_low)
    wanted = 2 if requirement == "not-exact" else requirement
    return top - bottom + 1 >= min(wanted, cell.reach_high - cell.reach_low + 1)


def _whole_hint(hint: Ints, publication: Publication, size: int) -> Ints | None:
    """A hint says nothing of quantities that no table prints; where there are such, it cannot be used."""
    return hint if size == len(publication.table) else None


def _ends(many: int, primary: Ints, reach: tuple[Ints, Ints]) -> Ends:
    """The ends that verdicts rest on: those of the reach of cells under the rule."""
    ends = Ends(np.full(many, UNBOUNDED, dtype=np.int64), np.full(many, -1, dtype=np.int64))
    ends.low[primary], ends.high[primary] = reach[0][primary], reach[1][primary]
    return ends


def _bounds(
    system: System,
    targets: Ints,
    hint: Ints | None,
    limits: Limits,
    contradictions: list[str],
    ends: Ends,
) -> Bounds:
    """The brackets; where a search proves that no table agrees with everything, none of them is closed."""
    try:
        return bounds_of(system, targets, hint, limits, ends)
    except ContradictionError:
        contradictions.append("no table agrees with all figures together; which of them fail was not found.")
    nothing = np.full_like(system.low, UNBOUNDED)
    return Bounds(
        low=system.low, high=system.high, inner_low=nothing, inner_high=np.full_like(system.low, -1)
    )


def _reach(
    publication: Publication, rule: Rule, attacker: Attacker, hint: Ints | None, limits: Limits
) -> tuple[Ints, Ints]:
    """The reach; the rule's whole range where figures contradict each other even with everything hidden."""
    try:
        return reach_of(publication, rule, attacker, hint, limits)
    except ContradictionError:
        many = len(publication.table)
        return np.full(many, rule.lowest, dtype=np.int64), np.full(many, rule.highest, dtype=np.int64)


def _consistent(
    publication: Publication, rule: Rule, attacker: Attacker
) -> tuple[System, Publication, list[str]]:
    """The system without the statements that contradict the rest, each found where propagation fails."""
    contradictions: list[str] = []
    while True:
        system = build_system(publication, rule, attacker)
        row = first_contradiction(system)
        if row is None or len(contradictions) >= _MOST_CONTRADICTIONS:
            return system, publication, contradictions
        kind, number = (int(x) for x in system.origin[row])
        publication, text = without(publication, kind, number)
        contradictions.append(text)


def first_contradiction(system: System) -> int | None:
    """Give a row that propagation alone cannot satisfy, or None."""
    try:
        bounds_of(
            system, np.zeros(0, dtype=np.int64), None, Limits(nodes=(), programmes=0, programme_nodes=0)
        )
    except ContradictionError as error:
        return error.row if error.row >= 0 else None
    return None


def _hidden_cells(
    publication: Publication, found: Bounds, reach: tuple[Ints, Ints], judged: Ints
) -> tuple[HiddenCell, ...]:
    status = publication.status
    cells = np.flatnonzero((status == Status.PRIMARY) | (status == Status.SECONDARY))
    ends: dict[int, tuple[int, int]] = {i: (int(reach[0][i]), int(reach[1][i])) for i in judged.tolist()}
    return tuple(_hidden_cell(int(i), Status(status[i]), found, ends.get(int(i))) for i in cells)


def _hidden_cell(i: int, status: Status, found: Bounds, ends: tuple[int, int] | None) -> HiddenCell:
    low, high = int(found.low[i]), int(found.high[i])
    inner = (int(found.inner_low[i]), int(found.inner_high[i]))
    known = inner[0] <= inner[1]
    return HiddenCell(
        cell=i,
        status=status,
        low=low,
        high=None if high >= UNBOUNDED else high,
        inner_low=inner[0] if known else None,
        inner_high=inner[1] if known and inner[1] < UNBOUNDED else None,
        reach_low=None if ends is None else ends[0],
        reach_high=None if ends is None else ends[1],
        verdict=None if ends is None else _verdict((low, high), inner, ends),
        unavoidable=status == Status.PRIMARY and ends is not None and ends[0] == ends[1] and low == high,
    )


def _verdict(outer: tuple[int, int], inner: tuple[int, int], reach: tuple[int, int]) -> Verdict:
    """The words of the guarantee, from what is proven: safe and narrowed need tables, exact needs a proof."""
    if outer[0] == outer[1]:
        return Verdict.EXACT
    if inner[0] <= reach[0] and inner[1] >= reach[1]:
        return Verdict.SAFE
    short = outer[0] > reach[0] or outer[1] < reach[1]
    return Verdict.NARROWED if short and inner[0] < inner[1] else Verdict.UNDECIDED


def _summary(
    publication: Publication, hidden: Sequence[HiddenCell], attacker: Attacker, contradictions: int
) -> Summary:
    def many(verdict: Verdict) -> int:
        return sum(cell.verdict == verdict for cell in hidden)

    return Summary(
        attacker=attacker,
        cells=len(publication.table),
        hidden=len(hidden),
        primary=sum(cell.verdict is not None for cell in hidden),
        exact=many(Verdict.EXACT),
        unavoidable=sum(cell.unavoidable for cell in hidden),
        narrowed=many(Verdict.NARROWED),
        safe=many(Verdict.SAFE),
        undecided=many(Verdict.UNDECIDED),
        contradictions=contradictions,
    )
