"""After protection: attack what would be published, and say what a reader could still work out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from prikk.auditing import Audit, HiddenCell, Rule, Verdict, Witnesses, attack, check_witnesses, leaks
from prikk.errors import Finding
from prikk.protect import Reason, Suppression, Task
from prikk.protection._findings import coded, listed
from prikk.protection._model import Settings
from prikk.protection._task import publication_of
from prikk.sensitivity import below_threshold
from prikk.tabular import CellTable, Status


class Checked(NamedTuple):
    """An audit, the cells that leak whatever is hidden, the others that leak, and how many witnesses failed."""

    audit: Audit
    unavoidable: tuple[int, ...]
    leaking: tuple[int, ...]
    failed: int


def check(task: Task, found: Suppression, settings: Settings) -> Checked:
    """Attack a pattern as a reader would. What the protector says is proof of nothing but its witnesses, which are checked."""
    publication = publication_of(task, found.status)
    rule = Rule(threshold=settings.threshold, zeros=settings.zeros)
    witnesses = Witnesses(starts=found.starts, coords=found.coords, changes=found.changes, finest=task.finest)
    witnessed = check_witnesses(publication, rule, settings.attacker, task.values, witnesses)
    audit = attack(publication, rule, settings.attacker, hint=task.values, witnessed=witnessed)
    said = {s.cell for s in found.shortfalls if s.reason == Reason.UNAVOIDABLE}
    wrong = leaks(audit, settings.range)
    helpless = tuple(c.cell for c in wrong if _helpless(c, said))
    # An attack says nothing of what is shown: that all under the rule is hidden is a question of its own.
    under = below_threshold(task.values, settings.threshold, settings.zeros)
    shown = np.flatnonzero(under != (found.status == Status.PRIMARY)).tolist()
    return Checked(
        audit=audit,
        unavoidable=helpless,
        leaking=tuple(sorted({c.cell for c in wrong}.union(shown) - set(helpless))),
        failed=len(witnessed.failed),
    )


def _helpless(cell: HiddenCell, said: set[int]) -> bool:
    """Nothing protects the cell: the audit says so, or the protector does and the audit cannot tell."""
    return cell.unavoidable or (cell.verdict == Verdict.UNDECIDED and cell.cell in said)


def refusals(
    checked: Checked, found: Suppression, table: CellTable
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Put in words what leaks: (unavoidable, the rest)."""
    open_cells = set(checked.leaking)
    findings = []
    for reason, code, what, fix in _REASONS:
        short = [s for s in found.shortfalls if s.reason == reason and s.cell in open_cells]
        open_cells -= {s.cell for s in short}
        if short:
            release = _named(sorted({c for s in short for c in s.release}), table)
            findings.append(_finding(code, what, fix.format(release=release), [s.cell for s in short], table))
    if open_cells:
        findings.append(_finding(*_LEAK, sorted(open_cells), table))
    for text in checked.audit.contradictions:
        fix = "This should not happen: please report it."
        findings.append(Finding(code="audit-contradiction", what=text, where="the audit", fix=fix))
    if not checked.unavoidable:
        return (), tuple(findings)
    return (_finding(*_UNAVOIDABLE, checked.unavoidable, table),), tuple(findings)


def _finding(code: str, what: str, fix: str, cells: Sequence[int], table: CellTable) -> Finding:
    said = what.format(n=len(cells)) + f" They are {_named(cells, table)}."
    return Finding(code=code, what=said, where="the table", fix=fix)


def _named(cells: Sequence[int], table: CellTable) -> str:
    return listed([coded(table.codes(cell)) for cell in cells])


_UNAVOIDABLE = (
    "protect-unavoidable",
    "{n} cells under the rule have only one possible value, whatever is hidden beside them.",
    "Hide zeros (--zeros hidden), merge codes, publish fewer combinations (--table), or accept them "
    "(--accept-unavoidable).",
)
_LEAK = (
    "audit-leak",
    "{n} cells under the rule are shown, or can be worked out or narrowed, as far as the audit can tell.",
    "Raise --effort, or publish fewer combinations (--table).",
)
_REASONS = (
    (
        Reason.KEPT,
        "protect-kept",
        "{n} cells under the rule cannot be protected beside what must be kept.",
        "Take out of --keep: {release}.",
    ),
    (
        Reason.UNDECIDED,
        "protect-undecided",
        "{n} cells under the rule were not protected within the limits of the search.",
        "Raise --effort, or publish fewer combinations (--table).",
    ),
)
