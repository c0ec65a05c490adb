"""The commands."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import typer

from prikk.cli._collection import leave_the_rest, without_collection
from prikk.cli._console import ConsoleSteps, print_error
from prikk.errors import EnvironmentFault, Finding, PrikkError

app = typer.Typer(
    name="prikk",
    help="From a register of people to a published statistic in which nothing hidden can be worked out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

SpecPath = Annotated[Path, typer.Argument(metavar="RELEASE.TOML", help="The spec of the release.")]


class Zeros(StrEnum):
    """Whether zeros fall under the rule."""

    hidden = "hidden"
    shown = "shown"


class Attacker(StrEnum):
    """What a reader is assumed to know."""

    naive = "naive"
    threshold = "threshold"
    full = "full"


Memory = Annotated[
    str | None,
    typer.Option("--memory", metavar="SIZE", help="At most so much memory for counting, such as 4GB."),
]
Threads = Annotated[
    int | None, typer.Option("--threads", min=1, help="At most so many threads for counting.")
]


def main() -> None:
    """Run the command line; the exit codes are told in the docstring of :mod:`prikk.cli`."""
    try:
        app()
    except PrikkError as error:
        print_error(error)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        print("Interrupted; nothing was published.", file=sys.stderr)  # noqa: T201
        sys.exit(130)
    finally:
        leave_the_rest()


@app.command()
def version() -> None:
    """Print the version."""
    from prikk import __version__  # noqa: PLC0415

    typer.echo(__version__)


@app.command()
def check(spec: SpecPath) -> None:
    """Check a spec and its classifications; print every finding with its place and remedy."""
    from prikk import pipeline  # noqa: PLC0415 - a command loads only what it needs

    findings = pipeline.check(spec)
    if findings:
        raise PrikkError(findings)
    typer.echo(f"{spec}: nothing found.")


@app.command()
def build(
    spec: SpecPath,
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="Where public/ and internal/ are written.")
    ],
    memory: Memory = None,
    threads: Threads = None,
) -> None:
    """Build a release: check, count, hide, write. On any error nothing is published."""
    from prikk import pipeline  # noqa: PLC0415
    from prikk.cli._summary import build_summary  # noqa: PLC0415
    from prikk.register import EngineSettings  # noqa: PLC0415

    settings = EngineSettings(memory_limit=memory, threads=threads)
    result = pipeline.build(spec, out, settings=settings, steps=ConsoleSteps())
    typer.echo(build_summary(result))


@app.command()
@without_collection()
def audit(  # noqa: PLR0913, PLR0917 - the options of the command
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Published documents, read as one.")],
    spec: Annotated[
        Path | None, typer.Option("--spec", metavar="AUDIT.TOML", help="States what the documents do not.")
    ] = None,
    threshold: Annotated[
        int | None,
        typer.Option("--threshold", min=2, help="Figures below it are hidden (else as found, else 4)."),
    ] = None,
    zeros: Annotated[
        Zeros | None, typer.Option("--zeros", help="Whether a hidden figure may be zero.")
    ] = None,
    symbol: Annotated[str | None, typer.Option("--symbol", help="What stands for a hidden figure.")] = None,
    attacker: Annotated[
        Attacker, typer.Option("--attacker", help="What a reader knows.")
    ] = Attacker.threshold,
    range_: Annotated[
        str,
        typer.Option("--range", metavar="full|not-exact|K", help="What must stay open of a hidden figure."),
    ] = "full",
    classification: Annotated[
        list[Path] | None,
        typer.Option("--classification", metavar="CSV", help="Code lists to match labels to."),
    ] = None,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="OUT", help="Write the report as JSON.")
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="OUT", help="Write the report as a page.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=0, help="Print at most so many leaks.")] = 20,
) -> None:
    """Tell what can be worked out from published tables. Exit 0: nothing, 1: leaks, 2: not understood."""
    from prikk.audits import AuditOptions, audit_documents  # noqa: PLC0415

    options = AuditOptions(
        spec=spec,
        threshold=threshold,
        zeros=zeros.value if zeros else None,
        symbol=symbol,
        attacker=attacker.value,
        requirement=requirement(range_),
        classifications=tuple(classification or ()),
    )
    steps = ConsoleSteps()
    report = audit_documents(files, options, steps=steps)
    with steps.step("Writing the report"):
        for path, content in ((json, report.to_json), (html, report.to_html)):
            if path is not None:
                write_report(path, content())
    typer.echo(report.to_text(limit))
    raise typer.Exit(0 if report.ok else 1)


def requirement(text: str) -> Literal["full", "not-exact"] | int:
    """Read what must stay open: ``full``, ``not-exact`` or a number of values."""
    words: dict[str, Literal["full", "not-exact"]] = {"full": "full", "not-exact": "not-exact"}
    if text in words:
        return words[text]
    if text.isdecimal() and int(text) >= 2:
        return int(text)
    raise typer.BadParameter(f"'{text}' is not full, not-exact or a number from 2 up.", param_hint="--range")


def write_report(path: Path, content: str) -> None:
    """Write a report as text."""
    try:
        path.write_text(content, encoding="utf-8")
    except OSError as error:
        what = f"the report cannot be written: {error.strerror}."
        fix = "Check that the folder exists, may be written to and has room."
        raise EnvironmentFault(Finding(code="report-write", what=what, where=str(path), fix=fix)) from error


@app.command()
def synth(
    spec: SpecPath,
    figures: Annotated[Path, typer.Option("--figures", metavar="CSV", help="The published figures.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The register: .parquet or .csv.")],
    seed: Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same register.")] = 1,
    scale: Annotated[int, typer.Option("--scale", min=1, help="So many times the population.")] = 1,
) -> None:
    """Make a synthetic register that agrees with every published figure."""
    from prikk import pipeline  # noqa: PLC0415

    result = pipeline.synth(spec, figures, out, seed=seed, scale=scale, steps=ConsoleSteps())
    typer.echo(f"{result.path}: {result.participations} participations.")


@app.command()
def new(
    name: Annotated[Path, typer.Argument(metavar="NAME", help="The folder to make.")],
) -> None:
    """Start a small release project: a spec, two classifications and an invented register."""
    from prikk import projects  # noqa: PLC0415

    projects.new(name)
    typer.echo(f"{name}: a release project. Now: cd {name} && prikk build release.toml --out out")


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where to put it.")] = Path("prikk-demo"),
) -> None:
    """Write the example project, synthesise its register, build its release, and say where to look."""
    from prikk import projects  # noqa: PLC0415
    from prikk.cli._summary import demo_summary  # noqa: PLC0415

    made, before, result = projects.demo(folder, steps=ConsoleSteps())
    typer.echo(demo_summary(folder, made, before, result))
