"""The publications beside this repository: shapes, sums and how many cells are hidden; never a recovered value."""

import csv
import re
import time
from pathlib import Path

import pytest

from prikk.reading import ReadingSettings, read
from prikk.reading.formats import open_document
from prikk.tabular import Status

SHARED = Path(__file__).parents[4] / "shared"
LISTS = Path(__file__).parents[3] / "src" / "prikk" / "examples" / "tiltak-alder" / "classifications"
pytestmark = pytest.mark.skipif(not (SHARED / "seed").exists(), reason="the shared publications are not here")

SEED = SHARED / "seed" / "000_512709d54378b784.txt"
BY_CODE = tuple(LISTS / f"{name}.csv" for name in ("main_group", "age", "measure"))


def real(name):
    (path,) = (SHARED / "real").glob(f"{name}_*")
    return read([open_document(path)], ReadingSettings())


def hidden(found):
    return int((found.publication.status == Status.PRIMARY).sum())


@pytest.fixture(scope="module")
def seed():
    return read([open_document(SEED)], ReadingSettings(classifications=BY_CODE))


def test_the_seed_is_read_into_exactly_its_figures(seed):
    table, publication = seed.publication.table, seed.publication
    names = [h.name for h in table.hierarchies]
    at = [names.index(n) for n in ("period", "main_group", "age", "measure")]
    found = {}
    for i in range(len(table)):
        codes = table.codes(i)
        value = str(publication.low[i]) if publication.status[i] == Status.PUBLISHED else "*"
        found[tuple(codes[k] for k in at)] = value
    with (SHARED / "seed" / "figures.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    expected = {
        (
            r["month"],
            r["main_group"],
            r["age"],
            r["measure_group"] if r["measure"] == "TOTAL" else r["measure"],
        ): r["value"]
        for r in rows
    }
    assert found == expected
    assert len(found) == 6013


def test_the_seed_adds_up_and_every_printed_figure_has_its_place(seed):
    assert seed.contradictions == ()
    assert sum(map(len, seed.places)) == 7735
    assert (seed.threshold, seed.zeros, seed.symbols) == (4, "hidden", ("*",))
    assert seed.publication.exempt == ()
    assert seed.publication.listed_over == [h.name for h in seed.publication.table.hierarchies].index(
        "period"
    )


MAIN = {"TOTAL": "", "ARBEIDSSOKER": "Arbeidssøkere på tiltak", "NEDSATT": "Nedsatt arbeidsevne, på tiltak",
        "ANDRE": "Andre på tiltak"}  # fmt: skip
AGES = {"TOTAL": "", "0-19": "19 år og under", "60+": "60 år og over"}


def by_words(found, *, measures):
    """Every figure by period, main group and age in words; by its measure too, where that has codes."""
    table, names = found.publication.table, [h.name for h in found.publication.table.hierarchies]
    for i in range(len(table)):
        codes = dict(zip(names, table.codes(i), strict=True))
        words = [found.labels[n][codes[n]] if codes[n] != "TOTAL" else "" for n in ("heading", "rows")]
        shown = found.publication.status[i] == Status.PUBLISHED
        value = str(found.publication.low[i]) if shown else "*"
        yield (codes["period"], *words, codes["measures"] if measures else "", value)


def expected_words(*, measures):
    with (SHARED / "seed" / "figures.csv").open(encoding="utf-8") as file:
        for r in csv.DictReader(file):
            measure = r["measure_group"] if r["measure"] == "TOTAL" else r["measure"]
            age = AGES.get(r["age"], f"{r['age']} år")
            yield (r["month"], MAIN[r["main_group"]], age, measure if measures else "", r["value"])


@pytest.mark.parametrize("given", [(SHARED / "seed" / "measures.csv",), ()])
def test_the_seed_is_read_with_the_measures_alone_and_with_nothing(given):
    found = read([open_document(SEED)], ReadingSettings(classifications=given))
    assert found.contradictions == ()
    read_, wanted = by_words(found, measures=bool(given)), expected_words(measures=bool(given))
    assert sorted(read_) == sorted(wanted)


def test_without_a_classification_the_spellings_taken_for_one_are_doubted():
    found = read([open_document(SEED)], ReadingSettings())
    assert any("one label garbled; settled by --classification" in t for t in found.unsure)
    assert any(t.startswith("'Lønnskudd' is read as 'Lønnstilskudd'") for t in found.assumptions)


def test_the_garbled_labels_of_the_seed_are_listed(seed):
    said = " ".join(seed.assumptions)
    for garbled in ("Lønnskudd", "Inkluderingsstøtte", "Jobbkubb", "AMO Enkeltclass, Forsøk"):
        assert f"'{garbled}'" in said


def test_the_seed_is_read_quickly():
    document = open_document(SEED)
    start = time.perf_counter()
    read([document], ReadingSettings(classifications=BY_CODE))
    assert time.perf_counter() - start < 3  # 0.3 s on the machine it was written on


def test_the_seed_as_its_own_long_table_is_the_same_system(seed):
    path = SHARED / "seed" / "figures.csv"
    both = read([open_document(SEED), open_document(path)], ReadingSettings(classifications=BY_CODE))
    assert len(both.publication.table) == 6013
    assert both.contradictions == ()
    alone = read([open_document(path)], ReadingSettings())
    assert (len(alone.publication.table), alone.publication.exempt) == (6013, ())


def test_unemployed_by_municipality_has_two_hidden_cells_under_a_total():
    found = real("02")
    assert (hidden(found), len(found.publication.table), found.contradictions) == (2, 24, ())
    assert {len(p) for p in found.places} == {2}, "the second sheet prints the same cells"


def test_upper_secondary_has_its_hidden_cells_and_six_failing_identities():
    found = real("07")
    assert hidden(found) == 247
    assert len(found.contradictions) == len(found.publication.exempt) == 6
    assert found.symbols == (":",)
    background = next(h for h in found.publication.table.hierarchies if h.name == "Bakgrunn")
    assert int(background.depths.max()) == 2


def test_reduced_capacity_has_two_hidden_cells_and_nested_regions():
    found = real("09")
    assert hidden(found) == 2
    assert found.contradictions == ()
    region = next(h for h in found.publication.table.hierarchies if h.name == "Region")
    assert int(region.depths.max()) == 2
    assert any("(rest)" in c for c in region.codes)


def test_tests_by_municipality_have_a_marker_that_holds_digits_and_no_total():
    found = real("10")
    assert (hidden(found), found.threshold, found.symbols) == (7, 10, ("<10",))
    assert any("No total was found" in t for t in found.unsure)
    assert any("of 'befolkningstal'" in t for t in found.assumptions)


@pytest.mark.parametrize("name", ["02", "07", "09", "10"])
def test_no_word_of_a_reading_holds_a_figure_that_is_not_printed(name):
    (path,) = (SHARED / "real").glob(f"{name}_*")
    document = open_document(path)
    found = read([document], ReadingSettings())
    printed = {c.text for t in found.tables for row in t.rows for c in row if c is not None}
    sums = {m for c in found.contradictions for m in re.findall(r"parts?,? (?:make )?(\d+)", c.text)}
    for contradiction in found.contradictions:
        for number in re.findall(r"total (\d+)", contradiction.text):
            assert number in printed
    assert all(int(s) < 10_000 for s in sums)
    assert found.truth is None


@pytest.mark.parametrize("name", ["gs_T1m1_pzF_default_nolp", "gs_T2_pzF_default_nolp"])
@pytest.mark.parametrize("given", [True, False])
def test_the_hierarchies_of_a_pattern_are_given_or_found(name, given):
    case = name.split("_")[1]
    lists = tuple((SHARED / "bench").glob(f"{case}.*.hier.csv")) if given else ()
    document = open_document(SHARED / "bench" / "patterns" / f"{name}.csv")
    found = read([document], ReadingSettings(classifications=lists))
    assert len(found.publication.table) == {"T1m1": 1536, "T2": 11200}[case]
    assert found.contradictions == ()
    assert found.truth is not None
    assert found.threshold == 4
    for hierarchy in found.publication.table.hierarchies:
        path = SHARED / "bench" / f"{case}.{hierarchy.name}.hier.csv"
        rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
        above = {r["code"]: r["parent"].replace("T", "TOTAL") for r in rows if r["code"] != "T"}
        own = {
            c: hierarchy.codes[p] for c, p in zip(hierarchy.codes, hierarchy.parents, strict=True) if p >= 0
        }
        assert own == above
