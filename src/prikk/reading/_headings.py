"""The heading of a block: its levels as axes, and which column of counts a percentage or change belongs to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from prikk.reading._block import Block
from prikk.reading._directions import Direction
from prikk.reading._memos import is_memo_word
from prikk.reading._periods import all_moments, moment
from prikk.reading._roles import GENERIC, ReadColumn
from prikk.reading._sides import side_axes
from prikk.reading._text import key
from prikk.reading._words import Role, role_of, without_role

_COUNTED = re.compile(
    r"(?:antall|antal|number of|no\. of|count of|anzahl)[ ,:]+(?:personer[ ,:]+)?(.+)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What a heading says: axes with a text a column, texts that hold for all, and each column's counts."""

    axes: tuple[Direction, ...]
    constants: tuple[str, ...]
    counts: tuple[int, ...]


def read_heading(block: Block, columns: Sequence[ReadColumn]) -> Heading:
    """Read the heading of a block; there must be a column of counts.

    Only columns of counts make axes. Any other column takes the coordinates of its column of counts:
    the one with the same heading but for words such as "Prosent", or the nearest at its left.
    """
    levels = _levels(block, columns)
    counts = [i for i, c in enumerate(columns) if c.role == Role.COUNT]
    owner = tuple(_owner(levels, columns, counts, i) for i in range(len(columns)))
    constants: list[str] = []
    axes: list[Direction] = []
    for level in levels:
        own = [level.texts[i] for i in counts]
        if len({key(t) for t in own}) == 1 and moment(own[0]) is None:
            constants.extend(t for t in own[:1] if t)
        else:
            axes.append(Direction(name=level.name, texts=_without_counting(own)))
    axes = _joined(axes)
    axes = _sided(axes, [columns[c] for c in counts]) or _distinct(axes, columns, counts)
    place = {c: i for i, c in enumerate(counts)}
    spread = [Direction(name=a.name, texts=tuple(a.texts[place[o]] for o in owner)) for a in axes]
    return Heading(
        axes=tuple(x for a in spread for x in _split_period(a)), constants=tuple(constants), counts=owner
    )


def _levels(block: Block, columns: Sequence[ReadColumn]) -> list[Direction]:
    depth = max((len(c.source.heads) for c in columns), default=0)
    levels: list[Direction] = []
    above: list[str] = [""] * len(columns)
    for k in range(depth):
        texts = [c.source.heads[k] if k < len(c.source.heads) else "" for c in columns]
        if all(not t or GENERIC.fullmatch(key(t)) or is_memo_word(t) for t in texts):
            continue
        if k < depth - 1:
            lowest = [c.source.heads[-1] if len(c.source.heads) == depth else "" for c in columns]
            texts = above = _over_runs(texts, lowest) or _filled(texts, above)
        name, texts = _prefixed(texts)
        corner = block.corners[k] if k < len(block.corners) and k < depth - 1 else ""
        levels.append(Direction(name=name or corner, texts=tuple(texts)))
    return levels


def _filled(texts: Sequence[str], above: Sequence[str]) -> list[str]:
    """A heading over several columns stands above the first of them, and ends where one ``above`` it does."""
    filled: list[str] = []
    for i, text in enumerate(texts):
        goes_on = i > 0 and above[i] == above[i - 1]
        filled.append(text or (filled[-1] if goes_on else ""))
    return filled


def _over_runs(texts: Sequence[str], below: Sequence[str]) -> list[str]:
    """Spread headings over the runs of columns that repeat below: one centred over "Men, Women" stands above either."""
    own = [key(t) for t in below]
    wide = next((i for i in range(1, len(own)) if own[i] == own[0]), 0)
    if wide < 2 or len(own) % wide or len(set(own[:wide])) < wide or own != own[:wide] * (len(own) // wide):
        return []
    runs = [dict.fromkeys(t for t in texts[i : i + wide] if t) for i in range(0, len(own), wide)]
    if any(len(run) != 1 for run in runs) or len({t for run in runs for t in run}) < len(runs):
        return []
    return [text for run in runs for text in run for _ in range(wide)]


def _prefixed(texts: Sequence[str]) -> tuple[str, list[str]]:
    """Take a name that all texts begin with, as in "Kjønn: Menn", off them."""
    parts = [t.partition(": ") for t in texts if t]
    names = {p[0] for p in parts}
    if len(names) != 1 or not all(p[2] for p in parts):
        return "", list(texts)
    return names.pop(), [t.partition(": ")[2] for t in texts]


def _owner(levels: Sequence[Direction], columns: Sequence[ReadColumn], counts: Sequence[int], i: int) -> int:
    if columns[i].role == Role.COUNT:
        return i
    spoken = [k for k, level in enumerate(levels) if role_of(level.texts[i]) is not None]

    def rank(c: int) -> tuple[int, int, int, int]:
        others = sum(level.texts[c] != level.texts[i] for k, level in enumerate(levels) if k not in spoken)
        rest = sum(without_role(levels[k].texts[c]) != without_role(levels[k].texts[i]) for k in spoken)
        return (others, rest, c > i, abs(c - i))

    return min(counts, key=rank)


def _without_counting(texts: Sequence[str]) -> tuple[str, ...]:
    """Take "Antall" off "Antall menn", "Antall kvinner", if all columns begin so."""
    matches = [_COUNTED.fullmatch(t) for t in texts]
    if all(m is not None for m in matches):
        return tuple(m[1] for m in matches if m is not None)
    return tuple(texts)


def _joined(axes: list[Direction]) -> list[Direction]:
    """Put levels together that only break a heading over lines: each text of one goes with one of the other."""
    done: list[Direction] = []
    for axis in axes:
        twin = next((i for i, d in enumerate(done) if _one_to_one(d, axis)), None)
        if twin is None:
            done.append(axis)
        else:
            pairs = zip(done[twin].texts, axis.texts, strict=True)
            done[twin] = Direction(
                name=done[twin].name or axis.name, texts=tuple(" ".join(filter(None, p)) for p in pairs)
            )
    return done


def _sided(axes: Sequence[Direction], counts: Sequence[ReadColumn]) -> list[Direction]:
    """Put an axis for each group in the place of two levels, where the groups divide the same total."""
    values = [tuple(None if f is None else f.value for f in c.figures) for c in counts]
    if len(axes) != 2:
        return []
    return side_axes(axes[0], axes[1], values) or []


def _one_to_one(a: Direction, b: Direction) -> bool:
    pairs = set(zip(a.texts, b.texts, strict=True))
    return len(pairs) == len(set(a.texts)) == len(set(b.texts))


def _distinct(axes: list[Direction], columns: Sequence[ReadColumn], counts: Sequence[int]) -> list[Direction]:
    """Number columns of counts that nothing tells apart."""
    seen: Counter[tuple[str, ...]] = Counter()
    ordinals = []
    for i in range(len(counts)):
        own = tuple(key(a.texts[i]) for a in axes)
        seen[own] += 1
        ordinals.append(seen[own])
    if max(ordinals, default=1) == 1:
        return axes
    if not axes:
        return [Direction(name="", texts=tuple(f"column {columns[c].source.column + 1}" for c in counts))]
    last = axes[-1]
    texts = tuple(t if n == 1 else f"{t} ({n})" for t, n in zip(last.texts, ordinals, strict=True))
    return [*axes[:-1], Direction(name=last.name, texts=texts)]


def _split_period(axis: Direction) -> list[Direction]:
    """Cut "Menn 2021", "Menn 2022" into who and when."""
    if all_moments(axis.texts, axis.name) is not None:
        return [axis]
    for at in (0, -1):
        cut = [_cut(text, at) for text in axis.texts]
        if all(cut) and len({c[1] for c in cut if c}) > 1:
            who = Direction(name=axis.name, texts=tuple(c[0] for c in cut if c))
            when = Direction(name="", texts=tuple(c[1] for c in cut if c))
            return [who, when] if len({key(t) for t in who.texts}) > 1 else [when]
    return [axis]


def _cut(text: str, at: int) -> tuple[str, str] | None:
    words = text.split()
    for width in (2, 1):
        taken = words[:width] if at == 0 else words[-width:]
        rest = words[width:] if at == 0 else words[:-width]
        found = moment(" ".join(taken))
        if rest and found is not None and found.year is not None:
            return " ".join(rest).strip(" ,:-"), " ".join(taken)
    return None
