"""What a publication shows: the input of an audit, whoever made it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from prikk.tabular._table import CellTable

UNBOUNDED = 1 << 40
"""Stands for "no upper bound known"; far above any population, far below overflow when summed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A quantity that no table prints but that a relation speaks of, such as last year's figure."""

    name: str
    low: int = 0
    high: int = UNBOUNDED


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A linear statement beside the sums: ``low <= sum(coefficients * quantities) <= high``.

    ``terms`` are (quantity, coefficient); a quantity is the number of a cell, or, from ``len(table)``
    on, of an unknown. ``text`` says where it comes from, for a person to check, without hidden values.
    """

    terms: tuple[tuple[int, int], ...]
    low: int | None
    high: int | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """Linked tables as anybody sees them.

    ``table`` holds every cell that a table prints, a period being a dimension like others (one whose
    total no cell has). ``low`` and ``high`` are what is printed about each: equal for a figure, an interval for a
    rounded one, 0 to :data:`UNBOUNDED` for a hidden or missing one. ``status`` is a
    :class:`~prikk.tabular.Status`: hidden cells of a foreign document are ``PRIMARY`` unless it says
    otherwise; ``MISSING`` is printed as not available and is neither hidden by the rule nor zero. A
    combination of codes that is not in the table, though its margin is, is zero.

    ``additive`` is False for distinct people, who may stand in several cells: a total is then only at
    least its largest part and at most their sum.

    ``listed_over`` is a dimension, such as the period, along which a row is printed only if some cell of
    it has a unit; None where rows are printed whatever they hold. ``exempt`` names identities that the
    figures contradict, as (cell of the total, dimension), or -1 for its sum of finest cells: they are not used.
    """

    table: CellTable
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    status: NDArray[np.uint8]
    additive: bool = True
    unknowns: tuple[Unknown, ...] = ()
    relations: tuple[Relation, ...] = ()
    listed_over: int | None = None
    exempt: tuple[tuple[int, int], ...] = ()
