"""The charts of a selection: lines over the periods, bars of one, two sides over bands. Hidden figures are gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from prikk.dissemination import Dataset
from prikk.dissemination.site import NARROW, WIDE, Axis, Bar, Drawing, Series, bars, lines, multiples
from prikk.serve.browse._pyramid import pyramid
from prikk.serve.browse._series import Figure, Line, Profile, banded, hidden_in, profile, series
from prikk.serve.browse._state import State
from prikk.serve.browse._summary import of_period, of_profile, of_series
from prikk.serve.browse._writing import Writing
from prikk.spec import TOTAL

_MOST_LINES, _MOST_PANELS, _MOST_BARS, _MOST_SIDES = 7, 24, 40, 500
_STEPS = {"month": (1, 2, 3, 6, 12, 24, 60), "quarter": (1, 2, 4, 8, 20), "year": (1, 2, 5, 10, 20, 50)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A list to choose from beside a chart: the name of its parameter, its label, values and texts, and what is chosen."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart with its words and figures; without drawings ``missing`` says why there is none."""

    title: str = ""
    summary: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    wide: Drawing | None = None
    narrow: Drawing | None = None
    choices: tuple[Choice, ...] = ()
    missing: str = ""


def chart(part: Dataset, state: State, writing: Writing) -> Chart:
    """The chart that a state asks for, of the data set of its selection."""
    return {"line": _line, "bar": _bar, "profile": _profile}[state.show](part, state, writing)


def _line(part: Dataset, state: State, writing: Writing) -> Chart:
    codes = part.axes[-1].codes
    if len(codes) < 2:
        return Chart(missing=writing.say.no_line)
    found = series(part, writing, _MOST_PANELS)
    shown = [line for line in found if any(not isinstance(f, str) for f in line.figures)]
    drawn = [Series(label=line.label, figures=line.figures) for line in shown] or [
        Series(label=line.label, figures=line.figures) for line in found[:1]
    ]
    few, axis, site = len(drawn) <= _MOST_LINES, _axis(codes, writing), writing.site
    draw = lines if few else multiples
    return Chart(
        title=f"{site.chart_series if few else site.chart_multiples}, {writing.span(codes)}",
        summary=of_series(found, codes, writing),
        notes=(
            *(() if few else (site.own_scale,)),
            *_gaps(part, writing, site.gap_in_line),
            *_left_out([line for line in found if line not in shown], writing),
            *_only_first(part, len(found), writing),
        ),
        head=part.axes[-1].labels[writing.language],
        rows=_rows(found, writing),
        wide=draw(drawn, axis, WIDE),
        narrow=draw(drawn, axis, NARROW),
    )


def _left_out(lines: Sequence[Line], writing: Writing) -> list[str]:
    """The lines of which nothing can be drawn: those with hidden figures, and those that are nil or in no table."""
    sign = writing.facts.signs.hidden
    hidden = [line.label for line in lines if sign in line.figures]
    others = [line.label for line in lines if sign not in line.figures]
    pairs = ((writing.site.left_out, hidden), (writing.say.not_drawn, others))
    return [words.format(names=", ".join(names)) for words, names in pairs if names]


def _rows(found: Sequence[Line], writing: Writing) -> tuple[tuple[str, ...], ...]:
    return tuple((line.label, *(_said(f, writing) for f in line.figures)) for line in found)


def _said(figure: Figure, writing: Writing) -> str:
    return figure if isinstance(figure, str) else writing.number(figure)


def _axis(codes: Sequence[str], writing: Writing) -> Axis:
    """The periods below a chart; the year stands under its first period."""
    points = [writing.point(code) for code in codes]
    years = [str(point.first_month.year) for point in points]
    new = [i == 0 or years[i] != years[i - 1] for i in range(len(years))]
    parts = writing.facts.every != "year"
    return Axis(
        names=tuple(writing.speech.short(point) for point in points),
        second=tuple(year if first and parts else "" for year, first in zip(years, new, strict=True)),
        steps=_STEPS[writing.facts.every],
        start=next((i for i in range(1, len(new)) if new[i] and parts), 0),
        number=writing.number,
    )


def _gaps(part: Dataset, writing: Writing, words: str) -> tuple[str, ...]:
    hidden, other = hidden_in(part)
    signs, meanings = writing.facts.signs, writing.facts.meanings[writing.language]
    found = [words.format(symbol=signs.hidden)] if hidden else []
    return (*found, *([meanings.nil, meanings.absent] if other else []))


def _only_first(part: Dataset, shown: int, writing: Writing) -> tuple[str, ...]:
    count = part.figures.size
    if count <= shown:
        return ()
    return (writing.say.only_first.format(most=writing.number(shown), count=writing.number(count)),)


def _bar(part: Dataset, state: State, writing: Writing) -> Chart:
    at, choice = _period(part, state, writing)
    found = series(part, writing, _MOST_BARS)
    items = [_item(line.label, line.figures[at], writing) for line in found]
    period = writing.period(part.axes[-1].codes[at])
    single = part.select([range(len(axis)) for axis in part.axes[:-1]] + [[at]])
    return Chart(
        title=writing.site.chart_profile.format(period=period),
        summary=of_period(found, at, part.axes[-1].codes[at], writing),
        notes=(*_gaps(single, writing, writing.site.no_bar), *_only_first(part, len(found), writing)),
        head=(period,),
        rows=tuple((item.label, item.said) for item in items),
        wide=bars(items, WIDE),
        narrow=bars(items, NARROW),
        choices=(choice,) if choice.options[1:] else (),
    )


def _item(label: str, figure: Figure, writing: Writing) -> Bar:
    return Bar(label=label, value=None if isinstance(figure, str) else figure, said=_said(figure, writing))


def _period(part: Dataset, state: State, writing: Writing) -> tuple[int, Choice]:
    """The place of the period of a chart, the newest unless another is asked for, and the list to choose it from."""
    axis = part.axes[-1]
    at = axis.codes.index(state.period) if state.period in axis.codes else len(axis) - 1
    options = tuple(zip(axis.codes, axis.labels[writing.language], strict=True))[::-1]
    return at, Choice(name="period", label=writing.say.period, options=options, chosen=axis.codes[at])


def _profile(part: Dataset, state: State, writing: Writing) -> Chart:
    known = banded(part)
    if not known:
        return Chart(missing=writing.say.no_profile)
    axis = next((a for a in known if a.name == state.bands), known[0])
    at, of_periods = _period(part, state, writing)
    found = profile(part, axis, at, writing, _MOST_SIDES)
    keys = [line.key for line in found.lines]
    first = 1 if len(keys) > 2 and not set(keys[0].split(",")) - {TOTAL} else 0
    left = keys.index(state.left) if state.left in keys else first
    right = keys.index(state.right) if state.right in keys else min(left + 1, len(keys) - 1)
    sides = (found.lines[left], found.lines[right]) if left != right else (found.lines[left],)
    names = tuple((a.name, writing.variable(a.name)) for a in known)
    options = tuple((line.key, line.label) for line in found.lines)
    choices = (
        Choice(name="bands", label=writing.say.bands_of, options=names, chosen=axis.name),
        of_periods,
        Choice(name="left", label=writing.say.left_side, options=options, chosen=keys[left]),
        Choice(name="right", label=writing.say.right_side, options=options, chosen=keys[right]),
    )
    period = writing.period(part.axes[-1].codes[at])
    return _drawn(part, found, sides, period, tuple(c for c in choices if c.options[1:]), writing)


def _drawn(
    part: Dataset, found: Profile, sides: Sequence[Line], period: str, choices: tuple[Choice, ...], writing: Writing
) -> Chart:  # fmt: skip
    labels = [found.axis.labels[writing.language][p] for p in found.places]
    items = [[_item(label, f, writing) for label, f in zip(labels, s.figures, strict=True)] for s in sides]
    signs, site = writing.facts.signs, writing.site
    hidden = any(f == signs.hidden for side in sides for f in side.figures)
    notes = (*((site.no_bar.format(symbol=signs.hidden),) if hidden else ()), *_others(sides, writing))
    two = len(sides) == 2
    return Chart(
        title=f"{writing.variable(found.axis.name)}, {period}",
        summary=of_profile(sides, labels, writing),
        notes=((writing.say.same_scale, *notes) if two else notes),
        head=tuple(side.label for side in sides),
        rows=tuple((label, *(b.said for b in row)) for label, *row in zip(labels, *items, strict=True)),
        wide=_shape(sides, items, WIDE),
        narrow=_shape(sides, items, NARROW),
        choices=choices,
    )


def _others(sides: Sequence[Line], writing: Writing) -> list[str]:
    """What the other signs mean, of those that are there."""
    signs, meanings = writing.facts.signs, writing.facts.meanings[writing.language]
    there = {f for side in sides for f in side.figures}
    return [
        text for sign, text in ((signs.nil, meanings.nil), (signs.absent, meanings.absent)) if sign in there
    ]


def _shape(sides: Sequence[Line], items: Sequence[Sequence[Bar]], width: int) -> Drawing:
    if len(sides) == 1:
        return bars(items[0], width)
    pairs = list(zip(items[0], items[1], strict=True))
    return pyramid((sides[0].label, sides[1].label), pairs, width)
