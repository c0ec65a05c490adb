"""An earlier release of the same statistic: what its readers know already, and what it hid."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from prikk.errors import Finding, RefusedError, SpecError
from prikk.protect import Task
from prikk.release._selectors import Mask, listed
from prikk.spec import ReleaseSpec
from prikk.tabular import CellTable

Ints = NDArray[np.int64]
_WHERE = "release.toml, protection.previous"
_FIX = "Give the folder 'public' that an earlier build of the same statistic wrote."


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The public cells of an earlier release: the figure by its codes, the period first; None where it was hidden.

    ``digest`` is that of the file they were read from.
    """

    digest: str
    cells: Mapping[tuple[str, ...], int | None]

    @property
    def periods(self) -> list[str]:
        """Its periods, in order."""
        return sorted({codes[0] for codes in self.cells})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Known:
    """What an earlier release makes of the cells of this one.

    ``shown``: readers know the figure already. ``hidden``: it was hidden there, for the same period or, before the first
    period of this release, for the last one.
    """

    shown: Mask
    hidden: Mask


def read_previous(spec: ReleaseSpec) -> Earlier | None:
    """Read the earlier release that a spec names. Raises :class:`SpecError` when there is none, or of another statistic."""
    if spec.protection.previous is None:
        return None
    folder = spec.path(spec.protection.previous)
    if not folder.is_dir():
        raise SpecError(_fault("previous-missing", f"there is no folder '{spec.protection.previous}'."))
    try:
        about = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        content = (folder / "cells.csv").read_bytes()
        rows = list(csv.reader(content.decode().splitlines()))
        symbol = about["protection"]["symbol"]
    except (OSError, ValueError, KeyError, TypeError):
        what = "the folder holds no release: its manifest.json or cells.csv is missing or not readable."
        raise SpecError(_fault("previous-release", what)) from None
    _refuse_other(rows[0] if rows else [], spec)
    digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
    return Earlier(digest=digest, cells=_cells(rows, list(spec.dimensions), symbol))


def _refuse_other(header: Sequence[str], spec: ReleaseSpec) -> None:
    if set(header) != {"period", "value", "status", *spec.dimensions}:
        theirs = [name for name in header if name not in ("period", "value", "status")]
        what = f"its dimensions are {', '.join(theirs) or 'none'}, those of this release {', '.join(spec.dimensions)}."
        raise SpecError(_fault("previous-dimensions", what))


def _cells(
    rows: Sequence[Sequence[str]], dimensions: Sequence[str], symbol: str
) -> dict[tuple[str, ...], int | None]:
    header = list(rows[0])
    places = [header.index(name) for name in ("period", *dimensions)]
    value, status = header.index("value"), header.index("status")
    try:
        return {
            tuple(row[p] for p in places): None if row[status] == symbol else int(row[value])
            for row in rows[1:]
        }
    except (ValueError, IndexError):
        what = "a row of its cells.csv has neither a figure nor the symbol of a hidden one."
        raise SpecError(_fault("previous-release", what)) from None


def known_of(earlier: Earlier, table: CellTable, counts: Ints) -> Known:
    """Compare the cells of this release with those of an earlier one.

    A row that the earlier release did not list, though it printed others of the same levels for the period, is known to be 0 there.
    A figure that has changed since is not known. Raises :class:`SpecError` where the earlier release shows figures of the same
    periods that this one does not print: what readers can work out with them cannot be told.
    """
    codes = [table.codes(cell) for cell in range(len(table))]
    periods = set(earlier.periods)
    _refuse_wider(earlier, set(codes))
    printed = {_levels(c, table) for c in earlier.cells if _has(c, table)}
    last = _last_before(earlier.periods, min(c[0] for c in codes))
    shown, hidden = np.zeros(len(table), dtype=bool), np.zeros(len(table), dtype=bool)
    for cell, own in enumerate(codes):
        if own[0] in periods:
            listed = own in earlier.cells
            figure = earlier.cells[own] if listed else 0
            shown[cell] = figure == counts[cell] and (listed or _levels(own, table) in printed)
            hidden[cell] = listed and figure is None
        elif last is not None and own[0] == codes[0][0]:
            before = (last, *own[1:])
            hidden[cell] = before in earlier.cells and earlier.cells[before] is None
    return Known(shown=shown, hidden=hidden)


def beside_earlier(task: Task, known: Known, accepted: Mask, spec: ReleaseSpec) -> Task:
    """Keep what readers know already: hiding it protects nothing.

    A figure under the rule that is known stays hidden in print, and asks for nothing. Raises :class:`RefusedError` for those that
    the spec does not accept, and for what it wants hidden though it is known.
    """
    asked = task.requirement
    lost = known.shown & asked.sensitive
    findings = [
        Finding(
            code=code,
            what=f"{int(cells.sum())} figures {what}, and an earlier release shows them with the same value. "
            f"They are {listed(np.flatnonzero(cells).tolist(), task.table)}.",
            where=f"{spec.release.id}, protection",
            fix=fix,
        )
        for code, cells, what, fix in (
            ("previous-shown", lost & ~accepted, "fall under the rule", "Name them in protection.accept."),
            (
                "previous-hide",
                known.shown & ~asked.sensitive & (task.hide if task.hide is not None else lost),
                "are to be hidden",
                "Take them out of protection.hide.",
            ),
        )
        if cells.any()
    ]
    if findings:
        raise RefusedError(findings)
    keep = known.shown & ~asked.sensitive
    return replace(
        task,
        keep=keep if task.keep is None else keep | task.keep,
        requirement=replace(
            asked,
            low=np.where(lost, task.values, asked.low),
            high=np.where(lost, task.values, asked.high),
            down=np.where(lost, 0, asked.down),
            up=np.where(lost, 0, asked.up),
        ),
    )


def _last_before(periods: Sequence[str], first: str) -> str | None:
    """The last of some periods before another; codes of periods sort by time."""
    before = [p for p in periods if p < first]
    return before[-1] if before else None


def _has(codes: tuple[str, ...], table: CellTable) -> bool:
    return all(code in h.index for code, h in zip(codes, table.hierarchies, strict=True))


def _levels(codes: tuple[str, ...], table: CellTable) -> tuple[int, ...]:
    """The period and the level of every other code."""
    period, *rest = zip(codes, table.hierarchies, strict=True)
    return (period[1].index[period[0]], *(int(h.depths[h.index[code]]) for code, h in rest))


def _refuse_wider(earlier: Earlier, own: set[tuple[str, ...]]) -> None:
    periods = {codes[0] for codes in own}
    lost = [c for c, figure in earlier.cells.items() if figure and c[0] in periods and c not in own]
    if lost:
        first = ", ".join(lost[0])
        what = (
            f"it shows {len(lost)} figures of the same periods that this release does not print, "
            f"the first of them ({first}). What readers can work out with them cannot be told."
        )
        fix = "Publish the same tables and codes, or other periods."
        raise SpecError(Finding(code="previous-wider", what=what, where=_WHERE, fix=fix))


def _fault(code: str, what: str) -> Finding:
    return Finding(code=code, what=what, where=_WHERE, fix=_FIX)
