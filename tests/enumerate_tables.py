"""Every table that agrees with a small publication, one by one: what the audit must agree with."""

from __future__ import annotations

from itertools import product

import numpy as np

from prikk.auditing import Rule
from prikk.tabular import UNBOUNDED, CellTable, Hierarchy, Publication, Status, membership

AREA = Hierarchy(name="area", codes=("TOTAL", "A", "A1", "A2", "B", "B1"), parents=(-1, 0, 1, 1, 0, 4))
SEX = Hierarchy(name="sex", codes=("TOTAL", "F", "M"), parents=(-1, 0, 0))
MARGINS = [(0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (2, 1)]
LEAVES = [(a, s) for a in ("A1", "A2", "B1") for s in ("F", "M")]


def cells_of(margins):
    by_depth = {d: [c for c, at in zip(AREA.codes, AREA.depths, strict=True) if at == d] for d in (0, 1, 2)}
    sexes = {0: ["TOTAL"], 1: ["F", "M"]}
    return [(a, s) for area, sex in margins for a in by_depth[area] for s in sexes[sex]]


def publication(counts, margins, rule, extra_hidden):
    """Publish counts of the six finest cells: the rule hides, and so do the chosen cells, but never (0, 0)."""
    table = CellTable.from_codes([AREA, SEX], cells_of({*margins, (0, 0)}))
    values = truth(table, counts)
    primary = (values < rule.threshold) & ((values > 0) | (rule.zeros == "hidden"))
    secondary = ~primary & np.array([extra_hidden[i % len(extra_hidden)] for i in range(len(table))])
    secondary &= values > 0 if rule.zeros == "shown" else True
    primary[0] = secondary[0] = False
    hidden = primary | secondary
    status = np.where(primary, Status.PRIMARY, np.where(secondary, Status.SECONDARY, Status.PUBLISHED))
    return Publication(
        table=table,
        low=np.where(hidden, 0, values),
        high=np.where(hidden, UNBOUNDED, values),
        status=status.astype(np.uint8),
    ), values


def truth(table, counts):
    """The value of every cell of a table from the counts of the finest cells."""
    by_leaf = dict(zip(LEAVES, counts, strict=True))
    values = np.zeros(len(table), dtype=np.int64)
    up = {"A1": {"A1", "A", "TOTAL"}, "A2": {"A2", "A", "TOTAL"}, "B1": {"B1", "B", "TOTAL"}}
    for i in range(len(table)):
        area, sex = table.codes(i)
        values[i] = sum(n for (a, s), n in by_leaf.items() if area in up[a] and sex in {s, "TOTAL"})
    return values


def tables(pub: Publication, most: int):
    """All cell values of all tables of finest counts 0 to ``most``: an array (tables, cells)."""
    member = membership(
        CellTable(hierarchies=pub.table.hierarchies, coords=pub.table.coords, margins=pub.table.margins)
    )
    finest = np.array(list(product(range(most + 1), repeat=len(member.leaves))), dtype=np.int64)
    return finest @ member.matrix.T.toarray().astype(np.int64)


def agreeing(pub: Publication, rule: Rule, attacker: str, every):
    """Those of the tables that agree with what is shown and with what the attacker knows."""
    low, high = pub.low.copy(), pub.high.copy()
    hidden, primary = pub.status != Status.PUBLISHED, pub.status == Status.PRIMARY
    low[hidden] = np.maximum(low[hidden], rule.lowest)
    if attacker != "naive":
        high[primary] = np.minimum(high[primary], rule.highest)
    if attacker == "full":
        secondary = pub.status == Status.SECONDARY
        low[secondary] = np.maximum(low[secondary], rule.threshold)
    return every[np.all((every >= low) & (every <= high), axis=1)]
