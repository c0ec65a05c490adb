"""Plain HTML: a page for each table, a page of contents for each language, and a front page.

Semantic tables, no script, nothing from a network. A table's total stands in its ``thead`` below the
headings: browsers repeat a ``thead`` on every printed page, and one after another only the first.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

import jinja2

from prikk.dissemination._cube import PublishedCube
from prikk.dissemination._layout import Row, Table, lay_out
from prikk.dissemination._locale import language_name, number_writer, period_labels, period_range
from prikk.dissemination._notes import legend, rule_text
from prikk.dissemination._paths import (
    CELLS_CSV,
    CELLS_PARQUET,
    FRONT,
    STYLE,
    TABLES_PARQUET,
    html_folder,
    page_name,
    tables_csv_path,
    workbook_path,
)
from prikk.dissemination._words import words
from prikk.spec import ReleaseSpec


def html_pages(cube: PublishedCube, language: str) -> dict[str, bytes]:
    """The pages in one language by their path in its folder: contents, tables and the style sheet.

    Links to the other languages and to files to download are as :func:`render` lays them out.
    """
    tables, spec = lay_out(cube), cube.spec
    names = [page_name(language, table.number, len(tables)) for table in tables]
    shared = {"language": language, "say": words(language), "style": STYLE, **_release(spec, language)}
    pages = {FRONT: _rendered("index.html", **shared, **_contents(spec, tables, names, language))}
    for table, name in zip(tables, names, strict=True):
        own = _table(spec, tables, table, language)
        pages[name] = _rendered("table.html", **shared, **own, **_neighbours(names, table.number))
    pages[STYLE] = _source(STYLE).encode()
    return pages


def front_page(cube: PublishedCube) -> bytes:
    """The page above the folders of the languages: the title in each, and a link."""
    spec = cube.spec
    entries = [
        {
            "language": language,
            "name": language_name(language),
            "href": f"{html_folder(language)}/{FRONT}",
            "title": spec.release.title[language],
            "range": period_range(spec, language),
        }
        for language in spec.release.languages
    ]
    first = spec.release.languages[0]
    return _rendered("front.html", language=first, style=f"{html_folder(first)}/{STYLE}", entries=entries)


def _release(spec: ReleaseSpec, language: str) -> dict[str, Any]:
    return {
        "release": spec.release.title[language],
        "range": period_range(spec, language),
        "legend": legend(spec, language),
    }


def _contents(
    spec: ReleaseSpec, tables: tuple[Table, ...], names: list[str], language: str
) -> dict[str, Any]:
    return {
        "about": spec.release.about.get(language),
        "rule": rule_text(spec, language),
        "source": spec.release.source.get(language),
        "downloads": _downloads(spec, language),
        "families": list(_families(tables, names, language)),
        "translations": _translations(spec, language, {other: FRONT for other in spec.release.languages}),
    }


def _families(tables: tuple[Table, ...], names: list[str], language: str) -> Iterator[dict[str, Any]]:
    """The tables under their titles; a family whose titles differ has several."""
    listed = zip(tables, names, strict=True)
    for title, group in itertools.groupby(listed, key=lambda pair: pair[0].title[language]):
        entries = [
            {"number": table.number, "href": name, "text": table.heading.get(language, title)}
            for table, name in group
        ]
        yield {"title": title, "entries": entries}


def _downloads(spec: ReleaseSpec, language: str) -> list[dict[str, str]]:
    say, first = words(language), spec.release.languages[0]
    rows = [(tables_csv_path(spec, language), "CSV")]
    rows += [(TABLES_PARQUET, "Parquet")] if language == first else []
    cells = [(CELLS_CSV, "CSV"), (CELLS_PARQUET, "Parquet")]
    return [
        {"path": workbook_path(spec, language), "text": say.workbook},
        *({"path": path, "text": f"{say.tables_file} ({kind})"} for path, kind in rows),
        *({"path": path, "text": f"{say.cells_file} ({kind})"} for path, kind in cells),
    ]


def _translations(spec: ReleaseSpec, language: str, names: dict[str, str]) -> list[dict[str, str]]:
    """Links to the same page in the other languages."""
    return [
        {"language": other, "name": language_name(other), "href": f"../{other}/{names[other]}"}
        for other in spec.release.languages
        if other != language
    ]


def _table(spec: ReleaseSpec, tables: tuple[Table, ...], table: Table, language: str) -> dict[str, Any]:
    pages = {other: page_name(other, table.number, len(tables)) for other in spec.release.languages}
    return {
        "table": table,
        "which": words(language).table_of.format(number=table.number, count=len(tables)),
        "name": ", ".join(text[language] for text in (table.title, table.heading) if text),
        "stub": spec.dimensions[table.stub].label.get(language),
        "periods": period_labels(spec, language),
        "groups": list(_groups(table.rows[1:])),
        "number": number_writer(language),
        "translations": _translations(spec, language, pages),
    }


def _neighbours(names: list[str], number: int) -> dict[str, str | None]:
    return {
        "previous": names[number - 2] if number > 1 else None,
        "following": names[number] if number < len(names) else None,
    }


def _groups(rows: tuple[Row, ...]) -> Iterator[list[Row]]:
    """Parts together with the subtotals that follow them."""
    group: list[Row] = []
    for row in rows:
        if group and group[-1].bold and not row.bold:
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _rendered(template: str, **context: Any) -> bytes:
    return _templates().get_template(template).render(context).encode()


def _source(name: str) -> str:
    return resources.files("prikk.dissemination").joinpath("templates", name).read_text(encoding="utf-8")


@cache
def _templates() -> jinja2.Environment:
    """The templates of the package, compiled once: they are code, and the same for every cube."""
    return jinja2.Environment(
        loader=jinja2.FunctionLoader(_source),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
