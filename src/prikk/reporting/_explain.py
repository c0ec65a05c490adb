"""A derivation in words: one line a step, each a sum that a person can check in the tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from prikk.auditing import Derivation, HiddenCell, Step, Verdict
from prikk.reading import Place
from prikk.reporting._arithmetic import (
    Piece,
    StepAt,
    arithmetic,
    end_reason,
    named,
    reasons,
    status_of,
    totals,
)
from prikk.reporting._facts import AuditFacts
from prikk.reporting._figures import MINUS, outer_values, values_text
from prikk.reporting._naming import Teller, home_of, teller

Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a cell is not safe: lines of arithmetic, in order, and sentences that close them.

    ``uses`` has the cells that the arithmetic reads, each with its part in it: a sign where there is one line,
    the numbers of the lines where there are several.
    """

    lines: tuple[Line, ...] = ()
    closing: tuple[str, ...] = ()
    uses: tuple[tuple[int, str], ...] = ()

    def __str__(self) -> str:
        """Plain text; the lines are numbered if there are several."""
        lines = ["".join(piece.text for piece in line) for line in self.lines]
        if len(lines) > 1:
            lines = [f"{i}. {line}" for i, line in enumerate(lines, start=1)]
        return "\n".join([*lines, *self.closing])


def explain_text(derivation: Derivation, report: AuditFacts, language: str = "en") -> str:
    """Tell a derivation as plain text, a line a step.

    ``342 (I alt lønnstilskudd) − 340 (Midlertidig lønnstilskudd) = 2``: a cell is named by its row, and by
    its column and table where these are not those of the cell that is explained.
    """
    cell = next((c for c in report.audit.hidden if c.cell == derivation.cell), None)
    return str(_explained(derivation, cell, teller(report, language)))


def explain(cell: HiddenCell, teller: Teller) -> Explanation | None:
    """Explain a hidden cell; None for one that is safe or that the rule does not judge."""
    if cell not in teller.told:
        teller.told[cell] = _explanation(cell, teller)
    told: Explanation | None = teller.told[cell]
    return told


def _explanation(cell: HiddenCell, teller: Teller) -> Explanation | None:
    if cell.verdict is None or cell.verdict == Verdict.SAFE:
        return None
    if cell.verdict == Verdict.UNDECIDED:
        return Explanation(closing=(_undecided(cell, teller),))
    derivation = teller.facts.derivations.get(cell.cell)
    if derivation is None:
        text = teller.say.no_steps.format(values=outer_values(cell, teller.say, teller.write))
        return Explanation(closing=(text, *_unavoidable(cell, teller)))
    return _explained(derivation, cell, teller)


def _explained(derivation: Derivation, cell: HiddenCell | None, teller: Teller) -> Explanation:
    derivation = derivation if cell is None else _without_rule(derivation, cell, teller)
    quantities = [term.quantity for step in derivation.steps for term in step.terms]
    home = home_of(derivation.cell, quantities, teller)
    lines = tuple(_line(derivation, number, home, teller) for number in range(len(derivation.steps)))
    closing = () if cell is None else (*_conclusion(derivation, cell, teller), *_unavoidable(cell, teller))
    return Explanation(lines=lines, closing=closing, uses=_uses(derivation, teller))


def _without_rule(derivation: Derivation, cell: HiddenCell, teller: Teller) -> Derivation:
    """Leave out the opening that says what the rule leaves where the conclusion says it, or what is used of it."""
    first = derivation.steps[0] if len(derivation.steps) > 1 and derivation.complete else None
    if first is None or first.reason != "rule" or first.quantity != cell.cell:
        return derivation
    rest = replace(derivation, steps=derivation.steps[1:])
    same = teller.facts.rule_known and (first.low, first.high) == (cell.reach_low, cell.reach_high)
    told = same if cell.verdict == Verdict.NARROWED else all(_own_reasons(rest, cell, teller))
    return rest if told else derivation


def _own_reasons(derivation: Derivation, cell: HiddenCell, teller: Teller) -> tuple[str, ...]:
    """Why the ends of a cell hold that no step gives; an empty text for one that has no plain reason."""
    own = [step for step in derivation.steps if step.quantity == cell.cell]
    ends = []
    if not any(step.low is not None and step.low >= cell.low for step in own):
        ends.append((cell.low, True))
    if not any(step.high is not None and step.high <= (cell.high or 0) for step in own):
        ends.append((cell.high or 0, False))
    status = status_of(cell.cell, teller)
    return tuple(end_reason(end, status, teller, is_low=is_low) for end, is_low in ends)


def _line(derivation: Derivation, number: int, home: Place | None, teller: Teller) -> Line:
    """One step: what it is about if that is not plain, where it comes from, the sum, and why its ends hold."""
    step, say = derivation.steps[number], teller.say
    start: list[Piece] = []
    if step.quantity != derivation.cell:
        start = [named(step.quantity, home, teller), Piece(text=": ")]
        home = home_of(step.quantity, [t.quantity for t in step.terms], teller)
    elif len(derivation.steps) > 1:
        start = [Piece(text=f"{say.here}: ")]
    if step.reason == "rule":
        return (*start, Piece(text=_rule(step, teller)))
    at = StepAt(derivation=derivation, number=number, home=home, teller=teller)
    start += _source(at)
    why = reasons(at)
    end = (Piece(text=", " + say.because.format(reasons=say.also.join(why))),) if why else ()
    return (*start, *arithmetic(at), *end)


def _source(at: StepAt) -> Iterator[Piece]:
    """Which statements a step comes from, where it is not the one sum that its terms show."""
    step, say = at.step, at.teller.say
    source = {"combined": say.combined, "listed": say.listed}.get(step.reason, "")
    named = tuple(totals(at))
    if not source and not step.note:
        return
    yield Piece(text=source)
    if named:
        yield from (Piece(text=" ["), *named, Piece(text="]"))
    yield Piece(text=f" ({step.note}): " if source and step.note else f"{step.note}: ")


def _rule(step: Step, teller: Teller) -> str:
    """What a reader knows of a quantity by itself."""
    say, rule, status = teller.say, teller.facts.audit.rule, status_of(step.quantity, teller)
    if step.low is None:
        return say.because_high.format(
            high=teller.write(step.high or 0), threshold=teller.write(rule.threshold)
        )
    if step.high is None:
        reason = end_reason(step.low, status, teller, is_low=True)
        return reason or f"{say.at_least} {teller.write(step.low)}"
    values = values_text(step.low, step.high, say, teller.write)
    return say.rule_span.format(values=values, threshold=teller.write(rule.threshold))


def _conclusion(derivation: Derivation, cell: HiddenCell, teller: Teller) -> tuple[str, ...]:
    """What the steps come to, unless the last one says it already."""
    say, values = teller.say, outer_values(cell, teller.say, teller.write)
    if not derivation.complete:
        return (say.search.format(values=values),)
    if cell.verdict == Verdict.EXACT:
        plain = bool(derivation.steps) and derivation.steps[-1].bound == "="
        return () if plain else (_so_exactly(derivation, cell, teller),)
    if cell.reach_low is None or not teller.facts.rule_known:
        return (say.so.format(values=values),)
    reach = values_text(cell.reach_low, cell.reach_high, say, teller.write)
    return (say.so_not_all.format(values=values, reach=reach),)


def _so_exactly(derivation: Derivation, cell: HiddenCell, teller: Teller) -> str:
    """The one value that is left, and the end of it that the cell has by itself."""
    say = teller.say
    value = say.exact.format(values=outer_values(cell, say, teller.write))
    why = tuple(filter(None, _own_reasons(derivation, cell, teller)))
    if not why or any(step.reason == "rule" and step.quantity == cell.cell for step in derivation.steps):
        return say.so.format(values=value)
    return say.so_because.format(values=value, reasons=say.also.join(why))


def _unavoidable(cell: HiddenCell, teller: Teller) -> tuple[str, ...]:
    return (teller.say.unavoidable,) if cell.unavoidable else ()


def _undecided(cell: HiddenCell, teller: Teller) -> str:
    say, outer = teller.say, outer_values(cell, teller.say, teller.write)
    if cell.inner_low is None:
        return say.undecided.format(outer=outer)
    inner = values_text(cell.inner_low, cell.inner_high, say, teller.write)
    return say.undecided_inner.format(outer=outer, inner=inner)


def _uses(derivation: Derivation, teller: Teller) -> tuple[tuple[int, str], ...]:
    """The cells that the steps read, each with its sign or the numbers of its steps."""
    many, found = len(teller.facts.reading.publication.table), dict[int, list[str]]()
    for number, step in enumerate(derivation.steps, start=1):
        for term in step.terms:
            sign = MINUS if term.coefficient < 0 else "+"
            if term.quantity < many and term.quantity != derivation.cell:
                found.setdefault(term.quantity, []).append(str(number) if len(derivation.steps) > 1 else sign)
    return tuple((cell, ",".join(dict.fromkeys(marks))) for cell, marks in found.items())
