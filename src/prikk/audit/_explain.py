"""Explanations: for a cell that can be worked out, the arithmetic that a person can check by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from prikk.audit._explain_book import Book, Known, book_of
from prikk.audit._explain_chain import Chains, chain_of
from prikk.audit._explain_lines import added_up, cheapest, lines
from prikk.audit._explain_model import LOW, End, ExplainLimits, Interval, Rows, length, proven
from prikk.audit._explain_steps import rule_step
from prikk.audit._kernels import Ints
from prikk.audit._model import Attacker, Derivation, HiddenCell, Rule, Step
from prikk.audit._system import System, build_system
from prikk.tabular import UNBOUNDED, Publication, Status

_SLACKS = (Fraction(0), Fraction(1, 2))
"""A line proves a value also if it falls short of it by less than one; a half keeps the multipliers small."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _View:
    """What a derivation may use: a system, ready for both ways of proof."""

    system: System
    book: Book
    chains: Chains
    limits: ExplainLimits


class _Budget:
    """How many programmes are left."""

    def __init__(self, programmes: int) -> None:
        self.left = programmes

    def spend(self) -> bool:
        """Take one, if there is one."""
        self.left -= 1
        return self.left >= 0


def explain(
    publication: Publication,
    rule: Rule,
    attacker: Attacker,
    cells: Sequence[HiddenCell],
    *,
    limits: ExplainLimits | None = None,
) -> tuple[Derivation, ...]:
    """Derive the intervals of some hidden cells, step by step, from what is published.

    Args:
        publication: what is shown, without statements that contradict the others: from those anything
            could be derived.
        rule: what a reader knows of the rule.
        attacker: what else a reader knows.
        cells: cells as an audit of the same publication gives them.
        limits: how far to look.

    Returns:
        A derivation for each cell. Where it is complete its steps prove ``low`` and ``high`` of the cell;
        :func:`check_derivation` can tell. Steps hold values that are hidden in public.
    """
    limits = limits or ExplainLimits()
    system = build_system(publication, rule, attacker)
    plain = _view(publication, system, system.low < system.high, limits)
    bare = _reach_view(publication, rule, system, limits)
    found = [
        (_reach_argument(bare, cell) if cell.unavoidable else None) or _first(plain, cell) for cell in cells
    ]
    budget = _Budget(limits.programmes)
    # What has no proof yet comes first; what is long comes after.
    for i in sorted(range(len(cells)), key=lambda i: found[i].complete):
        if not found[i].complete:
            found[i] = _by_programme(plain, cells[i], budget) or found[i]
        elif length(found[i].steps) > limits.long:
            found[i] = _shortened(plain, cells[i], found[i], budget)
    return tuple(
        _opened(plain.book, publication, cell, draft) for cell, draft in zip(cells, found, strict=True)
    )


def _view(
    publication: Publication, system: System, passing: NDArray[np.bool_], limits: ExplainLimits
) -> _View:
    return _View(
        system=system, book=book_of(publication, system), chains=Chains(system, passing), limits=limits
    )


def _reach_view(publication: Publication, rule: Rule, system: System, limits: ExplainLimits) -> _View:
    """The same rows with only this said of each shown figure, that it is not zero.

    What follows here follows whatever is hidden. An argument runs through cells that fall under the rule,
    since only they have an upper end.
    """
    many = len(publication.table)
    low, high = system.low.copy(), system.high.copy()
    shown = np.flatnonzero((publication.status == Status.PUBLISHED) & (low[:many] > 0))
    low[shown], high[shown] = np.minimum(low[shown], rule.lowest), UNBOUNDED
    passing = np.zeros(len(low), dtype=bool)
    passing[:many] = publication.status == Status.PRIMARY
    return _view(publication, replace(system, low=low, high=high), passing, limits)


def _reach_argument(view: _View, cell: HiddenCell) -> Derivation | None:
    """Why an unavoidable cell is what it is, without any figure."""
    want = _want(cell)
    facts = view.chains.nearby(cell.cell, want, view.limits)
    steps = _from_facts(view, cell.cell, want, facts)
    return Derivation(cell=cell.cell, steps=steps, complete=True) if steps else None


def _first(view: _View, cell: HiddenCell) -> Derivation:
    """What propagation proves of a cell, as a chain or as one line."""
    want = _want(cell)
    facts = view.chains.nearby(cell.cell, want, view.limits)
    if not len(facts):
        low, high = view.chains.ends(cell.cell)
        reached = min(low, want[0]), max(high, want[1])
        facts = view.chains.anywhere(cell.cell, reached)
    else:
        reached = want
    steps = _from_facts(view, cell.cell, reached, facts)
    known = Known(view.book)
    for step in steps:
        known.add(step)
    return Derivation(cell=cell.cell, steps=steps, complete=known.meets(cell.cell, want))


def _from_facts(view: _View, quantity: int, want: Interval, facts: Ints) -> tuple[Step, ...]:
    """The shorter of the chain and the line that some facts make; none if both are too long."""
    if not len(facts):
        return ()

    def rows_for(end: End, _: int) -> Rows:
        return added_up(view.book, facts, quantity, end)

    chain = chain_of(Known(view.book), facts)
    return _shorter(view.limits, chain, lines(view.book, quantity, want, rows_for))


def _shorter(limits: ExplainLimits, chain: tuple[Step, ...], line: tuple[Step, ...]) -> tuple[Step, ...]:
    """A line where it reads shorter and adds few rows; else the chain, whose steps are each simple."""
    few = all(len(step.rows) <= limits.line for step in line)
    if line and (not chain or len(chain) > limits.steps or (few and length(line) < length(chain))):
        return line
    return chain if len(chain) <= limits.steps else ()


def _by_programme(view: _View, cell: HiddenCell, budget: _Budget) -> Derivation | None:
    """Look for a line in growing areas."""
    for most in view.limits.areas:
        for slack in _SLACKS:
            steps = _line(view, cell, (most, slack), budget)
            if steps:
                return Derivation(cell=cell.cell, steps=steps, complete=True)
    return None


def _shortened(view: _View, cell: HiddenCell, draft: Derivation, budget: _Budget) -> Derivation:
    """Look for a line that reads shorter than a derivation at hand."""
    line = _line(view, cell, (view.limits.areas[0], _SLACKS[0]), budget)
    return replace(draft, steps=_shorter(view.limits, draft.steps, line))


def _line(view: _View, cell: HiddenCell, effort: tuple[int, Fraction], budget: _Budget) -> tuple[Step, ...]:
    most, slack = effort
    chosen = view.chains.around(cell.cell, most)

    def rows_for(end: End, value: int) -> Rows:
        if not budget.spend():
            return {}
        return cheapest(view.system, chosen, cell.cell, end, value - slack if end == LOW else value + slack)

    return lines(view.book, cell.cell, _want(cell), rows_for)


def _opened(book: Book, publication: Publication, cell: HiddenCell, draft: Derivation) -> Derivation:
    """Say first what the rule says of the cell, where the steps alone do not give its interval."""
    hidden = publication.status[cell.cell] in (Status.PRIMARY, Status.SECONDARY)
    low, high = proven(draft.steps, cell.cell)
    want = _want(cell)
    alone = (
        low is not None
        and low >= want[0]
        and (want[1] >= UNBOUNDED or (high is not None and high <= want[1]))
    )
    if not hidden or (alone and not cell.unavoidable):
        return draft
    return replace(draft, steps=(rule_step(Known(book), cell.cell), *draft.steps))


def _want(cell: HiddenCell) -> Interval:
    return cell.low, UNBOUNDED if cell.high is None else cell.high
