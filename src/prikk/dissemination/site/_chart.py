"""A chart with all that belongs to it: words, figures and both drawings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from prikk.dissemination._columns import Figure
from prikk.dissemination.site._plots import Axis, Series
from prikk.dissemination.site._svg import Drawing
from prikk.dissemination.site._view import View

_STEPS = {"month": (1, 2, 3, 6, 12, 24), "quarter": (1, 2, 4, 8), "year": (1, 2, 5, 10, 20)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One chart. ``head`` and ``rows`` are its figures as texts; ``summary`` and ``notes`` are sentences."""

    id: str
    title: str
    subject: str
    summary: tuple[str, ...]
    notes: tuple[str, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: Drawing
    narrow: Drawing

    @property
    def whole_title(self) -> str:
        """The title of the chart where it stands alone."""
        return f"{self.subject}. {self.title}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Figures to draw: those of the codes of one level, all else the same."""

    id: str
    title: str
    series: tuple[Series, ...]
    banded: bool


def axis_of(view: View) -> Axis:
    """The periods of a release below a chart; the year stands under its first period."""
    periods, speech = view.spec.periods, view.speech
    years = [str(p.first_month.year) for p in periods]
    new = [i == 0 or years[i] != years[i - 1] for i in range(len(years))]
    monthly = view.spec.release.periods.every != "year"
    codes = [p.code for p in periods]
    stops = (note.at.get("period") for note in view.spec.notes if note.kind == "break")
    return Axis(
        names=tuple(speech.short(p) for p in periods),
        second=tuple(year if first and monthly else "" for year, first in zip(years, new, strict=True)),
        breaks=tuple(codes.index(code) for code in stops if code in codes),
        steps=_STEPS[view.spec.release.periods.every],
        start=next((i for i in range(1, len(new)) if new[i] and monthly), 0),
        number=speech.number,
    )


def table_of(view: View, series: Sequence[Series]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The figures of series over the periods, as head and rows."""
    head = tuple(view.speech.period(p) for p in view.spec.periods)
    return head, tuple((one.label, *map(view.shown, one.figures)) for one in series)


def gap_notes(view: View, words: str, figures: Sequence[Figure]) -> tuple[str, ...]:
    """What to say if any figure is hidden, in the words for the kind of chart."""
    if not any(isinstance(f, str) and f for f in figures):
        return ()
    return (words.format(symbol=view.spec.protection.symbol),)
