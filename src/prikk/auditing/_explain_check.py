"""Check derivations: every step again, from the publication alone, in whole numbers.

Shares only the statement of the problem (:func:`build_system`) with what makes them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from prikk.auditing._kernels import Ints
from prikk.auditing._model import Attacker, Derivation, Rule, Step, Term
from prikk.auditing._system import LISTED, MEMBER, PART, RELATION, SUM, System, build_system
from prikk.tabular import UNBOUNDED, Publication, Sums, sums

Ends = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ledger:
    """What has been shown so far of each quantity."""

    publication: Publication
    identities: Sums
    system: System
    low: Ints
    high: Ints


def check_derivation(
    publication: Publication, rule: Rule, attacker: Attacker, derivation: Derivation
) -> bool:
    """Tell whether every step of a derivation follows from the publication and the steps before it.

    A complete one must end with what it says of its cell.
    """
    return check_derivations(publication, rule, attacker, [derivation])[0]


def check_derivations(
    publication: Publication, rule: Rule, attacker: Attacker, derivations: Iterable[Derivation]
) -> tuple[bool, ...]:
    """The same for many derivations of one publication."""
    system = build_system(publication, rule, attacker)
    ledger = _Ledger(
        publication=publication,
        identities=sums(publication.table),
        system=system,
        low=system.low.copy(),
        high=system.high.copy(),
    )
    return tuple(_holds(ledger, derivation) for derivation in derivations)


def _holds(ledger: _Ledger, derivation: Derivation) -> bool:
    steps = derivation.steps
    if derivation.complete and not (steps and steps[-1].quantity == derivation.cell):
        return False
    try:
        return all(_follows(ledger, step) for step in steps)
    finally:
        ledger.low[:], ledger.high[:] = ledger.system.low, ledger.system.high


def _follows(ledger: _Ledger, step: Step) -> bool:
    """Whether one step holds; if so it goes into the ledger."""
    quantities = [step.quantity, *(term.quantity for term in step.terms)]
    named_well = len(set(quantities)) == len(quantities) and all(0 <= q < len(ledger.low) for q in quantities)
    if (
        not named_well
        or step.divisor < 1
        or step.reason != _reason(ledger, step)
        or step.note != _note(ledger, step)
        or not _names_its_totals(ledger, step)
    ):
        return False
    sound = _rule_holds(ledger, step) if step.reason == "rule" else _line_holds(ledger, step)
    if sound and step.low is not None:
        ledger.low[step.quantity] = max(step.low, ledger.low[step.quantity])
    if sound and step.high is not None:
        ledger.high[step.quantity] = min(step.high, ledger.high[step.quantity])
    return sound


def _rule_holds(ledger: _Ledger, step: Step) -> bool:
    """What a step says by the rule, the quantity's own domain says too."""
    low, high = int(ledger.system.low[step.quantity]), int(ledger.system.high[step.quantity])
    stated = step.low is not None and step.constant == step.low and not step.terms
    bound = "=" if step.low == step.high else ">="
    return stated and step.bound == bound and _inside((low, high), (step.low, step.high))


def _line_holds(ledger: _Ledger, step: Step) -> bool:
    """The rows add up to the terms, the terms are known, and they give the bound that is stated."""
    if not all(_inside(_known(ledger, term.quantity), (term.low, term.high)) for term in step.terms):
        return False
    weights, (least, most) = _added(ledger.system, step.rows)
    stated = {step.quantity: step.divisor} | {term.quantity: -term.coefficient for term in step.terms}
    rest = {q: w for q, w in weights.items() if w and q not in stated}
    if any(weights.get(q, 0) != w for q, w in stated.items()) or not all(_zero(ledger, q) for q in rest):
        return False
    lowest, highest = _worth(step.terms, step.constant)
    rounded_up = None if lowest is None else -(-lowest // step.divisor)
    rounded_down = None if highest is None else highest // step.divisor
    proves = {
        "=": (step.constant, step.constant, rounded_up, rounded_down),
        ">=": (step.constant, most, rounded_up, None),
        "<=": (least, step.constant, None, rounded_down),
    }[step.bound]
    certain = step.bound != "=" or lowest == highest
    return certain and proves == (least, most, step.low, step.high) and (step.low, step.high) != (None, None)


def _added(system: System, rows: Iterable[tuple[int, int]]) -> tuple[dict[int, int], Ends]:
    """Rows added up: the weights of the quantities, and the least and largest sum."""
    matrix, weights = system.matrix, dict[int, int]()
    least: int | None = 0
    most: int | None = 0
    for row, times in rows:
        for k in range(int(matrix.indptr[row]), int(matrix.indptr[row + 1])):
            quantity = int(matrix.indices[k])
            weights[quantity] = weights.get(quantity, 0) + times * int(matrix.data[k])
        ends = int(system.row_low[row]), int(system.row_high[row])
        least = _plus(least, times, ends[0] if times > 0 else ends[1])
        most = _plus(most, times, ends[1] if times > 0 else ends[0])
    return weights, (least, most)


def _worth(terms: Iterable[Term], constant: int) -> Ends:
    """The least and the largest value of terms and a constant."""
    lowest: int | None = constant
    highest: int | None = constant
    for term in terms:
        ends = (term.low, term.high) if term.coefficient > 0 else (term.high, term.low)
        lowest = _plus(lowest, term.coefficient, ends[0])
        highest = _plus(highest, term.coefficient, ends[1])
    return lowest, highest


def _plus(total: int | None, times: int, value: int | None) -> int | None:
    return None if total is None or value is None or abs(value) >= UNBOUNDED else total + times * value


def _known(ledger: _Ledger, quantity: int) -> tuple[int, int]:
    return int(ledger.low[quantity]), int(ledger.high[quantity])


def _zero(ledger: _Ledger, quantity: int) -> bool:
    return bool(ledger.system.low[quantity] == 0 == ledger.system.high[quantity])


def _inside(known: tuple[int, int], stated: Ends) -> bool:
    """Whether what is known is at least as narrow as what is stated."""
    low, high = stated
    return low is not None and low <= known[0] and (high is None or known[1] <= high)


def _reason(ledger: _Ledger, step: Step) -> str:
    """The word for the rows of a step; empty for rows that the publication does not make."""
    numbers = [row for row, times in step.rows if times]
    if len(set(numbers)) != len(step.rows) or not all(0 <= r < len(ledger.system.row_low) for r in numbers):
        return ""
    if len(numbers) != 1:
        return "combined" if numbers else "rule"
    return {RELATION: "relation", LISTED: "listed"}.get(int(ledger.system.origin[numbers[0], 0]), "sum")


def _names_its_totals(ledger: _Ledger, step: Step) -> bool:
    """Whether a step from several rows names the total of each that is a sum, and no other."""
    if len(step.rows) < 2:
        return not step.totals
    totals, dimensions = ledger.identities.totals, ledger.identities.dimensions
    expected = []
    for row, times in step.rows:
        kind, number = ledger.system.origin[row].tolist()
        if kind in (SUM, PART):
            expected.append((int(totals[number]), int(dimensions[number]), -times))
        elif kind == MEMBER:
            expected.append((number, -1, -times))
    return sorted(expected) == sorted(step.totals)


def _note(ledger: _Ledger, step: Step) -> str:
    """The text of the relations among the rows."""
    origins = np.sort([row for row, _ in step.rows])
    texts = [
        ledger.publication.relations[number].text
        for kind, number in ledger.system.origin[origins.astype(np.intp)].tolist()
        if kind == RELATION
    ]
    return "; ".join(texts)
