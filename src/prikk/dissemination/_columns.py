"""The columns of a table: which figure of which period each holds, and what stands above it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import format_decimal

from prikk.dissemination._locale import locale_of, number_writer, period_label, period_labels
from prikk.dissemination._words import Words, words
from prikk.spec import ColumnKind, ReleaseSpec

Figure = int | str
"""A figure as printed: a number where it is shown, the public symbol where it is hidden."""
Printed = int | Decimal | str
"""Also what is worked out from figures: with its decimals, the symbol where an input is hidden, or the sign for not possible."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: a kind of figure of the period at a place."""

    period: int
    kind: ColumnKind = "figure"


def columns_of(spec: ReleaseSpec, family: int) -> tuple[Column, ...]:
    """The columns of the tables of a family (counted from 1): those of a period side by side."""
    table = spec.tables[family - 1]
    return tuple(Column(period=p, kind=kind) for p in spec.printed(table) for kind in table.columns)


def plain(spec: ReleaseSpec, family: int) -> bool:
    """Whether the tables of a family print the figures of all periods and nothing else."""
    table = spec.tables[family - 1]
    return table.columns == ("figure",) and table.periods == "all"


def column_name(spec: ReleaseSpec, column: Column) -> str:
    """The name of a column in data: the period, and after it what is worked out.

    Such as ``2022-07`` and ``2022-07 change_year``.
    """
    code = spec.periods[column.period].code
    return code if column.kind == "figure" else f"{code} {column.kind}"


def column_heads(spec: ReleaseSpec, family: int, language: str) -> tuple[str, ...]:
    """What stands above each column of a family."""
    columns = columns_of(spec, family)
    if plain(spec, family):
        return period_labels(spec, language)
    several = len({column.period for column in columns}) > 1
    return tuple(_head(spec, family, column, several, language) for column in columns)


def _head(spec: ReleaseSpec, family: int, column: Column, several: bool, language: str) -> str:  # noqa: FBT001
    """The period of a figure; what a derived one is, with the period before it where there are several."""
    say, periods = words(language), spec.periods
    label = period_label(periods[column.period], spec, language)
    if column.kind == "figure":
        return label
    if column.kind == "mean":
        return say.mean.format(year=periods[column.period].first_month.year)
    text = _DERIVED[column.kind](say).format(**_places(spec, family, column, language))
    return f"{label}: {text[:1].lower()}{text[1:]}" if several else text


_DERIVED: Mapping[str, Callable[[Words], str]] = {
    "change": lambda say: say.change,
    "percent": lambda say: say.change_percent,
    "change_year": lambda say: say.change,
    "percent_year": lambda say: say.change_percent,
    "share": lambda say: say.share,
    "index": lambda say: say.index,
    "rate": lambda say: say.rate,
}


def _places(spec: ReleaseSpec, family: int, column: Column, language: str) -> dict[str, str]:
    """The period that a column compares with, and what its rate is of."""
    year = column.kind.endswith("_year")
    place = spec.a_year_before(column.period) if year else column.period - 1
    if column.kind == "index":
        place = 0
    rate = spec.tables[family - 1].rate
    found = {} if rate is None else {"per": number_writer(language)(rate.per), "of": rate.label[language]}
    earlier = "" if place is None or place < 0 else period_label(spec.periods[place], spec, language)
    return {"earlier": earlier[:1].lower() + earlier[1:] if language != "en" else earlier, **found}


def printed_text(value: Printed, language: str) -> str:
    """A figure as a language writes it; signs as they are."""
    if isinstance(value, str):
        return value
    pattern = "#,##0.0" if isinstance(value, Decimal) else "#,##0"
    size = -value if value < 0 else value
    text: str = format_decimal(size, format=pattern, locale=locale_of(language))
    return f"\N{MINUS SIGN}{text}" if value < 0 else text
