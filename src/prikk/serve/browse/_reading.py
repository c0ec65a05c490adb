"""From an address to a state, or to what is wrong with it: the selection is read as the API reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod

from prikk.dissemination import Dataset
from prikk.dissemination.exchange import Axis
from prikk.serve.api._expressions import chosen
from prikk.serve.api._problems import ProblemError
from prikk.serve.api._query import Asked, Parameters, Query, from_address
from prikk.serve.api._selection import default
from prikk.serve.api._variables import CONTENTS, Variables, variables_of
from prikk.serve.browse._languages import short
from prikk.serve.browse._state import SHOWS, State, expression, placed

_OPTIONS = ("sort", "period", "bands", "left", "right")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something wrong with an address: the name of its words, and what goes into them."""

    words: str
    name: str = ""
    text: str = ""
    cells: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read: the places chosen of each axis (as far as they could be), and a state if there are no faults."""

    places: tuple[tuple[int, ...], ...]
    asked: Mapping[str, str]
    state: State | None
    faults: tuple[Fault, ...]

    @property
    def cells(self) -> int:
        """How many cells a table of the places has."""
        return prod(max(1, len(p)) for p in self.places)


def read(table: str, given: Parameters, dataset: Dataset, most: int) -> Reading:
    """Read the parameters of a page of a table. ``most`` is how many cells it may have.

    A variable in which nothing is chosen stands at its total; where nothing at all is chosen, the usual selection is read.
    """
    variables, faults = variables_of(dataset), list[Fault]()
    query = _query({**given, **_quick(given, variables)}, faults)
    if not query.variables:
        places = tuple(tuple(p) for p in default(dataset, variables, most).places)
        texts = {a.name: _newest(a, p) for a, p in zip(dataset.axes, places, strict=True)}
    else:
        found = _asked(query, variables, faults)
        read_ = [_axis(axis, found.get(i), variables, faults) for i, axis in enumerate(dataset.axes)]
        places = tuple(p for p, _ in read_)
        texts = {a.name: text for a, (_, text) in zip(dataset.axes, read_, strict=True)}
    faults += _whole(given, query, places, variables, most)
    state = None if faults else _state(table, given, query, dataset, places, texts)
    return Reading(places=places, asked=texts, state=state, faults=tuple(faults))


def _quick(given: Parameters, variables: Variables) -> dict[str, str]:
    """The quick choices of a form that is sent without a script: ``choose[age]=*`` stands before single values."""
    found: dict[str, str] = {}
    for variable in variables.axes:
        choice = given.get(f"choose[{variable.name}]", "")
        if choice:
            codes = [variable.codes[p] for p in variable.levels.get(choice, ())]
            found[f"valuecodes[{variable.name}]"] = ",".join(codes) or choice
    return found


def _query(given: Parameters, faults: list[Fault]) -> Query:
    try:
        return from_address(given)
    except ProblemError:
        faults.append(Fault(words="wrong_address"))
        return Query()


def _asked(query: Query, variables: Variables, faults: list[Fault]) -> dict[int, Asked]:
    found: dict[int, Asked] = {}
    for name, asked in query.variables.items():
        try:
            number = variables.find(name).number
        except ProblemError:
            faults.append(Fault(words="wrong_variable", text=short(name)))
            continue
        if number != CONTENTS:
            found[number] = asked
    return found


def _axis(
    axis: Axis, asked: Asked | None, variables: Variables, faults: list[Fault]
) -> tuple[tuple[int, ...], str]:
    """The places on an axis, and the expression for them."""
    variable = next(v for v in variables.axes if v.name == axis.name)
    if asked is None or not asked.values:
        if variable.total < 0:
            faults.append(Fault(words="cells_missing", name=axis.name))
            return (), ""
        return (variable.total,), axis.codes[variable.total]
    try:
        among = variable.level(asked.codelist) if asked.codelist else range(len(variable.codes))
        places = tuple(chosen(asked.values, variable, among))
    except ProblemError:
        faults.append(Fault(words="wrong_values", name=axis.name, text=short(",".join(asked.values))))
        return ((variable.total,) if variable.total >= 0 else ()), ""
    kept = not asked.codelist and any("(" in value for value in asked.values)
    return places, ",".join(asked.values) if kept else expression(axis, places)


def _newest(axis: Axis, places: Sequence[int]) -> str:
    """The usual selection of periods is the newest, whichever those are when the address is used."""
    last = not axis.levels and len(places) < len(axis) and places[-1] == len(axis) - 1
    return f"TOP({len(places)})" if last else expression(axis, places)


def _whole(
    given: Parameters, query: Query, places: Sequence[Sequence[int]], variables: Variables, most: int
) -> Iterator[Fault]:
    """What is wrong with the address as a whole."""
    cells = prod(max(1, len(p)) for p in places)
    if cells > most:
        yield Fault(words="cells_over", cells=cells)
    try:
        names = [variables.find(n).number for n in (*query.stub, *query.heading)]
        if len(set(names)) < len(names):
            yield Fault(words="wrong_places")
    except ProblemError:
        yield Fault(words="wrong_places")
    if given.get("show", "table") not in SHOWS:
        yield Fault(words="wrong_view", text=short(given["show"]))


def _state(
    table: str,
    given: Parameters,
    query: Query,
    dataset: Dataset,
    places: tuple[tuple[int, ...], ...],
    texts: Mapping[str, str],
) -> State:
    names = {axis.name.lower(): axis.name for axis in dataset.axes}
    stub, heading = (
        [names[n.lower()] for n in part if n.lower() in names] for part in (query.stub, query.heading)
    )
    down, across = placed(dataset, places, stub, heading)
    options = {name: given.get(name, "") for name in _OPTIONS}
    folded = tuple(code for code in given.get("folded", "").split(",") if code)
    return State(
        table=table,
        asked=texts,
        places=places,
        stub=down,
        heading=across,
        show=given.get("show", "table"),
        folded=folded,
        empty="hide" if given.get("empty") == "hide" else "",
        **options,
    )
