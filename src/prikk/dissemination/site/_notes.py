"""The notes of the spec, where they belong."""

from __future__ import annotations

from prikk.dissemination._layout import Table
from prikk.dissemination.site._view import View
from prikk.spec import Note


def notes_of(view: View, family: int, tables: list[Table]) -> list[str]:
    """The notes to a family: its own, those of its dimensions, codes and periods, and those of the whole release."""
    return [told(view, note) for note in view.spec.notes if _belongs(view, note, family, tables)]


def all_notes(view: View, kind: str) -> list[str]:
    """Every note of a kind."""
    return [told(view, note) for note in view.spec.notes if note.kind == kind]


def _belongs(view: View, note: Note, family: int, tables: list[Table]) -> bool:
    if note.table is not None:
        return note.table == family
    spec = view.spec.tables[family - 1]
    if note.dimension is not None:
        return note.dimension in (*spec.stub, *spec.for_each)
    names = list(view.spec.dimensions)
    wanted = {names.index(name): code for name, code in note.at.items() if name != "period"}
    rows = (row for table in tables for row in table.rows)
    return any(all(row.coordinates[i] == code for i, code in wanted.items()) for row in rows)


def told(view: View, note: Note) -> str:
    """A note with what it is about before it."""
    about = _about(view, note)
    text = view.text(note.text)
    return f"{about}: {text}" if about and not text.startswith(about) else text


def _about(view: View, note: Note) -> str:
    if note.dimension is not None:
        return view.name(note.dimension)
    periods = {p.code: p for p in view.spec.periods}
    found = [
        view.speech.period(periods[code]) if name == "period" else _label(view, name, code)
        for name, code in note.at.items()
    ]
    title = ", ".join(text for text in found if text)
    return f"{view.say.break_mark}, {title}" if note.kind == "break" and title else title


def _label(view: View, name: str, code: str) -> str:
    known = code in view.cube.classifications[name].by_code
    return view.label(name, code) if known else view.name(name)
