"""The rows of a table of counts, and all that is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from prikk.errors import Finding
from prikk.protection._arrow import opened
from prikk.protection._columns import COSTS, Trees, Whole, coords_of, once, prices, unfit, whole
from prikk.protection._findings import coded, listed
from prikk.protection._model import Ints, Rows, Source, Tree

GREATEST = 10**11
"""No register counts more; far below what overflows when summed."""
_FIX = "Give counts: whole numbers from 0 up."
_COUNT = Whole("count", GREATEST, "are too large for counts of people", _FIX, _FIX)


def read_rows(source: Source, trees: Trees, cost: str, findings: list[Finding]) -> Rows | None:
    """Read the rows of a table; None, with the findings, when they cannot be used."""
    found = opened(source.rows, "the table", findings)
    if found is None:
        return None
    extra = None if cost in COSTS else cost
    before = len(findings)
    findings.extend(unfit(found, [*trees, source.count, *([extra] if extra else [])], source.ignore))
    single = once(found)
    counts = whole(found, source.count, _COUNT, findings) if source.count in single else None
    costs = prices(found, extra, findings) if extra is not None and extra in single else None
    coords = coords_of(found, trees, findings)
    if len(findings) > before or len(coords) < len(trees) or counts is None or not coords:
        return None
    return Rows(
        coords=np.stack(coords, axis=1).astype(np.int32),
        counts=counts,
        costs=costs,
        place=found.place,
        first=found.first,
        word=found.word,
    )


def repeated(rows: Rows, keys: Ints, trees: Sequence[Tree], findings: list[Finding]) -> None:
    """Find rows with the codes of an earlier one."""
    _, first = np.unique(keys, return_index=True)
    if len(first) == len(keys):
        return
    again = np.setdiff1d(np.arange(len(keys)), first)
    named = [
        f"{rows.named(row)} "
        + coded(t.hierarchy.codes[c] for t, c in zip(trees, rows.coords[row], strict=True))
        for row in again.tolist()
    ]
    what = f"{len(again)} rows have the codes of an earlier one: {listed(named)}."
    fix = "Give each cell one row; a further dimension needs a column and a hierarchy."
    findings.append(Finding(code="row-twice", what=what, where=rows.place, fix=fix))
