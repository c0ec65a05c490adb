"""Tables that print different figures for what looks like the same cell: their headings tell them apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from prikk.reading._dimensions import Dimension, Notes, free_name
from prikk.reading._facts import MISSING, SHOWN, Cells, Facts
from prikk.reading._periods import moment, single_moment, span_of
from prikk.reading._piece import Piece
from prikk.reading._text import key, listed, plain
from prikk.reading._words import is_total
from prikk.spec import TOTAL

_FEW = 3


@dataclass(frozen=True, slots=True)
class Compared:
    """Pairs of pieces (the lower first): how many cells both print, both show, show differently, and by much.

    ``size`` gives for each piece how many cells it prints, hidden ones too.
    """

    both: Counter[tuple[int, int]] = field(default_factory=Counter)
    shared: Counter[tuple[int, int]] = field(default_factory=Counter)
    differ: Counter[tuple[int, int]] = field(default_factory=Counter)
    wide: Counter[tuple[int, int]] = field(default_factory=Counter)
    size: Counter[int] = field(default_factory=Counter)


def compared(facts: Facts, cells: Cells) -> Compared:
    """Compare what the pieces print of the cells that they share."""
    found = Compared()
    printed = np.flatnonzero(facts.state != MISSING)
    order = printed[np.lexsort((facts.state[printed], cells.number[printed]))]
    starts = (
        np.flatnonzero(np.r_[True, np.diff(cells.number[order]) != 0, True])
        if len(order)
        else np.zeros(0, int)
    )
    for a, b in zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True):
        own: dict[int, int] = {}
        for i in order[a:b].tolist():
            own.setdefault(int(facts.piece[i]), i)
        found.size.update(own.keys())
        if len(own) > 1:
            _compare(facts, own, found)
    return found


def conflicts(found: Compared) -> list[tuple[int, int]]:
    """Give pairs of pieces that mostly disagree where they print the same cells.

    A few differing figures among many equal ones are errors; a single shared figure must differ by much.
    """
    return [p for p, n in found.differ.items() if _apart(n, found.shared[p], found.wide[p])]


def repeats(found: Compared, pieces: Sequence[Piece]) -> dict[int, int]:
    """Give pieces that only show again what another of their document does, under the same heading of their own.

    Such is the table behind a chart. It is of what the other is of, though its own titles may not say so.
    """
    again: dict[int, int] = {}
    for (p, q), shared in found.shared.items():
        if found.differ[p, q] or pieces[p].document != pieces[q].document:
            continue
        less, more = sorted((p, q), key=lambda x: (found.size[x], -x))
        before = again.get(less)
        better = before is None or found.size[more] > found.size[before]
        inside = found.both[p, q] == found.size[less] and shared >= _FEW
        if inside and better and _same_heading(pieces, less, more):
            again[less] = more
    return {p: q for p, q in again.items() if q not in again}


def _same_heading(pieces: Sequence[Piece], one: int, other: int) -> bool:
    """Whether two pieces have a title in common that another of their document has not."""
    titles = [set(p.titles) for p in pieces if p.document == pieces[one].document]
    both = set(pieces[one].titles) & set(pieces[other].titles)
    return any(not all(t in own for own in titles) for t in both)


def _compare(facts: Facts, own: Mapping[int, int], found: Compared) -> None:
    pieces = sorted(own)
    for k, p in enumerate(pieces):
        for q in pieces[k + 1 :]:
            one, other = own[p], own[q]
            found.both[p, q] += 1
            if facts.state[one] != SHOWN or facts.state[other] != SHOWN:
                continue
            found.shared[p, q] += 1
            if facts.low[one] > facts.high[other] or facts.high[one] < facts.low[other]:
                low, high = sorted((int(facts.low[one]), int(facts.low[other])))
                found.differ[p, q] += 1
                found.wide[p, q] += (high - low) * 10 > high


def _apart(differ: int, shared: int, wide: int) -> bool:
    if shared < _FEW:
        return wide == differ == shared
    return differ * 2 > shared


def joined(pairs: Sequence[tuple[int, int]]) -> list[set[int]]:
    """Put pairs that share a piece into one group."""
    groups: list[set[int]] = []
    for pair in pairs:
        touching = [g for g in groups if g & set(pair)]
        groups = [g for g in groups if g not in touching] + [set(pair).union(*touching)]
    return groups


def headed(
    groups: Sequence[set[int]],
    pieces: Sequence[Piece],
    dimensions: list[Dimension],
    told: tuple[Mapping[int, str] | None, Mapping[int, int]],
    notes: Notes,
) -> dict[int, int]:
    """Add a dimension that tells the pieces of each group apart, and give the number of each piece's code in it.

    ``told`` is what each piece is of, if that tells all of them apart (a piece that says nothing gets no code), and
    which pieces only repeat another.
    """
    said, again = told
    name = free_name("heading", [d.name for d in dimensions])
    dimension = Dimension(name=name, title=name, named=False)
    dimensions.append(dimension)
    numbers: dict[int, int] = {}
    if said is None:
        for group in groups:
            numbers |= _headings(group - {p for p in group if again.get(p) in group}, pieces, dimension)
        numbers |= {p: numbers[q] for p, q in again.items() if q in numbers}
    else:
        numbers = {p: dimension.number(dimension.code_of(t), t) for p, t in said.items() if t}
    dimension.order(list(dict.fromkeys(numbers.values())))
    labels = [dimension.labels[c] for c in dimension.codes if c in dimension.labels]
    notes.assume(
        f"Tables with the same rows and columns but other figures are told apart by their headings: {listed(labels)}"
    )
    return numbers


def _headings(group: set[int], pieces: Sequence[Piece], dimension: Dimension) -> dict[int, int]:
    texts = own_titles(pieces, sorted(group))
    numbers: dict[int, int] = {}
    used: Counter[str] = Counter()
    for p in sorted(group):
        text = texts[p]
        same = [q for q in group if key(texts[q]) == key(text)]
        if not text or (len(same) > 1 and not _goes_on(same, pieces)):
            used[text] += 1
            text = f"{text} ({used[text]})".strip() if text else f"table {p + 1}"
        code = TOTAL if is_total(text) else plain(text)
        numbers[p] = dimension.number(code, text)
    return numbers


def _goes_on(same: Sequence[int], pieces: Sequence[Piece]) -> bool:
    """Whether pieces under one heading are pages of one table: no row of one stands in another, but the totals."""
    seen: Counter[str] = Counter()
    for p in same:
        seen.update({key(t) for a in pieces[p].axes if a.origin == "stub" for t in a.labels})
    return sum(n > 1 for n in seen.values()) * 2 < len(seen)


def own_titles(pieces: Sequence[Piece], chosen: Sequence[int]) -> dict[int, str]:
    """The titles of each piece without the lines that all of them have, and without periods."""
    return distinct_titles({p: pieces[p].titles for p in chosen}, {p: pieces[p].place for p in chosen})


def distinct_titles(titles: Mapping[int, Sequence[str]], places: Mapping[int, str]) -> dict[int, str]:
    """What tells tables apart: titles that not all have; where there are none, their places."""
    lines = {p: [plain(t) for t in own if t and not _is_period(t)] for p, own in titles.items()}
    titled = [set(own) for own in lines.values() if own]
    often = Counter(t for own in titled for t in own)
    common = {t for t, n in often.items() if n * 10 >= len(titled) * 9}
    texts = {p: ", ".join(dict.fromkeys(t for t in own if t not in common)) for p, own in lines.items()}
    if len(set(texts.values())) == 1 and len(texts) > 1:
        texts = {p: _own_place(list(places.values()), place) for p, place in places.items()}
    return texts


def _is_period(text: str) -> bool:
    return (
        moment(text) is not None
        or (span_of(text) is not None and len(text) < 40)
        or (single_moment(text) is not None and len(text) < 24)
    )


def _own_place(places: Sequence[str], place: str) -> str:
    """What a place has that the others do not: its sheet, or its file."""
    parts = [p.split(", ") for p in places]
    own = place.split(", ")
    rest = [t for t in own if not all(t in other for other in parts)]
    return ", ".join(rest)


def says(text: str, word: str) -> bool:
    """Whether a text has a word, or words, and not as a part of longer ones.

    >>> [says("20-24 years, jobseekers", w) for w in ("20-24 years", "jobseekers", "24 years", "job")]
    [True, True, False, False]
    """
    at = text.find(word)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(word) : at + len(word) + 1]
        if not any(c.isalnum() or c == "-" for c in (before, after) if c):
            return True
        at = text.find(word, at + 1)
    return False


def by_title_words(
    pieces: Sequence[Piece], dimensions: Sequence[Dimension], lacking: Sequence[Sequence[int]]
) -> dict[int, dict[int, int]]:
    """Codes that titles name, of dimensions that a piece has no axis for: "20-24 år" above a table by region."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    by_document: dict[int, list[int]] = defaultdict(list)
    for p, piece in enumerate(pieces):
        by_document[piece.document].append(p)
    for own in by_document.values():
        if len(own) < 2:
            continue
        titles = own_titles(pieces, own)
        for p in own:
            text = f" {key(titles[p])} "
            for d in lacking[p]:
                hits = {
                    c for w, c in dimensions[d].words.items() if len(w) > 3 and c != TOTAL and says(text, w)
                }
                if len(hits) == 1:
                    found[p][d] = dimensions[d].numbers[hits.pop()]
    return found
