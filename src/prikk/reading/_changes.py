"""Changes since an earlier period: with the earlier figure where a document prints it, else with an unknown."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from prikk.reading._beside import Beside, System, exact_values, usual
from prikk.reading._dating import PERIOD
from prikk.reading._dimensions import Notes
from prikk.reading._periods import Moment, moment
from prikk.reading._piece import Ints
from prikk.reading._text import counted, key
from prikk.reading._words import Role

_STEPS = (("year", 12), ("quarter", 3), ("month", 1))


def add_changes(system: System, columns: Sequence[Beside], notes: Notes) -> None:
    """Add what changes, in numbers and in per cent, say of hidden counts."""
    unknown: dict[int, int] = {}
    for column in columns:
        if column.role == Role.CHANGE:
            _differences(system, column, _earlier(system, column, notes), unknown, notes)
    for column in columns:
        if column.role == Role.GROWTH:
            _growth(system, column, _partner(column, columns), unknown, notes)


def _partner(column: Beside, columns: Sequence[Beside]) -> Beside | None:
    """The changes in numbers of the same counts."""
    same = (c for c in columns if c.role == Role.CHANGE and np.array_equal(c.cells, column.cells))
    return next(same, None)


def _earlier(system: System, column: Beside, notes: Notes) -> Ints | None:
    """The cells of the earlier period, if they are printed and the shown ones agree."""
    place = next((d for d, h in enumerate(system.built.table.hierarchies) if h.name == PERIOD), None)
    if place is None:
        return None
    numbers, now = column.numbers(), exact_values(system, column.cells)
    for name, months in _steps(column.head):
        cells = _moved(system, column.cells, place, months)
        change = now - exact_values(system, cells)
        clear = ~np.isnan(numbers) & ~np.isnan(change)
        if usual(int((change == numbers)[clear].sum()), int(clear.sum())):
            notes.assume(f"'{column.head}' is the change since one {name} earlier, which is printed too")
            return cells
    return None


def _steps(head: str) -> list[tuple[str, int]]:
    plain = key(head)
    if any(w in plain for w in ("måned", "month", "mnd")):
        return [s for s in _STEPS if s[0] == "month"]
    if any(w in plain for w in ("kvartal", "quarter")):
        return [s for s in _STEPS if s[0] == "quarter"]
    return list(_STEPS)


def _moved(system: System, cells: Ints, place: int, months: int) -> Ints:
    """The same cells so many months earlier; -1 where they are not printed."""
    hierarchy = system.built.table.hierarchies[place]
    before = np.zeros(len(hierarchy.codes), dtype=np.int32)
    for i, code in enumerate(hierarchy.codes):
        then = _before(moment(code), months)
        before[i] = hierarchy.index.get(then.code, 0) if then is not None else 0
    coords = system.built.table.coords[np.maximum(cells, 0)].copy()
    coords[:, place] = before[coords[:, place]]
    found = system.built.table.find(coords)
    return np.where((cells >= 0) & (coords[:, place] > 0), found, -1).astype(np.int64)


def _before(now: Moment | None, months: int) -> Moment | None:
    if now is None or now.year is None:
        return None
    if months % 12 == 0:
        return Moment(now.year - months // 12, now.month, now.quarter)
    if now.quarter is not None and months % 3 == 0:
        at = now.year * 4 + now.quarter - 1 - months // 3
        return Moment(at // 4, None, at % 4 + 1)
    if now.month is None:
        return None
    at = now.year * 12 + now.month - 1 - months
    return Moment(at // 12, at % 12 + 1)


def _differences(
    system: System, column: Beside, earlier: Ints | None, unknown: dict[int, int], notes: Notes
) -> None:
    """Write ``count - earlier count = change`` where one of the two is hidden."""
    written = 0
    for row, cell in enumerate(column.cells.tolist()):
        figure = column.figures[row]
        if figure is None or cell < 0 or not figure.whole:
            continue
        change, text = int(figure.value), f"{column.texts[row]} under '{column.head}'"
        then = -1 if earlier is None else int(earlier[row])
        if then >= 0:
            system.relate([(cell, 1), (then, -1)], change, change, text)
        elif system.exact(cell) is None and cell not in unknown:
            unknown[cell] = system.unknown(f"the earlier figure beside {text}")
            system.relate([(cell, 1), (unknown[cell], -1)], change, change, text)
            written += 1
    if written:
        notes.assume(
            f"The earlier figures behind '{column.head}' are not printed: beside {counted(written, 'hidden figure')} they may be "
            "anything that is not negative"
        )


def _growth(
    system: System, column: Beside, partner: Beside | None, unknown: dict[int, int], notes: Notes
) -> None:
    """Write ``low <= 100 (count - earlier) / earlier <= high`` where the count is hidden."""
    if partner is not None and not _agrees(system, column, partner):
        notes.doubt(
            f"'{column.head}' does not agree with the changes beside it, and is not used; settled by [columns]"
        )
        return
    for row, cell in enumerate(column.cells.tolist()):
        span = column.interval(row)
        if span is None or cell < 0 or system.exact(cell) is not None:
            continue
        text = f"{column.texts[row]} under '{column.head}'"
        if cell not in unknown:
            unknown[cell] = system.unknown(f"the earlier figure beside {text}")
        for end, at_least in ((span[0] + 100, True), (span[1] + 100, False)):
            bound = max(end, Fraction(0))
            terms = [(cell, 100 * bound.denominator), (unknown[cell], -bound.numerator)]
            system.relate(terms, 0 if at_least else None, None if at_least else 0, text)


def _agrees(system: System, column: Beside, partner: Beside) -> bool:
    tests = []
    for row, cell in enumerate(column.cells.tolist()):
        span, change, count = column.interval(row), partner.figures[row], system.exact(cell)
        if span is None or change is None or count is None or count == change.value:
            continue
        growth = Fraction(100) * Fraction(change.value) / (count - Fraction(change.value))
        tests.append(span[0] <= growth <= span[1])
    return not tests or sum(tests) * 10 >= len(tests) * 9
