"""Find witnesses: choose columns, solve, make whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import Enum, auto
from typing import Any

import numpy as np

from prikk.errors import SolveError
from prikk.protect import _kernels as kernels
from prikk.protect._kernels import Parts
from prikk.protect._model import FREE, SMALL, Floats, Ints, Problem, Witness
from prikk.protect._programme import Demand, in_units, programme_of
from prikk.solve import Answer, Limits, Programme, solve

_CAP = 4.0
_WHOLE = 1e-6
_FAIR = 2_400
_SHORT = 12
_LITTLE = 2
_STEPS = 1_000
"""Amounts may have to change by millions: programmes count in so large units that this many are enough."""
_LIMITS = Limits(iterations=20_000, presolve=False)
_INTEGER = Limits(nodes=50)
_assemble: Callable[..., Any] = kernels.assemble
_moved: Callable[..., Any] = kernels.moved
_closest: Callable[..., Ints] = kernels.closest


class Trial(Enum):
    """How hard to try."""

    QUICK = auto()
    FAIR = auto()
    LAST = auto()


class Finder:
    """Solves the programmes of one problem; keeps scratch arrays, a random stream and a count of programmes."""

    def __init__(self, problem: Problem, columns: int, seed: int) -> None:
        self.problem = problem
        self.columns = columns
        self.programmes = 0
        self._slot = np.full(len(problem.cost), -1, dtype=np.int64)
        self._hashes = np.random.default_rng(20_240_229).integers(1, 1 << 62, problem.width)
        self._seed = seed
        self.begin(0)
        shown = problem.cost[problem.cost > 0]
        self.unit = float(shown.mean()) if len(shown) else 1.0
        self._rows = problem.rows
        self._known = problem.person >= 0
        self._someone = bool(self._known.any())
        self._members = _by_number(problem.partner)
        # In small tables most rows have little room, and what is joined by them decides; in large ones cost does.
        self._small = columns < problem.width <= SMALL
        little = problem.must & (np.minimum(problem.rows.down, problem.rows.up) <= _LITTLE)
        self._tight = np.where(little, 0.5 * self.unit, 0.0)
        self._tight_burden = np.zeros(problem.width)
        np.add.at(self._tight_burden, problem.rows.leaf, np.repeat(self._tight, np.diff(problem.rows.start)))

    def begin(self, number: int) -> int:
        """Begin to answer a question: what is random follows from its number. Give the programmes so far."""
        self._draw = np.random.default_rng((self._seed, number))
        return self.programmes

    def shuffled(self, numbers: Ints) -> Ints:
        """Some numbers in a random order."""
        return self._draw.permutation(numbers)

    def find(
        self, demand: Demand, visible: Floats, burden: Floats, wishes: Floats, trial: Trial
    ) -> Witness | None:
        """Find a cheap witness; None when there is none.

        A ``QUICK`` trial is one or two linear programmes. The others take more columns where few have no solution, chosen by
        what rows with little room can hold still too, ``FAIR`` up to some thousands and ``LAST`` up to all; and integer programmes
        where linear ones end in fractions.
        """
        rows = self.problem.rows
        own = rows.leaf[rows.start[demand.row] : rows.start[demand.row + 1]]
        self._let_move(demand.row)
        if self._small:
            own = self._joined(own)
        columns = _closest(rows, own, burden, visible, self.columns)
        found = self._among(
            demand, columns, visible, (wishes, None, None)[: 2 if trial is Trial.QUICK else 3]
        )
        if trial is Trial.QUICK or found is not None:
            return found
        own, many = self._joined(own), 2 * self.columns
        while found is None and len(columns) < min(
            _FAIR if trial is Trial.FAIR else FREE, self.problem.width
        ):
            for tight in (0.0, 1.0):
                columns = _closest(
                    rows, own, burden + tight * self._tight_burden, visible + tight * self._tight, many
                )
                found = self._among(demand, columns, visible, (wishes, None, None))
                if found is not None:
                    break
            many *= 6
        return found

    def _let_move(self, row: int) -> None:
        """Hold still the rows that somebody is alone in, but for those of the one who is alone in this row."""
        if self._someone:
            rows, person = self.problem.rows, self.problem.person
            still = self._known & ((person != person[row]) | (person[row] < 0))
            self._rows = rows._replace(down=np.where(still, 0, rows.down), up=np.where(still, 0, rows.up))

    def _people_of(self, rows: Ints) -> Ints:
        """Who is alone in some of these rows."""
        return np.unique(self.problem.person[rows[self._known[rows]]])

    def _joined(self, own: Ints) -> Ints:
        """Some finest cells and those that share a row of few and little room with them, three steps far.

        Where such a row is at its limit, one of its cells moves only if another one moves against it.
        """
        rows = self.problem.rows
        for _ in range(3):
            touched = np.unique(np.concatenate([rows.row[rows.at[j] : rows.at[j + 1]] for j in own]))
            short = touched[
                (self._tight[touched] > 0) & (rows.start[touched + 1] - rows.start[touched] <= _SHORT)
            ]
            more = [rows.leaf[rows.start[r] : rows.start[r + 1]] for r in short]
            own = np.unique(np.concatenate([own, *more]))
        return own

    def beside(
        self, demand: Demand, way: Witness, visible: Floats, burden: Floats, wishes: Floats
    ) -> Witness | None:
        """Find a cheaper witness among the finest cells of one that is known, and what lies close to them."""
        columns = _closest(self.problem.rows, way.leaves, burden, visible, 4 * self.columns)
        self._let_move(demand.row)
        return self._among(demand, columns, visible, (wishes, None, None))

    def checked(self, leaves: Ints, changes: Ints) -> Witness | None:
        """Write a change as a witness; None where it takes a row beyond its limits."""
        p = self.problem
        taken = changes != 0
        rows, moves = _moved(p.rows, leaves[taken], changes[taken], self._slot)
        good = (moves >= -p.rows.down[rows]) & (moves <= p.rows.up[rows]) & ~p.fixed[rows]
        if not good.all() or (self._someone and len(self._people_of(rows)) > 1):
            return None
        rows, moves = self._with_partners(rows, moves)
        return Witness(leaves[taken], changes[taken], rows, moves)

    def _among(
        self, demand: Demand, columns: Ints, visible: Floats, attempts: tuple[Floats | None, ...]
    ) -> Witness | None:
        """Solve in some columns, large changes first in steps of many units."""
        steps = -(-abs(demand.change) // _STEPS)
        for unit in (steps, 1) if steps > 1 else (1,):
            found = self._in_units(demand, columns, visible, attempts, unit)
            if found is not None:
                return found
        return None

    def _in_units(
        self,
        demand: Demand,
        columns: Ints,
        visible: Floats,
        attempts: tuple[Floats | None, ...],
        unit: int,
    ) -> Witness | None:
        """Solve with wishes, then without and with other ties, then in whole numbers."""
        self._fraction = True
        for attempt, wished in enumerate(attempts):
            if not self._fraction:
                return None
            parts = in_units(self._parts(demand, columns, visible, wished), unit)
            coarse = Demand(
                demand.row, -(-demand.change // unit) if demand.change > 0 else demand.change // unit
            )
            tie = 0.015 * self.unit * (0.5 + self._draw.random(len(columns)) * (1 + attempt))
            programme = programme_of(parts, coarse, tie)
            if programme is None:
                self._fraction = False
                return None
            change = self._solved(programme, len(columns), _INTEGER if attempt == 2 else _LIMITS)
            if change is not None:
                return self.checked(columns, change * unit)
        return None

    _fraction = False

    def _parts(self, demand: Demand, columns: Ints, visible: Floats, wishes: Floats | None) -> Parts:
        p = self.problem
        cap = max(_CAP, 2.0 * abs(demand.change))
        wished = np.zeros(len(p.cost)) if wishes is None else wishes
        return Parts(*_assemble(self._rows, columns, p.fixed, visible, wished, cap, self._hashes, self._slot))

    def _solved(self, programme: Programme, width: int, limits: Limits) -> Ints | None:
        """The change of each column, where there is one in whole numbers; tell in ``_fraction`` of one that is not."""
        if limits is _INTEGER:
            integer = programme.integer.copy()
            integer[: 2 * width] = True
            programme = replace(programme, integer=integer)
        self.programmes += 1
        try:
            answer: Answer = solve(programme, limits)
        except SolveError:
            # Numbers too far apart for the solver: another draw or whole numbers may do.
            self._fraction = True
            return None
        self._fraction = False
        if answer.values is None:
            return None
        change = answer.values[:width] - answer.values[width : 2 * width]
        whole = np.rint(change)
        self._fraction = bool(np.abs(change - whole).max(initial=0.0) > _WHOLE)
        return None if self._fraction else whole.astype(np.int64)

    def _with_partners(self, rows: Ints, moves: Ints) -> tuple[Ints, Ints]:
        """Add the rows that are hidden together with some that move."""
        numbers = np.unique(self.problem.partner[rows])
        more = [self._members[int(n)] for n in numbers if n >= 0]
        if not more:
            return rows, moves
        others = np.setdiff1d(np.concatenate(more), rows)
        return np.concatenate([rows, others]), np.concatenate([moves, np.zeros(len(others), np.int64)])


def _by_number(partner: Ints) -> dict[int, Ints]:
    return {int(n): np.flatnonzero(partner == n).astype(np.int64) for n in np.unique(partner) if n >= 0}
