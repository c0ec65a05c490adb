"""Which period each table is about: a month takes its year from the titles, a table without periods its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from prikk.reading._dimensions import Bound, Dimension, Notes
from prikk.reading._periods import Moment, all_moments, dated, single_moment
from prikk.reading._piece import Piece
from prikk.reading._text import plain

PERIOD = "period"
UNDATED = Moment(None)


def bind_periods(
    pieces: Sequence[Piece],
    bounds: Sequence[Bound],
    dimensions: list[Dimension],
    notes: tuple[Mapping[int, Sequence[str]], Notes],
) -> None:
    """Bind axes of time, and tables without one, to the dimension of periods; none is added if no period is named.

    ``notes`` are the texts of each document that belong to no table, and where to write what is unsure.
    """
    texts, said = notes
    lines = {p.document: list(texts.get(p.document, ())) for p in pieces}
    for piece in pieces:
        lines[piece.document].extend(piece.titles)
    printed = [_codes(p, lines[p.document]) for p in pieces]
    single = [None if own else _single(p, pieces) for p, own in zip(pieces, printed, strict=True)]
    known = {m for m in single if m is not None}
    if not known and not any(printed):
        return
    place = _place(dimensions)
    dimension = dimensions[place]
    for code in sorted({c for own in printed for c in own} | {m.code for m in known}):
        dimension.number(code, code)
    for i, (piece, bound) in enumerate(zip(pieces, bounds, strict=True)):
        at = next((k for k, a in enumerate(piece.axes) if a.is_time and bound.axes[k][0] < 0), None)
        if at is not None:
            bound.axes[at] = (place, tuple(dimension.numbers[c] for c in printed[i]))
            continue
        code = (single[i] or _of_document(piece, pieces, single, said)).code
        bound.constants[place] = dimension.number(code, code)


def _place(dimensions: list[Dimension]) -> int:
    for i, dimension in enumerate(dimensions):
        if dimension.name == PERIOD:
            return i
    dimensions.append(Dimension(name=PERIOD, title=PERIOD, is_time=True))
    return len(dimensions) - 1


def _codes(piece: Piece, lines: Sequence[str]) -> tuple[str, ...]:
    """The codes of the periods on a piece's axis of time; its labels, where they are in a notation of their own."""
    axis = next((a for a in piece.axes if a.is_time), None)
    if axis is None:
        return ()
    found = all_moments(axis.labels, axis.name)
    if found is None:
        return tuple(plain(t) for t in axis.labels)
    return tuple(m.code for m in dated(dated(found, piece.titles), lines))


def _single(piece: Piece, pieces: Sequence[Piece]) -> Moment | None:
    """The one period that the titles of a table name, the last line first; of several documents, their names."""
    found = [m for t in reversed(piece.titles) if (m := single_moment(t)) is not None]
    if found:
        return found[0]
    several = len({p.document for p in pieces}) > 1
    return single_moment(PurePath(piece.place.split(",")[0]).stem.replace("_", " ")) if several else None


def _of_document(
    piece: Piece, pieces: Sequence[Piece], single: Sequence[Moment | None], notes: Notes
) -> Moment:
    """The period of the other tables of a document, if they have but one."""
    own = {m for p, m in zip(pieces, single, strict=True) if m is not None and p.document == piece.document}
    if len(own) == 1:
        return own.pop()
    notes.doubt(
        f"The period of {piece.place} is not printed beside it; name it in a title, or give the table a column of periods"
    )
    return UNDATED
