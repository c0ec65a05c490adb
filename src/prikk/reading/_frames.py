"""A long table to a block: which columns are labels, figures, a status, or flags of the publisher's own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from prikk.reading._block import Block, FigureColumn, LabelColumn
from prikk.reading._columns import Column, label_columns
from prikk.reading._grid import Frame
from prikk.reading._text import key
from prikk.reading._tokens import Kind, kind_of
from prikk.reading._words import is_auxiliary
from prikk.tabular import Status

_STATUS = re.compile(
    r"(?:sdc|obs|conf|cell)?[ _]?(?:status|flag|flagg|symbol|marker|prikking|markering|merke)s?"
)
_WORDS: Mapping[str, int] = {
    "published": 0, "shown": 0, "s": 0, "z": 0, "w": 0, "ok": 0, "": 0, "0": 0, "false": 0, "no": 0,
    "primary": Status.PRIMARY, "u": Status.PRIMARY, "1": Status.PRIMARY, "true": Status.PRIMARY, "yes": Status.PRIMARY,
    "secondary": Status.SECONDARY, "x": Status.SECONDARY,
    "missing": Status.MISSING,
}  # fmt: skip
"""What a publisher's own file says of a cell; u, x, s and z are those of sdcTable."""


def block_of_frame(frame: Frame, document: int) -> Block | None:
    """Give the block of a long table; None when it has no column of figures."""
    texts: list[tuple[str, ...]] = list(zip(*frame.rows, strict=True)) or [()] * len(frame.columns)
    columns = [Column(head=h, texts=t) for h, t in zip(frame.columns, texts, strict=True)]
    empty = Block(
        document=document,
        place=frame.place,
        titles=(),
        notes=(),
        labels=(),
        figures=(),
        rows=tuple(range(len(frame.rows))),
        source=frame,
        drawn=False,
    )
    return list_block(empty, columns, ())


def list_block(
    empty: Block, columns: Sequence[Column], numbers: Sequence[tuple[Decimal | None, ...]]
) -> Block | None:
    """Fill a block from the columns of a list; ``numbers`` are native numbers by column, or nothing."""
    flags = {key(c.head): c for c in columns if key(c.head) in ("primary", "suppressed")}
    statuses = [c for c in columns if _is_status(c)]
    rest = [
        i
        for i, c in enumerate(columns)
        if all(c is not s for s in statuses) and all(c is not f for f in flags.values())
    ]
    is_label = label_columns([columns[i] for i in rest], drawn=False) if rest else ()
    labels = [i for i, x in zip(rest, is_label, strict=True) if x]
    figures = [i for i, x in zip(rest, is_label, strict=True) if not x]
    labels, figures = _without_layout(columns, labels), _without_layout(columns, figures)
    if not figures or not labels:
        return None
    own = (said for c in statuses if (said := _said(c)))
    hidden = _flagged(flags, len(empty.rows)) if flags else next(own, ())
    shown = _one(statuses) if statuses and not hidden else None
    return replace(
        empty,
        labels=tuple(LabelColumn(name=columns[i].head, texts=columns[i].texts) for i in labels),
        figures=tuple(
            _figures(columns[i], (i, numbers[i] if numbers else ()), shown, hidden) for i in figures
        ),
    )


def names_status(heading: str) -> bool:
    """Whether a heading is that of a column which speaks of another column's cells."""
    return bool(_STATUS.fullmatch(key(heading))) or key(heading) in ("primary", "suppressed")


def _is_status(column: Column) -> bool:
    """Whether a column stands for others' cells: so named, or with nothing in it but a marker here and there."""
    if _STATUS.fullmatch(key(column.head)):
        return len(column.distinct) <= 12
    kinds = column.kinds
    return kinds[Kind.MARK] > 0 and kinds[Kind.EMPTY] > 0 and kinds[Kind.NUMBER] + kinds[Kind.TEXT] == 0


def _without_layout(columns: Sequence[Column], chosen: Sequence[int]) -> list[int]:
    """Leave out columns that number or decorate the rows, where that leaves any."""
    kept = [i for i in chosen if not is_auxiliary(columns[i].head)]
    return kept or list(chosen)


def _flagged(flags: Mapping[str, Column], rows: int) -> tuple[int, ...]:
    """Statuses from the columns ``primary`` and ``suppressed``; primary cells are hidden in either case."""
    primary = _truth(flags.get("primary"), rows)
    hidden = _truth(flags.get("suppressed"), rows)
    return tuple(
        int(Status.PRIMARY) if p and (s or "suppressed" not in flags)
        else int(Status.SECONDARY if "primary" in flags else Status.PRIMARY) if s
        else 0
        for p, s in zip(primary, hidden, strict=True)
    )  # fmt: skip


def _truth(column: Column | None, rows: int) -> list[bool]:
    if column is None:
        return [False] * rows
    known = {text: text.strip().casefold() in ("1", "true", "t", "yes", "1.0") for text in column.distinct}
    return [known[text] for text in column.texts]


def _one(statuses: Sequence[Column]) -> Column:
    """Columns of symbols as one: the first symbol of each row."""
    rows = zip(*(c.texts for c in statuses), strict=True)
    return Column(head=statuses[0].head, texts=tuple(next((t for t in row if t), "") for row in rows))


def _said(status: Column) -> tuple[int, ...]:
    """Statuses in the publisher's words; empty when the column holds symbols or anything else."""
    words = {text: _WORDS.get(text.strip().casefold()) for text in status.distinct}
    known = {w for w in words.values() if w is not None}
    if None in words.values() or not known & {Status.PRIMARY, Status.SECONDARY} or len(words) < 2:
        return ()
    return tuple(words[text] or 0 for text in status.texts)


def _figures(
    column: Column,
    place: tuple[int, tuple[Decimal | None, ...]],
    status: Column | None,
    hidden: tuple[int, ...],
) -> FigureColumn:
    texts, numbers = column.texts, place[1]
    if status is not None:
        texts = tuple(_with_status(t, s) for t, s in zip(texts, status.texts, strict=True))
        if any(n is not None for n in numbers):
            numbers = tuple(
                n if t == own else None for n, t, own in zip(numbers, texts, column.texts, strict=True)
            )
    return FigureColumn(
        heads=(column.head,),
        column=place[0],
        texts=texts,
        numbers=numbers if any(n is not None for n in numbers) else (),
        hidden=hidden,
    )


def _with_status(text: str, status: str) -> str:
    """A symbol beside nothing, or beside a 0, stands for the figure; beside any other figure it is a remark."""
    if status and (not text or text == "0") and kind_of(status) != Kind.NUMBER:
        return status
    return text
