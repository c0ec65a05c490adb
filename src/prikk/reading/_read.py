"""Read published documents: what is printed where, and what it means together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from prikk.errors import Finding, ReadingError
from prikk.reading._assemble import Assembled, assemble
from prikk.reading._beside import System, columns_beside
from prikk.reading._changes import add_changes
from prikk.reading._checks import Verdicts, distinct_people, judge
from prikk.reading._contradictions import (
    Faulty,
    Name,
    beyond_rule,
    cell_names,
    faulty,
    not_used,
    small_and_shown,
)
from prikk.reading._dating import PERIOD
from prikk.reading._dimensions import Notes
from prikk.reading._draw import draw_tables
from prikk.reading._gather import all_lines, gather_pieces
from prikk.reading._grid import SourceDocument
from prikk.reading._hierarchies import Levelled, level
from prikk.reading._legend import rules_in
from prikk.reading._lists import CodeList, load_lists, read_list
from prikk.reading._markers import Signs, read_signs
from prikk.reading._model import Place, Reading, ReadingSettings
from prikk.reading._piece import Ints, Piece
from prikk.reading._places import Printed, all_places, cells_of_pieces, clashes, printed
from prikk.reading._quotients import add_quotients
from prikk.reading._resolve import Resolved
from prikk.reading._spec import AuditSpec
from prikk.reading._text import counted
from prikk.reading._together import Ground, together, with_lists_spoken
from prikk.reading._unlisted import without_unlisted
from prikk.tabular import Publication, Relation, Status, Unknown, sums

_MANY = 10
Places = tuple[tuple[Place, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """What is known before the tables are put together."""

    pieces: Sequence[Piece]
    lines: Sequence[str]
    signs: Signs
    spec: AuditSpec
    notes: Notes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """Which rows are printed, if that is known, and whether the user says it; ``blank``: some say nothing at all."""

    listed: Literal["all", "nonzero"] | None
    said: bool
    blank: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """The cells with their words."""

    built: Assembled
    levels: Sequence[Levelled]
    labels: Sequence[dict[str, str]]
    found: Printed
    places: Places
    name: Name


def read(documents: Sequence[SourceDocument], settings: ReadingSettings | None = None) -> Reading:
    """Read published documents as one system of linked tables.

    Args:
        documents: what the formats found in the files, in the order in which the user gave them; several
            documents and earlier releases are read as one.
        settings: what the user says; it wins over what is found.

    Returns:
        The publication, the place of every cell, and every assumption in words. Cells with equal coordinates
        are one cell. No figure of a hidden cell is in it but in ``truth``, which only a publisher's own file has.

    Raises:
        ReadingError: with all findings, if a document cannot be understood.
        SpecError: if a classification is wrong.
    """
    settings = settings or ReadingSettings()
    spec, notes = settings.spec or AuditSpec(), Notes()
    pieces = gather_pieces(documents, spec, notes)
    lines = all_lines(documents, pieces)
    signs = read_signs(pieces, lines, settings, notes)
    _check_hidden(pieces, signs)
    texts = {i: d.notes for i, d in enumerate(documents)}
    ground = Ground(lists=_lists(settings, spec), lines=lines, signs=signs, texts=texts, spec=spec)
    pieces = with_lists_spoken(pieces, ground, notes)
    resolved = together(pieces, ground, notes)
    return _publish(resolved, _Given(pieces=pieces, lines=lines, signs=signs, spec=spec, notes=notes))


def _lists(settings: ReadingSettings, spec: AuditSpec) -> tuple[CodeList, ...]:
    """The code lists of the settings and of ``audit.toml``; the former win."""
    given = load_lists(settings.classifications)
    names = {c.name for c in given}
    findings: list[Finding] = []
    for name, path in spec.classifications():
        if name in names:
            continue
        codes, wrong = read_list(path, name)
        findings.extend(wrong)
        if codes is not None:
            given = (*given, codes)
    if findings:
        raise ReadingError(findings)
    return given


def _check_hidden(pieces: Sequence[Piece], signs: Signs) -> None:
    own = {h for p in pieces for h in p.hidden}
    if signs.symbols or own & {Status.PRIMARY, Status.SECONDARY}:
        return
    others = [t for t in signs.meanings if t]
    seen = f"What stands there besides figures: {', '.join(repr(t) for t in others)}. " if others else ""
    raise ReadingError(
        Finding(
            code="no-hidden-cell",
            what="no cell is hidden, so there is nothing to audit.",
            where=", ".join(dict.fromkeys(p.place for p in pieces)),
            fix=f"{seen}If a sign stands for a hidden figure, name it: --symbol, or rule.symbols in audit.toml.",
        )
    )


def _publish(resolved: Resolved, given: _Given) -> Reading:
    notes, signs = given.notes, given.signs
    resolved, rows = _listed(resolved, given)
    verdicts = judge(resolved.dimensions, resolved.trees, resolved.cells, given.spec, notes)
    people = distinct_people(verdicts, resolved.dimensions, given.spec, given.lines, notes)
    table = _table(resolved, verdicts, (given, rows))
    wrong = _wrong(table, verdicts, signs, people=people)
    status, beyond = beyond_rule(table.built, signs.threshold, wrong.exempt)
    relations, unknowns, cell_of = _beside(table, given)
    _say_rest(table.built, signs, status, beyond, notes)
    _say_wrong(wrong, notes)
    built = table.built
    return Reading(
        publication=Publication(
            table=built.table,
            low=built.low,
            high=built.high,
            status=status,
            additive=not people,
            unknowns=unknowns,
            relations=relations,
            listed_over=_listed_over(built, signs, rows, notes),
            exempt=wrong.exempt,
        ),
        labels={lv.hierarchy.name: own for lv, own in zip(table.levels, table.labels, strict=True)},
        places=table.places,
        tables=draw_tables(given.pieces, cell_of, table.found.names, (signs.symbols or ("*",))[0]),
        threshold=signs.threshold,
        zeros=signs.zeros,
        symbols=signs.symbols,
        assumptions=tuple(notes.assumptions),
        unsure=tuple(notes.unsure),
        contradictions=(*clashes(table.found, resolved.cells, table.name), *wrong.contradictions),
        truth=_truth(built, given.pieces),
        mixed=any(rule.protects for rule in rules_in(given.lines)),
    )


def _listed(resolved: Resolved, given: _Given) -> tuple[Resolved, _Rows]:
    """Leave out what no table lists, and tell which rows are printed."""
    known = (resolved.dimensions, resolved.trees)
    found = without_unlisted(resolved.facts, given.pieces, known, (given.signs.unlisted, given.notes))
    said = given.spec.rule.listed
    rows = _Rows(
        listed=said or ("nonzero" if found.nonzero else None), said=said is not None, blank=found.blank
    )
    return replace(resolved, facts=found.facts, cells=found.cells), rows


def _table(resolved: Resolved, verdicts: Verdicts, how: tuple[_Given, _Rows]) -> _Table:
    given, rows = how
    levels = []
    for d, (dimension, tree) in enumerate(zip(resolved.dimensions, resolved.trees, strict=True)):
        used = np.zeros(len(dimension.codes), dtype=bool)
        used[np.unique(resolved.cells.coords[:, d])] = True
        levels.append(level(dimension, tree, verdicts.rest[d], used))
    built = assemble(resolved.cells, levels, (rows.listed, rows.said), given.notes)
    labels = [dict(lv.labels) for lv in levels]
    found = printed(resolved.facts, resolved.cells, built, given.pieces)
    return _Table(
        built=built,
        levels=levels,
        labels=labels,
        found=found,
        places=all_places(found, len(built.table)),
        name=cell_names(built.table, labels),
    )


def _wrong(table: _Table, verdicts: Verdicts, signs: Signs, *, people: bool) -> Faulty:
    unused = [
        {int(lv.places[n]) for n in codes} for lv, codes in zip(table.levels, verdicts.unused, strict=True)
    ]
    if people:
        return not_used(table.built, unused)
    return faulty(table.built, unused, table.places, table.name, 0 if signs.zeros == "hidden" else 1)


def _beside(table: _Table, given: _Given) -> tuple[tuple[Relation, ...], tuple[Unknown, ...], list[Ints]]:
    """What percentages and changes say, and the cells of the figures of each piece."""
    cell_of = cells_of_pieces(table.found)
    system = System(built=table.built, labels=table.labels)
    columns = columns_beside(given.pieces, cell_of)
    add_quotients(system, columns, given.spec, given.notes)
    add_changes(system, columns, given.notes)
    return tuple(system.relations), tuple(system.unknowns), cell_of


def _say_rest(built: Assembled, signs: Signs, status: NDArray[np.uint8], beyond: int, notes: Notes) -> None:
    if beyond:
        notes.doubt(
            f"{counted(beyond, 'hidden cell')} cannot all be below {signs.threshold}: the sign also hides figures to "
            "protect others"
        )
    small = small_and_shown(built, signs.threshold, signs.zeros)
    if small:
        is_are = "is" if small == 1 else "are"
        notes.doubt(
            f"{counted(small, 'figure')} that the rule would hide {is_are} shown; settled by rule.threshold"
        )
    if not len(sums(built.table)):
        notes.doubt(
            "No total was found, so nothing adds up: a hidden figure is only bounded by the rule, and by what stands "
            "beside it"
        )
    both = int(((status == Status.PRIMARY) & (built.low == built.high)).sum())
    if both:
        notes.assume(f"{counted(both, 'cell is', 'cells are')} hidden in one place and shown in another")


def _say_wrong(wrong: Faulty, notes: Notes) -> None:
    if wrong.doubted:
        notes.doubt(
            f"{counted(wrong.doubted, 'sum')} of figures whose sums fail in most other periods are not used; settled "
            "by --classification, or [dimensions]"
        )
    if len(wrong.contradictions) > _MANY:
        notes.doubt(
            f"{len(wrong.contradictions)} sums fail: the tables may be misunderstood (labels broken over lines, garbled "
            "or not told apart), and then what is found to leak is wrong too; settled by --classification, or [dimensions]"
        )


def _listed_over(built: Assembled, signs: Signs, rows: _Rows, notes: Notes) -> int | None:
    """The dimension of periods, if rows are printed only where some period has a unit."""
    names = [h.name for h in built.table.hierarchies]
    if PERIOD not in names or rows.listed == "all" or rows.blank or built.loose:
        return None
    if rows.listed == "nonzero" and rows.said:
        return names.index(PERIOD)
    if built.zeros and signs.zeros == "hidden":
        notes.assume(
            "A row is listed only if it is not zero in every period: unlisted ones are zero, and zeros are hidden"
        )
        return names.index(PERIOD)
    return None


def _truth(built: Assembled, pieces: Sequence[Piece]) -> Ints | None:
    own = any(p.hidden for p in pieces)
    return built.truth if own and bool((built.truth >= 0).all()) else None
