"""The page on which values are chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from prikk.dissemination import Dataset
from prikk.dissemination.exchange import PERIOD, Axis
from prikk.serve.browse._asked import Asked
from prikk.serve.browse._pages import table_address
from prikk.serve.browse._reading import Fault, Reading
from prikk.serve.browse._ready import ready
from prikk.serve.browse._state import as_query
from prikk.serve.browse._writing import Writing
from prikk.spec import TOTAL

_NEWEST = (1, 2, 3, 4, 6, 12, 13, 24, 36, 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A value to choose: how deep it stands, and on which level (0 is the total)."""

    code: str
    label: str
    depth: int
    level: int
    chosen: bool
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """A variable to choose from. ``levels`` are name, text and number; ``quick`` the choices without a script."""

    name: str
    title: str
    time: bool
    total: bool
    values: tuple[Value, ...]
    levels: tuple[tuple[str, str, int], ...]
    quick: tuple[tuple[str, str], ...]
    newest: int
    status: str


def choice(asked: Asked, faults: Sequence[Fault]) -> dict[str, Any]:
    """What the template of the page needs; ``faults`` are told above the form."""
    writing, reading, most, release = asked.writing, asked.reading, asked.most, asked.release
    newest, say = asked.catalogue.find(release.id), asked.writing.say
    over = reading.cells > most
    texts = {"cells": writing.number(reading.cells), "most": writing.number(most)}
    return {
        "title": writing.text("title"),
        "action": f"{asked.address}/view",
        "variables": variables(asked.dataset, reading, writing),
        "faults": sentences(faults, most, writing),
        "most": most,
        "longest": asked.request.app.state.config.max_url,
        "group": writing.speech.group,
        "count": (say.cells_over if over else say.cells_count).format(**texts),
        "over": over,
        # A chart stays a chart when other values are chosen.
        "placing": [("show", reading.state.show)] if reading.state and reading.state.show != "table" else [],
        "older": newest is not None and newest is not release,
        "newest_href": table_address(asked.root, asked.language, release.id),
        "ready": [(t, f"{asked.address}?{as_query(c)}#choose") for t, c in ready(asked.dataset, writing)],
        "ready_lead": say.ready_lead.format(sign=release.facts.signs.absent),
    }


def variables(dataset: Dataset, reading: Reading, writing: Writing) -> list[Variable]:
    """All variables of a table with what is chosen of them."""
    return [
        _variable(axis, places, reading.asked.get(axis.name, ""), writing)
        for axis, places in zip(dataset.axes, reading.places, strict=True)
    ]


def _variable(axis: Axis, places: Sequence[int], asked: str, writing: Writing) -> Variable:
    time, depths, chosen = axis.name == PERIOD, axis.depths, set(places)
    total = not time and TOTAL in axis.codes
    values = [
        Value(code=code, label=label, depth=max(0, depth - total), level=depth, chosen=i in chosen, place=i)
        for i, (code, label, depth) in enumerate(
            zip(axis.codes, axis.labels[writing.language], depths, strict=True)
        )
    ]
    levels = _levels(axis, writing)
    newest = asked[4:-1] if time and asked.startswith("TOP(") else ""
    say = writing.say
    status = say.chosen_of.format(chosen=len(chosen), all=len(axis))
    return Variable(
        name=axis.name,
        title=writing.variable(axis.name),
        time=time,
        total=total,
        values=tuple(values[::-1] if time else values),
        levels=levels,
        quick=_quick(axis, levels, time, writing),
        newest=int(newest) if newest.isdigit() else 0,
        status=status if chosen else say.none_total if total else say.none_required,
    )


def _levels(axis: Axis, writing: Writing) -> tuple[tuple[str, str, int], ...]:
    if len(axis.levels) < 2:
        return ()
    depths = axis.depths
    return tuple(
        (name, _level_text(axis, name, i, writing, depths.count(i)), i)
        for i, name in enumerate(axis.levels, start=1)
    )


def _level_text(axis: Axis, name: str, number: int, writing: Writing, count: int) -> str:
    """What a level is called, else its number; and how many codes it has."""
    title = axis.level_titles.get(name, {}).get(writing.language)
    return f"{title} ({count})" if title else writing.say.level.format(number=number, count=count)


def _quick(
    axis: Axis, levels: Sequence[tuple[str, str, int]], time: bool, writing: Writing  # noqa: FBT001
) -> tuple[tuple[str, str], ...]:  # fmt: skip
    say = writing.say
    found = [("", say.as_ticked), ("*", say.all)]
    found += [(name, text) for name, text, _ in levels]
    if time:
        found += [
            (f"TOP({n})", say.newest_one if n == 1 else say.newest_n.format(count=n))
            for n in _NEWEST
            if n < len(axis)
        ]
    return tuple(found)


def sentences(faults: Sequence[Fault], most: int, writing: Writing) -> list[str]:
    """What is wrong, in words."""
    titles = writing.facts.variables
    return [
        getattr(writing.say, fault.words).format(
            name=writing.variable(fault.name) if fault.name in titles else fault.name,
            text=fault.text,
            cells=writing.number(fault.cells),
            most=writing.number(most),
        )
        for fault in faults
    ]
