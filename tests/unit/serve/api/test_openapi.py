"""The OpenAPI document is of the routes that there are, and answers have the shapes that it names."""

import re

import jsonschema
import pytest

from prikk.serve import api
from prikk.serve.api._openapi import document
from unit.serve.api.test_tables import QUERY

DOCUMENT = document("http://test", "Test")


def test_the_document_has_every_route_and_no_other():
    routes = {}
    for route in api.routes():
        routes.setdefault(route.path, set()).update(m.lower() for m in route.methods - {"HEAD"})
    assert {path: set(methods) for path, methods in DOCUMENT["paths"].items()} == routes


def test_every_place_in_a_path_is_a_parameter_and_no_operation_has_the_name_of_another():
    names = []
    for path, methods in DOCUMENT["paths"].items():
        for operation in methods.values():
            named = {p["name"] for p in operation["parameters"] if p["in"] == "path"}
            assert named == set(re.findall(r"{(\w+)}", path))
            names.append(operation["operationId"])
    assert len(names) == len(set(names))


def test_it_is_served(http):
    found = http.get("/api/v2/openapi.json").json()
    assert found["paths"].keys() == DOCUMENT["paths"].keys()
    assert found["servers"] == [{"url": "http://test"}]


def checked(schema, data):
    """Hold data against a shape; the document's ``nullable`` is JSON Schema's type null."""

    def plain(part):
        if isinstance(part, dict):
            inner = {k: plain(v) for k, v in part.items() if k != "nullable"}
            return {"anyOf": [inner, {"type": "null"}]} if part.get("nullable") else inner
        return [plain(p) for p in part] if isinstance(part, list) else part

    components = plain(DOCUMENT["components"])
    jsonschema.validate(data, {**plain(schema), "components": components})


@pytest.mark.parametrize(
    ("path", "at"),
    [
        ("/api/v2/config", "/api/v2/config"),
        ("/api/v2/tables", "/api/v2/tables"),
        ("/api/v2/tables/{id}", "/api/v2/tables/boats"),
        ("/api/v2/tables/{id}/metadata", "/api/v2/tables/tiltak-alder/metadata"),
        ("/api/v2/tables/{id}/defaultselection", "/api/v2/tables/boats/defaultselection"),
        ("/api/v2/codelists/{id}", "/api/v2/codelists/boats__boat__boat_group"),
        ("/api/v1/{lang}", "/api/v1/en"),
        ("/api/v1/{lang}/{id}", "/api/v1/nb/tiltak-alder"),
    ],
)
def test_answers_have_the_shapes_that_are_named(http, path, at):
    content = DOCUMENT["paths"][path]["get"]["responses"]["200"]["content"]
    checked(content["application/json"]["schema"], http.get(at).json())


def test_figures_problems_and_queries_have_the_shapes_that_are_named(http):
    shape = {"$ref": "#/components/schemas/Dataset"}
    checked(shape, http.get("/api/v2/tables/boats/data").json())
    checked({"$ref": "#/components/schemas/Problem"}, http.get("/api/v2/tables/whales").json())
    checked({"$ref": "#/components/schemas/SavedQuery"}, QUERY)
    checked(
        {"$ref": "#/components/schemas/SavedQueryAnswer"}, http.post("/api/v2/savedqueries", QUERY).json()
    )
    with pytest.raises(jsonschema.ValidationError):
        checked(shape, {"version": "2.0"})
