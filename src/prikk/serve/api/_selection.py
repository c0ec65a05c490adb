"""A query held against a table: the places of codes on each axis, and where the variables go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from math import prod

import numpy as np

from prikk.dissemination import Dataset
from prikk.dissemination.exchange import Placement
from prikk.serve.api._expressions import chosen
from prikk.serve.api._problems import ProblemError, bad, quoted
from prikk.serve.api._query import Asked, Query
from prikk.serve.api._variables import CONTENTS, Places, Variable, Variables

_NEWEST = 13
"""How many periods the default selection has at most: a year of months, and the month a year before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The places of codes on each axis in the order of the table; never more figures than were allowed."""

    places: tuple[Places, ...]
    placed: Placement | None = None

    @property
    def cells(self) -> int:
        """How many figures it has."""
        return prod(map(len, self.places))


def selection(query: Query, dataset: Dataset, variables: Variables, most: int) -> Selection:
    """Hold a query against a table. Counted before anything of that size is made.

    A variable that is left out stands at its own total; one without a total must be chosen.

    Raises:
        ProblemError: 400 where it means nothing, 403 where it has more than ``most`` figures.
    """
    if not query.variables:
        found = default(dataset, variables, most)
        placed = placement(query, variables) if query.heading or query.stub else found.placed
        return Selection(places=found.places, placed=placed)
    asked: dict[int, Asked] = {}
    for name, wanted in query.variables.items():
        variable = variables.find(name)
        if variable.number in asked:
            raise bad(f"The variable {quoted(name)} is there twice.", "the selection", "Name it once.")
        asked[variable.number] = wanted
    if CONTENTS in asked:
        contents = next(v for v in variables.each if v.number == CONTENTS)
        _places(contents, asked[CONTENTS])
    places = tuple([_places(v, asked.get(v.number)) for v in variables.axes])
    limited(places, most)
    return Selection(places=places, placed=placement(query, variables))


def limited(places: Sequence[Places], most: int) -> None:
    """Refuse more figures than may be had in one answer."""
    cells = prod(map(len, places))
    if cells > most:
        what = f"The selection has {cells} cells, and an answer may have {most}."
        raise ProblemError(403, what, "the selection", "Choose fewer values, or ask in several parts.")


def _places(variable: Variable, asked: Asked | None) -> Places:
    if asked is None or not asked.values:
        if variable.total < 0:
            what = f"The variable {quoted(variable.name)} is not chosen, and has no total that could stand for it."
            fix = f"Choose at least one of its values, for example TOP(1), in valueCodes[{variable.name}]."
            raise bad(what, "the selection", fix)
        return (variable.total,)
    # Most ask for codes as they are written, or for all.
    if not asked.codelist and (named := variable.named(asked.values)) is not None:
        return named
    among = variable.level(asked.codelist) if asked.codelist else variable.every
    return chosen(asked.values, variable, among)


def placement(query: Query, variables: Variables) -> Placement | None:
    """Where the variables go, when the query says so; those that it does not name go to the side it leaves empty."""
    if not query.heading and not query.stub:
        return None
    heading, stub = (tuple(variables.find(n).name for n in part) for part in (query.heading, query.stub))
    if len({*heading, *stub}) < len(heading) + len(stub):
        raise bad("A variable is placed twice.", "heading and stub", "Place each variable once.")
    rest = tuple(name for name in variables.names if name not in (*heading, *stub))
    if rest and heading and stub:
        what = f"The placement leaves out {', '.join(map(quoted, rest))}."
        raise bad(what, "heading and stub", "Place every variable, or name those of one side only.")
    return Placement(stub=stub or rest, heading=heading or rest)


def default(dataset: Dataset, variables: Variables, most: int) -> Selection:
    """What is sent when nothing is chosen: the table of the release with the fewest dimensions, at the newest periods."""
    *dimensions, time = variables.axes
    places: list[Places] = [
        _at_level(v, levels) for v, levels in zip(dimensions, _levels(dataset), strict=True)
    ]
    periods: Places = range(max(0, len(time.codes) - _NEWEST), len(time.codes))
    while prod(len(p) for p in (*places, periods)) > most:
        # The longest is cut in half, the newest periods last.
        longest = max(range(len(places)), key=lambda i: len(places[i]))
        if len(places[longest]) > 1:
            places[longest] = places[longest][: len(places[longest]) // 2]
        else:
            periods = periods[len(periods) // 2 :]
    return Selection(places=(*places, periods))


def _levels(dataset: Dataset) -> list[set[int]]:
    """For each dimension the levels that the default selection shows, by depth."""
    margins = np.argwhere(dataset.figures.margins.shown)
    if not len(margins):
        return [{0}] * (len(dataset.axes) - 1)
    varied = (margins > 0).sum(axis=1)
    fewest = min((n for n in varied.tolist() if n > 0), default=0)
    first = margins[varied == fewest][0] > 0
    alike = margins[((margins > 0) <= first).all(axis=1)]
    return [set(column) for column in alike.T.tolist()]


def _at_level(variable: Variable, depths: set[int]) -> Places:
    """The codes of some levels, in the order of the table."""
    levels = list(variable.levels.values())
    below = chain.from_iterable(levels[depth - 1] for depth in depths if depth)
    return sorted([*below, *([variable.total] if 0 in depths else [])])
