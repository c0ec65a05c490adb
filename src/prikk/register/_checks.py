"""The checks as SQL conditions over one row of ``all_rows``, each with the column and the reason it gives.

Every condition is over the columns of :func:`base_sql`. None of them counts reference dates one by one:
those on which a row counts are neighbours, from ``first`` to ``last`` (as yyyymmdd), because a spell has no
holes. Years since a date grow by at most one from one reference date to the next, so the first and the
last tell whether some reference date falls outside a band.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from prikk.classifications import Classification, Item
from prikk.register._needs import Need, Role
from prikk.register._normal import ALL_ROWS
from prikk.register._sql import bands_of, date_key, date_key_sql, quote
from prikk.spec import ReleaseSpec

COUNTS = "(first <= last)"
"""Whether the row counts on some reference date of the release."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A SQL condition that rejects a row, the source's column that it blames, and the reason code."""

    column: str
    reason: str
    condition: str


def checks_of(
    spec: ReleaseSpec, classifications: Mapping[str, Classification], needs: Sequence[Need]
) -> tuple[Check, ...]:
    """Give all checks on single rows; two of the same column and reason are one."""
    dates = [p.reference for p in spec.periods]
    found: dict[tuple[str, str], list[str]] = {}
    for need in needs:
        for reason, condition in _of_need(need, spec, classifications, dates):
            found.setdefault((need.column, reason), []).append(condition)
    return tuple(
        Check(column=column, reason=reason, condition=" OR ".join(conditions))
        for (column, reason), conditions in found.items()
    )


def base_sql(needs: Sequence[Need], spec: ReleaseSpec) -> str:
    """Write the rows with ``first`` and ``last`` and, joined by code, what the classifications know of them."""
    joins = " ".join(
        f"LEFT JOIN {codes_table(n)} AS {codes_table(n)} ON {codes_table(n)}.code = r.{quote(n.name)}"
        for n in needs
        if n.role is Role.CODE
    )
    first, last = _counted(spec)
    return f"(SELECT *, {first} AS first, {last} AS last FROM {ALL_ROWS}) AS r {joins}"


def codes_table(need: Need) -> str:
    """The name of the table of a dimension's codes: code, leaf, valid_from, valid_to (as yyyymmdd)."""
    return quote("codes_" + need.name)


def empty_sql(name: str) -> str:
    """Whether a text is null or blank; hardly any row starts below ``!`` and comes to the regular expression."""
    return rf"({name} IS NULL OR CASE WHEN {name} < '!' THEN NOT regexp_matches({name}, '\S') ELSE false END)"


def unknown_sql(need: Need) -> str:
    """Whether a row has a code that is not in the classification."""
    return f"(r.{quote(need.name)} <> '' AND {codes_table(need)}.code IS NULL)"


def _of_need(
    need: Need, spec: ReleaseSpec, classifications: Mapping[str, Classification], dates: Sequence[dt.date]
) -> Iterator[tuple[str, str]]:
    name = f"r.{quote(need.name)}"
    if need.role is Role.KEY:
        yield "empty-key", empty_sql(name)
    elif need.role is Role.CODE:
        yield from _code(need, classifications[need.name.removeprefix("dim_")], dates)
    else:
        bad = f"r.{quote('bad_' + need.name)}"
        yield "not-a-date", bad
        if need.role is Role.END:
            yield "end-before-start", f"({name} < r.start_date)"
        else:
            yield "date-missing", f"({name} IS NULL AND NOT {bad})"
        if need.name.startswith("dim_"):
            yield from _derived(need, spec, classifications[need.name.removeprefix("dim_")], dates)


def _code(need: Need, classification: Classification, dates: Sequence[dt.date]) -> Iterator[tuple[str, str]]:
    name, codes = f"r.{quote(need.name)}", codes_table(need)
    yield "code-missing", f"({name} IS NULL OR {name} = '')"
    yield "code-unknown", unknown_sql(need)
    if len(classification.leaves) < len(classification.items):
        yield "code-not-finest", f"(NOT {codes}.leaf)"
    if any(_limited(item, dates) for item in classification.items):
        outside = f"first < {codes}.valid_from OR last > {codes}.valid_to"
        yield "code-not-valid", f"({COUNTS} AND {codes}.leaf AND ({outside}))"


def _derived(
    need: Need, spec: ReleaseSpec, classification: Classification, dates: Sequence[dt.date]
) -> Iterator[tuple[str, str]]:
    name = f"r.{quote(need.name)}"
    spells = spec.register_.layout == "spells"
    start = "r.start_date" if spells else "r.reference_date"
    yield "birth-after-start" if spells else "birth-after-reference", f"({name} > {start})"
    bands = bands_of(classification)
    low, high = bands[0].low or 0, bands[-1].high
    key = date_key_sql(name)
    outside = [f"first - {key} < {low}0000"] * (low > 0)
    outside += [f"last - {key} > {high}9999"] * (high is not None)
    if outside:
        yield "outside-bands", f"({COUNTS} AND {name} <= {start} AND ({' OR '.join(outside)}))"
    invalid = [part for band in bands for part in _band_not_valid(band, key, dates)]
    if invalid:
        yield "code-not-valid", f"({COUNTS} AND ({' OR '.join(invalid)}))"


def _band_not_valid(band: Item, key: str, dates: Sequence[dt.date]) -> Iterator[str]:
    """Whether the row is in the band on a reference date before or after the band's validity."""
    before = [date_key(d) for d in dates if band.valid_from is not None and d < band.valid_from]
    after = [date_key(d) for d in dates if band.valid_to is not None and d > band.valid_to]
    spans = [("first", f"least(last, {day})") for day in before[-1:]]
    spans += [(f"greatest(first, {day})", "last") for day in after[:1]]
    for low, high in spans:
        top = "" if band.high is None else f" AND {low} - {key} <= {band.high}9999"
        yield f"({low} <= {high} AND {high} - {key} >= {band.low or 0}0000{top})"


def _limited(item: Item, dates: Sequence[dt.date]) -> bool:
    """Whether a code is not valid on all reference dates."""
    return (item.valid_from or dt.date.min) > dates[0] or (item.valid_to or dt.date.max) < dates[-1]


def _counted(spec: ReleaseSpec) -> tuple[str, str]:
    """SQL for the first and the last reference date on which a row counts, if they are in that order."""
    dates = [p.reference for p in spec.periods]
    if spec.register_.layout == "spells":
        low, high, open_end = "start_date", "end_date", "end_date IS NULL AND NOT bad_end_date"
    else:
        low, high, open_end = "reference_date", "reference_date", "false"
    first = f"CASE WHEN {low} <= {_date_sql(dates[-1])} THEN {_first_from(low, dates)} END"
    last = f"CASE WHEN {open_end} THEN {date_key(dates[-1])} WHEN {high} >= {_date_sql(dates[0])} THEN {_last_to(high, dates)} END"
    return first, last


def _first_from(column: str, dates: Sequence[dt.date]) -> str:
    """Search the earliest date from ``column`` on by halving: 1 200 dates are 11 comparisons."""
    if len(dates) == 1:
        return str(date_key(dates[0]))
    middle = len(dates) // 2
    low, high = _first_from(column, dates[:middle]), _first_from(column, dates[middle:])
    return f"CASE WHEN {column} <= {_date_sql(dates[middle - 1])} THEN {low} ELSE {high} END"


def _last_to(column: str, dates: Sequence[dt.date]) -> str:
    if len(dates) == 1:
        return str(date_key(dates[0]))
    middle = len(dates) // 2
    low, high = _last_to(column, dates[:middle]), _last_to(column, dates[middle:])
    return f"CASE WHEN {column} >= {_date_sql(dates[middle])} THEN {high} ELSE {low} END"


def _date_sql(date: dt.date) -> str:
    return f"DATE '{date.isoformat()}'"
