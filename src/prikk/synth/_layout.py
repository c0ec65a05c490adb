"""How a file of published figures is laid out, and its figures one by one."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from prikk.errors import FiguresError, Finding, nearest
from prikk.spec import ReleaseSpec

_PERIOD_LIKE = re.compile(r"\d{4}(-\w+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """One figure as text: ``codes`` has the texts of each dimension's columns, the uppermost first."""

    line: int
    period: str
    codes: tuple[tuple[str, ...], ...]
    value: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where the columns are. Long has one ``period`` and ``value`` column, wide a column a period.

    ``figures`` holds (period code or "", column of the value) for each figure of a row; ``period`` and
    ``status`` are columns of the long form, -1 where there is none.
    """

    dimensions: tuple[tuple[int, ...], ...]
    figures: tuple[tuple[str, int], ...]
    period: int
    status: int
    width: int


def read_raw(path: Path, spec: ReleaseSpec, findings: list[Finding]) -> Iterator[Raw]:
    """Give the figures of a file in its order; rows of the wrong width become findings.

    Raises :class:`FiguresError` when the file cannot be read or its header lacks a column.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            layout = find_layout(next(reader, []), spec, path.name)
            for row in reader:
                if len(row) == layout.width:
                    yield from _figures(row, reader.line_num, layout)
                elif row:
                    findings.append(_ragged(len(row), layout.width, f"{path.name}, line {reader.line_num}"))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        missing = isinstance(error, FileNotFoundError)
        what = "there is no such file." if missing else "it is not a readable UTF-8 CSV file."
        fix = "Give a CSV file of published figures, long or with a column for each period."
        raise FiguresError(Finding(where=str(path), code="figures-file", what=what, fix=fix)) from error


def _ragged(found: int, width: int, where: str) -> Finding:
    what = f"the row has {found} fields, but the header has {width}."
    return Finding(where=where, code="row-width", what=what, fix="Add or remove commas, or quote the text.")


def _figures(row: list[str], line: int, layout: Layout) -> Iterator[Raw]:
    text = [field.strip() for field in row]
    codes = tuple(tuple(text[c] for c in columns) for columns in layout.dimensions)
    status = text[layout.status] if layout.status >= 0 else ""
    for period, column in layout.figures:
        code = period or text[layout.period]
        yield Raw(line=line, period=code, codes=codes, value=text[column], status=status)


def find_layout(header: list[str], spec: ReleaseSpec, file: str) -> Layout:
    """Recognise a layout by its header. Raises :class:`FiguresError` with every missing column."""
    at = {name.strip(): i for i, name in reversed(list(enumerate(header)))}
    findings: list[Finding] = []
    dimensions = []
    for name in spec.dimensions:
        columns = _dimension(name, spec.levels(name), at)
        if not columns:
            findings.append(_missing(name, f"the codes of the dimension '{name}'", at, file))
        dimensions.append(columns)
    figures, period = (_long if "value" in at else _wide)(at, spec, file, findings)
    if findings:
        raise FiguresError(findings)
    status = at.get("status", -1) if "value" in at else -1
    return Layout(
        dimensions=tuple(dimensions), figures=figures, period=period, status=status, width=len(header)
    )


def _dimension(name: str, levels: tuple[str, ...], at: dict[str, int]) -> tuple[int, ...]:
    """The columns of a dimension: one for each level if they are there, else one with codes of any level."""
    present = tuple(level for level in levels if level in at)
    if present == levels or (name not in at and present == levels[: len(present)]):
        return tuple(at[level] for level in present)
    return (at[name],) if name in at else ()


def _long(
    at: dict[str, int], spec: ReleaseSpec, file: str, findings: list[Finding]
) -> tuple[tuple[tuple[str, int], ...], int]:
    every = spec.release.periods.every
    period = at.get("period", at.get(every, -1))
    if period < 0:
        findings.append(_missing("period", f"the {every}", at, file))
    return (("", at["value"]),), period


def _wide(
    at: dict[str, int], spec: ReleaseSpec, file: str, findings: list[Finding]
) -> tuple[tuple[tuple[str, int], ...], int]:
    # A column that looks like a period but is not in the release stays in, and is found unknown later.
    found = tuple((name, i) for name, i in at.items() if _PERIOD_LIKE.fullmatch(name))
    wanted = [p.code for p in spec.periods]
    if not found:
        findings.append(_missing("value", "the figures (or a column for each period)", at, file))
    else:
        absent = [code for code in wanted if code not in at]
        findings.extend(_missing(code, "the figures of that period", at, file) for code in absent)
    return found, -1


def _missing(column: str, purpose: str, at: dict[str, int], file: str) -> Finding:
    what = f"the column '{column}' is missing: {purpose}."
    fix = f"Add it, or correct the header.{nearest(column, list(at))}"
    return Finding(where=f"{file}, line 1", code="figures-column", what=what, fix=fix)
