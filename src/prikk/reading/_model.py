"""What reading gives: the publication as a system, and every word of how it was understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from prikk.classifications import Classification
from prikk.reading._spec import AuditSpec
from prikk.tabular import Publication

Zeros = Literal["hidden", "shown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a cell is printed, in the words of the document."""

    table: str
    row: str
    column: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnCell:
    """One place of a table as published; ``cell`` is its number in the publication, None for any other text."""

    text: str
    cell: int | None = None
    header: bool = False
    bold: bool = False
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnTable:
    """One table as published; a place that is empty or covered by a span is None."""

    name: str
    source: str
    rows: tuple[tuple[DrawnCell | None, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """A published identity that does not hold, in shown figures only; the rest is audited without it."""

    text: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Published documents as one system.

    ``places`` and ``truth`` have an entry a cell of ``publication.table``. ``places`` is empty for a cell
    that no table prints (a rest that the parts leave, a combination of which nothing is known). ``truth`` is
    there for a publisher's own file, which holds the hidden values: a hint for a search, never printed.
    ``mixed`` tells that the documents say of a symbol that it also stands for figures hidden to protect others.
    ``threshold`` is None when no document states the rule; ``symbols`` stand for hidden figures.
    """

    publication: Publication
    labels: Mapping[str, Mapping[str, str]]
    places: tuple[tuple[Place, ...], ...]
    tables: tuple[DrawnTable, ...]
    threshold: int | None
    zeros: Zeros
    symbols: tuple[str, ...]
    assumptions: tuple[str, ...]
    unsure: tuple[str, ...]
    contradictions: tuple[Contradiction, ...]
    truth: NDArray[np.int64] | None = None
    mixed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingSettings:
    """What the user says; it wins over what is found.

    A classification is given loaded, or as the path of a CSV file (``code``, ``parent``, ``label_…``, or a
    plain list of ``code,parent`` whose top is the total). The dimension's name is the name of the file:
    ``age.csv``, or ``T2.age.hier.csv``.
    """

    threshold: int | None = None
    zeros: Zeros | None = None
    symbol: str | None = None
    classifications: tuple[Path | Classification, ...] = ()
    spec: AuditSpec | None = None
