"""A stub of one column that runs in sections: "Menn" above its ages, "Kvinner" above the same ages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from prikk.reading._stub import TOTAL_TEXT, StubAxis
from prikk.reading._text import key
from prikk.reading._words import is_total

Values = Sequence[Sequence[Decimal | None]]
"""The figures of each row; None where another thing is printed."""


def with_sections(axis: StubAxis, figured: Sequence[bool], values: Values) -> list[StubAxis]:
    """Cut a stub into axes where its labels repeat, or where lines without figures head its parts.

    ``figured`` tells which rows have anything printed in their columns of figures.
    """
    names = [key(t) for t in axis.texts]
    if not all(figured) and any(figured):
        headed = _headed(axis, names, figured, values)
        if headed is not None:
            return headed
    rows = [i for i, x in enumerate(figured) if x]
    repeated = _repeated(names, rows, values)
    if not repeated:
        return [axis]
    sections = _own_sections(axis, names, rows, repeated)
    return [axis] if sections is None else sections


def _headed(
    axis: StubAxis, names: Sequence[str], figured: Sequence[bool], values: Values
) -> list[StubAxis] | None:
    """Sections with a line of their own: an axis if labels repeat in them, else perhaps one axis each."""
    section, current = [], ""
    for i, text in enumerate(axis.texts):
        current = text if not figured[i] and text else current
        section.append(current)
    heads = list(dict.fromkeys(s for s in section if s))
    inside = {h: {names[i] for i, s in enumerate(section) if s == h and figured[i]} for h in heads}
    inside = {h: own for h, own in inside.items() if own}
    times = Counter(n for own in inside.values() for n in own)
    if any(t > 1 for n, t in times.items() if not is_total(n)):
        outer = tuple(
            s or (TOTAL_TEXT if is_total(t) else "") for s, t in zip(section, axis.texts, strict=True)
        )
        return [StubAxis(name="", texts=outer), axis]
    return _side_axes(axis, section, list(inside), figured, values)


def _side_axes(
    axis: StubAxis, section: Sequence[str], heads: Sequence[str], figured: Sequence[bool], values: Values
) -> list[StubAxis] | None:
    """Sections that each add up to the row above them all ("Kjønn", "Alder"): an axis each."""
    top = next((i for i, x in enumerate(figured) if x), None)
    if top is None or section[top] or len(heads) < 2:
        return None
    if not all(
        _adds_up(values, top, [i for i, s in enumerate(section) if s == h and figured[i]]) for h in heads
    ):
        return None
    return [
        replace(
            axis,
            name=h,
            texts=tuple(t if s == h else TOTAL_TEXT for s, t in zip(section, axis.texts, strict=True)),
        )
        for h in heads
    ]


def _adds_up(values: Values, total: int, parts: Sequence[int]) -> bool:
    checked = False
    for column, whole in enumerate(values[total]):
        own = [values[i][column] for i in parts]
        if whole is None or any(v is None for v in own):
            continue
        if sum(v for v in own if v is not None) != whole:
            return False
        checked = True
    return checked


def _repeated(names: Sequence[str], rows: Sequence[int], values: Values) -> set[str]:
    """Labels that stand on several rows: with other figures, or several of them.

    A lone total row with the same figures again is only repeated, as on a new page.
    """
    seen: dict[str, list[tuple[Decimal | None, ...]]] = {}
    for i in rows:
        seen.setdefault(names[i], []).append(tuple(values[i]))
    often = {name for name, found in seen.items() if len(found) > 1 and name}
    other = {name for name in often if len(set(seen[name])) > 1}
    return often if other or sum(not is_total(n) for n in often) > 1 else set()


def _own_sections(
    axis: StubAxis, names: Sequence[str], rows: Sequence[int], repeated: set[str]
) -> list[StubAxis] | None:
    """Sections whose first (or last) row has figures of its own: the total of the section."""
    after = names[rows[0]] in repeated and names[rows[-1]] not in repeated
    order = list(reversed(rows)) if after else list(rows)
    outer, inner = dict.fromkeys(range(len(names)), ""), dict(enumerate(axis.texts))
    current, seen = "", set[str]()
    for at, i in enumerate(order):
        following = names[order[at + 1]] if at + 1 < len(order) else ""
        starts = following in repeated and (following in seen or not current)
        if names[i] not in repeated and is_total(axis.texts[i]):  # of all sections
            outer[i], inner[i] = axis.texts[i], TOTAL_TEXT
        elif names[i] not in repeated and starts:
            current, seen = axis.texts[i], set()
            outer[i], inner[i] = current, TOTAL_TEXT
        else:
            outer[i] = current or (TOTAL_TEXT if is_total(axis.texts[i]) else "")
            seen.add(names[i])
    if len({o for o in outer.values() if o}) < 2:
        return None
    count = range(len(names))
    return [
        StubAxis(name="", texts=tuple(outer[i] for i in count)),
        replace(axis, texts=tuple(inner[i] for i in count)),
    ]
