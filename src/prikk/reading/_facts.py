"""All counts of all pieces as arrays: coordinates, what is printed, and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from prikk.errors import Finding
from prikk.reading._dimensions import Bound, Dimension, Notes
from prikk.reading._legend import Meaning
from prikk.reading._markers import Signs
from prikk.reading._numbers import Figure
from prikk.reading._piece import Ints, Piece
from prikk.reading._rows import unique_rows
from prikk.reading._text import counted
from prikk.reading._words import Role
from prikk.tabular import UNBOUNDED, Status

SHOWN, HIDDEN, MISSING = range(3)
_BASES = (1000, 100, 10, 5)
_ENOUGH_FIGURES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One entry a printed count. ``coords`` has the number of a code a dimension, -1 where the piece lacks it.

    ``low`` and ``high`` are what is printed; ``state`` is shown, hidden or missing; ``status`` is that of a
    hidden one. ``truth`` is a publisher's own figure, -1 where there is none.
    """

    coords: Ints
    low: Ints
    high: Ints
    state: NDArray[np.uint8]
    status: NDArray[np.uint8]
    truth: Ints
    piece: Ints
    cell: Ints

    def __len__(self) -> int:
        """The number of printed counts."""
        return len(self.low)


def coordinates(piece: Piece, bound: Bound, dimensions: Sequence[Dimension]) -> Ints:
    """Give a row a figure with the number of its code in each dimension, -1 where the piece lacks it.

    Of two columns of one dimension (groups and their members) the finer code counts.
    """
    coords = np.full((len(piece.texts), len(dimensions)), -1, dtype=np.int64)
    for a, (d, numbers) in enumerate(bound.axes):
        own = np.array(numbers, dtype=np.int64)[piece.index[:, a]]
        before = coords[:, d]
        depth = _depths(dimensions[d])
        deeper = (before < 0) | (depth[own] > depth[np.maximum(before, 0)])
        coords[:, d] = np.where(deeper, own, before)
    for d, number in bound.constants.items():
        coords[:, d] = np.where(coords[:, d] < 0, number, coords[:, d])
    return coords


def _depths(dimension: Dimension) -> Ints:
    depth = [0] * len(dimension.codes)
    for n, code in enumerate(dimension.codes[1:], start=1):
        at, steps = code, 1
        while (at := dimension.parents.get(at, "")) in dimension.numbers and at and steps < 50:
            steps += at != dimension.codes[0]
        depth[n] = steps
    return np.array(depth, dtype=np.int64)


def gather(
    pieces: Sequence[Piece], coords: Sequence[Ints], signs: Signs, bases: Mapping[int, int]
) -> tuple[Facts, list[Finding]]:
    """Gather the counts of all pieces, and give what cannot be one; ``bases`` is what each document rounds to."""
    parts: list[tuple[Ints, ...]] = []
    findings: list[Finding] = []
    kept: list[Ints] = []
    for number, (piece, own) in enumerate(zip(pieces, coords, strict=True)):
        roles = np.array([r == Role.COUNT for r in piece.roles])
        cells = np.flatnonzero(roles[piece.column])
        findings.extend(_faults(piece, cells))
        base = bases.get(piece.document, 1)
        parts.append((*_printed(piece, cells, signs, base), np.full(len(cells), number), cells))
        kept.append(own[cells])
    low, high, state, status, truth, piece_of, cell = (np.concatenate(x) for x in zip(*parts, strict=True))
    return Facts(
        coords=np.concatenate(kept),
        low=low,
        high=high,
        state=state.astype(np.uint8),
        status=status.astype(np.uint8),
        truth=truth,
        piece=piece_of.astype(np.int64),
        cell=cell.astype(np.int64),
    ), findings


def _faults(piece: Piece, cells: Ints) -> Iterator[Finding]:
    """What cannot be a count: one finding for each kind and column, at the first place."""
    found: dict[tuple[str, int], list[int]] = {}
    for i in cells.tolist():
        figure = piece.figures[i]
        kind = None if figure is None else _fault(figure)
        if kind is not None:
            found.setdefault((kind, int(piece.column[i])), []).append(i)
    for (kind, column), places in found.items():
        more = f", and {counted(len(places) - 1, 'more', 'more')} in the column" if len(places) > 1 else ""
        head, use = piece.heads[column] or "…", "ignore" if kind == "large" else "change"
        fix = f'Correct it; or say what the column holds: [columns] "{head}" = "{use}" in audit.toml.'
        what = f"{_FAULTS[kind]} count, '{piece.texts[places[0]]}'{more}."
        yield Finding(code=f"count-{kind}", what=what, where=piece.where(places[0]), fix=fix)


_FAULTS = {"negative": "a negative", "fractional": "a fractional", "large": "an impossibly large"}


def _fault(figure: Figure) -> str | None:
    if figure.value < 0:
        return "negative"
    if not figure.whole:
        return "fractional"
    return "large" if figure.value >= UNBOUNDED else None


def _printed(piece: Piece, cells: Ints, signs: Signs, base: int) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    low, high, state, status, truth = (np.zeros(len(cells), dtype=np.int64) for _ in range(5))
    truth[:] = -1
    reach = base // 2
    known: dict[str, tuple[int, int, int]] = {t: _sign(t, m, signs) for t, m in signs.meanings.items()}
    for at, i in enumerate(cells.tolist()):
        figure = piece.figures[i]
        if figure is None:
            low[at], high[at], state[at] = known[piece.texts[i]]
            status[at] = Status.PRIMARY
            continue
        value = min(max(0, int(figure.value)), UNBOUNDED)
        hidden = piece.hidden[i] if piece.hidden else 0
        if hidden:
            state[at] = MISSING if hidden == Status.MISSING else HIDDEN
            high[at], status[at], truth[at] = UNBOUNDED, hidden, value
        else:
            low[at], high[at], truth[at] = max(0, value - reach), value + reach, value
    return low, high, state, status, truth


def _sign(token: str, meaning: Meaning, signs: Signs) -> tuple[int, int, int]:
    if meaning == "nil":
        return 0, 0, SHOWN
    if meaning == "missing":
        return 0, UNBOUNDED, MISSING
    low, high = signs.bounds.get(token, (0, UNBOUNDED))
    return low, high, HIDDEN


def rounding_bases(
    pieces: Sequence[Piece], said: int | None, lines: Sequence[str], notes: Notes
) -> dict[int, int]:
    """Tell the base that the counts of each document are rounded to: 1 when they are exact.

    Figures that are all multiples of 5 or more are rounded, if there are enough of them or a note says so.
    """
    told = any(w in line.casefold() for line in lines for w in ("avrund", "rounded", "afrund", "gerundet"))
    bases: dict[int, int] = {}
    for document in dict.fromkeys(p.document for p in pieces):
        values = _different_counts([p for p in pieces if p.document == document])
        able = (said,) if said is not None else _BASES
        base = next((b for b in able if values and all(v % b == 0 for v in values)), 1)
        enough = told or said is not None or len(values) >= _ENOUGH_FIGURES
        bases[document] = base if enough else 1
    _say_bases(bases, said, notes, told=told)
    return bases


def _different_counts(pieces: Sequence[Piece]) -> set[int]:
    return {
        int(f.value)
        for p in pieces
        for f, c in zip(p.figures, p.column.tolist(), strict=True)
        if f is not None and p.roles[c] == Role.COUNT and f.value > 0 and f.whole
    }


def _say_bases(bases: Mapping[int, int], said: int | None, notes: Notes, *, told: bool) -> None:
    rounded = {b for b in bases.values() if b > 1}
    for base in sorted(rounded):
        where = (
            ""
            if len(rounded) == 1 and base in bases.values() and len(set(bases.values())) == 1
            else " in some documents"
        )
        how = "as given" if said is not None else "all are multiples of it"
        notes.assume(f"Figures are rounded to the nearest multiple of {base}{where} ({how})")
    if rounded and said is None:
        notes.doubt(
            "How far rounding may have moved a figure is taken to be half its base; settled by rule.rounding"
        )
    if not rounded and (told or (said or 1) > 1):
        notes.doubt("Rounding is spoken of, but the counts have no common base; settled by rule.rounding")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """Different cells: facts with equal coordinates put together, in the order of their keys.

    ``number`` gives the cell of each fact; ``clashes`` the pairs of facts that print different figures for one cell.
    """

    coords: Ints
    low: Ints
    high: Ints
    state: NDArray[np.uint8]
    status: NDArray[np.uint8]
    truth: Ints
    number: Ints
    clashes: tuple[tuple[int, int], ...]

    def __len__(self) -> int:
        """The number of cells."""
        return len(self.low)


def different(facts: Facts, coords: Ints) -> Cells:
    """Put facts about the same cell together: a shown figure wins over a hidden one, the first over later ones.

    Intervals that overlap are narrowed to what they share.
    """
    unique, at = unique_rows(coords)
    number = at.astype(np.int64)
    order = np.lexsort((np.arange(len(facts)), facts.state, number))
    first = order[np.unique(number[order], return_index=True)[1]]
    shown = facts.state == SHOWN
    apart = (facts.low > facts.high[first[number]]) | (facts.high < facts.low[first[number]])
    clash = np.flatnonzero(shown & shown[first[number]] & apart)
    low, high = facts.low[first].copy(), facts.high[first].copy()
    alike = shown & shown[first[number]] & ~apart  # rounded in one table and exact in another
    np.maximum.at(low, number[alike], facts.low[alike])
    np.minimum.at(high, number[alike], facts.high[alike])
    wrong = low > high
    low[wrong], high[wrong] = facts.low[first][wrong], facts.high[first][wrong]
    hidden = np.zeros(len(unique), dtype=bool)
    np.logical_or.at(hidden, number, facts.state == HIDDEN)
    state = facts.state[first].copy()
    status = facts.status[first].copy()
    both = hidden & (state == SHOWN)
    state[both], status[both] = HIDDEN, Status.PRIMARY
    return Cells(
        coords=unique.astype(np.int64),
        low=low,
        high=high,
        state=state,
        status=status,
        truth=facts.truth[first],
        number=number,
        clashes=tuple((int(first[number[i]]), int(i)) for i in clash),
    )
