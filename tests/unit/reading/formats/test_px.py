"""PX: order, symbols, keys, languages and encodings."""

from decimal import Decimal

import pytest

from unit.reading.formats.kit import opened, refusal, the_dataset

HEAD = """CHARSET="ANSI";
AXIS-VERSION="2013";
LANGUAGE="no";
LANGUAGES="no","en";
TITLE="Ledige etter "
"sted og år";
TITLE[en]="Unemployed";
STUB="sted";
HEADING="kjønn","år";
VALUES("sted")="I alt","Ålesund","Bø";
VALUES[en]("place")="Total","Ålesund","Bø";
VALUES("kjønn")="Menn","Kvinner";
VALUES("år")="2021","2022";
CODES("sted")="0","1507","4012";
TIMEVAL("år")=TLIST(A1),"2021","2022";
ELIMINATION("sted")="I alt";
ELIMINATION("kjønn")=YES;
DATASYMBOL1=".";
DATASYMBOL2="*";
NOTE="Oppdiktede tall.#Ingen er virkelige.";
NOTE("sted")="Grenser i 2022";
"""
DATA = 'DATA=\n10 20 30 40\n4 ".." 6 7.5\n"-" 9 "." 33 ;\n'


def px(tmp_path, head=HEAD, data=DATA, encoding="cp1252"):
    return opened(tmp_path, "a.px", (head + data).encode(encoding))


def test_cells_are_row_major_over_stub_and_heading(tmp_path):
    dataset = the_dataset(px(tmp_path))
    assert [d.name for d in dataset.dimensions] == ["sted", "kjønn", "år"]
    assert dataset.values[:5] == (10, 20, 30, 40, 4)
    assert dataset.values[7] == Decimal("7.5")
    assert dataset.title == "Ledige etter sted og år"


def test_symbols_stand_where_values_do_not(tmp_path):
    dataset = the_dataset(px(tmp_path))
    shown = {i: (dataset.values[i], s) for i, s in enumerate(dataset.statuses) if s}
    assert shown == {5: (None, "*"), 8: (None, "-"), 10: (None, ".")}


def test_dimensions_know_codes_time_and_total(tmp_path):
    place, sex, year = the_dataset(px(tmp_path)).dimensions
    assert (place.codes, place.labels, place.total) == (
        ("0", "1507", "4012"),
        ("I alt", "Ålesund", "Bø"),
        "0",
    )
    assert (sex.codes, sex.total, sex.is_time) == (("Menn", "Kvinner"), None, False)
    assert year.is_time


def test_notes_say_what_they_are_about(tmp_path):
    assert the_dataset(px(tmp_path)).notes == ("Oppdiktede tall. Ingen er virkelige.", "sted: Grenser i 2022")


def test_rows_that_a_file_with_keys_leaves_out_are_zero(tmp_path):
    data = 'KEYS("sted")=CODES;\nDATA=\n"4012",1 2 3 4\n"0",10 20 30 "..";\n'
    dataset = the_dataset(px(tmp_path, data=data))
    assert dataset.values == (10, 20, 30, None, 0, 0, 0, 0, 1, 2, 3, 4)
    assert dataset.statuses[3] == "*"


def test_keys_may_be_texts(tmp_path):
    data = 'KEYS("sted")=VALUES;\nDATA=\n"Bø",1 2 3 4;\n'
    assert the_dataset(px(tmp_path, data=data)).values[8:] == (1, 2, 3, 4)


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        (HEAD, "cp1252"),
        (HEAD, "utf-8"),
        (HEAD, "utf-8-sig"),
        (HEAD.replace('CHARSET="ANSI";\n', ""), "cp850"),
        (HEAD.replace('CHARSET="ANSI";', 'CHARSET="ANSI";\nCODEPAGE="iso-8859-15";'), "iso-8859-15"),
        (HEAD.replace('CHARSET="ANSI";', 'CODEPAGE="utf-8";'), "utf-8"),
    ],
)
def test_the_encoding_is_the_one_the_file_names(tmp_path, head, encoding):
    assert the_dataset(px(tmp_path, head=head, encoding=encoding)).dimensions[0].labels[1] == "Ålesund"


def test_a_file_only_in_named_languages_is_read_in_its_default(tmp_path):
    head = 'CHARSET="ANSI";\nLANGUAGE="en";\nTITLE[no]="T";\nTITLE[en]="U";\nSTUB[no]="a";\nSTUB[en]="b";\n'
    head += 'VALUES[no]("a")="x","y";\nVALUES[en]("b")="p","q";\n'
    document = px(tmp_path, head=head, data="DATA=1 2;")
    assert (the_dataset(document).title, the_dataset(document).dimensions[0].labels) == ("U", ("p", "q"))
    assert "language en" in document.assumptions


def test_hierarchies_give_parents_and_variable_codes_names(tmp_path):
    head = (
        HEAD
        + 'VARIABLECODE("sted")="Region";\nHIERARCHIES("sted")="0","0":"1507","0":"4012";\nCONTVARIABLE="kjønn";\n'
    )
    place, sex, _ = the_dataset(px(tmp_path, head=head)).dimensions
    assert (place.name, place.label, dict(place.parents)) == ("Region", "sted", {"1507": "0", "4012": "0"})
    assert sex.is_metric


@pytest.mark.parametrize(
    ("head", "data", "code"),
    [
        (HEAD, "DATA=1 2 3;", "px-data"),
        (HEAD, "DATA=" + "1 " * 13 + ";", "px-data"),
        (HEAD, "DATA=" + "x " * 12 + ";", "px-data"),
        (HEAD, "", "px-data"),
        (HEAD, 'KEYS("sted")=CODES;DATA="nei" 1 2 3 4;', "px-data"),
        (HEAD, 'KEYS("sted")=CODES;DATA="0" 1 2;', "px-data"),
        (HEAD.replace('"Bø";\nVALUES[en]', '"Bø","Ås";\nVALUES[en]'), DATA, "px-values"),
        (HEAD.replace('VALUES("kjønn")="Menn","Kvinner";\n', ""), DATA, "px-values"),
        ('CHARSET="ANSI";\nTITLE="T";\n', "DATA=1;", "px-stub"),
        ('CHARSET="ANSI";\nTITLE="T;\n', "", "px-syntax"),
        ('CHARSET="ANSI";\nTITLE="T";\n??', "", "px-syntax"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused(tmp_path, head, data, code):
    assert f"[{code}]" in refusal(tmp_path, "a.px", (head + data).encode("cp1252"))


def test_lists_that_multiply_to_millions_are_refused(tmp_path):
    values = ",".join(f'"{i}"' for i in range(300))
    names = ",".join(f'"v{i}"' for i in range(9))
    head = f'CHARSET="ANSI";\nSTUB={names};\n' + "".join(f'VALUES("v{i}")={values};\n' for i in range(9))
    assert "[cells-limit]" in refusal(tmp_path, "a.px", head + "DATA=1;")
