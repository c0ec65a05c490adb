"""A direction in which labels run: along the rows, or along the columns."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """Texts along the rows, or along the columns, of a block: one axis."""

    name: str
    texts: tuple[str, ...]
