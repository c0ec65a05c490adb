"""The shape of ``release.toml``. Pydantic checks types and names; :mod:`._checks` what they mean together."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictFloat, StrictInt, StrictStr

from prikk.spec._about import About, Definition, Name, Note, Part, Text
from prikk.spec._periods import MONTHS_IN, Every, Period, Reference, periods_of

TOTAL = "TOTAL"
"""The code of every total, in every dimension."""

ColumnKind = Literal[
    "figure", "change", "percent", "change_year", "percent_year", "share", "index", "mean", "rate"
]
"""What a table prints of a period: its figures, or what is worked out from shown figures (docs/derived.md)."""

_STEADY_BESIDE_PREVIOUS = 0.5


class PeriodsSpec(Part):
    """The periods of the release, first and last included."""

    first: StrictStr = Field(alias="from")
    last: StrictStr = Field(alias="to")
    every: Every = "month"
    step: Annotated[StrictInt, Field(ge=1)] = 1


class ReleaseInfo(About):
    """``[release]``: what is published."""

    id: Annotated[StrictStr, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,40}$")]
    title: Text
    periods: PeriodsSpec
    languages: Annotated[tuple[StrictStr, ...], Field(min_length=1)]
    about: Text = Field(default_factory=dict)
    source: Text = Field(default_factory=dict)


class ColumnsSpec(Part):
    """``register.columns``: which column of the register holds what."""

    id: StrictStr | None = None
    person: StrictStr | None = None
    start: StrictStr | None = None
    end: StrictStr | None = None
    date: StrictStr | None = None


class RegisterSpec(Part):
    """``[register]``: where the microdata are and what a row means."""

    source: Annotated[StrictStr, Field(min_length=1)]
    table: StrictStr | None = None
    layout: Literal["spells", "snapshots"] = "spells"
    unit: Literal["participation", "person"] = "participation"
    reference: Reference = "end of period"
    columns: ColumnsSpec
    max_rejects: Annotated[StrictInt, Field(ge=0)] = 0


class DeriveSpec(Part):
    """A dimension computed from a date: whole years from it to the reference date."""

    years_since: StrictStr
    at: Literal["reference"] = "reference"


class DimensionSpec(Part):
    """``[dimensions.NAME]``: a classification and where its codes come from."""

    classification: Annotated[StrictStr, Field(min_length=1)]
    column: StrictStr | None = None
    derive: DeriveSpec | None = None
    levels: tuple[Name, ...] = ()
    label: Text = Field(default_factory=dict)
    level_labels: dict[Name, Text] = Field(default_factory=dict)

    @property
    def source_column(self) -> str:
        """The register column that this dimension is made from."""
        return self.derive.years_since if self.derive is not None else (self.column or "")


Selector = Annotated[StrictStr, Field(pattern=r"^table:[1-9][0-9]*$")] | dict[Name, StrictStr]
"""Some cells: those of a family of tables (``"table:1"``), or those with these codes (``{ age = "TOTAL" }``)."""

Group = Annotated[
    dict[Name, StrictStr | Annotated[tuple[StrictStr, ...], Field(min_length=1)]], Field(min_length=1)
]
"""Cells hidden together: a code, a list of codes or ``"*"`` (every code but the total) for some dimensions.

For every combination of the dimensions that are not named, the cells with these codes are one group.
"""


class ProtectionSpec(Part):
    """``[protection]``: the rule, and what is done about it."""

    threshold: Annotated[StrictInt, Field(ge=2)]
    zeros: Literal["hidden", "shown"] = "hidden"
    symbol: Annotated[StrictStr, Field(min_length=1, max_length=12)] = "*"
    legal_basis: StrictStr = ""
    method: Literal["suppress", "primary-only"] = "suppress"
    allow_unprotected: StrictBool = False
    attacker: Literal["naive", "threshold", "full"] = "threshold"
    range: Literal["full", "not-exact"] | Annotated[StrictInt, Field(ge=2)] = "full"
    keep: tuple[Selector, ...] = ()
    hide: tuple[Selector, ...] = ()
    accept: tuple[Selector, ...] = ()
    cost: Literal["log", "value", "one"] = "log"
    effort: Annotated[StrictInt, Field(ge=0, le=100_000)] = 10
    together: tuple[Group, ...] = ()
    steady: Annotated[StrictInt | StrictFloat, Field(ge=0, lt=1)] | None = None
    previous: Annotated[StrictStr, Field(min_length=1)] | None = None
    singletons: StrictBool = False
    group_disclosure: StrictBool | Annotated[tuple[Name, ...], Field(min_length=1)] = False

    @property
    def steadiness(self) -> float:
        """By what share a cell is cheaper where neighbouring periods hide it; asked for by an earlier release too."""
        if self.steady is not None:
            return float(self.steady)
        return 0.0 if self.previous is None else _STEADY_BESIDE_PREVIOUS


class RateSpec(Part):
    """``tables.rate``: figures per so many of a public base, the column ``base_…`` of the stub's classification."""

    of: Name
    per: Annotated[StrictInt, Field(ge=1)] = 1000
    label: Text


class TableSpec(Part):
    """``[[tables]]``: a family of tables, one for each combination of the ``for_each`` codes.

    It prints its ``columns`` for each of its ``periods``: all, the latest, or the last of each whole calendar year.
    """

    title: Text
    heading: Text = Field(default_factory=dict)
    for_each: tuple[Name, ...] = ()
    stub: Annotated[tuple[Name, ...], Field(min_length=1, max_length=1)]
    levels: tuple[Name, ...] = ()
    total: Text
    subtotal: Text = Field(default_factory=dict)
    columns: Annotated[tuple[ColumnKind, ...], Field(min_length=1)] = ("figure",)
    periods: Literal["all", "latest", "years"] = "all"
    rate: RateSpec | None = None


class SynthSpec(Part):
    """``[synth]``: what ``prikk synth`` makes up beside the published figures.

    ``invented`` are further columns of the register: each code with its share, whatever they sum to. Everybody gets one of
    them by chance, so no figure by such a column says anything of the world. ``leavers`` are people who had left before the
    first period, so many for each in the register: the year before the figures is then not empty.
    """

    leavers: Annotated[StrictInt | StrictFloat, Field(ge=0, le=1)] = 0

    invented: dict[
        Name,
        Annotated[dict[StrictStr, Annotated[StrictInt | StrictFloat, Field(gt=0)]], Field(min_length=1)],
    ] = Field(default_factory=dict)


class ReleaseSpec(Part):
    """A whole ``release.toml``, checked. ``folder`` is where relative paths start."""

    folder: Path
    release: ReleaseInfo
    register_: RegisterSpec = Field(alias="register")
    dimensions: Annotated[dict[Name, DimensionSpec], Field(min_length=1)]
    protection: ProtectionSpec
    tables: Annotated[tuple[TableSpec, ...], Field(min_length=1)]
    synth: SynthSpec = SynthSpec()
    notes: tuple[Note, ...] = ()
    definitions: tuple[Definition, ...] = ()

    @property
    def disclosing(self) -> tuple[str, ...]:
        """The dimensions whose categories must not hold everybody of a group; none where that is not asked for."""
        asked = self.protection.group_disclosure
        return (tuple(self.dimensions) if asked else ()) if isinstance(asked, bool) else asked

    @property
    def periods(self) -> tuple[Period, ...]:
        """The reference periods, in order."""
        p = self.release.periods
        return periods_of(p.first, p.last, p.every, self.register_.reference, p.step)

    def a_year_before(self, place: int) -> int | None:
        """The place of the same period of the year before among the periods, if the release has it."""
        steps, rest = divmod(12 // MONTHS_IN[self.release.periods.every], self.release.periods.step)
        return None if rest or place < steps else place - steps

    def whole_year(self, place: int) -> tuple[int, ...]:
        """The places of all periods of the calendar year of a period; empty if the release lacks one of them."""
        periods = self.periods
        year = periods[place].first_month.year
        found = tuple(i for i, p in enumerate(periods) if p.first_month.year == year)
        return found if len(found) == 12 // MONTHS_IN[self.release.periods.every] else ()

    def printed(self, table: TableSpec) -> tuple[int, ...]:
        """The places of the periods that a family prints, in order."""
        every = range(len(self.periods))
        if table.periods == "latest":
            return (every[-1],)
        if table.periods == "years":
            return tuple(i for i in every if i == max(self.whole_year(i), default=-1))
        return tuple(every)

    def levels(self, dimension: str) -> tuple[str, ...]:
        """The names of a dimension's levels, the uppermost first; a flat one has its own name as its level."""
        return self.dimensions[dimension].levels or (dimension,)

    def stub_levels(self, table: TableSpec) -> tuple[str, ...]:
        """The levels of its stub that a table shows: those it names, or all."""
        return table.levels or self.levels(table.stub[0])

    def path(self, name: str) -> Path:
        """A path from the spec, relative to the folder of ``release.toml``."""
        return self.folder / name
