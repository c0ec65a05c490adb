"""JSON-stat: read back by json, by pyjstat and by jsonstat-toolkit on Node, cell by cell and status by status."""

import itertools
import json
import math
import shutil
import subprocess
from pathlib import Path

import pytest

from prikk.dissemination.exchange import _figures, _grid, dataset, json_stat
from unit.dissemination.cubes import published_cube, tiny_cube
from unit.dissemination.exchange.expected import (
    ABSENT,
    HIDDEN,
    NIL,
    Found,
    described_cube,
    expected,
    listed_only,
)

WORDS = {"*": HIDDEN, "-": NIL, "..": ABSENT}
READERS = Path(__file__).parents[3] / "readers"
CUBES = [tiny_cube, described_cube, published_cube]


def cells(content: bytes, words=WORDS) -> Found:
    """Every figure by its codes, or the word for why there is none."""
    data = json.loads(content)
    axes = [data["dimension"][name]["category"]["index"] for name in data["id"]]
    assert data["size"] == [len(axis) for axis in axes]
    value, status, found = data["value"], data["status"], {}
    for i, key in enumerate(itertools.product(*axes)):
        figure = value[i] if isinstance(value, list) else value.get(str(i))
        assert (figure is None) != (str(i) not in status) or isinstance(value, dict)
        *codes, _, period = key
        if figure is not None or str(i) in status:
            found[(*codes, period)] = words[status[str(i)]] if figure is None else figure
    return found


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("cube", CUBES)
def test_every_cell_is_read_back(cube, language):
    assert cells(json_stat(dataset(cube()), language)) == expected(cube())


@pytest.mark.parametrize("cube", CUBES)
@pytest.mark.filterwarnings("ignore")
def test_pyjstat_reads_every_cell(cube):
    pyjstat = pytest.importorskip("pyjstat.pyjstat")
    frame = pyjstat.Dataset.read(json_stat(dataset(cube()), "en").decode()).write("dataframe", naming="id")
    found = {}
    for *codes, _, period, value in frame.itertuples(index=False):
        found[(*codes, period)] = None if math.isnan(value) else value
    assert found == {k: None if isinstance(v, str) else v for k, v in expected(cube()).items()}


@pytest.mark.skipif(
    shutil.which("node") is None or not (READERS / "node_modules" / "jsonstat-toolkit").is_dir(),
    reason="needs node, and 'npm ci' in tests/readers",
)
@pytest.mark.parametrize("cube", CUBES)
def test_jsonstat_toolkit_reads_every_cell_and_its_status(cube, tmp_path):
    (tmp_path / "x.json").write_bytes(json_stat(dataset(cube()), "nb"))
    command = ["node", str(READERS / "jsonstat.mjs"), str(tmp_path / "x.json")]
    read = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    found = {}
    for (*codes, _, period), value, status in read["cells"]:
        found[(*codes, period)] = WORDS[status] if value is None else value
    assert found == expected(cube())
    assert read["role"]["time"] == ["period"]


def test_dimensions_have_roles_trees_and_the_total_that_stands_for_them():
    data = json.loads(json_stat(dataset(described_cube()), "en"))
    assert data["role"] == {"time": ["period"], "metric": ["ContentsCode"]}
    boat = data["dimension"]["boat"]
    assert boat["category"]["child"]["SAIL"] == ["KETCH", "YAWL"]
    assert boat["extension"] == {"elimination": True, "eliminationValueCode": "TOTAL"}
    unit = data["dimension"]["ContentsCode"]["category"]["unit"]
    assert unit == {"value": {"base": "Boats", "decimals": 0}}


def test_the_extension_has_what_clients_of_pxweb_need_and_what_the_signs_mean():
    data = json.loads(json_stat(dataset(described_cube()), "en"))
    px = data["extension"]["px"]
    assert (px["stub"], px["heading"]) == (["harbour", "boat"], ["ContentsCode", "period"])
    assert px["aggregallowed"] is False
    assert set(data["extension"]["symbols"]) == {"*", "-", ".."}
    assert data["extension"]["contact"][0]["mail"] == "havn@example.org"


def test_notes_stand_where_they_belong():
    data = json.loads(json_stat(dataset(described_cube()), "en"))
    assert data["updated"] == "2025-02-20T07:00:00Z"
    assert "Figures below 3 are not shown." in data["note"][0]
    assert "Northport, December 2024: New rules\nfrom December." in data["note"]
    assert data["dimension"]["boat"]["note"] == ["All boats."]
    assert data["dimension"]["harbour"]["category"]["note"] == {"S": ["An old harbour; closed."]}
    notes = data["dimension"]["period"]["category"]["note"]
    assert notes == {"2025-01": ["Preliminary figures."], "2024-12": ["Revised figures."]}


@pytest.mark.parametrize("cube", CUBES)
def test_a_cube_of_which_most_combinations_are_empty_lists_what_it_has(cube, monkeypatch):
    monkeypatch.setattr(_figures, "_DENSE_LIMIT", 0)
    monkeypatch.setattr(_figures, "_DENSE_FACTOR", 0)
    content = json_stat(dataset(cube()), "nb")
    assert isinstance(json.loads(content)["value"], dict)
    assert cells(content) == listed_only(expected(cube()))


@pytest.mark.parametrize("block", [1, 3, 7])
def test_the_size_of_a_block_changes_nothing(block, monkeypatch):
    whole = json_stat(dataset(published_cube()), "nb")
    monkeypatch.setattr(_grid, "BLOCK", block * 100)
    assert json_stat(dataset(published_cube()), "nb") == whole
