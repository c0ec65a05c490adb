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
        f"  tables     {result.tables} tables, {result.rows} rows, {result.figures} figures",
        f"  cells      {result.cells} different figures, {result.hidden} of them hidden ({share:.1f} %)",
        f"  method     {result.method}{_protected(result)}",
        f"  audit      {result.leaks}",
        f"             how: {result.out / 'internal' / 'audit.html'}",
        *_to_look_at(public),
        f"  keep in    {result.out / 'internal'} (true values: never publish this folder)",
    ]
    return "\n".join(lines)


def _to_look_at(public: Path) -> list[str]:
    """The files to begin with, of those that were written: the site, the report, the workbook, the rows, the manifest."""
    kinds = ("index.html", "*.pdf", "*.xlsx", "tables.csv", "manifest.json")
    found = [sorted(public.glob(kind), key=lambda path: (len(path.name), path.name))[:1] for kind in kinds]
    first, *others = [str(path) for one in found for path in one]
    return [f"  look at    {first}", *(f"             {path}" for path in others)]


def demo_summary(folder: Path, made: SynthResult, before: BuildResult, result: BuildResult) -> str:
    """Tell what the demo did: the publication as it was and as prikk protects it, side by side."""
    return "\n".join(
        [
            f"From published figures to a synthetic register of {made.participations} participations and back.",
            "",
            *_side_by_side(before, result),
            "",
            build_summary(result),
            f"  serve      prikk serve {result.out} (then http://127.0.0.1:8000: a table browser, and PxWebApi)",
            f"  before     {before.out / 'public' / 'index.html'} (as it was published)",
            f"  project    {folder / 'release.toml'} (change it, then: prikk build {folder / 'release.toml'}"
            f" --out {result.out})",
        ]
    )


def _side_by_side(before: BuildResult, after: BuildResult) -> list[str]:
    rows = [
        ("", "as published", "by prikk"),
        ("figures hidden by the rule", str(before.primary), str(after.primary)),
        ("  of them recomputable", str(before.exact), str(after.exact)),
        ("  of them narrowed", str(before.narrowed), str(after.narrowed)),
        ("figures hidden beside them", str(before.secondary), str(after.secondary)),
    ]
    return [f"  {what:<28}{one:>14}{other:>12}" for what, one, other in rows]


def _protected(result: BuildResult) -> str:
    if result.method == "primary-only":
        return " (NOT protected)"
    if result.loss is None or result.lower_bound is None:
        return ""
    return f" ({result.secondary} figures hidden beside; loss {result.loss:,.0f}, at least {result.lower_bound:,.0f} is needed)"
