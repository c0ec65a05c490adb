"""Whatever codes, labels and symbols a cube has, each exchange format read back has every cell and every status."""

import json
import tempfile
import warnings
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from prikk.dissemination import PublishedCube, cells_csv, dataset, tables_csv
from prikk.dissemination.exchange import (
    csvw,
    dcat,
    json_stat,
    px,
    sdmx_csv,
    sdmx_json,
    sdmx_ml,
    sdmx_structure,
)
from unit.dissemination.exchange.expected import ABSENT, HIDDEN, NIL, expected, listed_only
from unit.dissemination.exchange.px_reading import cells as px_cells
from unit.dissemination.exchange.px_reading import with_pyaxis
from unit.dissemination.exchange.test_json_stat import cells as json_cells
from unit.dissemination.exchange.test_sdmx import from_json, wanted
from unit.dissemination.strategies import cubes

slow = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
quiet = pytest.mark.filterwarnings("ignore")


def signs(cube: PublishedCube) -> dict[str, str]:
    symbol = cube.spec.protection.symbol
    return {symbol: HIDDEN, "-" if symbol != "-" else ".": NIL, ".." if symbol != ".." else "...": ABSENT}


@slow
@given(cubes())
def test_px_has_every_cell_in_its_place(cube: PublishedCube) -> None:
    for language in ("", "en"):
        assert list(px_cells(px(dataset(cube)), language).values()) == list(expected(cube).values())


@quiet
@slow
@given(cubes())
def test_pyaxis_reads_px_as_it_is(cube: PublishedCube) -> None:
    with tempfile.TemporaryDirectory() as folder:
        _, found = with_pyaxis(px(dataset(cube)), "en", Path(folder))
    assert list(found.values()) == list(expected(cube).values())


@slow
@given(cubes())
def test_json_stat_has_every_cell_and_every_status(cube: PublishedCube) -> None:
    content = json_stat(dataset(cube), "nb")
    assert json_cells(content, signs(cube)) == expected(cube)
    for name, found in cube.classifications.items():
        labels = json.loads(content)["dimension"][name]["category"]["label"]
        assert {c: found.label(c, "nb") for c in found.by_code} == {
            k: v for k, v in labels.items() if k != "TOTAL"
        }


@quiet
@slow
@given(cubes())
def test_sdmx_is_valid_and_has_every_observation(cube: PublishedCube) -> None:
    reader = pytest.importorskip("pysdmx.io")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "s.xml").write_bytes(sdmx_structure(cube))
        (folder / "d.xml").write_bytes(sdmx_ml(cube))
        (folder / "d.csv").write_bytes(sdmx_csv(cube))
        for file in ("d.xml", "d.csv"):
            (read,) = reader.get_datasets(str(folder / file), str(folder / "s.xml"), validate=True)
            assert len(read.data) == len(wanted(cube))
            hidden = sum(value is None for value in wanted(cube).values())
            assert (read.data["OBS_STATUS"] == "Q").sum() == hidden
    assert from_json(json.loads(sdmx_json(cube))) == wanted(cube)


@quiet
@slow
@given(cubes())
def test_csvw_describes_what_the_csv_files_hold(cube: PublishedCube) -> None:
    library = pytest.importorskip("csvw")
    with tempfile.TemporaryDirectory() as name, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        folder = Path(name)
        (folder / "codes").mkdir()
        files = {"cells.csv": cells_csv(cube), **csvw(cube)}
        files |= {"tables.csv": tables_csv(cube, "nb"), "tables.en.csv": tables_csv(cube, "en")}
        for path, content in files.items():
            (folder / path).write_bytes(content)
        tables = library.TableGroup.from_file(folder / "cells.csv-metadata.json")
        found = {}
        for row in next(t for t in tables.tables if str(t.url) == "cells.csv").iterdicts():
            key = (*(row[d] for d in cube.spec.dimensions), row["period"])
            found[key] = HIDDEN if row["value"] is None else row["value"]
        assert found == listed_only(expected(cube))
        assert tables.check_referential_integrity()


@quiet
@slow
@given(cubes())
def test_both_entries_of_a_catalogue_are_one_graph(cube: PublishedCube) -> None:
    rdflib = pytest.importorskip("rdflib")
    files, base = dcat(cube, {"cells.csv": 1}), "https://example.org/x/"
    one = rdflib.Graph().parse(data=files["catalog.ttl"], format="turtle", publicID=base)
    other = rdflib.Graph().parse(data=files["catalog.jsonld"], format="json-ld", publicID=base)
    assert pytest.importorskip("rdflib.compare").isomorphic(one, other)
