"""What a result page shows. All of it is in the address, in the words of the API, and nothing is kept elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from prikk.dissemination import Dataset
from prikk.dissemination.exchange import Axis

SHOWS = ("table", "line", "bar", "profile")
"""The ways to show a selection."""
_RUN = 4
_SPECIAL = frozenset(",()*?")


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A table with a choice of values and a way to show them.

    ``asked`` are the expressions of each axis by its name, ``places`` what they choose, in the order of the axes. ``stub`` and
    ``heading`` are the axes down and across; others have one value and stand above the table. ``sort`` is the number of a column,
    with a minus for descending; ``folded`` are codes of the last axis of the stub, ``empty`` is ``hide`` to leave rows without figures
    out. The rest is of charts.
    """

    table: str
    asked: Mapping[str, str]
    places: tuple[tuple[int, ...], ...]
    stub: tuple[str, ...]
    heading: tuple[str, ...]
    show: str = "table"
    sort: str = ""
    folded: tuple[str, ...] = ()
    empty: str = ""
    period: str = ""
    bands: str = ""
    left: str = ""
    right: str = ""

    def selection(self) -> list[tuple[str, str]]:
        """The choice of values as parameters, for pages and the API alike."""
        return [(f"valueCodes[{name}]", text) for name, text in self.asked.items()]

    def parameters(self) -> list[tuple[str, str]]:
        """Everything as parameters of an address, without what is as usual."""
        rest = [
            ("stub", ",".join(self.stub)),
            ("heading", ",".join(self.heading)),
            ("show", self.show if self.show != "table" else ""),
            ("sort", self.sort),
            ("folded", ",".join(self.folded)),
            ("empty", self.empty),
            ("period", self.period),
            ("bands", self.bands),
            ("left", self.left),
            ("right", self.right),
        ]
        return [*self.selection(), *((name, text) for name, text in rest if text)]

    def query(self, **changes: object) -> str:
        """The address after ``?``, with some fields changed."""
        changed = replace(self, **changes) if changes else self  # type: ignore[arg-type]
        return as_query(changed.parameters())


def as_query(parameters: Sequence[tuple[str, str]]) -> str:
    """Parameters as the part of an address after ``?``; what needs no escape keeps its look."""
    return urlencode(parameters, quote_via=quote, safe="*(),")


def expression(axis: Axis, places: Sequence[int]) -> str:
    """A short expression for some places of an axis in order: all, runs from one to another, or one by one."""
    if len(places) == len(axis):
        return "*"
    found: list[str] = []
    start = 0
    for i in range(1, len(places) + 1):
        if i == len(places) or places[i] != places[i - 1] + 1:
            found += _run([axis.codes[p] for p in places[start:i]])
            start = i
    return ",".join(found)


def _run(codes: Sequence[str]) -> list[str]:
    plain = not _SPECIAL.intersection(codes[0] + codes[-1])
    return [f"RANGE({codes[0]},{codes[-1]})"] if len(codes) >= _RUN and plain else list(codes)


def placed(
    dataset: Dataset, places: Sequence[Sequence[int]], stub: Sequence[str], heading: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The stub and the heading of a table: as asked, else the dimensions down and the periods across.

    An axis with one value is in neither, unless nothing else would be in the heading.
    """
    *dimensions, period = (axis.name for axis in dataset.axes)
    many = {a.name for a, p in zip(dataset.axes, places, strict=True) if len(p) > 1}
    across = [name for name in heading if name in many]
    down = [name for name in stub if name in many and name not in across]
    for name in (*dimensions, period):
        if name in many and name not in (*across, *down):
            (across if name == period and not stub else down).append(name)
    if not across:
        across = [period] if period not in down else []
    return tuple(down), tuple(across)
