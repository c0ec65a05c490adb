"""Percentages and rates: which base they have, and what they tell of hidden counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

import numpy as np

from prikk.reading._beside import Beside, System, exact_values, usual
from prikk.reading._dating import PERIOD
from prikk.reading._dimensions import Notes
from prikk.reading._piece import Ints
from prikk.reading._spec import AuditSpec
from prikk.reading._text import counted, key, listed
from prikk.reading._words import Role, rate_base
from prikk.tabular import sums

_MOST_UNKNOWN = 5_000
_FEW_CODES = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotient:
    """What percentages may be of: the cells of count and base for each figure, and the base in words."""

    name: str
    counts: Ints
    bases: Ints


def add_quotients(system: System, columns: Sequence[Beside], spec: AuditSpec, notes: Notes) -> None:
    """Add what percentages and rates say of hidden counts."""
    unused: list[str] = []
    for column in columns:
        if column.role not in (Role.PERCENT, Role.RATE):
            continue
        said = next((p for p in spec.percentages if _names(column, p.columns)), None)
        per = said.per if said is not None else (rate_base(column.head) if column.role == Role.RATE else 100)
        able = list(_quotients(system, column))
        if said is not None:
            found = next((q for q in able if key(said.base) in q.name.split(" / ")), None)
        else:
            found = _found(system, column, able, per)
        if found is not None:
            _say_base(column, found, per, notes)
            _relate(system, column, found, per)
        elif not _unknown_base(system, column, per, notes):
            unused.append(column.head or "a column without a heading")
    if unused:
        names = listed(list(dict.fromkeys(unused)), most=4)
        notes.assume(
            f"The base of the percentages under {names} is not printed; none stands beside a hidden figure"
        )


def _names(column: Beside, names: Sequence[str]) -> bool:
    parts = {key(column.head), *(key(t) for t in column.head.split(": "))}
    return any(key(n) in parts for n in names)


def _quotients(system: System, column: Beside) -> Iterator[Quotient]:
    """Totals along each dimension, the code just above, and in short dimensions any other code; both ways round."""
    for name, moved in _neighbours(system, column.cells):
        yield Quotient(name=name, counts=column.cells, bases=moved)
    for d, hierarchy in enumerate(system.built.table.hierarchies):
        if hierarchy.name != PERIOD and len(hierarchy.codes) <= _FEW_CODES:
            for code in range(1, len(hierarchy.codes)):
                counts = _moved(system, column.cells, d, code)
                label = key(system.labels[d].get(hierarchy.codes[code], hierarchy.codes[code]))
                if not np.array_equal(counts, column.cells):
                    yield from (
                        Quotient(name=f"{n} / of {label}", counts=counts, bases=b)
                        for n, b in _neighbours(system, counts, only=d)
                    )


def _neighbours(system: System, cells: Ints, only: int | None = None) -> Iterator[tuple[str, Ints]]:
    for d, hierarchy in enumerate(system.built.table.hierarchies):
        if hierarchy.name == PERIOD or only not in (None, d):
            continue
        own = system.built.table.coords[np.maximum(cells, 0), d]
        above = np.maximum(np.asarray(hierarchy.parents)[own], 0)
        yield key(hierarchy.name), _moved(system, cells, d, 0)
        if bool((above > 0).any()):
            yield f"{key(hierarchy.name)} / the group", _moved(system, cells, d, above)
        if len(hierarchy.codes) <= _FEW_CODES:
            for code in range(1, len(hierarchy.codes)):
                label = system.labels[d].get(hierarchy.codes[code], hierarchy.codes[code])
                yield f"{key(label)} / {key(hierarchy.name)}", _moved(system, cells, d, code)


def _moved(system: System, cells: Ints, d: int, code: int | Ints) -> Ints:
    """The cells with another code in one dimension; -1 where there is none, or it is the same cell."""
    coords = system.built.table.coords[np.maximum(cells, 0)].copy()
    coords[:, d] = code
    found = system.built.table.find(coords)
    return np.where((cells >= 0) & (found != cells), found, -1).astype(np.int64)


def _found(system: System, column: Beside, able: Sequence[Quotient], per: int) -> Quotient | None:
    """The base with which the shown figures agree; the first of those with most to show for it."""
    best: tuple[int, Quotient] | None = None
    numbers, halves = column.numbers(), column.halves()
    for quotient in able:
        counts, bases = exact_values(system, quotient.counts), exact_values(system, quotient.bases)
        with np.errstate(invalid="ignore", divide="ignore"):
            clear = ~np.isnan(numbers) & (counts > 0) & (bases > 0) & (counts != bases)
            holds = np.abs(per * counts / bases - numbers) <= halves
        tests, good = int(clear.sum()), int((holds & clear).sum())
        if usual(good, tests) and (best is None or tests > best[0]):
            best = (tests, quotient)
    return None if best is None else best[1]


def _say_base(column: Beside, quotient: Quotient, per: int, notes: Notes) -> None:
    unit = "percentages" if per == 100 else f"rates per {per}"
    base, _, rest = quotient.name.partition(" / ")
    what = (
        f"the group above along '{base}'"
        if rest == "the group"
        else f"'{base}'"
        if rest
        else f"the total of '{base}'"
    )
    notes.assume(f"The {unit} under '{column.head}' are of {what}: the shown figures agree")


def _relate(system: System, column: Beside, quotient: Quotient, per: int) -> None:
    for at, (count, base) in enumerate(zip(quotient.counts.tolist(), quotient.bases.tolist(), strict=True)):
        span = column.interval(at)
        if span is None or count < 0 or base < 0:
            continue
        if system.exact(count) is None or system.exact(base) is None:
            text = f"{column.texts[at]} under '{column.head}', of a printed base"
            _bound(system, (count, base), span, per, text)


def _bound(
    system: System, quantities: tuple[int, int], span: tuple[Fraction, Fraction], per: int, text: str
) -> None:
    """Write ``low <= per * count / base <= high`` with whole coefficients."""
    count, base = quantities
    low, high = max(span[0], Fraction(0)), span[1]
    if low > 0:
        system.relate([(count, per * low.denominator), (base, -low.numerator)], 0, None, text)
    system.relate([(count, per * high.denominator), (base, -high.numerator)], None, 0, text)


def _unknown_base(system: System, column: Beside, per: int, notes: Notes) -> bool:
    """Use percentages of a base that no table prints: it may be anything, but bases add up as the counts do.

    False when none of them stands beside a hidden figure.
    """
    hidden = [
        at
        for at, cell in enumerate(column.cells.tolist())
        if cell >= 0 and column.figures[at] is not None and system.exact(cell) is None
    ]
    if not hidden:
        return False
    name = column.head or "a column without a heading"
    if len(hidden) + len(system.unknowns) > _MOST_UNKNOWN:
        notes.doubt(
            f"The percentages under '{name}' are too many to be used without their base; settled by [[percentages]]"
        )
        return True
    known = _base_quantities(system, column, per, hidden)
    related = _add_up(system, column, known)
    also = ", but bases add up as the counts do" if related else ""
    notes.assume(
        f"The base of the percentages under '{name}' is not printed: beside {counted(len(hidden), 'hidden figure')} it may "
        f"be anything{also}"
    )
    notes.doubt(f"What the percentages under '{name}' are of; settled by [[percentages]]")
    return True


def _base_quantities(
    system: System, column: Beside, per: int, hidden: Sequence[int]
) -> dict[int, tuple[int, int] | int]:
    """For the cell of each row its base: bounds where the count is shown, an unknown where it is hidden."""
    known: dict[int, tuple[int, int] | int] = {}
    for row, cell in enumerate(column.cells.tolist()):
        span, count = column.interval(row), system.exact(cell)
        if cell in known or span is None or not count or span[0] <= 0:
            continue
        known[cell] = (ceil(per * count / span[1]), floor(per * count / span[0]))
    for row in hidden:
        cell, span = int(column.cells[row]), column.interval(row)
        if cell in known or span is None:
            continue
        known[cell] = system.unknown(f"the base of {column.texts[row]} under '{column.head}'")
        text = f"{column.texts[row]} under '{column.head}', of a base that is not printed"
        _bound(system, (cell, known[cell]), span, per, text)  # type: ignore[arg-type]
    return known


def _add_up(system: System, column: Beside, known: Mapping[int, tuple[int, int] | int]) -> bool:
    """Let bases add up along the sums of the counts, if they do wherever all counts are shown."""
    found = sums(system.built.table)
    mixed: list[tuple[int, list[int]]] = []
    checks: list[bool] = []
    for i in range(len(found)):
        total = int(found.totals[i])
        if total not in known:
            continue
        parts = found.parts[found.starts[i] : found.starts[i + 1]].tolist()
        if any(p not in known for p in parts):
            continue
        if any(isinstance(known[c], int) for c in (total, *parts)):
            mixed.append((total, parts))
        else:
            checks.append(_overlap(known, total, parts))
    if not usual(sum(checks), len(checks), least=3):
        return False
    for total, parts in mixed:
        _sum_of_bases(system, known, total, parts, column.head)
    return bool(mixed)


def _overlap(known: Mapping[int, tuple[int, int] | int], total: int, parts: Sequence[int]) -> bool:
    own = [b for c in parts if isinstance(b := known[c], tuple)]
    whole = known[total]
    assert isinstance(whole, tuple)
    return sum(b[0] for b in own) <= whole[1] and sum(b[1] for b in own) >= whole[0]


def _sum_of_bases(
    system: System, known: Mapping[int, tuple[int, int] | int], total: int, parts: Sequence[int], head: str
) -> None:
    terms: list[tuple[int, int]] = []
    low = high = 0
    for cell, sign in ((total, 1), *((p, -1) for p in parts)):
        base = known[cell]
        if isinstance(base, int):
            terms.append((base, sign))
        else:
            ends = (sign * base[0], sign * base[1])
            low, high = low + min(ends), high + max(ends)
    text = f"the bases of the percentages under '{head}' add up as the counts do"
    system.relate(terms, -high, -low, text)
