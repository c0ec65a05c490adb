"""Bad input: one clear message each, all of a document's at once, and never a traceback."""

import pytest

from prikk.errors import ReadingError
from prikk.reading import read
from prikk.reading._grid import Frame, Grid
from unit.reading.kit import BELOW_FOUR, document, grid, reading

GOOD = "| 2020 | 2021\nOslo | 10 | 12\nBergen | 8 | *\nI alt | 18 | 15"


def refusal(*contents, **settings):
    with pytest.raises(ReadingError) as error:
        reading(*contents, **settings)
    return error.value.findings


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        (GOOD.replace("| 8", "| -8"), "count-negative", "t.txt, line 3, column '2020'"),
        (GOOD.replace("| 8", "| 8,5"), "count-fractional", "t.txt, line 3, column '2020'"),
        (GOOD.replace("Bergen", "*"), "marker-in-labels", "t.txt, line 3"),
        (GOOD.replace("*", "3"), "no-hidden-cell", "t.txt"),
        ("Oslo | her\nBergen | der", "no-figures", "t.txt"),
        ("| Prosent\nOslo | 2,1\nBergen | 3,2", "no-counts", "t.txt"),
    ],
)
def test_what_cannot_be_understood_is_named_with_its_place(text, code, where):
    found = refusal(grid(text))
    assert [(f.code, f.where) for f in found][:1] == [(code, where)]
    assert all(f.fix for f in found)


def test_a_symbol_that_is_nowhere_is_named_with_those_that_are():
    (finding,) = refusal(grid(GOOD), symbol=":")
    assert finding.code == "marker-unknown"
    assert "'*'" in finding.fix


def test_a_document_without_tables_is_empty():
    for contents in (
        (),
        (Grid(place="t.txt", titles=(), rows=()),),
        (Frame(place="t", columns=("a",), rows=()),),
    ):
        assert refusal(*contents)[0].code in ("document-empty", "no-figures")


def test_all_findings_of_all_documents_come_at_once():
    bad = document(grid(GOOD.replace("Bergen", "*").replace("Oslo", "*")), place="a.txt")
    with pytest.raises(ReadingError) as error:
        read([bad, document(place="b.txt")])
    assert [f.code for f in error.value.findings] == [
        "marker-in-labels",
        "marker-in-labels",
        "document-empty",
    ]


def test_totals_that_disagree_are_reported_and_the_first_is_kept():
    first = grid("| Antall\nOslo | 118\nBergen | *\nI alt | 120", place="a.txt")
    second = grid("| Antall\nMenn | 60\nKvinner | 61\nTotalt | 121", place="b.txt")
    found = reading(first, second, notes=BELOW_FOUR)
    clash = found.contradictions[0]
    assert "printed as 120 and as 121" in clash.text
    assert [p.source for p in clash.places] == ["a.txt, line 4", "b.txt, line 4"]


def test_a_failing_total_is_reported_exempted_and_the_rest_goes_on():
    text = "| 2020 | 2021 | 2022\nA | 60 | 5 | *\nB | 58 | 7 | *\nI alt | 120 | 12 | 9"
    found = reading(grid(text), notes=BELOW_FOUR)
    (wrong,) = found.contradictions
    assert "the total 120" in wrong.text
    assert "2 parts, 118" in wrong.text
    assert [p.row for p in wrong.places] == ["I alt", "A", "B"]
    assert len(found.publication.exempt) == 1


def test_shown_parts_above_the_total_contradict_it_even_if_others_are_hidden():
    text = "| 2020 | 2021 | 2022\nA | 60 | 5 | 4\nB | * | 7 | 5\nI alt | 50 | 12 | 9"
    (wrong,) = reading(grid(text), notes=BELOW_FOUR).contradictions
    assert "its shown parts make 60" in wrong.text


def test_a_table_of_one_row_says_that_nothing_adds_up():
    found = reading(grid("| 2020 | 2021\nOslo | 5 | *"), notes=BELOW_FOUR)
    assert any("No total was found" in t for t in found.unsure)


def test_no_words_of_a_document_crash_the_reading():
    for text in ("|", "a | b\nc", "1 | 2\n3 | *", "I alt | *\nI alt | 5", "* | *\n* | *"):
        try:
            reading(grid(text))
        except ReadingError as error:
            assert error.findings
