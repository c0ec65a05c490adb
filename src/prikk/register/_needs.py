"""Which columns of the register a spec needs, and whether a source has them in a usable type."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from prikk.errors import Finding, nearest
from prikk.spec import ReleaseSpec


class Role(Enum):
    """What a needed column is used as."""

    KEY = "an identifier"
    CODE = "a code"
    DATE = "a date"
    END = "an end date"  # may be empty: the spell goes on


class Kind(Enum):
    """What a source's type can be used as."""

    TEXT = auto()
    CODE = auto()  # whole numbers and the like: a code or an identifier, but never a date
    DATE = auto()
    TIME = auto()
    ZONED = auto()
    EMPTY = auto()  # a Parquet column without a single value has no type
    OTHER = auto()


_DATES = frozenset({Kind.TEXT, Kind.DATE, Kind.TIME, Kind.EMPTY})
_CODES = frozenset({Kind.TEXT, Kind.CODE, Kind.EMPTY})
_TAKES = {Role.KEY: _CODES, Role.CODE: _CODES, Role.DATE: _DATES, Role.END: _DATES}
_NO_SCALE = re.compile(r"DECIMAL\(\d+,0\)")
_WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT")
_KINDS = {
    Kind.TEXT: ("VARCHAR", "ENUM"),
    Kind.CODE: (*_WHOLE, *(f"U{name}" for name in _WHOLE), "BOOLEAN", "UUID"),
    Kind.DATE: ("DATE",),
    Kind.TIME: ("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"),
    Kind.ZONED: ("TIMESTAMP WITH TIME ZONE",),
    Kind.EMPTY: ('"NULL"',),
}
_KIND_OF = {name: kind for kind, names in _KINDS.items() for name in names}


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One column of the register's view: its name there, its use, the source's column, the key in the spec."""

    name: str
    role: Role
    column: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a source: its type in the source's own words, and what it can be used as."""

    type: str
    kind: Kind


Columns = Mapping[str, Column]


def kind_of(type_name: str) -> Kind:
    """Give what a DuckDB type can be used as."""
    if _NO_SCALE.fullmatch(type_name):
        return Kind.CODE
    if type_name.endswith("]"):
        return Kind.OTHER
    return _KIND_OF.get(type_name.partition("(")[0], Kind.OTHER)


def needs_of(spec: ReleaseSpec) -> tuple[Need, ...]:
    """Give the columns that a release needs, in the order of the register's view."""
    register = spec.register_
    dates = (("date", "reference_date", Role.DATE),)
    spells = (("start", "start_date", Role.DATE), ("end", "end_date", Role.END))
    fixed = (
        ("id", "id", Role.KEY),
        ("person", "person", Role.KEY),
        *(spells if register.layout == "spells" else dates),
    )
    found = [
        Need(name=name, role=role, column=column, key=f"register.columns.{key}")
        for key, name, role in fixed
        if (column := getattr(register.columns, key)) is not None
    ]
    for name, dimension in spec.dimensions.items():
        derived = dimension.derive is not None
        key = f"dimensions.{name}." + ("derive.years_since" if derived else "column")
        role = Role.DATE if derived else Role.CODE
        found.append(Need(name=f"dim_{name}", role=role, column=dimension.source_column, key=key))
    return tuple(found)


def check_columns(needs: Sequence[Need], parts: Sequence[tuple[str, Columns]]) -> list[Finding]:
    """Give what is wrong with a source's columns.

    ``parts`` are (place, columns) of each file, one for a table. Files that are alike in what is needed
    are checked once, under the name of the first.
    """
    names = dict.fromkeys(need.column for need in needs)
    alike: dict[tuple[Column | None, ...], tuple[str, Columns]] = {}
    for place, columns in parts:
        alike.setdefault(tuple(columns.get(name) for name in names), (place, columns))
    findings = [f for place, columns in alike.values() for f in _part(needs, place, columns)]
    if len(alike) > 1 and not findings:
        findings.extend(_differing(names, list(alike.values())))
    return findings


def _part(needs: Sequence[Need], place: str, columns: Columns) -> Iterator[Finding]:
    for need in needs:
        column = columns.get(need.column)
        if column is None:
            what = f"the column '{need.column}' is missing ({need.key})."
            fix = f"Add it to the register, or correct {need.key}.{nearest(need.column, list(columns))}"
            yield Finding(code="column-missing", what=what, where=place, fix=fix)
        elif column.kind not in _TAKES[need.role]:
            what = f"the column '{need.column}' is {column.type}, which cannot be {need.role.value} ({need.key})."
            yield Finding(code="column-type", what=what, where=place, fix=_type_fix(need.role, column.kind))


def _type_fix(role: Role, kind: Kind) -> str:
    if _TAKES[role] is _CODES:
        return "Store it as text or as whole numbers."
    if kind is Kind.ZONED:
        return "Store it as a date: on which day it falls depends on the time zone."
    return "Store it as a date, or as text like 2022-01-31."


def _differing(names: Mapping[str, None], parts: Sequence[tuple[str, Columns]]) -> Iterator[Finding]:
    (first, expected), *others = parts
    for place, columns in others:
        for name in names:
            if columns[name] != expected[name]:
                what = (
                    f"the column '{name}' is {columns[name].type} here and {expected[name].type} in {first}."
                )
                fix = "Write all files of the register with the same types."
                yield Finding(code="column-type", what=what, where=place, fix=fix)
