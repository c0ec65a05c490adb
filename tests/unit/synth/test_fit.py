from __future__ import annotations

import dataclasses
import re

import numpy as np
import pytest

from prikk.errors import FiguresError, SolveError
from prikk.solve import Limits
from prikk.synth import Figures, FittedCounts, fit
from prikk.synth._conflict import conflicts
from prikk.synth._rows import ranges_of, rows_of
from prikk.tabular import membership
from unit.synth.toys import Key, Toy, demo, long_form, publish, read, summed, toy

COUNTS = {
    (period, key): count
    for period, counts in (("2024-01", (9, 1, 7, 0, 5)), ("2024-02", (8, 2, 7, 3, 0)))
    for key, count in zip(
        [("N1", "young"), ("N1", "old"), ("N2", "young"), ("N2", "old"), ("S1", "old")], counts, strict=True
    )
}


def fitted_cells(at: Toy, fitted: FittedCounts) -> dict[tuple[str, Key], int]:
    """All cells that the fitted counts give."""
    region, age = fitted.hierarchies
    keys = [(region.codes[r], age.codes[a]) for r, a in fitted.leaves]
    counts = {
        (p, key): int(n)
        for p, row in zip(fitted.periods, fitted.counts, strict=True)
        for key, n in zip(keys, row, strict=True)
    }
    return summed(at, counts)


def edit(shown: dict[tuple[str, Key], int | str], **new: int | str) -> dict[tuple[str, Key], int | str]:
    """Replace figures of the first period; N1_old names a cell."""
    return {**shown, **{("2024-01", tuple(cell.split("_"))): value for cell, value in new.items()}}


def test_every_shown_figure_is_met_and_every_hidden_one_is_in_range() -> None:
    at = toy()
    shown = publish(at, COUNTS)
    cells = fitted_cells(at, fit(read(long_form(at, shown), at), threshold=4, zeros="hidden"))
    assert all(cells[k] == v if v != "*" else 0 <= cells[k] <= 3 for k, v in shown.items())
    assert set(cells) >= set(shown)


def test_every_listed_row_has_a_participant_in_some_period() -> None:
    at = toy()
    shown = edit(publish(at, COUNTS), N1_old="*")
    shown["2024-02", ("N1", "old")] = "*"
    cells = fitted_cells(at, fit(read(long_form(at, shown), at), threshold=4, zeros="hidden"))
    assert all(cells["2024-01", cell] + cells["2024-02", cell] >= 1 for _, cell in shown)


def test_a_hidden_figure_is_not_zero_where_zeros_are_shown() -> None:
    at = toy(("threshold = 4", 'threshold = 4\nzeros = "shown"'))
    shown = publish(at, COUNTS)
    cells = fitted_cells(at, fit(read(long_form(at, shown), at), threshold=4, zeros="shown"))
    assert all(1 <= cells[k] <= 3 for k, v in shown.items() if v == "*")
    assert cells["2024-01", ("N2", "old")] == 0


def test_a_figure_hidden_to_protect_another_may_have_any_size() -> None:
    at = toy()
    figures = read(long_form(at, edit(publish(at, COUNTS), N1_young="*", N2_young="*")), at)
    with pytest.raises(FiguresError, match="identity-fails"):
        fit(figures, threshold=4, zeros="hidden")
    cells = fitted_cells(at, fit(figures, threshold=4, zeros="hidden", hidden_by="any"))
    assert cells["2024-01", ("N", "young")] == 16


def test_counts_change_no_more_than_they_must() -> None:
    changes = np.abs(np.diff(demo().fitted.counts, axis=0)).sum()
    assert 27_874 <= changes <= 27_874 * 1.001


def test_the_example_is_fitted_the_same_each_time() -> None:
    again = fit(demo().figures, threshold=4, zeros="hidden")
    assert np.array_equal(again.counts, demo().fitted.counts)


def test_a_total_that_is_not_its_parts_is_named_with_them() -> None:
    at = toy()
    with pytest.raises(FiguresError) as error:
        fit(read(long_form(at, edit(publish(at, COUNTS), N_young=40)), at), threshold=4, zeros="hidden")
    assert [str(f).partition(" Correct")[0] for f in error.value.findings] == [
        "figures.csv, 2024-01: region TOTAL, age young: the published total 16 is not the sum of its parts,"
        " which is 40 (region: N 40).",
        "figures.csv, 2024-01: region N, age TOTAL: the published total 17 is not the sum of its parts,"
        " which is between 40 and 43 (age: young 40, old hidden).",
        "figures.csv, 2024-01: region N, age young: the published total 40 is not the sum of its parts,"
        " which is 16 (region: N1 9, N2 7).",
    ]


def test_all_failing_identities_of_all_periods_are_told() -> None:
    at = toy()
    shown = edit(publish(at, COUNTS), TOTAL_young=20)
    shown["2024-02", ("N", "TOTAL")] = 30
    with pytest.raises(FiguresError) as error:
        fit(read(long_form(at, shown), at), threshold=4, zeros="hidden")
    assert {f.where[:20] for f in error.value.findings} == {"figures.csv, 2024-01", "figures.csv, 2024-02"}


def test_a_hidden_total_too_small_for_its_parts_is_told() -> None:
    at = toy()
    with pytest.raises(FiguresError, match="the hidden total is not the sum of its parts, which is 16"):
        fit(read(long_form(at, edit(publish(at, COUNTS), N_young="*")), at), threshold=4, zeros="hidden")


def test_a_part_without_its_total_is_told() -> None:
    at = toy()
    shown = {k: v for k, v in publish(at, COUNTS).items() if k[1] != ("S", "old")}
    with pytest.raises(
        FiguresError, match=r"region S1, age old: .* the total above it along 'region' is not"
    ):
        fit(read(long_form(at, shown), at), threshold=4, zeros="hidden")


def test_a_listed_row_of_zeros_is_told() -> None:
    at = toy(("threshold = 4", 'threshold = 4\nzeros = "shown"'))
    shown = publish(at, COUNTS) | {(p.code, ("S1", "young")): 0 for p in at.spec.periods}
    shown |= {(p.code, ("S", "young")): 0 for p in at.spec.periods}
    with pytest.raises(FiguresError, match="row-empty"):
        fit(read(long_form(at, shown), at), threshold=4, zeros="shown")


CROSS = """county,age,2024-01,2024-02
N,TOTAL,9,9
S,TOTAL,9,9
TOTAL,young,6,4
TOTAL,old,14,14
"""


def test_figures_that_only_conflict_together_are_named() -> None:
    # There is no grand total: 18 people by region, 20 by age.
    with pytest.raises(FiguresError) as error:
        fit(read(CROSS, toy()), threshold=4, zeros="hidden")
    (finding,) = error.value.findings
    assert (finding.code, finding.where) == ("figures-conflict", "figures.csv, 2024-01")
    named = re.findall(r"\[region (\w+), age (\w+)\] is (\w+)", finding.what)
    assert named == [
        ("TOTAL", "young", "6"),
        ("TOTAL", "old", "14"),
        ("N", "TOTAL", "9"),
        ("S", "TOTAL", "9"),
    ]


def test_a_conflict_is_irreducible() -> None:
    figures = read(CROSS, toy())
    members = membership(figures.table).matrix
    rows = rows_of(members, ranges_of(figures, 4, "hidden", "rule"))
    nothing = np.zeros(len(rows.low), dtype=bool)
    (core,) = conflicts(rows, nothing)
    for row in core:
        freed = np.ones(len(rows.low), dtype=bool)
        freed[core[core != row]] = False
        assert conflicts(rows, freed) == []


def test_what_is_said_of_a_conflict_is_published() -> None:
    figures = demo().figures
    values = figures.values.copy()
    values[3, figures.table.find(np.array([[0, 1, 0]], dtype=np.int32))] += 50
    with pytest.raises(FiguresError) as error:
        fit(dataclasses.replace(figures, values=values), threshold=4, zeros="hidden")
    printed = {int(n) for f in error.value.findings for n in re.findall(r"[A-Z+\d] (\d+)[,)]", f.what)}
    assert printed <= set(values[~figures.hidden].tolist())


def test_a_limit_is_told_not_passed_over() -> None:
    with pytest.raises(SolveError, match="fit-limit"):
        fit(demo().figures, threshold=4, zeros="hidden", limits=Limits(seconds=0.0))


def test_figures_are_values() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        demo().figures.source = "other"  # type: ignore[misc]
    assert isinstance(demo().figures, Figures)
