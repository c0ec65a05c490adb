"""Suppression of a whole release: every table and every period as one task."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from prikk.auditing import Witnesses
from prikk.cube import Cube, family_margins
from prikk.errors import Finding, RefusedError, SpecError
from prikk.protect import COSTS, Reason, Suppression, Task, suppress
from prikk.release._gate import Pattern
from prikk.sensitivity import threshold_rule
from prikk.spec import TOTAL, ReleaseSpec, Selector
from prikk.steps import Steps
from prikk.tabular import CellTable, Hierarchy

Mask = NDArray[np.bool_]
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Protected:
    """A release under suppression: the pattern (periods by cells), its proof, and the cells the spec accepts as they are."""

    pattern: Pattern
    witnesses: Witnesses | None = None
    suppression: Suppression | None = None
    accepted: tuple[int, ...] = ()


def protect(cube: Cube, spec: ReleaseSpec, *, steps: Steps) -> Protected:
    """Suppress a cube as its spec says.

    Cells are numbered as in ``cells.csv``: period by period. Raises :class:`RefusedError` when a cell cannot be
    protected and the spec does not accept that.
    """
    table = with_periods(cube)
    counts = cube.counts.ravel()
    protection = spec.protection
    selected = {
        key: _selected(getattr(protection, key), key, table, spec) for key in ("keep", "hide", "accept")
    }
    asked = threshold_rule(counts, protection.threshold, protection.zeros)
    lowest = 0 if protection.zeros == "hidden" else 1
    task = Task(
        table=table,
        values=counts,
        requirement=asked,
        cost=COSTS[protection.cost](counts),
        secondary_low=protection.threshold if protection.attacker == "full" else lowest,
        range=protection.range,
        keep=selected["keep"] & ~selected["hide"],
        hide=selected["hide"] & ((counts > 0) | asked.sensitive),
        listed_over=0,
        additive=cube.additive,
    )
    found = suppress(task, effort=protection.effort, steps=steps)
    accepted = tuple(np.flatnonzero(selected["accept"]).tolist())
    _refuse(found, accepted, table, spec)
    witnesses = Witnesses(
        starts=found.starts, coords=found.coords, changes=found.changes, finest=found.finest
    )
    return Protected(
        pattern=found.status.reshape(cube.counts.shape),
        witnesses=witnesses if cube.additive else None,
        suppression=found,
        accepted=accepted,
    )


def with_periods(cube: Cube) -> CellTable:
    """The cells of all periods as one table; the period is its first dimension, and has no published total."""
    periods = [p.code for p in cube.periods]
    first = Hierarchy(name="period", codes=(TOTAL, *periods), parents=(-1, *[0] * len(periods)))
    many = len(cube.table)
    number = np.repeat(np.arange(1, len(periods) + 1, dtype=np.int32), many)
    return CellTable(
        hierarchies=(first, *cube.table.hierarchies),
        coords=np.column_stack([number, np.tile(cube.table.coords, (len(periods), 1))]).astype(np.int32),
        margins=tuple((1, *margin) for margin in cube.table.margins),
    )


def _selected(selectors: Sequence[Selector], key: str, table: CellTable, spec: ReleaseSpec) -> Mask:
    """The cells that any of some selectors names. Raises :class:`SpecError` for those that name none."""
    found = np.zeros(len(table), dtype=bool)
    findings = []
    for selector in selectors:
        cells = _cells(selector, table, spec)
        found |= cells
        if not cells.any():
            findings.append(
                Finding(
                    code="selector-empty",
                    what=f"{_named(selector)} is no published figure.",
                    where=f"release.toml, protection.{key}",
                    fix="Use codes of the classifications, TOTAL for a total, and periods as in release.periods.",
                )
            )
    if findings:
        raise SpecError(findings)
    return found


def _cells(selector: Selector, table: CellTable, spec: ReleaseSpec) -> Mask:
    if isinstance(selector, str):
        margins = family_margins(spec, spec.tables[int(selector.removeprefix("table:")) - 1])
        depths = np.stack([h.depths[table.coords[:, d]] for d, h in enumerate(table.hierarchies)], axis=1)
        return np.asarray(
            np.any([np.all(depths[:, 1:] == np.array(m), axis=1) for m in sorted(margins)], axis=0)
        )
    return table.having(selector)


def _named(selector: Selector) -> str:
    if isinstance(selector, str):
        return selector
    return "{ " + ", ".join(f'{name} = "{code}"' for name, code in selector.items()) + " }"


def _refuse(found: Suppression, accepted: Sequence[int], table: CellTable, spec: ReleaseSpec) -> None:
    """Raise :class:`RefusedError` for what cannot be protected; all reasons at once, with places and no values."""
    missing = [s for s in found.shortfalls if s.cell not in set(accepted)]
    findings = []
    for reason, what, fix in _REASONS:
        cells = [s.cell for s in missing if s.reason == reason]
        if cells:
            release = {c for s in missing if s.reason == reason for c in s.release}
            findings.append(
                Finding(
                    code=f"protect-{reason.value}",
                    what=what.format(n=len(cells)) + f" They are {_listed(cells, table)}.",
                    where=f"{spec.release.id}, protection",
                    fix=fix.format(release=_listed(sorted(release), table)),
                )
            )
    if findings:
        raise RefusedError(findings)


def _listed(cells: Sequence[int], table: CellTable) -> str:
    names = [h.name for h in table.hierarchies]
    shown = [
        "{ " + ", ".join(f'{n} = "{c}"' for n, c in zip(names, table.codes(cell), strict=True)) + " }"
        for cell in cells[:_MOST_NAMED]
    ]
    more = f" and {len(cells) - _MOST_NAMED} more" if len(cells) > _MOST_NAMED else ""
    return ", ".join(shown) + more


_REASONS = (
    (
        Reason.UNAVOIDABLE,
        "{n} figures under the rule have only one possible value, whatever is hidden beside them.",
        'Hide zeros (zeros = "hidden"), merge categories, publish fewer tables, or name them in protection.accept.',
    ),
    (
        Reason.KEPT,
        "{n} figures under the rule cannot be protected beside what must be kept.",
        "Take out of protection.keep: {release}.",
    ),
    (
        Reason.UNDECIDED,
        "{n} figures under the rule were not protected within the limits of the search.",
        "Raise protection.effort, or publish fewer tables.",
    ),
)
