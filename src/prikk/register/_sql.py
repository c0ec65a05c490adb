"""Pieces of SQL that mean the same to DuckDB and to Spark: quoting, dates as numbers, bands of years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from prikk.classifications import Classification, Item

_YEAR = 10_000


def quote(identifier: str) -> str:
    """Quote a name for SQL (the standard's double quotes).

    >>> quote("end") == '"end"'
    True
    """
    return '"' + identifier.replace('"', '""') + '"'


def text_sql(text: str) -> str:
    """Write a text as SQL that both engines read alike.

    They escape quotes and backslashes differently, so these are written as ``chr(…)``.

    >>> text_sql("60+"), text_sql("it's")
    ("'60+'", "('it' || chr(39) || 's')")
    """
    pieces: list[str] = []
    plain = ""
    for sign in text:
        if sign in "'\\":
            pieces += [f"'{plain}'"] * bool(plain) + [f"chr({ord(sign)})"]
            plain = ""
        else:
            plain += sign
    pieces += [f"'{plain}'"] * bool(plain)
    return f"({' || '.join(pieces)})" if len(pieces) > 1 else (pieces or ["''"])[0]


def date_key(date: dt.date) -> int:
    """Give a date as the number yyyymmdd.

    >>> date_key(dt.date(2022, 1, 31))
    20220131
    """
    return date.year * _YEAR + date.month * 100 + date.day


def date_key_sql(date_sql: str) -> str:
    """Write SQL for a date as the number yyyymmdd; null where the date is.

    The difference of two such numbers, divided by 10 000 and rounded down, is the whole years between
    the dates: a birthday counts from the day itself, and who is born on 29 February turns on 1 March
    in other years.

    >>> date_key_sql("born")
    '(year(born) * 10000 + month(born) * 100 + day(born))'
    """
    return f"(year({date_sql}) * {_YEAR} + month({date_sql}) * 100 + day({date_sql}))"


def band_case_sql(date_key: str, reference_key: str, classification: Classification) -> str:
    """Write SQL for the code of the band that holds the whole years from one date to another.

    Args:
        date_key: SQL for the earlier date as yyyymmdd, see :func:`date_key_sql`.
        reference_key: SQL for the later date as yyyymmdd.
        classification: One whose finest codes are bands of years.

    Returns:
        A CASE that is null when a date is null and when no band holds the years, negative years included.
    """
    years = f"({reference_key} - {date_key})"
    return f"CASE {' '.join(_arms(years, bands_of(classification)))} END"


def bands_of(classification: Classification) -> tuple[Item, ...]:
    """Give the bands of a classification, the lowest first."""
    leaves = (classification.by_code[code] for code in classification.leaves)
    return tuple(sorted(leaves, key=lambda band: band.low or 0))


def _arms(years: str, bands: tuple[Item, ...]) -> Iterator[str]:
    """Each arm takes what is below its upper end; what falls between two bands is taken out before."""
    free = None
    for band in bands:
        low = (band.low or 0) * _YEAR
        if low != free:
            yield f"WHEN {years} < {low} THEN NULL"
        if band.high is None:
            yield f"WHEN {years} >= {low} THEN {text_sql(band.code)}"
            return
        free = (band.high + 1) * _YEAR
        yield f"WHEN {years} < {free} THEN {text_sql(band.code)}"
