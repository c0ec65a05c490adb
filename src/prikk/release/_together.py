"""The gate's check of ``together``: read from what is about to be published, by the spec's words alone."""

from __future__ import annotations

from collections.abc import Mapping

from prikk.dissemination import PublishedCube
from prikk.errors import Finding
from prikk.release._selectors import named
from prikk.spec import TOTAL, Group


def half_hidden(cube: PublishedCube) -> list[Finding]:
    """Find the groups of which a part is hidden and a part is shown; shown zeros do not count where the rule shows them."""
    return [
        Finding(
            code="together-half",
            what=f"{many} groups of {named(group)} are hidden in part and shown in part.",
            where=f"{cube.spec.release.id}, protection.together[{place}]",
            fix="This is a fault of prikk: please report it. Until then take the entry out.",
        )
        for place, group in enumerate(cube.spec.protection.together, start=1)
        if (many := _halves(cube, group))
    ]


def _halves(cube: PublishedCube, group: Group) -> int:
    names = ["period", *cube.spec.dimensions]
    others = [n for n in names if n not in group]
    states: dict[tuple[str, ...], set[bool]] = {}
    for row in cube.cells.to_pylist():
        free = row["value"] == 0 and cube.spec.protection.zeros == "shown"
        if not free and _matches(row, group):
            states.setdefault(tuple(row[n] for n in others), set()).add(row["value"] is None)
    return sum(len(found) > 1 for found in states.values())


def _matches(row: Mapping[str, str], group: Group) -> bool:
    def meets(name: str, wanted: str | tuple[str, ...]) -> bool:
        if wanted == "*":
            return row[name] != TOTAL
        return row[name] in ((wanted,) if isinstance(wanted, str) else wanted)

    return all(meets(name, wanted) for name, wanted in group.items())
