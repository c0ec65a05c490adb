"""Explanations: for a cell that can be worked out, the arithmetic that a person can check by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from prikk.auditing._explain_book import Known, book_of
from prikk.auditing._explain_lemmas import Lemmas
from prikk.auditing._explain_model import HIGH, ExplainLimits, Steps, length, proven, rows_of
from prikk.auditing._explain_steps import rule_step
from prikk.auditing._explain_view import View, from_facts, proves, reach_view, reads_better, view_of, wanted
from prikk.auditing._model import Attacker, Derivation, HiddenCell, Rule
from prikk.auditing._system import build_system
from prikk.tabular import UNBOUNDED, Publication, Status

_TEDIOUS = 60
"""Terms and rows above which a shorter proof is looked for as far as it takes."""


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
    system.matrix.eliminate_zeros()  # a share of nought per cent speaks of the whole with the factor 0
    plain = view_of(system, book_of(publication, system), system.low < system.high, limits)
    bare = reach_view(publication, rule, plain)
    found = [_first(plain, bare, cell) for cell in cells]
    lemmas = Lemmas(plain, limits.programmes)
    _complete(lemmas, cells, found)
    _shorten(plain, lemmas.left, cells, found)
    found = [d if d.complete else _part(plain, c) for c, d in zip(cells, found, strict=True)]
    hidden = (publication.status == Status.PRIMARY) | (publication.status == Status.SECONDARY)
    return tuple(
        _opened(plain, cell, draft) if hidden[cell.cell] else draft
        for cell, draft in zip(cells, found, strict=True)
    )


def _first(plain: View, bare: View, cell: HiddenCell) -> Derivation:
    """What propagation proves: of an unavoidable cell without any figure, if it can be."""
    for view in (bare, plain) if cell.unavoidable else (plain,):
        facts = view.chains.nearby(cell.cell, wanted(cell), view.limits)
        steps = from_facts(view, Known(view.book), cell, wanted(cell), facts)
        if proves(view.book, steps, cell):
            return Derivation(cell=cell.cell, steps=steps, complete=True)
    if plain.chains.reaches(cell.cell, wanted(cell)):
        return _part(plain, cell)
    return Derivation(cell=cell.cell, steps=(), complete=False)


def _part(plain: View, cell: HiddenCell) -> Derivation:
    """As much of the interval as propagation through everything proves."""
    low, high = plain.chains.ends(cell.cell)
    want = min(low, cell.low), max(high, wanted(cell)[HIGH])
    steps = from_facts(plain, Known(plain.book), cell, want, plain.chains.anywhere(cell.cell, want))
    return Derivation(cell=cell.cell, steps=steps, complete=proves(plain.book, steps, cell))


def _complete(lemmas: Lemmas, cells: Sequence[HiddenCell], found: list[Derivation]) -> None:
    """Prove what propagation did not: in small areas first, each proof helping the next; by programme last."""
    limits = lemmas.view.limits
    for most, programme in [*((most, 0) for most in limits.areas), *((limits.rows, p) for p in limits.wide)]:
        for i, cell in enumerate(cells):
            steps = () if found[i].complete else _proof(lemmas, cell, most, programme)
            if steps:
                found[i] = Derivation(cell=cell.cell, steps=lemmas.add(cell, steps), complete=True)


def _proof(lemmas: Lemmas, cell: HiddenCell, most: int, programme: int) -> Steps:
    """A proof that is not too long with what it rests on: a chain, else a line.

    The line is from a contradiction in a ball of ``most`` rows, else from a programme of ``programme`` rows.
    """
    steps = lemmas.chain(cell) or lemmas.denied(cell, most)
    if not steps and programme and lemmas.left > 0:
        steps = lemmas.line(cell, programme)
    whole = lemmas.whole(steps)
    return steps if len(whole) <= lemmas.view.limits.steps and proves(lemmas.view.book, whole, cell) else ()


def _shorten(plain: View, left: int, cells: Sequence[HiddenCell], found: list[Derivation]) -> None:
    """Look for lines that read shorter than what is long, and rest on nothing else that is derived."""
    alone = Lemmas(plain, left)
    for i, cell in enumerate(cells):
        draft = found[i].steps
        long = length(draft) > plain.limits.long and rows_of(draft) > 2
        if found[i].complete and long and not cell.unavoidable:
            found[i] = replace(found[i], steps=_shortened(alone, cell, draft))


def _shortened(alone: Lemmas, cell: HiddenCell, draft: Steps) -> Steps:
    """The best of what there is, a line from a contradiction, and a line by programme from the rows of the better."""
    limits = alone.view.limits
    if len(draft) > 2:
        most = limits.areas[0] if length(draft) < _TEDIOUS else limits.rows
        draft = _better(limits, alone.denied(cell, most), draft)
    return _better(limits, alone.shorter(cell, draft), draft) if alone.left > 0 else draft


def _better(limits: ExplainLimits, line: Steps, draft: Steps) -> Steps:
    return line if line and reads_better(limits, line, draft) else draft


def _opened(plain: View, cell: HiddenCell, draft: Derivation) -> Derivation:
    """Say first what the rule says of the cell, where the steps alone do not give its interval."""
    low, high = proven(draft.steps, cell.cell)
    want = wanted(cell)
    alone = low is not None and low >= want[0] and (high if high is not None else UNBOUNDED) <= want[1]
    if alone and not cell.unavoidable:
        return draft
    opening: Steps = (rule_step(Known(plain.book), cell.cell),)
    return replace(draft, steps=opening + draft.steps)
