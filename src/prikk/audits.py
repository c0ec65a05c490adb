"""Audits from documents, frames and releases: reading, attack, explanation, report in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path
from typing import Any, Literal

from prikk.auditing import (
    Attacker,
    Audit,
    HiddenCell,
    Requirement,
    Rule,
    Verdict,
    Witnesses,
    attack,
    check_witnesses,
    consistent,
    explain,
)
from prikk.reading import Reading, ReadingSettings, load_audit_spec, read
from prikk.reading.formats import from_frame, open_document
from prikk.reporting import AuditReport
from prikk.steps import Silent, Steps
from prikk.tabular import Status

DEFAULT_THRESHOLD = 4
_GREATEST_GUESS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditOptions:
    """What the user says of documents and of the attacker; None leaves it to what the documents say.

    A publisher's own release may come with ``witnesses``, which are checked, and with unavoidable cells that are
    ``accepted``.
    """

    spec: Path | None = None
    threshold: int | None = None
    zeros: Literal["hidden", "shown"] | None = None
    symbol: str | None = None
    attacker: Attacker = "threshold"
    requirement: Requirement = "full"
    classifications: tuple[Path, ...] = ()
    witnesses: Witnesses | None = None
    accepted: tuple[int, ...] = ()


def audit(  # noqa: PLR0913 - the options of the command, by name
    source: Any,
    *,
    threshold: int | None = None,
    zeros: Literal["hidden", "shown"] | None = None,
    symbol: str | None = None,
    attacker: Attacker = "threshold",
    range: Requirement = "full",
    classifications: Sequence[str | PathLike[str]] = (),
    spec: str | PathLike[str] | None = None,
) -> AuditReport:
    """Tell what can be worked out from published tables.

    Args:
        source: a path, a data frame (pandas, polars or pyarrow) with a row a cell, or a list of these, which are
            then audited as one publication.
        threshold: figures below it were hidden; else as the document says, else 4.
        zeros: whether a hidden figure may be 0 (``"hidden"``) or not (``"shown"``); else as it looks.
        symbol: what stands for a hidden figure; else as it looks.
        attacker: what a reader is assumed to know: ``"naive"``, ``"threshold"`` or ``"full"``.
        range: what must stay open: ``"full"``, ``"not-exact"`` or a number of values.
        classifications: code lists (CSV) that labels are matched to.
        spec: an ``audit.toml`` that states what the document does not.

    Returns:
        The report: counts, every hidden cell with its interval and, where it leaks, the derivation.

    Raises:
        PrikkError: the source cannot be read or understood; all findings at once.
    """
    options = AuditOptions(
        spec=None if spec is None else Path(spec),
        threshold=threshold,
        zeros=zeros,
        symbol=symbol,
        attacker=attacker,
        requirement=range,
        classifications=tuple(Path(c) for c in classifications),
    )
    sources = source if isinstance(source, list | tuple) else [source]
    return audit_documents(sources, options, steps=Silent())


def audit_documents(sources: Sequence[Any], options: AuditOptions, *, steps: Steps) -> AuditReport:
    """Read sources (paths or frames) as one publication and audit it."""
    with steps.step("Reading"):
        settings = ReadingSettings(
            threshold=options.threshold,
            zeros=options.zeros,
            symbol=options.symbol,
            classifications=options.classifications,
            spec=None if options.spec is None else load_audit_spec(options.spec),
        )
        reading = read([_opened(source) for source in sources], settings)
    title = ", ".join(Path(s).name if isinstance(s, str | PathLike) else "frame" for s in sources)
    reading, options = with_rule(reading, options)
    return audit_reading(reading, title, options, steps=steps)


def audit_reading(reading: Reading, title: str, options: AuditOptions, *, steps: Steps) -> AuditReport:
    """Attack what was read and explain what leaks."""
    rule = Rule(threshold=reading.threshold or DEFAULT_THRESHOLD, zeros=reading.zeros)
    with steps.step("Attacking"):
        reading, options, found = _attacked(reading, options, rule)
    leaking = tuple(cell for cell in found.hidden if _needs_words(cell))
    with steps.step("Explaining"):
        attacked = found.attacked or reading.publication
        derivations = explain(attacked, rule, options.attacker, leaking)
    return AuditReport(
        title=title,
        reading=reading,
        audit=found,
        derivations={d.cell: d for d in derivations},
        requirement=options.requirement,
        accepted=options.accepted,
    )


def _attacked(reading: Reading, options: AuditOptions, rule: Rule) -> tuple[Reading, AuditOptions, Audit]:
    """Attack, and once more where a sign hides others too and no table agrees with all of it under the rule."""
    witnessed = None
    # Witnesses are about sums. Where more is printed, such as a share that tells of a hidden figure, all is attacked.
    sums_only = not reading.publication.relations
    if options.witnesses is not None and reading.truth is not None and sums_only:
        witnessed = check_witnesses(
            reading.publication, rule, options.attacker, reading.truth, options.witnesses
        )
    # A publisher's own file tells which are which.
    mixed = reading.mixed and reading.truth is None
    if mixed and options.attacker != "naive" and (reading.publication.status == Status.SECONDARY).any():
        reading, options = _of_either_kind(reading, options, rule)
    found = attack(reading.publication, rule, options.attacker, hint=reading.truth, witnessed=witnessed)
    if mixed and options.attacker != "naive" and found.contradictions:
        reading, options = _of_either_kind(reading, options, rule)
        found = attack(reading.publication, rule, options.attacker)
    if mixed and options.attacker == "naive":
        beyond = [c.cell for c in found.hidden if c.status == Status.PRIMARY and c.low > rule.highest]
        if beyond:
            reading = _apart(reading, beyond)
            found = attack(reading.publication, rule, options.attacker)
    return reading, options, found


def _of_either_kind(reading: Reading, options: AuditOptions, rule: Rule) -> tuple[Reading, AuditOptions]:
    """Nobody can say which figures are under the rule, and which are hidden for their sake."""
    unsure = (
        "Which hidden figures are under the rule is not printed, and not all can be: they are attacked as by a reader who knows "
        f"the rule but not that. Those that cannot be below {rule.threshold} are taken to be hidden for the sake of others; one that "
        "can be both is judged as if it were under the rule."
    )
    status = reading.publication.status.copy()
    status[status == Status.SECONDARY] = Status.PRIMARY
    publication = replace(reading.publication, status=status)
    told = replace(reading, publication=publication, unsure=(*reading.unsure, unsure))
    return told, replace(options, attacker="naive")


def _apart(reading: Reading, beyond: list[int]) -> Reading:
    """The reading in which figures that cannot be under the rule are hidden for the sake of others."""
    status = reading.publication.status.copy()
    status[beyond] = Status.SECONDARY
    return replace(reading, publication=replace(reading.publication, status=status))


def with_rule(reading: Reading, options: AuditOptions) -> tuple[Reading, AuditOptions]:
    """Assume a rule where no document and no option states one, and say so.

    Below 4 is the common rule. Where no table agrees with the publication under it, one may agree when all
    that is hidden is below the smallest figure printed. Where none does, cells are hidden for other
    reasons too, and nobody can be said to know the rule: the threshold stays None.
    """
    if reading.threshold is not None:
        return reading, options
    threshold: int | None = DEFAULT_THRESHOLD
    text = f"figures below {DEFAULT_THRESHOLD} are taken to be hidden."
    publication = reading.publication
    shown = publication.low[(publication.status == Status.PUBLISHED) & (publication.low > 0)]
    smallest = min(int(shown.min(initial=_GREATEST_GUESS)), _GREATEST_GUESS)
    if options.attacker != "naive" and not _fits(reading, DEFAULT_THRESHOLD, options):
        if smallest > DEFAULT_THRESHOLD and _fits(reading, smallest, options):
            threshold = smallest
            text = f"figures below {smallest}, the smallest that is printed, are taken to be hidden; below 4 does not fit."
        else:
            threshold, options = None, replace(options, attacker="naive")
            text = (
                "no threshold fits all hidden figures, so they are attacked as by a reader who knows no rule."
            )
    unsure = (
        f"No document states the rule: {text} Say it with --threshold, or threshold in [rule] of audit.toml."
    )
    return replace(reading, threshold=threshold, unsure=(*reading.unsure, unsure)), options


def _fits(reading: Reading, threshold: int, options: AuditOptions) -> bool:
    return consistent(reading.publication, Rule(threshold=threshold, zeros=reading.zeros), options.attacker)


def _needs_words(cell: HiddenCell) -> bool:
    return cell.verdict in (Verdict.EXACT, Verdict.NARROWED)


def _opened(source: Any) -> Any:
    return open_document(Path(source)) if isinstance(source, str | PathLike) else from_frame(source)
