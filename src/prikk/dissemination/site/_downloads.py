"""The files beside the site, in words: only those that are there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from prikk.dissemination._locale import language_name
from prikk.dissemination.site._view import View

_ENDINGS = (
    (".xlsx", "xlsx"),
    (".pdf", "pdf"),
    ("-metadata.json", "csvw"),
    (".csv-metadata.json", "csvw"),
    (".jsonstat.json", "json-stat"),
    ("manifest.json", "manifest"),
    (".parquet", "parquet"),
    (".px", "px"),
    (".ttl", "dcat"),
    (".jsonld", "dcat"),
    (".rdf", "dcat"),
    (".xml", "sdmx"),
    (".csv", "csv"),
    (".json", "json-stat"),
)
_FOLDERS = {"sdmx": "sdmx", "px": "px", "json-stat": "json-stat", "codes": "csvw"}
_MANY = 5


def kind_of(path: str) -> str:
    """What a file is, by its name.

    >>> kind_of("boats.en.xlsx"), kind_of("sdmx/data.csv"), kind_of("readme")
    ('xlsx', 'sdmx', 'other')
    """
    for part in path.split("/")[:-1]:
        if part in _FOLDERS:
            return _FOLDERS[part]
    found = (kind for ending, kind in _ENDINGS if path.endswith(ending))
    return next(found, "sdmx" if "sdmx" in path else "other")


def language_of(path: str, languages: Sequence[str]) -> str:
    """The language that a file's name or folder tells, empty if none.

    >>> language_of("tables.en.csv", ["nb", "en"]), language_of("px/en/a.px", ["nb", "en"]), language_of("cells.csv", ["nb"])
    ('en', 'en', '')
    """
    *folders, name = path.split("/")
    parts = [*folders, *name.split(".")[1:-1]]
    return next((part for part in parts if part in languages), "")


def downloads(view: View, paths: Sequence[str]) -> list[dict[str, Any]]:
    """The files by kind: those of this language first, those of the others apart."""
    kinds = [kind for kind in view.say.file_kinds if any(kind_of(path) == kind for path in paths)]
    return [_kind(view, kind, [p for p in paths if kind_of(p) == kind], paths) for kind in kinds]


def _kind(view: View, kind: str, paths: list[str], everything: Sequence[str]) -> dict[str, Any]:
    name, text = view.say.file_kinds[kind]
    own = [p for p in paths if not _foreign(p, view, everything)]
    other = [p for p in paths if p not in own]
    return {
        "name": name,
        "text": text,
        "files": [(path, _what(path, view)) for path in own] if len(own) < _MANY else [],
        "many": own if len(own) >= _MANY else [],
        "count": view.say.files_count.format(count=len(own)),
        "other": [(p, language_name(_spoken(p, view))) for p in other],
    }


def _what(path: str, view: View) -> str:
    """What is in a file whose name only says so to those who know it."""
    name = path.rpartition("/")[2]
    words = view.words
    said = {"cells": words.cells_file, "tables": words.tables_file, "derived": words.derived_file}
    return next((text.lower() for start, text in said.items() if name.startswith(f"{start}.")), "")


def _spoken(path: str, view: View) -> str:
    languages = view.spec.release.languages
    return language_of(path, languages) or languages[0]


def _foreign(path: str, view: View, everything: Sequence[str]) -> bool:
    """Whether it is the version in another language of a file that there is in this one."""
    languages = view.spec.release.languages
    told = language_of(path, languages)
    if told:
        return told != view.language
    stem, _, ending = path.rpartition(".")
    return view.language != languages[0] and f"{stem}.{view.language}.{ending}" in everything
