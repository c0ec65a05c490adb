"""What a report is made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from prikk.auditing import Audit, Derivation, HiddenCell, Requirement, Summary, leaks
from prikk.reading import Reading

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFacts:
    """A publication as it was read, what can be worked out of it, and what is asked of it.

    ``accepted`` are unavoidable cells that the publisher lets pass. ``derivations`` are by the number of the cell; a cell without one is told without one. A report is written in
    several forms: what they have in common is worked out once and kept.
    """

    title: str
    reading: Reading
    audit: Audit
    derivations: Mapping[int, Derivation]
    requirement: Requirement = "full"
    accepted: tuple[int, ...] = ()
    _kept: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def kept(self, name: str, make: Callable[[], T]) -> T:
        """What was made under this name, made now if it was not."""
        if name not in self._kept:
            self._kept[name] = make()
        found: T = self._kept[name]
        return found

    @property
    def summary(self) -> Summary:
        """The counts; contradictions are those of the reading and those of the attack."""
        return replace(self.audit.summary, contradictions=len(self.contradictions))

    @property
    def leaks(self) -> tuple[HiddenCell, ...]:
        """The hidden cells that do not meet the requirement, in the order of the tables."""
        return self.kept(
            "leaks", lambda: in_print_order(leaks(self.audit, self.requirement, self.accepted), self.reading)
        )

    @property
    def ok(self) -> bool:
        """Whether every hidden cell meets the requirement."""
        return not self.leaks

    @property
    def rule_known(self) -> bool:
        """Whether a rule is known or taken to be: False where no threshold fits, and no reader can know one.

        The threshold of the attack is then no rule, but a measure of which values should stay open.
        """
        return self.reading.threshold is not None or self.audit.attacker != "naive"

    @property
    def either_kind(self) -> bool:
        """Whether nobody can say which hidden figures are under the rule: the sign stands for others too, and hides which."""
        return self.reading.mixed and self.reading.truth is None and self.audit.attacker == "naive"

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
