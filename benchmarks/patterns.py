"""What other tools hid, as publications with their true figures."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from prikk.tabular import UNBOUNDED, CellTable, Hierarchy, Publication, Status

SHARED = Path(__file__).parents[2] / "shared"
BENCH = SHARED / "bench"
TOTAL = "TOTAL"


def seedcube(month: int) -> tuple[Publication, NDArray[np.int64]]:
    """A month of the seed with figures made up to agree with it, as GaussSuppression hid it; zeros hidden."""
    with (BENCH / f"seedcube_{month}.csv").open() as file:
        rows = list(csv.DictReader(file))
    counts: Counter[tuple[str, ...]] = Counter()
    for row in rows:
        for codes in _cells(row):
            counts[codes] += int(row["freq"])
    table = CellTable.from_codes(_hierarchies(rows), list(counts))
    values = np.array([counts[table.codes(i)] for i in range(len(table))], dtype=np.int64)
    signs = _signs(month)
    status = np.array(
        [signs.get(table.codes(i), Status.PUBLISHED) for i in range(len(table))], dtype=np.uint8
    )
    hidden = status != Status.PUBLISHED
    return Publication(
        table=table,
        low=np.where(hidden, 0, values),
        high=np.where(hidden, UNBOUNDED, values),
        status=status,
    ), values


def _cells(row: dict[str, str]) -> list[tuple[str, ...]]:
    """The published cells that a leaf counts in; there is no total of a measure over the main groups."""
    every = product((TOTAL, "G" + row["mg"]), (TOTAL, "a" + row["age"]), (TOTAL, row["grp"], row["measure"]))
    return [
        (group, age, what)
        for group, age, what in every
        if group != TOTAL or not (what == row["measure"] or (age == TOTAL and what != TOTAL))
    ]


def _hierarchies(rows: list[dict[str, str]]) -> list[Hierarchy]:
    groups = [Hierarchy(name="mg", codes=(TOTAL, *_codes(rows, "mg", "G")), parents=(-1, 0, 0, 0))]
    ages = _codes(rows, "age", "a")
    groups.append(Hierarchy(name="age", codes=(TOTAL, *ages), parents=(-1, *(0 for _ in ages))))
    codes, parents = [TOTAL], [-1]
    for group in _codes(rows, "grp", ""):
        parent = len(codes)
        inside = sorted({r["measure"] for r in rows if r["grp"] == group})
        codes += [group, *inside]
        parents += [0, *(parent for _ in inside)]
    return [*groups, Hierarchy(name="measure", codes=tuple(codes), parents=tuple(parents))]


def _codes(rows: list[dict[str, str]], column: str, prefix: str) -> list[str]:
    return sorted({prefix + r[column] for r in rows})


def _signs(month: int) -> dict[tuple[str, ...], Status]:
    with (BENCH / "patterns" / f"gs_seed_{month}_pzT.csv").open() as file:
        return {
            tuple(TOTAL if r[d] == "Total" else r[d] for d in ("mg", "age", "measure")): (
                Status.PRIMARY if r["primary"] == "TRUE" else Status.SECONDARY
            )
            for r in csv.DictReader(file)
            if r["suppressed"] == "TRUE"
        }
