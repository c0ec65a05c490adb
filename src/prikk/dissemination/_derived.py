"""Changes, shares, means and rates, from shown figures alone: where an input is hidden, so is what is worked out from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

import pyarrow as pa

from prikk.dissemination._columns import Column, columns_of
from prikk.dissemination._cube import PublishedCube
from prikk.dissemination._formula import Beside, Formula, formula, rounded
from prikk.dissemination._layout import Codes, Figures, figures_of, listed_rows
from prikk.dissemination._notes import impossible_sign
from prikk.spec import ReleaseSpec

_TYPE = pa.decimal128(24, 1)
_Line = tuple[int, str, str, Codes, Decimal | None, str]


def with_derived(cube: PublishedCube) -> PublishedCube:
    """The cube with all that its tables print beside its cells; the same cube where they print nothing else."""
    families = [f for f, t in enumerate(cube.spec.tables, start=1) if set(t.columns) != {"figure"}]
    if not families:
        return cube
    figures = figures_of(cube)
    lines = [line for family in families for line in _family(cube, family, figures)]
    return replace(cube, derived=_table(cube.spec, lines))


def formula_of(
    cube: PublishedCube, family: int, column: Column, codes: Codes, total: Codes
) -> Formula | None:
    """What stands in a column of a row of a family is worked out from this; None where there is nothing to compare with."""
    table = cube.spec.tables[family - 1]
    population, per = None, 1
    if table.rate is not None:
        place = list(cube.spec.dimensions).index(table.stub[0])
        population, per = (
            cube.classifications[table.stub[0]].base(codes[place], table.rate.of),
            table.rate.per,
        )
    return formula(
        cube.spec, column.kind, (column.period, codes), Beside(total=total, population=population, per=per)
    )


def _family(cube: PublishedCube, family: int, figures: Figures) -> Iterator[_Line]:
    columns = [c for c in columns_of(cube.spec, family) if c.kind != "figure"]
    periods = [p.code for p in cube.spec.periods]
    impossible = impossible_sign(cube.spec.protection.symbol)
    for codes, total in dict(listed_rows(cube, family, figures)).items():
        for column in columns:
            found = formula_of(cube, family, column, codes, total)
            value = impossible if found is None else worked_out(found, figures, impossible)
            shown = None if isinstance(value, str) else value
            status = value if isinstance(value, str) else ""
            yield family, column.kind, periods[column.period], codes, shown, status


def totals_of(cube: PublishedCube, families: Iterable[int]) -> dict[int, dict[Codes, Codes]]:
    """For some families the codes of every row, with those of the total of its table."""
    figures = figures_of(cube)
    return {family: dict(listed_rows(cube, family, figures)) for family in families}


def worked_out(found: Formula, figures: Figures, impossible: str) -> Decimal | str:
    """The value of a formula; the symbol where an input is hidden, the sign for not possible where the base is 0."""
    inputs = {(place, codes): figures[codes][place] for place, codes in found.inputs}
    for value in inputs.values():
        if isinstance(value, str):
            return value
    known = {cell: value for cell, value in inputs.items() if isinstance(value, int)}
    base = found.base if isinstance(found.base, int) else known[found.base]
    if base == 0:
        return impossible
    total = sum(sign * known[cell] for cell, sign in found.terms)
    return Decimal(rounded(found.unit, total, base)).scaleb(-found.decimals)


def _table(spec: ReleaseSpec, lines: list[_Line]) -> pa.Table:
    family, column, period, codes, value, status = zip(*lines, strict=True) if lines else [()] * 6
    own = list(zip(*codes, strict=True)) or [()] * len(spec.dimensions)
    return pa.table(
        {
            "family": pa.array(family, pa.int32()),
            "column": pa.array(column, pa.string()),
            "period": pa.array(period, pa.string()),
            **{name: pa.array(c, pa.string()) for name, c in zip(spec.dimensions, own, strict=True)},
            "value": pa.array(value, _TYPE),
            "status": pa.array(status, pa.string()),
        }
    )
