"""The notes of the spec, where they belong: in a list below the tables, with marks at the rows and periods they speak of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from prikk.dissemination._layout import Table
from prikk.dissemination.report import note_places
from prikk.dissemination.site._view import View
from prikk.spec import Note

Places = tuple[frozenset[int], frozenset[int]]
"""Rows of a table and periods of the release, counted from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageNote:
    """A note below the tables of a page; its mark (``1)``, or empty) stands at ``places`` of tables, by their number."""

    text: str
    mark: str = ""
    places: Mapping[int, Places] = field(default_factory=dict)


def notes_of(view: View, family: int, tables: Sequence[Table]) -> list[PageNote]:
    """The notes to a family: its own, those of its dimensions, codes and periods, and those of the whole release.

    Those with a mark come last, in the order of their marks.
    """
    plain: list[PageNote] = []
    marked: list[PageNote] = []
    for note in view.spec.notes:
        if not _belongs(view, note, family, tables):
            continue
        found = {t.number: p for t in tables if (p := note_places(view.cube, t, note)) and any(p)}
        mark = f"{len(marked) + 1})" if found else ""
        (marked if found else plain).append(PageNote(text=told(view, note), mark=mark, places=found))
    return [*plain, *marked]


def row_marks(notes: Sequence[PageNote], table: int, row: int) -> str:
    """The marks of a row of a table, such as ``1) 3)``."""
    return " ".join(n.mark for n in notes if table in n.places and row in n.places[table][0])


def period_marks(notes: Sequence[PageNote], table: int, period: int) -> str:
    """The marks of a period in the heads of a table."""
    return " ".join(n.mark for n in notes if table in n.places and period in n.places[table][1])


def all_notes(view: View, kind: str) -> list[str]:
    """Every note of a kind."""
    return [told(view, note) for note in view.spec.notes if note.kind == kind]


def _belongs(view: View, note: Note, family: int, tables: Sequence[Table]) -> bool:
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
