"""What a derivation may use, and the proofs that propagation gives in it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from prikk.auditing._explain_book import Book, Known
from prikk.auditing._explain_chain import Chains, chain_of
from prikk.auditing._explain_lines import added_up, lines
from prikk.auditing._explain_model import End, ExplainLimits, Interval, Rows, Steps, length
from prikk.auditing._kernels import Ints
from prikk.auditing._model import HiddenCell, Rule
from prikk.auditing._system import System
from prikk.tabular import UNBOUNDED, Publication, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A system made ready for both ways of proof.

    ``book`` holds what a term may say of a quantity by itself. ``chains`` and ``system`` share their domains,
    which may be sharper, by what was proven before.
    """

    system: System
    book: Book
    chains: Chains
    limits: ExplainLimits


def view_of(system: System, book: Book, passing: NDArray[np.bool_], limits: ExplainLimits) -> View:
    """Make a view; ``passing`` are the quantities through which the ball round a cell grows."""
    own = replace(system, low=system.low.astype(np.int64), high=system.high.astype(np.int64))
    return View(system=own, book=book, chains=Chains(own, passing), limits=limits)


def reach_view(publication: Publication, rule: Rule, plain: View) -> View:
    """The same rows, with only this said of each shown figure, that it is not zero.

    What follows here follows whatever is hidden. An argument runs through cells that fall under the rule,
    since only they have an upper end.
    """
    many, system = len(publication.table), plain.system
    low, high = system.low.copy(), system.high.copy()
    shown = np.flatnonzero((publication.status == Status.PUBLISHED) & (low[:many] > 0))
    low[shown], high[shown] = np.minimum(low[shown], rule.lowest), UNBOUNDED
    passing = np.zeros(len(low), dtype=bool)
    passing[:many] = publication.status == Status.PRIMARY
    bare = replace(system, low=low, high=high)
    book = replace(plain.book, low=low.tolist(), high=high.tolist())
    return view_of(bare, book, passing, plain.limits)


def from_facts(view: View, known: Known, cell: HiddenCell, want: Interval, facts: Ints) -> Steps:
    """The shorter of the chain and the line that some facts make; none without facts, or if both are long."""
    if not len(facts):
        return ()

    chain = chain_of(known.copy(), facts)
    if len(chain) == 1:
        return chain

    def rows_for(end: End, value: int) -> Rows:
        return view.chains.trimmed(cell.cell, end, value, added_up(view.book, facts, cell.cell, end))

    return shorter(view.limits, chain, lines(known, cell.cell, want, rows_for))


def shorter(limits: ExplainLimits, chain: Steps, line: Steps) -> Steps:
    """A line where it reads better or there is no chain; else the chain, if it is not too long."""
    if line and (not chain or len(chain) > limits.steps or reads_better(limits, line, chain)):
        return line
    return chain if len(chain) <= limits.steps else ()


def reads_better(limits: ExplainLimits, line: Steps, other: Steps) -> bool:
    """Whether lines are shorter than other steps; of many rows only if by half, as each step of a chain is simple."""
    few = all(len(step.rows) <= limits.line for step in line)
    return length(line) < length(other) if few else 2 * length(line) < length(other)


def proves(book: Book, steps: Steps, cell: HiddenCell) -> bool:
    """Whether steps give the interval of a cell."""
    known = Known(book)
    for step in steps:
        known.add(step)
    return known.meets(cell.cell, wanted(cell))


def wanted(cell: HiddenCell) -> Interval:
    """The interval that is to be proven; an end that was made from no end, by subtraction, is none."""
    high = UNBOUNDED if cell.high is None else cell.high
    return cell.low, UNBOUNDED if high > UNBOUNDED // 2 else high
