from __future__ import annotations

import itertools
from collections.abc import Mapping

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from prikk.errors import FiguresError
from prikk.synth import FittedCounts, fit
from unit.synth.toys import Key, Toy, above, long_form, publish, read, toy

THRESHOLD = 2
LEAVES: list[Key] = [(r, a) for r in ("N1", "N2", "S1") for a in ("young", "old")]
MARGINS = ((0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1))
DEPTH = {"TOTAL": 0, "N": 1, "S": 1, "N1": 2, "N2": 2, "S1": 2, "young": 1, "old": 1}
Shown = Mapping[Key, int | str]


def depths(key: Key) -> tuple[int, ...]:
    return tuple(DEPTH[code] for code in key)


@st.composite
def publications(draw: st.DrawFn) -> tuple[Toy, Shown]:
    """What a publication might show: of true counts, with margins left out and some figures altered."""
    zeros = draw(st.sampled_from(["hidden", "shown"]))
    at = toy(("threshold = 4", f'threshold = {THRESHOLD}\nzeros = "{zeros}"'), ('"2024-02"', '"2024-01"'))
    counts = draw(st.lists(st.integers(0, 2), min_size=6, max_size=6).filter(any))
    margins = draw(st.sets(st.sampled_from(MARGINS), min_size=2))
    whole = publish(at, {("2024-01", key): n for key, n in zip(LEAVES, counts, strict=True)})
    shown = {key: v for (_, key), v in whole.items() if depths(key) in margins}
    for key in draw(st.lists(st.sampled_from(sorted(shown)), max_size=2)):
        shown[key] = draw(st.sampled_from(["*", THRESHOLD, THRESHOLD + 1]))
    return at, shown


def span(at: Toy, value: int | str) -> tuple[int, int]:
    if isinstance(value, int):
        return value, value
    return (1 if at.spec.protection.zeros == "shown" else 0), THRESHOLD - 1


def possible(at: Toy, shown: Shown) -> bool:
    """Try every combination of finest counts."""
    margins = {depths(key) for key in shown}
    over = [[cell for cell in above(at, leaf) if depths(cell) in margins] for leaf in LEAVES]
    most = [min(span(at, shown.get(cell, 0))[1] for cell in cells) for cells in over]
    points = np.array(list(itertools.product(*(range(m + 1) for m in most))))
    fits = np.ones(len(points), dtype=bool)
    for key, value in shown.items():
        low, high = span(at, value)
        count = points[:, [key in cells for cells in over]].sum(axis=1)
        fits &= (count >= max(low, 1)) & (count <= high)  # at least 1: it is listed, in one period
    return bool(fits.any())


def agrees(at: Toy, shown: Shown, fitted: FittedCounts) -> bool:
    count = dict.fromkeys(shown, 0)
    for leaf, n in zip(fitted.leaves, fitted.counts[0], strict=True):
        codes = tuple(h.codes[i] for h, i in zip(fitted.hierarchies, leaf, strict=True))
        for cell in set(above(at, codes)) & set(shown):
            count[cell] += int(n)
    bounds = {key: span(at, value) for key, value in shown.items()}
    return all(max(low, 1) <= count[key] <= high for key, (low, high) in bounds.items())


@given(publications())
@settings(max_examples=150, deadline=None)
def test_counts_are_found_exactly_when_there_are_any(publication: tuple[Toy, Shown]) -> None:
    at, shown = publication
    figures = read(long_form(at, {("2024-01", key): v for key, v in shown.items()}), at)
    try:
        found = agrees(at, shown, fit(figures, threshold=THRESHOLD, zeros=at.spec.protection.zeros))
    except FiguresError:
        found = False
    assert found == possible(at, shown)
