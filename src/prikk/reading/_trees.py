"""The hierarchy of a dimension without a code list: from words, codes, layout and arithmetic, in that order of trust."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from prikk.reading._dimensions import Dimension, Notes
from prikk.reading._facts import SHOWN, Cells
from prikk.reading._rows import unique_rows
from prikk.reading._sums import Grid, find_sums, twins
from prikk.reading._text import counted, listed
from prikk.spec import TOTAL

_MOST_VALUES = 8_000_000
_DEEPEST = 50


@dataclass(slots=True)
class Tree:
    """Parents by number of code; 0 is the total. ``top`` is a code found to be the total itself, or 0."""

    parents: dict[int, int]
    top: int = 0

    def adopt(self, total: int, parts: Iterable[int]) -> list[int]:
        """Make codes parts of a total, but those that have one already or stand above it; give the others."""
        above = {total}
        at = total
        while at in self.parents:
            at = self.parents[at]
            above.add(at)
        taken = [p for p in parts if p not in above and p not in self.parents]
        self.parents.update(dict.fromkeys(taken, total))
        return taken


def grid_of(cells: Cells, dimension: int, codes: int, limit: int | None = None) -> Grid:
    """Arrange the figures of cells by their code in one dimension and by all other coordinates.

    ``limit`` is the most that a hidden figure can be, if that is known.
    """
    others = np.delete(cells.coords, dimension, axis=1)
    column = unique_rows(others)[1]
    wide = int(column.max(initial=-1)) + 1
    at = cells.coords[:, dimension]
    kept = np.ones(len(cells), dtype=bool)
    if codes * wide > _MOST_VALUES:  # keep the columns with most codes
        fullest = np.argsort(-np.bincount(column, minlength=wide), kind="stable")[
            : max(1, _MOST_VALUES // codes)
        ]
        place = np.full(wide, -1)
        place[fullest] = np.arange(len(fullest))
        column, wide = place[column], len(fullest)
        kept = column >= 0
    values = np.zeros((codes, wide))
    present = np.zeros((codes, wide), dtype=bool)
    exact = (cells.state == SHOWN) & (cells.low == cells.high)
    values[at[kept], column[kept]] = np.where(exact, cells.low, np.nan)[kept]
    present[at[kept], column[kept]] = True
    return Grid(values, present, limit)


def grow(dimension: Dimension, place: int, cells: Cells, limit: int | None, notes: Notes) -> Tree:
    """Give the hierarchy of a dimension; a code without a parent is right under the total."""
    declared = _declared(dimension)
    if dimension.is_time:
        return Tree({})
    if dimension.codelist is not None:
        return Tree(declared)
    grid = grid_of(cells, place, len(dimension.codes), limit)
    tree = Tree(dict(declared))
    order = [n for n in print_order(dimension) if n]
    for child, owner in dimension.within.items():
        if child in dimension.numbers and dimension.numbers.get(owner):
            tree.adopt(dimension.numbers[owner], [dimension.numbers[child]])
    _by_subtotals(dimension, grid, order, tree, notes)
    _by_groups(dimension, grid, tree, notes)
    _by_codes(dimension, grid, order, tree, notes)
    _by_layout(dimension, grid, order, tree, notes)
    if not dimension.parents:
        _by_sums(dimension, grid, order, tree, notes)
    return tree


def _declared(dimension: Dimension) -> dict[int, int]:
    """What a list, the format or the user says; codes that are not printed are stepped over."""
    tree = Tree({})
    for code in dimension.codes[1:]:
        above, steps = dimension.parents.get(code, ""), 0
        while above and above not in dimension.numbers and above in dimension.parents and steps < _DEEPEST:
            above, steps = dimension.parents[above], steps + 1
        if above in dimension.numbers and above not in (TOTAL, code):
            tree.adopt(dimension.numbers[above], [dimension.numbers[code]])
    return tree.parents


def print_order(dimension: Dimension) -> list[int]:
    """The codes in the order of print: each new one stands behind the one printed before it."""
    order: list[str] = []
    for sequence in dimension.sequences:
        last = -1
        for code in dict.fromkeys(sequence):
            if code in order:
                last = order.index(code)
            else:
                last += 1
                order.insert(last, code)
    rest = [c for c in dimension.codes if c not in set(order)]
    return [dimension.numbers[c] for c in (*order, *rest)]


def _by_subtotals(dimension: Dimension, grid: Grid, order: Sequence[int], tree: Tree, notes: Notes) -> None:
    """Labels such as "I alt lønnstilskudd": the total of the rows between it and the one before, or after it."""
    marked = {dimension.numbers[c] for c in dimension.subtotals if c in dimension.numbers} - set(
        tree.parents.values()
    )
    if not marked:
        return
    sequences = [[dimension.numbers[c] for c in run] for run in dimension.sequences]
    before, after = _spans(sequences, marked, -1), _spans(sequences, marked, 1)
    sure = {m: (grid.agreement(m, before[m]), grid.agreement(m, after[m])) for m in marked}
    rest = {n for run in sequences for n in run if n and n not in marked}
    score = [
        (sum(own[k].holds for own in sure.values()), -len(rest - {n for run in spans.values() for n in run}))
        for k, spans in enumerate((before, after))
    ]
    chosen = after if score[1] > score[0] else before
    named = []
    for total in (n for n in order if n in marked):
        if tree.adopt(total, chosen[total]):
            named.append(dimension.labels.get(dimension.codes[total], ""))
    if named:
        side = "above" if chosen is before else "below"
        notes.assume(
            f"{listed(named)} in '{dimension.title}' {'is' if len(named) == 1 else 'are'} the total of the rows {side}"
        )


def _spans(sequences: Iterable[Sequence[int]], marked: set[int], step: int) -> dict[int, list[int]]:
    """For each marked code the codes next to it on one side in any table, up to another marked one or the total."""
    spans: dict[int, dict[int, None]] = {m: {} for m in marked}
    for order in sequences:
        for at, code in enumerate(order):
            i = at + step
            while code in marked and 0 <= i < len(order) and order[i] not in marked and order[i]:
                spans[code].setdefault(order[i])
                i += step
    return {code: list(run) for code, run in spans.items()}


def _by_groups(dimension: Dimension, grid: Grid, tree: Tree, notes: Notes) -> None:
    """A column such as "Telemark kommuner" names a group of codes: another code may be its total."""
    members: dict[str, list[int]] = {}
    for code, group in dimension.groups.items():
        if code in dimension.numbers and code != TOTAL:
            members.setdefault(group, []).append(dimension.numbers[code])
    for group, parts in members.items():
        able = [
            n for n in range(1, len(dimension.codes)) if n not in parts and n not in tree.parents.values()
        ]
        free = [p for p in parts if p not in tree.parents]
        if len(free) != len(parts) or len(parts) < 2:
            continue
        found = [
            n for n in able if (a := grid.agreement(n, parts)).holds and a.bits >= 8 + np.log2(1 + len(able))
        ]
        if len(found) == 1:
            tree.adopt(found[0], parts)
            name = dimension.labels.get(dimension.codes[found[0]], "")
            notes.assume(f"'{name}' is the total of the {len(parts)} of '{group}': the figures add up")


def _by_codes(dimension: Dimension, grid: Grid, order: Iterable[int], tree: Tree, notes: Notes) -> None:
    """Codes that begin with another code, as 3801 with 38, are its parts, unless the figures say otherwise."""
    codes = {dimension.codes[n]: n for n in order if any(c.isdigit() for c in dimension.codes[n])}
    groups: dict[int, list[int]] = {}
    for code, number in codes.items():
        above = next((code[:k] for k in range(len(code) - 1, 0, -1) if code[:k] in codes), None)
        if above is not None and number not in tree.parents and code.isalnum():
            groups.setdefault(codes[above], []).append(number)
    named = []
    for total, parts in groups.items():
        same = len({len(dimension.codes[p]) for p in parts}) == 1 and len(dimension.codes[total]) > 1
        if (same or grid.agreement(total, parts).holds) and _take(grid, tree, total, parts):
            named.append(dimension.codes[total])
    if named:
        notes.assume(f"Codes of '{dimension.title}' that begin with {listed(named)} are its parts")


def _take(grid: Grid, tree: Tree, total: int, parts: Sequence[int]) -> bool:
    """Make parts of a total, unless most of what can be checked speaks against it."""
    agreement = grid.agreement(total, parts)
    if (agreement.checked or agreement.over) and agreement.equal * 2 < agreement.checked + agreement.over:
        return False
    return bool(tree.adopt(total, parts))


def _by_layout(dimension: Dimension, grid: Grid, order: Sequence[int], tree: Tree, notes: Notes) -> None:
    """Indented labels are parts of the one above; plain ones of the bold one before or after them."""
    indents = {n: dimension.looks.get(dimension.codes[n], (False, 0))[1] for n in order}
    bold = {n for n in order if dimension.looks.get(dimension.codes[n], (False, 0))[0]}
    named: list[str] = []
    if len(set(indents.values())) > 1:
        for total, parts in _indented(order, indents).items():
            free = [p for p in parts if p not in tree.parents]
            if free and _take(grid, tree, total, free):
                named.append(dimension.labels.get(dimension.codes[total], ""))
    elif bold and len(bold) < len(order):
        spans = [_spans([order], bold, step) for step in (1, -1)]
        scores = [sum(grid.agreement(t, p).holds for t, p in s.items() if p) for s in spans]
        best = spans[0] if scores[0] >= scores[1] else spans[1]
        for total, parts in best.items():
            free = [p for p in parts if p not in tree.parents]
            if free and total not in tree.parents and max(scores) and _take(grid, tree, total, free):
                named.append(dimension.labels.get(dimension.codes[total], ""))
    if named:
        notes.assume(
            f"{listed(named)} in '{dimension.title}' {'is' if len(named) == 1 else 'are'} the total of the rows set off from it"
        )


def _indented(order: Sequence[int], indents: dict[int, int]) -> dict[int, list[int]]:
    groups: dict[int, list[int]] = {}
    path: list[int] = []
    for code in order:
        while path and indents[path[-1]] >= indents[code]:
            path.pop()
        if path:
            groups.setdefault(path[-1], []).append(code)
        path.append(code)
    return groups


def _by_sums(dimension: Dimension, grid: Grid, order: Sequence[int], tree: Tree, notes: Notes) -> None:
    """Totals that no word or layout shows: the figures add up wherever all are shown."""
    total_printed = bool(grid.present[0].any())
    own = dict(tree.parents)
    for total, parts in find_sums(grid, order, own):
        roots = [n for n in order if n not in own]
        name = dimension.labels.get(dimension.codes[total], dimension.codes[total])
        checks = counted(grid.agreement(total, parts).checked, "column")
        if roots == [total] and not total_printed:
            tree.top = total
            notes.assume(
                f"'{name}' is the total of '{dimension.title}': it is the sum of the others in {checks}"
            )
        else:
            named = [dimension.labels.get(dimension.codes[p], dimension.codes[p]) for p in parts]
            notes.assume(f"'{name}' is the total of {listed(named)}: the figures add up in {checks}")
        tree.adopt(total, parts)
    if total_printed:
        _by_twins(dimension, grid, order, tree, notes)


def _by_twins(dimension: Dimension, grid: Grid, order: Sequence[int], tree: Tree, notes: Notes) -> None:
    """Two codes with the same figures are a group and its only member, if the total has them only once."""
    roots = [n for n in order if n not in tree.parents]
    pairs = list(twins(grid, roots))
    before = grid.agreement(0, roots)
    if not pairs or (before.holds and not before.over):
        return
    lower = {b for _, b in pairs}
    after = grid.agreement(0, [n for n in roots if n not in lower])
    if after.equal == after.checked and after.over * 10 <= before.over:
        for upper, low in pairs:
            tree.adopt(upper, [low])
        named = [dimension.labels.get(dimension.codes[a], dimension.codes[a]) for a, _ in pairs]
        notes.assume(
            f"{listed(named)} of '{dimension.title}' {'has' if len(named) == 1 else 'have'} one part each, with the same figures"
        )
