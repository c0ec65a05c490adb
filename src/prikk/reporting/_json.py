"""An audit as JSON: every hidden cell, what was assumed, and what does not add up."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from typing import Any

from prikk.auditing import HiddenCell
from prikk.reading import Place
from prikk.reporting._explain import explain
from prikk.reporting._facts import AuditFacts, in_print_order
from prikk.reporting._naming import Teller, places_of, teller
from prikk.reporting._sentences import assumptions
from prikk.tabular import Status

_WHERE = tuple(field.name for field in dataclasses.fields(Place))


def to_json(report: AuditFacts, language: str = "en") -> str:
    """Give the report as JSON text; the same facts give the same text.

    Cells are in the order in which the tables print them, a line each. ``table`` is the first table that
    prints a cell, ``coordinates`` its code in each dimension. ``used`` are the cells that its explanation
    reads; ``shown`` is the figure of one that is not hidden. ``threshold`` is null where no rule is known.
    """
    tell = teller(report, language)
    cells = in_print_order(report.audit.hidden, report.reading)
    parts = {
        "title": _text(report.title),
        "requirement": _text(report.requirement),
        "met": _text(report.ok),
        "rule": _text(_rule(report)),
        "summary": _text(dataclasses.asdict(report.summary)),
        "cells": _lines(_text(_cell(cell, tell)) for cell in cells),
        "assumptions": _lines(map(_text, assumptions(report, tell.say))),
        "contradictions": _lines(map(_text, report.contradictions)),
    }
    return "{\n" + ",\n".join(f'"{name}": {part}' for name, part in parts.items()) + "\n}\n"


def _rule(report: AuditFacts) -> dict[str, Any]:
    rule = dataclasses.asdict(report.audit.rule)
    return rule if report.rule_known else {**rule, "threshold": None}


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _lines(items: Iterable[str]) -> str:
    """A list with a line for each item: whole indentation would take more room than the report."""
    lines = ",\n".join(items)
    return f"[\n{lines}\n]" if lines else "[]"


def _cell(cell: HiddenCell, tell: Teller) -> dict[str, Any]:
    reading = tell.facts.reading
    places = places_of(reading, cell.cell)
    explanation = explain(cell, tell)
    return {
        "table": places[0].table if places else None,
        "coordinates": _coordinates(cell.cell, tell),
        "status": cell.status.label,
        "low": cell.low,
        "high": cell.high,
        "reach_low": cell.reach_low,
        "reach_high": cell.reach_high,
        "verdict": cell.verdict,
        "explanation": None if explanation is None else str(explanation),
        "inner_low": cell.inner_low,
        "inner_high": cell.inner_high,
        "unavoidable": cell.unavoidable,
        "places": [_where(place) for place in places],
        "used": [_used(number, tell) for number, _ in explanation.uses] if explanation else [],
    }


def _where(place: Place) -> dict[str, Any]:
    return {name: getattr(place, name) for name in _WHERE}


def _coordinates(cell: int, tell: Teller) -> dict[str, str]:
    table = tell.facts.reading.publication.table
    return {h.name: code for h, code in zip(table.hierarchies, table.codes(cell), strict=True)}


def _used(cell: int, tell: Teller) -> dict[str, Any]:
    """One cell of a derivation: where it is printed, or its codes where it is not, and its figure if shown."""
    publication = tell.facts.reading.publication
    places = places_of(tell.facts.reading, cell)
    where = _where(places[0]) if places else {"coordinates": _coordinates(cell, tell)}
    known = publication.status[cell] == Status.PUBLISHED and publication.low[cell] == publication.high[cell]
    return {**where, "shown": int(publication.low[cell]) if known else None}
