"""All public files of a release: a renderer is a function in a dict."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec

from prikk.dissemination._csv import cells_csv, derived_csv, tables_csv
from prikk.dissemination._cube import PublishedCube
from prikk.dissemination._parquet import cells_parquet, tables_parquet
from prikk.dissemination._paths import (
    CELLS_CSV,
    CELLS_PARQUET,
    DATASET_JSON,
    DERIVED_CSV,
    TABLES_PARQUET,
    report_path,
    tables_csv_path,
    workbook_path,
)
from prikk.dissemination._workbook import workbook
from prikk.dissemination.exchange import (
    csvw,
    dataset,
    dataset_json,
    dcat,
    json_stat_files,
    px_files,
    sdmx_files,
)
from prikk.dissemination.report import report
from prikk.dissemination.site import site
from prikk.spec import Format

Files = dict[str, bytes]
"""Files by their path in the public folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Renderer:
    """What renders a format: the files of a cube, the modules it needs, and the extra that installs them.

    An ``entry`` describes the other files, by path and size, and is therefore made last; without it nothing is described.
    """

    files: Callable[[PublishedCube], Files]
    entry: Callable[[PublishedCube, Mapping[str, int]], Files] | None = None
    needs: tuple[str, ...] = ()
    extra: str = ""

    @property
    def ready(self) -> bool:
        """Whether everything that it needs is installed."""
        return all(find_spec(name) is not None for name in self.needs)


def render(cube: PublishedCube, beside: Sequence[str] = ()) -> Files:
    """All public files of a release, in every language and every format of its spec; equal cubes give equal bytes.

    The first language is the main one: its files have no suffix, and the Parquet tables have its labels. Without formats in the
    spec, those are written whose libraries are installed (:func:`missing` names the others). ``beside`` are files that others
    write next to these. The data set (``dataset.json`` and ``cells.parquet``) is always there: a server of releases reads it.
    """
    wanted = cube.spec.release.formats or tuple(name for name, r in FORMATS.items() if r.ready)
    others = [FORMATS[name] for name in wanted if name != "html"]
    files = {path: content for r in others if r.entry is None for path, content in r.files(cube).items()}
    files |= {CELLS_PARQUET: files.get(CELLS_PARQUET) or cells_parquet(cube)}
    sizes = {path: len(content) for path, content in files.items()}
    for described in (r.entry(cube, sizes) for r in others if r.entry is not None):
        files |= described
    # The site comes last: it links just the files that there are.
    pages = site(cube, (*files, *beside)) if "html" in wanted else {}
    return {**files, DATASET_JSON: dataset_json(dataset(cube)), **pages}


def missing(formats: tuple[Format, ...]) -> dict[Format, str]:
    """The formats among some, or among all without any, that need a library that is not installed, and its extra."""
    return {n: FORMATS[n].extra for n in formats or tuple(FORMATS) if not FORMATS[n].ready}


def _csv(cube: PublishedCube) -> Files:
    tables = {tables_csv_path(cube.spec, code): tables_csv(cube, code) for code in _languages(cube)}
    derived = {} if cube.derived is None else {DERIVED_CSV: derived_csv(cube)}
    return {CELLS_CSV: cells_csv(cube), **derived, **tables}


def _parquet(cube: PublishedCube) -> Files:
    return {
        CELLS_PARQUET: cells_parquet(cube),
        TABLES_PARQUET: tables_parquet(cube, _languages(cube)[0]),
    }


def _xlsx(cube: PublishedCube) -> Files:
    return {workbook_path(cube.spec, code): workbook(cube, code) for code in _languages(cube)}


def _pdf(cube: PublishedCube) -> Files:
    return {report_path(cube.spec, code): report(cube, code) for code in _languages(cube)}


def _languages(cube: PublishedCube) -> tuple[str, ...]:
    return cube.spec.release.languages


FORMATS: Mapping[Format, Renderer] = {
    "csv": Renderer(files=_csv),
    "parquet": Renderer(files=_parquet),
    "xlsx": Renderer(files=_xlsx),
    "html": Renderer(files=site),
    "pdf": Renderer(files=_pdf, needs=("typst", "pikepdf"), extra="pdf"),
    "px": Renderer(files=px_files),
    "json-stat": Renderer(files=json_stat_files),
    "sdmx": Renderer(files=sdmx_files),
    "csvw": Renderer(files=csvw),
    "dcat": Renderer(files=lambda cube: dcat(cube, {}), entry=dcat),
}
"""What renders each format, by the name that a spec gives."""
