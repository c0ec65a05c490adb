"""What a published document holds before anybody has interpreted it.

Every format ends in one of three contents: a :class:`Grid` (printed cells in rows and columns), a
:class:`Dataset` (a format that names its own dimensions) or a :class:`Frame` (a long table).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """One printed cell.

    ``text`` is as printed, without whitespace at its ends. ``number`` is the native number of a
    spreadsheet cell, exact and unrounded even where ``text`` shows fewer digits (0.083 printed as
    ``8.3%``); None where the file holds text. ``indent`` counts the leading indentation of a stub label,
    ``header`` is true where the format itself says so. A merged cell stands in its first place with its
    spans; the other places it covers are None.
    """

    text: str
    number: Decimal | None = None
    bold: bool = False
    indent: int = 0
    header: bool = False
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One rectangular block of printed cells, before anybody knows what is stub and what is heading.

    ``place`` is for people ("tables.xlsx, sheet 'Alder'"); ``titles`` are the lines of text above the
    block that belong to it, outermost first; ``rows`` is rectangular, None where a place is empty or
    covered by a span; ``notes`` are the lines below. ``row_places`` ("line 212", "row 14") is as long as
    ``rows``, or empty where the format has no such places.
    """

    place: str
    titles: tuple[str, ...]
    rows: tuple[tuple[GridCell | None, ...], ...]
    notes: tuple[str, ...] = ()
    row_places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetDimension:
    """One dimension of a dataset: ``codes`` and ``labels`` run in parallel, in the order of the values.

    ``total`` is the code that the format names as the value when the dimension is left out (PX
    ELIMINATION); ``parents`` gives the code above a code where the format has child lists. ``is_metric``
    marks the dimension whose codes are different quantities, which nobody may add up.
    """

    name: str
    label: str
    codes: tuple[str, ...]
    labels: tuple[str, ...]
    is_time: bool = False
    is_metric: bool = False
    total: str | None = None
    parents: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """A format that says itself what its dimensions are: PX, JSON-stat.

    ``values`` and ``statuses`` are row-major over ``dimensions`` (the last one runs fastest) and equally
    long. A status is "" or the symbol that is printed in place of, or beside, the value.
    """

    place: str
    title: str
    dimensions: tuple[DatasetDimension, ...]
    values: tuple[Decimal | None, ...]
    statuses: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A long table: one row a cell, with columns for the dimensions, the value and perhaps a status.

    ``rows`` are as long as ``columns``. Equal texts of a column are one object, so a million rows need
    little more than their pointers.
    """

    place: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Content = Grid | Dataset | Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDocument:
    """One document as read: its contents in order, and what was assumed to read them.

    ``kind`` is a short name of the format ("xlsx"); ``assumptions`` are sentences for people ("encoding
    latin-1", "fields separated by ;"). ``notes`` is the text that belongs to no block: a page about the
    tables, a sheet with the legend.
    """

    place: str
    kind: str
    contents: tuple[Content, ...]
    assumptions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
