"""The names of the public files, relative to the public folder."""

from __future__ import annotations

from prikk.dissemination._words import words
from prikk.spec import ReleaseSpec

CELLS_CSV = "cells.csv"
CELLS_PARQUET = "cells.parquet"
TABLES_PARQUET = "tables.parquet"
FRONT = "index.html"
STYLE = "style.css"


def tables_csv_path(spec: ReleaseSpec, language: str) -> str:
    """The rows of the tables; the first language has no suffix."""
    return f"tables{_suffix(spec, language)}.csv"


def workbook_path(spec: ReleaseSpec, language: str) -> str:
    """The workbook; the first language has no suffix."""
    return f"{spec.release.id}{_suffix(spec, language)}.xlsx"


def html_folder(language: str) -> str:
    """The folder of the pages in a language."""
    return f"html/{language}"


def page_name(language: str, number: int, count: int) -> str:
    """The page of a table, with as many digits as sort well.

    >>> page_name("nb", 7, 56)
    'tabell-07.html'
    """
    return f"{words(language).table.lower()}-{number:0{max(2, len(str(count)))}}.html"


def _suffix(spec: ReleaseSpec, language: str) -> str:
    return "" if language == spec.release.languages[0] else f".{language}"
