"""CSV on the Web: what the columns of the CSV files of a release are, for programs.

W3C Recommendations "Metadata Vocabulary for Tabular Data" and "Model for Tabular Data and Metadata on the Web", 2015. A
program that is given ``cells.csv`` looks for ``cells.csv-metadata.json`` beside it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from prikk.dissemination._cube import PublishedCube
from prikk.dissemination._flat import level_columns
from prikk.dissemination._paths import CELLS_CSV, tables_csv_path
from prikk.dissemination.exchange._axes import PERIOD, Axis, dimension_axes, period_axis
from prikk.dissemination.exchange._codes import code_files, code_path
from prikk.dissemination.exchange._remarks import good_to_know, must_know
from prikk.dissemination.exchange._terms import terms
from prikk.spec import ReleaseSpec, Text

Json = dict[str, Any]
METADATA = f"{CELLS_CSV}-metadata.json"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_]*")
"""What may be the name of a column (a variable of RFC 6570 that does not begin with ``_``); others have titles only."""

_PERIOD_TYPES = {"month": "gYearMonth", "quarter": "string", "year": "gYear"}


def csvw(cube: PublishedCube) -> dict[str, bytes]:
    """The description of the CSV files, and the code lists that their columns point to."""
    text = json.dumps(_group(cube), ensure_ascii=False, indent=1)
    return {METADATA: f"{text}\n".encode(), **code_files(cube)}


def _group(cube: PublishedCube) -> Json:
    spec = cube.spec
    release, axes = spec.release, (*dimension_axes(cube), period_axis(cube))
    group: Json = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": release.languages[0]}],
        "dc:title": _texts(release.title),
        "dc:identifier": release.id,
        "dc:description": [
            {"@value": "\n".join((*must_know(spec, x), *good_to_know(spec, x))), "@language": x}
            for x in release.languages
        ],
    }
    if release.publisher:
        group["dc:publisher"] = _texts(release.publisher)
    if release.licence is not None:
        group["dc:license"] = {"@id": release.licence.url}
    if release.published is not None:
        group["dc:issued"] = {"@value": release.published.isoformat(), "@type": "xsd:dateTime"}
    group["tables"] = [
        _cells(spec, axes),
        *(_printed(spec, axes, language) for language in release.languages),
        *(_code_list(spec, axis) for axis in axes),
    ]
    return group


def _texts(text: Text) -> list[Json]:
    return [{"@value": said, "@language": language} for language, said in text.items()]


def _cells(spec: ReleaseSpec, axes: Sequence[Axis]) -> Json:
    languages = spec.release.languages
    *dimensions, period = axes
    columns = [_column(period.name, period.title, _PERIOD_TYPES[spec.release.periods.every], required=True)]
    columns += [_column(a.name, a.title, "string", required=True) for a in dimensions]
    columns.append(_column("value", {x: terms(x).value for x in languages}, "integer"))
    columns.append(_column("status", {x: terms(x).status for x in languages}, "string"))
    keys = [PERIOD, *(a.name for a in dimensions)]
    return _table(CELLS_CSV, columns, keys, {name: name for name in keys})


def _column(name: str, title: Text, datatype: str, *, required: bool = False) -> Json:
    """A column. The first title in each language is the head of the column in the file."""
    column: Json = {"titles": name, "datatype": datatype}
    if not _NAME.fullmatch(name):
        # Readers know a column without a name by its one title, so what else it is called stands beside.
        column |= {"dc:title": _texts(title)} if title else {}
    elif title:
        column["titles"] = {x: list(dict.fromkeys((name, said))) for x, said in title.items()}
    if _NAME.fullmatch(name):
        column = {"name": name, **column}
    return {**column, "required": True} if required else column


def _table(url: str, columns: Sequence[Json], key: Sequence[str], foreign: Mapping[str, str]) -> Json:
    """A table; ``foreign`` tells of which axis the codes in a column are. Only a column with a name can be pointed to."""
    references = [
        {"columnReference": column, "reference": {"resource": code_path(axis), "columnReference": "code"}}
        for column, axis in foreign.items()
        if _NAME.fullmatch(column)
    ]
    schema: Json = {"columns": list(columns)}
    if all(_NAME.fullmatch(name) for name in key):
        schema["primaryKey"] = list(key)
    if references:
        schema["foreignKeys"] = references
    return {"url": url, "tableSchema": schema}


def _printed(spec: ReleaseSpec, axes: Sequence[Axis], language: str) -> Json:
    """A file of the tables as they are read: a hidden figure is the symbol, which is no number."""
    columns = [_column(name, {}, "integer", required=True) for name in ("table", "family", "row")]
    columns += [_column(name, {}, "string", required=True) for name in level_columns(spec)]
    columns.append(_column("label", {}, "string"))
    columns.append({**_column("bold", {}, ""), "datatype": {"base": "boolean", "format": "1|0"}})
    for code, said in zip(axes[-1].codes, axes[-1].labels[language], strict=True):
        columns.append({**_column(code, {language: said}, "integer"), "null": spec.protection.symbol})
    foreign = {level: axis.name for axis in axes[:-1] for level in axis.levels}
    return {**_table(tables_csv_path(spec, language), columns, ["table", "row"], foreign), "lang": language}


def _code_list(spec: ReleaseSpec, axis: Axis) -> Json:
    languages = spec.release.languages
    datatype = _PERIOD_TYPES[spec.release.periods.every] if axis.name == PERIOD else "string"
    code = _column("code", axis.title, datatype, required=True)
    parent = _column("parent", {}, datatype)
    level = _column("level", {x: terms(x).level for x in languages}, "string")
    labels = [{**_column(f"label_{x}", {}, "string"), "lang": x} for x in languages]
    table = _table(code_path(axis.name), [code, parent, level, *labels], ["code"], {})
    return {**table, "dc:title": _texts(axis.title)}
