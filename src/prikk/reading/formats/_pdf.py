"""PDF with a text layer: tables found by the places of their words, page by page."""

from __future__ import annotations

import importlib
import re
from collections.abc import Sequence
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
        if getattr(error, "err_code", None) == _PASSWORD:
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
    before: list[PageTable | str] = []
    for number, lines in enumerate(pages, start=1):
        items = page_items(_without_page_number(lines))
        budget.spend(sum(len(i.rows) * len(i.rows[0]) for i in items if isinstance(i, PageTable)))
        outline.fresh_page()
        rest = _continued(outline, before, items, number)
        for item in rest:
            if isinstance(item, str):
                outline.line(item)
            else:
                places = [f"page {number}, line {line}" for line in item.lines]
                outline.table(item.rows, f"{budget.place}, page {number}", places)
        before = items
    grids, notes = outline.finish()
    if not grids:
        raise no_table(budget.place)
    said = ["the columns of a PDF are found by the places of its words"]
    if silent:
        said.append(f"no text on page {', '.join(map(str, silent[:20]))}: a picture, or blank")
    return SourceDocument(
        place=budget.place, kind="pdf", contents=grids, assumptions=tuple(said), notes=notes
    )


def _without_page_number(lines: Sequence[Line]) -> Sequence[Line]:
    for end in (-1, 0):
        if lines and _PAGE_NUMBER.fullmatch(lines[end].text):
            lines = lines[:-1] if end else lines[1:]
    return lines


def _continued(
    outline: Outline, before: Sequence[PageTable | str], items: Sequence[PageTable | str], page: int
) -> Sequence[PageTable | str]:
    """Let the last table of a page go on with the first of the next, when that has no heading or titles.

    Lines above it that the page before has too are its running head, no titles. Gives what is left.
    """
    first = next((i for i, item in enumerate(items) if isinstance(item, PageTable)), None)
    last = before[-1] if before else None
    if first is None or not isinstance(last, PageTable) or list(items[:first]) != list(before[:first]):
        return items
    table = items[first]
    if not isinstance(table, PageTable) or len(table.rows[0]) != len(last.rows[0]) or table.headed:
        return items
    outline.extend(table.rows, [f"page {page}, line {line}" for line in table.lines])
    return items[first + 1 :]
