"""Suppression of a whole release: every table and every period as one task."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from prikk.auditing import Witnesses
from prikk.cube import Cube
from prikk.errors import Finding, RefusedError, SpecError
from prikk.protect import COSTS, Reason, Suppression, Task
from prikk.release._gate import Pattern
from prikk.release._groups import closed, groups_of
from prikk.release._previous import beside_earlier, known_of, read_previous
from prikk.release._selectors import Mask, listed, selected
from prikk.release._steady import steadied
from prikk.sensitivity import below_threshold, combined, group_disclosure_rule, threshold_rule
from prikk.spec import TOTAL, ReleaseSpec
from prikk.steps import Steps
from prikk.tabular import CellTable, Hierarchy, Status


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Protected:
    """A release under suppression: the pattern (periods by cells), its proof, and the cells the spec accepts as they are.

    ``known`` are cells whose figure an earlier release shows: readers know it, whatever the pattern says; ``previous``
    is the digest of its cells. ``beside`` are cells under another rule than the threshold: a reader knows no range of them.
    """

    pattern: Pattern
    witnesses: Witnesses | None = None
    suppression: Suppression | None = None
    accepted: tuple[int, ...] = ()
    known: Mask | None = None
    previous: str | None = None
    beside: Mask | None = None

    @property
    def seen(self) -> Pattern:
        """The pattern as far as a reader may be assumed to know it: which hidden cells fall under the threshold."""
        if self.beside is None:
            return self.pattern
        beside = self.beside.reshape(self.pattern.shape) & (self.pattern == Status.PRIMARY)
        return np.where(beside, Status.SECONDARY, self.pattern).astype(np.uint8)


def protect(cube: Cube, spec: ReleaseSpec, *, steps: Steps) -> Protected:
    """Suppress a cube as its spec says.

    Cells are numbered as in ``cells.csv``: period by period. Raises :class:`SpecError` with all that names nothing, and
    :class:`RefusedError` when a cell cannot be protected and the spec does not accept that.
    """
    table = with_periods(cube)
    earlier = read_previous(spec)
    findings: list[Finding] = []
    selection = selected(table, spec, findings)
    shown_zero = (cube.counts.ravel() == 0) & (spec.protection.zeros == "shown")
    groups = groups_of(table, spec, shown_zero, findings)
    if findings:
        raise SpecError(findings)
    known = None if earlier is None else known_of(earlier, table, cube.counts.ravel())
    task = replace(_task(cube, table, spec, selection), groups=groups)
    if known is not None:
        task = beside_earlier(task, known, selection["accept"], spec)
    found = steadied(
        closed(task, spec),
        len(cube.periods),
        spec.protection.steadiness,
        spec.protection.effort,
        steps,
        None if known is None else known.hidden,
    )
    accepted = tuple(np.flatnonzero(selection["accept"]).tolist())
    _refuse(found, accepted, table, spec)
    witnesses = Witnesses(
        starts=found.starts, coords=found.coords, changes=found.changes, finest=found.finest
    )
    return Protected(
        pattern=found.status.reshape(cube.counts.shape),
        witnesses=witnesses if cube.additive else None,
        suppression=found,
        accepted=accepted,
        known=None if known is None else known.shown,
        previous=None if earlier is None else earlier.digest,
        beside=_beside_threshold(task, spec) if spec.disclosing else None,
    )


def _beside_threshold(task: Task, spec: ReleaseSpec) -> Mask:
    small = below_threshold(task.values, spec.protection.threshold, spec.protection.zeros)
    return np.asarray(task.requirement.sensitive & ~small)


def _task(cube: Cube, table: CellTable, spec: ReleaseSpec, selection: Mapping[str, Mask]) -> Task:
    """What the rules and the selectors of a spec ask."""
    protection, counts = spec.protection, cube.counts.ravel()
    known = protection.attacker != "naive"
    asked = threshold_rule(counts, protection.threshold, protection.zeros, known=known)
    if spec.disclosing:
        groups = group_disclosure_rule(table, counts, dimensions=spec.disclosing, hidden=asked.sensitive)
        asked = combined(asked, groups)
    lowest = 0 if protection.zeros == "hidden" else 1
    return Task(
        table=table,
        values=counts,
        requirement=asked,
        cost=COSTS[protection.cost](counts),
        secondary_low=protection.threshold if protection.attacker == "full" else lowest,
        range=protection.range,
        keep=selection["keep"] & ~selection["hide"],
        hide=selection["hide"] & ((counts > 0) | asked.sensitive),
        listed_over=0,
        additive=cube.additive,
        alone=(counts == 1) & asked.sensitive if protection.singletons else None,
    )


def with_periods(cube: Cube) -> CellTable:
    """The cells of all periods as one table; the period is its first dimension, and has no published total."""
    periods = [p.code for p in cube.periods]
    first = Hierarchy(name="period", codes=(TOTAL, *periods), parents=(-1, *[0] * len(periods)))
    many = len(cube.table)
    number = np.repeat(np.arange(1, len(periods) + 1, dtype=np.int32), many)
    return CellTable(
        hierarchies=(first, *cube.table.hierarchies),
        coords=np.column_stack([number, np.tile(cube.table.coords, (len(periods), 1))]).astype(np.int32),
        margins=tuple((1, *margin) for margin in cube.table.margins),
    )


def _refuse(found: Suppression, accepted: Sequence[int], table: CellTable, spec: ReleaseSpec) -> None:
    """Raise :class:`RefusedError` for what cannot be protected; all reasons at once, with places and no values."""
    missing = [s for s in found.shortfalls if s.cell not in set(accepted)]
    findings = []
    for reason, what, fix in _REASONS:
        cells = [s.cell for s in missing if s.reason == reason]
        if cells:
            release = {c for s in missing if s.reason == reason for c in s.release}
            findings.append(
                Finding(
                    code=f"protect-{reason.value}",
                    what=what.format(n=len(cells), places=table.combinations(cells))
                    + f" They are {listed(cells, table)}.",
                    where=f"{spec.release.id}, protection",
                    fix=fix.format(release=listed(sorted(release), table)) + _beside(reason, spec),
                )
            )
    if findings:
        raise RefusedError(findings)


def _beside(reason: Reason, spec: ReleaseSpec) -> str:
    """What else a reason may come from, by the choices of the spec."""
    if reason is Reason.KEPT and spec.protection.previous is not None:
        return " Those that the earlier release shows cannot be hidden any more: merge categories, or publish fewer tables."
    if reason is Reason.UNAVOIDABLE and spec.protection.singletons:
        return " With singletons = true this is so for people who know the figures that they are alone in, or for everybody."
    return ""


_REASONS = (
    (
        Reason.UNAVOIDABLE,
        "{n} figures under the rule have only one possible value, whatever is hidden beside them. They stand in {places}.",
        'Hide zeros (zeros = "hidden"), merge categories, publish fewer tables, or name them in protection.accept.',
    ),
    (
        Reason.KEPT,
        "{n} figures under the rule cannot be protected beside what must be kept.",
        "Take out of protection.keep: {release}.",
    ),
    (
        Reason.UNDECIDED,
        "{n} figures under the rule were not protected within the limits of the search.",
        "Raise protection.effort, or publish fewer tables.",
    ),
)
