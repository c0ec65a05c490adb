"""A classification as a value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from prikk.spec import TOTAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One code. ``parent`` is ``TOTAL`` at the top; ``low``/``high`` are whole years of a band, both included.

    ``former`` are the labels that it had before the day ``renamed``. ``bases`` are public numbers of it, such as its
    population, by name: what a rate is of.
    """

    code: str
    parent: str
    labels: Mapping[str, str]
    low: int | None = None
    high: int | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    renamed: dt.date | None = None
    former: Mapping[str, str] = field(default_factory=dict)
    bases: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Classification:
    """A checked code list: ``items`` in the order of the file, ``levels`` the uppermost first.

    Every branch reaches the last level; codes are unique over all levels.
    """

    name: str
    levels: tuple[str, ...]
    items: tuple[Item, ...]

    @cached_property
    def by_code(self) -> Mapping[str, Item]:
        """Items by code."""
        return {item.code: item for item in self.items}

    @cached_property
    def children(self) -> Mapping[str, tuple[str, ...]]:
        """The codes directly under each code that has any, and under ``TOTAL``; in order."""
        found: dict[str, list[str]] = {}
        for item in self.items:
            found.setdefault(item.parent, []).append(item.code)
        return {parent: tuple(codes) for parent, codes in found.items()}

    @cached_property
    def depth(self) -> Mapping[str, int]:
        """The level of each code, counted from 0 at the top; ``TOTAL`` is -1."""
        depth = {TOTAL: -1}
        for code in self.in_order:
            if code != TOTAL:
                depth[code] = depth[self.by_code[code].parent] + 1
        return depth

    @cached_property
    def in_order(self) -> tuple[str, ...]:
        """All codes, ``TOTAL`` first and every parent before its parts, in the order of the file."""
        order: list[str] = []
        stack = [TOTAL]
        while stack:
            code = stack.pop()
            order.append(code)
            stack.extend(reversed(self.children.get(code, ())))
        return tuple(order)

    @cached_property
    def parents(self) -> tuple[int, ...]:
        """For each code of ``in_order`` the place of its parent in it; -1 for ``TOTAL``."""
        place = {code: i for i, code in enumerate(self.in_order)}
        return tuple(-1 if code == TOTAL else place[self.by_code[code].parent] for code in self.in_order)

    @cached_property
    def leaves(self) -> tuple[str, ...]:
        """The codes of the finest level, in order; the only ones a register may use."""
        return tuple(code for code in self.in_order if self.depth[code] == len(self.levels) - 1)

    def ancestors(self, code: str) -> tuple[str, ...]:
        """The code at each level from the top down to ``code`` itself; empty for ``TOTAL``."""
        path: list[str] = []
        while code != TOTAL:
            path.append(code)
            code = self.by_code[code].parent
        return tuple(reversed(path))

    def label(self, code: str, language: str) -> str:
        """The label of a code."""
        return self.by_code[code].labels[language]

    def base(self, code: str, name: str) -> int | None:
        """A public number of a code, its own or that of its parts together; None if one of them has none."""
        own = None if code == TOTAL else self.by_code[code].bases.get(name)
        if own is not None:
            return own
        parts = [self.base(part, name) for part in self.children.get(code, ())]
        known = [part for part in parts if part is not None]
        return sum(known) if parts and len(known) == len(parts) else None

    @property
    def banded(self) -> bool:
        """Whether its finest codes are bands of whole years."""
        return self.by_code[self.leaves[0]].low is not None
