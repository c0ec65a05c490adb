"""Delimited text: CSV and its kin, with any delimiter, preamble, stacked headings and footnotes."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from prikk.reading._grid import Content, Frame, GridCell, SourceDocument
from prikk.reading.formats._blocks import SheetNames, sheet_grids
from prikk.reading.formats._cells import cell
from prikk.reading.formats._decode import Decoded
from prikk.reading.formats._faults import no_table, refused
from prikk.reading.formats._limits import Budget
from prikk.reading.formats._long import looks_long

_DELIMITERS = {"\t": "tab", ";": ";", "|": "|", ",": ","}
_HINT = re.compile(r"sep=([^\r\n])\r?\n")  # with which some programs tell a spreadsheet what to do
_SAMPLE_LINES = 300
_MOST_LINES = 20  # of one record; more are a quote that nobody closes
_MOST_KNOWN = 200_000

Records = list[tuple[int, list[str]]]
"""The fields of each record, with the line it starts on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How the lines of a file are cut: ``share`` of its lines have the usual number of fields."""

    delimiter: str
    share: float
    fields: int


def shape(text: str) -> Shape | None:
    """Find the delimiter that cuts most lines into equally many fields; None when none does.

    Of two that do equally well the rarer sign wins: in ``a;1,5`` the comma belongs to the number.
    """
    lines = [line for line in text[:200_000].splitlines()[:_SAMPLE_LINES] if line.strip()]
    best: Shape | None = None
    for delimiter in _DELIMITERS:
        counts = Counter(len(fields) for fields in _parsed(lines, delimiter))
        wide = [(number, width) for width, number in counts.items() if width > 1]
        if not wide:
            continue
        number, width = max(wide)
        found = Shape(delimiter=delimiter, share=round(number / len(lines), 2), fields=width)
        if best is None or found.share > best.share:
            best = found
    return best


def read_delimited(decoded: Decoded, budget: Budget) -> SourceDocument:
    """Read a delimited file as a long frame if it is one, else as grids."""
    hint = _HINT.match(decoded.text)
    found = shape(decoded.text[hint.end() :] if hint else decoded.text)
    delimiter = hint[1] if hint else found.delimiter if found else None
    if delimiter is None:
        raise no_table(budget.place)
    records, said = _records(decoded.text, delimiter, budget)
    if hint:
        del records[0]
    contents: tuple[Content, ...]
    frame = _frame(records, budget.place)
    contents, notes = ((frame,), ()) if frame is not None else _grids(records, budget)
    if not contents:
        raise no_table(budget.place)
    separated = f"fields separated by {_DELIMITERS.get(delimiter, delimiter)}"
    return SourceDocument(
        place=budget.place,
        kind="csv",
        contents=contents,
        assumptions=(*decoded.assumptions, separated, *said),
        notes=notes,
    )


def _parsed(lines: Sequence[str], delimiter: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(lines, delimiter=delimiter)
    except csv.Error:
        return


def _records(text: str, delimiter: str, budget: Budget) -> tuple[Records, tuple[str, ...]]:
    """All records; when a quote is not closed, quotes are taken as ordinary signs."""
    records = _cut(text, delimiter, budget, quotes=True)
    if records is not None:
        return records, ()
    records = _cut(text, delimiter, budget, quotes=False)
    if records is None:
        fix = "Check that the file is what its name says."
        raise refused("csv-field", budget.place, "a field is longer than any field of a table.", fix)
    return records, ("quotes do not enclose fields",)


def _cut(text: str, delimiter: str, budget: Budget, *, quotes: bool) -> Records | None:
    lines = io.StringIO(text, newline="")
    if quotes:
        reader = csv.reader(lines, delimiter=delimiter)
    else:
        reader = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    records: Records = []
    known: dict[str, str] = {}
    line = 1
    try:
        for fields in reader:
            budget.spend(len(fields) or 1)
            if reader.line_num - line >= _MOST_LINES:
                return None
            share = known.setdefault if len(known) < _MOST_KNOWN else known.get
            records.append((line, [share(f, f) for f in fields]))
            line = reader.line_num + 1
    except csv.Error:
        return None
    return records


def _frame(records: Records, place: str) -> Frame | None:
    rows = [fields for _, fields in records if fields]
    if len(rows) < 2:
        return None
    header = [name.strip() for name in rows[0]]
    while header and not header[-1] and all(not f.strip() for row in rows for f in row[len(header) - 1 :]):
        header.pop()  # a delimiter at the end of each line
    width = len(header)
    if any(len(row) < width or any(row[width:]) for row in rows):
        return None
    body = [[f.strip() for f in row[:width]] for row in rows[1:5001]]
    if not looks_long(header, body):
        return None
    return Frame(place=place, columns=tuple(header), rows=shared_rows(rows[1:], width))


def shared_rows(rows: Sequence[Sequence[str]], width: int) -> tuple[tuple[str, ...], ...]:
    """Rows of stripped texts in which equal texts are one object."""
    known: dict[str, str] = {}
    keep = known.setdefault
    stripped = ([f.strip() for f in row[:width]] for row in rows)
    return tuple(tuple([keep(f, f) for f in row]) for row in stripped)


def _grids(records: Records, budget: Budget) -> tuple[tuple[Content, ...], tuple[str, ...]]:
    make = _cached()
    cells: dict[int, dict[int, GridCell]] = {}
    for line, fields in records:
        row = {i: found for i, f in enumerate(fields, start=1) if f and (found := make(f)) is not None}
        if row:
            cells[line] = row
    names = SheetNames(
        place=budget.place,
        region=lambda r: f"lines {min(r.cells)} to {max(r.cells)}",
        row=lambda line: f"line {line}",
    )
    return sheet_grids(cells, names, budget)


def _cached() -> Callable[[str], GridCell | None]:
    """Make cells, one object for equal texts: large files repeat small numbers."""
    known: dict[str, GridCell | None] = {}

    def make(raw: str) -> GridCell | None:
        if raw not in known:
            known[raw] = cell(raw)
        return known[raw]

    return make
