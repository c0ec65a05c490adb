"""What a chart shows, in words; from figures that are shown, and from no others."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from prikk.serve.browse._series import Line
from prikk.serve.browse._writing import Writing
from prikk.spec import TOTAL

_ONE_BY_ONE = 3


def of_series(lines: Sequence[Line], codes: Sequence[str], writing: Writing) -> tuple[str, ...]:
    """Few lines one by one; of many the largest in the newest period that has any."""
    if len(lines) <= _ONE_BY_ONE:
        return tuple(s for line in lines if (s := _from_to(line, codes, writing))) or (
            writing.site.none_shown,
        )
    newest = next(
        (i for i in range(len(codes) - 1, -1, -1) if any(not isinstance(x.figures[i], str) for x in lines)),
        -1,
    )
    return of_period(lines, newest, codes[newest], writing)


def _from_to(line: Line, codes: Sequence[str], writing: Writing) -> str:
    shown = [(i, f) for i, f in enumerate(line.figures) if not isinstance(f, str)]
    if not shown:
        return ""
    (i, old), (j, new) = shown[0], shown[-1]
    site, number = writing.site, writing.number
    if i == j:
        return site.summary_one.format(label=line.label, new=number(new), last=writing.period(codes[j]))
    return site.summary_from_to.format(
        label=line.label,
        old=number(old),
        first=writing.period(codes[i]),
        new=number(new),
        last=writing.period(codes[j]),
        percent=_change(new, old, writing),
    )


def _change(new: int, old: int, writing: Writing) -> str:
    """A change in number and per cent, such as ``−10 (−2,0 %)``; halves away from zero."""
    size = writing.speech.signed(new - old)
    if not old:
        return size
    tenths = int(abs(Fraction((new - old) * 1000, old)) + Fraction(1, 2))
    return f"{size} ({writing.speech.percent(-tenths if new < old else tenths)})"


def of_period(lines: Sequence[Line], at: int, code: str, writing: Writing) -> tuple[str, ...]:
    """Which is the largest in a period; a total of others is none of them."""
    parts = [line for line in lines if set(line.key.split(",")) - {TOTAL}] or list(lines)
    shown = [(f, line.label) for line in parts if not isinstance(f := line.figures[at], str)]
    if not shown:
        return (writing.site.none_shown,)
    value, label = max(shown, key=lambda pair: pair[0])
    words = writing.site.summary_largest if len(shown) == len(parts) else writing.site.summary_largest_of
    return (words.format(period=writing.period(code), label=label, value=writing.number(value)),)


def of_profile(sides: Sequence[Line], labels: Sequence[str], writing: Writing) -> tuple[str, ...]:
    """The largest band of each side."""
    found = []
    for side in sides:
        shown = [(f, label) for f, label in zip(side.figures, labels, strict=True) if not isinstance(f, str)]
        value, band = max(shown, key=lambda pair: pair[0], default=(0, ""))
        words = writing.say.profile_side if shown else writing.say.profile_none
        found.append(words.format(label=side.label, band=band, value=writing.number(value)))
    return tuple(found)
