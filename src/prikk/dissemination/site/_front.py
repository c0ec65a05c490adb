"""The front page: key figures, what changed, and where everything is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from prikk.dissemination._columns import Figure
from prikk.dissemination.site._derive import change, percent, year_back
from prikk.dissemination.site._summary import told_change
from prikk.dissemination.site._view import View, family_page

_MOST_CARDS = 6


def front(view: View) -> dict[str, Any]:
    """What the template of the front page needs, but for charts and files."""
    last = view.spec.periods[-1]
    return {
        "key_title": view.say.key_figures.format(period=view.speech.period(last)),
        "cards": list(_cards(view)),
        "changes": _changes(view),
        "families": [_family(view, number, tables) for number, tables in view.families()],
    }


def _cards(view: View) -> Iterator[dict[str, Any]]:
    """The total of everything, and the first level of the first dimension that is published on its own."""
    total = view.at({})
    if total is not None:
        yield _card(view, view.total_name(), total)
    groups = main_groups(view)
    yield from (_card(view, label, figures) for label, figures in groups[:_MOST_CARDS])


def main_groups(view: View) -> list[tuple[str, tuple[Figure, ...]]]:
    """The groups of the first dimension of which more than one is published with all else in total."""
    for name in view.spec.dimensions:
        found = [(view.label(name, c), f) for c in view.top(name) if (f := view.at({name: c})) is not None]
        if len(found) > 1:
            return found
    return []


def _card(view: View, label: str, figures: tuple[Figure, ...]) -> dict[str, Any]:
    now, back = len(figures) - 1, year_back(view.spec)
    steps = [1] if now else []
    steps += [back] if back else []
    return {
        "label": label,
        "hidden": isinstance(figures[-1], str),
        "value": view.shown(figures[-1]),
        "last_shown": _last_shown(view, figures),
        "changes": [_step(view, figures, step) for step in steps],
    }


def _last_shown(view: View, figures: tuple[Figure, ...]) -> str:
    """Where the latest figure is hidden, the newest that is shown."""
    if not isinstance(figures[-1], str):
        return ""
    shown = [i for i, figure in enumerate(figures) if not isinstance(figure, str)]
    if not shown:
        return view.say.none_shown
    period = view.speech.period(view.spec.periods[shown[-1]])
    return view.say.last_shown.format(value=view.shown(figures[shown[-1]]), period=period)


def _step(view: View, figures: tuple[Figure, ...], step: int) -> dict[str, Any]:
    """The change of the latest figure from so many periods ago, if both are shown."""
    new, old = figures[-1], figures[-1 - step]
    period = view.speech.period(view.spec.periods[-1 - step])
    if isinstance(new, str) or isinstance(old, str):
        return {"way": "", "size": "", "text": view.say.no_change_shown.format(period=period)}
    way = "up" if new > old else "down" if new < old else "same"
    return {
        "way": way,
        "size": told_change(view, new, old),
        "text": view.say.from_previous.format(period=period),
    }


def _changes(view: View) -> dict[str, Any] | None:
    """What changed from the period before the last, in words, dimension by dimension."""
    if len(view.spec.periods) == 1:
        return None
    old, new = (view.speech.period(p) for p in view.spec.periods[-2:])
    total = view.at({})
    blocks = [_block(view, name) for name in view.spec.dimensions]
    lead = (view.total_name(), total) if total else None
    return {
        "title": view.say.changes.format(old=old, new=new),
        "lead": _told(view, *lead) if lead is not None else None,
        "no_lead": _no_lead(view, *lead) if lead is not None else "",
        "blocks": [block for block in blocks if block is not None],
    }


def _no_lead(view: View, label: str, figures: tuple[Figure, ...]) -> str:
    """That the change of the total cannot be shown, where it cannot."""
    if _told(view, label, figures) is not None:
        return ""
    period = view.speech.period(view.spec.periods[-2])
    return f"{label}: {view.say.no_change_shown.format(period=period)}"


def _block(view: View, name: str) -> dict[str, Any] | None:
    """The three groups of a dimension that changed most, and how many cannot be told."""
    groups = [(view.label(name, c), f) for c in view.top(name) if (f := view.at({name: c})) is not None]
    if not groups:
        return None
    sized = [(change(f[-1], f[-2]), label, f) for label, f in groups]
    known = [(abs(size), label, f) for size, label, f in sized if not isinstance(size, str)]
    most = sorted(known, key=lambda one: -one[0])[:3]
    hidden = len(groups) - len(known)
    return {
        "name": view.name(name),
        "told": [told for _, label, f in most if (told := _told(view, label, f)) is not None],
        "hidden": view.say.hidden_changes.format(count=hidden, all=len(groups)) if hidden else "",
    }


def _told(view: View, label: str, figures: tuple[Figure, ...]) -> dict[str, str] | None:
    new, old = figures[-1], figures[-2]
    if isinstance(new, str) or isinstance(old, str):
        return None
    words = view.say.rose if new > old else view.say.fell if new < old else view.say.same
    share = percent(abs(new - old) + old, old)
    said = view.speech.tenths(share) if isinstance(share, int) else view.spec.protection.symbol
    sign = "%" if view.language == "en" else "\N{NO-BREAK SPACE}%"
    number = view.speech.number
    if not isinstance(share, int):
        return {"label": label, "text": f"{number(old)} → {number(new)}."}
    size = number(abs(new - old))
    return {
        "label": label,
        "text": words.format(size=size, percent=said + sign, old=number(old), new=number(new)),
    }


def _family(view: View, number: int, tables: list[Any]) -> dict[str, Any]:
    page, say = family_page(view.language, number), view.say
    headings = [(f"{page}#t{table.number}", view.text(table.heading)) for table in tables]
    return {
        "title": view.family_title(number, tables),
        "href": page,
        "count": say.one_table if len(tables) == 1 else say.many_tables.format(count=len(tables)),
        "range": table_range(view, tables),
        "parts": headings if len(tables) > 1 else [],
    }


def table_range(view: View, tables: list[Any]) -> str:
    """Which numbers the tables have, such as ``Tabell 2–4``."""
    first, last = tables[0].number, tables[-1].number
    if first == last:
        return f"{view.words.table} {first}"
    return view.say.table_numbers.format(first=first, last=last)
