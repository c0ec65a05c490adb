"""What a chart shows, in words; only from figures that are shown."""

from __future__ import annotations

from collections.abc import Sequence

from prikk.dissemination.site._derive import change, fullest, percent
from prikk.dissemination.site._plots import Series
from prikk.dissemination.site._view import View

_ONE_BY_ONE = 3


def told_change(view: View, new: int, old: int) -> str:
    """A change in number and per cent, such as ``−10 (−2,0 %)``."""
    share = percent(new, old)
    size = view.speech.signed(new - old)
    return f"{size} ({view.speech.percent(share)})" if isinstance(share, int) else size


def of_series(view: View, series: Sequence[Series]) -> tuple[str, ...]:
    """Few series one by one, of many the largest and those that changed most."""
    if len(series) <= _ONE_BY_ONE:
        return tuple(sentence for one in series if (sentence := _from_to(view, one)))
    return (*of_level(view, series), *_most(view, series))


def _from_to(view: View, one: Series) -> str:
    shown = [(i, f) for i, f in enumerate(one.figures) if not isinstance(f, str)]
    if not shown:
        return ""
    (i, old), (j, new) = shown[0], shown[-1]
    first, last = (view.speech.period(view.spec.periods[k]) for k in (i, j))
    number = view.speech.number
    if i == j:
        return view.say.summary_one.format(label=one.label, new=number(new), last=last)
    return view.say.summary_from_to.format(
        label=one.label,
        old=number(old),
        first=first,
        new=number(new),
        last=last,
        percent=told_change(view, new, old),
    )


def of_level(view: View, series: Sequence[Series], at: int | None = None) -> tuple[str, ...]:
    """Which is the largest in a period, by default in the newest in which most are shown."""
    at = fullest([one.figures for one in series]) if at is None else at
    if at is None:
        return (view.say.none_shown,)
    shown = [(f, one.label) for one in series if not isinstance(f := one.figures[at], str)]
    if not shown:
        return (view.say.none_shown,)
    value, label = max(shown, key=lambda pair: pair[0])
    words = view.say.summary_largest if len(shown) == len(series) else view.say.summary_largest_of
    period = view.speech.period(view.spec.periods[at])
    return (words.format(period=period, label=label, value=view.speech.number(value)),)


def _most(view: View, series: Sequence[Series]) -> tuple[str, ...]:
    changes = [[change(f, one.figures[0]) for f in one.figures] for one in series]
    at = fullest(changes, 1)
    return () if at is None else of_changes(view, series, at, 0)


def of_changes(view: View, series: Sequence[Series], new: int, old: int) -> tuple[str, ...]:
    """Which rose and which fell most between two periods."""
    pairs = [
        (one.figures[new], one.figures[old], one.label)
        for one in series
        if not isinstance(one.figures[new], str) and not isinstance(one.figures[old], str)
    ]
    numbers = [(a - b, a, b, label) for a, b, label in pairs if isinstance(a, int) and isinstance(b, int)]
    found = []
    for words, (size, a, b, label) in (
        (view.say.summary_most_up, max(numbers, default=(0, 0, 0, ""))),
        (view.say.summary_most_down, min(numbers, default=(0, 0, 0, ""))),
    ):
        if (size > 0) == (words == view.say.summary_most_up) and size:
            found.append(words.format(label=label, change=told_change(view, a, b)))
    if new - old != 1 and found:
        first, last = (view.speech.period(view.spec.periods[i]) for i in (old, new))
        head = view.say.changes.format(old=first, new=last)
        return tuple(f"{head}. {one}" if i == 0 else one for i, one in enumerate(found))
    return tuple(found)
