"""The function for use from Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from prikk.auditing import Attacker
from prikk.protect import Range
from prikk.protection._model import AmountRules, Group, PerCent, Protected, Selector, Settings, Source, Zeros
from prikk.protection._run import protect_table, refuse
from prikk.steps import Silent

Pair = tuple[int, PerCent]


def suppress(  # noqa: PLR0913 - the options of the command, by name
    frame: Any,
    dims: Mapping[str, Any],
    *,
    count: str = "freq",
    threshold: int = 4,
    zeros: Zeros = "shown",
    range: Range = "full",
    attacker: Attacker = "threshold",
    effort: int = 10,
    seed: int = 1,
    tables: Sequence[str] | None = None,
    keep: Sequence[Selector] | None = None,
    hide: Sequence[Selector] | None = None,
    cost: str = "log",
    ignore: Sequence[str] = (),
    accept_unavoidable: bool = False,
    group_disclosure: bool | Sequence[str] = False,
    together: Sequence[Group] = (),
    previous: Any = None,
    steady: float | None = None,
    singletons: bool = False,
    processes: int | None = None,
    value: str | None = None,
    contributor: str | None = None,
    dominance: Pair | Sequence[Pair] = (),
    p_percent: PerCent | None = None,
    min_contributors: int | None = None,
    interval: PerCent | None = None,
    contributor_count: str | None = None,
    largest: Sequence[str] = (),
) -> Protected:
    """Protect a table of counts or amounts: hide what falls under the rules, and as little beside it as can be found.

    With ``value`` the figures are amounts: ``threshold``, ``zeros``, ``range``, ``attacker`` and ``group_disclosure``, which are about
    counts, are then left out, and at least one of ``dominance``, ``p_percent`` and ``min_contributors`` is given.

    Args:
        frame: the finest cells, one a row, with or without rows for totals: pandas, polars, pyarrow, or a path.
        dims: for each column of codes its hierarchy: a CSV file or a frame with the columns ``code`` and ``parent``,
            or a list of (code, parent). The code on top is the total.
        count: the column of the counts.
        threshold: counts below it are hidden.
        zeros: whether 0 falls under the rule. Where zeros are shown, a cell without a row is one of them.
        range: what must stay open of a hidden count: ``"full"``, ``"not-exact"`` or a number of values.
        attacker: what a reader is assumed to know: ``"naive"``, ``"threshold"`` or ``"full"``.
        effort: how long to look for a better pattern; about a second of one core each.
        seed: of the random choices.
        tables: the published combinations, such as ``"age,measure"``; else all levels of everything.
        keep: cells that must be shown, such as ``"measure=m01"`` or ``{"measure": "m01"}``.
        hide: cells to hide too.
        cost: what hiding a cell loses: ``"log"``, ``"value"``, ``"one"``, or a column of the frame.
        ignore: columns that say nothing of their own.
        accept_unavoidable: give the result although nothing can protect some cells.
        group_disclosure: hide categories that hold everybody of a group too: of every dimension, or of those named.
        together: cells that are hidden together or not at all: ``"age=30-39|40-49"``, ``"measure=*"`` or such a mapping. For every
            combination of the dimensions that are not named, the cells with these codes are one group.
        previous: the result of an earlier run for a table of the same dimensions, such as last month's (a path or a frame): what it
            hides is hidden again by preference. Nothing that it shows is taken for known.
        steady: by what share a cell costs less that the earlier table hides; 0.5 without.
        singletons: nothing may follow either for people who are alone in a hidden cell and so know its figure.
        processes: how many may work at once (None: all cores). It changes no answer.
        value: the column of the amounts; the rows are then contributions, and amounts whole numbers from 0 up.
        contributor: the column of who contributes; without it every row is somebody else.
        dominance: (n, k): the n largest contributions must not be more than k per cent; or several such pairs.
        p_percent: no contributor may be able to work out another's amount to within so many per cent.
        min_contributors: at least so many must contribute, or nobody.
        interval: by how many per cent a sensitive amount must be able to rise and fall, where the rules ask for less.
        contributor_count: where the rows are finest cells and not contributions: the column of how many contribute.
        largest: and the columns of the largest contributions.

    Returns:
        The published cells with true values and a status, a report, and the audit of what a reader would see.

    Raises:
        ProtectError: the input cannot be used; all findings at once.
        RefusedError: the audit found that something hidden can be worked out.
    """
    settings = Settings(
        threshold=threshold,
        zeros=zeros,
        range=range,
        attacker=attacker,
        effort=effort,
        seed=seed,
        tables=None if tables is None else tuple(tables),
        keep=tuple(keep or ()),
        hide=tuple(hide or ()),
        cost=cost,
        group_disclosure=_groups(group_disclosure),
        together=tuple(together),
        steady=steady,
        singletons=singletons,
        processes=processes,
        amounts=amount_rules(dominance, p_percent, min_contributors, interval, value),
    )
    source = Source(
        rows=frame,
        dims=dims,
        count=count,
        ignore=tuple(ignore),
        value=value,
        contributor=contributor,
        contributor_count=contributor_count,
        largest=tuple(largest),
        previous=previous,
    )
    protected = protect_table(source, settings, Silent())
    refuse(protected, accept_unavoidable=accept_unavoidable)
    return protected


def amount_rules(
    dominance: Pair | Sequence[Pair],
    p_percent: PerCent | None,
    min_contributors: int | None,
    interval: PerCent | None,
    value: str | None,
) -> AmountRules | None:
    """Put the rules for amounts together; None where the figures are counts and no such rule is given."""
    single = len(dominance) == 2 and not isinstance(dominance[0], Sequence)
    pairs = cast("Sequence[Pair]", [dominance] if single else dominance)
    rules = AmountRules(
        dominance=tuple((n, k) for n, k in pairs),
        p_percent=p_percent,
        min_contributors=min_contributors,
        interval=interval,
    )
    return None if value is None and rules == AmountRules() else rules


def _groups(asked: bool | Sequence[str]) -> tuple[str, ...] | None:  # noqa: FBT001 - as the function offers it
    if isinstance(asked, bool):
        return () if asked else None
    return tuple(asked)
