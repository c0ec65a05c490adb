"""The results of commands as text."""

from __future__ import annotations

from pathlib import Path

from prikk.pipeline import BuildResult, SynthResult


def build_summary(result: BuildResult) -> str:
    """Tell what a build made and where to look."""
    public = result.out / "public"
    share = 100 * result.hidden / result.cells
    lines = [
        result.title,
        f"  register   {result.register_rows} rows, {result.rejected} rejected",
        f"  tables     {result.tables} tables, {result.rows} rows, {result.rows * result.periods} figures",
        f"  cells      {result.cells} different figures, {result.hidden} of them hidden ({share:.1f} %)",
        f"  method     {result.method}{_protected(result.method)}",
        f"  audit      {result.leaks}",
        f"             how: {result.out / 'internal' / 'audit.html'}",
        f"  look at    {public / 'index.html'}",
        f"             {public}/*.xlsx, {public / 'tables.csv'}, {public / 'manifest.json'}",
        f"  keep in    {result.out / 'internal'} (true values: never publish this folder)",
    ]
    return "\n".join(lines)


def demo_summary(folder: Path, made: SynthResult, result: BuildResult) -> str:
    """Tell what the demo did, from the published figures back to the published figures."""
    return "\n".join(
        [
            f"From published figures to a synthetic register of {made.participations} participations and back.",
            build_summary(result),
            f"  project    {folder / 'release.toml'} (change it, then: prikk build {folder / 'release.toml'}"
            f" --out {result.out})",
        ]
    )


def _protected(method: str) -> str:
    return " (NOT protected)" if method == "primary-only" else ""
