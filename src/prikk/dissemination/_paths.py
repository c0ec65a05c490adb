"""The names of the public files, relative to the public folder."""

from __future__ import annotations

from prikk.spec import ReleaseSpec

CELLS_CSV = "cells.csv"
DERIVED_CSV = "derived.csv"
DATASET_JSON = "dataset.json"
CELLS_PARQUET = "cells.parquet"
TABLES_PARQUET = "tables.parquet"
FRONT = "index.html"


def tables_csv_path(spec: ReleaseSpec, language: str) -> str:
    """The rows of the tables; the first language has no suffix."""
    return f"tables{_suffix(spec, language)}.csv"


def workbook_path(spec: ReleaseSpec, language: str) -> str:
    """The workbook; the first language has no suffix."""
    return f"{spec.release.id}{_suffix(spec, language)}.xlsx"


def report_path(spec: ReleaseSpec, language: str) -> str:
    """The report; the first language has no suffix."""
    return f"{spec.release.id}{_suffix(spec, language)}.pdf"


def px_path(spec: ReleaseSpec) -> str:
    """The PX file, which has all languages."""
    return f"{spec.release.id}.px"


def json_stat_path(spec: ReleaseSpec, language: str) -> str:
    """The JSON-stat dataset; the first language has no suffix."""
    return f"{spec.release.id}{_suffix(spec, language)}.jsonstat.json"


def html_folder(language: str) -> str:
    """The folder of the pages in a language."""
    return f"html/{language}"


def _suffix(spec: ReleaseSpec, language: str) -> str:
    return "" if language == spec.release.languages[0] else f".{language}"
