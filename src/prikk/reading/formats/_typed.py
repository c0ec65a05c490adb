"""Text whose columns stand under each other by blanks alone, as from a typewriter or ``pdftotext``."""

from __future__ import annotations

import re

from prikk.reading._grid import SourceDocument
from prikk.reading.formats._decode import Decoded
from prikk.reading.formats._faults import no_table
from prikk.reading.formats._layout import PageTable, page_items
from prikk.reading.formats._limits import Budget
from prikk.reading.formats._outline import Outline
from prikk.reading.formats._words import Line, Word

_WORD = re.compile(r"\S+")
_RULE = re.compile(r"[-=_+|*~.\s]+")
_LEADER = re.compile(r"(?<=[\w).])[ ]?\.{4,}|(?<=\s)\.{4,}|(?:(?<=\s)\.\s){3,}\.?")
"""Dots that lead the eye from a label to its figures; three alone stand for a figure."""
_LINE_HEIGHT = 1.2  # of the size, which is that of two signs' width


def read_typed(decoded: Decoded, budget: Budget) -> SourceDocument:
    """Read tables by the places of their words in the lines; a form feed begins a page."""
    outline = Outline()
    for page in _pages(decoded.text):
        outline.fresh_page()
        budget.check_time()
        for item in page_items(page):
            if isinstance(item, PageTable):
                budget.spend(len(item.rows) * len(item.rows[0]))
                outline.table(item.rows, budget.place, [f"line {n}" for n in item.lines])
            else:
                outline.line(item)
    grids, notes = outline.finish()
    if not grids:
        raise no_table(budget.place)
    said = "the columns of the text are found by the places of its words"
    return SourceDocument(
        place=budget.place,
        kind="text",
        contents=grids,
        assumptions=(*decoded.assumptions, said),
        notes=notes,
    )


def _pages(text: str) -> list[list[Line]]:
    """Every line that is not blank or drawn; a sign is one wide, and two blanks are a gap."""
    pages: list[list[Line]] = [[]]
    for number, raw in enumerate(text.split("\n"), start=1):
        if "\f" in raw:
            pages.append([])
        line = _LEADER.sub(lambda m: " " * len(m[0]), raw.replace("\f", "").expandtabs())
        words = tuple(Word(text=m[0], left=m.start(), right=m.end()) for m in _WORD.finditer(line))
        if words and not _RULE.fullmatch(line):
            base = number * 2 * _LINE_HEIGHT
            pages[-1].append(Line(number=number, base=base, size=2.0, blank=1.5, words=words))
    return pages
