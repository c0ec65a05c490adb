"""Programmes, limits and answers as values. Nothing here knows the solver."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Matrix = sp.csr_array | sp.csc_array


class Outcome(Enum):
    """How a solve ended. A limit is an outcome of its own, never a silent answer."""

    OPTIMAL = "optimal"
    """The values are the least within the gap."""
    FEASIBLE = "feasible"
    """A limit was met; the values satisfy the programme but may not be the least."""
    INFEASIBLE = "infeasible"
    """No values satisfy the programme."""
    UNBOUNDED = "unbounded"
    """There are values of every low cost."""
    LIMIT = "limit"
    """A limit was met before any values were found."""

    @property
    def solved(self) -> bool:
        """Whether there are values."""
        return self in (Outcome.OPTIMAL, Outcome.FEASIBLE)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Programme:
    """Least ``cost @ x`` such that ``row_low <= matrix @ x <= row_high`` and ``low <= x <= high``.

    ``matrix`` is sparse, rows by columns. Bounds may be infinite. ``integer`` says which columns must be
    whole numbers. Raises ValueError when the shapes disagree or a number is NaN: a mistake in the code
    that built it, not in anybody's data.
    """

    matrix: Matrix
    row_low: Floats
    row_high: Floats
    low: Floats
    high: Floats
    cost: Floats
    integer: NDArray[np.bool_]

    def __post_init__(self) -> None:
        """Check the shapes and the numbers."""
        rows, columns = self.matrix.shape
        for name, size in (("row_low", rows), ("row_high", rows), ("low", columns), ("high", columns)):
            vector = getattr(self, name)
            if vector.shape != (size,) or np.isnan(vector).any():
                raise ValueError(f"{name} must hold {size} numbers, without NaN")
        if self.cost.shape != (columns,) or not np.isfinite(self.cost).all():
            raise ValueError(f"cost must hold {columns} finite numbers")
        if self.integer.shape != (columns,) or self.integer.dtype != np.bool_:
            raise ValueError(f"integer must hold {columns} truth values")
        if not np.isfinite(self.matrix.data).all():
            raise ValueError("the matrix must hold finite numbers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """When to stop. Nodes and iterations give the same answer on every machine; seconds do not.

    ``nodes`` bounds the branching of integer programmes, ``iterations`` the simplex steps of linear ones,
    ``gap`` is the relative distance from the bound that counts as optimal. None is without limit. ``presolve`` costs
    more than it saves where few simplex steps lead from the slack basis to the optimum; ``restarts`` of integer programmes
    do where a good solution is enough.
    """

    seconds: float | None = None
    nodes: int | None = None
    iterations: int | None = None
    gap: float = 0.0
    presolve: bool = True
    restarts: bool = True


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Answer:
    """What a solve found; always ``bound <= the least cost <= objective``.

    ``values`` has a number a column, whole in integer columns, checked against every row and bound; None
    without a solution. ``objective`` is the cost of the values: infinite without any, -infinite when
    unbounded. ``bound`` is proven: no values cost less. ``iterations`` counts simplex steps: what the answer took,
    the same on every machine. ``duals`` are the multipliers of the rows of a solved linear programme, as HiGHS has them.
    """

    outcome: Outcome
    values: Floats | None
    objective: float
    bound: float
    iterations: int = 0
    duals: Floats | None = None
