"""Which lines of text become titles of a table, and which its notes."""

from prikk.reading._grid import GridCell
from prikk.reading.formats._outline import Outline

ROWS = ((GridCell(text="A"), GridCell(text="1")),)


def told(*events):
    outline = Outline()
    for event in events:
        if event == "table":
            outline.table(ROWS, "here")
        elif event == "page":
            outline.fresh_page()
        elif isinstance(event, tuple):
            outline.heading(*event)
        else:
            outline.line(event)
    grids, loose = outline.finish()
    return [g.titles for g in grids], [g.notes for g in grids], loose


def test_headings_of_a_level_replace_each_other_and_all_below():
    events = [(1, "T"), (2, "A"), (3, "a"), "table", (2, "B"), "table"]
    assert told(*events)[0] == [("T", "A", "a"), ("T", "B")]


def test_lines_between_headings_are_titles_in_their_order():
    assert told((1, "T"), "2022", (2, "A"), "Menn", "table")[0] == [("T", "2022", "A", "Menn")]


def test_a_running_title_at_another_level_counts_once():
    assert told((1, "T"), (2, "A"), "table", (2, "T"), (3, "B"), "table")[0] == [("T", "A"), ("T", "B")]


def test_as_many_lines_are_replaced_as_are_said():
    assert told("2022", "Menn", "table", "Kvinner", "table", "2023", "Menn", "table")[0] == [
        ("2022", "Menn"),
        ("2022", "Kvinner"),
        ("2023", "Menn"),
    ]


def test_a_line_that_is_said_again_begins_anew():
    assert told("2022", "Menn", "unge", "table", "2022", "Kvinner", "table")[0][1] == ("2022", "Kvinner")


def test_a_table_after_which_nothing_is_said_goes_on():
    assert told("2022", "table", "table")[0] == [("2022",), ("2022",)]


def test_a_new_page_says_anew_or_keeps_all():
    assert told("2022", "Menn", "table", "page", "Kvinner", "table", "page", "table")[0] == [
        ("2022", "Menn"),
        ("Kvinner",),
        ("Kvinner",),
    ]


def test_notes_follow_their_table_and_sentences_before_any_are_the_documents():
    sentence = "Tallene viser personer som er registrert den siste dagen i hver eneste måned."
    titles, notes, loose = told(
        sentence, "T", "table", "1) Uten Svalbard", "Kilde: NAV", (1, "X"), "til slutt"
    )
    assert titles == [("T",)]
    assert notes == [("1) Uten Svalbard", "Kilde: NAV")]
    assert loose == (sentence, "til slutt")


def test_a_long_front_page_is_no_title():
    titles, _, loose = told(*[f"Linje {i} her" for i in range(20)], "table")
    assert len(titles[0]) == 8
    assert len(loose) == 12
