"""One label spelled in several ways: what a text extraction garbles in one table stands right in another.

Two labels are taken for one when they are alike, never stand in the same table, and have the same labels before and
after them (or garbled ones that are alike); the same on one side is enough for labels that differ by a letter or two,
because tables leave rows out. Numbers and punctuation must be equal: "20-24 år" is not "20-29 år".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from prikk.reading._dimensions import Bound, Dimension, Notes
from prikk.reading._text import listed, setting, similarity, squash
from prikk.spec import TOTAL

_LEAST, _SURE = 0.7, 0.9
_START = 3
_SHORTEST = 5
_MOST = 1000
_FIXED = re.compile(r"\d+|[^\w\s]")
_END = ""

Places = dict[str, list[tuple[int, str, str]]]
"""For each code the number of every table that prints it, with the codes before and after it there."""


def merge_variants(dimensions: Sequence[Dimension], bounds: Sequence[Bound], notes: Notes) -> None:
    """Give spellings of one label one code, in every dimension without a code list."""
    for place, dimension in enumerate(dimensions):
        if dimension.codelist is not None or dimension.is_time or len(dimension.sequences) < 2:
            continue
        merged: dict[str, str] = {}
        while found := _variants(dimension):  # merging some shows that the neighbours of others are the same
            _replace(dimension, place, found, bounds)
            merged = {code: found.get(other, other) for code, other in merged.items()} | found
        _tell(dimension, merged, notes)


def _variants(dimension: Dimension) -> dict[str, str]:
    """The code that each garbled one stands for: that of the spelling which most tables have."""
    places = _places(dimension)
    if len(places) > _MOST:
        return {}
    codes = list(places)
    pairs = [
        (similarity(squash(a), squash(b)), a, b)
        for i, a in enumerate(codes)
        for b in codes[i + 1 :]
        if _same(a, b, places)
    ]
    group = {code: {code} for code in codes}
    for _, a, b in sorted(pairs, key=lambda p: -p[0]):
        if group[a] is not group[b] and not _tables(group[a], places) & _tables(group[b], places):
            group[a] |= group[b]
            for code in group[b]:
                group[code] = group[a]
    found: dict[str, str] = {}
    for code, own in group.items():
        best = max(sorted(own), key=lambda c: (len(places[c]), -codes.index(c)))
        if best != code:
            found[code] = best
    return found


def _tables(codes: set[str], places: Places) -> set[int]:
    return {number for code in codes for number, _, _ in places[code]}


def _places(dimension: Dimension) -> Places:
    places: Places = {}
    for number, sequence in enumerate(dimension.sequences):
        around = (_END, *sequence, _END)
        for at, code in enumerate(sequence):
            if (
                code != TOTAL and dimension.labels.get(code, code) == code
            ):  # a printed code is never garbled so
                places.setdefault(code, []).append((number, around[at], around[at + 2]))
    return places


def _same(code: str, other: str, places: Places) -> bool:
    if not _alike(code, other) or _tables({code}, places) & _tables({other}, places):
        return False
    sure = similarity(squash(code), squash(other)) >= _SURE
    return any(
        (before == b or after == a) and (sure or (_near(before, b) and _near(after, a)))
        for _, before, after in places[code]
        for _, b, a in places[other]
    )


def _alike(code: str, other: str) -> bool:
    one, two = squash(code), squash(other)
    start = one[:_START] == two[:_START]  # "ufaglært" is not "faglært"
    fixed = start and _FIXED.findall(code) == _FIXED.findall(other)
    return fixed and min(len(one), len(two)) >= _SHORTEST and similarity(one, two) >= _LEAST


def _near(one: str, two: str) -> bool:
    return one == two or (bool(one and two) and _alike(one, two))


def _replace(dimension: Dimension, place: int, found: dict[str, str], bounds: Sequence[Bound]) -> None:
    number = {dimension.numbers[a]: dimension.numbers[b] for a, b in found.items()}
    for bound in bounds:
        bound.axes = [
            (d, tuple(number.get(n, n) for n in own)) if d == place else (d, own) for d, own in bound.axes
        ]
    dimension.sequences = dict.fromkeys(
        tuple(dict.fromkeys(found.get(c, c) for c in run)) for run in dimension.sequences
    )
    dimension.words = {w: found.get(c, c) for w, c in dimension.words.items()}
    for own in (dimension.looks, dimension.groups, dimension.subtotals, dimension.parents):
        for code in found:
            own.pop(code, None)


def _tell(dimension: Dimension, found: dict[str, str], notes: Notes) -> None:
    if not found:
        return
    meant: dict[str, list[str]] = {}
    for code, other in found.items():
        meant.setdefault(other, []).append(dimension.labels.get(code, code))
    for other, labels in meant.items():
        notes.assume(
            f"{listed(labels)} {'is' if len(labels) == 1 else 'are'} read as '{dimension.labels.get(other, other)}': "
            "alike, never in the same table, and between the same labels"
        )
    notes.doubt(
        f"Whether labels of '{dimension.title}' that are alike are one label garbled; settled by --classification, or "
        f"{setting('dimensions', dimension.name, 'labels')}"
    )
