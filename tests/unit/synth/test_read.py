from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from prikk.errors import FiguresError
from prikk.synth import read_figures
from support import edited
from unit.synth.toys import demo, long_form, publish, read, toy

LONG = """period,region,age,value,status
2024-01,TOTAL,TOTAL,9,
2024-02,TOTAL,TOTAL,8,
2024-01,N,young,4,
2024-02,N,young,,*
"""
WIDE = """county,region,age,label,2024-01,2024-02
TOTAL,TOTAL,TOTAL,Total,9,8
N,TOTAL,young,North,4,*
"""
DEEP = """county,region,age,2024-01,2024-02
N,N1,young,4,*
"""


def codes(error: pytest.ExceptionInfo[FiguresError]) -> list[str]:
    return [f.code for f in error.value.findings]


def test_the_long_and_the_wide_form_read_the_same() -> None:
    long, wide = read(LONG, toy()), read(WIDE, toy())
    assert np.array_equal(long.values, wide.values)
    assert np.array_equal(long.hidden, wide.hidden)
    assert [long.table.codes(c) for c in range(2)] == [("TOTAL", "TOTAL"), ("N", "young")]


def test_the_example_has_the_cells_and_stars_of_the_publication() -> None:
    figures = demo().figures
    assert (len(figures.table), figures.periods[0], figures.hidden.size) == (859, "2022-01", 6013)
    assert not figures.values[figures.hidden].any()


def test_a_column_may_be_named_after_the_period_and_the_symbol_may_be_the_value() -> None:
    text = edited(LONG, ("period,", "month,"), (",,*", ",*,"))
    assert read(text, toy()).hidden.sum() == 1


def test_level_columns_name_a_path() -> None:
    assert read(DEEP, toy()).table.codes(0) == ("N1", "young")


def test_a_file_may_show_only_the_upper_levels() -> None:
    assert read(
        edited(WIDE, ("county,region,", "county,"), ("L,TOTAL,TOTAL", "L,TOTAL"), ("N,TOTAL,", "N,")), toy()
    )


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        (("N,young,4", "N,yuong,4"), "code-unknown", "Nearest: 'young'"),
        (("2024-02,N,young,,*\n", ""), "figure-absent", "2024-02"),
        (("young,4,", "young,3,"), "figure-below-threshold", "threshold is 4"),
        (("young,4,", "young,-4,"), "figure-number", "'-4'"),
        (("young,4,", "young,4.5,"), "figure-number", "'4.5'"),
        (("young,4,", "young,,"), "figure-missing", "line 4, 2024-01"),
        (("young,4,", "young,4,*"), "figure-status", "Remove one"),
        (("2024-02,N", "2024-03,N"), "period-unknown", "2024-01 to 2024-02"),
        (("2024-02,N,young,,*", "2024-01,N,young,5,"), "figure-twice", "4 on line 4"),
        (("2024-02,N,young,,*", "2024-01,N,young,,*"), "figure-twice", "'*' here, but 4 on line 4"),
        (("young,4,", "young,4"), "row-width", "4 fields"),
        (("value", "figure"), "figures-column", "'value'"),
        (("region", "place"), "figures-column", "'region'"),
    ],
)
def test_a_broken_file_is_told_by_its_line(change: tuple[str, str], code: str, words: str) -> None:
    with pytest.raises(FiguresError, match=r"figures\.csv, line") as error:
        read(edited(LONG, change), toy())
    assert codes(error) == [code]
    assert words in str(error.value)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("N,N1", "S,N1"), "code-path"),
        (("N,N1", "TOTAL,N1"), "code-path"),
        (("2024-01,", "2024-03,"), "figures-column"),
        (("2024-02\n", "2024-02,2024-03\n"), "row-width"),
    ],
)
def test_a_broken_wide_file_is_told(change: tuple[str, str], code: str) -> None:
    with pytest.raises(FiguresError) as error:
        read(edited(DEEP, change), toy())
    assert codes(error) == [code]


def test_the_same_figure_may_stand_twice() -> None:
    assert len(read(LONG + "2024-01,N,young,4,\n", toy()).table) == 2


def test_a_zero_may_be_shown_where_zeros_are() -> None:
    shown = toy(("threshold = 4", 'threshold = 4\nzeros = "shown"'))
    assert read(LONG.replace(",4,", ",0,"), shown).values.min() == 0
    with pytest.raises(FiguresError, match="figure-below-threshold"):
        read(LONG.replace(",4,", ",0,"), toy())


def test_all_findings_come_at_once_and_the_first_are_printed() -> None:
    at = toy()
    text = long_form(at, {key: 1 for key in publish(at, {("2024-01", ("N1", "old")): 9})})
    text += "".join(f"2024-01,X{i},old,9\n" for i in range(30))
    with pytest.raises(FiguresError) as error:
        read(text, at)
    assert codes(error) == ["figure-below-threshold"] * 12 + ["code-unknown"] * 8 + ["findings-more"]
    assert "and 22 more" in str(error.value)


@pytest.mark.parametrize(
    ("text", "code"), [("", "figures-column"), (LONG[:30], "figures-empty"), ('"', "figures-file")]
)
def test_a_file_without_figures_is_told(text: str, code: str) -> None:
    with pytest.raises(FiguresError) as error:
        read(text, toy())
    assert code in codes(error)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(FiguresError, match="no such file"):
        read_figures(tmp_path / "none.csv", *toy())


def test_no_register_is_made_from_counts_of_distinct_people() -> None:
    people = toy(("columns = {", 'unit = "person"\ncolumns = {'))
    with pytest.raises(FiguresError, match="synth-unit"):
        read(LONG, people)
