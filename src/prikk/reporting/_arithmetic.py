"""One step of a derivation as arithmetic: ``at most 12 (Total) − 9 (A) = 3``, and why its ends hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from prikk.auditing import Derivation, Step, Term
from prikk.reading import Place
from prikk.reporting._figures import MINUS
from prikk.reporting._naming import Teller, by_table, names_of
from prikk.tabular import Status


class Piece(NamedTuple):
    """A part of a line; ``cell`` is the number of the cell that it names, None for other text.

    ``term`` is set where a term or the total begins: there a long sum may be broken into lines.
    """

    text: str
    cell: int | None = None
    term: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StepAt:
    """A step of a derivation, and the place from which its quantities are named."""

    derivation: Derivation
    number: int
    home: Place | None
    teller: Teller

    @property
    def step(self) -> Step:
        """The step itself."""
        return self.derivation.steps[self.number]


def named(quantity: int, home: Place | None, teller: Teller) -> Piece:
    """A quantity by its name, and by its number if it is a cell."""
    return _all_named([quantity], home, teller)[0]


def _all_named(quantities: Sequence[int], home: Place | None, teller: Teller) -> list[Piece]:
    """Quantities that follow each other in a sum."""
    many = len(teller.facts.reading.publication.table)
    named = zip(quantities, names_of(quantities, home, teller), strict=True)
    return [Piece(text=name, cell=quantity if quantity < many else None) for quantity, name in named]


def totals(at: StepAt) -> Iterator[Piece]:
    """The totals whose sums a step adds and subtracts: ``Boats by harbour + North harbour by boat``."""
    found = at.step.totals
    hierarchies = at.teller.facts.reading.publication.table.hierarchies
    names = _all_named([cell for cell, _, _ in found], at.home, at.teller)
    for i, ((_, dimension, times), name) in enumerate(zip(found, names, strict=True)):
        yield Piece(text=_sign(times, first=i == 0) + _factor(at, times))
        if dimension < 0:
            yield name
            continue
        over = at.teller.say.over.format(total=name.text, dimension=hierarchies[dimension].name)
        yield name._replace(text=over)


def arithmetic(at: StepAt) -> Iterator[Piece]:
    """Give the sum of a step: its bound, its terms, their total, and its end where that is another."""
    step, write = at.step, at.teller.write
    terms = _in_order(at)
    alone = (
        len(terms) + bool(step.constant) < 2 and all(t.coefficient == 1 for t in terms) and step.divisor == 1
    )
    bound = _bound(at)
    if bound or alone:
        yield Piece(text=f"{bound or at.teller.say.equal_to} ")
    names = _all_named([t.quantity for t in terms], at.home, at.teller)
    for i, (term, name) in enumerate(zip(terms, names, strict=True)):
        yield from _term(at, term, name, _sign(term.coefficient, first=i == 0))
    if step.constant or not terms:
        yield Piece(text=_sign(step.constant, first=not terms) + write(abs(step.constant)), term=True)
    total = step.constant + sum(t.coefficient * (used_end(step, t) or 0) for t in terms)
    if not alone:
        yield Piece(text=f" = {write(total)}", term=True)
    yield from _end(at, total)


def _in_order(at: StepAt) -> list[Term]:
    """What is added first, and the terms of one table together."""
    terms = list[Term]()
    for side in (True, False):
        own = [t for t in at.step.terms if (t.coefficient > 0) == side]
        terms += [own[i] for i in by_table([t.quantity for t in own], at.home, at.teller)]
    return terms


def _end(at: StepAt, total: int) -> Iterator[Piece]:
    """What a total comes to where it is not the value itself: divided, or held by what is known besides."""
    step, say, write = at.step, at.teller.say, at.teller.write
    end = step.high if step.bound == "<=" else step.low
    if end is None or end == total:
        return
    value = f"{_bound(at)} {write(end)}".strip()
    if step.divisor > 1:
        yield Piece(text=say.divided.format(divisor=write(step.divisor), value=value))
    else:
        yield Piece(text=f" → {value}")


def _bound(at: StepAt) -> str:
    return {"=": "", "<=": at.teller.say.at_most, ">=": at.teller.say.at_least}[at.step.bound]


def _sign(value: int, *, first: bool) -> str:
    if first:
        return MINUS if value < 0 else ""
    return f" {MINUS} " if value < 0 else " + "


def _factor(at: StepAt, coefficient: int) -> str:
    return f"{at.teller.write(abs(coefficient))} × " if abs(coefficient) != 1 else ""


def _term(at: StepAt, term: Term, name: Piece, sign: str) -> Iterator[Piece]:
    """A figure, and in brackets what it is and, if the table does not show it, where it is from."""
    say, end = at.teller.say, used_end(at.step, term)
    yield Piece(
        text=f"{sign}{_factor(at, term.coefficient)}{'?' if end is None else at.teller.write(end)}", term=True
    )
    yield Piece(text=" (")
    yield name
    notes = []
    if term.low != term.high:
        notes.append(say.its_most if end == term.high else say.its_least)
        notes += [say.rounded] if _rounded(at, term) else []
    earlier = _earlier(at, term)
    notes += [say.step.format(number=earlier + 1)] if earlier is not None else []
    yield Piece(text="".join(f", {note}" for note in notes) + ")")


def used_end(step: Step, term: Term) -> int | None:
    """The end of a term's interval that a step's bound is made of."""
    upper = step.bound != "=" and (step.bound == "<=") == (term.coefficient > 0)
    return term.high if upper else term.low


def _earlier(at: StepAt, term: Term) -> int | None:
    """The last step before this one that gives the end that is used of a term."""
    end = used_end(at.step, term)
    for number in range(at.number - 1, -1, -1):
        step = at.derivation.steps[number]
        if step.quantity == term.quantity and end is not None and end in (step.low, step.high):
            return number
    return None


def _status(at: StepAt, term: Term) -> Status | None:
    return status_of(term.quantity, at.teller)


def status_of(quantity: int, teller: Teller) -> Status | None:
    """The status of a cell; None for what is no cell."""
    status = teller.facts.reading.publication.status
    return Status(int(status[quantity])) if quantity < len(status) else None


def _rounded(at: StepAt, term: Term) -> bool:
    """Whether a table prints a figure that stands for several values."""
    publication, q = at.teller.facts.reading.publication, term.quantity
    return _status(at, term) == Status.PUBLISHED and bool(publication.low[q] != publication.high[q])


def reasons(at: StepAt) -> tuple[str, ...]:
    """Why the ends hold that no table shows and no earlier step gives, each once."""
    found = (_reason(at, term) for term in at.step.terms if term.low != term.high)
    return tuple(dict.fromkeys(filter(None, found)))


def _reason(at: StepAt, term: Term) -> str:
    end = used_end(at.step, term)
    if end is None or _rounded(at, term) or _earlier(at, term) is not None:
        return ""
    return end_reason(end, _status(at, term), at.teller, is_low=end == term.low)


def end_reason(end: int, status: Status | None, teller: Teller, *, is_low: bool) -> str:
    """Why a count that is not shown has an end: it is a count, or the rule hides it; nothing for other ends."""
    rule, say, write = teller.facts.audit.rule, teller.say, teller.write
    if is_low and end == 0:
        return say.because_low
    if is_low and end == rule.lowest:
        # An argument that holds whatever is hidden uses of a shown figure no more than this.
        text = say.because_shown if status == Status.PUBLISHED else say.because_positive
        return text.format(low=write(end))
    if status == Status.PRIMARY and end == rule.highest:
        return say.because_high.format(high=write(end), threshold=write(rule.threshold))
    if status == Status.SECONDARY and is_low and end == rule.threshold:
        return say.because_other.format(threshold=write(end))
    return ""
