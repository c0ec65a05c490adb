"""One linear programme: the cheapest change of some finest cells that takes a row where it must go."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import scipy.sparse as sp

from prikk.protect._kernels import Parts
from prikk.protect._model import Floats, Ints, Mask
from prikk.solve import Programme

_BIG = 1e6


class Demand(NamedTuple):
    """What a row of the problem must do: change by at least ``change``, or by at most where it is negative."""

    row: int
    change: int


def programme_of(parts: Parts, demand: Demand, tie: Floats) -> Programme | None:
    """Write a programme out; None where its bounds cross.

    Columns are: how far each finest cell rises, how far it falls, then for every row with a price how far it
    rises and falls, then the movement of rows with a wish. ``tie`` is a small price of every unit that a finest
    cell moves: it keeps changes small, and breaks ties, which keeps them whole.
    """
    if not _demanded(parts, demand):
        return None
    kept, number = _binding(parts)
    entries = number[parts.indices] >= 0
    ptr = np.concatenate([[0], np.cumsum(entries)])[parts.indptr]
    priced = kept[parts.price[kept] > 0]
    wished = kept[(parts.wish[kept] != 0) & (parts.price[kept] <= 0)]
    own = (parts.price[kept] > 0) | (parts.wish[kept] != 0)
    columns = 2 * (len(parts.indptr) - 1) + 2 * len(priced) + len(wished)
    low, high, cost = _columns(parts, priced, wished, tie)
    return Programme(
        matrix=_matrix(parts, entries, ptr, number, (priced, wished), len(kept)),
        row_low=np.where(own, 0.0, parts.low[kept]),
        row_high=np.where(own, 0.0, parts.high[kept]),
        low=low,
        high=high,
        cost=cost,
        integer=np.zeros(columns, dtype=bool),
    )


def in_units(parts: Parts, unit: int) -> Parts:
    """The same where every change is a multiple of a unit, counted in it: bounds go inwards."""
    if unit == 1:
        return parts
    return parts._replace(
        low=np.ceil(parts.low / unit),
        high=np.floor(parts.high / unit),
        col_low=np.ceil(parts.col_low / unit),
        col_high=np.floor(parts.col_high / unit),
    )


def _demanded(parts: Parts, demand: Demand) -> bool:
    """Write the demand into the bounds; tell whether they still leave room."""
    at = int(parts.place[np.flatnonzero(parts.touched == demand.row)[0]])
    low, high = (parts.low, parts.high) if at >= 0 else (parts.col_low, parts.col_high)
    at = at if at >= 0 else -1 - at
    if demand.change > 0:
        low[at] = max(low[at], demand.change)
    else:
        high[at] = min(high[at], demand.change)
    return bool(low[at] <= high[at]) and not np.any(parts.col_low > parts.col_high)


def _binding(parts: Parts) -> tuple[Ints, Ints]:
    """The rows that the bounds of their members do not hold anyway, and the new number of each, -1 for the others."""
    many = len(parts.low)
    column = np.repeat(np.arange(len(parts.indptr) - 1), np.diff(parts.indptr))
    low, high = parts.col_low[column], parts.col_high[column]
    forward = parts.data > 0
    least = np.bincount(parts.indices, parts.data * np.where(forward, low, high), minlength=many)
    most = np.bincount(parts.indices, parts.data * np.where(forward, high, low), minlength=many)
    free = (least >= parts.low) & (most <= parts.high) & (parts.price <= 0) & (parts.wish == 0)
    kept = np.flatnonzero(~free)
    number = np.full(many, -1, dtype=np.int64)
    number[kept] = np.arange(len(kept))
    return kept, number


def _matrix(
    parts: Parts, entries: Mask, ptr: Ints, number: Ints, own: tuple[Ints, Ints], many: int
) -> sp.csc_array:
    priced, wished = own
    indices, data = number[parts.indices[entries]], parts.data[entries]
    one = np.ones(len(priced))
    singles = 2 * len(priced) + len(wished)
    return sp.csc_array(
        (
            np.concatenate([data, -data, -one, one, -np.ones(len(wished))]),
            np.concatenate([indices, indices, number[priced], number[priced], number[wished]]),
            np.concatenate([ptr, ptr[-1] + ptr[1:], 2 * ptr[-1] + np.arange(1, singles + 1)]),
        ),
        shape=(many, 2 * (len(ptr) - 1) + singles),
    )


def _columns(parts: Parts, priced: Ints, wished: Ints, tie: Floats) -> tuple[Floats, Floats, Floats]:
    """Bounds and costs of the columns."""
    low, high = parts.low, parts.high
    return (
        np.concatenate(
            [
                np.maximum(parts.col_low, 0),
                np.maximum(-parts.col_high, 0),
                np.maximum(low[priced], 0),
                np.maximum(-high[priced], 0),
                np.maximum(low[wished], -_BIG),
            ]
        ),
        np.concatenate(
            [
                np.maximum(parts.col_high, 0),
                np.maximum(-parts.col_low, 0),
                np.clip(high[priced], 0, _BIG),
                np.clip(-low[priced], 0, _BIG),
                np.minimum(high[wished], _BIG),
            ]
        ),
        np.concatenate(
            [
                parts.col_price + parts.col_wish + tie,
                parts.col_price - parts.col_wish + tie,
                parts.price[priced] + parts.wish[priced],
                parts.price[priced] - parts.wish[priced],
                parts.wish[wished],
            ]
        ),
    )
