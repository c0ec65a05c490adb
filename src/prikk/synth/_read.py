"""Read published figures from a file, with all findings at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from prikk.classifications import Classification
from prikk.errors import Finding, nearest
from prikk.spec import TOTAL, ReleaseSpec
from prikk.synth._figures import Figures, raise_all
from prikk.synth._layout import Raw, read_raw
from prikk.tabular import CellTable, Hierarchy

Codes = tuple[str, ...]


def read_figures(path: Path, spec: ReleaseSpec, classifications: Mapping[str, Classification]) -> Figures:
    """Read published figures, long (a row a period and cell) or wide (a column a period).

    Args:
        path: a CSV file. A column for each dimension with codes of any level, or one for each level; the
            total is ``TOTAL``. Long: ``period``, ``value`` and perhaps ``status``. Other columns are ignored.
        spec: the release that the figures belong to: dimensions, periods, rule and symbol.
        classifications: of every dimension.

    Returns:
        The figures; the same cell may stand in the file several times.

    Raises:
        FiguresError: with what is wrong in the whole file (the first findings of many).
    """
    findings = list(_unsuited(spec))
    reading = _Reading(file=path.name, spec=spec, classifications=classifications, findings=findings)
    for raw in read_raw(path, spec, findings):
        _take(raw, reading)
    if not reading.cells and not findings:
        what, fix = "it holds no figure.", "Give the file of a publication with at least one row."
        findings.append(Finding(where=path.name, code="figures-empty", what=what, fix=fix))
    _complete(reading)
    raise_all(findings, path.name)
    return _figures(reading)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """The state of one read: figures so far by cell and period, each with its line; None is hidden."""

    file: str
    spec: ReleaseSpec
    classifications: Mapping[str, Classification]
    findings: list[Finding]
    cells: dict[Codes, dict[str, tuple[int | None, int]]] = field(default_factory=dict)
    resolved: dict[tuple[str, Codes], str | None] = field(default_factory=dict)

    def report(self, where: str, code: str, what: str, fix: str) -> None:
        self.findings.append(Finding(where=f"{self.file}, {where}", code=code, what=what, fix=fix))


def _unsuited(spec: ReleaseSpec) -> list[Finding]:
    """What no synthetic register can be made for."""
    findings = []
    if spec.register_.unit != "participation":
        what = f"the unit is '{spec.register_.unit}', whose counts are not sums of finer counts."
        fix = 'Use unit = "participation"; no register is made from counts of distinct people.'
        findings.append(Finding(where="register.unit", code="synth-unit", what=what, fix=fix))
    columns = [d.source_column for d in spec.dimensions.values()]
    for column in sorted({c for c in columns if columns.count(c) > 1}):
        what = f"several dimensions are made from the column '{column}'."
        fix = "Give each dimension a column of its own, or make them levels of one dimension."
        findings.append(Finding(where="dimensions", code="synth-column", what=what, fix=fix))
    return findings


def _take(raw: Raw, reading: _Reading) -> None:
    codes = [
        _resolve(raw.line, name, texts, reading)
        for name, texts in zip(reading.spec.dimensions, raw.codes, strict=True)
    ]
    if not any(raw.period == p.code for p in reading.spec.periods):
        known = ("period", (raw.period,))
        if known not in reading.resolved:
            reading.resolved[known] = None
            periods = [p.code for p in reading.spec.periods]
            fix = f"The release has {periods[0]} to {periods[-1]}.{nearest(raw.period, periods)}"
            what = f"the period '{raw.period}' is not in the release."
            reading.report(f"line {raw.line}", "period-unknown", what, fix)
        return
    value, sound = _value(raw, reading)
    known_codes = tuple(code for code in codes if code is not None)
    if not sound or len(known_codes) < len(codes):
        return
    before = reading.cells.setdefault(known_codes, {}).setdefault(raw.period, (value, raw.line))
    if before[0] != value:
        words = [_word(v, reading) for v in (value, before[0])]
        what = f"the cell is {words[0]} here, but {words[1]} on line {before[1]}."
        reading.report(_place(raw), "figure-twice", what, "Correct one of the lines: it is the same cell.")


def _place(raw: Raw) -> str:
    return f"line {raw.line}, {raw.period}"


def _word(value: int | None, reading: _Reading) -> str:
    return f"'{reading.spec.protection.symbol}'" if value is None else str(value)


def _resolve(line: int, name: str, texts: Codes, reading: _Reading) -> str | None:
    """The code that the texts of a dimension's columns mean; each wrong text is reported once."""
    if (name, texts) in reading.resolved:
        return reading.resolved[name, texts]
    classification = reading.classifications[name]
    given = tuple(t for t in texts if t != TOTAL)
    unknown = [t for t in given if t not in classification.by_code]
    code = given[-1] if given else TOTAL
    result: str | None = code
    if unknown:
        result = None
        what = f"the code '{unknown[0]}' is not in '{name}'."
        fix = f"Correct it, or add it to the classification.{nearest(unknown[0], classification.in_order)}"
        reading.report(f"line {line}", "code-unknown", what, fix)
    elif len(texts) > 1 and (classification.ancestors(code) != given or texts[: len(given)] != given):
        result = None
        what = f"the levels {', '.join(texts)} of '{name}' are no path in the classification."
        path = ", ".join(classification.ancestors(code))
        fix = f"Write {path}, then {TOTAL} for the levels below."
        reading.report(f"line {line}", "code-path", what, fix)
    reading.resolved[name, texts] = result
    return result


def _value(raw: Raw, reading: _Reading) -> tuple[int | None, bool]:
    """The figure (None: hidden), and whether it is sound; what is wrong is reported."""
    protection = reading.spec.protection
    symbol = protection.symbol
    if raw.value == symbol or (not raw.value and raw.status == symbol):
        return None, True
    if not raw.value:
        what, fix = "there is no figure.", f"Fill it in, or write '{symbol}' if it is hidden."
        reading.report(_place(raw), "figure-missing", what, fix)
    elif not (raw.value.isascii() and raw.value.isdecimal() and len(raw.value) < 16):
        what = f"'{raw.value}' is neither a count nor the symbol '{symbol}'."
        reading.report(_place(raw), "figure-number", what, "Write a whole number, zero or more.")
    elif raw.status == symbol:
        what, fix = f"the status says hidden ('{symbol}'), but there is a figure.", "Remove one of them."
        reading.report(_place(raw), "figure-status", what, fix)
    elif int(raw.value) < protection.threshold and (protection.zeros == "hidden" or int(raw.value) > 0):
        what = f"the figure {int(raw.value)} is shown, but the threshold is {protection.threshold}."
        fix = f"Write '{symbol}', or correct protection.threshold or protection.zeros."
        reading.report(_place(raw), "figure-below-threshold", what, fix)
    else:
        return int(raw.value), True
    return None, False


def _complete(reading: _Reading) -> None:
    """Report every listed row without a figure in some period, unless findings explain it."""
    if reading.findings:
        return
    for codes, figures in reading.cells.items():
        absent = [p.code for p in reading.spec.periods if p.code not in figures]
        if absent:
            line = next(iter(figures.values()))[1]
            names = ", ".join(f"{n} {c}" for n, c in zip(reading.spec.dimensions, codes, strict=True))
            what = f"{names} has no figure for {', '.join(absent)}."
            fix = "Every listed row has a figure or the symbol in every period."
            reading.report(f"line {line}", "figure-absent", what, fix)


def _figures(reading: _Reading) -> Figures:
    hierarchies = [hierarchy(reading.classifications[name], name) for name in reading.spec.dimensions]
    table = CellTable.from_codes(hierarchies, reading.cells)
    periods = tuple(p.code for p in reading.spec.periods)
    values = np.zeros((len(periods), len(table)), dtype=np.int64)
    hidden = np.zeros(values.shape, dtype=np.bool_)
    for cell in range(len(table)):
        figures = reading.cells[table.codes(cell)]
        column = [figures[code][0] for code in periods]
        hidden[:, cell] = [v is None for v in column]
        values[:, cell] = [v or 0 for v in column]
    return Figures(source=reading.file, table=table, periods=periods, values=values, hidden=hidden)


def hierarchy(classification: Classification, name: str) -> Hierarchy:
    """A classification as a tree of indices, ``TOTAL`` first, in the order of the file."""
    codes = classification.in_order
    index = {code: i for i, code in enumerate(codes)}
    parents = (-1, *(index[classification.by_code[code].parent] for code in codes[1:]))
    return Hierarchy(name=name, codes=codes, parents=parents)
