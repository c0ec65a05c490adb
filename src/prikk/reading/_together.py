"""Pieces to one system of cells: bound to dimensions, dated, gathered and resolved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from prikk.errors import ReadingError
from prikk.reading._bind import Binder
from prikk.reading._dating import bind_periods
from prikk.reading._dimensions import Notes
from prikk.reading._facts import coordinates, gather, rounding_bases
from prikk.reading._grid import Dataset
from prikk.reading._lists import CodeList
from prikk.reading._markers import Signs
from prikk.reading._piece import Piece
from prikk.reading._resolve import Resolved, resolve
from prikk.reading._same_list import Read, spoken
from prikk.reading._spec import AuditSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What is known of all documents: code lists, lines of text, signs, and the texts that belong to no table."""

    lists: Sequence[CodeList]
    lines: Sequence[str]
    signs: Signs
    texts: Mapping[int, Sequence[str]]
    spec: AuditSpec


def together(pieces: Sequence[Piece], ground: Ground, notes: Notes) -> Resolved:
    """Put pieces together. Raises :class:`ReadingError` with all findings for what cannot be a count."""
    binder = Binder(ground.lists, ground.spec, notes)
    bounds = binder.bind(pieces)
    bind_periods(pieces, bounds, binder.dimensions, (ground.texts, notes))
    coords = [coordinates(p, b, binder.dimensions) for p, b in zip(pieces, bounds, strict=True)]
    bases = rounding_bases(pieces, ground.spec.rule.rounding, ground.lines, notes)
    facts, findings = gather(pieces, coords, ground.signs, bases)
    if findings:
        raise ReadingError(findings)
    return resolve(facts, pieces, bounds, binder.dimensions, (ground.spec, ground.signs.threshold, notes))


def with_lists_spoken(pieces: Sequence[Piece], ground: Ground, notes: Notes) -> list[Piece]:
    """Give a list that stands behind the tables of its document the words of those tables, if it shows the same."""
    result = list(pieces)
    for document in dict.fromkeys(p.document for p in pieces if _is_list(p)):
        drawn = [p for p in pieces if p.document == document and p.block is not None and p.block.drawn]
        if not drawn:
            continue
        tables = Read(pieces=drawn, resolved=together(drawn, ground, Notes()))
        for i, piece in enumerate(pieces):
            if piece.document == document and _is_list(piece):
                own = Read(pieces=[piece], resolved=together([piece], ground, Notes()))
                result[i] = spoken(own, tables) or piece
                if result[i] is not piece:
                    notes.assume(
                        f"{piece.place} lists the figures of the tables by other names: a name and a label are the same "
                        "where the same figures stand by them"
                    )
    return result


def _is_list(piece: Piece) -> bool:
    return piece.block is not None and not piece.block.drawn and not isinstance(piece.block.source, Dataset)
