"""What a report is made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from prikk.auditing import Audit, Derivation, HiddenCell, Requirement, Summary, leaks
from prikk.reading import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFacts:
    """A publication as it was read, what can be worked out of it, and what is asked of it.

    ``derivations`` are by the number of the cell; a cell without one is told without one.
    """

    title: str
    reading: Reading
    audit: Audit
    derivations: Mapping[int, Derivation]
    requirement: Requirement = "full"

    @property
    def summary(self) -> Summary:
        """The counts; contradictions are those of the reading and those of the attack."""
        return replace(self.audit.summary, contradictions=len(self.contradictions))

    @property
    def leaks(self) -> tuple[HiddenCell, ...]:
        """The hidden cells that do not meet the requirement, in the order of the tables."""
        return in_print_order(leaks(self.audit, self.requirement), self.reading)

    @property
    def ok(self) -> bool:
        """Whether every hidden cell meets the requirement."""
        return not self.leaks

    @property
    def contradictions(self) -> tuple[str, ...]:
        """Statements of the publication that cannot hold beside the others; the audit leaves them out."""
        return (*(c.text for c in self.reading.contradictions), *self.audit.contradictions)


def in_print_order(cells: Iterable[HiddenCell], reading: Reading) -> tuple[HiddenCell, ...]:
    """Sort cells by where they are first drawn; those that are drawn nowhere follow, by their number."""
    ranks: dict[int, int] = {}
    for table in reading.tables:
        for row in table.rows:
            for place in row:
                if place is not None and place.cell is not None:
                    ranks.setdefault(place.cell, len(ranks))
    return tuple(sorted(cells, key=lambda c: (ranks.get(c.cell, len(ranks)), c.cell)))
