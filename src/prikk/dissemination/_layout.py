"""The cube as the tables of the publication: which, in what order, with which rows and labels."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from prikk.classifications import Classification
from prikk.dissemination._columns import Column, Figure, Printed, columns_of, plain
from prikk.dissemination._cube import PublishedCube
from prikk.dissemination._formula import DECIMALS
from prikk.spec import TOTAL, ColumnKind, TableSpec, Text, fill

Kind = Literal["total", "subtotal", "item"]
Figures = Mapping[tuple[str, ...], tuple[Figure, ...]]
Codes = tuple[str, ...]
Derived = Mapping[tuple[int, Codes, Column], Printed]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: a code for each dimension of the spec, in its order.

    ``figures`` has one for each period of the release; ``printed`` what stands in each column of the table.
    """

    coordinates: tuple[str, ...]
    label: Text
    kind: Kind
    figures: tuple[Figure, ...]
    printed: tuple[Printed, ...]

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
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def lay_out(cube: PublishedCube) -> tuple[Table, ...]:
    """Give all tables of a cube in published order.

    A family has one table for each combination of its ``for_each`` codes of the finest level, the first
    dimension outermost. A row is listed when its cell is in the cube; a table without a total is left
    out, and is not counted.
    """
    if cube.derived is None and any(set(t.columns) != {"figure"} for t in cube.spec.tables):
        raise ValueError("the tables print derived figures, and the cube has none")
    figures, derived = figures_of(cube), _derived(cube)
    tables = (
        _table(cube, figures, derived, family, fixed)
        for family, spec in enumerate(cube.spec.tables, start=1)
        for fixed in _combinations(cube, spec)
    )
    present = [table for table in tables if table is not None]
    return tuple(replace(table, number=number) for number, table in enumerate(present, start=1))


def listed_rows(cube: PublishedCube, family: int, listed: Container[Codes]) -> Iterator[tuple[Codes, Codes]]:
    """The rows of all tables of a family: the codes of the row, and those of its table's total."""
    spec = cube.spec.tables[family - 1]
    for fixed in _combinations(cube, spec):
        total = _coordinates(cube, spec, fixed, TOTAL)
        if total in listed:
            for code, _ in ((TOTAL, "total"), *_stub(cube, spec)):
                codes = _coordinates(cube, spec, fixed, code)
                if codes in listed:
                    yield codes, total


def _derived(cube: PublishedCube) -> Derived:
    """What is worked out, by family, codes and column."""
    if cube.derived is None:
        return {}
    table, places = cube.derived, {p.code: i for i, p in enumerate(cube.spec.periods)}
    kinds: list[ColumnKind] = table["column"].to_pylist()
    periods = (places[code] for code in table["period"].to_pylist())
    codes = zip(*(table[d].to_pylist() for d in cube.spec.dimensions), strict=True)
    values = zip(kinds, table["value"].to_pylist(), table["status"].to_pylist(), strict=True)
    printed = (status or _number(kind, value) for kind, value, status in values)
    columns = (Column(period=p, kind=kind) for p, kind in zip(periods, kinds, strict=True))
    return dict(zip(zip(table["family"].to_pylist(), codes, columns, strict=True), printed, strict=True))


def _number(kind: ColumnKind, value: Decimal) -> Printed:
    return value if DECIMALS[kind] else int(value)


def figures_of(cube: PublishedCube) -> Figures:
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


def _table(
    cube: PublishedCube, figures: Figures, derived: Derived, family: int, fixed: Mapping[str, str]
) -> Table | None:
    spec, columns = cube.spec.tables[family - 1], columns_of(cube.spec, family)
    as_is = plain(cube.spec, family)

    def printed(codes: Codes) -> tuple[Printed, ...]:
        if as_is:
            return figures[codes]
        return tuple(
            figures[codes][c.period] if c.kind == "figure" else derived[family, codes, c] for c in columns
        )

    rows = tuple(_rows(cube, figures, spec, fixed, printed))
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
        columns=columns,
        rows=rows,
    )


def _rows(
    cube: PublishedCube,
    figures: Figures,
    spec: TableSpec,
    fixed: Mapping[str, str],
    printed: Callable[[Codes], tuple[Printed, ...]],
) -> Iterator[Row]:
    stub = spec.stub[0]
    for code, kind in ((TOTAL, "total"), *_stub(cube, spec)):
        coordinates = _coordinates(cube, spec, fixed, code)
        if coordinates in figures:
            codes = fixed if kind == "total" else {**fixed, stub: code}
            template: Mapping[Kind, Text] = {
                "total": spec.total,
                "subtotal": spec.subtotal,
                "item": dict.fromkeys(cube.spec.release.languages, f"{{{stub}}}"),
            }
            label = _writer(cube, codes)(template[kind])
            yield Row(
                coordinates=coordinates,
                label=label,
                kind=kind,
                figures=figures[coordinates],
                printed=printed(coordinates),
            )


def _coordinates(cube: PublishedCube, spec: TableSpec, fixed: Mapping[str, str], code: str) -> Codes:
    stub = spec.stub[0]
    return tuple(code if name == stub else fixed.get(name, TOTAL) for name in cube.spec.dimensions)


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
