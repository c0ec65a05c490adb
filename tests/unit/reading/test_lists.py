"""Classifications: garbled labels, context, and codes that no table prints."""

import pytest

from prikk.errors import ReadingError
from prikk.reading._lists import list_name, load_lists, read_list
from prikk.reading._match import code_in, match_labels
from unit.reading.kit import BELOW_FOUR, cells, grid, reading, sums_of

KIND = """code,parent,label_nb,label_en
PRAKSIS,,Arbeidspraksis,Work practice
OPPF,,Oppfølging,Follow-up
TRENING,PRAKSIS,Arbeidstrening,Work training
FORBERED,PRAKSIS,Arbeidsforberedende trening,Preparation
KLUBB,OPPF,Jobbklubb,Job club
HJELP,OPPF,Oppfølging,Help
ENKEL,OPPF,"Enkeltplass, forsøk",Single places
"""
GROUP = "code,label_nb\nSOKER,Arbeidssøkere på tiltak\nANDRE,Andre på tiltak\n"
AGE = "code,from,to,label_nb\nung,0,29,20-29 år\neldre,30,,30 år og over\n"


@pytest.fixture
def lists(tmp_path):
    paths = []
    for name, text in (("kind", KIND), ("group", GROUP), ("age", AGE)):
        path = tmp_path / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return tuple(paths)


PAGE = """
| Januar
**I alt andre på tiltak 20-29 år** | 40
Arbeids- forberedende trening | 9
Arbeidstrenning | *
**I alt arbeidspraksis** | 12
Jobbkubb | 8
Oppfølging | 15
Enkeltclass, forsøk | 5
**I alt oppfølging** | 28
"""


def test_a_page_is_read_by_its_classifications(lists):
    found = reading(
        grid(PAGE, "Januar - Mars 2022", "Andre på tiltak", "20-29 år"),
        classifications=lists,
        notes=BELOW_FOUR,
    )
    table = found.publication.table
    printed = {table.codes(i): int(found.publication.low[i]) for i in range(len(table)) if found.places[i]}
    names = [h.name for h in table.hierarchies]
    assert sorted(names) == ["age", "group", "kind", "period"]
    by_kind = {codes[names.index("kind")]: value for codes, value in printed.items()}
    assert by_kind == {
        "TOTAL": 40,
        "FORBERED": 9,
        "TRENING": 0,
        "PRAKSIS": 12,
        "KLUBB": 8,
        "HJELP": 15,
        "ENKEL": 5,
        "OPPF": 28,
    }
    assert {codes[names.index("group")] for codes in printed} == {"ANDRE"}
    assert {codes[names.index("age")] for codes in printed} == {"ung"}


def test_guessed_labels_are_listed(lists):
    found = reading(grid(PAGE, "2022", "Andre på tiltak"), classifications=lists, notes=BELOW_FOUR)
    said = " ".join(found.assumptions)
    assert "'Arbeidstrenning' is read as 'Arbeidstrening'" in said
    assert "'Jobbkubb' is read as 'Jobbklubb'" in said


def test_the_same_label_on_two_levels_goes_with_its_neighbours(lists):
    codes = load_lists(lists)[0]
    groups = match_labels(["I alt 20-29 år", "Arbeidspraksis", "Oppfølging"], (), codes)
    assert groups.codes == ["TOTAL", "PRAKSIS", "OPPF"]
    members = match_labels(["Jobbklubb", "Oppfølging", "I alt oppfølging"], (), codes)
    assert members.codes == ["KLUBB", "HJELP", "OPPF"]


def test_codes_win_over_labels_that_look_like_them(lists):
    assert match_labels(["OPPF", "HJELP", "TOTAL"], (), load_lists(lists)[0]).codes == [
        "OPPF",
        "HJELP",
        "TOTAL",
    ]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["Andre på tiltak, tiltak og alder", "20-29 år arbeidssøkere på tiltak"], "SOKER"),
        (["20-29 år arbeidssøkere", "på tiltak"], "SOKER"),
        (["Arbeidssøkere og andre på tiltak"], "ANDRE"),
        (["Andre på tiltk"], "ANDRE"),
        (["Etter alder"], None),
    ],
)
def test_titles_name_codes_even_broken_over_lines(lists, lines, code):
    assert code_in(lines, load_lists(lists)[1]) == code


def test_labels_that_fit_nothing_are_said_to_be_unsure(lists):
    found = reading(grid("| Antall\nArbeidstrening | 9\nJobbklubb | 5\nFlyging | *"), classifications=lists)
    assert any("'Flyging'" in t and "dimensions.kind.labels" in t for t in found.unsure)


def test_codes_that_no_table_prints_leave_a_rest_unless_sums_tell(lists):
    short = "| 2020\nArbeidspraksis | 12\nArbeidstrening | *\nArbeidsforberedende trening | 9"
    assert not any("rest" in c for c in reading(grid(short), classifications=lists).labels["kind"])
    text = "| 2020\nJobbklubb | 9\nEnkeltplass, forsøk | *\nI alt oppfølging | 30\nI alt arbeidspraksis | 9"
    found = reading(grid(text), classifications=lists)
    assert any("(rest)" in c for c in found.labels["kind"])
    assert any("dimensions.kind.complete" in t for t in found.unsure)


def test_a_plain_list_has_its_own_total(tmp_path):
    path = tmp_path / "T9.geo.hier.csv"
    path.write_text("code,parent\nT,\nA,T\nB,T\na1,A\na2,A\nb1,B\n", encoding="utf-8")
    assert list_name(path) == "geo"
    text = "geo | n\nT | 30\nA | 12\na1 | *\na2 | *\nB | 18\nb1 | 18"
    assert sums_of(reading(grid(text), classifications=(path,)))["A"] == {"a1", "a2"}


@pytest.mark.parametrize(
    "text", ["code,parent\nA,X\n", "code,parent\nA,B\nB,A\n", "code,parent\n", "x,y\n1,2\n", None]
)
def test_a_wrong_list_is_refused_with_a_finding(tmp_path, text):
    path = tmp_path / "kind.csv"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(ReadingError) as error:
        load_lists((path,))
    assert all("kind" in f.where for f in error.value.findings)


def test_labels_in_another_language_are_known(lists):
    found = reading(grid("| n\nWork training | 9\nJob club | *"), classifications=lists)
    assert set(cells(found)) == {("Arbeidstrening",), ("Jobbklubb",)}


@pytest.mark.parametrize("column", ["name_nb", "label", "Navn", "title"])
def test_a_list_of_another_office_has_names_in_a_column_of_its_own(tmp_path, column):
    path = tmp_path / "measure.csv"
    path.write_text(
        f"code,parent,{column},note\nA,TOTAL,Arbeid,x\nA1,A,Arbeidstrening,\nB,TOTAL,Kurs,\n", "utf-8"
    )
    (codes,) = load_lists((path,))
    assert codes.labels == {"A": ("Arbeid",), "A1": ("Arbeidstrening",), "B": ("Kurs",)}
    assert codes.parents == {"A": "TOTAL", "A1": "A", "B": "TOTAL"}


def test_a_list_that_names_the_total_as_our_own_files_do_is_read(tmp_path):
    path = tmp_path / "area.csv"
    path.write_text("code,parent,label\nTOTAL,,Alle\nN,TOTAL,Nord\nS,TOTAL,Sør\n", encoding="utf-8")
    codes, findings = read_list(path, "area")
    assert findings == []
    assert codes is not None
    assert (dict(codes.parents), codes.tops) == ({"N": "TOTAL", "S": "TOTAL"}, ("TOTAL", "Alle"))


def test_a_flat_list_needs_no_column_of_parents(tmp_path):
    path = tmp_path / "sex.csv"
    path.write_text("code,name\n1,Menn\n2,Kvinner\n", encoding="utf-8")
    codes, findings = read_list(path, "sex")
    assert findings == []
    assert codes is not None
    assert dict(codes.parents) == {"1": "TOTAL", "2": "TOTAL"}
