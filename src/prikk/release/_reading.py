"""Our own release as the audit reads it: from the published cube, with nothing that a reader does not see.

Only the statuses come from inside: the threshold attacker is assumed to know which hidden cells are primary.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from prikk.dissemination import PublishedCube, Row, Table, lay_out
from prikk.reading import DrawnCell, DrawnTable, Place, Reading
from prikk.release._derived import derived_relations
from prikk.release._gate import Pattern
from prikk.spec import TOTAL
from prikk.tabular import UNBOUNDED, CellTable, Hierarchy, Publication, Status

Figures = NDArray[np.int64]
Numbers = dict[tuple[str, ...], int]


def as_reading(cube: PublishedCube, pattern: Pattern, known: Figures | None = None) -> Reading:
    """Give a release as a reading, in its main language: one system over all tables and periods.

    Cells are numbered as in the cube: period by period. What is published is taken from the cube itself,
    so that the audit sees the very cells that will be written. ``known`` holds figures that readers have from an
    earlier release, below 0 where they have none.
    """
    numbers = _numbers(cube)
    publication = replace(_publication(cube, pattern), relations=derived_relations(cube, numbers))
    if known is not None:
        publication = replace(
            publication,
            low=np.where(known >= 0, known, publication.low),
            high=np.where(known >= 0, known, publication.high),
        )
    tables = lay_out(cube)
    places: list[list[Place]] = [[] for _ in range(cube.cells.num_rows)]
    drawn = tuple(_drawn(cube, table, numbers, places) for table in tables)
    language = cube.spec.release.languages[0]
    protection = cube.spec.protection
    return Reading(
        publication=publication,
        labels={
            name: {item.code: item.labels[language] for item in cube.classifications[name].items}
            for name in cube.spec.dimensions
        },
        places=tuple(tuple(p) for p in places),
        tables=drawn,
        threshold=protection.threshold,
        zeros=protection.zeros,
        symbols=(protection.symbol,),
        assumptions=(),
        unsure=(),
        contradictions=(),
    )


def _publication(cube: PublishedCube, pattern: Pattern) -> Publication:
    periods = [p.code for p in cube.spec.periods]
    hierarchies = [Hierarchy(name="period", codes=(TOTAL, *periods), parents=(-1, *[0] * len(periods)))]
    for name in cube.spec.dimensions:
        classification = cube.classifications[name]
        hierarchies.append(
            Hierarchy(name=name, codes=classification.in_order, parents=classification.parents)
        )
    codes = [cube.cells[h.name].to_pylist() for h in hierarchies]
    table = CellTable.from_codes(hierarchies, zip(*codes, strict=True))
    hidden = pc.is_null(cube.cells["value"]).to_numpy()
    shown = pc.fill_null(cube.cells["value"], 0).to_numpy()
    return Publication(
        table=table,
        low=np.where(hidden, 0, shown),
        high=np.where(hidden, UNBOUNDED, shown),
        status=np.where(hidden, pattern.ravel(), np.uint8(Status.PUBLISHED)).astype(np.uint8),
        additive=cube.spec.register_.unit == "participation",
        listed_over=0,
    )


def _numbers(cube: PublishedCube) -> Numbers:
    names = ["period", *cube.spec.dimensions]
    rows = zip(*(cube.cells[name].to_pylist() for name in names), strict=True)
    return {row: number for number, row in enumerate(rows)}


def _drawn(cube: PublishedCube, table: Table, numbers: Numbers, places: list[list[Place]]) -> DrawnTable:
    language = cube.spec.release.languages[0]
    heading = table.heading.get(language, "")
    name = f"{table.number}. {table.title[language]}" + (f": {heading}" if heading else "")
    heads = _heads(cube, table)
    head = (DrawnCell(text="", header=True), *(DrawnCell(text=code, header=True) for code in heads))
    periods = [cube.spec.periods[c.period].code if c.kind == "figure" else None for c in table.columns]
    rows = [_drawn_row(row, language, periods, numbers) for row in table.rows]
    for row, cells in zip(table.rows, rows, strict=True):
        for code, cell in zip(heads, cells[1:], strict=True):
            if cell.cell is not None:
                place = Place(table=name, row=row.label[language], column=code, source=cube.spec.release.id)
                places[cell.cell].append(place)
    return DrawnTable(name=name, source=cube.spec.release.id, rows=(head, *rows))


def _heads(cube: PublishedCube, table: Table) -> list[str]:
    """What stands above each column: the code of a period, and what is worked out for it."""
    codes = [p.code for p in cube.spec.periods]
    return [codes[c.period] if c.kind == "figure" else f"{codes[c.period]} {c.kind}" for c in table.columns]


def _drawn_row(row: Row, language: str, periods: list[str | None], numbers: Numbers) -> tuple[DrawnCell, ...]:
    figures = (
        DrawnCell(
            text=str(value),
            cell=None if code is None else numbers[code, *row.coordinates],
            bold=row.bold,
        )
        for code, value in zip(periods, row.printed, strict=True)
    )
    return (DrawnCell(text=row.label[language], header=True, bold=row.bold), *figures)
