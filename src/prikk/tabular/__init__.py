"""The table as mathematics: hierarchies, cells, what each cell sums, status. No files, no engines.

A cell is a combination of one code per dimension; the finest cells, whose codes are all leaves,
hold the counts ``x``; every published cell is a sum of some of them (``docs/design/model.md``).
"""

from prikk.tabular._groups import grouped, joined, named_codes, settled, spread, torn
from prikk.tabular._hierarchy import Hierarchy, Index
from prikk.tabular._publication import UNBOUNDED, Publication, Relation, Unknown
from prikk.tabular._relations import Sums, sums
from prikk.tabular._status import Status
from prikk.tabular._table import CellTable, Membership, membership

__all__ = [
    "UNBOUNDED",
    "CellTable",
    "Hierarchy",
    "Index",
    "Membership",
    "Publication",
    "Relation",
    "Status",
    "Sums",
    "Unknown",
    "grouped",
    "joined",
    "membership",
    "named_codes",
    "settled",
    "spread",
    "sums",
    "torn",
]
