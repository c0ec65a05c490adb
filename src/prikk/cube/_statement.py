"""The one SQL statement, in the SQL that DuckDB and Spark share.

Additive units are first counted per period and finest cell, then summed over the grouping sets, so that
the long part of the work touches each row once. Distinct people are not additive: there every grouping
set counts for itself. What both engines share and what they do not: docs/adr/0003-one-statement.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from prikk.classifications import Classification
from prikk.register import band_case_sql, date_key_sql, quote, text_sql
from prikk.spec import Margin, ReleaseSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A SELECT whose columns are ``period`` (code), one column per level (code, null above it) and ``n``."""

    sql: str
    levels: tuple[str, ...]
    distinct: bool


def statement(
    spec: ReleaseSpec, classifications: Mapping[str, Classification], published: tuple[Margin, ...], view: str
) -> Statement:
    """Write the statement that counts ``published`` margins over all periods of a checked register view."""
    levels = tuple(level for name in spec.dimensions for level in spec.levels(name))
    distinct = spec.register_.unit == "person"
    unit = "COUNT(DISTINCT person)" if distinct else "SUM(n)"
    maps = [_level_map(name, classifications[name]) for name in spec.dimensions if len(spec.levels(name)) > 1]
    joins = [_join_map(spec, name) for name in spec.dimensions if len(spec.levels(name)) > 1]
    with_parts = [
        _periods(spec),
        *maps,
        _present(spec, classifications, view),
        *([] if distinct else [_finest(spec)]),
    ]
    source = "present" if distinct else "finest"
    columns = ", ".join(quote(level) for level in levels)
    sets = ",\n  ".join(_grouping_set(spec, margin) for margin in published)
    first = ",\n".join(with_parts)
    sql = (
        f"WITH {first}\n"
        f"SELECT period, {columns}, {unit} AS n\n"
        f"FROM {' '.join([source, *joins])}\n"
        f"GROUP BY GROUPING SETS (\n  {sets})"
    )
    return Statement(sql=sql, levels=levels, distinct=distinct)


def _periods(spec: ReleaseSpec) -> str:
    rows = ", ".join(
        f"({text_sql(p.code)}, DATE '{p.reference.isoformat()}', {p.reference:%Y%m%d})" for p in spec.periods
    )
    return f"periods AS (SELECT * FROM (VALUES {rows}) AS p(period, reference, reference_key))"


def _level_map(name: str, classification: Classification) -> str:
    """Every finest code with the codes above it, one column a level."""
    rows = ", ".join(
        "(" + ", ".join(text_sql(code) for code in classification.ancestors(leaf)) + ")"
        for leaf in classification.leaves
    )
    columns = ", ".join(quote(level) for level in classification.levels)
    return f"{quote('map_' + name)} AS (SELECT * FROM (VALUES {rows}) AS m({columns}))"


def _join_map(spec: ReleaseSpec, name: str) -> str:
    table = quote("map_" + name)
    return f"JOIN {table} ON {table}.{quote(spec.levels(name)[-1])} = {quote('dim_' + name)}"


def _present(spec: ReleaseSpec, classifications: Mapping[str, Classification], view: str) -> str:
    """Everyone who is there on each reference date, with finest codes; the codes of bands are worked out here."""
    dims = ", ".join(_dimension(spec, name, classifications[name]) for name in spec.dimensions)
    person = ", person" if spec.register_.unit == "person" else ""
    if spec.register_.layout == "snapshots":
        condition = "r.reference_date = p.reference"
    else:
        condition = "p.reference BETWEEN r.start_date AND COALESCE(r.end_date, DATE '9999-12-31')"
    source = ", ".join(["*", *_birth_keys(spec)])
    return (
        f"present AS (SELECT p.period, {dims}{person}\n"
        f"  FROM (SELECT {source} FROM {quote(view)}) AS r JOIN periods AS p ON {condition})"
    )


def _birth_keys(spec: ReleaseSpec) -> list[str]:
    """Dates as numbers yyyymmdd, made once a row and not once a row and period."""
    derived = [name for name, d in spec.dimensions.items() if d.derive is not None]
    return [f"{date_key_sql(quote('dim_' + name))} AS {quote('key_' + name)}" for name in derived]


def _dimension(spec: ReleaseSpec, name: str, classification: Classification) -> str:
    if spec.dimensions[name].derive is None:
        code = f"r.{quote('dim_' + name)}"
    else:
        code = band_case_sql(f"r.{quote('key_' + name)}", "p.reference_key", classification)
    return f"{code} AS {_leaf_name(spec, name)}"


def _leaf_name(spec: ReleaseSpec, name: str) -> str:
    """The column of the finest codes: the level itself, or ``dim_…``, by which the levels above are joined."""
    if len(spec.levels(name)) == 1:
        return quote(spec.levels(name)[0])
    return quote("dim_" + name)


def _finest(spec: ReleaseSpec) -> str:
    columns = ", ".join(["period", *(_leaf_name(spec, name) for name in spec.dimensions)])
    return f"finest AS (SELECT {columns}, COUNT(*) AS n FROM present GROUP BY {columns})"


def _grouping_set(spec: ReleaseSpec, margin: Margin) -> str:
    """A margin names every level from the top of each dimension down to its depth."""
    shown = [
        level
        for name, depth in zip(spec.dimensions, margin, strict=True)
        for level in spec.levels(name)[:depth]
    ]
    return "(" + ", ".join(["period", *(quote(level) for level in shown)]) + ")"
