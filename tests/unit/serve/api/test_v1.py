"""PxWebApi 1."""

import pytest

from unit.dissemination.exchange.px_reading import cells as px_cells
from unit.serve.api.test_data import WANTED, from_json

V1 = "/api/v1/en"


def item(code, values, filter_="item"):
    return {"code": code, "selection": {"filter": filter_, "values": values}}


EVERYTHING = [item(name, ["*"], "all") for name in ("harbour", "boat", "period")]


def test_the_tables_are_listed(http):
    assert [t["id"] for t in http.get(f"{V1}").json()] == ["boats", "tiltak-alder"]
    assert http.get(V1, query="boats").json() == [
        {"id": "boats", "type": "t", "text": "Boats in harbour", "updated": "2025-02-20T07:00:00Z"}
    ]


def test_the_variables_are_told(http):
    data = http.get(f"{V1}/boats").json()
    assert data["title"] == "Boats in harbour"
    assert [v["code"] for v in data["variables"]] == ["harbour", "boat", "period"]
    harbour, _, period = data["variables"]
    assert (harbour["values"], harbour["valueTexts"]) == (
        ["TOTAL", "N", "S"],
        ["Total", "Northport", "Southport"],
    )
    assert harbour["elimination"] is True
    assert (period["time"], "elimination" in period) == (True, False)


@pytest.mark.parametrize("format_", ["json-stat2", "json-stat", "json", "csv", "px", "xlsx"])
def test_every_format_has_every_figure(http, format_):
    answer = http.post(f"{V1}/boats", {"query": EVERYTHING, "response": {"format": format_}})
    assert answer.status_code == 200
    if format_ == "json-stat2":
        assert from_json(answer.json()) == WANTED
    if format_ == "json-stat":
        dataset = answer.json()["dataset"]
        inside = {k: v for k, v in dataset["dimension"].items() if k not in ("id", "size", "role")}
        old = {"id": dataset["dimension"]["id"], "size": dataset["dimension"]["size"], "dimension": inside}
        assert from_json({**old, "value": dataset["value"], "status": dataset["status"]}) == WANTED
    if format_ == "json":
        assert [row["values"][0] for row in answer.json()["data"]] == [str(v) for v in WANTED.values()]
    if format_ == "px":
        assert len(px_cells(answer.content)) == len(WANTED)


def test_filters_choose(http):
    query = [item("harbour", ["N"]), item("boat", ["S*", "m*"], "all"), item("period", ["1"], "top")]
    found = from_json(http.post(f"{V1}/boats", {"query": query, "response": {"format": "json-stat2"}}).json())
    assert [k[1] for k in found] == ["SAIL", "MOTOR", "SJARK"]
    assert {(k[0], k[2]) for k in found} == {("N", "2025-01")}
    query = [item("harbour", ["N"]), item("boat", ["SAIL"], "vs:boat__boat_group")]
    found = from_json(http.post(f"{V1}/boats", {"query": query, "response": {"format": "json-stat2"}}).json())
    assert found == {("N", "SAIL", "2024-12"): 1220, ("N", "SAIL", "2025-01"): 1199}


@pytest.mark.parametrize(
    "body",
    [
        {"query": {}}, {"query": [7]}, {"query": [{"code": "boat"}]}, {"query": [item("whale", ["1"])]}, {"query": [item("boat", ["whale"])]},
        {"query": [item("boat", ["1"], "sum")]}, {"query": [item("boat", ["x"], "top")]}, {"query": [item("boat", ["0"], "top")]},
        {"query": [item("boat", ["SAIL"], "agg:whales")]}, {"query": [item("boat", "SAIL")]}, {"query": [item("boat", ["SAIL"], 7)]},
        {"query": [item("boat", ["SAIL"]), item("BOAT", ["SAIL"])]}, {"response": {"format": "sdmx"}}, {"response": {"format": []}},
        {"response": 7},
    ],
)  # fmt: skip
def test_what_means_nothing_is_a_problem(http, body):
    answer = http.post(f"{V1}/boats", body)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")


def test_a_language_or_table_that_there_is_not_is_not_found(http):
    for path in ("/api/v1/xx", "/api/v1/xx/boats", "/api/v1/en/whales"):
        assert http.get(path).status_code == 404
