"""What propagation alone does not prove: lines by programme, and chains that start from proven cells."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import numpy as np

from prikk.audit._explain_book import Known
from prikk.audit._explain_lines import cheapest, lines
from prikk.audit._explain_model import LOW, End, ExplainLimits, Rows
from prikk.audit._explain_view import Steps, View, from_facts, view_of, wanted
from prikk.audit._kernels import Ints
from prikk.audit._model import HiddenCell, Step
from prikk.audit._system import System

_HALF = Fraction(1, 2)
"""A line that falls short of a whole number by less than one proves it; a half keeps the multipliers small."""


class Lemmas:
    """Cells proven so far that propagation does not reach, each with its steps from the start.

    They sharpen what is known, so that the next cells have shorter ways. ``left`` programmes may be solved.
    """

    def __init__(self, plain: View) -> None:
        system = plain.system
        passing = system.low < system.high
        self.view = view_of(system, plain.book, passing, plain.limits)
        self.steps: dict[int, Steps] = {}
        self.left = plain.limits.programmes

    def add(self, cell: HiddenCell, steps: Steps) -> None:
        """Use a proven cell from now on."""
        self.steps[cell.cell] = steps
        low, high = wanted(cell)
        system = self.view.system
        system.low[cell.cell] = max(system.low[cell.cell], low)
        system.high[cell.cell] = min(system.high[cell.cell], high)

    def chain(self, cell: HiddenCell) -> Steps:
        """A proof by propagation from what is known now."""
        facts = self.view.chains.nearby(cell.cell, wanted(cell), self.view.limits)
        if not len(facts):
            return ()
        known = self._known(np.unique(facts[:, 3]))
        return self._rooted(from_facts(self.view, known, cell, wanted(cell), facts))

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

        return self._rooted(lines(self._known(chosen), cell.cell, wanted(cell), rows_for))

    def _known(self, rows: Ints) -> Known:
        """What is known of the quantities in some rows, lemmas included."""
        known = Known(self.view.book)
        for row in rows.tolist():
            for quantity, _ in self.view.book.row(row):
                for step in self.steps.get(quantity, ())[-2:]:
                    if step.quantity == quantity:
                        known.add(step)
        return known

    def _rooted(self, steps: Steps) -> Steps:
        """Steps with the steps of the lemmas that they use before them."""
        used = {term.quantity for step in steps for term in step.terms}
        roots = [step for quantity, own in self.steps.items() if quantity in used for step in own]
        return tuple(dict.fromkeys([*roots, *steps]))
