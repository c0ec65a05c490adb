"""What the interface says of itself against what it does, with thousands of odd questions: no server error, no broken promise."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from prikk.serve import Config, create_app
from prikk.serve.api._openapi import document
from serving import built, put

OPERATIONS = [
    f"{method.upper()} {path}"
    for path, item in document("", "")["paths"].items()
    for method in item
    if method in ("get", "post") and not path.endswith("openapi.json")
]
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)


@pytest.fixture(scope="module")
def described(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fuzz")
    store = folder / "store"
    put(store, built(folder), "toy/2024-03-01")
    config = Config(folder=store, max_calls=10**9, saved_queries=folder / "saved.sqlite")
    schema = schemathesis.openapi.from_asgi("/api/v2/openapi.json", create_app(config))
    return {operation.ok().label: operation.ok() for operation in schema.get_all_operations()}


KNOWN = {"tables": "toy", "codelists": "toy__region__county", "savedqueries": "0" * 32}


CASES = [(label, known) for label in OPERATIONS for known in ([True, False] if "{" in label else [False])]


@pytest.mark.parametrize(("label", "known"), CASES)
def test_odd_questions_get_the_answers_that_are_promised(described, label, known):
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(case=described[label].as_strategy())
    def odd(case):
        if known:
            of = label.split("/")[3]
            given = {"id": KNOWN.get(of, "toy"), "lang": "en"}
            case.path_parameters |= {k: v for k, v in given.items() if k in case.path_parameters}
        case.call_and_validate(checks=CHECKS)

    odd()
