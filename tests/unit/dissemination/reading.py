"""Read what was rendered back, with readers that share nothing with the renderers."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

import openpyxl

VOID = {"meta", "link", "br", "input"}
Grid = list[list[str]]


@dataclass
class Read:
    """A table as it was read: what is seen in each cell, and what only a screen reader says."""

    section: str
    rows: Grid = field(default_factory=list)
    unseen: Grid = field(default_factory=list)


class Page(HTMLParser):
    """A page as a test wants it: its tables of figures cell by cell, links, ids and texts."""

    def __init__(self, content: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[Read] = []
        self.heads: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.tags: set[str] = set()
        self.attributes: dict[str, dict[str, str | None]] = {}
        self.texts: dict[str, list[str]] = {}
        self._open: list[tuple[str, str]] = []
        self._section = ""
        self.feed(content.decode())
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.add(tag)
        self.attributes.setdefault(tag, found)
        self.ids += [found["id"] or ""] if "id" in found else []
        self.links += [found[k] or "" for k in ("href", "src") if found.get(k)]
        if tag not in VOID:
            self._open.append((tag, found.get("class") or ""))
            self.texts.setdefault(tag, []).append("")
        if tag == "section":
            self._section = found.get("id") or ""
        if self._in_figures():
            self._cell(tag, found)

    def _cell(self, tag: str, found: dict[str, str | None]) -> None:
        if tag == "table":
            self.tables.append(Read(section=self._section))
        if tag == "tr":
            self.tables[-1].rows.append([])
            self.tables[-1].unseen.append([])
        if tag in ("td", "th"):
            self.tables[-1].rows[-1].append("")
            self.tables[-1].unseen[-1].append("")
        if tag == "th":
            self.heads.append(found["scope"] or "")

    def _in_figures(self) -> bool:
        return ("table", "figures") in self._open

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        for tag, _ in self._open:
            self.texts[tag][-1] += data
        if self._in_figures() and {"td", "th"} & {tag for tag, _ in self._open}:
            unseen = any(kind == "unseen" for _, kind in self._open)
            grid = self.tables[-1].unseen if unseen else self.tables[-1].rows
            grid[-1][-1] += data


def sheets(content: bytes) -> openpyxl.Workbook:
    """A workbook as openpyxl reads it."""
    return openpyxl.load_workbook(io.BytesIO(content))


def grid(sheet: openpyxl.worksheet.worksheet.Worksheet, first: int, count: int) -> list[list[object]]:
    """The values of ``count`` rows of a sheet from row ``first``, counted from 1."""
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first, max_row=first + count - 1)]
