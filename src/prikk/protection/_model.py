"""What is asked of the protection of a table, and what comes of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from prikk.auditing import Attacker, Audit
from prikk.errors import Finding
from prikk.protect import Range
from prikk.tabular import CellTable, Hierarchy, Index

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Selector = str | Mapping[str, str]
Group = str | Mapping[str, str | Sequence[str]]
Zeros = Literal["hidden", "shown"]
PerCent = int | float
_STEADY_BESIDE_PREVIOUS = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A table to protect: rows (a path or a frame), a hierarchy a dimension, and what its columns are.

    A hierarchy is a path, a frame with the columns ``code`` and ``parent``, or a list of (code, parent).
    With ``value`` the rows are contributions to amounts, each of who stands in ``contributor`` (without one, every row is
    somebody else); or, with ``contributor_count`` and ``largest``, finest cells with their number and the largest of them.
    ``previous`` is the result of an earlier run for another table of the same dimensions, such as last month's.
    """

    rows: Any
    dims: Mapping[str, Any]
    count: str = "freq"
    ignore: tuple[str, ...] = ()
    value: str | None = None
    contributor: str | None = None
    contributor_count: str | None = None
    largest: tuple[str, ...] = ()
    previous: Any = None

    @property
    def figure(self) -> str:
        """The column of what is published."""
        return self.count if self.value is None else self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountRules:
    """Which amounts are sensitive, and how far these must stay open (``docs/design/rules.md``).

    ``dominance`` are pairs (n, k), ``interval`` is the per cent that a sensitive amount must be able to rise and fall by.
    """

    dominance: tuple[tuple[int, PerCent], ...] = ()
    p_percent: PerCent | None = None
    min_contributors: int | None = None
    interval: PerCent | None = None

    @property
    def depth(self) -> int:
        """How many of the largest contributions the rules look at."""
        return max([n for n, _ in self.dominance] + [1 if self.p_percent is None else 2])


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a table is protected.

    ``tables`` are the published combinations of dimensions (``docs/cli.md``); None publishes all. ``keep`` and ``hide`` select
    cells: ``"measure=m01,age=T"`` or a mapping. ``cost`` is ``log``, ``value``, ``one`` or a column of the rows.
    ``group_disclosure`` names the dimensions whose categories must not hold a whole group (empty: every dimension).
    ``together`` are cells that are hidden together or not at all: ``"age=30-39|40-49"`` or ``"measure=*"``. A cell that the earlier
    table hides costs less by the share ``steady``. With ``singletons`` nothing may follow from what people know who are alone in a hidden cell.
    ``processes`` says how many may work at once (None: all cores) and changes no answer. With ``amounts`` the figures
    are amounts, and what is said of counts does not matter.
    """

    threshold: int = 4
    zeros: Zeros = "shown"
    range: Range = "full"
    attacker: Attacker = "threshold"
    effort: int = 10
    seed: int = 1
    tables: tuple[str, ...] | None = None
    keep: tuple[Selector, ...] = ()
    hide: tuple[Selector, ...] = ()
    cost: str = "log"
    group_disclosure: tuple[str, ...] | None = None
    together: tuple[Group, ...] = ()
    steady: float | None = None
    singletons: bool = False
    processes: int | None = None
    amounts: AmountRules | None = None

    @property
    def steadiness(self) -> float:
        """By what share a cell costs less that an earlier table hides."""
        return _STEADY_BESIDE_PREVIOUS if self.steady is None else self.steady

    @property
    def lowest(self) -> int:
        """The least a reader knows a hidden cell to be."""
        return 0 if self.zeros == "hidden" or self.amounts is not None else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """A dimension's hierarchy, the names of its levels ("" without one), and where it was read."""

    hierarchy: Hierarchy
    levels: tuple[str, ...]
    place: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rows:
    """The rows as given: coordinates, counts, the cost of hiding (or None), and how to name a row."""

    coords: Index
    counts: Ints
    costs: Floats | None
    place: str
    first: int
    word: str

    def named(self, row: int) -> str:
        """Where a row stands, for a person to find it: ``line 7`` of a file, ``row 6`` of a frame."""
        return f"{self.word} {row + self.first}"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cells:
    """What is published, summed: the cells, their true values, what hiding them costs where the rows say so.

    ``finest`` are the counts of the finest cells where not all of these are published. Cells of amounts have
    their number of contributors and the largest contributions, cells by rank.
    """

    table: CellTable
    values: Ints
    costs: Floats | None
    finest: Ints | None
    contributors: Ints | None = None
    largest: Ints | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was done and what it cost; the content of the JSON report. It names cells, and no value of one.

    ``findings`` are the codes of what a reader can still work out. ``finished`` is False when the improving was
    interrupted: the pattern is as safe, and may cost more. ``rules`` tells how many cells each rule makes sensitive;
    nothing where the threshold is the only one.
    """

    settings: Mapping[str, Any]
    finished: bool
    loss: float
    lower_bound: float
    gap: float
    times: Mapping[str, float]
    counts: Mapping[str, int]
    audit: Mapping[str, Any]
    shortfalls: Sequence[Mapping[str, Any]]
    programmes: int
    versions: Mapping[str, str]
    findings: Sequence[str] = ()
    rules: Mapping[str, int] = field(default_factory=dict)

    def to_json(self) -> str:
        """The report as JSON."""
        content = asdict(self)
        if not self.rules:
            del content["rules"]
        return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Protected:
    """A protected table.

    ``frame`` has a row a published cell, with its TRUE value and a ``status`` (published, primary, secondary): it is for the
    publisher alone. ``unavoidable`` and ``leaks`` tell what a reader can still work out: cells that no pattern
    protects, and anything else.
    """

    frame: Any
    report: Report
    audit: Audit
    unavoidable: tuple[Finding, ...] = ()
    leaks: tuple[Finding, ...] = ()
