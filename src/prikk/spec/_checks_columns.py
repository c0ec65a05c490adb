"""What the columns of a table mean together with its periods."""

from __future__ import annotations

from collections.abc import Iterator

from prikk.errors import Finding
from prikk.spec._model import ReleaseSpec, TableSpec
from prikk.spec._periods import parse_period

_OF_A_YEAR_AGO = ("change_year", "percent_year")
_OF_EARLIER = ("change", "percent", "index")


def check_columns(spec: ReleaseSpec, name: str) -> Iterator[Finding]:
    """Give every column that no table could fill, and every rate without its base."""
    every = spec.release.periods.every
    if None in (
        parse_period(code, every) for code in (spec.release.periods.first, spec.release.periods.last)
    ):
        return  # said already
    for i, table in enumerate(spec.tables, start=1):
        yield from _table(spec, table, f"{name}, tables[{i}].columns")


def _table(spec: ReleaseSpec, table: TableSpec, where: str) -> Iterator[Finding]:
    printed, asked = spec.printed(table), set(table.columns)
    if len(asked) < len(table.columns):
        yield Finding(
            code="column-twice", what="a column is named twice.", where=where, fix="Name each column once."
        )
    if not printed:
        what = "periods = 'years' prints whole calendar years, and the release has none."
        fix = "Let release.periods span a year, or print 'all' or the 'latest'."
        yield Finding(code="column-periods", what=what, where=where, fix=fix)
        return
    for kinds, possible, lack in (
        (_OF_EARLIER, len(spec.periods) > 1, "an earlier period"),
        (
            _OF_A_YEAR_AGO,
            any(spec.a_year_before(p) is not None for p in printed),
            "the period a year earlier",
        ),
        (("mean",), any(spec.whole_year(p) for p in printed), "a whole calendar year"),
    ):
        for kind in (k for k in kinds if k in asked and not possible):
            what = f"'{kind}' needs {lack}, and the release has none for what this table prints."
            fix = "Let release.periods reach further back, or leave the column out."
            yield Finding(code="column-periods", what=what, where=where, fix=fix)
    if ("rate" in asked) != (table.rate is not None):
        what, fix = (
            "a rate needs both the column 'rate' and tables.rate.",
            'Write columns = ["figure", "rate"] and rate = { of = "population", per = 1000, label = { … } }.',
        )
        yield Finding(code="column-rate", what=what, where=where, fix=fix)
