"""Hierarchies: (code, parent) lists to trees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from os import PathLike
from typing import Any

import pyarrow as pa

from prikk.errors import Finding, nearest
from prikk.protection._arrow import Opened, opened, texts
from prikk.protection._findings import listed
from prikk.protection._model import Tree
from prikk.tabular import Hierarchy

_COLUMNS = ("code", "parent")
_FIX = "Give each code once, with the code above it; only the total, on top of all, has none."


def read_tree(name: str, source: Any, findings: list[Finding]) -> Tree | None:
    """Read the hierarchy of a dimension; None, with the findings, when it is no tree.

    An optional third column ``level`` names the level of each code.
    """
    found = _opened(name, source, findings)
    if found is None:
        return None
    missing = [c for c in _COLUMNS if c not in found.table.column_names]
    if missing:
        what = f"the hierarchy of '{name}' has no column {listed([repr(c) for c in missing])}."
        findings.append(Finding(code="hierarchy-column", what=what, where=found.place, fix=_FIX))
        return None
    codes, parents = (texts(found.table[c]).to_pylist() for c in _COLUMNS)
    wrong = _wrong(name, codes, parents, found.place)
    if wrong:
        findings.extend(wrong)
        return None
    hierarchy = _grown(name, codes, parents)
    words = texts(found.table["level"]).to_pylist() if "level" in found.table.column_names else None
    levels, mixed = _levels(hierarchy, dict(zip(codes, words, strict=True)) if words else {}, found.place)
    findings.extend(mixed)
    return Tree(hierarchy=hierarchy, levels=levels, place=found.place)


def _opened(name: str, source: Any, findings: list[Finding]) -> Opened | None:
    place = f"the hierarchy of '{name}'"
    if not isinstance(source, list | tuple) or isinstance(source, str | PathLike):
        return opened(source, place, findings)
    if not all(isinstance(pair, list | tuple) and len(pair) in (2, 3) for pair in source):
        what = "it is not a list of (code, parent)."
        findings.append(Finding(code="hierarchy-list", what=what, where=place, fix=_FIX))
        return None
    columns = {
        column: pa.array([_text(pair[i]) for pair in source], type=pa.string())
        for i, column in enumerate((*_COLUMNS, "level"))
        if all(len(pair) > i for pair in source)
    }
    return Opened(pa.table(columns), place, "row", 1)


def _text(code: object) -> str:
    return "" if code is None else str(code)


def _wrong(name: str, codes: Sequence[str], parents: Sequence[str], place: str) -> list[Finding]:
    """All that keeps a list of codes from being a tree."""
    above = dict(zip(codes, parents, strict=True))
    twice = sorted(c for c, times in Counter(codes).items() if times > 1)
    tops = [c for c, parent in above.items() if not parent]
    unknown = [p for p in dict.fromkeys(parents) if p and p not in above]
    rings = _rings({code: parent for code, parent in above.items() if code})
    faults = (
        ("hierarchy-empty", "it has no codes.", not codes),
        ("hierarchy-code", "a code is empty.", "" in above),
        ("hierarchy-twice", f"it has codes more than once: {listed(twice)}.", bool(twice)),
        (
            "hierarchy-parent",
            f"codes above others are not in it themselves: {listed(unknown)}."
            + (nearest(unknown[0], list(above)) if unknown else ""),
            bool(unknown),
        ),
        ("hierarchy-tops", f"{len(tops)} codes have nothing above them: {listed(tops)}.", len(tops) > 1),
        ("hierarchy-cycle", f"codes stand above themselves: {listed(rings)}.", bool(rings)),
        ("hierarchy-no-top", "no code is on top of all.", bool(codes) and not tops and not rings),
    )
    return [
        Finding(code=code, what=f"the hierarchy of '{name}' is no tree: {what}", where=place, fix=_FIX)
        for code, what, is_so in faults
        if is_so
    ]


def _rings(above: dict[str, str]) -> list[str]:
    """The codes that stand above themselves."""
    done: set[str] = set()
    found: list[str] = []
    for start in above:
        path: dict[str, int] = {}
        code = start
        while code in above and code not in done and code not in path:
            path[code] = len(path)
            code = above[code]
        if code in path:
            found.extend(list(path)[path[code] :])
        done.update(path)
    return sorted(found)


def _grown(name: str, codes: Sequence[str], parents: Sequence[str]) -> Hierarchy:
    """The tree with the total first and each code followed by its parts, in the order of the list."""
    parts: dict[str, list[str]] = {}
    for code, parent in zip(codes, parents, strict=True):
        parts.setdefault(parent, []).append(code)
    order: list[str] = []
    waiting = list(parts[""])
    while waiting:
        code = waiting.pop()
        order.append(code)
        waiting.extend(reversed(parts.get(code, ())))
    at = {code: i for i, code in enumerate(order)} | {"": -1}
    above = dict(zip(codes, parents, strict=True))
    return Hierarchy(name=name, codes=tuple(order), parents=tuple(at[above[code]] for code in order))


def _levels(hierarchy: Hierarchy, words: dict[str, str], place: str) -> tuple[tuple[str, ...], list[Finding]]:
    """The name of each level, which its codes must agree on."""
    found: list[set[str]] = [set() for _ in range(int(hierarchy.depths.max()) + 1)]
    for code, depth in zip(hierarchy.codes, hierarchy.depths.tolist(), strict=True):
        found[depth].add(words.get(code, ""))
    names = tuple(min(f) for f in found)
    given = [n for n in names if n]
    if all(len(f) == 1 for f in found) and len(set(given)) == len(given):
        return names, []
    what = (
        f"the levels of '{hierarchy.name}' have no names of their own: codes of one depth must have one name."
    )
    fix = "Correct the column 'level', or take it out and number the levels."
    return names, [Finding(code="level-mixed", what=what, where=place, fix=fix)]
