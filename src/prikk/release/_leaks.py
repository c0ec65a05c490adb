"""The last door: nothing is written that leaks, unless the spec says that it is not protected."""

from __future__ import annotations

from collections.abc import Sequence

from prikk.errors import Finding, RefusedError
from prikk.reporting import AuditReport
from prikk.spec import ReleaseSpec


def refuse_leaks(report: AuditReport, spec: ReleaseSpec, beside: Sequence[Finding] = ()) -> None:
    """Raise :class:`RefusedError` when the audit of a release found anything, or something else was found ``beside``.

    Method ``primary-only`` is let through: the spec has said by name that the release is not protected.
    The message tells how many cells leak and where the report is, never a value.
    """
    if spec.protection.method == "primary-only":
        return
    findings = list(beside)
    if not report.ok or report.contradictions:
        findings.insert(
            0,
            Finding(
                code="leaks",
                what=f"{leak_sentence(report)} Nothing was published.",
                where=f"{spec.release.id}, the audit of what would be published",
                fix="See audit.html in the internal folder: it draws each table and tells how each figure leaks.",
            ),
        )
    if findings:
        raise RefusedError(findings)


def leak_sentence(report: AuditReport) -> str:
    """Tell in one sentence how many hidden figures leak."""
    s = report.summary
    if report.ok and s.unavoidable:
        return (
            f"{s.unavoidable} of the {s.primary} figures hidden by the rule have only one possible value whatever is hidden, "
            "which the spec accepts; none of the others can be recomputed or narrowed."
        )
    if report.ok:
        return f"None of the {s.primary} figures hidden by the rule can be recomputed or narrowed."
    return (
        f"{len(report.leaks)} of the {s.primary} figures hidden by the rule leak: {s.exact} can be recomputed "
        f"exactly, {s.narrowed} narrowed" + (f", {s.undecided} are undecided." if s.undecided else ".")
    )
