"""One sheet of a workbook, streamed from its XML to cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Context, Decimal

from prikk.reading._grid import GridCell
from prikk.reading.formats._cells import exact_number, indentation
from prikk.reading.formats._limits import Budget
from prikk.reading.formats._number_format import is_date, plain, printed, printed_date
from prikk.reading.formats._xlsx_styles import Style
from prikk.reading.formats._xml import parse

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})", re.IGNORECASE)
_PLAIN = Style()
_DIGITS = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """What the sheets of a workbook share."""

    strings: Sequence[str]
    styles: Sequence[Style]
    from_1904: bool


@dataclass(slots=True)
class Sheet:
    """The cells of a sheet by row and column, and what was noticed on the way.

    ``covered`` counts filled cells under merged ones, ``uncomputed`` formulas without a stored value,
    ``masked`` numbers in whose place the format prints a text.
    """

    cells: dict[int, dict[int, GridCell]] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    covered: int = 0
    uncomputed: int = 0
    masked: int = 0


@dataclass(slots=True)
class _Draft:
    """A cell while its elements come in."""

    column: int
    kind: str
    style: Style
    value: list[str] = field(default_factory=list)
    formula: list[str] | None = None


class _Reader:
    """Callbacks for the elements of a sheet."""

    def __init__(self, book: Book, budget: Budget) -> None:
        self.sheet = Sheet()
        self.merges: list[str] = []
        self.links: list[str] = []
        self._book = book
        self._budget = budget
        self._row = 0
        self._column = 0
        self._cell: _Draft | None = None
        self._collect: list[str] | None = None
        self._known: dict[tuple[str, str, Style], tuple[GridCell | None, bool]] = {}
        self._columns: dict[str, int] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name == "c":
            self._start_cell(attributes)
        elif name in ("v", "t") and self._cell is not None:
            self._collect = self._cell.value
        elif name == "f" and self._cell is not None:
            self._collect = self._cell.formula = []
        elif name == "row":
            self._start_row(attributes)
        elif name == "col":
            self._column_range(attributes)
        elif name == "mergeCell":
            self.merges.append(attributes.get("ref", ""))
        elif name == "hyperlink" and "location" in attributes:
            self.links.append(attributes.get("ref", ""))
        elif name == "rPh":
            self._cell = None  # how an East Asian word is said

    def text(self, text: str) -> None:
        """Text of the element that is open."""
        if self._collect is not None:
            self._collect.append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        if name in ("v", "t", "f"):
            self._collect = None
        elif name == "c" and self._cell is not None:
            self._end_cell(self._cell)
            self._cell = None

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        self._row = int(number) if number.isdecimal() and len(number) < 8 else self._row + 1
        self._column = 0
        self._budget.spend(0)
        if attributes.get("hidden") in ("1", "true"):
            self.sheet.hidden_rows.append(self._row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        letters = attributes.get("r", "").rstrip("0123456789")
        self._column = self._column_number(letters) if letters else self._column + 1
        number = attributes.get("s", "0")
        at = int(number) if number.isdecimal() and len(number) < 8 else 0
        style = self._book.styles[at] if at < len(self._book.styles) else _PLAIN
        self._cell = _Draft(self._column, attributes.get("t", "n"), style)

    def _column_number(self, letters: str) -> int:
        if letters not in self._columns:
            self._columns[letters] = column_number(letters)
        return self._columns[letters]

    def _column_range(self, attributes: dict[str, str]) -> None:
        ends = attributes.get("min", ""), attributes.get("max", "")
        if attributes.get("hidden") in ("1", "true") and all(e.isdecimal() and len(e) < 8 for e in ends):
            self.sheet.hidden_columns.append((int(ends[0]), int(ends[1])))

    def _end_cell(self, draft: _Draft) -> None:
        value = "".join(draft.value)
        if not value and draft.formula is not None:
            value, draft.kind = "=" + "".join(draft.formula), "str"
            self.sheet.uncomputed += 1
        if not value:
            return
        key = (draft.kind, value, draft.style)
        if key not in self._known:
            self._known[key] = self._finished(draft.kind, value, draft.style)
        cell, masked = self._known[key]
        if cell is not None:
            self._budget.spend(1)
            self.sheet.masked += masked
            self.sheet.cells.setdefault(self._row, {})[draft.column] = cell

    def _finished(self, kind: str, value: str, style: Style) -> tuple[GridCell | None, bool]:
        """A cell, and whether its format prints a text in the place of its number."""
        if kind == "s":
            at = int(value) if value.strip().isdecimal() and len(value) < 10 else -1
            value = self._book.strings[at] if 0 <= at < len(self._book.strings) else ""
        elif kind == "b":
            value = "TRUE" if value.strip() == "1" else "FALSE"
        elif kind not in ("str", "inlineStr", "e", "d"):
            number = stored_number(value.strip())
            if number is not None:
                return _number_cell(number, style, from_1904=self._book.from_1904)
        text = value.strip()
        if not text:
            return None, False
        indent = style.indent + indentation(value, text)
        return GridCell(text=text, bold=style.bold, indent=indent), False


def stored_number(text: str) -> Decimal | None:
    """The number of a cell, with the 15 digits that a spreadsheet keeps.

    A file holds the nearest binary fraction, with 16 or 17 digits.

    >>> stored_number("2.4500000000000002"), stored_number("0.08348999999999999"), stored_number("9284")
    (Decimal('2.45'), Decimal('0.08349'), Decimal('9284'))
    """
    number = exact_number(text)
    if number is None or len(number.as_tuple().digits) <= _DIGITS:
        return number
    return Decimal(plain(Context(prec=_DIGITS).plus(number)))


def _number_cell(number: Decimal, style: Style, *, from_1904: bool) -> tuple[GridCell, bool]:
    if is_date(style.code):
        date = printed_date(number, style.code, from_1904=from_1904)
        if date is not None:
            return GridCell(text=date, bold=style.bold), False
    text = printed(number, style.code)
    masked = not any(c.isdigit() for c in text)
    cell = GridCell(text=text or plain(number), number=number, bold=style.bold, indent=0)
    return cell, masked


def column_number(letters: str) -> int:
    """The number of a column, counted from 1.

    >>> [column_number(name) for name in ("A", "Z", "AA", "XFD")]
    [1, 26, 27, 16384]
    """
    number = 0
    for letter in letters.upper()[:3]:
        number = 26 * number + (ord(letter) - 64 if "A" <= letter <= "Z" else 0)
    return number


def column_name(number: int) -> str:
    """The letters of a column.

    >>> column_name(16384)
    'XFD'
    """
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def read_sheet(chunks: Iterable[bytes], where: str, book: Book, budget: Budget) -> Sheet:
    """Read the cells of a sheet; merged cells have their spans, and what they cover is away."""
    reader = _Reader(book, budget)
    parse(chunks, where, reader.start, reader.end, reader.text)
    sheet = reader.sheet
    for reference in reader.merges:
        budget.check_time()
        _merge(sheet, reference)
    for reference in reader.links:
        _drop_link(sheet, reference)
    sheet.cells = {r: row for r, row in sheet.cells.items() if row}
    return sheet


def _merge(sheet: Sheet, reference: str) -> None:
    ends = [_REFERENCE.fullmatch(part) for part in reference.split(":")]
    if len(ends) != 2 or ends[0] is None or ends[1] is None:
        return
    (left, top), (right, bottom) = [(column_number(m[1]), int(m[2])) for m in ends if m is not None]
    first = sheet.cells.get(top, {}).get(left)
    if first is None or right < left or bottom < top:
        return
    rows = (
        range(top, bottom + 1)
        if bottom - top < len(sheet.cells)
        else [r for r in sheet.cells if top <= r <= bottom]
    )
    for r in rows:
        row = sheet.cells.get(r, {})
        for c in [c for c in row if left <= c <= right and (r, c) != (top, left)]:
            del row[c]
            sheet.covered += 1
    sheet.cells[top][left] = replace(first, row_span=bottom - top + 1, column_span=right - left + 1)


def _drop_link(sheet: Sheet, reference: str) -> None:
    """Take away a cell that stands alone in its row and only leads elsewhere in the workbook."""
    match = _REFERENCE.fullmatch(reference)
    if match is not None and set(sheet.cells.get(int(match[2]), {})) == {column_number(match[1])}:
        del sheet.cells[int(match[2])]
