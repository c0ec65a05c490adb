"""All public files of a release: a renderer is a function in a dict."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from prikk.dissemination._csv import cells_csv, tables_csv
from prikk.dissemination._cube import PublishedCube
from prikk.dissemination._html import front_page, html_pages
from prikk.dissemination._parquet import cells_parquet, tables_parquet
from prikk.dissemination._paths import (
    CELLS_CSV,
    CELLS_PARQUET,
    FRONT,
    TABLES_PARQUET,
    html_folder,
    tables_csv_path,
    workbook_path,
)
from prikk.dissemination._workbook import workbook

Format = Literal["csv", "parquet", "xlsx", "html"]
Files = dict[str, bytes]
"""Files by their path in the public folder."""


def render(cube: PublishedCube) -> Files:
    """All public files of a release, in every format and language; equal cubes give equal bytes.

    The first language is the main one: its files have no suffix, and the Parquet tables have its labels.
    """
    return {path: content for files in FORMATS.values() for path, content in files(cube).items()}


def _csv(cube: PublishedCube) -> Files:
    tables = {tables_csv_path(cube.spec, code): tables_csv(cube, code) for code in _languages(cube)}
    return {CELLS_CSV: cells_csv(cube), **tables}


def _parquet(cube: PublishedCube) -> Files:
    return {
        CELLS_PARQUET: cells_parquet(cube),
        TABLES_PARQUET: tables_parquet(cube, _languages(cube)[0]),
    }


def _xlsx(cube: PublishedCube) -> Files:
    return {workbook_path(cube.spec, code): workbook(cube, code) for code in _languages(cube)}


def _html(cube: PublishedCube) -> Files:
    pages = {
        f"{html_folder(code)}/{name}": content
        for code in _languages(cube)
        for name, content in html_pages(cube, code).items()
    }
    return {FRONT: front_page(cube), **pages}


def _languages(cube: PublishedCube) -> tuple[str, ...]:
    return cube.spec.release.languages


FORMATS: Mapping[Format, Callable[[PublishedCube], Files]] = {
    "csv": _csv,
    "parquet": _parquet,
    "xlsx": _xlsx,
    "html": _html,
}
"""What renders each format."""
