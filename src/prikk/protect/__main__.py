"""Compile the loops of protection once, so that the first user does not wait: ``python -m prikk.protect``."""

from __future__ import annotations

import numpy as np

from prikk.protect import Task, suppress
from prikk.sensitivity import threshold_rule
from prikk.tabular import CellTable, Hierarchy

if __name__ == "__main__":
    parts = tuple(
        Hierarchy(name=name, codes=("TOTAL", "A", "B", "C"), parents=(-1, 0, 0, 0))
        for name in ("row", "column")
    )
    cells = [(a, b) for a in parts[0].codes for b in parts[1].codes]
    table = CellTable.from_codes(parts, cells)
    grid = np.array([[2, 9, 30], [8, 12, 40], [20, 25, 60]])
    whole = np.pad(grid, ((1, 0), (1, 0)))
    whole[0, 1:], whole[1:, 0], whole[0, 0] = grid.sum(axis=0), grid.sum(axis=1), grid.sum()
    counts = whole.ravel().astype(np.int64)
    for zeros in ("hidden", "shown"):
        suppress(
            Task(
                table=table,
                values=counts,
                requirement=threshold_rule(counts, 4, zeros),
                cost=np.ones(len(counts)),
                secondary_low=0,
            ),
            effort=1,
        )
