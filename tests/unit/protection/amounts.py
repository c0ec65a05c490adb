"""A small table of amounts: who contributes what, by hand and as rows."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from scipy.optimize import linprog

from prikk.errors import ProtectError
from prikk.protection import AmountRules, Settings, Source
from prikk.protection._run import Read, read_table
from unit.protection.kit import REGION

INDUSTRY = [("all", ""), ("A", "all"), ("B", "all"), ("C", "all")]
DIMS = {"region": REGION, "industry": INDUSTRY}
PARENTS = tuple({c: p or None for c, p in tree} for tree in (REGION, INDUSTRY))
FINEST = list(product(("N1", "N2", "S1", "S2"), "ABC"))
Contribution = tuple[str, str, str, int]

GIVEN: list[Contribution] = [
    (region, industry, f"{region}{industry}{i}", size)
    for (region, industry), sizes in {
        ("N1", "A"): (900, 40, 30), ("N1", "B"): (300, 280, 260, 240), ("N1", "C"): (150, 140, 160, 120),
        ("N2", "A"): (200, 210, 190, 220), ("N2", "B"): (310, 320, 290), ("N2", "C"): (90, 95, 85, 80),
        ("S1", "A"): (400, 380, 420), ("S1", "B"): (150, 160, 155), ("S1", "C"): (500, 480, 510),
        ("S2", "A"): (330, 300, 310), ("S2", "B"): (800, 10), ("S2", "C"): (240, 250, 260, 230),
    }.items()
    for i, size in enumerate(sizes)
]  # fmt: skip


def rows(given: Iterable[Contribution]) -> pa.Table:
    """Contributions as a frame."""
    columns = list(zip(*given, strict=True))
    return pa.table(dict(zip(("region", "industry", "company", "turnover"), columns, strict=True)))


def source(given: Any, **more: Any) -> Source:
    return Source(rows=given, dims=DIMS, **{"value": "turnover", "contributor": "company"} | more)


def read(given: Any, rules: AmountRules, *, tables: tuple[str, ...] | None = None, **more: Any) -> Read:
    return read_table(source(given, **more), Settings(amounts=rules, tables=tables))


def faults(given: Any, rules: AmountRules, **more: Any) -> dict[str, str]:
    """What is wrong, by code."""
    with pytest.raises(ProtectError) as caught:
        read(given, rules, **more)
    return {f.code: f"{f.where}: {f.what} {f.fix}" for f in caught.value.findings}


def above(code: str | None, parents: Mapping[str, str | None]) -> Iterable[str]:
    while code is not None:
        yield code
        code = parents[code]


def by_hand(given: Iterable[Contribution]) -> dict[tuple[str, str], dict[str, int]]:
    """The amount of each contributor in every cell, totals too."""
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for region, industry, who, amount in given:
        for cell in product(above(region, PARENTS[0]), above(industry, PARENTS[1])):
            found[cell][who] += amount
    return found


def left_open(path: Path, codes: tuple[str, str], column: str = "turnover") -> tuple[float, float]:
    """What a reader of a written file can tell of a hidden cell: linear programmes in the finest cells from 0 up."""
    shown = [r for r in csv.DictReader(path.read_text().splitlines()) if r["status"] == "published"]

    def inside(region: str, industry: str) -> list[float]:
        cells = [product(above(r, PARENTS[0]), above(i, PARENTS[1])) for r, i in FINEST]
        return [float((region, industry) in set(cell)) for cell in cells]

    listed = {(r["region"], r["industry"]) for r in csv.DictReader(path.read_text().splitlines())}
    bounds = [(0, None if cell in listed else 0) for cell in FINEST]
    matrix = np.array([inside(r["region"], r["industry"]) for r in shown])
    right = np.array([float(r[column]) for r in shown])
    ends = []
    for sign in (1, -1):
        cost = sign * np.array(inside(*codes))
        answer = linprog(cost, A_eq=matrix, b_eq=right, bounds=bounds)
        ends.append(np.inf if answer.status == 3 else sign * answer.fun)
    return ends[0], ends[1]
