"""Marks inside a line of plain text: bold, tags, escapes, links."""

from __future__ import annotations

import html
import re

from prikk.reading._grid import GridCell
from prikk.reading.formats._cells import cell

_BOLD = re.compile(
    r"\s*(?:<(b|strong)>(?P<tag>.*)</\1>|\*\*(?=[^*\s])(?P<stars>.+)\*\*|__(?=\S)(?P<bars>[^_]+)__)\s*",
    re.IGNORECASE | re.DOTALL,
)
_ITALIC = re.compile(r"\*([^*]*[^\W_][^*]*)\*")
_RAISED = re.compile(r"(?<=\S)<sup>[^<]*</sup>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*+/?>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:b|strong|i|em|u|span|font|small|sub|sup|p|a|center)\b[^<>]*>", re.IGNORECASE)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s\"[^\"]*\")?\)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~$])")
_MARKS = re.compile(r"[<\\*_&]")


def inline_cell(raw: str) -> GridCell | None:
    r"""Make a cell of a field with marks: ``<b>77 818</b>``, ``**I alt**``, ``\*``.

    A raised footnote mark is left out, or it would read as the figure's last digit.

    >>> inline_cell("<b>1 234<sup>2</sup></b>").text
    '1 234'
    """
    if _MARKS.search(raw) is None:
        return cell(raw)
    bold = _BOLD.fullmatch(raw)
    if bold is not None:
        raw = bold["tag"] or bold["stars"] or bold["bars"] or ""
    return cell(unmarked(raw), bold=bold is not None)


def unmarked(raw: str) -> str:
    r"""Take the marks out of a text, not the blanks at its ends.

    >>> unmarked(r"see [nav.no](http://nav.no), «\*»")
    'see nav.no, «*»'
    """
    text = _TAG.sub("", _BREAK.sub(" ", _RAISED.sub("", raw)))
    text = _LINK.sub(r"\1", text)
    italic = _ITALIC.fullmatch(text.strip())
    text = italic[1] if italic else text
    text = text.replace("**", "") if text.count("**") > 1 and text.strip("* ") else text
    text = _ESCAPE.sub(r"\1", text)
    return unescaped(text)


def unescaped(text: str) -> str:
    """Resolve references like ``&nbsp;``; a text with an impossible one stays as it is."""
    try:
        return html.unescape(text) if "&" in text else text
    except ValueError:  # a number of thousands of digits
        return text
