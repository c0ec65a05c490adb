"""Which charts a release has: chosen by what its dimensions are, never by their names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from prikk.dissemination._layout import Table
from prikk.dissemination.site._chart import Chart, Subject, axis_of, gap_notes, table_of
from prikk.dissemination.site._derive import change, fullest
from prikk.dissemination.site._plots import NARROW, WIDE, Bar, Series, bars, columns, lines, multiples
from prikk.dissemination.site._summary import of_changes, of_level, of_series, told_change
from prikk.dissemination.site._view import View
from prikk.spec import TOTAL

_MOST_LINES = 7  # as many as there are colours, marks and dashes
_MOST_PANELS = 24
_MOST_BARS = 24


def overview(view: View) -> list[tuple[Subject, list[Chart]]]:
    """Charts of each dimension's first level, all else in total; where no table has that, within each group of another."""
    found = []
    for name in view.spec.dimensions:
        whole = _of_dimension(view, name, {})
        for subject in _within(view, name) if whole is None else [whole]:
            bands = _by_bands(view, name) if subject is whole else []
            charts = [*charts_of(view, subject), *bands]
            if charts:
                found.append((subject, charts))
    return found


def _of_dimension(view: View, name: str, rest: Mapping[str, str]) -> Subject | None:
    pairs = [(view.label(name, code), view.at({**rest, name: code})) for code in view.top(name)]
    series = tuple(Series(label=label, figures=figures) for label, figures in pairs if figures is not None)
    labels = [view.label(other, code) for other, code in rest.items()]
    return (
        Subject(
            id="-".join([name, *(str(view.top(other).index(code) + 1) for other, code in rest.items())]),
            title=": ".join([view.name(name), *labels]),
            series=series,
            banded=view.cube.classifications[name].banded,
        )
        if series
        else None
    )


def _within(view: View, name: str) -> list[Subject]:
    """A dimension within each group of the one with the fewest groups that has it."""
    others = sorted((o for o in view.spec.dimensions if o != name), key=lambda o: len(view.top(o)))
    for other in others:
        subjects = [_of_dimension(view, name, {other: code}) for code in view.top(other)]
        found = [subject for subject in subjects if subject is not None]
        if found:
            return found
    return []


def of_table(view: View, table: Table) -> Subject:
    """The rows of a table on the first level that it shows."""
    depth = view.cube.classifications[table.stub].depth
    place = list(view.spec.dimensions).index(table.stub)
    parts = [row for row in table.rows if row.coordinates[place] != TOTAL]
    first = min((depth[row.coordinates[place]] for row in parts), default=0)
    chosen = [row for row in parts if depth[row.coordinates[place]] == first]
    return Subject(
        id=f"t{table.number}",
        title=", ".join(t for t in (view.text(table.title), view.text(table.heading)) if t),
        series=tuple(
            Series(label=view.label(table.stub, row.coordinates[place]), figures=row.figures)
            for row in chosen
        ),
        banded=view.cube.classifications[table.stub].banded,
    )


def charts_of(view: View, subject: Subject) -> list[Chart]:
    """The charts of a subject: over time, of bands, and of the last change; none that would show nothing."""
    makers = (_over_time, _profile, _last_change)
    return [chart for maker in makers if (chart := maker(view, subject)) is not None]


def _over_time(view: View, subject: Subject) -> Chart | None:
    series = [one for one in subject.series if any(not isinstance(f, str) for f in one.figures)]
    if not series or len(view.spec.periods) == 1 or len(series) > _MOST_PANELS:
        return None
    few, axis, say = len(series) <= _MOST_LINES, axis_of(view), view.say
    draw = lines if few else multiples
    span = view.speech.span(view.spec.periods[0], view.spec.periods[-1])
    unshown = [one.label for one in subject.series if one not in series]
    head, rows = table_of(view, subject.series)
    left_out = (say.left_out.format(names=", ".join(unshown)),) if unshown else ()
    gaps = gap_notes(view, say.gap_in_line, [f for one in series for f in one.figures])
    return Chart(
        id=f"{subject.id}-time",
        title=f"{say.chart_series if few else say.chart_multiples}, {span}",
        subject=subject.title,
        summary=of_series(view, subject.series),
        notes=(*(() if few else (say.own_scale,)), *gaps, *left_out),
        head=head,
        rows=rows,
        wide=draw(series, axis, WIDE),
        narrow=draw(series, axis, NARROW),
    )


def _profile(view: View, subject: Subject) -> Chart | None:
    at = fullest([one.figures for one in subject.series]) if subject.banded else None
    if at is None:
        return None
    period = view.speech.period(view.spec.periods[at])
    items = _level_bars(view, subject.series, at)
    return Chart(
        id=f"{subject.id}-profile",
        title=view.say.chart_profile.format(period=period),
        subject=subject.title,
        summary=of_level(view, subject.series, at),
        notes=(
            *_which_period(view, at),
            *gap_notes(view, view.say.no_bar, [one.figures[at] for one in subject.series]),
        ),
        head=(period,),
        rows=tuple((item.label, item.said) for item in items),
        wide=bars(items, WIDE),
        narrow=bars(items, NARROW),
    )


def _level_bars(view: View, series: Sequence[Series], at: int, shorts: Sequence[str] = ()) -> list[Bar]:
    found = [(one.label, one.figures[at]) for one in series]
    names = shorts or [""] * len(found)
    return [
        Bar(label=label, value=None if isinstance(f, str) else f, said=view.shown(f), short=short)
        for (label, f), short in zip(found, names, strict=True)
    ]


def _short_bands(view: View, name: str) -> list[str]:
    """The bands by their bounds alone, such as ``20–24`` and ``60+``; labels are too long below a narrow bar."""
    items = [view.cube.classifications[name].by_code[code] for code in view.top(name)]
    if any(item.low is None for item in items):
        return []
    return [f"{i.low}+" if i.high is None else f"{i.low}\N{EN DASH}{i.high}" for i in items]


def _which_period(view: View, at: int) -> tuple[str, ...]:
    """Say so where the chart is not of the latest period."""
    periods = view.spec.periods
    return (
        ()
        if at == len(periods) - 1
        else (view.say.not_latest.format(period=view.speech.period(periods[at])),)
    )


def _last_change(view: View, subject: Subject) -> Chart | None:
    rows = [
        ["", *(change(b, a) for a, b in zip(s.figures, s.figures[1:], strict=False))] for s in subject.series
    ]
    at = fullest(rows, 1)
    if at is None:
        return None
    old, new = (view.speech.period(view.spec.periods[i]) for i in (at - 1, at))
    items, unshown = _ranked(view, subject.series, at)
    left_out = (view.say.left_out.format(names=", ".join(unshown)),) if unshown else ()
    title = view.say.chart_change.format(old=old, new=new)
    drawn = sorted(items, key=lambda item: -abs(item.value or 0))[:_MOST_BARS]
    drawn = [item for item in items if item in drawn]
    return Chart(
        id=f"{subject.id}-change",
        title=title,
        subject=subject.title,
        summary=of_changes(view, subject.series, at, at - 1),
        notes=(*_which_period(view, at), *left_out),
        head=(title,),
        rows=tuple((item.label, item.said) for item in items),
        wide=bars(drawn, WIDE, signed=True),
        narrow=bars(drawn, NARROW, signed=True),
    )


def _ranked(view: View, series: Sequence[Series], at: int) -> tuple[list[Bar], list[str]]:
    """Bars of the changes, the largest rise first, and the names of those that cannot be shown."""
    items, unshown = [], []
    for one in series:
        new, old = one.figures[at], one.figures[at - 1]
        if isinstance(new, str) or isinstance(old, str):
            unshown.append(one.label)
        else:
            items.append(Bar(label=one.label, value=new - old, said=told_change(view, new, old)))
    return sorted(items, key=lambda item: -(item.value or 0)), unshown


def _by_bands(view: View, name: str) -> Iterator[Chart]:
    """The bands of another dimension for each code of this one, where the tables have them."""
    for other in view.spec.dimensions:
        if other != name and view.cube.classifications[other].banded:
            chart = _bands(view, name, other)
            if chart is not None:
                yield chart


def _bands(view: View, name: str, other: str) -> Chart | None:
    groups = [
        (view.label(name, code), series)
        for code in view.top(name)
        if (series := _band_series(view, name, code, other))
    ]
    everything = [one.figures for _, series in groups for one in series]
    at = fullest(everything)
    if at is None or len(groups) < 2 or len(groups) > _MOST_PANELS:
        return None
    period, shorts = view.speech.period(view.spec.periods[at]), _short_bands(view, other)
    panels = [(label, _level_bars(view, series, at, shorts)) for label, series in groups]
    title = view.say.chart_groups.format(each=view.name(name), bands=view.name(other).lower(), period=period)
    return Chart(
        id=f"{name}-by-{other}",
        title=title,
        subject=view.name(name),
        summary=tuple(f"{label}: {of_level(view, series, at)[0]}" for label, series in groups),
        notes=(
            view.say.own_scale,
            *_which_period(view, at),
            *gap_notes(view, view.say.no_bar, [f[at] for f in everything]),
        ),
        head=tuple(item.label for item in panels[0][1]),
        rows=tuple((label, *(item.said for item in items)) for label, items in panels),
        wide=columns(panels, WIDE),
        narrow=columns(panels, NARROW),
    )


def _band_series(view: View, name: str, code: str, other: str) -> tuple[Series, ...]:
    found = [(band, view.at({name: code, other: band})) for band in view.top(other)]
    if all(figures is None for _, figures in found):
        return ()
    # A band without a cell has nobody in the whole release: nothing was published of it, and nothing is drawn.
    nothing = ("",) * len(view.spec.periods)
    return tuple(Series(label=view.label(other, band), figures=figures or nothing) for band, figures in found)
