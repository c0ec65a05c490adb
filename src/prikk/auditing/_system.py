"""A publication and what an attacker knows, as one system of linear rows over integers."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from prikk.auditing._kernels import Ints
from prikk.auditing._model import Attacker, Rule
from prikk.tabular import UNBOUNDED, CellTable, Publication, Status, membership, sums

Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """Rows ``row_low <= matrix @ quantities <= row_high`` and a domain for each quantity.

    The first quantities are the cells of the publication, then its unknowns, then finest cells that no
    table prints. ``origin`` tells for each row what it is: (kind, number), the number of an identity of
    ``tabular.sums`` (SUM, PART), of a cell (MEMBER), of a relation of the publication or of a printed row (LISTED).
    """

    matrix: sp.csr_array
    row_low: Ints
    row_high: Ints
    low: Ints
    high: Ints
    origin: NDArray[np.int64]


SUM, PART, MEMBER, RELATION, LISTED = range(5)
_MOST_FINEST = 2_000_000


def build_system(publication: Publication, rule: Rule, attacker: Attacker) -> System:
    """Write the feasible set of the guarantee (docs/design/model.md) as a system.

    The domains hold what is printed and what the attacker knows; the rows hold the sums, the relations
    and what listing tells.
    """
    latent = _latent(publication.table)
    cells, unknowns = len(publication.table), publication.unknowns
    rows = _Rows(width=cells + len(unknowns) + latent.shape[1])
    _add_sums(rows, publication)
    _add_members(rows, publication, latent, cells + len(unknowns))
    _add_relations(rows, publication)
    _add_listing(rows, publication)
    low, high = domains(publication, rule, attacker)
    free = latent.shape[1]
    return rows.system(
        low=np.concatenate(
            [low, np.array([u.low for u in unknowns], dtype=np.int64), np.zeros(free, np.int64)]
        ),
        high=np.concatenate(
            [high, np.array([u.high for u in unknowns], dtype=np.int64), np.full(free, UNBOUNDED, np.int64)]
        ),
    )


def domains(publication: Publication, rule: Rule, attacker: Attacker) -> tuple[Ints, Ints]:
    """Give the lowest and highest value of each cell by itself, as far as the attacker knows."""
    low, high = publication.low.astype(np.int64), publication.high.astype(np.int64)
    primary, secondary = publication.status == Status.PRIMARY, publication.status == Status.SECONDARY
    low = np.where(primary | secondary, np.maximum(low, rule.lowest), low)
    if attacker != "naive":
        high = np.where(primary, np.minimum(high, rule.highest), high)
    if attacker == "full":
        low = np.where(secondary, np.maximum(low, rule.threshold), low)
    return low, high


def everything_hidden(publication: Publication, threshold: int) -> Publication:
    """The publication with every figure hidden but shown zeros: what defines a cell's reach.

    What stands beside the sums (percentages, changes) is hidden with them.
    """
    shown = (publication.status == Status.PUBLISHED) & (publication.high > 0)
    # A figure that is shown although it falls under the rule would be known to fall under it.
    hidden = np.where(publication.high < threshold, Status.PRIMARY, Status.SECONDARY).astype(np.uint8)
    return replace(
        publication,
        low=np.where(shown, 0, publication.low),
        high=np.where(shown, UNBOUNDED, publication.high),
        status=np.where(shown, hidden, publication.status),
        relations=(),
        unknowns=(),
    )


class _Rows:
    """Rows as they are added: triplets and bounds."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.parts: list[tuple[Ints, Ints, Ints]] = []
        self.lows: list[Ints] = []
        self.highs: list[Ints] = []
        self.origins: list[Ints] = []
        self.count = 0

    def add(
        self, rows: Ints, cols: Ints, coefs: Ints, bounds: tuple[Ints, Ints], origin: tuple[int, Ints]
    ) -> None:
        """Add rows numbered from 0 among themselves."""
        many = len(bounds[0])
        self.parts.append((rows + self.count, cols, coefs))
        self.lows.append(bounds[0])
        self.highs.append(bounds[1])
        self.origins.append(np.stack([np.full(many, origin[0], dtype=np.int64), origin[1]], axis=1))
        self.count += many

    def system(self, low: Ints, high: Ints) -> System:
        """Close the rows into a system."""
        empty = np.zeros(0, dtype=np.int64)
        rows, cols, coefs = (np.concatenate(x) for x in zip(*self.parts, (empty, empty, empty), strict=True))
        matrix = sp.csr_array(sp.coo_array((coefs, (rows, cols)), shape=(self.count, self.width)))
        matrix.sort_indices()
        return System(
            matrix=matrix,
            row_low=np.concatenate([*self.lows, empty]),
            row_high=np.concatenate([*self.highs, empty]),
            low=low,
            high=high,
            origin=np.concatenate([*self.origins, np.zeros((0, 2), dtype=np.int64)]),
        )


def _add_sums(rows: _Rows, publication: Publication) -> None:
    """Totals are their parts' sum; of distinct people only between the largest part and the sum."""
    found = sums(publication.table)
    exempt = {(int(c), int(d)) for c, d in publication.exempt}
    used = np.array(
        [(int(t), int(d)) not in exempt for t, d in zip(found.totals, found.dimensions, strict=True)], bool
    )
    lengths = np.diff(found.starts)
    identity = np.repeat(np.arange(len(found)), lengths)
    taken = used[identity] if len(found) else np.zeros(0, bool)
    number = np.cumsum(used) - 1
    kept = np.flatnonzero(used)
    at, part = number[identity[taken]], found.parts[taken]
    zero = np.zeros(len(kept), dtype=np.int64)
    high = zero
    low = zero if publication.additive else np.full(len(kept), -UNBOUNDED, dtype=np.int64)
    rows.add(
        np.concatenate([np.arange(len(kept)), at]).astype(np.int64),
        np.concatenate([found.totals[kept], part]).astype(np.int64),
        np.concatenate([np.ones(len(kept)), -np.ones(len(part))]).astype(np.int64),
        (low, high),
        (SUM, kept.astype(np.int64)),
    )
    if not publication.additive:
        many = len(part)
        total = found.totals[kept][at]
        rows.add(
            np.tile(np.arange(many, dtype=np.int64), 2),
            np.concatenate([total, part]).astype(np.int64),
            np.repeat(np.array([1, -1], dtype=np.int64), many),
            (np.zeros(many, np.int64), np.full(many, UNBOUNDED, np.int64)),
            (PART, kept[at].astype(np.int64)),
        )


def whole(table: CellTable) -> bool:
    """Whether the system can hold every finest cell; else it is too weak for a cell to be called safe."""
    if not table.margins or finest_level(table) in table.margins:
        return True
    sizes = (len(h.bottom(d)) for h, d in zip(table.hierarchies, finest_level(table), strict=True))
    return math.prod(sizes) <= _MOST_FINEST


def _latent(table: CellTable) -> sp.csr_array:
    """Cells by finest cells that no table prints; without columns where every finest cell is printed."""
    if not table.margins or finest_level(table) in table.margins or not whole(table):
        return sp.csr_array((len(table), 0), dtype=np.int64)
    return sp.csr_array(membership(table, finest_level(table)).matrix.astype(np.int64))


def finest_level(table: CellTable) -> tuple[int, ...]:
    return tuple(max(depths) for depths in zip(*table.margins, strict=True))


def _add_members(rows: _Rows, publication: Publication, latent: sp.csr_array, offset: int) -> None:
    """Printed cells are sums of finest cells: where no table prints these, or no total leads down to them."""
    table = publication.table
    tied = np.ones(len(table), dtype=bool)
    tied[untied(publication)] = False
    if latent.shape[1]:
        cells = np.flatnonzero(tied)
        matrix = sp.csr_array(latent[cells])
    else:
        cells = _without_parts(table)
        cells = cells[tied[cells]]
        if len(cells) == 0 or not whole(table):
            return
        member = membership(table, finest_level(table))
        place = table.find(member.leaves)
        inside = sp.csr_array(member.matrix[cells].astype(np.int64)).tocoo()
        shape = (len(cells), len(table))
        matrix = sp.csr_array(
            sp.coo_array((inside.data, (inside.coords[0], place[inside.coords[1]])), shape=shape)
        )
        offset = 0
    triplets = matrix.tocoo()
    zero = np.zeros(len(cells), dtype=np.int64)
    rows.add(
        np.concatenate([np.arange(len(cells)), triplets.coords[0]]).astype(np.int64),
        np.concatenate([cells, triplets.coords[1] + offset]).astype(np.int64),
        np.concatenate([np.ones(len(cells)), -np.ones(len(triplets.data))]).astype(np.int64),
        (zero if publication.additive else np.full(len(cells), -UNBOUNDED, dtype=np.int64), zero),
        (MEMBER, cells.astype(np.int64)),
    )


def untied(publication: Publication) -> NDArray[np.intp]:
    """Cells with an identity that is not used: nor are they the sum of their finest cells, which would imply it."""
    return np.array(sorted({cell for cell, _ in publication.exempt}), dtype=np.intp)


def _without_parts(table: CellTable) -> NDArray[np.intp]:
    """The cells above the finest that no identity resolves, such as a grand total beside a two-way table only."""
    if not table.margins:
        return np.zeros(0, dtype=np.intp)
    above = np.zeros(len(table), dtype=bool)
    for d, (hierarchy, depth) in enumerate(zip(table.hierarchies, finest_level(table), strict=True)):
        above |= ~np.isin(table.coords[:, d], hierarchy.bottom(depth))
    above[sums(table).totals] = False
    return np.flatnonzero(above)


def _add_relations(rows: _Rows, publication: Publication) -> None:
    for i, relation in enumerate(publication.relations):
        cols, coefs = zip(*relation.terms, strict=True)
        low = -UNBOUNDED if relation.low is None else relation.low
        high = UNBOUNDED if relation.high is None else relation.high
        rows.add(
            np.zeros(len(cols), dtype=np.int64),
            np.array(cols, dtype=np.int64),
            np.array(coefs, dtype=np.int64),
            (np.array([low], dtype=np.int64), np.array([high], dtype=np.int64)),
            (RELATION, np.array([i], dtype=np.int64)),
        )


def _add_listing(rows: _Rows, publication: Publication) -> None:
    """A printed row has a unit somewhere: over the periods its cells are not all zero."""
    if publication.listed_over is None:
        return
    line = printed_rows(publication.table, publication.listed_over)
    many = int(line.max(initial=-1)) + 1
    rows.add(
        line,
        np.arange(len(line), dtype=np.int64),
        np.ones(len(line), dtype=np.int64),
        (np.ones(many, np.int64), np.full(many, UNBOUNDED, np.int64)),
        (LISTED, np.arange(many, dtype=np.int64)),
    )


def printed_rows(table: CellTable, along: int) -> Ints:
    """The number of the printed row that each cell stands in, where a row runs along a dimension."""
    others = np.delete(table.coords, along, axis=1)
    _, line = np.unique(others, axis=0, return_inverse=True)
    return np.asarray(line.ravel(), dtype=np.int64)
