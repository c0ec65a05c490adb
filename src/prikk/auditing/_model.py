"""What an audit says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from prikk.tabular import Publication, Status

Attacker = Literal["naive", "threshold", "full"]
Requirement = Literal["full", "not-exact"] | int
"""Every primary safe; none exact; or at least so many possible values, as far as the reach allows."""


class Verdict(StrEnum):
    """What a reader can learn of a hidden cell; the words are those of the guarantee (docs/design/model.md)."""

    EXACT = "exact"
    NARROWED = "narrowed"
    SAFE = "safe"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The rule a reader knows: hidden for being below ``threshold``; zero too, or only from 1 up."""

    threshold: int
    zeros: Literal["hidden", "shown"]

    @property
    def lowest(self) -> int:
        """The least count of a hidden cell."""
        return 0 if self.zeros == "hidden" else 1

    @property
    def highest(self) -> int:
        """The greatest count that falls under the rule."""
        return self.threshold - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How hard the audit tries; counted in steps, so that the answer does not depend on the machine.

    ``nodes`` of the search for each end of a cell, in growing rounds; ``programmes`` integer programmes for
    what is then still open in a component, each of at most ``programme_nodes`` branches. In a component of
    at most ``small`` quantities programmes are quick and follow the first round.

    A component of more than ``large`` quantities has one round, of ``large_nodes``, and then a walk instead of
    programmes: ``rounds``, until one finds little, of ``steps`` in each of two parts, every step one programme of at
    most ``step_nodes`` branches that moves some thousand quantities. More rounds leave fewer cells undecided.

    ``processes`` is how many may work at once (None: as many as there are cores); it changes no answer.
    """

    nodes: tuple[int, ...] = (100, 300, 300)
    small: int = 1_000
    large: int = 5_000
    large_nodes: int = 10
    rounds: int = 6
    steps: int = 120
    step_nodes: int = 1
    programmes: int = 400
    programme_nodes: int = 2_000
    processes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenCell:
    """One hidden cell: its interval, proven from outside (``low``, ``high``) and by tables from inside.

    ``high`` is None when nothing bounds the cell. ``inner_low`` to ``inner_high`` are the ends of what tables
    take that agree with all that is published: ``inner_low`` is None when no table was found,
    ``inner_high`` also when they take any value. Where both brackets meet the interval is exact. ``reach`` and ``verdict`` are given for cells that fall under the rule.
    """

    cell: int
    status: Status
    low: int
    high: int | None
    inner_low: int | None
    inner_high: int | None
    reach_low: int | None = None
    reach_high: int | None = None
    verdict: Verdict | None = None
    unavoidable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The counts of an audit; exact, narrowed, safe and undecided add up to ``primary``."""

    attacker: Attacker
    cells: int
    hidden: int
    primary: int
    exact: int
    unavoidable: int
    narrowed: int
    safe: int
    undecided: int
    contradictions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What can be worked out of a publication: every hidden cell, and the statements that cannot hold.

    ``attacked`` is the publication without those statements; explanations start from it.
    """

    rule: Rule
    attacker: Attacker
    summary: Summary
    hidden: tuple[HiddenCell, ...]
    contradictions: tuple[str, ...]
    attacked: Publication | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One quantity in a step: its coefficient, and the interval that is used of it.

    ``quantity`` is the number of a cell of the publication, or, from there on, of one of its unknowns.
    Where ``low == high`` it is a shown figure or one derived in an earlier step.
    """

    quantity: int
    coefficient: int
    low: int
    high: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line that a person can check: from ``terms`` follows that ``quantity`` lies in ``low`` to ``high``.

    ``quantity = sum(coefficient * term) + constant``, or its bound where ``bound`` says so: ``"="`` when
    the terms are all known, ``"<="`` or ``">="`` when they give one end. An end that the step does not give is
    None. ``reason`` is ``"sum"`` (published totals), ``"relation"`` (with its text in ``note``), ``"rule"``, ``"listed"``
    or ``"combined"`` (several totals at once, added and subtracted).

    With a ``divisor`` above 1 the terms give so many times the quantity: divide, and round inwards. ``rows``
    are the statements that are used: (row of the system that the publication makes, how often it is
    added). Cells shown as zero are left out of ``terms``. A step from several rows names in ``totals`` those that
    are sums: (the cell of the total, the dimension that it is the sum over or -1 for the whole, how often it is
    added; less than 0: subtracted), even where a total itself cancels.
    """

    quantity: int
    low: int | None
    high: int | None
    terms: tuple[Term, ...]
    constant: int
    bound: Literal["=", "<=", ">="]
    reason: Literal["sum", "relation", "rule", "listed", "combined"]
    note: str = ""
    divisor: int = 1
    rows: tuple[tuple[int, int], ...] = ()
    totals: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """Why a cell is exact or narrowed: steps in order, the last ones about the cell itself.

    ``complete`` is False where the proof is a search (every case was tried) and no short chain exists;
    ``steps`` then hold what propagation gives of it.
    """

    cell: int
    steps: tuple[Step, ...]
    complete: bool
