"""A piece: the figures of one block with a label on each of its axes. What the words mean is decided later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from prikk.reading._block import Block
from prikk.reading._numbers import Figure
from prikk.reading._words import Role

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """One direction in which labels run. ``labels`` are distinct, in the order in which they first appear.

    ``codes``, ``bold`` and ``indents`` are as long as ``labels``, or empty; ``parents`` and ``total`` speak of
    codes (of labels where there are none) and are what the format itself says. ``runs`` are the orders, as numbers
    of labels, in which a long list has them between two repetitions; ``ordered`` is False where their order says nothing.
    ``within`` has the label that another is said to be part of.
    """

    name: str
    origin: Literal["stub", "heading", "field", "title"]
    labels: tuple[str, ...]
    codes: tuple[str, ...] = ()
    bold: tuple[bool, ...] = ()
    indents: tuple[int, ...] = ()
    runs: tuple[tuple[int, ...], ...] = ()
    parents: Mapping[str, str] = field(default_factory=dict)
    total: str | None = None
    within: Mapping[str, str] = field(default_factory=dict)
    is_time: bool = False
    is_metric: bool = False
    ordered: bool = True


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Printed figures, an entry a figure: ``index`` has its label on each axis, ``texts`` what is printed.

    ``column`` is the number of its column of figures (see ``heads`` and ``roles``), ``row`` that of its row
    (see ``row_names``); ``grid_row`` and ``grid_column`` are their numbers in the source. ``counts`` gives for each
    column that of the counts it belongs to. ``hidden`` is empty, or the publisher's own status of each figure.
    """

    document: int
    place: str
    titles: tuple[str, ...]
    notes: tuple[str, ...]
    axes: tuple[Axis, ...]
    index: Ints
    texts: tuple[str, ...]
    figures: tuple[Figure | None, ...]
    row: Ints
    column: Ints
    heads: tuple[str, ...]
    roles: tuple[Role, ...]
    counts: tuple[int, ...]
    row_names: tuple[str, ...]
    grid_row: tuple[int, ...]
    grid_column: tuple[int, ...]
    row_places: tuple[str, ...]
    block: Block | None = None
    hidden: tuple[int, ...] = ()

    def where(self, cell: int) -> str:
        """Where a figure is printed, for a person."""
        row = int(self.row[cell])
        line = self.row_places[row] if self.row_places else f"row {self.grid_row[row] + 1}"
        head = self.heads[int(self.column[cell])]
        parts = [self.place, line, f"column '{head}'" if head else ""]
        return ", ".join(p for p in parts if p)
