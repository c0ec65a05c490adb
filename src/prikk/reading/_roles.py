"""What the columns of figures hold: counts, or percentages and changes of counts. The figures outrank the headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from prikk.reading._block import Block, FigureColumn
from prikk.reading._numbers import Figure, Marks, figure, find_marks, native
from prikk.reading._text import key, listed
from prikk.reading._words import Role, role_of

_MOSTLY = 0.5
GENERIC = re.compile(r"(?:column|unnamed|spalte|kolonne|kolumn|field|felt|col)[ _:]*\d*(?:[ _]level[ _]\d+)?")
"""Names of columns that nobody gave them."""


@dataclass(frozen=True, kw_only=True)
class ReadColumn:
    """A column of figures with its numbers; None where something else is printed."""

    source: FigureColumn
    figures: tuple[Figure | None, ...]
    role: Role = Role.COUNT

    @cached_property
    def known(self) -> tuple[Figure, ...]:
        """The numbers that are printed."""
        return tuple(f for f in self.figures if f is not None)

    @property
    def fractional(self) -> float:
        """The share of its numbers that are not whole."""
        return sum(not f.whole for f in self.known) / max(1, len(self.known))

    @property
    def negative(self) -> float:
        """The share of its numbers that are below zero."""
        return sum(f.value < 0 for f in self.known) / max(1, len(self.known))

    @property
    def heading(self) -> str:
        """Its heading on one line, without names that a program gave its columns."""
        return ", ".join(h for h in self.source.heads if h and not GENERIC.fullmatch(key(h)))


def document_marks(blocks: Iterable[Block]) -> Marks:
    """Tell the decimal mark of a document from all its figures."""
    return find_marks(t for b in blocks for c in b.figures if not c.numbers for t in set(c.texts))


def read_columns(block: Block, marks: Marks) -> tuple[ReadColumn, ...]:
    """Read the numbers of a block, each column by its own decimal mark where it shows one."""
    return tuple(ReadColumn(source=c, figures=_figures(c, marks)) for c in block.figures)


def _figures(column: FigureColumn, marks: Marks) -> tuple[Figure | None, ...]:
    texts = set(column.texts)
    own = find_marks(texts)
    used = own if own.seen and own.sure else marks
    if not column.numbers:
        known = {text: figure(text, used) for text in texts}
        return tuple(known[text] for text in column.texts)
    return tuple(
        figure(text, used) if number is None else native(number, text)
        for text, number in zip(column.texts, column.numbers, strict=True)
    )


def with_roles(
    columns: Sequence[ReadColumn], said: Mapping[str, Role | None]
) -> tuple[tuple[ReadColumn, ...], list[str]]:
    """Give the columns of a block with their roles, and what is unsure about them.

    ``said`` are the roles of headings by the user; a column whose role is None is left out. When no column is
    headed as counts or could be, the first of whole numbers, none negative, is taken for them.
    """
    kept = [c for c in columns if said.get(_said_key(c, said), Role.COUNT) is not None]
    told = [said.get(_said_key(c, said)) for c in kept]
    roles = [t if t is not None else _role(c) for c, t in zip(kept, told, strict=True)]
    notes = _shape_notes(kept, roles, told)
    if Role.COUNT not in roles and not any(t is not None for t in told):
        able = [i for i, c in enumerate(kept) if c.known and not c.fractional and not c.negative]
        if able:
            roles[able[0]] = Role.COUNT
            name = kept[able[0]].heading or f"column {kept[able[0]].source.column + 1}"
            notes.append(
                f"No column is clearly headed as counts. '{name}' is taken for them: its numbers are whole and none "
                "is negative; settled by [columns] in audit.toml"
            )
    return tuple(
        ReadColumn(source=c.source, figures=c.figures, role=r) for c, r in zip(kept, roles, strict=True)
    ), notes


def _said_key(column: ReadColumn, said: Mapping[str, Role | None]) -> str:
    names = [key(column.heading), *(key(h) for h in reversed(column.source.heads))]
    return next((n for n in names if n in said), "")


def _role(column: ReadColumn) -> Role:
    told = next((r for r in map(role_of, reversed(column.source.heads)) if r not in (None, Role.COUNT)), None)
    percent = any("%" in t for t in column.source.texts[:200])
    if told is None and percent:
        told = Role.PERCENT
    if told == Role.PERCENT and column.negative:
        return Role.GROWTH
    if told is not None:
        return told
    if column.fractional >= _MOSTLY:
        inside = all(0 <= f.value <= 100 for f in column.known)
        return Role.PERCENT if inside else Role.OTHER
    return Role.CHANGE if column.negative > _MOSTLY else Role.COUNT


def _shape_notes(
    columns: Sequence[ReadColumn], roles: Sequence[Role], told: Sequence[Role | None]
) -> list[str]:
    odd = [
        c.heading or f"column {c.source.column + 1}"
        for c, r, t in zip(columns, roles, told, strict=True)
        if t is None and r != Role.COUNT and (c.fractional >= _MOSTLY or c.negative > _MOSTLY)
        and not any(role_of(h) not in (None, Role.COUNT) for h in c.source.heads)
    ]  # fmt: skip
    if not odd:
        return []
    return [
        f"The numbers under {listed(list(dict.fromkeys(odd)))} are mostly fractions or negative, so they are not taken "
        "for counts; settled by [columns] in audit.toml"
    ]
