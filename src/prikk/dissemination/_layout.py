"""The cube as the tables of the publication: which, in what order, with which rows and labels."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from prikk.classifications import Classification
from prikk.dissemination._cube import PublishedCube
from prikk.spec import TOTAL, TableSpec, Text, fill

Kind = Literal["total", "subtotal", "item"]
Figure = int | str
"""A figure as printed: a number where it is shown, the public symbol where it is hidden."""
Figures = Mapping[tuple[str, ...], tuple[Figure, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: a code for each dimension of the spec, in its order, and a figure for each period."""

    coordinates: tuple[str, ...]
    label: Text
    kind: Kind
    figures: tuple[Figure, ...]

    @property
    def bold(self) -> bool:
        """Whether the row is a sum of rows of its table, and set in bold for that."""
        return self.kind != "item"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table. ``number`` counts all tables from 1, ``family`` is the number of its ``[[tables]]``.

    The first row is the total. ``fixed`` is the code of each ``for_each`` dimension; a dimension that
    is neither there nor the ``stub`` stands at ``TOTAL``. ``heading`` may be empty.
    """

    number: int
    family: int
    title: Text
    heading: Text
    fixed: Mapping[str, str]
    stub: str
    rows: tuple[Row, ...]


def lay_out(cube: PublishedCube) -> tuple[Table, ...]:
    """Give all tables of a cube in published order.

    A family has one table for each combination of its ``for_each`` codes of the finest level, the first
    dimension outermost. A row is listed when its cell is in the cube; a table without a total is left
    out, and is not counted.
    """
    figures = _figures(cube)
    tables = (
        _table(cube, figures, family, fixed)
        for family, spec in enumerate(cube.spec.tables, start=1)
        for fixed in _combinations(cube, spec)
    )
    present = [table for table in tables if table is not None]
    return tuple(replace(table, number=number) for number, table in enumerate(present, start=1))


def _figures(cube: PublishedCube) -> Figures:
    """The figures of each cell over the periods; the cube holds the same cells for every period."""
    periods = len(cube.spec.periods)
    count = cube.cells.num_rows // periods
    codes = [cube.cells[d].slice(0, count).to_pylist() for d in cube.spec.dimensions]
    printed = [
        status or value
        for status, value in zip(
            cube.cells["status"].to_pylist(), cube.cells["value"].to_pylist(), strict=True
        )
    ]
    columns = [printed[i * count : (i + 1) * count] for i in range(periods)]
    return dict(zip(zip(*codes, strict=True), zip(*columns, strict=True), strict=True))


def _combinations(cube: PublishedCube, spec: TableSpec) -> Iterator[dict[str, str]]:
    leaves = [cube.classifications[d].leaves for d in spec.for_each]
    for codes in itertools.product(*leaves):
        yield dict(zip(spec.for_each, codes, strict=True))


def _table(cube: PublishedCube, figures: Figures, family: int, fixed: Mapping[str, str]) -> Table | None:
    spec = cube.spec.tables[family - 1]
    rows = tuple(_rows(cube, figures, spec, fixed))
    if not rows or rows[0].kind != "total":
        return None
    write = _writer(cube, fixed)
    return Table(
        number=0,
        family=family,
        title=write(spec.title),
        heading=write(spec.heading) if spec.heading else {},
        fixed=fixed,
        stub=spec.stub[0],
        rows=rows,
    )


def _rows(cube: PublishedCube, figures: Figures, spec: TableSpec, fixed: Mapping[str, str]) -> Iterator[Row]:
    stub = spec.stub[0]
    for code, kind in ((TOTAL, "total"), *_stub(cube, spec)):
        coordinates = tuple(code if name == stub else fixed.get(name, TOTAL) for name in cube.spec.dimensions)
        if coordinates in figures:
            codes = fixed if kind == "total" else {**fixed, stub: code}
            template: Mapping[Kind, Text] = {
                "total": spec.total,
                "subtotal": spec.subtotal,
                "item": dict.fromkeys(cube.spec.release.languages, f"{{{stub}}}"),
            }
            label = _writer(cube, codes)(template[kind])
            yield Row(coordinates=coordinates, label=label, kind=kind, figures=figures[coordinates])


def _stub(cube: PublishedCube, spec: TableSpec) -> Iterator[tuple[str, Kind]]:
    """The codes of the levels shown, each after its parts."""
    known, shown = cube.spec.levels(spec.stub[0]), cube.spec.stub_levels(spec)
    first, last = known.index(shown[0]), known.index(shown[-1])
    classification = cube.classifications[spec.stub[0]]

    for code in _parts_first(classification, TOTAL, last):
        depth = classification.depth[code]
        if depth >= first:
            yield code, "item" if depth == last else "subtotal"


def _parts_first(classification: Classification, code: str, last: int) -> Iterator[str]:
    if classification.depth[code] < last:
        for part in classification.children.get(code, ()):
            yield from _parts_first(classification, part, last)
    if code != TOTAL:
        yield code


def _writer(cube: PublishedCube, codes: Mapping[str, str]) -> Callable[[Text], Text]:
    """What fills a template with the labels of ``codes``, in every language of the release."""

    def write(templates: Text) -> Text:
        return {
            language: fill(
                templates[language],
                {name: cube.classifications[name].label(code, language) for name, code in codes.items()},
            )
            for language in cube.spec.release.languages
        }

    return write
