"""Is an assumed total one? What the figures say where all parts of it are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

import numpy as np

from prikk.reading._dimensions import Dimension, Notes
from prikk.reading._facts import SHOWN, Cells, Facts
from prikk.reading._rows import row_keys
from prikk.reading._spec import AuditSpec, DimensionRule
from prikk.reading._sums import Agreement, Grid
from prikk.reading._text import counted, listed, setting
from prikk.reading._trees import Tree, grid_of


class Verdict(Enum):
    """What an assumed total is: the sum of its parts, that and an unprinted rest, or no sum at all."""

    SUM = "sum"
    REST = "rest"
    UNLIKE = "unlike"
    OVERLAP = "overlap"


@dataclass(slots=True)
class Verdicts:
    """For each dimension the codes that have a rest, and those whose sums must not be used."""

    rest: list[set[int]] = field(default_factory=list)
    unused: list[set[int]] = field(default_factory=list)
    overlapping: list[tuple[int, int, Agreement]] = field(default_factory=list)
    sums: int = 0


def judge(
    dimensions: Sequence[Dimension],
    trees: Sequence[Tree],
    cells: Cells,
    spec: AuditSpec,
    notes: Notes,
) -> Verdicts:
    """Check every assumed total, and say how it went."""
    verdicts = Verdicts()
    for d, (dimension, tree) in enumerate(zip(dimensions, trees, strict=True)):
        verdicts.rest.append(set())
        verdicts.unused.append(set())
        if dimension.is_time or len(dimension.codes) < 2:
            continue
        grid = grid_of(cells, d, len(dimension.codes))
        complete = (spec.dimensions.get(dimension.name) or DimensionRule()).complete
        groups = _groups(tree, grid, len(dimension.codes))
        tally = Agreement(checked=0, equal=0, above=0, below=0, bits=0.0)
        for total, parts in groups.items():
            agreement = grid.agreement(total, parts)
            known = _Known(len(parts), _lacks_codes(dimension, tree, total), dimension.codelist is not None)
            owner = dimension.codes[total] in dimension.within.values()
            verdict = _verdict(agreement, known, False if owner and complete is None else complete)
            _note(verdicts, (d, total), agreement, verdict)
            if verdict == Verdict.SUM:
                tally = _added(tally, agreement)
            _say(dimension, (total, parts), agreement, verdict, notes)
        odd = verdicts.rest[d] | verdicts.unused[d]
        _say_checked(dimension, tally, {t: p for t, p in groups.items() if t not in odd}, grid, notes)
        if not groups and len(dimension.codes) > 2:
            labels = [dimension.labels.get(c, c) for c in dimension.codes[1:]]
            notes.assume(
                f"'{dimension.title}' has no total: {listed(labels, most=3)} stand beside each other"
            )
    return verdicts


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of the parts of a total: how many are printed, and what a code list says."""

    parts: int
    lacks: bool
    listed: bool

    @property
    def open(self) -> bool:
        """Whether, with no sum to check, there may be more parts than are printed."""
        return self.lacks or (self.parts == 1 and not self.listed)


def _note(verdicts: Verdicts, place: tuple[int, int], agreement: Agreement, verdict: Verdict) -> None:
    d, total = place
    if verdict == Verdict.SUM:
        verdicts.sums += agreement.checked > 0
    elif verdict == Verdict.REST:
        verdicts.rest[d].add(total)
    elif verdict == Verdict.UNLIKE:
        verdicts.unused[d].add(total)
    else:
        verdicts.overlapping.append((d, total, agreement))


def _groups(tree: Tree, grid: Grid, codes: int) -> dict[int, list[int]]:
    """The totals that are printed, with their printed parts."""
    groups: dict[int, list[int]] = {}
    for n in range(1, codes):
        if n != tree.top and grid.present[n].any():
            groups.setdefault(tree.parents.get(n, 0), []).append(n)
    return {t: p for t, p in groups.items() if grid.present[t].any()}


def _lacks_codes(dimension: Dimension, tree: Tree, total: int) -> bool:
    """Whether the code list has parts of a total that no table prints."""
    if dimension.codelist is None:
        return False
    code = dimension.codes[total]
    return any(p == code and c not in dimension.numbers for c, p in dimension.codelist.parents.items())


def _verdict(agreement: Agreement, known: _Known, complete: bool | None) -> Verdict:  # noqa: FBT001
    checked, below = agreement.checked + agreement.over, agreement.below + agreement.over
    failed = checked - agreement.equal
    if complete is not None and below * 2 <= max(1, checked):
        return Verdict.SUM if complete else Verdict.REST
    if checked == 0:
        return Verdict.REST if known.open else Verdict.SUM
    leaves = below == 0 and failed > 0
    if leaves and (known.parts == 1 or (agreement.equal == 0 and failed > 1)):
        return Verdict.REST
    if failed * 2 <= checked or checked == 1:
        return Verdict.SUM
    if leaves:
        return Verdict.REST
    return Verdict.OVERLAP if agreement.above == 0 else Verdict.UNLIKE


def _added(a: Agreement, b: Agreement) -> Agreement:
    return Agreement(
        checked=a.checked + b.checked,
        equal=a.equal + b.equal,
        above=a.above + b.above,
        below=a.below + b.below,
        bits=a.bits + b.bits,
        over=a.over + b.over,
    )


def _say(
    dimension: Dimension,
    group: tuple[int, Sequence[int]],
    agreement: Agreement,
    verdict: Verdict,
    notes: Notes,
) -> None:
    total, parts = group
    name = dimension.labels.get(dimension.codes[total], dimension.codes[total])
    if verdict == Verdict.REST:
        said = (
            f"{agreement.above} of {counted(agreement.checked, 'sum')} leave something"
            if agreement.checked
            else "nothing tells that they do"
        )
        notes.assume(
            f"The printed parts of '{name}' ({dimension.title}) do not make up all of it ({said}): a rest that no table prints is allowed for"
        )
        if not agreement.checked:
            notes.doubt(
                f"Whether the {counted(len(parts), 'printed part')} of '{name}' ({dimension.title}) make up all of it; settled by {setting('dimensions', dimension.name, 'complete')}"
            )
    elif verdict == Verdict.UNLIKE:
        _say_unlike(dimension, total, agreement, notes)


def _say_unlike(dimension: Dimension, total: int, agreement: Agreement, notes: Notes) -> None:
    name = dimension.labels.get(dimension.codes[total], dimension.codes[total])
    checked = agreement.checked + agreement.over
    notes.doubt(
        f"'{name}' ({dimension.title}) is no total of its parts as they are understood: it differs from their sum in "
        f"{checked - agreement.equal} of {counted(checked, 'column')}. Its sums are not used; settled by {setting('dimensions', dimension.name, 'parents')}"
    )


def _say_checked(
    dimension: Dimension, tally: Agreement, groups: dict[int, list[int]], grid: Grid, notes: Notes
) -> None:
    if not groups:
        return
    names = [dimension.labels.get(dimension.codes[t], dimension.codes[t]) for t in groups]
    sums = int(sum((grid.present[t] & grid.present[p].any(axis=0)).sum() for t, p in groups.items()))
    text = f"{listed(names, most=4)} {'is' if len(names) == 1 else 'are'} the total of '{dimension.title}'"
    if len(names) > 1:
        text = f"{listed(names, most=4)} are totals of '{dimension.title}'"
    checked = (
        f"{tally.equal} of {counted(tally.checked, 'sum')} with all parts shown {'adds' if tally.checked == 1 else 'add'} up"
        if tally.checked
        else "no sum has all its parts shown"
    )
    notes.assume(f"{text}: {checked} ({counted(sums, 'sum')} in all)")


def distinct_people(
    verdicts: Verdicts, dimensions: Sequence[Dimension], spec: AuditSpec, lines: Sequence[str], notes: Notes
) -> bool:
    """Whether the figures count distinct people, of whom one may stand in several parts of a total.

    If not, totals below the sum of their parts are no totals, and their sums are not used.
    """
    overlaps = sum(a.checked + a.over for _, _, a in verdicts.overlapping)
    told = any(w in line.casefold() for line in lines for w in _PEOPLE_WORDS)
    people = spec.rule.unit == "person" or (
        spec.rule.unit is None and overlaps > 0 and (told or (overlaps >= _MANY and not verdicts.sums))
    )
    if spec.rule.unit is not None:
        notes.assume(_PEOPLE if people else "Totals are sums of their parts (as given)")
    elif people:
        notes.assume(_PEOPLE)
        notes.doubt(
            "That one person may be counted in several parts is taken from totals below the sum of their parts; settled by rule.unit"
        )
    if not people:
        for d, total, agreement in verdicts.overlapping:
            verdicts.unused[d].add(total)
            _say_unlike(dimensions[d], total, agreement, notes)
    return people


_MANY = 6
_PEOPLE = (
    "Figures count distinct people: a total is at least its largest part and at most the sum of its parts"
)
_PEOPLE_WORDS = (
    "flere ganger",
    "flere tiltak",
    "unike personer",
    "samme person",
    "distinct people",
    "unique persons",
    "more than once",
    "dobbelt",
)


def may_be_total(facts: Facts, dimension: int, codes: int, tree: Tree, cells: Cells) -> bool | None:
    """Whether cells of tables without a dimension are its totals; None when nothing tells."""
    same = _same_totals(facts, dimension)
    if same is not None:
        return same
    grid = grid_of(cells, dimension, codes)
    parts = [n for n in range(1, codes) if tree.parents.get(n, 0) == 0 and grid.present[n].any()]
    if not parts or not grid.present[0].any():
        return None
    agreement = grid.agreement(0, parts)
    if agreement.checked:
        return agreement.equal * 2 > agreement.checked or agreement.below + agreement.over == 0
    return True if agreement.partly > 2 and not agreement.over else None


def _same_totals(facts: Facts, dimension: int) -> bool | None:
    """Whether the figures of tables without a dimension are those of others' totals, where both print a cell."""
    coords = np.maximum(facts.coords, 0)
    shown = facts.state == SHOWN
    lacking = np.flatnonzero((facts.coords[:, dimension] < 0) & shown)
    totals = np.flatnonzero((facts.coords[:, dimension] == 0) & shown)
    keys = row_keys(coords)
    known = dict(zip(keys[totals].tolist(), facts.low[totals].tolist(), strict=True))
    pairs = [
        (known[k], v)
        for k, v in zip(keys[lacking].tolist(), facts.low[lacking].tolist(), strict=True)
        if k in known
    ]
    alike = sum(
        abs(a - b) * 10 <= max(a, b) for a, b in pairs
    )  # a small difference is an error, and reported
    return None if not pairs else alike * 2 >= len(pairs)
