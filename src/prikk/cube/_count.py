"""Run the statement and give its answer as arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from prikk.classifications import Classification
from prikk.cube._statement import statement
from prikk.errors import Finding, RegisterError
from prikk.register import Register
from prikk.spec import TOTAL, Period, ReleaseSpec, margins
from prikk.tabular import CellTable, Hierarchy

Answer = Mapping[str, list[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cube:
    """All listed cells with their true counts: ``counts`` is periods by cells of ``table``."""

    table: CellTable
    periods: tuple[Period, ...]
    counts: NDArray[np.int64]
    additive: bool


def count(register: Register, spec: ReleaseSpec, classifications: Mapping[str, Classification]) -> Cube:
    """Count a checked register: every margin of every table, every period, one statement.

    A cell is listed when it has at least one unit in some period; the others are left out. Raises
    :class:`RegisterError` when a period has nobody at all, which is a register that does not cover
    the release and not a statistic.
    """
    published = margins(spec)
    asked = statement(spec, classifications, published, register.view)
    answer = register.connection.sql(asked.sql).to_arrow_table().to_pydict()
    hierarchies = tuple(
        Hierarchy(name=name, codes=classifications[name].in_order, parents=classifications[name].parents)
        for name in spec.dimensions
    )
    _refuse_empty_periods(answer, spec)
    coords = np.stack([_codes(answer, spec.levels(h.name), h) for h in hierarchies], axis=1)
    rows = np.unique(coords, axis=0)
    table = CellTable(hierarchies=hierarchies, coords=rows, margins=published)
    counts = np.zeros((len(spec.periods), len(table)), dtype=np.int64)
    period = {p.code: i for i, p in enumerate(spec.periods)}
    at = np.fromiter((period[code] for code in answer["period"]), dtype=np.intp, count=len(coords))
    counts[at, table.find(coords)] = np.asarray(answer["n"], dtype=np.int64)
    return Cube(table=table, periods=spec.periods, counts=counts, additive=not asked.distinct)


def _codes(answer: Answer, levels: tuple[str, ...], hierarchy: Hierarchy) -> NDArray[np.int32]:
    """The deepest code that a row has in a dimension; its total where all levels are null."""
    columns = [answer[level] for level in reversed(levels)]
    deepest = (next((code for code in row if code is not None), TOTAL) for row in zip(*columns, strict=True))
    return np.fromiter((hierarchy.index[code] for code in deepest), dtype=np.int32, count=len(columns[0]))


def _refuse_empty_periods(answer: Answer, spec: ReleaseSpec) -> None:
    seen = set(answer["period"])
    empty = [p for p in spec.periods if p.code not in seen]
    findings = [
        Finding(
            code="period-empty",
            what=f"nobody is counted on {p.reference.isoformat()}, the reference date of {p.code}.",
            where="register",
            fix="Use a register that covers the period, or shorten release.periods.",
        )
        for p in empty
    ]
    if findings:
        raise RegisterError(findings)
