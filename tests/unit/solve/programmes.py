"""Programmes for tests, from plain lists."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp

from prikk.solve import Programme

INF = np.inf


def programme(
    matrix: Sequence[Sequence[float]],
    rows: Sequence[tuple[float, float]],
    columns: Sequence[tuple[float, float]],
    cost: Sequence[float],
    *,
    integer: Sequence[bool] | bool = True,
) -> Programme:
    """A programme with (low, high) for each row and column."""
    row = np.array(rows, dtype=float).reshape(-1, 2)
    column = np.array(columns, dtype=float).reshape(-1, 2)
    return Programme(
        matrix=sp.csr_array(np.array(matrix, dtype=float).reshape(len(row), len(column))),
        row_low=row[:, 0],
        row_high=row[:, 1],
        low=column[:, 0],
        high=column[:, 1],
        cost=np.array(cost, dtype=float),
        integer=np.broadcast_to(np.array(integer, dtype=bool), (len(column),)).copy(),
    )


def knapsack(seed: int, rows: int, columns: int) -> Programme:
    """A knapsack with several weights: easy to satisfy, hard to finish."""
    rng = np.random.default_rng(seed)
    weights = rng.integers(10, 99, (rows, columns)).astype(float)
    limits = [(-INF, w // 2) for w in weights.sum(axis=1)]
    return programme(weights.tolist(), limits, [(0, 1)] * columns, (-rng.integers(10, 99, columns)).tolist())
