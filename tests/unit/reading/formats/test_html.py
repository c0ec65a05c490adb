"""HTML: spans, headings, and the visible symbol before what screen readers read."""

import pytest

from prikk.reading.formats import open_document
from unit.reading.formats.kit import opened, refusal, texts, the_grid, write

PAGE = """<!DOCTYPE html><html><head><title>T</title>{style}</head><body>
<h1>Ledige</h1><h2>Alder</h2><table><caption>Menn<br>Januar</caption>{rows}</table><p>* = under 4</p></body></html>"""
ROWS = "<tr><th>Sted<th>2021<th>2022<tr><th>A<td>12<td>{cell}<tr><th>B<td>3<td>4"


def page(tmp_path, rows, style=""):
    return opened(tmp_path, "a.html", PAGE.format(rows=rows, style=style))


def test_headings_and_caption_are_titles_and_text_below_is_a_note(tmp_path):
    grid = the_grid(page(tmp_path, ROWS.format(cell="5")))
    assert grid.titles == ("Ledige", "Alder", "Menn", "Januar")
    assert grid.notes == ("* = under 4",)
    assert texts(grid) == [["Sted", "2021", "2022"], ["A", "12", "5"], ["B", "3", "4"]]
    assert [c.header for c in grid.rows[1]] == [True, False, False]


def test_end_tags_that_are_left_out_are_supplied(tmp_path):
    grid = the_grid(
        page(tmp_path, "<tbody>" + ROWS.format(cell="<p>5<p>6") + "<tfoot><tr><td>I alt<td>1<td>2")
    )
    assert texts(grid)[1:] == [["A", "12", "5 6"], ["B", "3", "4"], ["I alt", "1", "2"]]


@pytest.mark.parametrize(
    "cell",
    [
        '<span aria-hidden="true">*</span><span class="unseen">skjult</span>',
        '*<span class="sr-only"> hidden to protect privacy</span>',
        '*<span style="display: none">skjult</span>',
        "*<span hidden>skjult</span>",
        '*<i class="gone">skjult</i>',
        '<script>var x = "7"</script>*',
    ],
)
def test_the_visible_symbol_wins(tmp_path, cell):
    style = "<style>.gone, p.away { position: absolute; clip: rect(0 0 0 0) }</style>"
    grid = the_grid(page(tmp_path, ROWS.format(cell=cell), style))
    assert texts(grid)[1] == ["A", "12", "*"]


@pytest.mark.parametrize(
    "rows",
    [
        ROWS.format(cell='*<span class="sr-only">2</span>'),
        "<tr><th>Sted<th>2021<th>2022<tr><th>A<td>12<td data-value='2'>*<tr><th>B<td>3<td>4",
        "<tr><th>Sted<th>2021<th>2022<tr><th>A<td>12<td title='2'>*<tr><th>B<td>3<td>4",
    ],
)
def test_a_figure_behind_a_symbol_is_told_but_not_given(tmp_path, rows):
    document = page(tmp_path, rows)
    assert texts(the_grid(document))[1] == ["A", "12", "*"]
    assert document.assumptions == (
        "1 cells hold a figure behind the text that they show (the first on line 2)",
    )


def test_a_row_that_is_not_shown_is_read(tmp_path):
    rows = ROWS.format(cell="5") + "<tr style='display:none'><th>C<td>7<td>8"
    document = page(tmp_path, rows)
    assert texts(the_grid(document))[3] == ["C", "7", "8"]
    assert document.assumptions == ("3 cells show nothing, but hold hidden text, which was read",)


def test_spans_cover_places(tmp_path):
    rows = "<tr><td rowspan=2>Sted<td colspan=2>Menn<td rowspan=9>I alt<tr><td>2021<td>2022<tr><td>A<td>1<td>2<tr><td>B<td>3<td>4"
    grid = the_grid(page(tmp_path, rows))
    assert texts(grid) == [
        ["Sted", "Menn", None, "I alt"],
        [None, "2021", "2022", None],
        ["A", "1", "2", None],
        ["B", "3", "4", None],
    ]
    assert [c and (c.row_span, c.column_span) for c in grid.rows[0]] == [(2, 1), (1, 2), None, (4, 1)]


def test_a_raised_mark_is_no_digit_of_the_figure_but_may_stand_alone(tmp_path):
    rows = ROWS.format(cell="12<sup>1)</sup>") + "<tr><th>C<sup>a</sup><td><sup>*</sup><td>1"
    assert texts(the_grid(page(tmp_path, rows)))[1:] == [["A", "12", "12"], ["B", "3", "4"], ["C", "*", "1"]]


def test_unbreakable_blanks_indent_a_label_and_stay_in_a_figure(tmp_path):
    rows = ROWS.format(cell="1&nbsp;234") + "<tr><td>&nbsp;&nbsp;C<td>1<td>2"
    grid = the_grid(page(tmp_path, rows))
    assert texts(grid)[1][2] == "1\xa0234"
    assert (grid.rows[3][0].text, grid.rows[3][0].indent) == ("C", 2)


@pytest.mark.parametrize(
    "row",
    [
        "<tr><td><b>C</b><td>1<td>2",
        "<tr style='font-weight:700'><td>C<td>1<td>2",
        "<tr class='total'><td>C<td>1<td>2",
    ],
)
def test_bold_labels_are_found(tmp_path, row):
    grid = the_grid(page(tmp_path, ROWS.format(cell="5") + row))
    assert [row[0].bold for row in grid.rows] == [False, False, False, True]


def test_a_heading_row_without_th_is_marked(tmp_path):
    grid = the_grid(page(tmp_path, "<thead><tr><td>Sted<td>2021<tbody><tr><td>A<td>1<tr><td>B<td>2"))
    assert [[c.header for c in row] for row in grid.rows] == [[True, True], [False, False], [False, False]]


def test_a_table_that_only_arranges_the_page_is_text(tmp_path):
    inner = f"<table>{ROWS.format(cell='5')}</table>"
    html = f"<html><body><table><tr><td>Meny<td><h3>Alder</h3>{inner}<p>Kilde: NAV</table></body></html>"
    grid = the_grid(opened(tmp_path, "a.html", html))
    assert texts(grid)[1] == ["A", "12", "5"]
    assert (grid.titles, grid.notes) == (("Meny", "Alder"), ("Kilde: NAV",))


def test_the_title_of_the_page_serves_where_no_heading_is(tmp_path):
    html = (
        f"<html><head><title>Ledige</title></head><body><table>{ROWS.format(cell='5')}</table></body></html>"
    )
    assert the_grid(opened(tmp_path, "a.html", html)).titles == ("Ledige",)


def test_a_spreadsheet_that_is_html_inside_is_read_and_said(tmp_path):
    document = opened(tmp_path, "a.xls", PAGE.format(rows=ROWS.format(cell="5"), style=""))
    assert document.kind == "html"
    assert document.assumptions == ("read as html, although its name ends in .xls",)


def test_the_charset_that_a_page_names_counts(tmp_path):
    html = '<html><head><meta charset="iso-8859-5"></head><body><table><tr><td>Ж<td>1<tr><td>Я<td>2</table></body></html>'
    document = opened(tmp_path, "a.html", html.encode("iso-8859-5"))
    assert texts(the_grid(document)) == [["Ж", "1"], ["Я", "2"]]
    assert document.assumptions == ("encoding iso-8859-5",)


def test_a_page_without_figures_has_no_table(tmp_path):
    assert "[no-table]" in refusal(tmp_path, "a.html", "<html><table><tr><td>a<td>b</table>")


def test_a_span_of_millions_is_cut(tmp_path):
    rows = ROWS.format(cell="5") + '<tr><td colspan="99999999999999">C<td rowspan="65000">1'
    assert len(the_grid(page(tmp_path, rows)).rows[0]) < 10


def test_spans_cannot_fill_the_memory(tmp_path):
    rows = "<tr><td colspan=1000>1<td>2" * 100
    assert "[cells-limit]" in refusal(tmp_path, "a.html", f"<html><table>{rows}</table>", cells=50_000)


TEMPLATE = """<!DOCTYPE html><html lang="nb"><body><header><p class="release"><a href="index.html">Statistikk</a></p></header>
<main><p class="which">Tabell 1 av 2</p><h1>Alder</h1><nav><a href="t2.html">Neste</a></nav>
<table aria-describedby="legend"><caption id="caption"><span>Andre</span><br><span class="when">Januar 2022</span></caption>
<thead><tr class="heads"><th scope="col">Alder</th><th scope="col">Januar</th></tr>
<tr class="total"><th scope="row">I alt</th><td>17</td></tr></thead>
<tbody><tr><th scope="row">0-19</th><td><span aria-hidden="true">*</span><span class="unseen">skjult</span></td></tr>
<tr class="subtotal"><th scope="row">Sum</th><td>13</td></tr></tbody></table>
<div class="legend" id="legend"><p>* = skjult</p></div></main></body></html>"""


def test_pages_of_prikk_read_back(tmp_path):
    grid = the_grid(open_document(write(tmp_path, "tabell-01.html", TEMPLATE)))
    assert grid.titles == ("Statistikk", "Tabell 1 av 2", "Alder", "Andre", "Januar 2022")
    assert texts(grid) == [["Alder", "Januar"], ["I alt", "17"], ["0-19", "*"], ["Sum", "13"]]
    assert [row[0].bold for row in grid.rows] == [False, True, False, True]
    assert [row[1].header for row in grid.rows] == [True, False, False, False]
    assert grid.notes == ("* = skjult",)
