"""Plain text: paged tables, Markdown, dashes, and columns made of blanks."""

import time

import pytest

from prikk.reading.formats import open_document
from unit.reading.formats.kit import SHARED, opened, refusal, texts, the_grid

PAGED = """
# Deltakere

## Alder

Januar - Mars

Menn

\tJan\tFeb
<b>I alt</b>\t<b>1 234</b>\t<b>*</b>
A\t12\t5

Januar - Mars

Kvinner

\tJan\tFeb
<b>I alt</b>\t<b>7</b>\t<b>8</b>
B\t3\t\\*


# Deltakere

## Kjønn

Januar - Mars

\tJan\tFeb
C\t1\t2
"""


def test_a_table_has_the_titles_it_stands_under(tmp_path):
    document = opened(tmp_path, "a.txt", PAGED)
    assert [g.titles for g in document.contents] == [
        ("Deltakere", "Alder", "Januar - Mars", "Menn"),
        ("Deltakere", "Alder", "Januar - Mars", "Kvinner"),
        ("Deltakere", "Kjønn", "Januar - Mars"),
    ]


def test_marks_are_taken_off_and_bold_is_kept(tmp_path):
    first, second, _ = opened(tmp_path, "a.txt", PAGED).contents
    assert texts(first) == [[None, "Jan", "Feb"], ["I alt", "1 234", "*"], ["A", "12", "5"]]
    assert [row[0] and row[0].bold for row in first.rows] == [None, True, False]
    assert texts(second)[2] == ["B", "3", "*"]


def test_lines_are_counted(tmp_path):
    first = opened(tmp_path, "a.txt", PAGED).contents[0]
    assert (first.place, first.row_places) == ("a.txt, line 10", ("line 10", "line 11", "line 12"))


def test_one_line_between_two_tables_replaces_one_title(tmp_path):
    text = "År 2022\n\nMenn\n\n\tJan\tFeb\nA\t1\t2\n\nKvinner\n\n\tJan\tFeb\nA\t3\t4\n"
    assert [g.titles for g in opened(tmp_path, "a.txt", text).contents] == [
        ("År 2022", "Menn"),
        ("År 2022", "Kvinner"),
    ]


def test_a_broken_line_is_joined_unless_it_stands_alone_elsewhere(tmp_path):
    table = "\n\n\tJan\tFeb\nA\t1\t2\n\n"
    text = f"# X\n\nJan 2022\n\nB{table}# X\n\nJan 2022\n\nC{table}# Y\n\nJan 2022  \n60 år  \nog over{table}"
    assert opened(tmp_path, "a.txt", text).contents[2].titles == ("Y", "Jan 2022", "60 år og over")


def test_rows_drawn_as_small_tables_are_one_table(tmp_path):
    text = "## Menn\n\n\tJan\tFeb\n<b>I alt</b>\t10\t20\n\nA\t3\t4\n---\t---\t---\n\nB\t7\t16\n--\t--\t--\n"
    grid = the_grid(opened(tmp_path, "a.txt", text))
    assert [row[0] for row in texts(grid)] == [None, "I alt", "A", "B"]
    assert not any(c.header for row in grid.rows for c in row if c)


def test_the_rule_of_a_markdown_table_marks_its_heading(tmp_path):
    text = "# Ledige\n\n| Sted | 2021 | 2022 |\n|:-----|----:|----:|\n| **A** | 12 | \\* |\n| B \\| C | 3 | 4 |\n\nKilde: NAV\n"
    grid = the_grid(opened(tmp_path, "a.md", text))
    assert texts(grid) == [["Sted", "2021", "2022"], ["A", "12", "*"], ["B | C", "3", "4"]]
    assert [row[0].header for row in grid.rows] == [True, False, False]
    assert (grid.titles, grid.notes) == (("Ledige",), ("Kilde: NAV",))


def test_markdown_without_outer_bars_is_read(tmp_path):
    text = "a | b\n---|---\nx | 1\ny | 2\n"
    assert texts(the_grid(opened(tmp_path, "a.txt", text))) == [["a", "b"], ["x", "1"], ["y", "2"]]


def test_a_line_between_two_rows_is_the_label_of_a_section(tmp_path):
    grid = the_grid(opened(tmp_path, "a.txt", "# T\n\tJan\tFeb\nMenn\nA\t1\t2\nKvinner\nA\t3\t4\n"))
    assert [row[0] for row in texts(grid)] == [None, "Menn", "A", "Kvinner", "A"]


def test_a_line_after_the_last_row_is_a_note(tmp_path):
    grid = the_grid(opened(tmp_path, "a.txt", "# T\n\tJan\tFeb\nA\t1\t2\nB\t1\t2\n1) Uten Svalbard\n"))
    assert grid.notes == ("1) Uten Svalbard",)


def test_text_that_belongs_to_no_table_is_the_documents(tmp_path):
    text = (
        "# Om\n\nTall mindre enn 4 er erstattet med «\\*», for at ingen skal kunne kjennes igjen i dem.\n\n"
        + PAGED
    )
    assert opened(tmp_path, "a.txt", text).notes == (
        "Tall mindre enn 4 er erstattet med «*», for at ingen skal kunne kjennes igjen i dem.",
    )


TYPED = """Ledige i kommunene
                                Menn               Kvinner
Sted                       2021       2022      2021      2022
Alle                      1 234          *     5 678       100
  19 år og under             12      1 000         *         3
  20 år og over               *          5        12     1 234

Kilde: NAV
"""


def test_columns_made_of_blanks_are_found(tmp_path):
    document = opened(tmp_path, "a.txt", TYPED)
    grid = the_grid(document)
    assert texts(grid) == [
        [None, "Menn", None, "Kvinner", None],
        ["Sted", "2021", "2022", "2021", "2022"],
        ["Alle", "1 234", "*", "5 678", "100"],
        ["19 år og under", "12", "1 000", "*", "3"],
        ["20 år og over", "*", "5", "12", "1 234"],
    ]
    assert [c.column_span for c in grid.rows[0] if c] == [2, 2]
    assert [row[0].indent for row in grid.rows[1:]] == [0, 0, 2, 2]
    assert (grid.titles, grid.notes) == (("Ledige i kommunene",), ("Kilde: NAV",))
    assert grid.row_places[0] == "line 2"


def test_prose_with_figures_is_no_table(tmp_path):
    prose = "I 2021 var det 12 345 ledige.\nI 2022 var det færre, nemlig 9 876.\nDet er 20 prosent.\n" * 5
    assert "[no-table]" in refusal(tmp_path, "a.txt", prose)


seed = pytest.mark.skipif(not SHARED.is_dir(), reason="the publication is not here")


@seed
def test_the_publication_has_its_98_pages_and_1105_rows():
    (path,) = (SHARED / "seed").glob("000_*.txt")
    started = time.perf_counter()
    document = open_document(path)
    assert time.perf_counter() - started < 1.0  # 0.035 s; the bound only notices a change of kind
    assert len(document.contents) == 98
    assert {len(row) for g in document.contents for row in g.rows} == {8}
    assert sum(len(g.rows) - 1 for g in document.contents) == 1105
    assert all(g.rows[1][0].bold and g.rows[1][0].text.startswith("I alt") for g in document.contents)


@seed
def test_every_page_of_the_publication_knows_title_family_range_and_heading():
    (path,) = (SHARED / "seed").glob("000_*.txt")
    document = open_document(path)
    assert {len(g.titles) for g in document.contents} == {3, 4}
    assert all(g.titles[2] == "Januar - Juli 2022" for g in document.contents)
    assert len({g.titles[1] for g in document.contents}) == 8
