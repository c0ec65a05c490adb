"""Two sides of bars over the bands of an ordered variable, as in a population pyramid; the lowest band at the bottom."""

from __future__ import annotations

from collections.abc import Sequence

from prikk.dissemination.site import NARROW, WIDE, Bar, Drawing, bar, lines_of_text, mark, rule, text, wrap

_LINE = 16
_BAND = 28
_LETTER = 8.2


def pyramid(sides: tuple[str, str], bands: Sequence[tuple[Bar, Bar]], width: int) -> Drawing:
    """Draw two sides to one scale, from 0 in the middle. A bar without a value is a gap with what is said of it."""
    wide = width == WIDE
    middle = 150.0 if wide else 0.0
    most = max((b.value or 0 for pair in bands for b in pair), default=0) or 1
    tail = 12 + _LETTER * max(len(b.said) for pair in bands for b in pair)
    reach = (width - middle) / 2 - tail
    zeros = ((width - middle) / 2, (width + middle) / 2)
    names = [wrap(side, width / 2 - 40, most=2) for side in sides]
    head = 12 + _LINE * max(map(len, names))
    marks = _heads(names, width)
    top = float(head)
    block = _BAND if wide else _BAND + _LINE
    for left, right in reversed(bands):
        centre = top + block / 2 if wide else top + _LINE + _BAND / 2
        label = wrap(left.short or left.label, middle - 12 if wide else width - 8, most=1)
        at = (width / 2, centre + 4 if wide else top + 13)
        marks.append(lines_of_text(at, label, _LINE, anchor="middle"))
        marks += [
            _side(left, zeros[0], centre, -reach / most, 0),
            _side(right, zeros[1], centre, reach / most, 1),
        ]
        top += block
    marks += [rule((x, head), (x, top), kind="soft") for x in (zeros if wide else ())]
    return Drawing(width=width, height=int(top + 8), marks="".join(marks))


def _heads(names: Sequence[Sequence[str]], width: int) -> list[str]:
    places = ((24.0, 13.0), (width / 2 + 24 + (20 if width != NARROW else 0), 13.0))
    return [
        mark((x - 12, y - 4), i) + lines_of_text((x, y), list(names[i]), _LINE, bold="600")
        for i, (x, y) in enumerate(places)
    ]


def _side(item: Bar, zero: float, centre: float, scale: float, series: int) -> str:
    """A bar of one side; ``scale`` is negative for the left one."""
    way = -1 if scale < 0 else 1
    anchor = "end" if scale < 0 else "start"
    if item.value is None:
        return text((zero + 6 * way, centre + 4), item.said, anchor=anchor, kind="soft")
    length = abs(item.value * scale)
    x = zero - length if scale < 0 else zero
    end = zero + way * (length + 6)
    return bar(x, centre - 9, length, 18, series) + text((end, centre + 4), item.said, anchor=anchor)
