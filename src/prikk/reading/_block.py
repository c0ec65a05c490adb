"""A block: a printed table cut into label columns and columns of figures; what the layout alone tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from prikk.reading._grid import Content, DatasetDimension


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelColumn:
    """A column that says what the rows are about; ``bold`` and ``indents`` may be empty.

    Where the format names its dimensions, ``texts`` are codes of ``dimension``.
    """

    name: str
    texts: tuple[str, ...]
    bold: tuple[bool, ...] = ()
    indents: tuple[int, ...] = ()
    dimension: DatasetDimension | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureColumn:
    """A column of figures: its heading, level by level, and its place in the source.

    ``numbers`` are the native numbers of a spreadsheet, or empty. ``hidden`` is there in a publisher's own
    file: for each row 0 (shown), or the :class:`~prikk.tabular.Status` of the cell.
    """

    heads: tuple[str, ...]
    column: int
    texts: tuple[str, ...]
    numbers: tuple[Decimal | None, ...] = ()
    hidden: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Rows by columns. ``corners`` are the names of the levels of the heading, where they are printed.

    ``rows`` are the numbers of the rows in the source's own ``rows``, ``row_places`` what they are called.
    ``drawn`` is True for a table laid out for people, False for a list with a row a cell.
    """

    document: int
    place: str
    titles: tuple[str, ...]
    notes: tuple[str, ...]
    labels: tuple[LabelColumn, ...]
    figures: tuple[FigureColumn, ...]
    rows: tuple[int, ...]
    source: Content
    corners: tuple[str, ...] = ()
    row_places: tuple[str, ...] = ()
    drawn: bool = True

    def where(self, row: int) -> str:
        """Where a row is printed, for a person."""
        return f"{self.place}, {self.row_places[row]}" if self.row_places else f"{self.place}, row {row + 1}"


def distinct(texts: Sequence[str]) -> tuple[str, ...]:
    """The different texts, in the order in which they first appear."""
    return tuple(dict.fromkeys(texts))
