"""Workbooks (XLSX and its kin): every sheet to grids. What is hidden on the screen is read too."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from prikk.reading._grid import Content, SourceDocument
from prikk.reading.formats._archive import Archive
from prikk.reading.formats._blocks import SheetNames, sheet_grids
from prikk.reading.formats._faults import no_table
from prikk.reading.formats._limits import Budget
from prikk.reading.formats._regions import Region
from prikk.reading.formats._source import Source
from prikk.reading.formats._xlsx_sheet import Book, Sheet, column_name, read_sheet
from prikk.reading.formats._xlsx_strings import shared_strings
from prikk.reading.formats._xlsx_styles import styles
from prikk.reading.formats._xml import elements

_UNREAD = {
    "pivotcache/pivotcacherecords": "the records behind a pivot table, which anybody can take out",
    "externallinks/externallink": "values of other workbooks",
    "xl/comments": "comments on cells",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A sheet as the workbook lists it."""

    name: str
    path: str
    hidden: bool


def read_xlsx(source: Source, budget: Budget) -> SourceDocument:
    """Read the sheets of a workbook in their order."""
    archive = Archive(source.data, budget)
    entries, shared, from_1904 = _contents(archive, _workbook_path(archive, budget.place), budget.place)
    strings, looks = shared.get("sharedStrings", ""), shared.get("styles", "")
    book = Book(
        strings=shared_strings(archive.chunks(strings), budget) if strings in archive else [],
        styles=styles(_part(archive, looks, budget.place)),
        from_1904=from_1904,
    )
    contents: list[Content] = []
    notes: list[str] = []
    said: list[str] = []
    for entry in entries:
        where = f"{budget.place}, sheet '{entry.name}'"
        sheet = read_sheet(archive.chunks(entry.path), where, book, budget)
        names = SheetNames(place=where, region=_range, row=lambda r: f"row {r}")
        grids, lines = sheet_grids(sheet.cells, names, budget)
        contents.extend(grids)
        notes.extend(lines)
        said.extend(_noticed(sheet, entry))
    if not contents:
        raise no_table(budget.place)
    said.extend(_unread(archive))
    return SourceDocument(
        place=budget.place, kind="xlsx", contents=tuple(contents), assumptions=tuple(said), notes=tuple(notes)
    )


def _workbook_path(archive: Archive, place: str) -> str:
    """Where the workbook is: the package says it, and nearly all say the same."""
    for name, attributes in _part(archive, "_rels/.rels", place):
        if name == "Relationship" and attributes.get("Type", "").endswith("/officeDocument"):
            return attributes.get("Target", "").lstrip("/")
    return "xl/workbook.xml"


def _part(archive: Archive, path: str, place: str) -> list[tuple[str, dict[str, str]]]:
    """The elements of a part; none where there is no such part."""
    return elements(archive.chunks(path), place) if path in archive else []


def _contents(archive: Archive, workbook: str, place: str) -> tuple[list[_Entry], dict[str, str], bool]:
    """The sheets, the paths of the shared parts by kind, and whether days are counted from 1904."""
    folder, file = posixpath.split(workbook)
    kinds: dict[str, str] = {}
    paths: dict[str, tuple[str, str]] = {}
    for name, attributes in _part(archive, f"{folder}/_rels/{file}.rels", place):
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            path = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
            kinds.setdefault(kind, path)
            paths[attributes.get("Id", "")] = (kind, path)
    found = _part(archive, workbook, place)
    entries = []
    for name, attributes in found:
        kind, path = paths.get(attributes.get("id", ""), ("", "")) if name == "sheet" else ("", "")
        if kind == "worksheet":
            hidden = attributes.get("state", "visible") != "visible"
            entries.append(_Entry(name=attributes.get("name", ""), path=path, hidden=hidden))
    from_1904 = any(n == "workbookPr" and a.get("date1904") in ("1", "true") for n, a in found)
    return entries, kinds, from_1904


def _range(region: Region) -> str:
    return f"{column_name(region.left)}{min(region.cells)}:{column_name(region.right)}{max(region.cells)}"


def _noticed(sheet: Sheet, entry: _Entry) -> Iterator[str]:
    """What a person should know of a sheet, in sentences."""
    where = f"sheet '{entry.name}'"
    rows = [r for r in sheet.hidden_rows if r in sheet.cells]
    filled = {c for row in sheet.cells.values() for c in row} if sheet.hidden_columns else set()
    columns = sorted(c for c in filled if any(low <= c <= high for low, high in sheet.hidden_columns))
    if entry.hidden and sheet.cells:
        yield f"{where} is hidden in the workbook; it was read"
    if rows:
        yield f"{where}: hidden rows were read ({_some(rows)})"
    if columns:
        yield f"{where}: hidden columns were read ({_some([column_name(c) for c in columns])})"
    if sheet.covered:
        yield f"{where}: {sheet.covered} filled cells lie under merged ones and were left out"
    if sheet.uncomputed:
        yield f"{where}: {sheet.uncomputed} formulas have no stored value; open and save the workbook to compute them"
    if sheet.masked:
        yield f"{where}: {sheet.masked} cells print a text in the place of the number that they hold"


def _some(found: Sequence[object]) -> str:
    more = ", …" if len(found) > 10 else ""
    return ", ".join(map(str, found[:10])) + more


def _unread(archive: Archive) -> Iterator[str]:
    """What else is in the file and may say more than the tables do."""
    for part, what in _UNREAD.items():
        if any(part in name for name in archive.names):
            yield f"not read, but in the file: {what}"
