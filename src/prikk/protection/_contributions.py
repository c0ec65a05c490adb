"""The rows of amounts: contributions, or finest cells with their largest contributions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from prikk.errors import Finding
from prikk.protection._arrow import Opened, opened, texts
from prikk.protection._columns import (
    COSTS,
    Trees,
    Whole,
    at,
    coords_of,
    found_in,
    once,
    prices,
    unfit,
    whole,
)
from prikk.protection._model import AmountRules, Floats, Ints, Rows, Source

CONTRIBUTORS = "contributors"
"""The column of the result for how many contribute."""
LIMIT = 1 << 39
"""All amounts sum to less: far above what is published in thousands, half of what stands for "no upper end"."""
_THOUSANDS = "Give amounts in thousands: they must sum to less than 2**39 (549 755 813 888)."
_AMOUNT = Whole("amount", LIMIT - 1, "are too large", "Give amounts: whole numbers from 0 up.", _THOUSANDS)
_MANY = Whole(
    "contributor",
    LIMIT - 1,
    "are too large",
    "Give how many contribute to each cell: whole numbers from 0 up.",
    "Give how many contribute to each cell.",
)


class Contributed(NamedTuple):
    """Rows of amounts, and what is ranked: ``amount`` by ``who`` in a row. ``contributors`` are told where rows are cells."""

    rows: Rows
    row: Ints
    who: Ints
    amount: Ints
    contributors: Ints | None


def read_contributions(
    source: Source, rules: AmountRules, trees: Trees, cost: str, findings: list[Finding]
) -> Contributed | None:
    """Read the rows of amounts; None, with the findings, when they cannot be used."""
    found = opened(source.rows, "the table", findings)
    if found is None or source.value is None:
        return None
    extra = None if cost in COSTS else cost
    own = [c for c in (source.value, source.contributor, source.contributor_count, extra) if c is not None]
    before = len(findings)
    findings.extend(_taken(found, source, trees))
    unsaid = () if source.contributor or source.largest else ("--contributor",)
    findings.extend(unfit(found, [*trees, *own, *source.largest], source.ignore, unsaid))
    findings.extend(_options(found, source, rules))
    if {source.value, *own, *source.largest} <= once(found):
        costs = prices(found, extra, findings) if extra is not None else None
        amounts = whole(found, source.value, _AMOUNT, findings)
        read = _cells if source.largest and source.contributor_count else _shares
        row, who, amount, many = read(found, source, amounts, findings)
    coords = coords_of(found, trees, findings)
    if len(findings) > before or len(coords) < len(trees) or not coords:
        return None
    rows = _rows(found, coords, amounts, costs)
    return Contributed(rows, row, who, amount, many)


def _rows(found: Opened, coords: Sequence[Ints], amounts: Ints, costs: Floats | None) -> Rows:
    return Rows(
        coords=np.stack(coords, axis=1).astype(np.int32),
        counts=amounts,
        costs=costs,
        place=found.place,
        first=found.first,
        word=found.word,
    )


def _taken(found: Opened, source: Source, trees: Trees) -> list[Finding]:
    """The result has a column for the number of contributors; no other may have its name."""
    if CONTRIBUTORS not in trees and source.value != CONTRIBUTORS:
        return []
    fix = "Rename the column: the result has one of this name."
    return [at(found, "column-contributors", f"'{CONTRIBUTORS}' cannot be used.", fix)]


def _options(found: Opened, source: Source, rules: AmountRules) -> list[Finding]:
    """Columns that are not given together as they must be."""
    faults = (
        (
            "one of 'contributor count' and 'largest' is given without the other.",
            "Rows that are finest cells need both; rows that are contributions neither.",
            (source.contributor_count is None) == (not source.largest),
        ),
        (
            "'contributor' says that rows are contributions, 'largest' that they are cells.",
            "Give one of them.",
            source.contributor is None or not source.largest,
        ),
        (
            f"the rules look at the {rules.depth} largest contributions, and 'largest' names "
            f"{len(source.largest)} columns.",
            f"Give the {rules.depth} largest of each cell, 0 where there are fewer.",
            not source.largest or len(source.largest) >= rules.depth,
        ),
    )
    return [at(found, "amount-columns", what, fix) for what, fix, good in faults if not good]


def _shares(
    found: Opened, source: Source, amounts: Ints, findings: list[Finding]
) -> tuple[Ints, Ints, Ints, None]:
    """Every row is a contribution."""
    row = np.arange(len(amounts), dtype=np.int64)
    if source.contributor is None:
        return row, row, amounts, None
    column = texts(found.table[source.contributor]).combine_chunks().dictionary_encode()
    who = np.asarray(column.indices.to_numpy(zero_copy_only=False), dtype=np.int64)
    blank = np.array([name == "" for name in column.dictionary.to_pylist()], dtype=bool)
    fix = "Say who contributes each row, or leave the column out: then every row is somebody else."
    fault = ("contributor-missing", f"of '{source.contributor}' are empty", fix)
    found_in(found, fault, blank[who] if len(blank) else np.zeros(len(who), dtype=bool), findings)
    return row, who, amounts, None


def _cells(
    found: Opened, source: Source, amounts: Ints, findings: list[Finding]
) -> tuple[Ints, Ints, Ints, Ints]:
    """Every row is a finest cell: its largest contributions are of people of their own."""
    before = len(findings)
    largest = np.stack([whole(found, name, _AMOUNT, findings) for name in source.largest], axis=1)
    largest = -np.sort(-largest, axis=1)
    many = whole(found, source.contributor_count or "", _MANY, findings)
    if len(findings) == before:
        rest, more = amounts - largest.sum(axis=1), many - len(source.largest)
        # What the largest leave is of others, each of whom has no more than the least of these.
        bad = (rest < 0) | ((largest > 0).sum(axis=1) > many)
        bad |= np.where(more > 0, rest.astype(float) > more.astype(float) * largest[:, -1], rest > 0)
        fix = "Correct the total, the number of contributors or the largest contributions."
        fault = ("cell-contradiction", "cannot be: the contributions do not make the total", fix)
        found_in(found, fault, bad, findings)
    row = np.repeat(np.arange(len(amounts), dtype=np.int64), largest.shape[1])
    return row, np.arange(len(row), dtype=np.int64), largest.ravel(), many
