"""``prikk protect``: a table of counts or amounts in, which of its cells to hide out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from prikk.cli import _amounts as amounts
from prikk.cli import _choices as choices
from prikk.cli._app import Attacker, Zeros, app, requirement, write_report
from prikk.cli._console import ConsoleSteps
from prikk.errors import EnvironmentFault, Finding, ProtectError

if TYPE_CHECKING:
    from prikk.protection import Protected, Settings, Source

_COUNTS = "Counts"
_Tables = Annotated[
    list[str] | None,
    typer.Option(
        "--table", metavar="DIM[.LEVEL],…", help="Publish this combination; may be given several times."
    ),
]


@app.command()
def protect(  # noqa: PLR0913, PLR0917 - the options of the command
    table: Annotated[
        Path, typer.Argument(metavar="TABLE.CSV", help="The finest cells, with or without totals.")
    ],
    dim: Annotated[
        list[str], typer.Option("--dim", metavar="NAME=FILE", help="A column of codes and its hierarchy.")
    ],
    out: Annotated[
        Path, typer.Option("--out", metavar="FILE.CSV", help="Every cell with its true value and status.")
    ],
    json: Annotated[
        Path | None, typer.Option("--json", metavar="REPORT", help="Write the report as JSON.")
    ] = None,
    count: Annotated[
        str,
        typer.Option("--count", metavar="COLUMN", help="The column of the counts.", rich_help_panel=_COUNTS),
    ] = "freq",
    threshold: Annotated[
        int, typer.Option("--threshold", min=2, help="Counts below it are hidden.", rich_help_panel=_COUNTS)
    ] = 4,
    zeros: Annotated[
        Zeros, typer.Option("--zeros", help="Whether 0 falls under the rule.", rich_help_panel=_COUNTS)
    ] = Zeros.shown,
    range_: Annotated[
        str,
        typer.Option(
            "--range",
            metavar="full|not-exact|K",
            help="What must stay open of a hidden count.",
            rich_help_panel=_COUNTS,
        ),
    ] = "full",
    attacker: Annotated[
        Attacker, typer.Option("--attacker", help="What a reader knows.", rich_help_panel=_COUNTS)
    ] = Attacker.threshold,
    group_disclosure: Annotated[
        str | None,
        typer.Option(
            "--group-disclosure",
            metavar="all|DIM,…",
            help="Hide categories that hold everybody of a group too.",
            rich_help_panel=_COUNTS,
        ),
    ] = None,
    value: amounts.Value = None,
    contributor: amounts.Contributor = None,
    dominance: amounts.Dominance = None,
    p_percent: amounts.PPercent = None,
    min_contributors: amounts.MinContributors = None,
    interval: amounts.Interval = None,
    contributor_count: amounts.ContributorCount = None,
    largest: amounts.Largest = None,
    together: choices.Together = None,
    previous: choices.Previous = None,
    steady: choices.Steady = None,
    singletons: choices.Singletons = False,
    effort: choices.Effort = 10,
    seed: choices.Seed = 1,
    processes: choices.Processes = None,
    tables: Annotated[
        Path | None, typer.Option("--tables", metavar="FILE", help="Published combinations, one a line.")
    ] = None,
    one_table: _Tables = None,
    keep: Annotated[
        list[str] | None, typer.Option("--keep", metavar="DIM=CODE,…", help="Cells that must be shown.")
    ] = None,
    hide: Annotated[
        list[str] | None, typer.Option("--hide", metavar="DIM=CODE,…", help="Cells to hide too.")
    ] = None,
    cost: Annotated[
        str, typer.Option("--cost", metavar="log|value|one|COLUMN", help="What hiding a cell loses.")
    ] = "log",
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="COLUMN", help="A column to leave out.")
    ] = None,
    accept_unavoidable: Annotated[
        bool, typer.Option("--accept-unavoidable", help="Write although nothing can protect some cells.")
    ] = False,
) -> None:
    """Tell which cells of a table to hide. Exit 0: written, 1: it would leak, 2: the input cannot be used."""
    from prikk.protection import Settings, Source  # noqa: PLC0415

    for path in (out, *([json] if json else [])):
        _check_folder(path)
    settings = Settings(
        threshold=threshold,
        zeros=zeros.value,
        range=requirement(range_),
        attacker=attacker.value,
        effort=effort,
        seed=seed,
        tables=_combinations(tables, one_table),
        keep=tuple(keep or ()),
        hide=tuple(hide or ()),
        cost=cost,
        group_disclosure=_groups(group_disclosure),
        together=tuple(together or ()),
        steady=steady,
        singletons=singletons,
        processes=processes,
        amounts=amounts.rules(dominance, p_percent, min_contributors, interval, value),
    )
    source = Source(
        rows=table,
        dims=_dims(dim),
        count=count,
        ignore=tuple(ignore or ()),
        value=value,
        contributor=contributor,
        contributor_count=contributor_count,
        largest=_names(largest),
        previous=previous,
    )
    _protect(source, settings, out, json, accept_unavoidable=accept_unavoidable)


def _protect(
    source: Source, settings: Settings, out: Path, json: Path | None, *, accept_unavoidable: bool
) -> None:
    from prikk.protection import protect_table, refuse, write_csv  # noqa: PLC0415

    steps = ConsoleSteps()
    protected = protect_table(source, settings, steps)
    if not protected.report.finished:
        steps.warn("Interrupted: the best pattern so far is kept; it protects as much, and may cost more.")
    if json is not None:
        write_report(json, protected.report.to_json())
    refuse(protected, accept_unavoidable=accept_unavoidable)
    write_csv(protected.frame, out)
    typer.echo(_summary(protected, out))
    steps.warn(f"{out} holds true values: it is internal, never publish it as it is.")


def _names(text: str | None) -> tuple[str, ...]:
    """Names with commas between them."""
    return tuple(name.strip() for name in (text or "").split(",") if name.strip())


def _groups(text: str | None) -> tuple[str, ...] | None:
    """The dimensions that group disclosure is about: ``all``, or their names."""
    return None if text is None else () if text.strip() == "all" else _names(text)


def _dims(given: list[str]) -> dict[str, Path]:
    """``name=file`` to files by dimension."""
    found: dict[str, Path] = {}
    findings = []
    for text in given:
        name, mark, path = text.partition("=")
        if not (mark and name and path) or name in found:
            what = f"'{text}' names no dimension and file, or one that was named before."
            fix = "Write --dim NAME=FILE, once for each column of codes."
            findings.append(Finding(code="dim-option", what=what, where="--dim", fix=fix))
        found[name] = Path(path)
    if findings:
        raise ProtectError(findings)
    return found


def _combinations(file: Path | None, given: list[str] | None) -> tuple[str, ...] | None:
    """The published combinations: those of a file, one a line, and those of the command line."""
    if file is None:
        return None if given is None else tuple(given)
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        fix = "Give a text file with a combination a line."
        raise ProtectError(
            Finding(code="tables-file", what="it cannot be read.", where=str(file), fix=fix)
        ) from None
    named = (line.partition("#")[0].strip() for line in lines)
    return (*(line for line in named if line), *(given or ()))


def _check_folder(path: Path) -> None:
    """Say before the work that its result has no place."""
    if not path.parent.is_dir():
        what = "there is no such folder."
        fix = "Make the folder first."
        raise EnvironmentFault(Finding(code="no-folder", what=what, where=str(path.parent), fix=fix))


def _summary(protected: Protected, out: Path) -> str:
    report = protected.report
    counts, found = report.counts, report.audit
    unavoidable = counts["unavoidable"] + counts.get("singletons_unavoidable", 0)
    but = f", but {unavoidable} that nothing could protect" if unavoidable else ""
    rule = "the rules" if report.rules else "the rule"
    then = [f"  changed    {counts['changed']} since the earlier table"] if "changed" in counts else []
    least = f", at least {report.lower_bound:,.1f} is needed" if report.lower_bound > 0 else ""
    return "\n".join(
        [
            f"  cells      {counts['cells']} published, {counts['primary']} of them under {rule}",
            f"  hidden     {counts['secondary']} beside them: loss {report.loss:,.1f}{least}",
            *then,
            f"  audit      {_asked(report.settings, found)}: nothing leaks{but}",
            f"  wrote      {out}",
        ]
    )


def _asked(settings: Mapping[str, Any], found: Mapping[str, Any]) -> str:
    """What the audit was about."""
    people = ", also to people who are alone in a cell" if "singletons" in settings else ""
    if "range" in settings:
        return f"attacker {found['attacker']}, range {settings['range']}{people}"
    return f"every sensitive amount stays open as far as the rules ask{people}"
