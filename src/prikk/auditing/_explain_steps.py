"""The making of one step of a derivation from rows of a system, in exact integer arithmetic."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

from prikk.auditing._explain_book import Book, Known
from prikk.auditing._explain_model import HIGH, LOW, End, Rows
from prikk.auditing._model import Step, Term
from prikk.auditing._system import LISTED, RELATION
from prikk.tabular import UNBOUNDED

Reason = Literal["sum", "relation", "listed", "combined"]


def step_of(known: Known, rows: Rows, quantity: int, end: End) -> Step | None:
    """Solve rows, added up, for one end of a quantity; None if they do not bound it there.

    Where everything but the quantity is known, and the rows are equations, the step gives both ends.
    """
    book = known.book
    rows, weights = _solved(book, _reduced(rows), quantity)
    divisor = weights.pop(quantity, 0)
    sides = _sides(book, rows)
    constant = sides[end]
    terms = _terms(known, weights)
    if constant is None or divisor == 0 or bound_of(terms, constant, divisor, end) is None:
        return None
    equal = sides[LOW] == sides[HIGH] and all(t.low == t.high for t in terms)
    reason, note = _reason(book, rows)
    return Step(
        quantity=quantity,
        low=bound_of(terms, constant, divisor, LOW) if equal or end == LOW else None,
        high=bound_of(terms, constant, divisor, HIGH) if equal or end == HIGH else None,
        terms=terms,
        constant=constant,
        bound="=" if equal else ">=" if end == LOW else "<=",
        reason=reason,
        note=note,
        divisor=divisor,
        rows=tuple(sorted(rows.items())),
        totals=totals_in(book.totals, rows) if len(rows) > 1 else (),
    )


def bound_of(terms: Sequence[Term], constant: int, divisor: int, end: End) -> int | None:
    """The bound that terms at their worst give, rounded inwards; None when one of them is endless."""
    total = constant
    for term in terms:
        value = term.high if (term.coefficient > 0) == (end == HIGH) else term.low
        if value is None or abs(value) >= UNBOUNDED:
            return None
        total += term.coefficient * value
    return total // divisor if end == HIGH else -(-total // divisor)


def totals_in(totals: Sequence[tuple[int, int] | None], rows: Rows) -> tuple[tuple[int, int, int], ...]:
    """The totals whose sums are added and subtracted, what is added first.

    A row is a total less its parts, and the rows stand on the side of the quantity: there a total that is
    added has a weight below nought.
    """
    found = [(*total, -times) for row, times in rows.items() if (total := totals[row])]
    return tuple(sorted(found, key=lambda total: (total[2] < 0, total)))


def end_used(step: Step, term: Term) -> int | None:
    """The end of a term's interval that a step that gives one end is made of."""
    return term.high if (term.coefficient > 0) == (step.bound == "<=") else term.low


def rule_step(known: Known, quantity: int) -> Step:
    """What a reader knows of a quantity by itself."""
    low, high = known[quantity]
    return Step(
        quantity=quantity,
        low=low,
        high=None if high >= UNBOUNDED else high,
        terms=(),
        constant=low,
        bound="=" if low == high else ">=",
        reason="rule",
    )


def _reduced(rows: Rows) -> Rows:
    common = math.gcd(*rows.values())
    return {row: times // common for row, times in rows.items() if times}


def _solved(book: Book, rows: Rows, quantity: int) -> tuple[Rows, dict[int, int]]:
    """The rows, and the weights they add up to, turned so that the quantity's is not negative."""
    weights: dict[int, int] = {}
    for row, times in rows.items():
        for other, coefficient in book.row(row):
            weights[other] = weights.get(other, 0) + times * coefficient
    if weights.get(quantity, 0) < 0:
        return {r: -m for r, m in rows.items()}, {q: -w for q, w in weights.items()}
    return rows, weights


def _sides(book: Book, rows: Rows) -> tuple[int | None, int | None]:
    """The least and the largest sum that rows added up allow; None where there is no limit."""
    sides: list[int | None] = []
    for end in (LOW, HIGH):
        parts = [
            times * (book.row_low[row] if (times > 0) == (end == LOW) else book.row_high[row])
            for row, times in rows.items()
        ]
        sides.append(None if any(abs(part) >= UNBOUNDED for part in parts) else sum(parts))
    return sides[LOW], sides[HIGH]


def _terms(known: Known, weights: dict[int, int]) -> tuple[Term, ...]:
    """The quantities beside the one that is solved for, what is added first; shown zeros are left out."""
    kept = [(q, -w, *known[q]) for q, w in weights.items() if w and not known.book.zero(q)]
    return tuple(
        Term(quantity=q, coefficient=c, low=low, high=None if high >= UNBOUNDED else high)
        for q, c, low, high in sorted(kept, key=lambda term: (term[1] < 0, term[0]))
    )


def _reason(book: Book, rows: Rows) -> tuple[Reason, str]:
    note = "; ".join(book.texts[book.numbers[r]] for r in sorted(rows) if book.kinds[r] == RELATION)
    if len(rows) > 1:
        return "combined", note
    kind = book.kinds[next(iter(rows))]
    return "relation" if kind == RELATION else "listed" if kind == LISTED else "sum", note
