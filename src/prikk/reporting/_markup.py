"""The two parts of a page that there are thousands of, a place of a table and a line of arithmetic, as markup.

A template would take several times as long. Every text is escaped here, as a template escapes it.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from markupsafe import Markup, escape

from prikk.reporting._arithmetic import Piece
from prikk.reporting._drawn import Spot
from prikk.reporting._verdicts import Mark
from prikk.reporting._words import Words


def place(spot: Spot, say: Words) -> Markup:
    """A place of a drawn table; one that is told below is a link to it."""
    attributes = [f' scope="{spot.scope}"'] if spot.scope else []
    attributes += [f' rowspan="{spot.row_span}"'] if spot.row_span > 1 else []
    attributes += [f' colspan="{spot.column_span}"'] if spot.column_span > 1 else []
    attributes += [f' class="{spot.kind}"'] if spot.kind else []
    attributes += [f' data-c="{spot.number}"'] if spot.number is not None else []
    attributes += [f' id="c{spot.number}"'] if spot.number is not None and spot.anchor else []
    return Markup(f"<{spot.tag}{''.join(attributes)}>{_inside(spot, say)}</{spot.tag}>")


def _inside(spot: Spot, say: Words) -> str:
    text = escape(spot.text)
    if spot.mark is None:
        return text
    words = escape(spot.mark.words)
    if spot.link:
        kind = "open leak" if spot.leak else "open"
        told = f'{mark(spot.mark)}<span class="unseen">, {words}, {escape(say.show)}</span>'
        return f'<a class="{kind}" href="#d{spot.number}">{text} {told}</a>'
    shown = mark(spot.mark) if spot.mark.text else ""
    return f'{text} {shown}<span class="unseen">, {words}</span>'


def mark(it: Mark) -> Markup:
    """The mark of a hidden cell."""
    unread = ' aria-hidden="true"' if it.kind == "safe" else ""
    return Markup(f'<span class="mark {it.kind}"{unread}>{escape(it.text)}</span>')


def line(parts: Sequence[Sequence[Piece]], drawn: Container[int]) -> Markup:
    """A line of arithmetic; the terms of a long one stand below each other."""
    if len(parts) == 1:
        return Markup("".join(_piece(piece, drawn, long=False) for piece in parts[0]))
    terms = ("".join(_piece(piece, drawn, long=True) for piece in part) for part in parts)
    return Markup("".join(f'<span class="term">{term}</span>' for term in terms))


def _piece(piece: Piece, drawn: Container[int], *, long: bool) -> str:
    text = escape(piece.text)
    if piece.cell is not None and piece.cell in drawn:
        return f'<a class="to" href="#c{piece.cell}">{text}</a>'
    return f'<span class="n">{text}</span>' if piece.term and long else text
