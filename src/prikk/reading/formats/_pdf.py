"""PDF with a text layer: tables found by the places of their words, page by page."""

from __future__ import annotations

import importlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from prikk.errors import ReadingError
from prikk.reading._grid import SourceDocument
from prikk.reading.formats._faults import missing_extra, no_table, refused
from prikk.reading.formats._layout import PageTable, page_items
from prikk.reading.formats._limits import Budget
from prikk.reading.formats._outline import Outline
from prikk.reading.formats._pdf_words import page_lines
from prikk.reading.formats._source import Source
from prikk.reading.formats._words import Line

_PAGE_NUMBER = re.compile(
    r"(?:side|page|sida|sivu|s\.|p\.)?\s*\d{1,4}\s*(?:(?:av|of|/|\|)\s*\d{1,4})?", re.IGNORECASE
)
_DIGIT = re.compile(r"\d+")
_APART = 1.4
_PASSWORD = 4  # FPDF_ERR_PASSWORD


def read_pdf(source: Source, budget: Budget) -> SourceDocument:
    """Read the tables of a PDF. Raises :class:`ReadingError` for one without text, or with a password."""
    pdfium, raw = _library(source.place)
    document = _opened(pdfium, source)
    try:
        if len(document) > budget.limits.pages:
            what = f"it has {len(document):,} pages; at most {budget.limits.pages:,} are read."
            raise refused("pages-limit", source.place, what, "Split it, or raise the limit 'pages'.")
        pages = [_page(raw, document, i, budget) for i in range(len(document))]
    except pdfium.PdfiumError:
        fix = "Fetch it anew, or open it in a PDF program and save it again."
        raise refused("file-broken", source.place, "one of its pages is damaged.", fix) from None
    finally:
        document.close()
    silent = [i for i, lines in enumerate(pages, start=1) if not lines]
    if len(silent) == len(pages):
        raise _scanned(source.place)
    return _document(pages, silent, budget)


def _library(place: str) -> tuple[ModuleType, ModuleType]:
    try:
        return importlib.import_module("pypdfium2"), importlib.import_module("pypdfium2.raw")
    except ImportError:
        raise missing_extra(place, "pypdfium2", "read") from None


def _opened(pdfium: ModuleType, source: Source) -> Any:
    try:
        return pdfium.PdfDocument(source.data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
            what, fix = "it is protected by a password.", "Save a copy without the password."
            raise refused("password", source.place, what, fix) from None
        fix = "Fetch it anew, or open it in a PDF program and save it again."
        raise refused("file-broken", source.place, "it is not a whole PDF file.", fix) from None


def _scanned(place: str) -> ReadingError:
    what = "no page has text: it is probably a picture of a document."
    fix = "Ask for the tables as a spreadsheet, or have the text recognised (OCR) first."
    return refused("pdf-no-text", place, what, fix)


def _page(raw: ModuleType, document: Any, number: int, budget: Budget) -> list[Line]:
    budget.check_time()
    page = document[number]
    try:
        text = page.get_textpage()
        try:
            return page_lines(raw, text.raw, budget)
        finally:
            text.close()
    finally:
        page.close()


def _document(pages: Sequence[list[Line]], silent: Sequence[int], budget: Budget) -> SourceDocument:
    outline = Outline()
    running = _running(pages)
    before: _Page | None = None
    for number, lines in enumerate(pages, start=1):
        page = _parted(lines, running)
        budget.spend(sum(len(i.rows) * len(i.rows[0]) for i in page.items if isinstance(i, PageTable)))
        outline.fresh_page()
        for item in _continued(outline, before, page, number):
            if isinstance(item, str):
                outline.line(item)
            else:
                outline.table(item.rows, f"{budget.place}, page {number}", _places(item, number))
        before = page
    grids, notes = outline.finish()
    if not grids:
        raise no_table(budget.place)
    said = ["the columns of a PDF are found by the places of its words; raised marks are left out"]
    if silent:
        said.append(f"no text on page {', '.join(map(str, silent[:20]))}: a picture, or blank")
    return SourceDocument(
        place=budget.place, kind="pdf", contents=grids, assumptions=tuple(said), notes=notes
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """What is on a page: its running head and foot, and its tables and lines between them."""

    head: list[str]
    items: list[PageTable | str]
    foot: list[str]


def _running(pages: Sequence[Sequence[Line]]) -> frozenset[tuple[int, str]]:
    """The first and last lines that stand at the same height on several pages, whatever their digits."""
    ends = Counter(key for lines in pages if lines for key in {_key(lines[0]), _key(lines[-1])})
    return frozenset(key for key, count in ends.items() if count > 1)


def _key(line: Line) -> tuple[int, str]:
    return round(line.base), _DIGIT.sub("0", line.text)


def _parted(lines: Sequence[Line], running: frozenset[tuple[int, str]]) -> _Page:
    """Take running lines and page numbers off a page, and find the tables in the rest."""
    inner = list(lines)
    head = [inner.pop(0).text] if _runs(inner[:3], running) else []
    foot = [inner.pop().text] if _runs(inner[:-4:-1], running) else []
    while inner and _PAGE_NUMBER.fullmatch(inner[-1].text):
        inner.pop()
    while inner and _PAGE_NUMBER.fullmatch(inner[0].text):
        inner.pop(0)
    head, foot = ([t for t in end if not _PAGE_NUMBER.fullmatch(t)] for end in (head, foot))
    return _Page(head=head, items=page_items(inner), foot=foot)


def _runs(end: Sequence[Line], running: frozenset[tuple[int, str]]) -> bool:
    """Whether the outermost of three lines runs through the document, and stands apart from the others.

    What stands no farther from its neighbour than other lines do is the heading or the end of a table.
    """
    if len(end) < 3 or _key(end[0]) not in running:
        return False
    return abs(end[1].base - end[0].base) > _APART * abs(end[2].base - end[1].base)


def _continued(outline: Outline, before: _Page | None, page: _Page, number: int) -> Sequence[PageTable | str]:
    """Let the last table of a page go on with the first of the next, when that has no heading or titles.

    Lines above it that the page before has too are no titles. Gives what is left to take.
    """
    whole = [*page.head, *page.items, *page.foot]
    first = next((i for i, item in enumerate(page.items) if isinstance(item, PageTable)), None)
    if before is None or not before.items or first is None or page.items[:first] != before.items[:first]:
        return whole
    last, table = before.items[-1], page.items[first]
    if not isinstance(last, PageTable) or not isinstance(table, PageTable):
        return whole
    if len(table.rows[0]) != len(last.rows[0]) or table.headed:
        return whole
    outline.extend(table.rows, _places(table, number))
    return [*page.items[first + 1 :], *page.foot]


def _places(table: PageTable, page: int) -> list[str]:
    return [f"page {page}, line {line}" for line in table.lines]
