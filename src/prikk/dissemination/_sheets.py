"""What the sheets of a workbook share: names, formats, print setup."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from enum import Enum
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from prikk.dissemination._notes import legend
from prikk.dissemination._words import words
from prikk.spec import ReleaseSpec

_A4 = 9
_FOOTER_LIMIT = 254  # characters that Excel takes, codes and all
_LINE, _GAP = 15.0, 3.0  # points; 15 is the height of a line of Excel's default font
_SPACED = '[>=1000000]0"\xa0"000"\xa0"000;[>=1000]0"\xa0"000;0'
_INK, _RULE, _SHADE = "#1a1a1a", "#5b6770", "#eef2f5"


@dataclass(frozen=True, slots=True, kw_only=True)
class Styles:
    """The cell formats of a workbook."""

    title: Format
    family: Format
    note: Format
    wrapped: Format
    term: Format
    lead: Format
    link: Format
    head_stub: Format
    head_figure: Format
    head_sign: Format
    stub: Format
    subtotal_stub: Format
    total_stub: Format
    sign: Format
    figure: Format
    subtotal_figure: Format
    total_figure: Format
    change: Format
    subtotal_change: Format
    total_change: Format
    tenths: Format
    subtotal_tenths: Format
    total_tenths: Format


def make_styles(book: Workbook, language: str) -> Styles:
    """Make the formats in a workbook."""
    number = {"num_format": number_format(language), "align": "right", "valign": "top"}
    # The reader's own grouping: a format with conditions loses the sign of numbers below 0 in some programs.
    change, tenth = {**number, "num_format": "#,##0"}, {**number, "num_format": "#,##0.0"}
    label = {"text_wrap": True, "valign": "top"}
    head = {
        "bold": True,
        "text_wrap": True,
        "bottom": 1,
        "bottom_color": _RULE,
        "bg_color": _SHADE,
        "valign": "bottom",
    }
    total = {"bold": True, "bottom": 1, "bottom_color": _RULE}

    def style(*parts: dict[str, Any], **more: Any) -> Format:
        merged: dict[str, Any] = {"font_color": _INK}
        for part in (*parts, more):
            merged.update(part)
        return book.add_format(merged)

    return Styles(
        title=style(bold=True, font_size=14),
        family=style(bold=True, font_size=12),
        note=style(),
        wrapped=style(label),
        term=style(label, bold=True),
        lead=style(bold=True),
        link=style(font_color="#0b4f8a", underline=1, valign="top"),
        head_stub=style(head),
        head_figure=style(head, align="right"),
        head_sign=style(head, align="center"),
        stub=style(label),
        subtotal_stub=style(label, bold=True),
        total_stub=style(label, total),
        sign=style(align="center"),
        figure=style(number),
        subtotal_figure=style(number, bold=True),
        total_figure=style(number, total),
        change=style(change),
        subtotal_change=style(change, bold=True),
        total_change=style(change, total),
        tenths=style(tenth),
        subtotal_tenths=style(tenth, bold=True),
        total_tenths=style(tenth, total),
    )


def number_format(language: str) -> str:
    """Grouping of thousands: in Norwegian a no-break space whatever the reader's settings are.

    ``#,##0`` shows the separator of the reader's own system.
    """
    return _SPACED if language in ("nb", "nn") else "#,##0"


def sheet_name(language: str, number: int) -> str:
    """The name of a table's sheet: short, unique, and free of the characters that Excel refuses.

    >>> sheet_name("nb", 7)
    'Tabell 7'
    """
    return f"{words(language).table} {number}"


def sheet_link(name: str) -> str:
    """A link to the top of a sheet of the same workbook."""
    return f"internal:'{name}'!A1"


def line_height(text: str, width: int) -> float:
    """The height in points of a row whose text wraps in a column of ``width`` characters.

    Fonts differ, so a line is counted as a little less than the column.
    """
    lines = len(textwrap.wrap(text, max(width * 19 // 20, 1))) or 1
    return _LINE * lines + (_GAP if lines > 1 else 0)


class Paper(Enum):
    """How a sheet lies on A4."""

    UPRIGHT = "upright"
    ACROSS = "across"


def set_up_print(
    sheet: Worksheet, spec: ReleaseSpec, language: str, paper: Paper = Paper.ACROSS, *, pages: int = 1
) -> None:
    """A4, so many pages wide; below each page the legend, and which page of how many."""
    if paper is Paper.ACROSS:
        sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(pages, 0)
    sheet.set_margins(left=0.6, right=0.6, top=0.6, bottom=1.0)
    sheet.hide_gridlines(2)
    sheet.set_footer(footer(spec, language)[0])


def footer(spec: ReleaseSpec, language: str) -> tuple[str, frozenset[str]]:
    """The footer of a printed page, and which lines it had no room for.

    It holds the legend, the title, the name of the sheet and the number of the page.
    """
    pages = words(language).page_of.format(page="&P", pages="&N")
    after = f"&R&8&A. {pages}"
    room = _FOOTER_LIMIT - _units("&L&8 ") - _units(after)
    kept: list[str] = []
    left_out = set()
    for line in (*legend(spec, language), spec.release.title[language]):
        escaped = line.replace("&", "&&")
        if _units("\n".join([*kept, escaped])) <= room:
            kept.append(escaped)
        else:
            left_out.add(line)
    text = "\n".join(kept)
    # A digit would be read as part of the font size before it.
    return f"&L&8{' ' if text[:1].isdigit() else ''}{text}{after}", frozenset(left_out)


def _units(text: str) -> int:
    """The length as Excel counts it: some characters, such as emoji, are two."""
    return len(text.encode("utf-16-le")) // 2
