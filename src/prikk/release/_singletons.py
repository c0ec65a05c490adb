"""The gate's check of ``singletons``: nothing leaks to people who are alone in a hidden cell."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from prikk.auditing import HiddenCell, Rule, Witnesses, attack_insiders, leaks
from prikk.errors import Finding
from prikk.release._selectors import listed
from prikk.release._suppress import Protected
from prikk.spec import ReleaseSpec
from prikk.tabular import CellTable, Publication


def singleton_leaks(
    publication: Publication, spec: ReleaseSpec, protected: Protected, truth: NDArray[np.int64]
) -> list[Finding]:
    """Find the figures under the rule that people who are alone in others can work out or narrow; none where it is not asked for."""
    protection = spec.protection
    if not protection.singletons:
        return []
    rule = Rule(threshold=protection.threshold, zeros=protection.zeros)
    witnesses = protected.witnesses or _none(len(publication.table.hierarchies))
    found = attack_insiders(publication, rule, protection.attacker, truth, witnesses)
    leaking = leaks(found, protection.range, protected.accepted)
    return _findings(leaking, publication.table, spec.release.id)


def _none(dimensions: int) -> Witnesses:
    empty = np.zeros(0, dtype=np.int64)
    return Witnesses(
        starts=np.zeros(1, dtype=np.int64), coords=np.zeros((0, dimensions), dtype=np.int32), changes=empty
    )


def _findings(leaking: tuple[HiddenCell, ...], table: CellTable, release: str) -> list[Finding]:
    kinds = (
        (
            "singleton-unavoidable",
            [c.cell for c in leaking if c.unavoidable],
            "have only one possible value for people who know the figures that they are alone in, whatever is hidden beside them.",
            "Merge categories, publish fewer tables, or name them in protection.accept.",
        ),
        (
            "singleton",
            [c.cell for c in leaking if not c.unavoidable],
            "are not proven to stay open for people who know the figures that they are alone in.",
            "Raise protection.effort, hide more with protection.hide, merge categories, or publish fewer tables.",
        ),
    )
    return [
        Finding(
            code=code,
            what=f"{len(cells)} figures under the rule {what} They are {listed(cells, table)}. Nothing was published.",
            where=f"{release}, the audit of what would be published",
            fix=fix,
        )
        for code, cells, what, fix in kinds
        if cells
    ]
