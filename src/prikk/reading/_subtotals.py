"""Groups with a line of their own: "I alt oppfølging" is "Oppfølging" in a table of groups, not a member of that name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from prikk.reading._piece import Axis, Piece
from prikk.reading._text import key, plain
from prikk.reading._words import is_total, totalled

_MOST = 0.6

Page = tuple[int, int]
"""The number of a table of one or several pages, and the number of an axis in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subtotals:
    """What the subtotals of all tables say.

    ``labels`` are the labels on each axis of each table, subtotals without their word; ``double`` are labels that
    stand beside their own subtotal in some table; ``grouped`` are the tables whose rows are groups.
    """

    labels: Mapping[Page, set[str]] = field(default_factory=dict)
    double: frozenset[str] = frozenset()
    grouped: frozenset[int] = frozenset()

    @classmethod
    def of(cls, pieces: Sequence[Piece], chains: Mapping[int, int]) -> Subtotals:
        """Read the labels of all pieces; ``chains`` gives the table of each."""
        labels: dict[Page, set[str]] = {}
        rests: dict[int, set[str]] = {}
        members: dict[int, set[str]] = {}
        for number, piece in enumerate(pieces):
            table, titled = chains[number], key(" ".join(piece.titles))
            for place, axis in enumerate(piece.axes):
                own = labels.setdefault((table, place), set())
                own |= {totalled(t) or key(t) for t in axis.labels if t and not is_total(t)}
                if axis.origin == "heading":
                    continue
                rests.setdefault(table, set()).update(
                    r for t in axis.labels if (r := totalled(t)) and r not in titled
                )
                members.setdefault(table, set()).update(
                    key(t) for t in axis.labels if t and not totalled(t) and not is_total(t)
                )
        every = {r for own in rests.values() for r in own}
        double = {m for table, own in members.items() for m in own if m in rests[table]}
        grouped = {
            table
            for table, own in members.items()
            if not rests[table] and len(own & every) >= _MOST * len(own)
        }
        return cls(labels=labels, double=frozenset(double), grouped=frozenset(grouped))

    def labels_of(self, page: Page, axis: Axis) -> set[str]:
        """The labels of all pages of a table on one axis; of the axis alone, where it is not in the table."""
        return self.labels.get(page) or {key(t) for t in axis.labels if t and not is_total(t)}

    def is_member(self, label: str, table: int) -> bool:
        """Whether a label that names a group elsewhere is the member of that name here."""
        return key(label) in self.double and table not in self.grouped


def member_code(label: str) -> str:
    """The code of a member that has the name of its group."""
    return f"{plain(label)} (part)"
