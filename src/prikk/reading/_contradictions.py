"""Published identities that do not hold, and hidden cells that cannot be small."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from prikk.reading._assemble import Assembled
from prikk.reading._dating import PERIOD
from prikk.reading._model import Contradiction, Place, Zeros
from prikk.reading._rows import unique_rows
from prikk.reading._text import counted
from prikk.tabular import CellTable, Status, Sums, sums

Places = Sequence[Sequence[Place]]
Name = Callable[[int], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Faulty:
    """Identities that are not used, and why the printed ones among them fail."""

    exempt: tuple[tuple[int, int], ...]
    contradictions: tuple[Contradiction, ...]
    doubted: int = 0


def faulty(built: Assembled, unused: Sequence[set[int]], places: Places, name: Name, lowest: int) -> Faulty:
    """Check every identity of the table in the figures that are shown.

    ``unused`` are for each dimension the places of codes whose sums are no sums; ``lowest`` is the least that a
    hidden figure can be. A sum that fails in most periods is used in none: a label is misread, or it is no sum, and
    what it would tell of hidden figures in the other periods would be wrong. ``doubted`` tells how many there are.
    """
    found = sums(built.table)
    at = built.table.coords[found.totals, found.dimensions] if len(found) else np.zeros(0, dtype=np.int32)
    exempt: list[tuple[int, int]] = []
    contradictions: list[Contradiction] = []
    wrong = _failing(built, found, lowest)
    not_sums = np.zeros(len(found), dtype=bool)
    for d, codes in enumerate(unused):
        not_sums |= (found.dimensions == d) & np.isin(at, list(codes))
    doubted = _mostly_failing(built, found, wrong) & ~not_sums & ~wrong
    exempt.extend((int(found.totals[i]), int(found.dimensions[i])) for i in np.flatnonzero(doubted))
    for i in np.flatnonzero(not_sums | wrong).tolist():
        total, d = int(found.totals[i]), int(found.dimensions[i])
        exempt.append((total, d))
        if not not_sums[i]:
            parts = found.parts[found.starts[i] : found.starts[i + 1]]
            contradictions.append(_contradiction(built, total, d, parts, (places, name)))
    return Faulty(exempt=tuple(exempt), contradictions=tuple(contradictions), doubted=int(doubted.sum()))


def _mostly_failing(built: Assembled, found: Sums, wrong: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which identities fail in at least half of the periods in which all their figures are shown, and in several."""
    names = [h.name for h in built.table.hierarchies]
    if PERIOD not in names or not wrong.any():
        return np.zeros(len(found), dtype=bool)
    others = np.delete(built.table.coords[found.totals], names.index(PERIOD), axis=1).astype(np.int64)
    series = unique_rows(np.column_stack([found.dimensions.astype(np.int64), others]))[1]
    exact = (built.status == Status.PUBLISHED) & (built.low == built.high)
    clear = exact[found.totals] & np.logical_and.reduceat(exact[found.parts], found.starts[:-1])
    failed = np.bincount(series, weights=wrong)
    checked = np.bincount(series, weights=clear | wrong)
    return np.asarray(((failed > 1) & (failed * 2 >= checked))[series])


def not_used(built: Assembled, unused: Sequence[set[int]]) -> Faulty:
    """Leave out the sums of codes that are no totals, and check nothing else."""
    exempt = tuple(
        (int(cell), d)
        for d, codes in enumerate(unused)
        for cell in np.flatnonzero(np.isin(built.table.coords[:, d], list(codes)))
    )
    return Faulty(exempt=exempt, contradictions=())


def _failing(built: Assembled, found: Sums, lowest: int) -> NDArray[np.bool_]:
    if not len(found):
        return np.zeros(0, dtype=bool)
    hidden = (built.status == Status.PRIMARY) | (built.status == Status.SECONDARY)
    low = np.maximum(built.low, np.where(hidden, lowest, 0))
    least = np.add.reduceat(low[found.parts], found.starts[:-1])
    most = np.minimum(
        np.add.reduceat(np.minimum(built.high, 1 << 40)[found.parts], found.starts[:-1]), 1 << 40
    )
    return np.asarray((least > built.high[found.totals]) | (most < low[found.totals]))


def _contradiction(
    built: Assembled, total: int, d: int, parts: NDArray[np.intp], words: tuple[Places, Name]
) -> Contradiction:
    places, name = words
    dimension = built.table.hierarchies[d].name
    shown = built.status[parts] == Status.PUBLISHED
    summed = int(built.low[parts][shown].sum())
    hidden = int((~shown).sum())
    whole = (
        f"the total {_figure(built, total)}"
        if built.status[total] == Status.PUBLISHED
        else "the hidden total"
    )
    if hidden:
        rest = f"its shown parts make {summed}, and {counted(hidden, 'more is', 'more are')} hidden or not available"
    else:
        rest = f"it is not the sum of its {counted(len(parts), 'part')}, {summed}"
    own = [*places[total][:1], *(p for i in parts.tolist() for p in places[i][:1])]
    return Contradiction(text=f"{name(total)}: {whole} along '{dimension}': {rest}", places=tuple(own))


def _figure(built: Assembled, cell: int) -> str:
    low, high = int(built.low[cell]), int(built.high[cell])
    return str(low) if low == high else f"{low} to {high}"


def beyond_rule(
    built: Assembled, threshold: int | None, exempt: Sequence[tuple[int, int]]
) -> tuple[NDArray[np.uint8], int]:
    """Give statuses in which hidden cells that cannot be below the limit are secondary, and how many these are.

    A hidden total is beyond the limit when its shown parts are; hidden parts are, as far as anybody can tell, when
    together they must exceed what the rule lets them be.
    """
    status = built.status.copy()
    if threshold is None:
        return status, 0
    found = sums(built.table)
    if not len(found):
        return status, 0
    starts, parts = found.starts[:-1], found.parts
    skip = set(exempt)
    used = np.array(
        [p not in skip for p in zip(found.totals.tolist(), found.dimensions.tolist(), strict=True)]
    )
    primary = built.status[parts] == Status.PRIMARY
    shown = built.status[parts] == Status.PUBLISHED
    low = np.add.reduceat(built.low[parts], starts)
    own = built.status[found.totals] == Status.PRIMARY
    status[found.totals[used & own & (low >= threshold)]] = Status.SECONDARY
    hidden = np.add.reduceat(primary.astype(np.int64), starts)
    clear = np.add.reduceat((~primary & ~shown).astype(np.int64), starts) == 0
    rest = np.add.reduceat(np.where(shown, built.high[parts], 0), starts)
    gap = built.low[found.totals] - rest
    many = used & clear & (hidden > 0) & (gap > hidden * (threshold - 1))
    each = np.repeat(many, np.diff(found.starts)) & primary
    status[parts[each]] = Status.SECONDARY
    changed = int(((status == Status.SECONDARY) & (built.status == Status.PRIMARY)).sum())
    return status, changed


def small_and_shown(built: Assembled, threshold: int | None, zeros: Zeros) -> int:
    """How many figures are shown that the rule would hide."""
    if threshold is None:
        return 0
    lowest = 0 if zeros == "hidden" else 1
    shown = (built.status == Status.PUBLISHED) & built.printed
    return int((shown & (built.low == built.high) & (built.low >= lowest) & (built.low < threshold)).sum())


def cell_names(table: CellTable, labels: Sequence[Mapping[str, str]]) -> Name:
    """Give a function that names a cell by its labels; totals are left out where anything else is there."""

    def name(cell: int) -> str:
        codes = table.codes(cell)
        inner = [labels[d].get(c, c) for d, c in enumerate(codes) if table.coords[cell, d] != 0]
        return ", ".join(inner) if inner else labels[0].get(codes[0], codes[0])

    return name
