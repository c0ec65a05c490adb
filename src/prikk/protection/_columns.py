"""The columns of a table's rows: codes to coordinates, text to whole numbers, and all that is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from prikk.errors import Finding, nearest
from prikk.protection._arrow import Opened, texts
from prikk.protection._findings import listed
from prikk.protection._model import Floats, Ints, Mask, Tree

STATUS = "status"
COSTS = ("log", "value", "one")
Trees = Mapping[str, Tree | None]


class Whole(NamedTuple):
    """A kind of whole numbers: how its faults are called, the most that all may sum to, and what to do."""

    code: str
    most: int
    large: str
    fix: str
    smaller: str


def at(found: Opened, code: str, what: str, fix: str) -> Finding:
    """A finding about a table."""
    return Finding(code=code, what=what, where=found.place, fix=fix)


def found_in(found: Opened, fault: Sequence[str], mask: Mask, findings: list[Finding]) -> None:
    """Find a fault (code, what, fix) in the rows of a mask, named by their places and never by their values."""
    rows = np.flatnonzero(mask)
    if len(rows):
        code, what, fix = fault
        named = listed([f"{found.word} {row + found.first}" for row in rows.tolist()])
        findings.append(at(found, code, f"{len(rows)} entries {what}: {named}.", fix))


def once(found: Opened) -> set[str]:
    """The names of the columns that stand there once."""
    names = found.table.column_names
    return {name for name in names if names.count(name) == 1}


def unfit(
    found: Opened, needed: Sequence[str], ignored: Iterable[str], others: Iterable[str] = ()
) -> list[Finding]:
    """Columns that are missing, that nothing was said of, or that stand in each other's way.

    ``others`` are options that could say what a column is.
    """
    names = found.table.column_names
    known = {*needed, *ignored, STATUS}
    absent = [n for n in needed if n not in names]
    findings = [
        at(found, "column-missing", f"there is no column '{n}'.{nearest(n, names)}", "Name a column of it.")
        for n in absent
    ]
    if STATUS in needed:
        fix = "Rename the column: the result has one of this name."
        findings.append(at(found, "column-status", f"'{STATUS}' cannot be used.", fix))
    for name in dict.fromkeys(n for n in names if names.count(n) > 1):
        fix = "Keep or rename one of them."
        findings.append(at(found, "column-twice", f"there are several columns '{name}'.", fix))
    for name in dict.fromkeys(n for n in names if n not in known):
        more = "".join(f", say what else it is ({option} {name})" for option in others)
        fix = f"Give it one (--dim {name}=FILE){more}, or leave the column out (--ignore {name})."
        findings.append(at(found, "dim-missing", f"the column '{name}' has no hierarchy.", fix))
    if not found.table.num_rows:
        findings.append(at(found, "table-empty", "it has no rows.", "Give a row a cell."))
    return findings


def coords_of(found: Opened, trees: Trees, findings: list[Finding]) -> list[Ints]:
    """The index of each row's code, for every column that has a tree; unknown codes are found."""
    single = once(found)
    return [
        _indexed(found, tree, findings) for name, tree in trees.items() if tree is not None and name in single
    ]


def indexed(found: Opened, tree: Tree) -> tuple[Ints, dict[str, int]]:
    """The index of each row's code, -1 where the tree has none; and those codes with the first row of each."""
    column = texts(found.table[tree.hierarchy.name]).combine_chunks().dictionary_encode()
    codes = column.dictionary.to_pylist()
    index = np.array([tree.hierarchy.index.get(code, -1) for code in codes], dtype=np.int64)
    number = column.indices.to_numpy(zero_copy_only=False)
    unknown = np.flatnonzero(index < 0)
    if not len(unknown):
        return np.asarray(index[number]), {}
    _, rows = np.unique(number, return_index=True)
    return np.asarray(index[number]), {codes[i]: int(rows[i]) for i in unknown}


def _indexed(found: Opened, tree: Tree, findings: list[Finding]) -> Ints:
    name = tree.hierarchy.name
    index, unknown = indexed(found, tree)
    if unknown:
        named = listed([f"'{code}' ({found.word} {row + found.first})" for code, row in unknown.items()])
        hint = nearest(next(iter(unknown)), tree.hierarchy.codes)
        what = f"{len(unknown)} codes of '{name}' are not in {tree.place}: {named}.{hint}"
        findings.append(at(found, "code-unknown", what, "Correct them, or add them to the hierarchy."))
    return index


def whole(found: Opened, name: str, kind: Whole, findings: list[Finding]) -> Ints:
    """A column as whole numbers from 0 up; what is none is found, by its place and not by its value."""
    values, text = _numbers(found, name)
    negative = values < 0
    fraction = (values != np.floor(values)) & ~np.isnan(values)
    large = values > kind.most
    for code, what, fix, mask in (
        ("not-number", "are no numbers", kind.fix, text),
        ("negative", "are negative", kind.fix, negative),
        ("fractional", "are no whole numbers", kind.fix, fraction & ~negative),
        ("too-large", kind.large, kind.smaller, large & ~fraction),
    ):
        found_in(found, (f"{kind.code}-{code}", f"of '{name}' {what}", fix), mask, findings)
    if not np.any(text | negative | fraction | large) and values.sum() > kind.most:
        what = f"the {kind.code}s of '{name}' {kind.large} when summed."
        findings.append(at(found, f"{kind.code}-too-large", what, kind.smaller))
    return np.where(text | negative | large, 0, np.nan_to_num(values)).astype(np.int64)


def prices(found: Opened, name: str, findings: list[Finding]) -> Floats:
    """A column of what hiding costs, above 0."""
    values, text = _numbers(found, name)
    with np.errstate(invalid="ignore"):
        bad = text | ~(values > 0) | ~np.isfinite(values)
    fault = ("cost-not-positive", f"of '{name}' are no numbers above 0", "Give each row a cost above 0.")
    found_in(found, fault, bad, findings)
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
