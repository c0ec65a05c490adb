"""The tags of the tables, made right after typesetting: row headers, the total row, hidden figures.

Typst knows headers of columns only. Here the first cell of every row becomes a ``TH`` with scope ``Row``, the total goes from
the repeated head to the rows, and a hidden figure gets a text for those who cannot see the symbol (ISO 14289-1, 7.5;
ISO 32000-1, 14.8.5.7 and 14.9.3).
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name

from prikk.dissemination._columns import Printed
from prikk.dissemination._layout import Table
from prikk.dissemination.report._geometry import Geometry

Figures = list[tuple[Printed, ...]]


def tagged(content: bytes, tables: Sequence[Table], shape: Geometry, sign: tuple[str, str]) -> bytes:
    """Give the document with its table tags made right; ``sign`` is the symbol of a hidden figure, and what it says.

    Raises:
        ValueError: The tags are not those of the tables.
    """
    with pikepdf.open(io.BytesIO(content)) as pdf:
        root = pdf.Root.StructTreeRoot
        wanted = [
            [row.printed[start:end] for row in table.rows]
            for table in tables
            for start, end in shape.blocks[table.family]
        ]
        for element, figures in zip(_tables(root), wanted, strict=True):
            _mend(element, figures, sign)
        # Scopes say what heads what; the identities that lists of headers would need are gone with those lists.
        if Name.IDTree in root:
            del root.IDTree
        # False is what is meant without it, and some readers stumble over it.
        if Name.Suspects in pdf.Root.MarkInfo:
            del pdf.Root.MarkInfo.Suspects
        sink = io.BytesIO()
        pdf.save(sink, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return sink.getvalue()


def _children(element: pikepdf.Object) -> list[Dictionary]:
    """The elements below one; numbers among them are marked content."""
    found = element.get(Name.K, Array())
    return [c for c in (found if isinstance(found, Array) else [found]) if isinstance(c, Dictionary)]


def _tables(element: pikepdf.Object) -> Iterator[Dictionary]:
    for child in _children(element):
        if child.get(Name.S) == Name.Table:
            yield child
        elif child.get(Name.Type) == Name.StructElem or Name.S in child:
            yield from _tables(child)


def _mend(table: Dictionary, figures: Figures, sign: tuple[str, str]) -> None:
    head, *bodies = _children(table)
    heads, *totals = _children(head)
    head.K = Array([heads])
    _head_row(heads)
    rows = [*totals, *(row for body in bodies for row in _children(body))]
    if not bodies:
        raise ValueError("a table has no body")
    body = bodies[0]
    for row, values in zip(rows, figures, strict=True):
        _row(row, values, sign)
        row.P = body
    body.K = Array(rows)
    table.K = Array([head, body])


def _head_row(row: Dictionary) -> None:
    cells = _cells(row)
    row.K = Array(cells)
    for cell in cells:
        empty = not _children(cell) and not len(cell.get(Name.K, Array()))
        _retag(cell, Name.TD if empty else Name.TH, Name.Column)


def _row(row: Dictionary, figures: Sequence[Printed], sign: tuple[str, str]) -> None:
    label, *cells = _cells(row, spanned=len(figures) + 1)
    row.K = Array([label, *cells])
    _retag(label, Name.TH, Name.Row)
    for cell, figure in zip(cells, figures, strict=True):
        _retag(cell, Name.TD)
        if figure == sign[0]:
            _describe(cell, sign[1])


def _cells(row: Dictionary, spanned: int | None = None) -> list[Dictionary]:
    """The cells of a row without the empty one before them, which only keeps rows on one page."""
    cells = _children(row)
    return cells if len(cells) == spanned else cells[1:]


def _retag(cell: Dictionary, role: Name, scope: Name | None = None) -> None:
    kept = [a for a in cell.get(Name.A, Array()) if a.get(Name.O) != Name.Table]
    if scope is not None and role == Name.TH:
        kept.insert(0, Dictionary(O=Name.Table, Scope=scope))
    cell.S = role
    if kept:
        cell.A = Array(kept)
    elif Name.A in cell:
        del cell.A
    if Name.ID in cell:
        del cell.ID


def _describe(cell: Dictionary, hidden: str) -> None:
    """The template sets a hidden figure as emphasis, so that it has an element of its own."""
    inner = [child for child in _children(cell) if child.get(Name.S) in (Name.Em, Name.Span)]
    if len(inner) != 1:
        raise ValueError("a hidden figure has no element of its own")
    inner[0].S = Name.Span
    inner[0].Alt = pikepdf.String(hidden)
