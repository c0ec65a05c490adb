"""Formats of published documents, each to grids, datasets or long frames (:mod:`prikk.reading._grid`).

Text stays as printed: what is a number, a heading or a total is for the interpretation to say. Only a
spreadsheet's native numbers come as numbers. Nothing that a file hides on the screen is left out: hidden
rows, columns and sheets are read, and the document's ``assumptions`` say so.
"""

from prikk.reading.formats._limits import Limits
from prikk.reading.formats._open import from_frame, open_document

__all__ = ["Limits", "from_frame", "open_document"]
