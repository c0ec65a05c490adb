from dataclasses import replace

import pytest

from prikk.reading import Reading
from prikk.reporting._english import EN
from prikk.reporting._figures import figure_writer, values_text
from prikk.reporting._norwegian import NB
from unit.reporting.reports import boats_reading


def reprinted(mark: str) -> Reading:
    """The boats with another sign between the thousands."""
    reading = boats_reading()
    tables = tuple(
        replace(
            table,
            rows=tuple(
                tuple(p and replace(p, text=p.text.replace("\N{NO-BREAK SPACE}", mark)) for p in row)
                for row in table.rows
            ),
        )
        for table in reading.tables
    )
    return replace(reading, tables=tables)


@pytest.mark.parametrize("mark", ["\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", ".", ",", "'", ""])
def test_thousands_are_written_as_the_document_writes_them(mark: str) -> None:
    assert figure_writer(reprinted(mark))(1234567) == f"1{mark}234{mark}567"


def test_a_space_between_thousands_does_not_break_the_line() -> None:
    assert figure_writer(reprinted(" "))(1012) == "1\N{NO-BREAK SPACE}012"


def test_without_drawn_tables_figures_have_no_grouping() -> None:
    assert figure_writer(replace(boats_reading(), tables=()))(1012) == "1012"


def test_the_minus_is_a_minus_and_not_a_hyphen() -> None:
    assert figure_writer(boats_reading())(-1012) == "\N{MINUS SIGN}1\N{NO-BREAK SPACE}012"


@pytest.mark.parametrize(
    ("low", "high", "english", "norwegian"),
    [(2, 2, "2", "2"), (0, 3, "0 to 3", "0 til 3"), (5, None, "5 or more", "5 eller mer")],
)
def test_an_interval_is_told_in_words(low: int, high: int | None, english: str, norwegian: str) -> None:
    assert values_text(low, high, EN, str) == english
    assert values_text(low, high, NB, str) == norwegian
