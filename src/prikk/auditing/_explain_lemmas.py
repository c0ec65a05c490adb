"""What propagation alone does not prove: contradictions, lines by programme, chains from proven cells."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from prikk.auditing._explain_book import Known
from prikk.auditing._explain_lines import Finder, cheapest, lines, refuted
from prikk.auditing._explain_model import LOW, End, Interval, Rows, Steps
from prikk.auditing._explain_steps import end_used
from prikk.auditing._explain_view import View, from_facts, view_of, wanted
from prikk.auditing._kernels import Ints
from prikk.auditing._model import HiddenCell, Step, Term
from prikk.tabular import UNBOUNDED

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

    def __init__(self, plain: View, left: int) -> None:
        system = plain.system
        self.view = view_of(system, plain.book, system.low < system.high, plain.limits)
        self.left = left
        self._proven: dict[int, _Lemma] = {}
        self._found: dict[int, Interval] = {}

    def __len__(self) -> int:
        """How many there are."""
        return len(self._proven)

    def add(self, cell: HiddenCell, steps: Steps) -> Steps:
        """Use a proven cell from now on; ``steps`` are its own, and come back with what they rest on."""
        self._proven[cell.cell] = _Lemma(steps=steps, roots=self._roots(steps))
        (low, high), system = wanted(cell), self.view.system
        ends = max(int(system.low[cell.cell]), low), min(int(system.high[cell.cell]), high)
        self._found[cell.cell] = ends
        self.view.chains.learn(cell.cell, ends)
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
        return self._plainly(from_facts(self.view, self._known(), cell, wanted(cell), facts))

    def denied(self, cell: HiddenCell, most: int) -> Steps:
        """A line from the contradiction that any other value leads to, in a ball of at most so many rows."""
        view = self.view
        reach = (view.limits.radius, most, view.limits.visits)

        def rows_for(end: End, value: int) -> Rows:
            facts = view.chains.denied(cell.cell, end, value, reach)
            rows = refuted(view.book, facts) if len(facts) else {}
            return view.chains.trimmed(cell.cell, end, value, rows)

        return self._lines(cell, rows_for)

    def line(self, cell: HiddenCell, most: int) -> Steps:
        """A line from the nearest rows: short of the value by less than one, then exactly if that can be."""
        rough = self._cheapest(cell, self.view.chains.around(cell.cell, most), _HALF)
        return self.shorter(cell, rough) or rough

    def shorter(self, cell: HiddenCell, steps: Steps) -> Steps:
        """The shortest line from the rows of a proof and the nearest ones."""
        used = [row for step in steps for row, _ in step.rows]
        room = max(0, self.view.limits.near - len(used))
        nearest = self.view.chains.around(cell.cell, room) if room else np.zeros(0, np.int64)
        chosen = np.union1d(np.array(used, dtype=np.int64), nearest)
        return self._cheapest(cell, chosen, Fraction(0)) if used else ()

    def _cheapest(self, cell: HiddenCell, chosen: Ints, slack: Fraction) -> Steps:
        def rows_for(end: End, value: int) -> Rows:
            self.left -= 1
            if self.left < 0:
                return {}
            aim = value - slack if end == LOW else value + slack
            return cheapest(self.view.system, chosen, cell.cell, end, aim)

        return self._lines(cell, rows_for)

    def _lines(self, cell: HiddenCell, rows_for: Finder) -> Steps:
        return self._plainly(lines(self._known(), cell.cell, wanted(cell), rows_for))

    def _known(self) -> Known:
        """What is known of the quantities, lemmas included."""
        return Known(self.view.book, self._found)

    def _plainly(self, steps: Steps) -> Steps:
        """The same steps without what lemmas say of ends that are not used: a step rests on what it needs."""
        return tuple(
            replace(step, terms=tuple(self._needed(step, t) for t in step.terms))
            if self._proven.keys() & {t.quantity for t in step.terms}
            else step
            for step in steps
        )

    def _needed(self, step: Step, term: Term) -> Term:
        book, quantity = self.view.book, term.quantity
        if quantity not in self._proven or step.bound == "=":
            return term
        high = book.high[quantity] if book.high[quantity] < UNBOUNDED else None
        own = replace(term, low=book.low[quantity], high=high)
        return own if end_used(step, own) == end_used(step, term) else term

    def _roots(self, steps: Steps) -> frozenset[int]:
        """The lemmas that steps need, and those that these need."""
        used = {
            t.quantity for step in steps for t in step.terms if t.quantity in self._proven and self._says(t)
        }
        return frozenset(used).union(*(self._proven[quantity].roots for quantity in used))

    def _says(self, term: Term) -> bool:
        """Whether a term says more of its quantity than the quantity's own domain."""
        own = self.view.book.low[term.quantity], self.view.book.high[term.quantity]
        return (term.low, UNBOUNDED if term.high is None else term.high) != own
