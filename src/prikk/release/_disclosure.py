"""Group disclosure: categories that hold everybody of a group are hidden too, and judged at the gate by an attack of their own.

A reader who knows the threshold does not know that such a figure is above it by the rule, so the audit takes it for any
hidden figure; what it must be able to take is asked beside.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from prikk.auditing import Asked, Rule, Witnessed, attack, check_witnesses, leaks
from prikk.errors import Finding
from prikk.release._selectors import Mask, listed
from prikk.release._suppress import Protected
from prikk.sensitivity import below_threshold, group_disclosure_rule
from prikk.spec import ReleaseSpec
from prikk.tabular import UNBOUNDED, CellTable, Publication, Status

Ints = NDArray[np.int64]


def group_leaks(
    publication: Publication, spec: ReleaseSpec, protected: Protected, truth: Ints
) -> list[Finding]:
    """Find the figures that hold everybody of a group and are shown, or cannot be one less to a reader; none where it is not asked for.

    With ``singletons`` they must be able to for people who are alone in a figure too: witnesses alone prove that.
    """
    if not spec.disclosing:
        return []
    cells = _sensitive(publication.table, spec, protected, truth)
    shown = cells & (publication.status == Status.PUBLISHED)
    findings = _finding("group-disclosure", np.flatnonzero(shown), "are shown", publication.table, spec)
    cells &= ~shown
    rule = Rule(threshold=spec.protection.threshold, zeros=spec.protection.zeros)
    attacker = spec.protection.attacker
    # Nobody asks here for the other figures: they are passed over as if they were proven.
    proven = _proven(publication, rule, spec, protected, truth)
    passed = Witnessed(
        inner_low=np.where(cells, proven.inner_low, 0),
        inner_high=np.where(cells, proven.inner_high, UNBOUNDED),
        failed=proven.failed,
    )
    asked = Asked(cells=cells, low=truth - 1, high=truth)
    found = attack(publication, rule, attacker, hint=truth, witnessed=passed, asked=asked)
    wrong = np.array([c.cell for c in leaks(found) if cells[c.cell]], dtype=np.int64)
    findings += _finding("group-disclosure", wrong, "are not proven to stay open", publication.table, spec)
    if spec.protection.singletons:
        people = _proven(publication, rule, spec, protected, truth, alone=_alone(publication, truth))
        left = np.setdiff1d(np.flatnonzero(cells & (people.inner_low >= truth)), wrong)
        words = "are not proven to stay open for people who know the figures that they are alone in"
        findings += _finding("singleton", left, words, publication.table, spec)
    return findings


def _sensitive(table: CellTable, spec: ReleaseSpec, protected: Protected, truth: Ints) -> Mask:
    """The figures that the rule is about, worked out again; but not those that readers have and the spec accepts."""
    small = below_threshold(truth, spec.protection.threshold, spec.protection.zeros)
    found = group_disclosure_rule(table, truth, dimensions=spec.disclosing, hidden=small).sensitive & ~small
    if protected.known is not None:
        found &= ~(protected.known & np.isin(np.arange(len(truth)), protected.accepted))
    return np.asarray(found)


def _alone(publication: Publication, truth: Ints) -> Mask:
    return np.asarray((truth == 1) & (publication.status == Status.PRIMARY))


def _proven(
    publication: Publication,
    rule: Rule,
    spec: ReleaseSpec,
    protected: Protected,
    truth: Ints,
    *,
    alone: Mask | None = None,
) -> Witnessed:
    """What witnesses prove; without any, that every figure can be what it is."""
    if protected.witnesses is None:
        return Witnessed(inner_low=truth, inner_high=truth, failed=np.zeros(0, dtype=np.intp))
    attacker = spec.protection.attacker
    return check_witnesses(publication, rule, attacker, truth, protected.witnesses, insiders=alone)


def _finding(code: str, cells: Ints, what: str, table: CellTable, spec: ReleaseSpec) -> list[Finding]:
    if not len(cells):
        return []
    said = f"{len(cells)} figures that hold everybody of a group {what}."
    return [
        Finding(
            code=code,
            what=f"{said} They are {listed(cells.tolist(), table)}. Nothing was published.",
            where=f"{spec.release.id}, the audit of what would be published",
            fix="Raise protection.effort, hide more with protection.hide, merge categories, or publish fewer tables.",
        )
    ]
