"""Which combinations of levels are published, from words such as ``age,measure.group``.

A combination names dimensions; those that it does not name stand at their total.

``age``: all levels of the dimension. ``measure.group``: its levels from the total down to this one.
``measure:1+2``: these levels and no others. A level is its number (0 is the total), or its name
(``total``, or as the column ``level`` of the hierarchy has it).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

from prikk.errors import Finding, nearest
from prikk.protection._findings import listed
from prikk.protection._model import Tree

Margins = tuple[tuple[int, ...], ...]
_WHERE = "tables"


def margins_of(tables: Sequence[str] | None, trees: Mapping[str, Tree], findings: list[Finding]) -> Margins:
    """The published combinations of depths; without ``tables`` all of them."""
    if tables is None:
        return tuple(product(*(range(len(tree.levels)) for tree in trees.values())))
    found: set[tuple[int, ...]] = set()
    for text in tables:
        found.update(product(*_depths(text, trees, findings).values()))
    if not tables:
        findings.append(_finding("table-none", "no combination is named.", "Name one, or leave tables out."))
    return tuple(sorted(found))


def _depths(text: str, trees: Mapping[str, Tree], findings: list[Finding]) -> dict[str, tuple[int, ...]]:
    """The depths of each dimension in one combination."""
    depths: dict[str, tuple[int, ...]] = dict.fromkeys(trees, (0,))
    named: set[str] = set()
    for item in (part.strip() for part in text.split(",")):
        name, mark, level = _split(item, trees)
        if name not in trees:
            what = f"'{name}' in '{text}' is no dimension.{nearest(name, list(trees))}"
            findings.append(_finding("table-dimension", what, f"Use {listed(list(trees))}."))
            continue
        if name in named:
            what = f"'{text}' names '{name}' twice."
            findings.append(_finding("table-twice", what, "Join its levels: name:1+2."))
        named.add(name)
        depths[name] = _levels(mark, level, trees[name], findings)
    return depths


def _split(item: str, trees: Mapping[str, Tree]) -> tuple[str, str, str]:
    """A dimension, the mark after it and its level; a name may hold the marks itself."""
    if item in trees:
        return item, "", ""
    at = max(item.rfind(mark) for mark in ".:")
    return (item, "", "") if at < 0 else (item[:at].strip(), item[at], item[at + 1 :].strip())


def _levels(mark: str, text: str, tree: Tree, findings: list[Finding]) -> tuple[int, ...]:
    if not mark:
        return tuple(range(len(tree.levels)))
    found = [_level(word.strip(), tree, findings) for word in (text.split("+") if mark == ":" else [text])]
    depths = sorted({depth for depth in found if depth is not None})
    if mark == "." or not depths:
        return tuple(range((depths or [0])[0] + 1))
    _whole(depths, tree, findings)
    return tuple(depths)


def _level(word: str, tree: Tree, findings: list[Finding]) -> int | None:
    if word.isdecimal() and int(word) < len(tree.levels):
        return int(word)
    if word and word in tree.levels:
        return tree.levels.index(word)
    if word == "total":
        return 0
    name = tree.hierarchy.name
    known = [n for n in tree.levels if n] or ["total"]
    what = f"'{name}' has no level '{word}'.{nearest(word, known)}"
    fix = f"Its levels are 0 (the total) to {len(tree.levels) - 1}, with the names {listed(known)}."
    findings.append(_finding("table-level", what, fix))
    return None


def _whole(depths: Sequence[int], tree: Tree, findings: list[Finding]) -> None:
    """Codes without parts above the finest level that is named must be on a level that is named too."""
    leaf_depths = {int(tree.hierarchy.depths[leaf]) for leaf in tree.hierarchy.leaves}
    gaps = sorted(d for d in leaf_depths if d < depths[-1] and d not in depths)
    if gaps:
        what = f"'{tree.hierarchy.name}' has codes without parts on level {gaps[0]}, which would be left out."
        findings.append(_finding("level-gap", what, f"Name level {gaps[0]} too."))


def _finding(code: str, what: str, fix: str) -> Finding:
    return Finding(code=code, what=what, where=_WHERE, fix=fix)
