from __future__ import annotations

import itertools
from collections import defaultdict
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from prikk.spec import ReleaseSpec
from prikk.synth import FittedCounts, make_register
from prikk.synth._read import hierarchy
from unit.synth.toys import Toy, band, counted, on, rows, toy, years

AGES = {
    "wide": "code,from,to,label_en\nyoung,0,29,Young\nold,30,,Old\n",
    "narrow": "code,from,to,label_en\na,0,17,A\nb,18,18,B\nc,19,,C\n",
    "infants": "code,from,to,label_en\na,0,0,A\nb,1,2,B\nc,3,,C\n",
}
PERIODS = {
    "months": ("2024-01", "2024-05", "month"),
    "years": ("2019", "2024", "year"),
    "quarters": ("2023-Q3", "2024-Q4", "quarter"),
}


def made_for(ages: str, periods: str, reference: str) -> Toy:
    first, last, every = PERIODS[periods]
    new = f'periods = {{ from = "{first}", to = "{last}", every = "{every}" }}'
    return toy(
        ('periods = { from = "2024-01", to = "2024-02", every = "month" }', new),
        ('source = "register.csv"', f'source = "register.csv"\nreference = "{reference}"'),
        age=AGES[ages],
    )


@st.composite
def fits(draw: st.DrawFn) -> tuple[Toy, FittedCounts]:
    reference = draw(st.sampled_from(["end of period", "start of period"]))
    at = made_for(draw(st.sampled_from(sorted(AGES))), draw(st.sampled_from(sorted(PERIODS))), reference)
    trees = tuple(hierarchy(c, name) for name, c in at.classifications.items())
    leaves = np.array([(r, a) for r in trees[0].leaves for a in trees[1].leaves], dtype=np.int32)
    size = len(at.spec.periods) * len(leaves)
    numbers = draw(st.lists(st.integers(0, 4), min_size=size, max_size=size))
    counts = np.array(numbers, dtype=np.int64).reshape(-1, len(leaves))
    periods = tuple(p.code for p in at.spec.periods)
    return at, FittedCounts(hierarchies=trees, periods=periods, leaves=leaves, counts=counts)


@given(fits(), st.integers(0, 5), st.integers(1, 3))
@settings(max_examples=80, deadline=None)
def test_a_register_gives_the_counts_on_every_reference_date(
    made: tuple[Toy, FittedCounts], seed: int, scale: int
) -> None:
    at, fitted = made
    register = rows(make_register(fitted, *at, seed=seed, scale=scale))
    region, age = fitted.hierarchies
    assert counted(at, register) == {
        (p, (region.codes[r], age.codes[a])): scale * int(n)
        for p, row in zip(fitted.periods, fitted.counts, strict=True)
        for (r, a), n in zip(fitted.leaves, row, strict=True)
        if n
    }


@given(fits(), st.integers(0, 5))
@settings(max_examples=80, deadline=None)
def test_every_person_is_possible(made: tuple[Toy, FittedCounts], seed: int) -> None:
    at, fitted = made
    by_person: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows(make_register(fitted, *at, seed=seed)):
        assert row["born"] < row["start"]
        assert row["end"] is None or row["start"] <= row["end"]
        by_person[row["person"]].append(row)
    assert all(one_life(at.spec, at, spells) for spells in by_person.values())


def one_life(spec: ReleaseSpec, at: Toy, spells: list[dict[str, Any]]) -> bool:
    """One birth date, one age band on all reference dates that count, no two places at a time."""
    days = [p.reference for p in spec.periods for s in spells if on(s, p.reference)]
    bands = {band(at.classifications["age"], years(spells[0]["born"], day)) for day in days}
    apart = all(a["end"] is not None and a["end"] < b["start"] for a, b in itertools.pairwise(spells))
    return len({s["born"] for s in spells}) == len(bands) == 1 and apart and len(set(days)) == len(days)
