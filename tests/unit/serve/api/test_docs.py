"""``docs/api.md``: its addresses and bodies work, and all that there is is on it."""

import json
import re
from pathlib import Path

import pytest

from prikk.serve import api
from prikk.serve.api._expressions import _CALLS
from prikk.serve.api._formats import FORMATS, PARAMETERS

PAGE = (Path(__file__).parents[4] / "docs" / "api.md").read_text(encoding="utf-8")
ADDRESSES = sorted(set(re.findall(r'"http://localhost:8000(/api/v2/[^"]+)"', PAGE)))
BODIES = [json.loads(block) for block in re.findall(r"^```json\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_is_answered(http, address):
    assert http.request("GET", address).status_code == 200


def test_every_body_is_answered(http):
    selection, saved, first = BODIES
    assert http.post("/api/v2/tables/tiltak-alder/data", selection).status_code == 200
    assert http.post("/api/v2/savedqueries", saved).status_code == 201
    assert http.post("/api/v1/nb/tiltak-alder", first).status_code == 200


@pytest.mark.parametrize("path", sorted({route.path for route in api.routes()}))
def test_every_address_that_there_is_is_named(path):
    assert f"`{path.removeprefix('/api/v2')}`" in PAGE or f"`GET {path}`" in PAGE or path in PAGE


@pytest.mark.parametrize("word", [*FORMATS, *PARAMETERS, *(f"{name}(" for name in _CALLS)])
def test_every_format_parameter_and_expression_is_named(word):
    assert f"`{word}" in PAGE
