"""Lists, descriptions, metadata, codelists and saved queries."""

import datetime as dt
import json
import sqlite3

import pytest

from unit.dissemination.cubes import tiny_cube
from unit.dissemination.exchange.expected import described_cube
from unit.serve.api.kit import client, release, withdrawn
from unit.serve.api.test_data import from_json

V2 = "/api/v2"


def test_the_configuration_tells_what_clients_ask_first(boats, measures):
    http = client([boats, measures], max_cells=123, title="Havna")
    data = http.get(f"{V2}/config").json()
    assert data["apiVersion"] == "2.0.0"
    assert [x["id"] for x in data["languages"]] == ["nb", "en"]
    assert (data["defaultLanguage"], data["maxDataCells"], data["defaultDataFormat"]) == (
        "nb",
        123,
        "json-stat2",
    )
    assert data["dataFormats"] == ["json-stat2", "px", "csv", "xlsx", "html", "json-px", "parquet"]
    assert {"appVersion", "maxCallsPerTimeWindow", "timeWindow"} <= set(data)
    assert "CC BY 4.0" in data["license"]


def test_the_tables_are_listed_with_what_they_are(http):
    data = http.get(f"{V2}/tables", lang="en").json()
    assert [t["id"] for t in data["tables"]] == ["boats", "tiltak-alder"]
    boats = data["tables"][0]
    assert (boats["label"], boats["firstPeriod"], boats["lastPeriod"]) == (
        "Boats in harbour",
        "2024-12",
        "2025-01",
    )
    assert (boats["variableNames"], boats["timeUnit"]) == (["harbour", "boat", "Period"], "Monthly")
    assert (boats["updated"], boats["discontinued"]) == ("2025-02-20T07:00:00Z", False)
    assert {x["rel"]: x["href"] for x in boats["links"]}[
        "data"
    ] == "http://test/api/v2/tables/boats/data?lang=en"
    assert http.get(f"{V2}/tables/boats", lang="en").json() == {"language": "en", **boats}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("BOATS", ["boats"]),
        ("harbour boats", ["boats"]),
        ("a", ["boats", "tiltak-alder"]),
        ("whale", []),
        ("havn", []),
    ],
)
def test_tables_are_searched(http, query, found):
    data = http.get(f"{V2}/tables", lang="en", query=query).json()
    assert [t["id"] for t in data["tables"]] == found
    assert data["page"]["totalElements"] == len(found)


def test_tables_come_in_pages(http):
    data = http.get(f"{V2}/tables", pageSize=1, pageNumber=2).json()
    assert [t["id"] for t in data["tables"]] == ["tiltak-alder"]
    assert data["page"]["totalPages"] == 2
    assert {x["rel"] for x in data["page"]["links"]} == {"self", "first", "last", "previous"}
    assert http.get(f"{V2}/tables", pageSize=1, pageNumber=3).status_code == 404
    assert client([]).get(f"{V2}/tables").json()["page"]["totalPages"] == 1


def test_only_tables_of_the_last_days_are_listed(tmp_path):
    now = dt.datetime.now(dt.UTC)
    fresh = release(tmp_path / "a", tiny_cube(), modified=now - dt.timedelta(hours=30))
    assert [len(client([fresh]).get(f"{V2}/tables", pastDays=n).json()["tables"]) for n in (1, 2)] == [0, 1]


def test_older_versions_have_names_of_their_own(tmp_path):
    old = release(tmp_path / "a", tiny_cube(), "2025-01-20")
    new = release(tmp_path / "b", described_cube(), "2025-02-20")
    http = client([old, new])
    assert "updated" in http.get(f"{V2}/tables/boats/data").json()
    assert "updated" not in http.get(f"{V2}/tables/BOATS@2025-01-20/data").json()
    assert http.get(f"{V2}/tables/boats@2025-01-20").json()["id"] == "boats@2025-01-20"
    (id_,) = {x["id"] for x in codelists(http, "boats@2025-01-20") if x["id"].endswith("boat_group")}
    assert http.get(f"{V2}/codelists/{id_}").json()["id"] == "boats@2025-01-20__boat__boat_group"


def codelists(http, name):
    return http.get(f"{V2}/tables/{name}/metadata").json()["dimension"]["boat"]["extension"]["codelists"]


def test_what_was_withdrawn_says_why(tmp_path):
    gone = release(
        tmp_path / "a", described_cube(), withdrawn=withdrawn({"nb": "Feil tall.", "en": "Wrong figures."})
    )
    http = client([gone])
    for path in ("", "/metadata", "/data", "/defaultselection"):
        answer = http.get(f"{V2}/tables/boats{path}", lang="en")
        assert (answer.status_code, answer.headers["content-type"]) == (410, "application/problem+json")
        assert "Wrong figures." in answer.json()["detail"]
    assert http.get(f"{V2}/tables").json()["tables"] == []
    listed = http.get(f"{V2}/tables", includeDiscontinued="True").json()["tables"]
    assert [t["discontinued"] for t in listed] == [True]


def test_a_damaged_release_is_unavailable_and_says_no_path(tmp_path):
    broken = release(tmp_path / "a", described_cube())
    (tmp_path / "a" / "cells.parquet").write_bytes(b"no")
    answer = client([broken]).get(f"{V2}/tables/boats/data")
    assert answer.status_code == 503
    assert str(tmp_path) not in answer.text
    assert "Parquet" not in answer.text


def test_metadata_are_a_dataset_without_figures(http):
    data = http.get(f"{V2}/tables/boats/metadata", lang="en", outputFormat="json-stat2").json()
    assert data["value"] is None
    assert "status" not in data
    boat = data["dimension"]["boat"]
    assert boat["category"]["index"] == {
        c: i for i, c in enumerate(["TOTAL", "SAIL", "KETCH", "YAWL", "MOTOR", "SJARK"])
    }
    assert boat["category"]["child"]["SAIL"] == ["KETCH", "YAWL"]
    assert boat["extension"]["eliminationValueCode"] == "TOTAL"
    assert [x["id"] for x in boat["extension"]["codelists"]] == [
        "boats__boat__boat_group",
        "boats__boat__boat",
    ]
    assert data["dimension"]["period"]["extension"]["elimination"] is False
    assert (data["extension"]["px"]["stub"], data["extension"]["px"]["heading"]) == (
        ["harbour", "boat"],
        ["ContentsCode", "period"],
    )
    assert data["role"] == {"time": ["period"], "metric": ["ContentsCode"]}


def test_metadata_can_be_those_of_a_codelist_or_of_the_default_selection(http):
    given = {"codelist[boat]": "boat__boat_group"}
    data = http.get(f"{V2}/tables/boats/metadata", **given).json()
    assert list(data["dimension"]["boat"]["category"]["index"]) == ["SAIL", "MOTOR"]
    usual = http.get(f"{V2}/tables/tiltak-alder/metadata", defaultSelection="true").json()
    assert usual["size"] == http.get(f"{V2}/tables/tiltak-alder/data").json()["size"]
    whole = http.get(f"{V2}/tables/tiltak-alder/metadata", defaultSelection="False").json()
    assert whole["size"] == [4, 8, 48, 1, 7]


def test_the_default_selection_is_a_table_of_the_release_at_its_newest_periods(http):
    data = http.get(f"{V2}/tables/tiltak-alder/defaultselection", lang="en").json()
    chosen = {s["variableCode"]: s["valueCodes"] for s in data["selection"]}
    assert (chosen["main_group"], chosen["measure"]) == (["TOTAL"], ["TOTAL"])
    assert len(chosen["age"]) == 8
    assert chosen["period"][-1] == "2022-07"
    assert data["placement"]["heading"] == ["ContentsCode", "period"]


@pytest.mark.parametrize("most", [1, 2, 5, 30])
def test_the_default_selection_is_never_more_than_may_be_asked_for(measures, most):
    data = client([measures], max_cells=most).get(f"{V2}/tables/tiltak-alder/data")
    assert data.status_code == 200
    assert 0 < len(data.json()["value"]) <= most
    assert data.json()["dimension"]["period"]["category"]["index"]["2022-07"] >= 0


def test_a_codelist_has_the_codes_of_its_level_and_each_stands_for_itself(http):
    data = http.get(f"{V2}/codelists/boats__boat__boat_group", lang="en").json()
    assert data["values"] == [
        {"code": "SAIL", "label": "Sailing boats", "valueMap": ["SAIL"]},
        {"code": "MOTOR", "label": "Motor boats", "valueMap": ["MOTOR"]},
    ]
    assert (data["type"], data["eliminationValueCode"], data["languages"]) == (
        "Valueset",
        "TOTAL",
        ["nb", "en"],
    )
    assert (
        http.get(f"{V2}/codelists/BOAT__boat_group".replace("BOAT", "boat")).json()["values"][0]["code"]
        == "SAIL"
    )


@pytest.mark.parametrize(
    "id_", ["boats", "boats__boat", "boats__whale__x", "boats__boat__whale", "x__y__z", "__", "a__b"]
)
def test_a_codelist_that_there_is_not_is_not_found(http, id_):
    assert http.get(f"{V2}/codelists/{id_}").status_code == 404


QUERY = {
    "tableId": "boats",
    "language": "en",
    "selection": {
        "selection": [{"variableCode": "period", "valueCodes": ["TOP(1)"]}],
        "placement": {"heading": ["period"]},
    },
    "outputFormat": "csv",
    "outputFormatParams": ["UseCodes"],
}


def test_a_query_is_kept_and_run(http):
    made = http.post(f"{V2}/savedqueries", QUERY)
    id_ = made.json()["id"]
    assert made.status_code == 201
    assert made.headers["location"] == f"http://test/api/v2/savedqueries/{id_}"
    assert http.post(f"{V2}/savedqueries", QUERY).json()["id"] == id_
    assert http.get(f"{V2}/savedqueries/{id_}").json() == made.json()
    assert made.json()["savedQuery"] == {"id": id_, **QUERY}
    assert http.get(f"{V2}/savedqueries/{id_}/data").text.split("\r\n")[0].endswith(",2025-01")
    found = from_json(http.get(f"{V2}/savedqueries/{id_}/data", outputFormat="json-stat2", lang="nb").json())
    assert found == {("TOTAL", "TOTAL", "2025-01"): 1201}
    selection = http.get(f"{V2}/savedqueries/{id_}/selection").json()
    assert {s["variableCode"]: s["valueCodes"] for s in selection["selection"]}["period"] == ["2025-01"]


def test_queries_outlive_the_server_and_relative_ones_move_with_the_release(tmp_path):
    kept = tmp_path / "saved.sqlite"
    first = client([release(tmp_path / "a", tiny_cube())], saved_queries=kept)
    id_ = first.post(f"{V2}/savedqueries", QUERY).json()["id"]
    later = client([release(tmp_path / "b", described_cube())], saved_queries=kept)
    assert later.get(f"{V2}/savedqueries/{id_}/data").status_code == 200
    assert client([], saved_queries=kept).get(f"{V2}/savedqueries/{id_}/data").status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        {"tableId": None}, {"tableId": 7}, {"language": "xx"}, {"language": ""}, {"selection": []}, {"selection": {"selection": [7]}},
        {"selection": {"selection": [{"variableCode": "whale", "valueCodes": ["1"]}]}}, {"outputFormat": "docx"},
        {"outputFormat": 7}, {"outputFormatParams": "UseCodes"}, {"outputFormatParams": ["SeparatorTab", "SeparatorSpace"]},
        {"outputFormat": "px"},
    ],
)  # fmt: skip
def test_a_query_that_could_not_be_run_is_not_kept(http, change):
    answer = http.post(f"{V2}/savedqueries", {**QUERY, **change})
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert not http.app.state.config.saved_queries.exists()


def test_a_query_of_no_table_and_one_that_was_not_kept_are_not_found(http):
    assert http.post(f"{V2}/savedqueries", {**QUERY, "tableId": "whales"}).status_code == 404
    for path in ("", "/data", "/selection"):
        assert http.get(f"{V2}/savedqueries/nobody{path}").status_code == 404


def test_without_a_file_no_query_is_kept(boats):
    assert client([boats]).post(f"{V2}/savedqueries", QUERY).status_code == 403


def test_a_file_that_is_no_database_is_unavailable(boats, tmp_path):
    (tmp_path / "x").write_bytes(b"not a database" * 100)
    answer = client([boats], saved_queries=tmp_path / "x").post(f"{V2}/savedqueries", QUERY)
    assert answer.status_code == 503
    assert str(tmp_path) not in answer.text


def test_nothing_else_is_kept_than_the_query(http):
    http.post(f"{V2}/savedqueries", {**QUERY, "who": "me"})
    with sqlite3.connect(http.app.state.config.saved_queries) as database:
        ((content,),) = database.execute("SELECT content FROM savedqueries")
    database.close()
    assert set(json.loads(content)) == set(QUERY)
