"""Compile the search and keep it on disk: ``python -m prikk.auditing``."""

import numpy as np

from prikk.auditing import Limits, Rule, attack, explain
from prikk.tabular import UNBOUNDED, CellTable, Hierarchy, Publication, Status


def main() -> None:
    """Attack a table of five cells by every way there is."""
    tree = Hierarchy(name="any", codes=("TOTAL", "A", "B", "C", "D"), parents=(-1, 0, 0, 0, 0))
    table = CellTable.from_codes([tree], [(code,) for code in tree.codes])
    hidden = np.array([False, True, True, True, False])
    values = np.array([12, 2, 3, 2, 5])
    publication = Publication(
        table=table,
        low=np.where(hidden, 0, values),
        high=np.where(hidden, UNBOUNDED, values),
        status=np.where(hidden, Status.PRIMARY, Status.PUBLISHED).astype(np.uint8),
    )
    rule = Rule(threshold=4, zeros="shown")
    found = attack(publication, rule, limits=Limits(small=0))
    attack(publication, rule, limits=Limits(large=0, large_nodes=0))
    explain(publication, rule, "threshold", found.hidden)


main()
