"""The options of ``prikk protect`` that are about amounts, and how they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from prikk.errors import Finding, ProtectError

if TYPE_CHECKING:
    from prikk.protection import AmountRules

_PANEL = "Amounts"

Value = Annotated[
    str | None,
    typer.Option(
        "--value",
        metavar="COLUMN",
        help="The column of the amounts: the rows are contributions to them.",
        rich_help_panel=_PANEL,
    ),
]
Contributor = Annotated[
    str | None,
    typer.Option(
        "--contributor",
        metavar="COLUMN",
        help="Who contributes; without it every row is somebody else.",
        rich_help_panel=_PANEL,
    ),
]
Dominance = Annotated[
    list[str] | None,
    typer.Option(
        "--dominance",
        metavar="N,K",
        help="Hide where the N largest are more than K per cent; may be given several times.",
        rich_help_panel=_PANEL,
    ),
]
PPercent = Annotated[
    float | None,
    typer.Option(
        "--p-percent",
        metavar="P",
        help="Hide where the second largest knows the largest to within P per cent.",
        rich_help_panel=_PANEL,
    ),
]
MinContributors = Annotated[
    int | None,
    typer.Option(
        "--min-contributors", min=2, help="Hide where fewer contribute, but some.", rich_help_panel=_PANEL
    ),
]
Interval = Annotated[
    float | None,
    typer.Option(
        "--interval",
        metavar="P",
        help="Hidden amounts must stay open by P per cent up and down.",
        rich_help_panel=_PANEL,
    ),
]
ContributorCount = Annotated[
    str | None,
    typer.Option(
        "--contributor-count",
        metavar="COLUMN",
        help="Where rows are finest cells: how many contribute.",
        rich_help_panel=_PANEL,
    ),
]
Largest = Annotated[
    str | None,
    typer.Option(
        "--largest",
        metavar="COLUMN,…",
        help="Where rows are finest cells: their largest contributions.",
        rich_help_panel=_PANEL,
    ),
]


def rules(
    dominance: list[str] | None,
    p_percent: float | None,
    min_contributors: int | None,
    interval: float | None,
    value: str | None,
) -> AmountRules | None:
    """Read the rules for amounts; None where none is given and the figures are counts."""
    from prikk.protection import amount_rules  # noqa: PLC0415 - a command loads only what it needs

    pairs = [_pair(text) for text in dominance or ()]
    return amount_rules(pairs, _number(p_percent), min_contributors, _number(interval), value)


def _pair(text: str) -> tuple[int, int | float]:
    n, _, k = text.partition(",")
    try:
        return int(n), _number(float(k)) or 0
    except ValueError:
        what = f"'{text}' is no number of contributors and per cent."
        fix = "Write --dominance N,K, such as 2,85."
        raise ProtectError(
            Finding(code="dominance-option", what=what, where="--dominance", fix=fix)
        ) from None


def _number(given: float | None) -> int | float | None:
    """A per cent as it prints: 85, and not 85.0."""
    return int(given) if given is not None and given.is_integer() else given
