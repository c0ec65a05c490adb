"""The function for use from Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from prikk.auditing import Attacker
from prikk.protect import Range
from prikk.protection._model import Protected, Selector, Settings, Source, Zeros
from prikk.protection._run import protect_table, refuse
from prikk.steps import Silent


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
) -> Protected:
    """Protect a table of counts: hide what falls under the rule, and as little beside it as can be found.

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
    )
    source = Source(rows=frame, dims=dims, count=count, ignore=tuple(ignore))
    protected = protect_table(source, settings, Silent())
    refuse(protected, accept_unavoidable=accept_unavoidable)
    return protected
