"""Explanations: for a cell that can be worked out, the arithmetic that a person can check by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from prikk.auditing._explain_book import Known, book_of
from prikk.auditing._explain_lemmas import Lemmas
from prikk.auditing._explain_model import HIGH, ExplainLimits, Steps, length, proven
from prikk.auditing._explain_steps import rule_step
from prikk.auditing._explain_view import View, from_facts, proves, reach_view, reads_better, view_of, wanted
from prikk.auditing._model import Attacker, Derivation, HiddenCell, Rule
from prikk.auditing._system import build_system
from prikk.tabular import UNBOUNDED, Publication, Status


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
    bare = reach_view(publication, rule, system, limits)
    found = [_first(plain, bare, cell) for cell in cells]
    lemmas = Lemmas(plain)
    _complete(lemmas, cells, found)
    _shorten(plain, lemmas, cells, found)
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
    low, high = plain.chains.ends(cell.cell)
    want = min(low, cell.low), max(high, wanted(cell)[HIGH])
    steps = from_facts(plain, Known(plain.book), cell, want, plain.chains.anywhere(cell.cell, want))
    return Derivation(cell=cell.cell, steps=steps, complete=proves(plain.book, steps, cell))


def _complete(lemmas: Lemmas, cells: Sequence[HiddenCell], found: list[Derivation]) -> None:
    """Prove what propagation did not: in small areas first, each proof helping the next."""
    for most in (*lemmas.view.limits.areas, 0):
        for i, cell in enumerate(cells):
            steps = () if found[i].complete else _proof(lemmas, cell, most)
            if steps:
                found[i] = Derivation(cell=cell.cell, steps=lemmas.add(cell, steps), complete=True)


def _proof(lemmas: Lemmas, cell: HiddenCell, most: int) -> Steps:
    """A proof that is not too long with what it rests on: by propagation, else a line from ``most`` rows."""
    steps = lemmas.chain(cell)
    if not steps and most and lemmas.left > 0:
        steps = lemmas.line(cell, most)
    whole = lemmas.whole(steps)
    return steps if len(whole) <= lemmas.view.limits.steps and proves(lemmas.view.book, whole, cell) else ()


def _shorten(plain: View, lemmas: Lemmas, cells: Sequence[HiddenCell], found: list[Derivation]) -> None:
    """Look for lines that read shorter than what is long, as long as there are programmes left."""
    for i, cell in enumerate(cells):
        if lemmas.left > 0 and found[i].complete and length(found[i].steps) > plain.limits.long:
            line = lemmas.whole(lemmas.line(cell, plain.limits.areas[0]))
            if line and reads_better(plain.limits, line, found[i].steps):
                found[i] = replace(found[i], steps=line)


def _opened(plain: View, cell: HiddenCell, draft: Derivation) -> Derivation:
    """Say first what the rule says of the cell, where the steps alone do not give its interval."""
    low, high = proven(draft.steps, cell.cell)
    want = wanted(cell)
    alone = low is not None and low >= want[0] and (high if high is not None else UNBOUNDED) <= want[1]
    if alone and not cell.unavoidable:
        return draft
    opening: Steps = (rule_step(Known(plain.book), cell.cell),)
    return replace(draft, steps=opening + draft.steps)
