"""JSON-stat 2.0 datasets and collections, bundles of version 1, and the plain tables of a PxWeb API."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from prikk.reading._grid import Content, Dataset, DatasetDimension, Frame, SourceDocument
from prikk.reading.formats._cells import exact_number
from prikk.reading.formats._decode import Decoded
from prikk.reading.formats._delimited import shared_rows
from prikk.reading.formats._faults import no_table, refused
from prikk.reading.formats._limits import Budget

Json = Any


def read_json(decoded: Decoded, budget: Budget) -> SourceDocument:
    """Read every dataset of a JSON file."""
    if decoded.text.count(",") > 2 * budget.limits.cells:
        raise refused(
            "cells-limit", budget.place, "it has too many values.", "Split it, or raise the limit 'cells'."
        )
    try:
        root = json.loads(decoded.text, parse_float=_number, parse_int=_number, parse_constant=_number)
    except RecursionError:
        raise refused("json", budget.place, "it is nested too deeply.", "Fetch it anew.") from None
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        fix = "Fetch it anew: it may be cut off."
        raise refused("json", f"{budget.place}, line {line}", "it is not valid JSON.", fix) from None
    contents = tuple(_contents(root, budget))
    if not contents:
        raise no_table(budget.place)
    return SourceDocument(place=budget.place, kind="json", contents=contents, assumptions=decoded.assumptions)


def _contents(root: Json, budget: Budget) -> Iterator[Content]:
    """The datasets, whatever they are wrapped in."""
    if isinstance(root, list):
        yield from _records(root, budget)
    elif not isinstance(root, dict):
        return
    elif root.get("class") == "collection":
        items = _mapping(root.get("link")).get("item")
        for i, item in enumerate(items if isinstance(items, list) else [], start=1):
            if isinstance(item, dict) and "value" in item:
                yield _dataset(item, f"{budget.place}, dataset {i}", budget)
    elif "value" in root and "dimension" in root:
        yield _dataset(root, budget.place, budget)
    elif isinstance(root.get("columns"), list) and isinstance(root.get("data"), list):
        yield from _pxweb(root, budget)
    else:
        for name, item in root.items():
            if isinstance(item, dict) and "value" in item and "dimension" in item:
                yield _dataset(item, f"{budget.place}, dataset '{name}'", budget)


def _dataset(found: Mapping[str, Json], place: str, budget: Budget) -> Dataset:
    dimension = _mapping(found.get("dimension"))
    ids = found.get("id", dimension.get("id"))  # version 1 has id, size and role inside the dimensions
    sizes = found.get("size", dimension.get("size"))
    roles = _mapping(found.get("role", dimension.get("role")))
    if not isinstance(ids, list) or not isinstance(sizes, list) or len(ids) != len(sizes) or not ids:
        raise refused("json-stat", place, "its 'id' and 'size' do not fit together.", "Fetch it anew.")
    dimensions = tuple(_dimension(str(name), _mapping(dimension.get(name)), roles, place) for name in ids)
    size = math.prod(len(d.codes) for d in dimensions)
    if [len(d.codes) for d in dimensions] != [_whole(s) for s in sizes]:
        what = "the sizes of its dimensions are not those of their lists of categories."
        raise refused("json-stat", place, what, "Fetch it anew.")
    budget.spend(size)
    values, symbols = _values(found.get("value"), size, place)
    statuses = _spread(found.get("status"), size)
    return Dataset(
        place=place,
        title=_text(found.get("label")),
        dimensions=dimensions,
        values=values,
        statuses=tuple(_text(s) or symbol for s, symbol in zip(statuses, symbols, strict=True)),
        notes=tuple(_notes(found, dimensions)),
    )


def _dimension(
    name: str, found: Mapping[str, Json], roles: Mapping[str, Json], place: str
) -> DatasetDimension:
    category = _mapping(found.get("category"))
    labels = _mapping(category.get("label"))
    index = category.get("index", list(labels))
    if isinstance(index, Mapping):
        codes = tuple(str(code) for code in sorted(index, key=lambda code: _whole(index[code])))
    else:
        codes = tuple(_text(code) for code in index) if isinstance(index, list) else ()
    if not codes or len(set(codes)) < len(codes):
        raise refused(
            "json-stat", place, f"the dimension '{name}' has no list of categories.", "Fetch it anew."
        )
    children = _mapping(category.get("child"))
    extension = _mapping(found.get("extension"))
    total = _text(extension.get("eliminationValueCode"))
    return DatasetDimension(
        name=name,
        label=_text(found.get("label")) or name,
        codes=codes,
        labels=tuple(_text(labels.get(code)) or code for code in codes),
        is_time=name in _list(roles.get("time")),
        is_metric=name in _list(roles.get("metric")),
        total=total if total in codes else None,
        parents={_text(child): str(code) for code, below in children.items() for child in _list(below)},
    )


def _values(found: Json, size: int, place: str) -> tuple[tuple[Decimal | None, ...], tuple[str, ...]]:
    """The numbers, and the symbols that some writers put in the place of numbers."""
    if not isinstance(found, (list, Mapping)) or (isinstance(found, list) and len(found) != size):
        raise refused(
            "json-stat", place, f"it does not have {size:,} values.", "Fetch it anew: it is cut off."
        )
    spread = _spread(found, size)
    values = tuple(v if isinstance(v, Decimal) else None for v in spread)
    return values, tuple(v if isinstance(v, str) else "" for v in spread)


def _spread(found: Json, size: int) -> Sequence[Json]:
    """One entry a cell: of a list, of a mapping from positions, or the same for all."""
    if isinstance(found, list):
        return [*found[:size], *[None] * (size - len(found))]
    if not isinstance(found, Mapping):
        return [found] * size
    spread: list[Json] = [None] * size
    for key, value in found.items():
        if key.isdecimal() and len(key) < 12 and int(key) < size:
            spread[int(key)] = value
    return spread


def _notes(found: Mapping[str, Json], dimensions: Sequence[DatasetDimension]) -> Iterator[str]:
    yield from _lines(found.get("note"))
    if source := _text(found.get("source")):
        yield source
    for dimension in dimensions:
        detail = _mapping(_mapping(found.get("dimension")).get(dimension.name))
        for line in _lines(detail.get("note")):
            yield f"{dimension.label}: {line}"
        for code, lines in _mapping(_mapping(detail.get("category")).get("note")).items():
            for line in _lines(lines):
                yield f"{dimension.label}, {code}: {line}"
    symbols = _mapping(_mapping(_mapping(found.get("extension")).get("status")).get("label"))
    yield from (f"{symbol} = {_text(label)}" for symbol, label in symbols.items())


def _pxweb(root: Mapping[str, Json], budget: Budget) -> Iterator[Frame]:
    """The format ``json`` of PxWebApi 1: columns, and rows of keys and values."""
    columns = [_mapping(c) for c in root["columns"]]
    names = tuple(_text(c.get("code")) or _text(c.get("text")) for c in columns)
    rows = []
    for row in root["data"]:
        entries = [*_list(_mapping(row).get("key")), *_list(_mapping(row).get("values"))]
        budget.spend(len(entries))
        if len(entries) == len(names):
            rows.append([_text(e) for e in entries])
    if rows and names:
        yield Frame(place=budget.place, columns=names, rows=shared_rows(rows, len(names)))


def _records(root: Sequence[Json], budget: Budget) -> Iterator[Frame]:
    """A list of flat records, each with the same names."""
    names = tuple(root[0]) if root and isinstance(root[0], dict) else ()
    if len(names) < 2 or any(not isinstance(r, dict) or tuple(r) != names for r in root):
        return
    budget.spend(len(names) * len(root))
    rows = [[_text(record[name]) for name in names] for record in root]
    yield Frame(place=budget.place, columns=names, rows=shared_rows(rows, len(names)))


def _lines(found: Json) -> list[str]:
    return [line for line in map(_text, found if isinstance(found, list) else [found]) if line]


def _mapping(found: Json) -> Mapping[str, Json]:
    return found if isinstance(found, dict) else {}


def _list(found: Json) -> list[Json]:
    return found if isinstance(found, list) else []


def _text(found: Json) -> str:
    if isinstance(found, bool):
        return "true" if found else "false"
    return str(found).strip() if isinstance(found, (str, Decimal)) else ""


def _whole(found: Json) -> int:
    return int(found) if isinstance(found, Decimal) and found.adjusted() < 10 else -1


@lru_cache(maxsize=1 << 16)
def _number(text: str) -> Decimal | str:
    """A number with all its digits; what no count can be stays a text."""
    number = exact_number(text)
    return text if number is None else number
