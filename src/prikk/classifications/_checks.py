"""What the rows of a classification mean together: tree, levels, bands, validity."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from prikk.classifications._model import Item
from prikk.errors import Finding, nearest
from prikk.spec import TOTAL


def check_items(
    items: Sequence[Item], lines: Mapping[str, int], levels: Sequence[str], file: str
) -> list[Finding]:
    """Give every finding on well-formed items; ``lines`` is the line of each code in the file."""
    where = {code: f"{file}, line {line}" for code, line in lines.items()}
    if not items:
        what, fix = "it holds no code.", "Add a row for each code."
        return [Finding(code="classification-empty", what=what, where=file, fix=fix)]
    findings = list(_parents(items, where)) or list(_cycles(items, where))
    if not findings:
        findings.extend(_levels(items, where, levels))
    findings.extend(_bands(items, where))
    findings.extend(_validity(items, where))
    return findings


def _parents(items: Sequence[Item], where: Mapping[str, str]) -> Iterator[Finding]:
    for item in items:
        if item.parent != TOTAL and item.parent not in where:
            fix = f"Add a row for '{item.parent}', or correct the parent.{nearest(item.parent, list(where))}"
            what = f"the parent '{item.parent}' of '{item.code}' is not in the file."
            yield Finding(code="parent-unknown", what=what, where=where[item.code], fix=fix)


def _cycles(items: Sequence[Item], where: Mapping[str, str]) -> Iterator[Finding]:
    parent = {item.code: item.parent for item in items}
    done = {TOTAL}
    for item in items:
        path: list[str] = []
        code = item.code
        while code not in done and code not in path:
            path.append(code)
            code = parent[code]
        if code in path:
            ring = " → ".join([*path[path.index(code) :], code])
            fix = f"Give one of them another parent, or none (then it is under {TOTAL})."
            yield Finding(
                code="cycle", what=f"codes are above themselves: {ring}.", where=where[code], fix=fix
            )
        done.update(path)


def _levels(items: Sequence[Item], where: Mapping[str, str], levels: Sequence[str]) -> Iterator[Finding]:
    parent = {item.code: item.parent for item in items}
    inner = set(parent.values())
    for item in items:
        depth, code = 0, item.code
        while code != TOTAL:
            depth, code = depth + 1, parent[code]
        if item.code not in inner and depth != len(levels):
            names = ", ".join(levels)
            what = f"'{item.code}' is on level {depth}, but the finest level is {len(levels)} ({names})."
            fix = "Give every branch the same number of levels, and name them in 'levels' of the dimension."
            yield Finding(code="level-depth", what=what, where=where[item.code], fix=fix)


def _bands(items: Sequence[Item], where: Mapping[str, str]) -> Iterator[Finding]:
    inner = {item.parent for item in items}
    leaves = [item for item in items if item.code not in inner]
    bands = sorted((i for i in leaves if i.low is not None), key=lambda i: (i.low or 0, i.code))
    for item in leaves:
        if bands and item.low is None:
            what, fix = f"'{item.code}' has no band, but others have.", "Fill in 'from' and 'to'."
            yield Finding(code="band-missing", what=what, where=where[item.code], fix=fix)
    for item in bands:
        if item.high is not None and item.low is not None and item.high < item.low:
            what, fix = f"the band '{item.code}' ends before it starts.", "Swap 'from' and 'to'."
            yield Finding(code="band-order", what=what, where=where[item.code], fix=fix)
    for lower, upper in pairwise(bands):
        end = float("inf") if lower.high is None else lower.high
        start = upper.low or 0
        if start <= end:
            what = f"the bands '{lower.code}' and '{upper.code}' overlap at {start} years."
            fix = f"Let '{lower.code}' end at {start - 1}." if start else "Give each year to one band only."
            yield Finding(code="band-overlap", what=what, where=where[upper.code], fix=fix)
        elif start > end + 1:
            what = f"no band holds the years {int(end) + 1} to {start - 1}."
            fix = f"Let '{upper.code}' start at {int(end) + 1}, or add a band."
            yield Finding(code="band-gap", what=what, where=where[upper.code], fix=fix)


def _validity(items: Sequence[Item], where: Mapping[str, str]) -> Iterator[Finding]:
    by_code = {item.code: item for item in items}
    for item in items:
        start, end = item.valid_from or dt.date.min, item.valid_to or dt.date.max
        if end < start:
            what, fix = f"'{item.code}' is valid to a day before it is valid from.", "Swap the dates."
            yield Finding(code="validity-order", what=what, where=where[item.code], fix=fix)
        parent = by_code.get(item.parent)
        if parent is not None and (
            start < (parent.valid_from or dt.date.min) or end > (parent.valid_to or dt.date.max)
        ):
            what = f"'{item.code}' is valid outside the validity of its parent '{parent.code}'."
            fix = "Keep the dates of a code within those of its parent."
            yield Finding(code="validity-parent", what=what, where=where[item.code], fix=fix)
