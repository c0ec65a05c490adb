"""After protection: attack what would be published, and say what a reader could still work out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from prikk.auditing import (
    Asked,
    Attacker,
    Audit,
    HiddenCell,
    Limits,
    Rule,
    Verdict,
    Witnesses,
    attack,
    check_witnesses,
    leaks,
)
from prikk.errors import Finding
from prikk.protect import Reason, Suppression, Task
from prikk.protection._alone import Insiders, Seen, insider_leaks
from prikk.protection._findings import coded, listed
from prikk.protection._model import Mask, Settings
from prikk.protection._rules import beside_threshold
from prikk.protection._task import publication_of
from prikk.protection._together import half_hidden
from prikk.sensitivity import below_threshold
from prikk.tabular import CellTable, Publication, Status


class Checked(NamedTuple):
    """An audit, the cells that leak whatever is hidden, the others that leak, and how many witnesses failed.

    ``insiders`` are cells that leak only to people who are alone in others; ``halves`` counts groups that are hidden in part.
    """

    audit: Audit
    unavoidable: tuple[int, ...]
    leaking: tuple[int, ...]
    failed: int
    insiders: Insiders
    halves: int


def check(task: Task, found: Suppression, settings: Settings) -> Checked:
    """Attack a pattern as a reader would. What the protector says is proof of nothing but its witnesses, which are checked."""
    others = beside_threshold(task.requirement, task.values, settings)
    publication = _seen(publication_of(task, found.status), task, others)
    rule, attacker = _known(settings)
    witnesses = Witnesses(starts=found.starts, coords=found.coords, changes=found.changes, finest=task.finest)
    witnessed = check_witnesses(publication, rule, attacker, task.values, witnesses)
    asked, limits = _asked(task, others) if others.any() else None, Limits(processes=settings.processes)
    audit = attack(
        publication, rule, attacker, hint=task.values, witnessed=witnessed, asked=asked, limits=limits
    )
    said = {s.cell for s in found.shortfalls if s.reason == Reason.UNAVOIDABLE}
    wrong = leaks(audit, settings.range)
    helpless = tuple(c.cell for c in wrong if _helpless(c, said))
    leaking = {c.cell for c in wrong}.union(_misjudged(task, found, settings, others))
    seen = Seen(publication, rule, attacker, task.values, witnesses, asked, limits)
    return Checked(
        audit=audit,
        unavoidable=helpless,
        leaking=tuple(sorted(leaking - set(helpless))),
        failed=len(witnessed.failed),
        insiders=_insiders(seen, task, settings, leaking),
        halves=half_hidden(task, settings.together, found.status != Status.PUBLISHED),
    )


def _misjudged(task: Task, found: Suppression, settings: Settings, others: Mask) -> list[int]:
    """Cells under the rules that are not hidden as such, or the reverse: an attack says nothing of what is shown."""
    under = below_threshold(task.values, settings.threshold, settings.zeros)
    sensitive = task.requirement.sensitive if settings.amounts is not None else under | others
    return np.flatnonzero(sensitive != (found.status == Status.PRIMARY)).tolist()


def _insiders(seen: Seen, task: Task, settings: Settings, leaking: set[int]) -> Insiders:
    """What leaks to people who are alone in a cell, beside what leaks to everybody."""
    if task.alone is None:
        return Insiders()
    found = insider_leaks(seen, task.alone, settings.range)
    return Insiders(found.unavoidable - leaking, found.leaking - leaking)


def _known(settings: Settings) -> tuple[Rule, Attacker]:
    """What a reader knows of hidden figures: of amounts, that they are not below 0."""
    if settings.amounts is not None:
        return Rule(threshold=1, zeros="hidden"), "naive"
    return Rule(threshold=settings.threshold, zeros=settings.zeros), settings.attacker


def _seen(publication: Publication, task: Task, others: Mask) -> Publication:
    """Sensitive cells beside the threshold are not known to lie in its range, so a reader sees no more than hidden cells."""
    hidden = others & (publication.status == Status.PRIMARY)
    return replace(
        publication,
        low=np.where(hidden, task.requirement.low, publication.low),
        status=np.where(hidden, Status.SECONDARY, publication.status).astype(np.uint8),
    )


def _asked(task: Task, others: Mask) -> Asked:
    """The ends that the rules ask for."""
    asked = task.requirement
    return Asked(cells=others, low=task.values - asked.down, high=task.values + asked.up)


def _helpless(cell: HiddenCell, said: set[int]) -> bool:
    """Nothing protects the cell: the audit says so, or the protector does and the audit cannot tell.

    With everything hidden, figures whose range is not known can take every end that is asked for: they are never so.
    """
    if cell.status != Status.PRIMARY:
        return False
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
    if checked.insiders.leaking:
        findings.append(_finding(*_SINGLETON, sorted(checked.insiders.leaking), table))
    if checked.halves:
        what = f"{checked.halves} groups are hidden in part and shown in part."
        fix = "This should not happen: please report it. Until then leave the group out (--together)."
        findings.append(Finding(code="together-half", what=what, where="the table", fix=fix))
    for text in checked.audit.contradictions:
        fix = "This should not happen: please report it."
        findings.append(Finding(code="audit-contradiction", what=text, where="the audit", fix=fix))
    unavoidable = (
        (_UNAVOIDABLE, checked.unavoidable),
        (_SINGLETON_UNAVOIDABLE, sorted(checked.insiders.unavoidable)),
    )
    helpless = tuple(_finding(*words, cells, table) for words, cells in unavoidable if cells)
    return helpless, tuple(findings)


def _finding(code: str, what: str, fix: str, cells: Sequence[int], table: CellTable) -> Finding:
    where = f" They stand in {table.combinations(cells)}." if code in _HELPED_ELSEWHERE else ""
    said = what.format(n=len(cells)) + f" They are {_named(cells, table)}.{where}"
    return Finding(code=code, what=said, where="the table", fix=fix)


def _named(cells: Sequence[int], table: CellTable) -> str:
    return listed([coded(table.codes(cell)) for cell in cells])


_UNAVOIDABLE = (
    "protect-unavoidable",
    "{n} cells under the rule have only one possible value, whatever is hidden beside them.",
    "Hide zeros (--zeros hidden), merge codes, publish fewer combinations (--table), or accept them "
    "(--accept-unavoidable).",
)
_SINGLETON_UNAVOIDABLE = (
    "singleton-unavoidable",
    "{n} cells under the rule cannot stay open to people who know the figures that they are alone in, whatever is hidden.",
    "Merge codes, publish fewer combinations (--table), or accept them (--accept-unavoidable).",
)
# For these only another presentation helps: it is worth knowing which combinations to leave out or to merge.
_HELPED_ELSEWHERE = {_UNAVOIDABLE[0], _SINGLETON_UNAVOIDABLE[0]}
_SINGLETON = (
    "singleton",
    "{n} cells under the rule are not proven to stay open to people who know the figures that they are alone in.",
    "Raise --effort, keep less (--keep), hide more (--hide), merge codes, or publish fewer combinations (--table).",
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
