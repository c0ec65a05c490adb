"""What the derived figures of a release tell a reader: relations between cells, as exact as their rounding.

A derived figure is ``T``: ``unit * n / d`` as a whole number, halves away from zero, with ``n`` a sum of cells and ``d`` a cell or a
known number above 0. For ``T > 0`` that is just ``2dT <= 2 * unit * n + d <= 2d(T + 1) - 1``, for ``T = 0`` it is
``2 * unit * |n| + d <= 2d - 1``, and below 0 as above 0 with both signs turned.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import pyarrow as pa

from prikk.dissemination import Column, Formula, PublishedCube, formula_of, totals_of
from prikk.errors import Finding
from prikk.spec import ReleaseSpec
from prikk.tabular import Publication, Relation

Cell = tuple[int, tuple[str, ...]]
_Terms = dict[int, int]


def derived_relations(cube: PublishedCube, numbers: Mapping[tuple[str, ...], int]) -> tuple[Relation, ...]:
    """What the printed derived figures tell; ``numbers`` has the number of each cell by its period and codes.

    A figure that is worked out from shown cells alone, as it should be, tells nothing new and is left out.
    """
    if cube.derived is None:
        return ()
    values = cube.cells["value"].to_pylist()
    return tuple(r for r in _relations(cube, cube.derived, numbers) if not _holds(r, values))


def telling(publication: Publication, spec: ReleaseSpec) -> list[Finding]:
    """A finding when derived figures tell of hidden ones, or contradict shown ones: none may, however little it is."""
    told_by = sorted({relation.text for relation in publication.relations})
    if not told_by:
        return []
    return [
        Finding(
            code="derived",
            what=f"derived figures do not rest on shown figures alone: those in {', '.join(told_by[:5])}. Nothing was published.",
            where=f"{spec.release.id}, the audit of what would be published",
            fix="This is a fault of prikk or of what was put in its place; please report it. Leave the column out until then.",
        )
    ]


def _relations(
    cube: PublishedCube, derived: pa.Table, numbers: Mapping[tuple[str, ...], int]
) -> Iterator[Relation]:
    places = {p.code: i for i, p in enumerate(cube.spec.periods)}
    codes = {i: code for code, i in places.items()}
    totals = totals_of(cube, set(derived["family"].to_pylist()))
    names = ("family", "column", "period", "value", "status", *cube.spec.dimensions)
    for family, kind, period, value, status, *own in zip(
        *(derived[name].to_pylist() for name in names), strict=True
    ):
        row = tuple(own)
        found = formula_of(cube, family, Column(period=places[period], kind=kind), row, totals[family][row])
        if found is not None and status != cube.spec.protection.symbol:
            inputs = {cell: numbers[codes[cell[0]], *cell[1]] for cell in found.inputs}
            yield from told(found, inputs, value, f"the column '{kind}' of {period}")


def told(found: Formula, numbers: Mapping[Cell, int], value: Decimal | None, text: str) -> Iterator[Relation]:
    """What a printed value tells of the cells in its formula; None is the sign for not possible, that of a base of 0."""
    if value is None:
        if not isinstance(found.base, int):
            yield Relation(terms=((numbers[found.base], 1),), low=0, high=0, text=text)
        return
    units = int(value.scaleb(found.decimals))
    if found.unit == 1 and found.base == 1:
        yield _relation(found, numbers, (1, 0), (units, units), text)
        return
    sign, size = (-1, -units) if units < 0 else (1, units)
    if size:
        yield _relation(found, numbers, (2 * sign * found.unit, 1 - 2 * size), (0, None), text)
        yield _relation(found, numbers, (2 * sign * found.unit, -1 - 2 * size), (None, -1), text)
    else:
        for way in (1, -1):
            yield _relation(found, numbers, (2 * way * found.unit, -1), (None, -1), text)


def _relation(
    found: Formula,
    numbers: Mapping[Cell, int],
    factors: tuple[int, int],
    ends: tuple[int | None, int | None],
    text: str,
) -> Relation:
    """``low <= factors[0] * n + factors[1] * d <= high``, with what is known of ``d`` on the other side."""
    terms: _Terms = {}
    for cell, sign in found.terms:
        terms[numbers[cell]] = terms.get(numbers[cell], 0) + factors[0] * sign
    known = 0
    if isinstance(found.base, int):
        known = factors[1] * found.base
    else:
        terms[numbers[found.base]] = terms.get(numbers[found.base], 0) + factors[1]
    low, high = (None if end is None else end - known for end in ends)
    return Relation(terms=tuple((q, c) for q, c in terms.items() if c), low=low, high=high, text=text)


def _holds(relation: Relation, values: Sequence[int | None]) -> bool:
    """Whether shown cells alone make it true, so that it tells nothing."""
    total = 0
    for number, factor in relation.terms:
        value = values[number]
        if value is None:
            return False
        total += factor * value
    return (relation.low is None or total >= relation.low) and (
        relation.high is None or total <= relation.high
    )
