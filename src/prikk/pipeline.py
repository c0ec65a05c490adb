"""The one file that wires the rooms: check, synth, build."""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from prikk.classifications import Classification, load_classifications, read_classifications
from prikk.cube import Cube, count
from prikk.dissemination import Content, PublishedCube, lay_out, render, write_release
from prikk.errors import Finding, SpecError
from prikk.register import EngineSettings, Register, input_digest, open_register, refusal
from prikk.release import Pattern, RegisterSummary, internal_cells, manifest, publish, refuse_unprotected
from prikk.sensitivity import below_threshold
from prikk.spec import ReleaseSpec, load_spec, read_spec
from prikk.synth import fit, make_register, read_figures, write_register
from prikk.tabular import Status

Share = Callable[[str, float], None]
"""Tells how far a step is: a word on what was done, and the share of the whole, 0 to 1."""


class Steps(Protocol):
    """Where progress is told: one context a step that may take long."""

    def step(self, text: str) -> contextlib.AbstractContextManager[Share]:
        """Tell that a step begins; leaving the context tells that it ended."""
        ...

    def warn(self, text: str) -> None:
        """Tell something that the user must not miss."""
        ...


class Silent:
    """Tell nothing."""

    @contextlib.contextmanager
    def step(self, text: str) -> Iterator[Share]:
        """Do the step without a word."""
        yield lambda _done, _share: None

    def warn(self, text: str) -> None:
        """Drop the warning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildResult:
    """What a build made; counts only."""

    out: Path
    title: str
    method: str
    periods: int
    tables: int
    rows: int
    cells: int
    hidden: int
    register_rows: int
    rejected: int


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

    Raises :class:`PrikkError`: the spec, the register or the gate; then what was in ``out`` is untouched,
    but for the rejects of a register with too many of them.
    """
    with steps.step("Checking the spec"):
        spec, classifications = load(path)
    refuse_unprotected(spec)
    if spec.protection.method == "primary-only":
        steps.warn("Not protected: method 'primary-only' hides small figures only; some can be recomputed.")
    with tempfile.TemporaryDirectory(prefix="prikk-") as folder, contextlib.ExitStack() as stack:
        with steps.step("Reading and checking the register"):
            opened = open_register(spec, classifications, workdir=Path(folder), settings=settings)
            register = stack.enter_context(opened)
            refused = refusal(register, spec)
        if refused is not None:
            _keep_rejects(register, out)
            raise refused
        with steps.step("Counting"):
            cube = count(register, spec, classifications)
        pattern = primary_pattern(cube, spec)
        published = publish(cube, pattern, spec, classifications)
        with steps.step("Writing the tables"):
            digest = input_digest(register, spec)
            summary = RegisterSummary(
                digest=digest, rows=register.rows, rejected=register.rejected, reasons=register.reasons
            )
            return _write(path, out, published, summary, _internal(cube, pattern, register))


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


def _internal(cube: Cube, pattern: Pattern, register: Register) -> dict[str, Content]:
    return {"cells.csv": internal_cells(cube, pattern), "rejects.csv": register.write_rejects}


def _keep_rejects(register: Register, out: Path) -> None:
    """Write the rejects of a refused build where they cannot be taken for a release's."""
    folder = out / ("internal-refused" if (out / "internal").exists() else "internal")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    register.write_rejects(folder / "rejects.csv")


def _write(
    path: Path, out: Path, cube: PublishedCube, summary: RegisterSummary, internal: Mapping[str, Content]
) -> BuildResult:
    tables = lay_out(cube)
    rows = sum(len(table.rows) for table in tables)
    spec = cube.spec
    about = manifest(cube, summary, spec_digest=_spec_digest(path, spec), tables=len(tables), rows=rows)
    write_release(out, public={**render(cube), "manifest.json": about}, internal=internal)
    return BuildResult(
        out=out,
        title=spec.release.title[spec.release.languages[0]],
        method=spec.protection.method,
        periods=len(spec.periods),
        tables=len(tables),
        rows=rows,
        cells=cube.cells.num_rows,
        hidden=cube.cells["value"].null_count,
        register_rows=summary.rows,
        rejected=summary.rejected,
    )


def _spec_digest(path: Path, spec: ReleaseSpec) -> str:
    """The digest of everything that describes the release: the spec and its classifications."""
    digest = hashlib.sha256(path.read_bytes())
    for name in sorted(spec.dimensions):
        digest.update(spec.path(spec.dimensions[name].classification).read_bytes())
    return f"sha256:{digest.hexdigest()}"
