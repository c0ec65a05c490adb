"""Cells to a table: with the rests, the stand-ins, and the unprinted combinations of which nothing is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from prikk.reading._dimensions import Notes
from prikk.reading._facts import HIDDEN, MISSING, SHOWN, Cells
from prikk.reading._hierarchies import Levelled
from prikk.reading._piece import Ints
from prikk.reading._rows import unique_rows
from prikk.reading._text import counted
from prikk.tabular import UNBOUNDED, CellTable, Status, Sums, sums

Rows = tuple[Literal["all", "nonzero"] | None, bool]
"""Which rows are listed (whatever they hold, or only if they are not zero; None: not known), and if the user says so."""

_MOST_ADDED = 300_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembled:
    """The table, what is printed of each cell, and the cell of each of the :class:`Cells` it was made from.

    ``printed`` is False for cells that no document prints; ``loose`` tells whether there are any of which nothing is
    known. ``zeros`` is True where unprinted combinations were
    found to be zero, False where not, None where there are none.
    """

    table: CellTable
    low: Ints
    high: Ints
    status: NDArray[np.uint8]
    truth: Ints
    printed: NDArray[np.bool_]
    place: Ints
    zeros: bool | None
    loose: bool


@dataclass(slots=True)
class _Grown:
    """Cells as they are added; ``truth`` is -1 where nobody says."""

    coords: Ints
    low: Ints
    high: Ints
    status: NDArray[np.uint8]
    truth: Ints
    loose: bool = False

    def add(self, coords: Ints, like: Ints | None = None) -> None:
        """Add cells of which nothing is known; ``like`` are the shown cells that they equal, -1 for none."""
        many = len(coords)
        self.loose = self.loose or (like is None and many > 0)
        twin = np.full(many, -1) if like is None else like
        shown = (twin >= 0) & (self.status[twin] == Status.PUBLISHED)
        self.coords = np.concatenate([self.coords, coords])
        self.low = np.concatenate([self.low, np.where(shown, self.low[twin], 0)])
        self.high = np.concatenate([self.high, np.where(shown, self.high[twin], UNBOUNDED)])
        status = np.where(shown, Status.PUBLISHED, Status.MISSING).astype(np.uint8)
        self.truth = np.concatenate([self.truth, np.where(twin >= 0, self.truth[twin], -1)])
        self.status = np.concatenate([self.status, status])


def assemble(cells: Cells, levels: Sequence[Levelled], listed: Rows, notes: Notes) -> Assembled:
    """Build the table of all cells, printed ones and those that the system needs beside them."""
    depth = [lv.hierarchy.depths for lv in levels]
    coords = np.stack([lv.places[cells.coords[:, d]] for d, lv in enumerate(levels)], axis=1)
    status = np.where(
        cells.state == SHOWN, Status.PUBLISHED, np.where(cells.state == MISSING, Status.MISSING, 0)
    )
    status = np.where(cells.state == HIDDEN, cells.status, status).astype(np.uint8)
    grown = _Grown(coords, cells.low.copy(), cells.high.copy(), status, cells.truth.copy())
    margins = _margins(coords, depth)
    for d, lv in enumerate(levels):
        _add_rests(grown, d, lv, depth, margins)
    for d, lv in enumerate(levels):
        _add_pads(grown, d, lv, depth, margins)
    _add_bridges(grown, levels, depth)
    zeros = _add_unlisted(grown, levels, listed, notes)
    return _sorted(grown, levels, len(cells), zeros)


def _margins(coords: Ints, depth: Sequence[NDArray[np.int32]]) -> set[tuple[int, ...]]:
    levels = np.stack([own[coords[:, d]] for d, own in enumerate(depth)], axis=1)
    return {tuple(int(x) for x in row) for row in unique_rows(levels.astype(np.int64))[0]}


def _add_rests(
    grown: _Grown, d: int, lv: Levelled, depth: Sequence[NDArray[np.int32]], margins: set[tuple[int, ...]]
) -> None:
    """Beside the printed parts of a total that are not all of it stands a cell that nobody prints."""
    for total, rest in lv.rests.items():
        at = np.flatnonzero(grown.coords[:, d] == total)
        coords = grown.coords[at].copy()
        coords[:, d] = rest
        grown.add(coords[_on_margins(coords, depth, margins)])


def _add_pads(
    grown: _Grown, d: int, lv: Levelled, depth: Sequence[NDArray[np.int32]], margins: set[tuple[int, ...]]
) -> None:
    """A code without parts stands for itself on the levels where others have parts."""
    if not lv.pads:
        return
    at = np.flatnonzero(np.isin(grown.coords[:, d], list(lv.pads)))
    for step in range(max(len(chain) for chain in lv.pads.values())):
        able = np.array([len(lv.pads[int(c)]) > step for c in grown.coords[at, d]], dtype=bool)
        own = at[able]
        coords = grown.coords[own].copy()
        coords[:, d] = [lv.pads[int(c)][step] for c in coords[:, d]]
        kept = _on_margins(coords, depth, margins)
        grown.add(coords[kept], own[kept])


def _add_bridges(grown: _Grown, levels: Sequence[Levelled], depth: Sequence[NDArray[np.int32]]) -> None:
    """Cells between a total and parts that differ from it in two dimensions, where nothing printed lies between.

    Sums go along one dimension at a time; without the cells between, such a total would have no parts.
    """
    margins = _margins(grown.coords, depth)
    for low in sorted(margins):
        for up in sorted(margins):
            differing = [d for d in range(len(low)) if up[d] < low[d]]
            if len(differing) < 2 or any(up[d] > low[d] for d in range(len(low))):
                continue
            if any(_between(m, up, low) for m in margins):
                continue
            _bridge(grown, levels, depth, (low, up, differing))


def _between(margin: tuple[int, ...], up: tuple[int, ...], low: tuple[int, ...]) -> bool:
    inside = all(u <= m <= w for u, m, w in zip(up, margin, low, strict=True))
    return inside and margin not in (up, low)


def _bridge(
    grown: _Grown,
    levels: Sequence[Levelled],
    depth: Sequence[NDArray[np.int32]],
    ends: tuple[tuple[int, ...], tuple[int, ...], Sequence[int]],
) -> None:
    low, up, differing = ends
    own = np.stack([at[grown.coords[:, d]] for d, at in enumerate(depth)], axis=1)
    coords = grown.coords[(own == np.array(low)).all(axis=1)]
    for d in differing[:-1]:
        coords = coords.copy()
        coords[:, d] = levels[d].hierarchy.ancestors(up[d])[coords[:, d]]
        grown.add(unique_rows(coords)[0])


def _on_margins(
    coords: Ints, depth: Sequence[NDArray[np.int32]], margins: set[tuple[int, ...]]
) -> NDArray[np.bool_]:
    if not len(coords):
        return np.zeros(0, dtype=bool)
    levels = np.stack([own[coords[:, d]] for d, own in enumerate(depth)], axis=1)
    found, back = unique_rows(levels.astype(np.int64))
    known = np.array([tuple(int(x) for x in row) in margins for row in found])
    return known[back]


def _table(coords: Ints, levels: Sequence[Levelled]) -> CellTable:
    hierarchies = tuple(lv.hierarchy for lv in levels)
    unique = unique_rows(coords)[0]
    margins = sorted(_margins(unique, [h.depths for h in hierarchies]))
    return CellTable(hierarchies=hierarchies, coords=unique.astype(np.int32), margins=tuple(margins))


def _add_unlisted(grown: _Grown, levels: Sequence[Levelled], known: Rows, notes: Notes) -> bool | None:
    """Settle what combinations are that stand in no table though their margin does: zero, or not known."""
    table = _table(grown.coords, levels)
    lacking = _lacking(grown, table, levels)
    listed, said = known
    equal, above = int(lacking.equal.sum()), int(lacking.above.sum())
    if not len(lacking.identity):
        return None
    if listed == "nonzero":
        notes.assume(f"Combinations that no table lists are zero ({'as given' if said else 'by their sign'})")
        return True
    if listed is None and equal and above * 10 <= equal:
        notes.assume(
            f"Combinations that no table lists are zero: the listed parts make up the total in {equal} of "
            f"{counted(equal + above, 'sum')} that lack some"
        )
        return True
    unknown = _unknown(table, levels, lacking)
    if len(unknown) > _MOST_ADDED:
        notes.doubt(
            f"{counted(len(unknown), 'combination')} that no table lists are taken to be zero; nothing tells"
        )
        return True
    why = "sums leave something for them" if above else "no sum tells that they are zero"
    notes.doubt(
        f"{counted(len(unknown), 'combination')} of codes that no table lists, though others like them are listed, may be "
        f"anything: {why}; settled by rule.listed"
    )
    grown.add(np.array(unknown, dtype=np.int64).reshape(-1, grown.coords.shape[1]))
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lacking:
    """Identities of which parts are not listed; whether the listed ones make up the total, or less."""

    found: Sums
    identity: NDArray[np.intp]
    equal: NDArray[np.bool_]
    above: NDArray[np.bool_]


def _lacking(grown: _Grown, table: CellTable, levels: Sequence[Levelled]) -> _Lacking:
    found = sums(table)
    none = np.zeros(0, dtype=bool)
    if not len(found):
        return _Lacking(found=found, identity=np.zeros(0, dtype=np.intp), equal=none, above=none)
    order = _order(grown.coords, table)
    low, high, status = grown.low[order], grown.high[order], grown.status[order]
    exact = (low == high) & (status == Status.PUBLISHED)
    wanted = np.zeros(len(found), dtype=np.int64)
    straight = np.zeros(len(found), dtype=bool)
    first = found.parts[found.starts[:-1]]
    for d, lv in enumerate(levels):
        own = found.dimensions == d
        parents = np.asarray(lv.hierarchy.parents)
        children = np.bincount(parents[parents >= 0], minlength=len(parents))
        at = table.coords[found.totals[own], d]
        wanted[own] = children[at]
        straight[own] = parents[table.coords[first[own], d]] == at
    identity = np.flatnonzero(straight & (np.diff(found.starts) < wanted))
    clear = exact[found.totals] & np.logical_and.reduceat(exact[found.parts], found.starts[:-1])
    gap = low[found.totals] - np.add.reduceat(low[found.parts], found.starts[:-1])
    return _Lacking(
        found=found,
        identity=identity,
        equal=(clear & (gap == 0))[identity],
        above=(clear & (gap > 0))[identity],
    )


def _unknown(table: CellTable, levels: Sequence[Levelled], lacking: _Lacking) -> list[tuple[int, ...]]:
    """The coordinates of unlisted parts, but those under a total that its listed parts make up."""
    children = [_children(lv) for lv in levels]
    found = lacking.found
    verified: set[tuple[int, ...]] = set()
    unknown: set[tuple[int, ...]] = set()
    for i, equal in zip(lacking.identity.tolist(), lacking.equal.tolist(), strict=True):
        d, base = int(found.dimensions[i]), table.coords[found.totals[i]].tolist()
        parts = found.parts[found.starts[i] : found.starts[i + 1]]
        here = set(table.coords[parts, d].tolist())
        absent = [tuple([*base[:d], c, *base[d + 1 :]]) for c in children[d][base[d]] if c not in here]
        (verified if equal else unknown).update(absent)
    return sorted(unknown - verified)


def _order(coords: Ints, table: CellTable) -> Ints:
    """For each cell of the table where it stands among the grown ones."""
    found = table.find(coords.astype(np.int32))
    order = np.empty(len(table), dtype=np.int64)
    order[found] = np.arange(len(coords))
    return order


def _children(lv: Levelled) -> dict[int, list[int]]:
    children: dict[int, list[int]] = {}
    for place, parent in enumerate(lv.hierarchy.parents):
        if parent >= 0:
            children.setdefault(parent, []).append(place)
    return children


def _sorted(grown: _Grown, levels: Sequence[Levelled], printed: int, zeros: bool | None) -> Assembled:  # noqa: FBT001
    table = _table(grown.coords, levels)
    order = _order(grown.coords, table)
    return Assembled(
        table=table,
        low=grown.low[order],
        high=grown.high[order],
        status=grown.status[order],
        truth=grown.truth[order],
        printed=order < printed,
        place=table.find(grown.coords[:printed].astype(np.int32)).astype(np.int64),
        zeros=zeros,
        loose=grown.loose,
    )
