"""The four kinds of charts, each wide (a desk) or narrow (a phone). Hidden figures are gaps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from prikk.dissemination._columns import Figure
from prikk.dissemination.site._scale import Scale, scale
from prikk.dissemination.site._svg import (
    Drawing,
    Point,
    bar,
    curve,
    lines_of_text,
    mark,
    rule,
    text,
    wrap,
)

WIDE, NARROW = 760, 340
_LINE = 16
_MARKS = 14  # on a line; more would hide it
_LETTER = 8.2  # about the width of a digit at the size of the charts


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A named row of figures."""

    label: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A named value of a bar chart, and what is written at its end; without a value only that is written.

    ``short`` is its name where there is little room.
    """

    label: str
    value: int | None
    said: str
    short: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """The names along the bottom, a second line below some, and the places of breaks in the series.

    Where there is no room for all names, every so many as one of ``steps`` says is written, counted from ``start``.
    """

    names: tuple[str, ...]
    second: tuple[str, ...]
    breaks: tuple[int, ...] = ()
    steps: tuple[int, ...] = (1, 2, 5, 10, 20, 50)
    start: int = 0
    number: Callable[[int], str]


def lines(series: Sequence[Series], axis: Axis, width: int) -> Drawing:
    """A line for each of at most seven series."""
    wide = width == WIDE
    top = 10.0 if wide else 14.0 + _LINE * 1.25 * len(series)
    height = 330 if wide else 230 + top
    upright = scale(0, _largest(series), height - 44, top)
    left = 14 + _LETTER * max(len(axis.number(t)) for t in upright.ticks)
    right = width - (226.0 if wide else 14.0)
    marks = [_grid(upright, left, right, axis), _bottom(axis, left, right, height - 44)]
    ends: list[tuple[float, int, str]] = []
    for i, one in enumerate(series):
        points = _points(one.figures, left, right, upright)
        marks.append(curve(points, i) + "".join(mark(p, i) for p in _marked(points, _MARKS)))
        shown = [p for p in points if p]
        if shown:
            ends.append((shown[-1][1], i, one.label))
    marks.append(_labels(ends, right) if wide else _key(series))
    return Drawing(width=width, height=int(height), marks="".join(marks))


def _labels(ends: list[tuple[float, int, str]], right: float) -> str:
    """Names at the ends of the lines, pushed apart where they would meet."""
    marks, below = [], 0.0
    for y, i, label in sorted(ends):
        found = wrap(label, 180, most=2)
        first = max(y + 4, below + _LINE)
        marks.append(mark((right + 20, first - 4), i) + lines_of_text((right + 32, first), found, _LINE))
        below = first + _LINE * (len(found) - 1)
    return "".join(marks)


def _key(series: Sequence[Series]) -> str:
    found = []
    for i, one in enumerate(series):
        y = 12 + i * _LINE * 1.25
        found.append(curve([(4, y), (34, y)], i) + mark((19, y), i))
        found.append(text((42, y + 4), wrap(one.label, NARROW - 44, most=1)[0]))
    return "".join(found)


def _grid(upright: Scale, left: float, right: float, axis: Axis) -> str:
    return "".join(
        rule((left, upright(t)), (right, upright(t)), kind="hair" if t else "soft")
        + text((left - 8, upright(t) + 4), axis.number(t), anchor="end", kind="soft")
        for t in upright.ticks
    )


def _bottom(axis: Axis, left: float, right: float, y: float) -> str:
    """The names of the periods, as many as there is room for, and the breaks."""
    count, found = len(axis.names), []
    each = (right - left) / count
    widest = max(len(name) for name in axis.names) * _LETTER + 6
    skip = next((step for step in axis.steps if step * each >= widest), axis.steps[-1])
    years = _spaced([i for i in range(count) if axis.second[i]], each)
    for i, name in enumerate(axis.names):
        x = left + (i + 0.5) * each
        if (i - axis.start) % skip == 0:
            found.append(text((x, y + 18), name, anchor="middle", kind="soft"))
        if i in years:
            found.append(text((x, y + 35), axis.second[i], anchor="middle", kind="soft"))
        if i in axis.breaks:
            found.append(rule((left + i * each, 10), (left + i * each, y), kind="soft", dash="3 3"))
    return "".join(found)


def _spaced(places: Sequence[int], each: float) -> list[int]:
    """As many of the places as leave room for a year below each."""
    found: list[int] = []
    for place in places:
        if not found or (place - found[-1]) * each >= 5 * _LETTER:
            found.append(place)
    return found


def _points(figures: Sequence[Figure], left: float, right: float, upright: Scale) -> list[Point | None]:
    each = (right - left) / len(figures)
    return [
        None if isinstance(f, str) else (left + (i + 0.5) * each, upright(f)) for i, f in enumerate(figures)
    ]


def _marked(points: Sequence[Point | None], most: int) -> list[Point]:
    """The points that get a mark: about so many, and every one that no line reaches."""
    step, beside = max(1, len(points) // most), (None, *points, None)
    return [
        point
        for i, point in enumerate(points)
        if point is not None
        and ((len(points) - 1 - i) % step == 0 or (beside[i] is None and beside[i + 2] is None))
    ]


def _largest(series: Sequence[Series]) -> int:
    return max((f for one in series for f in one.figures if not isinstance(f, str)), default=0)


def multiples(series: Sequence[Series], axis: Axis, width: int) -> Drawing:
    """A small line chart for each series, each with its own scale."""
    across = 3 if width == WIDE else 2
    side = (width - 24 * (across - 1)) / across
    marks, top = [], 0.0
    for start in range(0, len(series), across):
        row = series[start : start + across]
        names = [wrap(one.label, side, 12.5) for one in row]
        head = 8 + _LINE * max(map(len, names))
        for i, (one, name) in enumerate(zip(row, names, strict=True)):
            panel = _panel(one, axis, side, head)
            place = f"{i * (side + 24):.1f} {top:.1f}"
            marks.append(
                f'<g transform="translate({place})">{lines_of_text((0, 13), name, _LINE, bold="600")}{panel}</g>'
            )
        top += head + 138
    return Drawing(width=width, height=int(top), marks="".join(marks))


def _panel(one: Series, axis: Axis, side: float, head: float) -> str:
    base = head + 92
    upright = scale(0, _largest([one]), base, head + 8, most=3)
    left = 10 + _LETTER * max(len(axis.number(t)) for t in upright.ticks)
    points = _points(one.figures, left, side, upright)
    ends = [i in (0, len(axis.names) - 1) for i in range(len(axis.names))]
    short = replace(
        axis, names=tuple(n if e else "" for n, e in zip(axis.names, ends, strict=True)), breaks=()
    )
    names = "".join(
        text((x, base + 17), name, anchor=anchor, kind="soft")
        for x, name, anchor in ((left, short.names[0], "start"), (side, short.names[-1], "end"))
        if name
    )
    marks = _grid(upright, left, side, axis) + names + curve(points, 0, dashed=False)
    return marks + "".join(mark(p, 0, 2.4) for p in _marked(points, _MARKS // 2))


def bars(items: Sequence[Bar], width: int, *, signed: bool = False) -> Drawing:
    """A bar for each item, from 0; names at the left, on a phone above. Falling ones have another colour."""
    wide = width == WIDE
    start = 250.0 if wide else 4.0
    names = [wrap(item.label, 232, most=2) if wide else wrap(item.label, width - 8, 13, 2) for item in items]
    tail = 12 + _LETTER * max((len(item.said) for item in items), default=0)
    across = _across(items, start, width, tail, signed=signed)
    marks, top = [], 2.0
    for item, name in zip(items, names, strict=True):
        block = max(28, _LINE * len(name) + 8) if wide else _LINE * len(name) + 28
        middle = top + block / 2 if wide else top + _LINE * len(name) + 12
        first = middle + 4 - _LINE * (len(name) - 1) / 2 if wide else top + 13
        at = (start - 12, first) if wide else (4, first)
        marks.append(lines_of_text(at, name, _LINE, anchor="end" if wide else "start"))
        marks.append(_bar(item, across, middle))
        zero = across(0)
        marks.append(rule((zero, top if wide else middle - 13), (zero, top + block), kind="soft"))
        top += block
    return Drawing(width=width, height=int(top + 6), marks="".join(marks))


def _across(items: Sequence[Bar], start: float, width: int, tail: float, *, signed: bool) -> Scale:
    """The scale of the bars, with room for what is written beyond the longest on either side."""
    values = [item.value for item in items if item.value is not None]
    low, high = min([0, *values]), max([1, *values]) if not signed or max([0, *values]) else 0
    if not low:
        return Scale(low=0, high=high or 1, step=1, start=start, end=width - tail)
    if not high:
        return Scale(low=low, high=0, step=1, start=start + tail, end=width - 6)
    return Scale(low=low, high=high, step=1, start=start + tail, end=width - tail)


def _bar(item: Bar, across: Scale, middle: float) -> str:
    zero = across(0)
    if item.value is None:
        return text((zero + 6, middle + 4), item.said, kind="soft")
    end = across(item.value)
    falling = item.value < 0 or not across.high
    shape = bar(min(zero, end), middle - 8, abs(end - zero), 16, int(falling))
    at = (end - 6, middle + 4) if falling else (end + 6, middle + 4)
    return shape + text(at, item.said, anchor="end" if falling else "start")


def columns(groups: Sequence[tuple[str, Sequence[Bar]]], width: int) -> Drawing:
    """A panel of standing bars for each group, each with its own scale; the names of the bars stand below the first."""
    across = 2 if width == WIDE else 1
    side = (width - 24 * (across - 1)) / across
    marks, top = [], 0.0
    for start in range(0, len(groups), across):
        row = groups[start : start + across]
        names = [wrap(label, side, 12.5, 2) for label, _ in row]
        head = 8 + _LINE * max(map(len, names))
        for i, ((_, items), name) in enumerate(zip(row, names, strict=True)):
            place = f"{i * (side + 24):.1f} {top:.1f}"
            head_line = lines_of_text((0, 13), name, _LINE, bold="600")
            marks.append(f'<g transform="translate({place})">{head_line}{_standing(items, side, head)}</g>')
        top += head + 152
    return Drawing(width=width, height=int(top), marks="".join(marks))


def _standing(items: Sequence[Bar], side: float, head: float) -> str:
    base, each = head + 112, side / max(1, len(items))
    largest = max((item.value or 0 for item in items), default=0) or 1
    upright = Scale(low=0, high=largest, step=1, start=base, end=head + 18)
    found = [rule((0, base), (side, base), kind="soft")]
    for i, item in enumerate(items):
        middle = (i + 0.5) * each
        y = base if item.value is None else upright(item.value)
        found.append(bar(middle - each * 0.36, y, each * 0.72, base - y) if item.value is not None else "")
        room = item.value is None or each > _LETTER * len(item.said)
        found.append(text((middle, y - 5), item.said, anchor="middle", kind="soft") if room else "")
        name = [item.short] if item.short else wrap(item.label, each, 13)
        found.append(lines_of_text((middle, base + 17), name, _LINE, anchor="middle"))
    return "".join(found)
