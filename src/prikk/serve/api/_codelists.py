"""Codelists: the levels of a variable. Their values are published cells, so nothing is added up for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from prikk.dissemination import Dataset
from prikk.dissemination.exchange import Axis
from prikk.serve.api._problems import ProblemError, quoted
from prikk.serve.api._tables import link
from prikk.serve.api._variables import Variable, codelist_id

Json = dict[str, Any]


def information(table: str, variable: Variable, axis: Axis, language: str, base: str) -> list[Json]:
    """The codelists of a variable, as its metadata name them."""
    return [
        {
            "id": (id_ := codelist_id(table, variable.name, level)),
            "label": label(axis, level, language),
            "type": "Valueset",
            "links": [link("metadata", language, f"{base}/api/v2/codelists/{quote(id_)}?lang={language}")],
        }
        for level in variable.levels
    ]


def label(axis: Axis, level: str, language: str) -> str:
    """What a level is called: as the variable, and by its own title or name where there are several."""
    title = axis.title[language]
    own = axis.level_titles.get(level, {}).get(language, level)
    return title if len(axis.levels) == 1 else f"{title}: {own}"


def parts(id_: str) -> tuple[str, str, str]:
    """The table, the variable and the level that an id names; a problem when it names none."""
    table, _, rest = id_.partition("__")
    pieces = rest.split("__")
    if not table or len(pieces) < 2 or "" in pieces:
        raise unknown(id_)
    return table, "__".join(pieces[:-1]), pieces[-1]


def unknown(id_: str) -> ProblemError:
    """There is no such codelist."""
    fix = "The metadata of a table name its codelists, each as table__variable__level."
    return ProblemError(404, f"There is no codelist {quoted(id_)}.", "the address", fix)


def codelist(table: str, dataset: Dataset, variable: Variable, level: str, language: str, base: str) -> Json:
    """A codelist with its values; each stands for itself."""
    axis = dataset.axes[variable.number]
    id_ = codelist_id(table, variable.name, level)
    return {
        "id": id_,
        "label": label(axis, level, language),
        "language": language,
        "languages": list(dataset.facts.languages),
        "type": "Valueset",
        "elimination": variable.total >= 0,
        **({"eliminationValueCode": axis.codes[variable.total]} if variable.total >= 0 else {}),
        "values": list(_values(axis, variable.levels[level], language)),
        "links": [link("self", language, f"{base}/api/v2/codelists/{quote(id_)}?lang={language}")],
    }


def _values(axis: Axis, places: range | tuple[int, ...], language: str) -> Iterator[Json]:
    for place in places:
        code = axis.codes[place]
        yield {"code": code, "label": axis.labels[language][place], "valueMap": [code]}
