from __future__ import annotations

import datetime as dt
from collections import defaultdict

import numpy as np
import pyarrow as pa
import pytest

from prikk.synth import FittedCounts, _register, make_register
from prikk.synth._read import hierarchy
from unit.synth.toys import Toy, counted, on, rows, summed, toy, years

SPELLS = pa.schema(
    [
        ("id", pa.string()),
        ("person", pa.string()),
        ("born", pa.date32()),
        ("region", pa.string()),
        ("start", pa.date32()),
        ("end", pa.date32()),
    ]
)
MONTHS = [[3, 0, 5, 1, 0], [1, 4, 5, 0, 2]]
DATED = "code,parent,label_en,valid_from,valid_to\nN,,N,,\nN1,N,N1,2024-01-20,\nN2,N,N2,,2024-02-02\n"


def fitted(at: Toy, counts: list[list[int]]) -> FittedCounts:
    """Counts by period of (N1, young), (N1, old), (N2, young) …"""
    trees = tuple(hierarchy(c, name) for name, c in at.classifications.items())
    grid = np.array([(r, a) for r in trees[0].leaves for a in trees[1].leaves], dtype=np.int32)
    numbers = np.array(counts, dtype=np.int64)
    periods = tuple(p.code for p in at.spec.periods)
    return FittedCounts(hierarchies=trees, periods=periods, leaves=grid[: numbers.shape[1]], counts=numbers)


def made(at: Toy, counts: list[list[int]], *, seed: int = 1, scale: int = 1) -> list[dict[str, object]]:
    return rows(make_register(fitted(at, counts), *at, seed=seed, scale=scale))


def test_the_columns_are_those_of_the_spec() -> None:
    (batch,) = make_register(fitted(toy(), MONTHS), *toy(), seed=1)
    assert batch.schema == SPELLS


def test_an_empty_register_has_columns_too() -> None:
    (batch,) = make_register(fitted(toy(), [[0] * 5] * 2), *toy(), seed=1)
    assert (batch.schema, batch.num_rows) == (SPELLS, 0)


def test_as_many_stay_as_the_counts_allow() -> None:
    both = [r for r in made(toy(), MONTHS) if all(on(r, p.reference) for p in toy().spec.periods)]
    assert len(both) == sum(min(a, b) for a, b in zip(*MONTHS, strict=True))


def test_people_who_leave_begin_elsewhere_in_their_age_band() -> None:
    by_person = defaultdict(list)
    for row in made(toy(), [[4, 0, 0, 0, 0], [0, 0, 3, 0, 0]]):
        by_person[row["person"]].append(row)
    moved = [r for r in by_person.values() if len(r) == 2]
    assert len(moved) == 3
    assert all(a["region"] == "N1" and b["region"] == "N2" and a["end"] < b["start"] for a, b in moved)


def test_an_open_end_means_the_last_reference_date() -> None:
    last = toy().spec.periods[-1].reference
    register = made(toy(), MONTHS)
    assert all((r["end"] is None) == on(r, last) for r in register)


def test_codes_are_used_while_they_are_valid() -> None:
    at = toy(region=DATED)
    register = made(at, [[9, 9, 9, 9], [9, 9, 0, 0]])
    assert min(r["start"] for r in register if r["region"] == "N1") >= dt.date(2024, 1, 20)
    assert max(r["end"] for r in register if r["region"] == "N2") <= dt.date(2024, 2, 2)


def test_a_band_of_one_year_is_left_in_time() -> None:
    change = ('from = "2024-01", to = "2024-02"', 'from = "2024-01", to = "2026-12"')
    at = toy(change, age="code,from,to,label_en\nyoung,0,17,Y\neighteen,18,18,E\nold,19,,O\n")
    register = made(at, [[0, 6, 0]] * 36)
    assert counted(at, register) == {(p.code, ("N1", "eighteen")): 6 for p in at.spec.periods}
    assert len({r["person"] for r in register}) >= 18


@pytest.mark.parametrize(("every", "low", "high"), [("0,15", 0, 15), ("0,30", 16, 30), ("90,", 90, 100)])
def test_ages_are_sensible_where_the_band_allows(every: str, low: int, high: int) -> None:
    at = toy(age=f"code,from,to,label_en\nyoung,{every},Y\n")
    day = at.spec.periods[0].reference
    ages = {years(r["born"], day) for r in made(at, [[200], [200]])}
    assert ages <= set(range(low, high + 1))
    assert len(ages) > 5


def test_snapshots_have_a_row_for_every_reference_date() -> None:
    at = toy(
        ('source = "register.csv"', 'source = "register.csv"\nlayout = "snapshots"'),
        ('start = "start", end = "end"', 'date = "on"'),
    )
    register = made(at, MONTHS)
    assert list(register[0]) == ["id", "person", "born", "region", "on"]
    assert [sum(r["on"] == p.reference for r in register) for p in at.spec.periods] == [9, 12]
    assert len({(r["person"], r["on"]) for r in register}) == len(register)


@pytest.mark.parametrize("size", [4, 1000])
def test_batches_do_not_change_what_is_counted(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(_register, "_ROWS", size)
    counts = counted(toy(), made(toy(), MONTHS, scale=7))
    keys = [("N1", "young"), ("N1", "old"), ("N2", "young"), ("N2", "old"), ("S1", "young")]
    expected = {
        (p.code, k): 7 * n
        for p, row in zip(toy().spec.periods, MONTHS, strict=True)
        for k, n in zip(keys, row, strict=True)
        if n
    }
    assert counts == expected
    assert summed(toy(), counts)["2024-01", ("TOTAL", "TOTAL")] == 63


def test_ids_are_numbered_without_gaps_at_any_scale() -> None:
    register = made(toy(), MONTHS, scale=5)
    assert [r["id"] for r in register] == [f"D{n:07}" for n in range(1, len(register) + 1)]
    people = {r["person"] for r in register}
    assert people == {f"P{n:07}" for n in range(1, len(people) + 1)}


def test_progress_tells_how_much_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_register, "_ROWS", 30)
    told: list[tuple[str, float]] = []
    batches = make_register(
        fitted(toy(), MONTHS),
        *toy(),
        seed=1,
        scale=9,
        progress=lambda what, share: told.append((what, share)),
    )
    assert sum(1 for _ in batches) == len(told) > 2
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


@pytest.mark.parametrize(("seed", "scale"), [(-1, 1), (1, 0)])
def test_a_senseless_seed_or_scale_is_refused_at_once(seed: int, scale: int) -> None:
    with pytest.raises(ValueError, match="at least"):
        make_register(fitted(toy(), MONTHS), *toy(), seed=seed, scale=scale)


def test_counts_of_other_periods_are_refused_at_once() -> None:
    other = toy(('"2024-02"', '"2024-03"'))
    with pytest.raises(ValueError, match="periods of this spec"):
        make_register(fitted(toy(), MONTHS), *other, seed=1)


INVENTED = ("[protection]", "[synth.invented]\nsex = { K = 1, M = 3 }\n\n[protection]")


def test_an_invented_column_is_the_same_for_all_rows_of_a_person_and_has_its_shares() -> None:
    found = made(toy(INVENTED), [[300, 0, 250, 100, 0], [0, 280, 250, 0, 120]])
    by_person = defaultdict(set)
    for row in found:
        by_person[row["person"]].add(row["sex"])
    assert all(len(codes) == 1 for codes in by_person.values())
    women = sum(codes == {"K"} for codes in by_person.values())
    assert 0.18 < women / len(by_person) < 0.32


def test_what_is_invented_changes_nothing_else() -> None:
    plain, more = made(toy(), MONTHS, scale=3), made(toy(INVENTED), MONTHS, scale=3)
    assert [{k: v for k, v in row.items() if k != "sex"} for row in more] == plain
