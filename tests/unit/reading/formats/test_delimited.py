"""Delimited files: the delimiter, the encoding and the blocks are found."""

import pytest

from prikk.reading._grid import Grid
from prikk.reading.formats import open_document
from unit.reading.formats.kit import SHARED, opened, refusal, texts, the_frame, the_grid

WIDE = [["Sted", "2021", "2022"], ["Færder", "12", "1,5"], ["Åmli", "*", "1 234"]]


def joined(rows, delimiter):
    return "\n".join(delimiter.join(row) for row in rows) + "\n"


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16", "utf-16-le", "cp865"]
)
def test_any_delimiter_and_encoding_give_the_same_cells(tmp_path, delimiter, encoding):
    document = opened(tmp_path, "a.csv", joined(WIDE, delimiter).encode(encoding))
    assert texts(the_grid(document)) == WIDE


def test_what_was_found_is_said(tmp_path):
    document = opened(tmp_path, "a.csv", joined(WIDE, ";").encode("latin-1"))
    assert document.assumptions == ("encoding latin-1", "fields separated by ;")


def test_the_comma_of_a_number_is_no_delimiter(tmp_path):
    document = opened(tmp_path, "a.csv", "a;1,5;2,5\nb;3,5;4,5\n")
    assert texts(the_grid(document)) == [["a", "1,5", "2,5"], ["b", "3,5", "4,5"]]


def test_a_hint_for_the_spreadsheet_is_followed_and_left_out(tmp_path):
    document = opened(tmp_path, "a.csv", "sep=;\nSted;2021\nA;1,5\nB;2,5\n")
    assert texts(the_grid(document)) == [["Sted", "2021"], ["A", "1,5"], ["B", "2,5"]]
    assert the_grid(document).row_places[0] == "line 2"


def test_quotes_hold_delimiters_line_breaks_and_quotes(tmp_path):
    document = opened(tmp_path, "a.csv", 'Sted,"2021","20""22"""\n"A, B",1,"2\n3"\nC,4,5\n')
    assert texts(the_grid(document)) == [["Sted", "2021", '20"22"'], ["A, B", "1", "2\n3"], ["C", "4", "5"]]


def test_a_quote_that_never_closes_is_an_ordinary_sign(tmp_path):
    rows = "\n".join(f"B{i};{i};{i}" for i in range(30))
    document = opened(tmp_path, "a.csv", f'Sted;x;y\n"A;1;2\n{rows}\n')
    assert texts(the_grid(document))[1] == ['"A', "1", "2"]
    assert "quotes do not enclose fields" in document.assumptions


def test_lines_above_are_titles_and_lines_below_notes(tmp_path):
    text = "Ledige i kommunene;;\n\nSted;2021;2022\nA;1;2\nB;3;4\n\nKilde: oppdiktet;;\n"
    grid = the_grid(opened(tmp_path, "a.csv", text))
    assert (grid.titles, grid.notes) == (("Ledige i kommunene",), ("Kilde: oppdiktet",))
    assert texts(grid) == [["Sted", "2021", "2022"], ["A", "1", "2"], ["B", "3", "4"]]
    assert grid.row_places == ("line 3", "line 4", "line 5")


def test_stacked_headings_stay_rows_and_blank_columns_at_the_end_go(tmp_path):
    text = "Sted;Menn;Menn;;\n;2021;2022;;\nA;1;2;;\nB;3;;;\n"
    grid = the_grid(opened(tmp_path, "a.csv", text))
    assert texts(grid) == [
        ["Sted", "Menn", "Menn"],
        [None, "2021", "2022"],
        ["A", "1", "2"],
        ["B", "3", None],
    ]


def test_a_line_that_is_too_short_is_filled(tmp_path):
    grid = the_grid(opened(tmp_path, "a.csv", "Sted;2021;2022\nA;1\nB;3;4;5\n"))
    assert texts(grid)[1:] == [["A", "1", None, None], ["B", "3", "4", "5"]]


def test_leading_blanks_of_a_label_are_its_indentation_and_of_a_figure_padding(tmp_path):
    grid = the_grid(opened(tmp_path, "a.csv", "Sted;2021\nA;   7\n  B;  12\n"))
    assert [(row[0].indent, row[1].indent) for row in grid.rows] == [(0, 0), (0, 0), (2, 0)]


def test_two_tables_under_each_other_are_two_grids(tmp_path):
    text = "Alder\nSted;2021;2022\nA;1;2\n\nKjønn\nSted;2021;2022\nA;3;4\n"
    document = opened(tmp_path, "a.csv", text)
    assert [g.titles for g in document.contents] == [("Alder",), ("Kjønn",)]
    assert [g.place for g in document.contents] == ["a.csv, lines 1 to 3", "a.csv, lines 5 to 7"]


LONG = "sex;age;value;status\nf;0-19;12;\nf;20-66;3;\nm;0-19;;*\nm;20-66;15;\n"


def test_a_long_table_is_a_frame(tmp_path):
    frame = the_frame(opened(tmp_path, "a.csv", LONG))
    assert frame.columns == ("sex", "age", "value", "status")
    assert frame.rows == (
        ("f", "0-19", "12", ""),
        ("f", "20-66", "3", ""),
        ("m", "0-19", "", "*"),
        ("m", "20-66", "15", ""),
    )


def test_equal_texts_of_a_frame_are_one_object(tmp_path):
    frame = the_frame(opened(tmp_path, "a.csv", LONG))
    assert frame.rows[0][0] is frame.rows[1][0]


@pytest.mark.parametrize(
    "text",
    [
        "sex;age;2021;2022\nf;0;1;2\nf;1;1;2\nm;0;1;2\nm;1;1;2\n",  # periods in the heading
        "place;employed;unemployed\nA;1;2\nB;3;4\nC;5;6\nD;7;8\n",  # nothing comes back
        "sex;age;employed;unemployed\nf;a;1;20\nf;b;2;30\nm;a;3;40\nm;b;4;50\n",  # two columns of values
        "sex;sex;value\nf;a;1\nf;b;2\nm;a;3\nm;b;4\n",  # a name twice
        "sex;age;value\nf;a;1\n\nf;b;2\nm;a;3\nm;b;4\nKilde: NAV\n",  # a line that is no row
    ],
)
def test_what_may_not_be_long_is_a_grid(tmp_path, text):
    assert all(isinstance(c, Grid) for c in opened(tmp_path, "a.csv", text).contents)


def test_text_without_figures_is_no_table(tmp_path):
    assert "[no-table]" in refusal(tmp_path, "a.csv", "code;label\na;Alfa\nb;Beta\n")


def test_a_field_of_megabytes_is_refused(tmp_path):
    assert "[csv-field]" in refusal(tmp_path, "a.csv", "a;b\n1;" + "x" * 200_000 + "\n")


real = pytest.mark.skipif(not SHARED.is_dir(), reason="the real publications are not here")


@real
@pytest.mark.parametrize(
    ("name", "rows", "columns", "encoding"),
    [
        ("07_imdi_videregaende_fullfort_latin1.csv", 24, 332, "encoding latin-1"),
        ("10_ssi_municipality_test_pos_2020-11.csv", 100, 6, "encoding utf-8 with a byte-order mark"),
    ],
)
def test_real_files_have_their_shape(name, rows, columns, encoding):
    document = open_document(SHARED / "real" / name)
    grid = the_grid(document)
    assert (len(grid.rows), len(grid.rows[0])) == (rows, columns)
    assert document.assumptions == (encoding, "fields separated by ;")


@real
def test_patterns_of_other_tools_are_frames():
    paths = sorted((SHARED / "bench" / "patterns").glob("*.csv"))
    assert len(paths) == 11
    assert all(the_frame(open_document(path)).rows for path in paths)
