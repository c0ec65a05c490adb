"""All public files of a release: a renderer is a function in a dict."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec

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
from prikk.spec import Format

Files = dict[str, bytes]
"""Files by their path in the public folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Renderer:
    """What renders a format: the files of a cube, the modules it needs, and the extra that installs them."""

    files: Callable[[PublishedCube], Files]
    needs: tuple[str, ...] = ()
    extra: str = ""

    @property
    def ready(self) -> bool:
        """Whether everything that it needs is installed."""
        return all(find_spec(name) is not None for name in self.needs)


def render(cube: PublishedCube) -> Files:
    """All public files of a release, in every language and every format of its spec; equal cubes give equal bytes.

    The first language is the main one: its files have no suffix, and the Parquet tables have its labels. Without formats in the
    spec, those are written whose libraries are installed (:func:`missing` names the others).
    """
    wanted = cube.spec.release.formats or tuple(name for name, r in FORMATS.items() if r.ready)
    return {path: content for name in wanted for path, content in FORMATS[name].files(cube).items()}


def missing(formats: tuple[Format, ...]) -> dict[Format, str]:
    """The formats among some, or among all without any, that need a library that is not installed, and its extra."""
    return {n: FORMATS[n].extra for n in formats or tuple(FORMATS) if not FORMATS[n].ready}


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


FORMATS: Mapping[Format, Renderer] = {
    "csv": Renderer(files=_csv),
    "parquet": Renderer(files=_parquet),
    "xlsx": Renderer(files=_xlsx),
    "html": Renderer(files=_html),
}
"""What renders each format, by the name that a spec gives."""
