"""Classifications: what is wrong with one is found when the spec is checked."""

import pytest

from prikk.classifications import load_classifications, read_classifications
from prikk.classifications._read import read_classification
from prikk.errors import SpecError
from prikk.spec import load_spec
from support import AGE, REGION, SPEC, edited, project


def messages(tmp_path, **files):
    spec = load_spec(project(tmp_path, **files))
    return [str(f) for f in read_classifications(spec)[1]]


def test_a_hierarchy_is_read_in_the_order_of_the_file(tmp_path):
    region = load_classifications(load_spec(project(tmp_path)))["region"]
    assert region.in_order == ("TOTAL", "N", "N1", "N2", "S", "S1")
    assert region.leaves == ("N1", "N2", "S1")
    assert region.parents == (-1, 0, 1, 1, 0, 4)
    assert region.ancestors("N2") == ("N", "N2")


@pytest.mark.parametrize(
    ("region", "message"),
    [
        (REGION + "X1,X,X one\n", "region.csv, line 7: the parent 'X' of 'X1' is not in the file."),
        (REGION.replace("N,,", "N,N2,"), "codes are above themselves: N → N2 → N."),
        (REGION + "T,,Alone\n", "line 7: 'T' is on level 1, but the finest level is 2 (county, region)."),
        (REGION + "N1,N,Again\n", "line 7: the code 'N1' is already on line 4."),
        (REGION + "N3,N,\n", "line 7: 'N3' has no label in 'en'. Fill in label_en."),
        (REGION + "TOTAL,,All\n", "line 7: the code 'TOTAL' is kept for the total."),
        (REGION + ",N,Nameless\n", "line 7: the code is empty."),
        (REGION.replace("label_en", "label_nb"), "line 1: the column 'label_en' is missing. Add the column 'label_en'. Nearest: 'label_nb'."),
        (REGION.replace("parent", "above"), "line 1: the column 'above' means nothing here."),
        ("code,parent,label_en\n", "region.csv: it holds no code."),
        ("code,parent,label_en,valid_from,valid_to\nN,,N,2020-01-01,2019-01-01\nN1,N,N1,,\n", "'N' is valid to a day before it is valid from."),
        ("code,parent,label_en,valid_from,valid_to\nN,,N,2020-01-01,\nN1,N,N1,2019-01-01,\n", "'N1' is valid outside the validity of its parent 'N'."),
        ("code,parent,label_en,valid_from,valid_to\nN,,N,01.02.2020,\nN1,N,N1,,\n", "'01.02.2020' in 'valid_from' is not a date."),
    ],
)  # fmt: skip
def test_every_mistake_in_a_hierarchy_is_told(tmp_path, region, message):
    found = messages(tmp_path, region=region)
    assert any(message in m for m in found), found


@pytest.mark.parametrize(
    ("age", "message"),
    [
        (
            AGE.replace("29", "35"),
            "age.csv, line 3: the bands 'young' and 'old' overlap at 30 years. Let 'young' end at 29.",
        ),
        (AGE.replace("29", "25"), "no band holds the years 26 to 29. Let 'old' start at 26, or add a band."),
        (AGE.replace("0,29", "29,0"), "the band 'young' ends before it starts."),
        (AGE.replace("30,,", "many,,"), "'many' in 'from' is not a whole number of years."),
        ("code,label_en\nyoung,Young\n", "'age' is derived from a date, so its codes are bands of years"),
        (AGE + "none,,,None\n", "line 4: 'none' has no band, but others have."),
    ],
)
def test_every_mistake_in_bands_is_told(tmp_path, age, message):
    found = messages(tmp_path, age=age)
    assert any(message in m for m in found), found


def test_findings_of_all_classifications_come_at_once(tmp_path):
    spec = load_spec(project(tmp_path, region=REGION + "X1,X,X one\n", age=AGE.replace("29", "35")))
    with pytest.raises(SpecError) as raised:
        load_classifications(spec)
    assert {f.code for f in raised.value.findings} == {"parent-unknown", "band-overlap"}


def test_a_missing_file_is_told(tmp_path):
    path = project(tmp_path)
    (tmp_path / "age.csv").unlink()
    found = read_classifications(load_spec(path))[1]
    assert [f.code for f in found] == ["classification-file"]


@pytest.mark.parametrize(
    ("line", "lacking"),
    [("N1,,North,2024-02-01,", "former_en"), ("N1,,North,,Old", "renamed")],
)
def test_a_former_name_is_whole_or_not_there(tmp_path, line, lacking):
    path = tmp_path / "x.csv"
    path.write_text(f"code,parent,label_en,renamed,former_en\n{line}\n", encoding="utf-8")
    _, findings = read_classification(path, "x", ("x",), ("en",))
    assert [f.code for f in findings] == ["former-name"]
    assert lacking in findings[0].what
    assert "line 2" in findings[0].where


RATED = (
    'stub = ["region"]\ntotal',
    'stub = ["region"]\ncolumns = ["figure", "rate"]\nrate = { of = "people", label = { en = "people" } }\ntotal',
)


def test_the_base_of_a_rate_is_a_code_s_own_or_that_of_its_parts(tmp_path):
    region = "code,parent,label_en,base_people\nN,,North,\nS,,South,90\nN1,N,North one,10\nN2,N,North two,20\nS1,S,South one,70\n"
    known = load_classifications(load_spec(project(tmp_path, spec=edited(SPEC, RATED), region=region)))[
        "region"
    ]
    assert [known.base(code, "people") for code in known.in_order] == [120, 30, 10, 20, 90, 70]
    assert known.base("N", "dogs") is None


def test_a_rate_of_what_is_not_known_is_found(tmp_path):
    gap = "code,parent,label_en,base_people\nN,,North,\nS,,South,90\nN1,N,North one,10\nN2,N,North two,\nS1,S,South one,70\n"
    (message,) = messages(tmp_path, spec=edited(SPEC, RATED), region=gap)
    assert "the base 'people' is not known for every code of 'region'" in message
    (wrong,) = messages(tmp_path / "x", region=gap.replace("70", "many"))
    assert "'many' in 'base_people' is not a whole number." in wrong
