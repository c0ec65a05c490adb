"""Witnesses: tables, written as sparse changes, that prove what a hidden cell may be.

Checking one is a sparse multiplication. It shares nothing with whatever found it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from prikk.auditing._kernels import Ints
from prikk.auditing._model import Attacker, Rule
from prikk.auditing._system import domains, finest_level
from prikk.tabular import UNBOUNDED, Index, Publication, membership

Mask = NDArray[np.bool_]
_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Witnesses:
    """Changes of the finest cells, from the true table to others.

    Witness ``i`` adds ``changes[k]`` to the finest cell at ``coords[k]`` for ``k`` from ``starts[i]`` to
    ``starts[i + 1] - 1``. ``coords`` has a row a change and a column a dimension, as in a ``CellTable``.
    ``finest`` holds the true counts of the finest cells, as ``tabular.membership`` lists them, where not all of
    these are published.
    """

    starts: Ints
    coords: Index
    changes: Ints
    finest: Ints | None = None

    def __len__(self) -> int:
        """The number of witnesses."""
        return len(self.starts) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Witnessed:
    """What checked witnesses prove: the ends that each cell takes, and which witnesses failed the check."""

    inner_low: Ints
    inner_high: Ints
    failed: NDArray[np.intp]


def check_witnesses(
    publication: Publication,
    rule: Rule,
    attacker: Attacker,
    truth: Ints,
    witnesses: Witnesses,
    *,
    insiders: Mask | None = None,
) -> Witnessed:
    """Check witnesses against a publication; linear in their size.

    A witness holds when it changes no shown cell, leaves every hidden one in the domain that the attacker
    knows, no finest cell below 0 and no printed row without a unit, and changes no finest cell that is known to be
    zero. ``truth`` has one number a cell of the publication and must agree with it. Raises ValueError when ``truth``
    does not, or when the publication has more than sums (relations beside them are not written as changes
    of finest cells).

    ``insiders`` are hidden cells of one unit, whose person knows them. A witness that moves one then proves nothing to
    that person: it counts only for cells that the same person is alone in, and for none when it moves those of several.
    What is proven holds for all these people together, but for the one whose own cell it is about.
    """
    low, high = domains(publication, rule, attacker)
    if publication.relations or not publication.additive or np.any(truth < low) or np.any(truth > high):
        raise ValueError("witnesses need a table of sums, and true values that agree with what is shown")
    member = membership(publication.table, finest_level(publication.table))
    known, column = _columns(publication, member.leaves, witnesses)
    inside = sp.csr_array(member.matrix.astype(np.int64))
    base = _base(publication, member.leaves, truth, witnesses)
    if base is None or np.any(inside @ base != truth):
        raise ValueError("witnesses need the counts of all finest cells, and totals that are their sums")
    above = sp.csr_array(inside.T)
    lines = _lines(publication)
    line_sums = lines.T @ truth
    person = np.full(len(truth), -1, dtype=np.int64) if insiders is None else people(inside, insiders)
    inner_low, inner_high = truth.copy(), truth.copy()
    failed: list[int] = []
    for first in range(0, len(witnesses), _AT_ONCE):
        last = min(first + _AT_ONCE, len(witnesses))
        change = _changes(witnesses, column, (first, last), above.shape[0])
        moved = sp.csr_array(change @ above)
        good = _holds(moved, truth, low, high) & known[first:last]
        good &= _holds(change, base, np.zeros_like(base), np.full_like(base, UNBOUNDED))
        good &= _holds(
            sp.csr_array(moved @ lines),
            line_sums,
            np.ones_like(line_sums),
            np.full_like(line_sums, UNBOUNDED),
        )
        failed.extend((first + np.flatnonzero(~good)).tolist())
        _learn(moved, good, truth, (inner_low, inner_high), person)
    return Witnessed(inner_low=inner_low, inner_high=inner_high, failed=np.asarray(failed, dtype=np.intp))


def _base(publication: Publication, leaves: Index, truth: Ints, witnesses: Witnesses) -> Ints | None:
    """The true counts of the finest cells; None when they are neither published nor given."""
    if witnesses.finest is not None:
        return witnesses.finest
    place = publication.table.find(leaves)
    return truth[place] if np.all(place >= 0) else None


def _lines(publication: Publication) -> sp.csr_array:
    """Cells by printed rows that are known to hold a unit in some period; without columns where none are."""
    many = len(publication.table)
    if publication.listed_over is None:
        return sp.csr_array((many, 0), dtype=np.int64)
    others = np.delete(publication.table.coords, publication.listed_over, axis=1)
    _, line = np.unique(others, axis=0, return_inverse=True)
    entries = (np.ones(many, dtype=np.int64), (np.arange(many), line.ravel()))
    return sp.csr_array(sp.coo_array(entries, shape=(many, int(line.max(initial=-1)) + 1)))


def _columns(publication: Publication, leaves: Index, witnesses: Witnesses) -> tuple[NDArray[np.bool_], Ints]:
    """The number of each changed finest cell, and whether all those of a witness may be non-zero."""
    finest = type(publication.table)(hierarchies=publication.table.hierarchies, coords=leaves, margins=())
    column = finest.find(witnesses.coords)
    unknown = np.concatenate([[0], np.cumsum(column < 0)])
    known = unknown[witnesses.starts[1:]] == unknown[witnesses.starts[:-1]]
    return known, np.maximum(column, 0).astype(np.int64)


def _changes(witnesses: Witnesses, column: Ints, span: tuple[int, int], width: int) -> sp.csr_array:
    """Some witnesses as a sparse matrix, witnesses by finest cells."""
    starts = witnesses.starts[span[0] : span[1] + 1]
    inside = slice(int(starts[0]), int(starts[-1]))
    data = (witnesses.changes[inside], column[inside], starts - starts[0])
    return sp.csr_array(data, shape=(span[1] - span[0], width))


def _holds(moved: sp.csr_array, truth: Ints, low: Ints, high: Ints) -> NDArray[np.bool_]:
    """Whether each witness leaves every cell that it moves within its domain."""
    value = truth[moved.indices] + moved.data
    bad = (value < low[moved.indices]) | (value > high[moved.indices])
    count = np.concatenate([[0], np.cumsum(bad)])
    return np.asarray(count[moved.indptr[1:]] == count[moved.indptr[:-1]])


def _learn(moved: sp.csr_array, good: Mask, truth: Ints, inner: tuple[Ints, Ints], person: Ints) -> None:
    kept = np.repeat(good, np.diff(moved.indptr)) & _says(moved, person)
    cells = moved.indices[kept]
    value = truth[cells] + moved.data[kept]
    np.minimum.at(inner[0], cells, value)
    np.maximum.at(inner[1], cells, value)


def _says(moved: sp.csr_array, person: Ints) -> Mask:
    """Whether a witness proves something of each cell that it moves, to people who know the cells they are alone in."""
    witness = np.repeat(np.arange(moved.shape[0]), np.diff(moved.indptr))
    who = np.where(moved.data != 0, person[moved.indices], -1)
    known = who >= 0
    first, last = np.full(moved.shape[0], len(person)), np.full(moved.shape[0], -1)
    np.minimum.at(first, witness[known], who[known])
    np.maximum.at(last, witness[known], who[known])
    nobody = last < 0
    return np.asarray(nobody[witness] | (known & (first == last)[witness]))


def people(inside: sp.csr_array, insiders: Mask) -> Ints:
    """Number the people who are alone in some cells; -1 for all other cells.

    Where one cell of one unit holds all finest cells of another, both count the same person. Others may do so as
    well, which nobody can tell from the figures: they are taken for two.
    """
    cells = np.flatnonzero(insiders)
    held = sp.csr_array(inside[cells])
    size = held.sum(axis=1)
    shared = sp.coo_array(held @ held.T)
    nested = shared.data == np.minimum(size[shared.row], size[shared.col])
    pairs = (np.ones(int(nested.sum())), (shared.row[nested], shared.col[nested]))
    _, number = connected_components(sp.coo_array(pairs, shape=shared.shape), directed=False)
    found = np.full(len(insiders), -1, dtype=np.int64)
    found[cells] = number
    return found
