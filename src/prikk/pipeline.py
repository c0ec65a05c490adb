"""The one file that wires the rooms: check, synth, build."""

from __future__ import annotations

import contextlib
import datetime as dt
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from prikk.audits import AuditOptions, audit_reading
from prikk.classifications import Classification, load_classifications, read_classifications
from prikk.cube import Cube, count
from prikk.dissemination import Content, PublishedCube, lay_out, missing, render, write_release
from prikk.errors import EnvironmentFault, Finding, RefusedError, SpecError
from prikk.register import EngineSettings, input_digest, open_register, refusal
from prikk.release import (
    Pattern,
    Protected,
    RegisterSummary,
    as_reading,
    group_leaks,
    half_hidden,
    internal_cells,
    leak_sentence,
    manifest,
    proof_files,
    protect,
    publish,
    refuse_leaks,
    refuse_unprotected,
    singleton_leaks,
    telling,
)
from prikk.reporting import AuditReport
from prikk.sensitivity import below_threshold
from prikk.spec import ReleaseSpec, load_spec, read_spec, spec_digest
from prikk.steps import Steps
from prikk.synth import fit, make_register, read_figures, write_register
from prikk.tabular import Status

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildResult:
    """What a build made; counts only."""

    out: Path
    title: str
    method: str
    periods: int
    tables: int
    rows: int
    figures: int
    cells: int
    hidden: int
    register_rows: int
    rejected: int
    primary: int
    exact: int
    narrowed: int
    leaks: str
    loss: float | None = None
    lower_bound: float | None = None

    @property
    def secondary(self) -> int:
        """How many figures are hidden to protect others."""
        return self.hidden - self.primary


@dataclass(frozen=True, slots=True, kw_only=True)
class SynthResult:
    """What synth made."""

    path: Path
    participations: int


def check(path: Path) -> list[Finding]:
    """Give every finding on a spec and its classifications, without reading the register."""
    spec, findings = read_spec(path)
    if spec is not None:
        findings = findings + read_classifications(spec)[1]
    return findings


def load(path: Path) -> tuple[ReleaseSpec, dict[str, Classification]]:
    """Read a spec and its classifications. Raises :class:`SpecError` with all findings of both."""
    findings = check(path)
    if findings:
        raise SpecError(findings)
    spec = load_spec(path)
    return spec, load_classifications(spec)


def build(path: Path, out: Path, *, settings: EngineSettings, steps: Steps) -> BuildResult:
    """Build a release: register in, ``out/public`` and ``out/internal`` written whole, or nothing.

    What is about to be published is audited first. Raises :class:`PrikkError`: the spec, the register or
    the gate; then what was in ``out`` is untouched, but for what explains a refusal.
    """
    with steps.step("Checking the spec"):
        spec, classifications = load(path)
    refuse_unprotected(spec)
    _check_formats(spec, steps)
    with tempfile.TemporaryDirectory(prefix="prikk-") as folder, contextlib.ExitStack() as stack:
        with steps.step("Reading and checking the register"):
            opened = open_register(spec, classifications, workdir=Path(folder), settings=settings)
            register = stack.enter_context(opened)
            refused = refusal(register, spec)
        if refused is not None:
            _keep(out, {"rejects.csv": register.write_rejects})
            raise refused
        with steps.step("Counting"):
            cube = count(register, spec, classifications)
        protected = _protected(cube, spec, steps)
        published = publish(cube, protected.pattern, spec, classifications)
        report = audit_release(published, protected, cube.counts.ravel(), steps=steps)
        internal = {
            "rejects.csv": register.write_rejects,
            **audit_files(report),
            **proof_files(cube, protected),
        }
        beside = _beside(report, published, protected, cube.counts.ravel(), steps)
        _pass_gate(report, beside, spec, out, internal, steps)
        with steps.step("Writing the tables"):
            summary = RegisterSummary(
                digest=input_digest(register, spec),
                rows=register.rows,
                rejected=register.rejected,
                reasons=register.reasons,
            )
            public = _public(path, published, summary, report, protected.previous)
            write_release(
                out, public=public, internal={"cells.csv": internal_cells(cube, protected), **internal}
            )
            _tell_embargo(spec, steps)
            return _result(out, published, summary, report, protected)


def _tell_embargo(spec: ReleaseSpec, steps: Steps) -> None:
    """Warn while the release may not be shown yet; its manifest and pages say when it may."""
    moment = spec.release.published
    if moment is not None and moment > dt.datetime.now(dt.UTC):
        steps.warn(f"Under embargo: nothing of it may be shown before {moment:%Y-%m-%d %H:%M %z}.")


def _check_formats(spec: ReleaseSpec, steps: Steps) -> None:
    """Refuse formats that were asked for and cannot be written; say which others are left out."""
    for name, extra in missing(spec.release.formats).items():
        what = f"the format '{name}' needs a library that is not installed."
        fix = f"Install it with: pip install 'prikk[{extra}]'"
        if spec.release.formats:
            raise EnvironmentFault(Finding(code="format-missing", what=what, where=name, fix=fix))
        steps.warn(f"Left out: {what} {fix}")


def _protected(cube: Cube, spec: ReleaseSpec, steps: Steps) -> Protected:
    if spec.protection.method == "primary-only":
        return Protected(pattern=primary_pattern(cube, spec))
    return protect(cube, spec, steps=steps)


def audit_release(cube: PublishedCube, protected: Protected, truth: Counts, *, steps: Steps) -> AuditReport:
    """Attack exactly what is about to be published, as the spec's attacker and requirement say.

    ``truth``, one number a cell, checks the witnesses of the pattern and shortens the search for the rest.
    """
    protection = cube.spec.protection
    options = AuditOptions(
        attacker=protection.attacker,
        requirement=protection.range,
        witnesses=protected.witnesses,
        accepted=protected.accepted,
    )
    # What readers have from an earlier release counts as shown, wherever it is hidden now.
    known = None if protected.known is None else np.where(protected.known, truth, -1)
    reading = replace(as_reading(cube, protected.seen, known), truth=truth)
    title = cube.spec.release.title[cube.spec.release.languages[0]]
    return audit_reading(reading, title, options, steps=steps)


def _beside(
    report: AuditReport, cube: PublishedCube, protected: Protected, truth: Counts, steps: Steps
) -> list[Finding]:
    """What the spec asks for beside the audit's guarantee, checked on the same cells."""
    findings = half_hidden(cube) + telling(report.reading.publication, cube.spec)
    if report.reading.publication.relations:
        return findings  # refused as it is; what follows knows of sums only
    if cube.spec.disclosing:
        with steps.step("Attacking figures that hold everybody of a group"):
            findings += group_leaks(report.reading.publication, cube.spec, protected, truth)
    if cube.spec.protection.singletons:
        with steps.step("Attacking as people who are alone in a figure"):
            findings += singleton_leaks(report.reading.publication, cube.spec, protected, truth)
    return findings


def audit_files(report: AuditReport) -> dict[str, Content]:
    """The audit of a release for the internal folder."""
    return {"audit.json": report.to_json().encode(), "audit.html": report.to_html().encode()}


def _pass_gate(
    report: AuditReport,
    beside: Sequence[Finding],
    spec: ReleaseSpec,
    out: Path,
    internal: Mapping[str, Content],
    steps: Steps,
) -> None:
    """Refuse what leaks, and leave the reasons behind; say what an unprotected release gives away."""
    try:
        refuse_leaks(report, spec, beside)
    except RefusedError:
        _keep(out, internal)
        raise
    if not report.ok:
        steps.warn(f"Not protected (method '{spec.protection.method}'): {leak_sentence(report)}")


def primary_pattern(cube: Cube, spec: ReleaseSpec) -> Pattern:
    """Hide what falls under the rule, and nothing else."""
    small = below_threshold(cube.counts, spec.protection.threshold, spec.protection.zeros)
    return np.where(small, Status.PRIMARY, Status.PUBLISHED).astype(np.uint8)


def synth(path: Path, figures: Path, target: Path, *, seed: int, scale: int, steps: Steps) -> SynthResult:
    """Make a register that agrees with published figures, as the spec describes it."""
    spec, classifications = load(path)
    with steps.step("Reading the published figures"):
        read = read_figures(figures, spec, classifications)
    with steps.step("Finding counts that agree with every figure"):
        fitted = fit(read, threshold=spec.protection.threshold, zeros=spec.protection.zeros)
    with steps.step("Writing the register") as share:
        people = make_register(fitted, spec, classifications, seed=seed, scale=scale, progress=share)
        rows = write_register(people, target)
    return SynthResult(path=target, participations=rows)


def _keep(out: Path, files: Mapping[str, Content]) -> None:
    """Write what explains a refusal where it cannot be taken for a release's."""
    folder = out / ("internal-refused" if (out / "internal").exists() else "internal")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, content in files.items():
        if isinstance(content, bytes):
            (folder / name).write_bytes(content)
        else:
            content(folder / name)


def _public(
    path: Path, cube: PublishedCube, summary: RegisterSummary, report: AuditReport, previous: str | None
) -> dict[str, Content]:
    about = manifest(
        cube,
        summary,
        report,
        spec_digest=spec_digest(path, cube.spec),
        tables=lay_out(cube),
        previous=previous,
    )
    return {**render(cube, ("manifest.json",)), "manifest.json": about}


def _result(
    out: Path, cube: PublishedCube, summary: RegisterSummary, report: AuditReport, protected: Protected
) -> BuildResult:
    tables = lay_out(cube)
    spec, found = cube.spec, protected.suppression
    return BuildResult(
        out=out,
        title=spec.release.title[spec.release.languages[0]],
        method=spec.protection.method,
        periods=len(spec.periods),
        tables=len(tables),
        rows=sum(len(table.rows) for table in tables),
        figures=sum(len(table.rows) * len(table.columns) for table in tables),
        cells=cube.cells.num_rows,
        hidden=cube.cells["value"].null_count,
        register_rows=summary.rows,
        rejected=summary.rejected,
        primary=report.summary.primary,
        exact=report.summary.exact,
        narrowed=report.summary.narrowed,
        leaks=leak_sentence(report),
        loss=None if found is None else found.loss,
        lower_bound=None if found is None else found.lower_bound,
    )
