"""The rows of a table: codes to coordinates, counts to numbers, and all that is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from prikk.errors import Finding, nearest
from prikk.protection._arrow import Opened, opened, texts
from prikk.protection._findings import coded, listed
from prikk.protection._model import Floats, Ints, Mask, Rows, Source, Tree

STATUS = "status"
GREATEST = 10**11
"""No register counts more; far below what overflows when summed."""
_COSTS = ("log", "value", "one")
_Trees = Mapping[str, Tree | None]


def read_rows(source: Source, trees: _Trees, cost: str, findings: list[Finding]) -> Rows | None:
    """Read the rows of a table; None, with the findings, when they cannot be used."""
    found = opened(source.rows, "the table", findings)
    if found is None:
        return None
    extra = None if cost in _COSTS else cost
    before = len(findings)
    findings.extend(_columns(found, source, trees, extra))
    names = found.table.column_names
    once = {name for name in names if names.count(name) == 1}
    counts = _counts(found, source.count, findings) if source.count in once else None
    costs = _prices(found, extra, findings) if extra is not None and extra in once else None
    coords = [
        _coords(found, tree, findings) for name, tree in trees.items() if tree is not None and name in once
    ]
    if len(findings) > before or len(coords) < len(trees) or counts is None or not coords:
        return None
    return Rows(
        coords=np.stack(coords, axis=1).astype(np.int32),
        counts=counts,
        costs=costs,
        place=found.place,
        first=found.first,
        word=found.word,
    )


def _columns(found: Opened, source: Source, trees: _Trees, extra: str | None) -> list[Finding]:
    """Columns that are missing, that nothing was said of, or that stand in each other's way."""
    names = found.table.column_names
    needed = [*trees, source.count, *([extra] if extra else [])]
    known = {*needed, *source.ignore, STATUS}
    absent = [n for n in needed if n not in names]
    findings = [
        _at(found, "column-missing", f"there is no column '{n}'.{nearest(n, names)}", "Name a column of it.")
        for n in absent
    ]
    if STATUS in needed:
        fix = "Rename the column: the result has one of this name."
        findings.append(_at(found, "column-status", f"'{STATUS}' cannot be used.", fix))
    for name in dict.fromkeys(n for n in names if names.count(n) > 1):
        fix = "Keep or rename one of them."
        findings.append(_at(found, "column-twice", f"there are several columns '{name}'.", fix))
    for name in dict.fromkeys(n for n in names if n not in known):
        fix = f"Give it one (--dim {name}=FILE), or leave the column out (--ignore {name})."
        findings.append(_at(found, "dim-missing", f"the column '{name}' has no hierarchy.", fix))
    if not found.table.num_rows:
        findings.append(_at(found, "table-empty", "it has no rows.", "Give a row a cell."))
    return findings


def _coords(found: Opened, tree: Tree, findings: list[Finding]) -> Ints:
    """The index of each row's code; unknown codes are found."""
    name = tree.hierarchy.name
    column = texts(found.table[name]).combine_chunks().dictionary_encode()
    codes = column.dictionary.to_pylist()
    index = np.array([tree.hierarchy.index.get(code, -1) for code in codes], dtype=np.int64)
    number = column.indices.to_numpy(zero_copy_only=False)
    unknown = np.flatnonzero(index < 0)
    if len(unknown):
        _, rows = np.unique(number, return_index=True)
        named = [f"'{codes[i]}' ({found.word} {int(rows[i]) + found.first})" for i in unknown]
        hint = nearest(codes[unknown[0]], tree.hierarchy.codes)
        what = f"{len(unknown)} codes of '{name}' are not in {tree.place}: {listed(named)}.{hint}"
        findings.append(_at(found, "code-unknown", what, "Correct them, or add them to the hierarchy."))
    return np.asarray(index[number])


def _counts(found: Opened, name: str, findings: list[Finding]) -> Ints:
    """The counts as whole numbers from 0 up; what is none is found, by its place and not by its value."""
    values, text = _numbers(found, name)
    negative = values < 0
    fraction = (values != np.floor(values)) & ~np.isnan(values)
    large = values > GREATEST
    for code, what, mask in (
        ("count-not-number", "are no numbers", text),
        ("count-negative", "are negative", negative),
        ("count-fractional", "are no whole numbers", fraction & ~negative),
        ("count-too-large", "are too large for counts of people", large & ~fraction),
    ):
        _found_in(
            found, (code, f"of '{name}' {what}", "Give counts: whole numbers from 0 up."), mask, findings
        )
    if not np.any(text | negative | fraction | large) and values.sum() > GREATEST:
        what = f"the counts of '{name}' are too large for counts of people when summed."
        findings.append(_at(found, "count-too-large", what, "Give counts: whole numbers from 0 up."))
    return np.where(text | negative | large, 0, np.nan_to_num(values)).astype(np.int64)


def _prices(found: Opened, name: str, findings: list[Finding]) -> Floats:
    values, text = _numbers(found, name)
    with np.errstate(invalid="ignore"):
        bad = text | ~(values > 0) | ~np.isfinite(values)
    fault = ("cost-not-positive", f"of '{name}' are no numbers above 0", "Give each row a cost above 0.")
    _found_in(found, fault, bad, findings)
    return values


def _numbers(found: Opened, name: str) -> tuple[Floats, Mask]:
    """A column as numbers, NaN where it is none, and where that is so."""
    column = found.table[name]
    kind = column.type
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        values = column.cast(pa.float64(), safe=False)
    else:
        text = texts(column)
        good = pc.match_substring_regex(text, r"^[+-]?\d{1,300}(\.\d*)?([eE][+-]?\d{1,2})?$")
        values = pc.if_else(good, text, None).cast(pa.float64())
    numbers = pc.fill_null(values, np.nan).to_numpy()
    return numbers, np.isnan(numbers)


def _found_in(found: Opened, fault: Sequence[str], mask: Mask, findings: list[Finding]) -> None:
    rows = np.flatnonzero(mask)
    if len(rows):
        code, what, fix = fault
        named = listed([f"{found.word} {row + found.first}" for row in rows.tolist()])
        findings.append(_at(found, code, f"{len(rows)} entries {what}: {named}.", fix))


def repeated(rows: Rows, keys: Ints, trees: Sequence[Tree], findings: list[Finding]) -> None:
    """Find rows with the codes of an earlier one."""
    _, first = np.unique(keys, return_index=True)
    if len(first) == len(keys):
        return
    again = np.setdiff1d(np.arange(len(keys)), first)
    named = [
        f"{rows.named(row)} "
        + coded(t.hierarchy.codes[c] for t, c in zip(trees, rows.coords[row], strict=True))
        for row in again.tolist()
    ]
    what = f"{len(again)} rows have the codes of an earlier one: {listed(named)}."
    fix = "Give each cell one row; a further dimension needs a column and a hierarchy."
    findings.append(Finding(code="row-twice", what=what, where=rows.place, fix=fix))


def _at(found: Opened, code: str, what: str, fix: str) -> Finding:
    return Finding(code=code, what=what, where=found.place, fix=fix)
