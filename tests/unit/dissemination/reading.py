"""Read what was rendered back, with readers that share nothing with the renderers."""

import io
from collections.abc import Sequence
from html.parser import HTMLParser

import openpyxl

VOID = {"meta", "link", "br"}
Grid = list[list[str]]


class Page(HTMLParser):
    """A page as a test wants it: the table's texts, cell by cell, and the links."""

    def __init__(self, content: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: Grid = []
        self.heads: list[tuple[str, str]] = []
        self.unseen: list[list[str]] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.attributes: dict[str, dict[str, str | None]] = {}
        self._open: list[str] = []
        self._spans: list[str] = []
        self.feed(content.decode())
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.add(tag)
        self.attributes.setdefault(tag, found)
        if tag not in VOID:
            self._open.append(tag)
        if tag == "a":
            self.links.append(found["href"] or "")
        if tag == "tr":
            self.rows.append([])
            self.unseen.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self.unseen[-1].append("")
            if tag == "th":
                self.heads.append((found["scope"] or "", ""))
        if tag == "span":
            self._spans.append(found.get("class") or "")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag
        if tag == "span":
            self._spans.pop()

    def handle_data(self, data: str) -> None:
        if {"td", "th"} & set(self._open):
            seen = "unseen" not in self._spans
            (self.rows if seen else self.unseen)[-1][-1] += data


def sheets(content: bytes) -> openpyxl.Workbook:
    """A workbook as openpyxl reads it."""
    return openpyxl.load_workbook(io.BytesIO(content))


def grid(sheet: openpyxl.worksheet.worksheet.Worksheet, first: int, count: int) -> list[list[object]]:
    """The values of ``count`` rows of a sheet from row ``first``, counted from 1."""
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first, max_row=first + count - 1)]
