"""Rows of whole numbers as one number each: much faster to sort and to tell apart."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from prikk.reading._piece import Ints


def row_keys(rows: Ints) -> Ints:
    """Give one number a row, in lexicographic order; rows must not hold numbers below zero.

    >>> row_keys(np.array([[1, 0], [0, 2], [1, 0]])).tolist()
    [3, 2, 3]
    """
    sizes = [int(rows[:, d].max(initial=0)) + 1 for d in range(rows.shape[1])]
    if float(np.prod([float(s) for s in sizes])) >= 2.0**62:
        inverse = np.unique(rows, axis=0, return_inverse=True)[1]
        return np.asarray(inverse, dtype=np.int64).ravel()
    keys = np.zeros(len(rows), dtype=np.int64)
    for d, size in enumerate(sizes):
        keys = keys * size + rows[:, d]
    return keys


def unique_rows(rows: Ints) -> tuple[Ints, NDArray[np.intp]]:
    """Give the different rows in lexicographic order, and for each row the place of its like."""
    _, first, inverse = np.unique(row_keys(rows), return_index=True, return_inverse=True)
    return rows[first], inverse.ravel()
