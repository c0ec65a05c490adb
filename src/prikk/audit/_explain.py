"""Explanations: for a cell that can be worked out, the arithmetic that a person can check by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from prikk.audit._explain_book import Known, book_of
from prikk.audit._explain_lemmas import Lemmas
from prikk.audit._explain_model import ExplainLimits, Steps, length, proven
from prikk.audit._explain_steps import rule_step
from prikk.audit._explain_view import View, from_facts, proves, reach_view, reaches, shorter, view_of, wanted
from prikk.audit._model import Attacker, Derivation, HiddenCell, Rule
from prikk.audit._system import build_system
from prikk.tabular import UNBOUNDED, Publication, Status


def explain(
    publication: Publication,
    rule: Rule,
    attacker: Attacker,
    cells: Sequence[HiddenCell],
    *,
    helpers: Sequence[HiddenCell] = (),
    limits: ExplainLimits | None = None,
) -> tuple[Derivation, ...]:
    """Derive the intervals of some hidden cells, step by step, from what is published.

    Args:
        publication: what is shown, without statements that contradict the others: from those anything
            could be derived.
        rule: what a reader knows of the rule.
        attacker: what else a reader knows.
        cells: cells as an audit of the same publication gives them.
        helpers: other cells of the same audit; what is proven of them may help with ``cells``.
        limits: how far to look.

    Returns:
        A derivation for each cell. Where it is complete its steps prove ``low`` and ``high`` of the cell;
        :func:`check_derivation` can tell. Steps hold values that are hidden in public.
    """
    limits = limits or ExplainLimits()
    system = build_system(publication, rule, attacker)
    plain = view_of(system, book_of(publication, system), system.low < system.high, limits)
    bare = reach_view(publication, rule, system, limits)
    found = [_first(plain, bare, cell) for cell in cells]
    lemmas = Lemmas(plain)
    if not all(draft.complete for draft in found):
        _complete(lemmas, cells, found, _beyond(plain, cells, helpers))
    _shorten(plain, lemmas, cells, found)
    hidden = (publication.status == Status.PRIMARY) | (publication.status == Status.SECONDARY)
    return tuple(
        _opened(plain, cell, draft) if hidden[cell.cell] else draft
        for cell, draft in zip(cells, found, strict=True)
    )


def _first(plain: View, bare: View, cell: HiddenCell) -> Derivation:
    """What propagation proves: of an unavoidable cell without any figure, if it can be."""
    want = wanted(cell)
    if cell.unavoidable:
        facts = bare.chains.nearby(cell.cell, want, bare.limits)
        steps = from_facts(bare, Known(bare.book), cell, want, facts)
        if steps:
            return Derivation(cell=cell.cell, steps=steps, complete=True)
    facts = plain.chains.nearby(cell.cell, want, plain.limits)
    if not len(facts):
        low, high = plain.chains.ends(cell.cell)
        want = min(low, want[0]), max(high, want[1])
        facts = plain.chains.anywhere(cell.cell, want)
    steps = from_facts(plain, Known(plain.book), cell, want, facts)
    return Derivation(cell=cell.cell, steps=steps, complete=proves(plain.book, steps, cell))


def _beyond(
    plain: View, cells: Sequence[HiddenCell], helpers: Sequence[HiddenCell]
) -> list[tuple[HiddenCell, Derivation]]:
    """The helpers that propagation alone does not prove, and what it gives of them."""
    own = {cell.cell for cell in cells}
    others = [cell for cell in helpers if cell.cell not in own and not reaches(plain, cell)]
    return [(cell, _first(plain, plain, cell)) for cell in others]


def _complete(
    lemmas: Lemmas,
    cells: Sequence[HiddenCell],
    found: list[Derivation],
    helpers: list[tuple[HiddenCell, Derivation]],
) -> None:
    """Prove what propagation did not: what is easy first, each proof helping the next, till none is added."""
    areas = [0, *lemmas.view.limits.areas]
    while areas:
        added = 0
        for i, cell in enumerate(cells):
            steps = () if found[i].complete else _proof(lemmas, cell, found[i], areas[0])
            if steps:
                found[i] = Derivation(cell=cell.cell, steps=lemmas.add(cell, steps), complete=True)
                added += 1
        for cell, draft in helpers:
            steps = () if lemmas.holds(cell) else _proof(lemmas, cell, draft, 0)
            if steps:
                lemmas.add(cell, steps)
                added += 1
        areas = areas if added else areas[1:]


def _proof(lemmas: Lemmas, cell: HiddenCell, draft: Derivation, most: int) -> Steps:
    """A proof from what is known now that is not too long with what it rests on; a line from ``most`` rows."""
    steps = lemmas.chain(cell) or lemmas.cases(cell, draft.steps)
    if not steps and most and lemmas.left > 0:
        steps = lemmas.line(cell, most)
    return steps if len(lemmas.whole(steps)) <= lemmas.view.limits.steps else ()


def _shorten(plain: View, lemmas: Lemmas, cells: Sequence[HiddenCell], found: list[Derivation]) -> None:
    """Look for lines that read shorter than what is long, as long as there are programmes left."""
    for i, cell in enumerate(cells):
        if lemmas.left > 0 and found[i].complete and length(found[i].steps) > plain.limits.long:
            line = lemmas.whole(lemmas.line(cell, plain.limits.areas[0]))
            found[i] = replace(found[i], steps=shorter(plain.limits, found[i].steps, line))


def _opened(plain: View, cell: HiddenCell, draft: Derivation) -> Derivation:
    """Say first what the rule says of the cell, where the steps alone do not give its interval."""
    low, high = proven(draft.steps, cell.cell)
    want = wanted(cell)
    alone = low is not None and low >= want[0] and (high if high is not None else UNBOUNDED) <= want[1]
    if alone and not cell.unavoidable:
        return draft
    opening: Steps = (rule_step(Known(plain.book), cell.cell),)
    return replace(draft, steps=opening + draft.steps)
