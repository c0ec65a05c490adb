"""The notes of a release where they belong: in a list of all, below a table, and at its rows and periods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from prikk.dissemination._cube import PublishedCube
from prikk.dissemination._layout import Table
from prikk.dissemination._locale import period_label
from prikk.dissemination._words import words
from prikk.dissemination.report._words import report_words
from prikk.spec import TOTAL, Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A note below a table; ``mark`` (``1)``) ties it to rows and periods, counted from 0, or is empty."""

    text: str
    mark: str = ""
    rows: frozenset[int] = frozenset()
    periods: frozenset[int] = frozenset()


def remarks_of(cube: PublishedCube, table: Table, language: str) -> tuple[Remark, ...]:
    """The notes that speak of a table or of some of its figures, those of the whole table first."""
    found = [remark for note in cube.spec.notes if (remark := _remark(cube, table, note, language))]
    found.sort(key=lambda remark: bool(remark.rows or remark.periods))
    numbers = iter(range(1, len(found) + 1))
    return tuple(
        replace(remark, mark=f"{next(numbers)})") if remark.rows or remark.periods else remark
        for remark in found
    )


def marks(remarks: Sequence[Remark], *, row: int | None = None, period: int | None = None) -> str:
    """The marks that a row or a period of a table carries, such as ``1) 3)``."""
    return " ".join(r.mark for r in remarks if row in r.rows or period in r.periods)


def _remark(cube: PublishedCube, table: Table, note: Note, language: str) -> Remark | None:
    text = note.text[language]
    if note.kind == "break":
        text = report_words(language).a_break.format(text=text)
    if note.table == table.family:
        return Remark(text=text)
    places = note_places(cube, table, note)
    return None if places is None else Remark(text=text, rows=places[0], periods=places[1])


def note_places(
    cube: PublishedCube, table: Table, note: Note
) -> tuple[frozenset[int], frozenset[int]] | None:
    """The rows of a table and the periods of the release that carry the mark of a note; None if it speaks of none.

    Both are counted from 0. A mark on every row tells no more than a note to the table does: then no row has one.
    """
    rows = _rows(cube, table, note) if note.at else frozenset()
    if not rows:
        return None
    return frozenset() if len(rows) == len(table.rows) else rows, _periods(cube, note)


def _rows(cube: PublishedCube, table: Table, note: Note) -> frozenset[int]:
    names = list(cube.spec.dimensions)
    wanted = [(names.index(name), code) for name, code in note.at.items() if name != "period"]
    return frozenset(
        place
        for place, row in enumerate(table.rows)
        if all(row.coordinates[at] == code for at, code in wanted)
    )


def _periods(cube: PublishedCube, note: Note) -> frozenset[int]:
    return frozenset(n for n, p in enumerate(cube.spec.periods) if p.code == note.at.get("period"))


def listed(
    cube: PublishedCube, tables: tuple[Table, ...], kind: str, language: str
) -> Iterator[tuple[str, str]]:
    """All notes of a kind in the order of the spec: of what each speaks (empty: of everything), and its text."""
    for note in cube.spec.notes:
        if note.kind == kind and (scope := _scope(cube, tables, note, language)) is not None:
            yield scope, note.text[language]


def _scope(cube: PublishedCube, tables: tuple[Table, ...], note: Note, language: str) -> str | None:
    if note.table is not None:
        numbers = [table.number for table in tables if table.family == note.table]
        if not numbers:
            return None  # nothing was printed of what the note speaks of
        ends = sorted({numbers[0], numbers[-1]})
        return f"{words(language).table} {'–'.join(str(n) for n in ends)}"
    if note.dimension is not None:
        return _dimension(cube, note.dimension, language)
    return ", ".join(_code(cube, name, code, language) for name, code in note.at.items())


def _dimension(cube: PublishedCube, name: str, language: str) -> str:
    if name == "period":
        return report_words(language).period
    return cube.spec.dimensions[name].label.get(language, name)


def _code(cube: PublishedCube, name: str, code: str, language: str) -> str:
    """A code as people read it; the total of a dimension with its name, as it has no label of its own."""
    if name == "period":
        return next(period_label(p, cube.spec, language) for p in cube.spec.periods if p.code == code)
    if code == TOTAL:
        return f"{report_words(language).total} ({_dimension(cube, name, language)})"
    known = cube.classifications[name]
    return known.label(code, language) if code in known.by_code else code
