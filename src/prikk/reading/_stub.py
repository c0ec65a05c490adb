"""The stub of a block: its label columns as axes; codes beside names, and labels printed once for several rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from prikk.reading._block import Block, LabelColumn
from prikk.reading._memos import with_owners
from prikk.reading._periods import moment, names_period
from prikk.reading._text import key
from prikk.reading._tokens import Kind, kind_of
from prikk.reading._words import is_total, role_of

_CODE = re.compile(r"[A-Za-zÆØÅæøå]{0,4}[-._]?\d[\w.\-]*|[A-ZÆØÅ]{1,3}|I")
_CODED = re.compile(r"([A-Z]{0,3}\d[\d.]{1,9}|[A-Z]\d{1,2}|[A-Z])(?:\.? | [-–:] )([A-ZÆØÅÄÖ].*)")
_CODE_HEADS = re.compile(r"(?:.*[ _(])?(?:kode|koden|code|nr|nummer|id|no)[)_ ]*|.*(?:nummer|kode|nr)")
_SUFFIX = re.compile(r"[ _]?\((?:id|kode|code|navn|name|nr)\)$", re.IGNORECASE)
_NAME_HEADS = frozenset(("navn", "name", "namn", "label", "tekst", "text", ""))
TOTAL_TEXT = "I alt"
"""Stands for a total that has no label of its own: that of a section's own row."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class StubAxis:
    """Labels along the rows, with the codes printed beside them, or empty.

    ``within`` has the label that another is said to be part of ("herav menn").
    """

    name: str
    texts: tuple[str, ...]
    codes: tuple[str, ...] = ()
    bold: tuple[bool, ...] = ()
    indents: tuple[int, ...] = ()
    within: Mapping[str, str] = field(default_factory=dict)

    def picked(self, rows: Sequence[int]) -> StubAxis:
        """The axis for some of its rows."""

        def pick(values: tuple[T, ...]) -> tuple[T, ...]:
            return tuple(values[i] for i in rows) if values else ()

        return replace(
            self,
            texts=pick(self.texts),
            codes=pick(self.codes),
            bold=pick(self.bold),
            indents=pick(self.indents),
        )


def label_axes(block: Block) -> list[StubAxis]:
    """Give an axis for each label column; a column of codes beside one of names belongs to it.

    Columns of a format that names its dimensions are left as they are.
    """
    axes = [_axis(c) for c in block.labels]
    if any(c.dimension is not None for c in block.labels):
        return axes
    paired = _paired([a for axis in axes for a in _unpacked(axis)])
    filled = _filled_down(paired) if block.drawn and len(paired) > 1 else paired
    return [_owned(_decoded(a)) for a in filled] if block.drawn else [_decoded(a) for a in filled]


def _owned(axis: StubAxis) -> StubAxis:
    if axis.codes:
        return axis
    texts, within = with_owners(axis.texts)
    return replace(axis, texts=texts, within=within) if within else axis


def _unpacked(axis: StubAxis) -> list[StubAxis]:
    r"""Cut labels that hold several dimensions, as "sex,age,geo\time" says that they do; constants say nothing."""
    names = axis.name.partition("\\")[0].split(",")
    rows = [text.split(",") for text in axis.texts]
    if "\\" not in axis.name or len(names) < 2 or any(len(row) != len(names) for row in rows):
        return [axis]
    columns = list(zip(*rows, strict=True))
    return [
        StubAxis(name=name.strip(), texts=tuple(t.strip() for t in texts))
        for name, texts in zip(names, columns, strict=True)
        if len(set(texts)) > 1
    ]


def _axis(column: LabelColumn) -> StubAxis:
    name = "" if role_of(column.name) is not None else column.name  # a heading out of place
    name = _SUFFIX.sub("", name)
    return StubAxis(name=name, texts=column.texts, bold=column.bold, indents=column.indents)


def _paired(axes: list[StubAxis]) -> list[StubAxis]:
    done: list[StubAxis] = []
    waiting = list(axes)
    while waiting:
        first = waiting.pop(0)
        partner = next((a for a in waiting if _is_code_of(first, a) or _is_code_of(a, first)), None)
        if partner is None:
            done.append(first)
            continue
        waiting.remove(partner)
        code, name = (first, partner) if _is_code_of(first, partner) else (partner, first)
        done.append(_with_codes(code, name))
    return done


def _is_code_of(code: StubAxis, name: StubAxis) -> bool:
    """Whether a column has a code for each name of another, and is not itself one of periods."""
    pairs = {(c, n) for c, n in zip(code.texts, name.texts, strict=True) if c and n}
    codes, names = {c for c, _ in pairs}, {n for _, n in pairs}
    if len(pairs) < 2 or not len(pairs) == len(codes) == len(names):
        return False
    if names_period(code.name) or sum(kind_of(n) == Kind.TEXT for n in names) * 2 < len(names):
        return False
    like = sum(bool(_CODE.fullmatch(c)) for c in codes)
    headed = bool(_CODE_HEADS.fullmatch(key(code.name)))
    both = all(_CODE.fullmatch(n) for n in names)
    return not both and (
        headed or (like * 5 >= len(codes) * 4 and any(c.isdecimal() or len(c) > 1 for c in codes))
    )


def _with_codes(code: StubAxis, name: StubAxis) -> StubAxis:
    texts, codes = [], []
    for c, n in zip(code.texts, name.texts, strict=True):
        joined = f"{c} {n}".strip()
        total = next((t for t in (joined, n, c) if t and is_total(t)), "")
        texts.append(total or n or c)
        codes.append("" if total else c)
    title = code.name if key(name.name) in _NAME_HEADS else name.name
    return replace(name, name=title, texts=tuple(texts), codes=tuple(codes))


def _filled_down(axes: list[StubAxis]) -> list[StubAxis]:
    """A label printed once holds for the rows below; a row with nothing in its last columns is their total."""
    done = [replace(a, texts=_down(a.texts, _fresh(axes[:i]))) for i, a in enumerate(axes[:-1])]
    last = axes[-1]
    texts = tuple(
        t or (TOTAL_TEXT if any(a.texts[i] for a in axes[:-1]) else "") for i, t in enumerate(last.texts)
    )
    return [*done, replace(last, texts=texts)]


def _fresh(before: Sequence[StubAxis]) -> list[bool]:
    """For each row whether a column further left starts a new label there."""
    if not before:
        return []
    return [any(a.texts[i] for a in before) for i in range(len(before[0].texts))]


def _down(texts: Sequence[str], fresh: Sequence[bool]) -> tuple[str, ...]:
    filled: list[str] = []
    for i, text in enumerate(texts):
        if not text and fresh and fresh[i]:
            filled.append(TOTAL_TEXT)
        else:
            filled.append(text or (filled[-1] if filled else ""))
    return tuple(filled)


def _decoded(axis: StubAxis) -> StubAxis:
    """Cut "0301 Oslo" into code and name, if all labels are like that."""
    if axis.codes:
        return axis
    own = {t for t in axis.texts if t and not is_total(t)}
    matches = {t: m for t in own if (m := _CODED.fullmatch(t)) is not None and moment(t) is None}
    if len(own) < 2 or len(matches) < len(own) or len({m[1] for m in matches.values()}) < len(own):
        return axis
    return replace(
        axis,
        texts=tuple(matches[t][2] if t in matches else t for t in axis.texts),
        codes=tuple(matches[t][1] if t in matches else "" for t in axis.texts),
    )
