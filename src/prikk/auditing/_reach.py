"""The reach of primary cells: the most that any pattern could leave open."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from prikk.auditing import _kernels as kernels
from prikk.auditing._bounds import bounds_of
from prikk.auditing._kernels import Ints
from prikk.auditing._model import Attacker, Limits, Rule
from prikk.auditing._system import (
    System,
    build_system,
    domains,
    everything_hidden,
    finest_level,
    printed_rows,
    untied,
    whole,
)
from prikk.tabular import UNBOUNDED, Publication, Status, membership


def reach_of(
    publication: Publication, rule: Rule, attacker: Attacker, hint: Ints | None, limits: Limits
) -> tuple[Ints, Ints]:
    """Give the reach (low, high) of every cell that falls under the rule; the rule's range for other cells.

    It is the cell's interval when every cell is hidden but shown zeros, cut to the rule's range
    (docs/design/model.md). An end that the limits left open is taken as far as it may go, so that a
    verdict measured against it errs towards a leak.
    """
    many = len(publication.table)
    low = np.full(many, rule.lowest, dtype=np.int64)
    high = np.full(many, rule.highest, dtype=np.int64)
    told = _told(publication)
    if not told and _whole_range(publication, rule, attacker):
        return low, high
    primary = np.flatnonzero(publication.status == Status.PRIMARY).astype(np.int64)
    if not told and _plain(publication, rule, attacker):
        low[primary], high[primary] = _by_leaves(publication, rule, primary)
        return low, high
    if publication.additive and attacker != "naive" and whole(publication.table):
        low[primary], high[primary] = _in_finest_cells(publication, rule, attacker, primary, limits)
        return low, high
    system = build_system(everything_hidden(publication, rule.threshold), rule, attacker)
    # A naive attacker knows no upper end, so with everything hidden each cell can grow with all above it:
    # only the lower end is in question, and there propagation from the finest cells upwards is exact.
    targets = primary[:0] if attacker == "naive" else primary
    found = bounds_of(system, targets, hint, limits)
    low[primary] = np.clip(found.low[primary], rule.lowest, rule.highest)
    high[primary] = np.clip(found.high[primary], rule.lowest, rule.highest)
    return low, high


def _told(publication: Publication) -> bool:
    """Whether something is known of a hidden cell beside the rule, such as an earlier figure or one's own."""
    hidden = np.isin(publication.status, (Status.PRIMARY, Status.SECONDARY))
    return bool(np.any(hidden & ((publication.high < UNBOUNDED) | (publication.low > 0))))


def _whole_range(publication: Publication, rule: Rule, attacker: Attacker) -> bool:
    """Whether nothing can narrow a reach: the table of zeros but for one cell is always possible."""
    zeros_shown = bool(np.any((publication.status == Status.PUBLISHED) & (publication.high == 0)))
    plain = publication.listed_over is None and attacker != "full"
    return rule.zeros == "hidden" and plain and not zeros_shown


def _plain(publication: Publication, rule: Rule, attacker: Attacker) -> bool:
    """Whether the closed form of :func:`_by_leaves` holds: zeros shown, sums only, finest cells printed."""
    complete = not np.any(publication.status == Status.MISSING) and not publication.exempt
    sums_only = publication.additive and finest_level(publication.table) in publication.table.margins
    return rule.zeros == "shown" and attacker == "threshold" and complete and sums_only


def _by_leaves(publication: Publication, rule: Rule, primary: Ints) -> tuple[Ints, Ints]:
    """The reach where every finest cell that may be non-zero is at least 1.

    Ones everywhere is a possible table, so the least value of a cell is the number of its non-zero finest
    cells. Its greatest adds as many units on these as every cell under the rule that holds some of them
    has room for; no other finest cell need change.
    """
    member = membership(publication.table, finest_level(publication.table))
    finest = publication.table.find(member.leaves)
    nonzero = np.flatnonzero(publication.high[finest] > 0)
    under = np.flatnonzero(everything_hidden(publication, rule.threshold).status == Status.PRIMARY)
    inside = sp.csr_array(sp.csc_array(member.matrix[under])[:, nonzero])
    held = sp.csc_array(inside)
    many = np.diff(inside.indptr).astype(np.int64)
    slack = np.maximum(rule.highest - many, 0)
    arrays = (inside.indptr, inside.indices, held.indptr, held.indices)
    indices = [np.asarray(a, dtype=np.int64) for a in arrays]
    packed: Callable[..., Ints] = kernels.packed
    place = np.searchsorted(under, primary)
    return many[place], many[place] + packed(place, *indices, slack)


def _in_finest_cells(
    publication: Publication, rule: Rule, attacker: Attacker, primary: Ints, limits: Limits
) -> tuple[Ints, Ints]:
    """The reach by a system in the finest cells alone.

    With everything hidden most cells may be anything, and then say nothing; what is left falls apart into
    small systems. The primaries themselves are quantities of their own, after the finest cells.
    """
    hidden = everything_hidden(publication, rule.threshold)
    member = membership(hidden.table, finest_level(hidden.table))
    low, high = domains(hidden, rule, attacker)
    place = hidden.table.find(member.leaves)
    leaf_low = np.where(place >= 0, low[place], 0)
    leaf_high = np.where(place >= 0, high[place], UNBOUNDED)
    inside = sp.csr_array(member.matrix.astype(np.int64))
    telling = (high < UNBOUNDED) | (inside @ leaf_low < low)
    telling[primary] = False
    loose = untied(publication)
    telling[loose] = False
    rows = np.flatnonzero(telling)
    tied = np.flatnonzero(~np.isin(primary, loose))
    own = -sp.csr_array(sp.eye_array(len(primary), dtype=np.int64, format="csr")[tied])
    blank = sp.csr_array((len(rows), len(primary)), dtype=np.int64)
    held = (inside[np.concatenate([rows, primary])].T @ np.ones(len(rows) + len(primary))) > 0
    listed, lines = _listed_lines(hidden, inside, (leaf_high >= UNBOUNDED) & ~held)
    matrix = sp.block_array(
        [[inside[rows], blank], [inside[primary[tied]], own], [listed, None]], format="csr"
    )
    many, zero = len(rows) + len(tied), np.zeros(len(tied), dtype=np.int64)
    system = System(
        matrix=sp.csr_array(matrix),
        row_low=np.concatenate([low[rows], zero, np.ones(lines, np.int64)]),
        row_high=np.concatenate([high[rows], zero, np.full(lines, UNBOUNDED)]),
        low=np.concatenate([leaf_low, low[primary]]),
        high=np.concatenate([leaf_high, high[primary]]),
        origin=np.zeros((many + lines, 2), dtype=np.int64),
    )
    targets = np.arange(len(primary), dtype=np.int64) + inside.shape[1]
    found = bounds_of(system, targets, None, limits)
    return found.low[targets], found.high[targets]


def _listed_lines(
    publication: Publication, inside: sp.csr_array, free: NDArray[np.bool_]
) -> tuple[sp.csr_array, int]:
    """Rows that say that a printed row of cells is not zero in every period; none where that is not known.

    A finest cell that nothing under the rule holds down (``free``) may be 1 without touching any that it does, so
    a line with one says nothing.
    """
    empty = sp.csr_array((0, inside.shape[1]), dtype=np.int64)
    if publication.listed_over is None:
        return empty, 0
    line = printed_rows(publication.table, publication.listed_over)
    shape = (int(line.max()) + 1, len(line))
    gather = sp.csr_array(
        sp.coo_array((np.ones(len(line), dtype=np.int64), (line, np.arange(len(line)))), shape=shape)
    )
    lines = sp.csr_array(gather @ inside)
    kept = np.flatnonzero(lines @ free.astype(np.int64) == 0)
    return sp.csr_array(lines[kept]), len(kept)
