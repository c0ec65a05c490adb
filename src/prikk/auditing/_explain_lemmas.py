"""What propagation alone does not prove: lines by programme, and chains that start from proven cells."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from prikk.auditing._explain_book import Known
from prikk.auditing._explain_lines import cheapest, lines
from prikk.auditing._explain_model import LOW, End, Rows, Steps
from prikk.auditing._explain_view import View, from_facts, view_of, wanted
from prikk.auditing._kernels import Ints
from prikk.auditing._model import HiddenCell

_HALF = Fraction(1, 2)
"""A line that falls short of a whole number by less than one proves it; a half keeps the multipliers small."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lemma:
    """A proven cell: its own steps, and the lemmas that these use, all from the start."""

    steps: Steps
    roots: frozenset[int]


class Lemmas:
    """Cells proven so far that propagation does not reach.

    They sharpen what is known, so that the next cells have shorter ways. ``left`` programmes may be solved.
    """

    def __init__(self, plain: View) -> None:
        system = plain.system
        self.view = view_of(system, plain.book, system.low < system.high, plain.limits)
        self.left = plain.limits.programmes
        self._proven: dict[int, _Lemma] = {}

    def add(self, cell: HiddenCell, steps: Steps) -> Steps:
        """Use a proven cell from now on; ``steps`` are its own, and come back with what they rest on."""
        self._proven[cell.cell] = _Lemma(steps=steps, roots=self._roots(steps))
        low, high = wanted(cell)
        system = self.view.system
        system.low[cell.cell] = max(system.low[cell.cell], low)
        system.high[cell.cell] = min(system.high[cell.cell], high)
        return self.whole(steps)

    def whole(self, steps: Steps) -> Steps:
        """Steps with those of the lemmas that they use before them."""
        roots = self._roots(steps)
        before = [
            step for quantity, lemma in self._proven.items() if quantity in roots for step in lemma.steps
        ]
        return (*before, *steps)

    def chain(self, cell: HiddenCell) -> Steps:
        """A proof by propagation from what is known now."""
        facts = self.view.chains.nearby(cell.cell, wanted(cell), self.view.limits)
        known = self._known(np.unique(facts[:, 3]))
        return from_facts(self.view, known, cell, wanted(cell), facts)

    def line(self, cell: HiddenCell, most: int) -> Steps:
        """A line from the nearest rows: short of the value by less than one, and then exactly if that can be."""
        chosen = self.view.chains.around(cell.cell, most)
        rough = self._line(cell, chosen, _HALF)
        return (self._line(cell, chosen, Fraction(0)) or rough) if rough else ()

    def _line(self, cell: HiddenCell, chosen: Ints, slack: Fraction) -> Steps:
        def rows_for(end: End, value: int) -> Rows:
            self.left -= 1
            if self.left < 0:
                return {}
            aim = value - slack if end == LOW else value + slack
            return cheapest(self.view.system, chosen, cell.cell, end, aim)

        return lines(self._known(chosen), cell.cell, wanted(cell), rows_for)

    def _known(self, rows: Ints) -> Known:
        """What is known of the quantities in some rows, lemmas included."""
        near = {quantity for row in rows.tolist() for quantity, _ in self.view.book.row(row)}
        low, high = self.view.system.low, self.view.system.high
        return Known(self.view.book, {q: (int(low[q]), int(high[q])) for q in near & self._proven.keys()})

    def _roots(self, steps: Steps) -> frozenset[int]:
        used = {term.quantity for step in steps for term in step.terms} & self._proven.keys()
        return frozenset(used).union(*(self._proven[quantity].roots for quantity in used))
