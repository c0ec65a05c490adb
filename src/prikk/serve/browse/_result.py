"""The page of a result: a table or a chart, with all that belongs to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from prikk.dissemination import Dataset
from prikk.dissemination.exchange import ABSENT, PERIOD
from prikk.serve.browse._about import about
from prikk.serve.browse._asked import Asked
from prikk.serve.browse._calls import calls, downloads
from prikk.serve.browse._charts import chart
from prikk.serve.browse._layout import laid
from prikk.serve.browse._pages import table_address
from prikk.serve.browse._state import SHOWS, State
from prikk.serve.browse._writing import Writing
from prikk.spec import lower_first


def result(asked: Asked, state: State) -> dict[str, Any]:
    """What the template of a result needs."""
    writing, root, base = asked.writing, asked.root, asked.base
    part = asked.dataset.select(state.places)
    language, release = asked.language, asked.release
    view = f"/view?{state.query()}"
    links = ((writing.say.link_newest, release.id), (writing.say.link_this, release.name))
    return {
        "title": writing.text("title"),
        "unit": lower_first(writing.text("unit")),
        "subtitle": _subtitle(part, state, writing),
        "fixed": _fixed(part, state, writing),
        "back": f"{asked.address}?{state.query()}",
        "state": state,
        "absent": absent(part, writing),
        **_ways(state, writing),
        "laid": laid(part, state, writing) if state.show == "table" else None,
        "chart": None if state.show == "table" else chart(part, state, writing),
        "data_words": writing.site.data,
        "heard": heard(writing),
        "downloads": downloads(state, language, root),
        "calls": calls(state, language, base),
        "links": [(text, table_address(base, language, table, view)) for text, table in links],
        "remarks": remarks(part, writing),
        **about(asked),
    }


def _ways(state: State, writing: Writing) -> dict[str, Any]:
    """Links and forms that show the same selection otherwise."""
    return {
        "views": [
            (f"?{state.query(show=show)}", getattr(writing.say, f"view_{show}"), show == state.show)
            for show in SHOWS
        ],
        "sort": {"by": f"?{state.query(sort='')}&sort=", "none": f"?{state.query(sort='')}"},
        "moves": list(_moves(state, writing)),
        "empty": f"?{state.query(empty='' if state.empty else 'hide')}",
        "swap": f"?{state.query(stub=state.heading, heading=state.stub, sort='', folded=())}",
        "kept": [(n, v) for n, v in state.parameters() if n not in ("period", "bands", "left", "right")],
    }


def absent(part: Dataset, writing: Writing) -> str:
    """How many cells are of combinations that no table has; empty where none is."""
    values = part.values([axis.name for axis in part.axes])
    count = int((values == ABSENT).sum())
    texts = {"count": writing.number(count), "all": writing.number(values.size)}
    return writing.say.absent_some.format(**texts, sign=writing.facts.signs.absent) if count else ""


def heard(writing: Writing) -> dict[str, str]:
    """What screen readers say for each sign."""
    signs, say = writing.facts.signs, writing.say
    return {signs.absent: say.absent, signs.nil: say.nil, signs.hidden: say.hidden}


def _subtitle(part: Dataset, state: State, writing: Writing) -> str:
    names = [writing.variable(n) for n in (*state.stub, *state.heading) if n != PERIOD]
    span = writing.span(part.axes[-1].codes)
    return f"{', '.join(names)}. {span[:1].upper()}{span[1:]}" if names else span[:1].upper() + span[1:]


def _fixed(part: Dataset, state: State, writing: Writing) -> list[tuple[str, str]]:
    """The variables with one value for the whole table."""
    return [
        (writing.variable(axis.name), axis.labels[writing.language][0])
        for axis in part.axes
        if axis.name not in (*state.stub, *state.heading)
    ]


def _moves(state: State, writing: Writing) -> Iterator[dict[str, Any]]:
    """How each variable can be moved: forward in its place, or to the other place."""
    for here, there in (("stub", "heading"), ("heading", "stub")):
        names, others = getattr(state, here), getattr(state, there)
        for i, name in enumerate(names):
            rest = (*names[:i], *names[i + 1 :])
            forward = (*names[: i - 1], name, names[i - 1], *names[i + 1 :])
            yield {
                "name": writing.variable(name),
                "place": here,
                "id": f"move-{name}",
                "across": _moved(state, {here: rest, there: (*others, name)}),
                "forward": _moved(state, {here: forward}) if i else "",
            }


def _moved(state: State, places: dict[str, tuple[str, ...]]) -> str:
    return "?" + replace(state, sort="", folded=(), **places).query()  # type: ignore[arg-type]


def remarks(part: Dataset, writing: Writing) -> list[str]:
    """The notes to what is shown, each with what it is about before it."""
    labels = {
        (axis.name, code): label
        for axis in part.axes
        for code, label in zip(axis.codes, axis.labels[writing.language], strict=True)
    }
    found = []
    for remark in part.remarks:
        about_ = [writing.variable(remark.dimension)] if remark.dimension else []
        about_ += [labels[item] for item in remark.place.items() if item in labels]
        text = remark.text.get(writing.language, "")
        found.append(f"{', '.join(about_)}: {text}" if about_ else text)
    return found
