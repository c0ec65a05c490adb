"""PDF: columns by the places of words, over pages, turned, in any font."""

import subprocess
import sys

import pytest

from prikk.errors import EnvironmentFault
from unit.reading.formats.kit import opened, pdf, refusal, right_aligned, texts, the_grid

ROWS = [
    ["I alt", "12 345", "*", "678"],
    ["19 år og under", "1 234", "5", "*"],
    ["20 år og over", "*", "1 000", "9"],
]
EDGES = (250, 330, 420)
HEADS = [right_aligned(edge, 700, year) for edge, year in zip(EDGES, ("2020", "2021", "2022"), strict=True)]


def body(rows, top=680.0):
    placed = []
    for i, (label, *figures) in enumerate(rows):
        placed.append((50.0, top - 15 * i, label))
        placed += [right_aligned(e, top - 15 * i, f) for e, f in zip(EDGES, figures, strict=True) if f]
    return placed


PAGE = [
    (50.0, 760.0, "Ledige i kommunene"),
    (50.0, 740.0, "Menn"),
    *HEADS,
    *body(ROWS),
    (50.0, 600.0, "* = under 4"),
]
WANTED = [[None, "2020", "2021", "2022"], *ROWS]


def test_a_table_without_rules_is_found(tmp_path):
    grid = the_grid(opened(tmp_path, "a.pdf", pdf([PAGE])))
    assert texts(grid) == WANTED
    assert (grid.place, grid.row_places[1]) == ("a.pdf, page 1", "page 1, line 4")
    assert (grid.titles, grid.notes) == (("Ledige i kommunene", "Menn"), ("* = under 4",))


@pytest.mark.parametrize("font", ["Helvetica-Bold", "Times-Roman"])
def test_other_fonts_give_the_same_cells(tmp_path, font):
    grid = the_grid(opened(tmp_path, "a.pdf", pdf([PAGE], font=font)))
    assert texts(grid) == WANTED
    assert grid.rows[1][0].bold == font.endswith("Bold")


def test_a_font_of_fixed_width_has_wide_blanks(tmp_path):
    page = [(50.0, 700.0 - 15 * i, f"{a:<20}{b:>8}{c:>10}{d:>8}") for i, (a, b, c, d) in enumerate(ROWS)]
    lines = [(x, y, text) for x, y, line in page for x, text in [(x, line)]]
    assert texts(the_grid(opened(tmp_path, "a.pdf", pdf([lines], font="Courier")))) == ROWS


def test_a_page_written_sideways_is_turned(tmp_path):
    assert texts(the_grid(opened(tmp_path, "a.pdf", pdf([PAGE], turned=True)))) == WANTED


def test_every_page_is_a_grid_with_its_own_titles(tmp_path):
    other = [(50.0, 760.0, "Ledige i kommunene"), (50.0, 740.0, "Kvinner"), *HEADS, *body(ROWS)]
    document = opened(tmp_path, "a.pdf", pdf([PAGE, other]))
    assert [g.titles[1] for g in document.contents] == ["Menn", "Kvinner"]
    assert [g.place for g in document.contents] == ["a.pdf, page 1", "a.pdf, page 2"]


def test_a_table_goes_on_over_a_page_without_heading(tmp_path):
    first = [(50.0, 760.0, "Ledige"), *HEADS, *body(ROWS), (300.0, 40.0, "1")]
    second = [
        (50.0, 760.0, "Ledige"),
        *body([["B", "7", "8", "9"], ["C", "1", "*", "12 345"]]),
        (300.0, 40.0, "2"),
    ]
    grid = the_grid(opened(tmp_path, "a.pdf", pdf([first, second])))
    assert texts(grid) == [*WANTED, ["B", "7", "8", "9"], ["C", "1", "*", "12 345"]]
    assert grid.row_places[-1] == "page 2, line 3"


def test_a_running_head_and_foot_stop_no_table_and_are_no_row(tmp_path):
    def page(number, rows, heads=()):
        ends = [(50.0, 790.0, "Statistikk"), (400.0, 790.0, f"2022-{number}")]
        return [*ends, *heads, *body(rows), (50.0, 30.0, "NAV"), right_aligned(420, 30, str(number))]

    data = pdf([page(1, ROWS, HEADS), page(2, ROWS)])
    grid = the_grid(opened(tmp_path, "a.pdf", data))
    assert texts(grid) == [*WANTED, *ROWS]
    assert grid.titles == ("Statistikk 2022-1",)


def test_a_label_over_two_lines_is_one_row(tmp_path):
    placed = [(50.0, 620.0, "Vgs/yrkesfaglig"), (50.0, 609.0, "utdanning")]
    placed += [right_aligned(edge, 620.0, "77") for edge in EDGES]
    page = [*HEADS, *body(ROWS), *placed, (50.0, 560.0, "Kilde: NAV")]
    grid = the_grid(opened(tmp_path, "a.pdf", pdf([page])))
    assert texts(grid)[-1] == ["Vgs/yrkesfaglig utdanning", "77", "77", "77"]
    assert grid.notes == ("Kilde: NAV",)


def test_a_label_over_two_lines_may_be_that_of_the_first_row(tmp_path):
    placed = [(50.0, 760.0, "Ledige"), (50.0, 700.0, "Alder"), *HEADS]
    placed += [(50.0, 680.0, "I alt i alle"), (50.0, 669.0, "kommunene")]
    placed += [right_aligned(edge, 669.0, "77") for edge in EDGES]
    grid = the_grid(opened(tmp_path, "a.pdf", pdf([[*placed, *body(ROWS, 654.0)]])))
    assert texts(grid) == [
        ["Alder", "2020", "2021", "2022"],
        ["I alt i alle kommunene", "77", "77", "77"],
        *ROWS,
    ]
    assert grid.titles == ("Ledige",)


def test_a_letter_that_reaches_back_over_a_blank_ends_no_word(tmp_path):
    rows = [["I alt jobb", *ROWS[0][1:]], *ROWS[1:]]
    data = pdf([[*HEADS, *body(rows)]], font="Times-BoldItalic")
    assert texts(the_grid(opened(tmp_path, "a.pdf", data)))[1][0] == "I alt jobb"


def test_the_label_of_a_section_is_a_row(tmp_path):
    page = [*HEADS, *body([*ROWS, ["Menn", "", "", ""], *ROWS])]
    assert [row[0] for row in texts(the_grid(opened(tmp_path, "a.pdf", pdf([page]))))][4] == "Menn"


def test_a_centred_star_stands_in_the_column_of_its_figures(tmp_path):
    page = [*HEADS, *body(ROWS)]
    page = [(x - 12, y, text) if text == "*" else (x, y, text) for x, y, text in page]
    assert texts(the_grid(opened(tmp_path, "a.pdf", pdf([page])))) == WANTED


def test_a_heading_over_several_columns_spans_them(tmp_path):
    page = [(335.0, 715.0, "Menn"), (50.0, 700.0, "Sted"), *HEADS, *body(ROWS)]
    page[0] = (310.0, 715.0, "Menn")
    grid = the_grid(opened(tmp_path, "a.pdf", pdf([page])))
    assert [c and (c.text, c.column_span) for c in grid.rows[0]] == [None, ("Menn", 3), None, None]


def test_a_raised_mark_is_no_digit_of_the_figure(tmp_path):
    data = pdf([PAGE]).replace(b"(5) Tj", b"(5) Tj /F1 6 Tf 4 Ts (1) Tj 0 Ts")
    assert texts(the_grid(opened(tmp_path, "a.pdf", data))) == WANTED


def test_indentation_is_kept(tmp_path):
    page = [*HEADS, *body(ROWS)]
    page = [(60.0, y, t) if t == "20 år og over" else (x, y, t) for x, y, t in page]
    grid = the_grid(opened(tmp_path, "a.pdf", pdf([page])))
    assert grid.rows[2][0].indent == 0
    page = [(60.0, y, "Under 20") if t == "20 år og over" else (x, y, t) for x, y, t in page]
    page = [(60.0, y, "Under 20") if t == "Under 20" or x == 60.0 else (x, y, t) for x, y, t in page]
    grid = the_grid(opened(tmp_path, "a.pdf", pdf([page])))
    assert (grid.rows[3][0].text, grid.rows[3][0].indent) == ("Under 20", 2)


def test_pages_without_text_are_told(tmp_path):
    document = opened(tmp_path, "a.pdf", pdf([PAGE, []]))
    assert document.assumptions[1] == "no text on page 2: a picture, or blank"


def test_a_picture_of_a_document_is_refused(tmp_path):
    assert refusal(tmp_path, "a.pdf", pdf([[], []])) == (
        "a.pdf: no page has text: it is probably a picture of a document. "
        "Ask for the tables as a spreadsheet, or have the text recognised (OCR) first. [pdf-no-text]"
    )


def test_prose_is_no_table(tmp_path):
    page = [(50.0, 700.0 - 15 * i, "I 2022 var det 12 345 ledige i landet.") for i in range(20)]
    assert "[no-table]" in refusal(tmp_path, "a.pdf", pdf([page]))


def test_too_many_pages_are_refused(tmp_path):
    assert "[pages-limit]" in refusal(tmp_path, "a.pdf", pdf([PAGE, PAGE, PAGE]), pages=2)


def test_a_cut_off_file_is_refused_or_read(tmp_path):
    data = pdf([PAGE])
    assert "[file-broken]" in refusal(tmp_path, "a.pdf", data[:200])


def test_without_the_library_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(EnvironmentFault, match=r"pip install 'prikk\[read\]'"):
        opened(tmp_path, "a.pdf", pdf([PAGE]))


def test_nothing_heavy_is_imported_before_it_is_needed():
    code = "import prikk.reading.formats, sys; print([m for m in ('pyarrow', 'openpyxl', 'pypdfium2') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
