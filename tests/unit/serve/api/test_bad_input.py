"""Requests that cannot be answered: the right status, a problem that helps, and never more than that."""

import json
import tracemalloc
from urllib.parse import quote

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prikk.dissemination import PublishedCube
from unit.dissemination.cubes import classification, tiny_cube
from unit.serve.api.kit import client, release

TABLE = "/api/v2/tables/boats"


def problem(answer, status):
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), (
        answer.text
    )
    data = answer.json()
    assert data["status"] == status
    assert len(data["detail"]) > 20
    assert "Traceback" not in answer.text
    assert "/work" not in answer.text
    return data["detail"]


@pytest.mark.parametrize(
    "path",
    [
        "/api/v2/tables/whales",
        "/api/v2/tables/boats@1999",
        "/api/v2/tables/..%5C..",
        "/api/v2/tables/%00",
        "/api/v2/tables/x" + "y" * 5000,
    ],
)
@pytest.mark.parametrize("under", ["", "/metadata", "/defaultselection", "/data"])
def test_an_unknown_table_is_not_found(http, path, under):
    assert "There is no table" in problem(http.request("GET", path + under), 404)


@pytest.mark.parametrize(
    "query",
    [
        "valueCodes[whale]=1", "valueCodes[boat]=whale", "valueCodes[boat]=TOP(0)", "valueCodes[boat]=TOP(x)", "valueCodes[boat=1",
        "valueCodes[]=1", "valueCodes[boat]=RANGE(SAIL)", "valueCodes[boat]=SAIL", "valueCodes[period]=2024-12&codelist[boat]=x&valueCodes[boat]=*",
        "valueCodes[boat]=SAIL&valueCodes[BOAT]=MOTOR&valueCodes[period]=*", "heading=whale", "heading=boat&stub=boat",
        "heading=boat&stub=harbour", "heading=boat,boat", "outputFormat=docx", "outputFormatParams=UseCodes",
        "outputFormat=csv&outputFormatParams=UseCodes,UseTexts", "outputFormat=csv&outputFormatParams=SeparatorTab,SeparatorSpace",
        "outputFormat=xlsx&outputFormatParams=SeparatorTab", "outputFormat=px&outputFormatParams=IncludeTitle",
        "outputFormat=parquet&outputFormatParams=UseTexts", "outputFormatParams=Whale", "lang=xx", "lang=%00",
        "valueCodes[ContentsCode]=whale&valueCodes[period]=*", "valueCodes[boat]=%ff%fe&valueCodes[period]=*",
    ],
)  # fmt: skip
def test_a_query_that_means_nothing_is_a_problem(http, query):
    problem(http.request("GET", f"{TABLE}/data?{query}"), 400)


def test_the_nearest_name_is_told(http):
    assert "Nearest: 'harbour'" in problem(http.request("GET", f"{TABLE}/data?valueCodes[harbor]=N"), 400)
    query = "valueCodes[boat]=KETSH&valueCodes[period]=*"
    assert "Nearest: 'KETCH'" in problem(http.request("GET", f"{TABLE}/data?{query}"), 400)
    assert "Nearest: 'boats'" in problem(http.get("/api/v2/tables/boat"), 404)


@pytest.mark.parametrize(
    "query",
    ["pageNumber=0", "pageNumber=x", "pageSize=0", "pageSize=-1", "pageSize=99999999", "pastDays=0", "pastDays=1e9",
     "includeDiscontinued=maybe", "pageSize=%C2%B2", "lang=xx"],
)  # fmt: skip
def test_a_list_that_means_nothing_is_a_problem(http, query):
    problem(http.request("GET", f"/api/v2/tables?{query}"), 400)


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b"null", "application/json", 400),
        (b"{}", "application/json", 400),
        (b"\xff", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"selection": [{}]}', "application/json", 400),
        (b'{"selection": [7]}', "application/json", 400),
        (b'{"selection": {}}', "application/json", 400),
        (b'{"selection": [{"variableCode": 7}]}', "application/json", 400),
        (b'{"selection": [{"variableCode": "boat", "valueCodes": "SAIL"}]}', "application/json", 400),
        (b'{"selection": [{"variableCode": "boat", "valueCodes": [7]}]}', "application/json", 400),
        (b'{"selection": [{"variableCode": "boat", "codelist": 7}]}', "application/json", 400),
        (b'{"selection": [], "placement": []}', "application/json", 400),
        (b'{"selection": [], "placement": {"heading": 7}}', "application/json", 400),
        (b'{"selection": []}', "text/plain", 415),
        (b"selection=", "application/x-www-form-urlencoded", 415),
        (b'{"selection": []}', "", 415),
    ],
)
@pytest.mark.parametrize("path", [f"{TABLE}/data", "/api/v2/savedqueries"])
def test_a_body_that_means_nothing_is_a_problem(http, path, body, kind, status):
    problem(http.request("POST", path, content=body, headers={"Content-Type": kind}), status)


def test_nothing_that_is_accepted_can_be_sent(http):
    problem(http.request("GET", f"{TABLE}/data", headers={"Accept": "image/png"}), 406)
    problem(
        http.request("GET", f"{TABLE}/data", headers={"Accept": "application/json;q=0, text/csv;q=x"}), 406
    )


def test_too_many_cells_are_refused(boats):
    given = {f"valueCodes[{n}]": "*" for n in ("harbour", "boat", "period")}
    assert "36 cells" in problem(client([boats], max_cells=35).get(f"{TABLE}/data", **given), 403)
    assert client([boats], max_cells=36).get(f"{TABLE}/data", **given).status_code == 200


@pytest.fixture(scope="module")
def huge(tmp_path_factory):
    """Two dimensions of 20 000 codes each, of which next to nothing is listed."""
    items = [(f"c{i}", "TOTAL", f"c {i}", f"c {i}") for i in range(20_000)]
    under = [("G", "TOTAL", "g", "g"), *((c, "G", a, b) for c, _, a, b in items)]
    kinds = {
        "harbour": classification("harbour", ("harbour",), items),
        "boat": classification("boat", ("boat_group", "boat"), under),
    }
    return release(tmp_path_factory.mktemp("huge") / "public", cube_of(tiny_cube().spec, kinds))


def cube_of(spec, kinds):
    codes = [("TOTAL", "TOTAL"), ("c1", "TOTAL"), ("c1", "c5")]
    rows = [(p.code, *c, 7, "") for p in spec.periods for c in codes]
    types = [pa.string()] * 3 + [pa.int64(), pa.string()]
    arrays = [pa.array(c, t) for c, t in zip(zip(*rows, strict=True), types, strict=True)]
    table = pa.Table.from_arrays(arrays, names=["period", "harbour", "boat", "value", "status"])
    return PublishedCube(spec=spec, classifications=kinds, cells=table)


def test_a_selection_of_a_thousand_million_cells_is_refused_before_it_is_made(huge):
    http = client([huge])
    http.get(f"{TABLE}/data")
    every = {f"valueCodes[{n}]": "*" for n in ("harbour", "boat", "period")}
    all_of = [{"code": c, "selection": {"filter": "all", "values": ["*"]}} for c in ("harbour", "boat")]
    tracemalloc.start()
    answers = [
        http.get(f"{TABLE}/data", **every),
        http.get(f"{TABLE}/data", **{**every, "valueCodes[harbour]": "c*", "valueCodes[boat]": "TOP(20000)"}),
        http.post("/api/v1/en/boats", {"query": all_of}),
    ]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "800120004 cells" in problem(answers[0], 403)
    assert [a.status_code for a in answers] == [403] * 3
    assert peak < 50_000_000


def test_a_part_of_a_huge_table_is_answered_all_the_same(huge):
    given = {"valueCodes[harbour]": "c1,c2", "valueCodes[boat]": "c5,G,c6", "valueCodes[period]": "TOP(1)"}
    data = client([huge]).get(f"{TABLE}/data", **given).json()
    assert data["size"] == [2, 3, 1, 1]
    assert data["value"] == [None, 7, None, None, None, None]
    assert data["status"] == dict.fromkeys("02345", "-")


def test_a_table_too_wide_for_a_worksheet_is_refused(huge):
    given = {
        "valueCodes[harbour]": "*",
        "valueCodes[period]": "TOP(1)",
        "heading": "harbour",
        "outputFormat": "xlsx",
    }
    assert "worksheet" in problem(client([huge]).get(f"{TABLE}/data", **given), 400)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                [
                    "valueCodes[boat]",
                    "valueCodes[period]",
                    "codelist[boat]",
                    "heading",
                    "stub",
                    "lang",
                    "outputFormat",
                    "outputFormatParams",
                    "valueCodes",
                    "x[",
                    "]",
                ]
            ),
            st.text(max_size=12),
        ),
        max_size=5,
    )
)
def test_no_address_breaks_anything(boats_http, parameters):
    query = "&".join(f"{quote(k)}={quote(v, errors='replace')}" for k, v in parameters)
    answer = boats_http.request("GET", f"{TABLE}/data?{query}")
    assert answer.status_code in (200, 400, 403), answer.text
    if answer.status_code != 200:
        problem(answer, answer.status_code)


@settings(max_examples=150, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "selection",
                        "placement",
                        "variableCode",
                        "valueCodes",
                        "codelist",
                        "heading",
                        "query",
                        "code",
                        "filter",
                        "values",
                        "response",
                        "format",
                        "tableId",
                        "language",
                    ]
                ),
                inner,
                max_size=4,
            )
        ),
    )
)
def test_no_body_breaks_anything(boats_http, body):
    for path in (f"{TABLE}/data", "/api/v1/en/boats", "/api/v2/savedqueries"):
        answer = boats_http.request(
            "POST", path, content=json.dumps(body), headers={"Content-Type": "application/json"}
        )
        assert answer.status_code in (200, 201, 400, 403, 404), answer.text


@pytest.fixture(scope="module")
def boats_http(boats, tmp_path_factory):
    return client([boats], saved_queries=tmp_path_factory.mktemp("saved") / "x.sqlite")
