"""JSON-stat and the other JSON of statistical offices."""

import json
from decimal import Decimal

import pytest

from unit.reading.formats.kit import opened, refusal, the_dataset, the_frame

DATASET = {
    "version": "2.0",
    "class": "dataset",
    "label": "Ledige",
    "id": ["sted", "tid"],
    "size": [3, 2],
    "role": {"time": ["tid"], "metric": []},
    "dimension": {
        "sted": {
            "label": "Sted",
            "category": {
                "index": {"0": 0, "B": 2, "A": 1},
                "label": {"0": "I alt", "A": "Ålesund", "B": "Bø"},
                "child": {"0": ["A", "B"]},
                "note": {"A": ["Uten øyer"]},
            },
            "extension": {"elimination": True, "eliminationValueCode": "0"},
        },
        "tid": {"category": {"index": ["2021", "2022"]}},
    },
    "value": [10, 20.5, None, 4, None, 6],
    "status": {"2": "*", "4": "*"},
    "note": ["Oppdiktet"],
    "extension": {"status": {"label": {"*": "skjult"}}},
}


def changed(**parts):
    return json.dumps({**DATASET, **parts})


def test_a_dataset_has_values_symbols_and_dimensions(tmp_path):
    dataset = the_dataset(opened(tmp_path, "a.json", changed()))
    assert dataset.values == (10, Decimal("20.5"), None, 4, None, 6)
    assert dataset.statuses == ("", "", "*", "", "*", "")
    place, time = dataset.dimensions
    assert (place.codes, place.labels, place.total) == (("0", "A", "B"), ("I alt", "Ålesund", "Bø"), "0")
    assert dict(place.parents) == {"A": "0", "B": "0"}
    assert (time.is_time, time.labels) == (True, ("2021", "2022"))
    assert dataset.notes == ("Oppdiktet", "Sted, A: Uten øyer", "* = skjult")


@pytest.mark.parametrize(
    ("parts", "values", "statuses"),
    [
        ({"value": {"0": 1, "5": 2}, "status": None}, (1, None, None, None, None, 2), ("",) * 6),
        ({"status": "e"}, (10, Decimal("20.5"), None, 4, None, 6), ("e",) * 6),
        ({"status": ["", None, "*"]}, (10, Decimal("20.5"), None, 4, None, 6), ("", "", "*", "", "", "")),
        ({"value": [1, ":", 3, 4, 5, 6], "status": {}}, (1, None, 3, 4, 5, 6), ("", ":", "", "", "", "")),
    ],
)
def test_values_and_statuses_may_be_sparse_lists_or_the_same_for_all(tmp_path, parts, values, statuses):
    dataset = the_dataset(opened(tmp_path, "a.json", changed(**parts)))
    assert (dataset.values, dataset.statuses) == (values, statuses)


def test_numbers_keep_all_their_digits(tmp_path):
    text = changed().replace("20.5", "0.1234567890123456789")
    assert the_dataset(opened(tmp_path, "a.json", text)).values[1] == Decimal("0.1234567890123456789")


def test_a_dimension_of_one_category_needs_no_index(tmp_path):
    dimension = {**DATASET["dimension"], "tid": {"category": {"label": {"2021": "År 2021"}}}}
    dataset = the_dataset(
        opened(tmp_path, "a.json", changed(dimension=dimension, size=[3, 1], value=[1, 2, 3]))
    )
    assert dataset.dimensions[1].labels == ("År 2021",)


def test_a_collection_gives_the_datasets_in_it(tmp_path):
    items = [DATASET, {"class": "dataset", "href": "https://example.no/x"}, DATASET]
    document = opened(tmp_path, "a.json", json.dumps({"class": "collection", "link": {"item": items}}))
    assert [d.place for d in document.contents] == ["a.json, dataset 1", "a.json, dataset 3"]


def test_a_bundle_of_version_1_is_read(tmp_path):
    inner = {"id": DATASET["id"], "size": DATASET["size"], "role": DATASET["role"], **DATASET["dimension"]}
    bundle = {"ledige": {"label": "Ledige", "dimension": inner, "value": DATASET["value"]}}
    dataset = the_dataset(opened(tmp_path, "a.json", json.dumps(bundle)))
    assert (dataset.place, dataset.dimensions[1].is_time) == ("a.json, dataset 'ledige'", True)


def test_the_plain_json_of_a_px_server_is_a_frame(tmp_path):
    rows = [{"key": ["A", "2021"], "values": ["12"]}, {"key": ["B", "2021"], "values": [".."]}]
    columns = [{"code": "sted", "type": "d"}, {"code": "tid", "type": "t"}, {"code": "antall", "type": "c"}]
    frame = the_frame(opened(tmp_path, "a.json", json.dumps({"columns": columns, "data": rows})))
    assert frame.columns == ("sted", "tid", "antall")
    assert frame.rows == (("A", "2021", "12"), ("B", "2021", ".."))


def test_a_list_of_records_is_a_frame(tmp_path):
    frame = the_frame(opened(tmp_path, "a.json", '[{"sted": "A", "n": 1}, {"sted": "B", "n": null}]'))
    assert frame.rows == (("A", "1"), ("B", ""))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "json"),
        ('{"a": 1}', "no-table"),
        ("[" * 100_000 + "]", "json"),
        (changed(size=[3, 3]), "json-stat"),
        (changed(id="sted"), "json-stat"),
        (changed(value=[1]), "json-stat"),
        (changed(value=None), "json-stat"),
        (changed(dimension={}), "json-stat"),
        (changed(dimension={"sted": {"category": {"index": ["a", "a"]}}}), "json-stat"),
    ],
)
def test_broken_json_is_refused(tmp_path, text, code):
    assert f"[{code}]" in refusal(tmp_path, "a.json", text)


def test_a_sparse_dataset_of_millions_is_refused(tmp_path):
    axis = {"category": {"index": [str(i) for i in range(3000)]}}
    huge = {"id": ["a", "b"], "size": [3000, 3000], "dimension": {"a": axis, "b": axis}, "value": {"0": 1}}
    assert "[cells-limit]" in refusal(tmp_path, "a.json", json.dumps(huge), cells=5_000_000)
