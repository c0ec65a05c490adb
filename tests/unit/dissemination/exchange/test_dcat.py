"""DCAT-AP: two writings of one graph, which fits our shapes."""

from pathlib import Path

import pytest

from prikk.dissemination import render
from prikk.dissemination.exchange import dcat
from unit.dissemination.cubes import tiny_cube
from unit.dissemination.exchange.expected import described_cube

SHAPES = Path(__file__).parents[3] / "readers" / "dcat-shapes.ttl"
BASE = "https://example.org/files/catalog.ttl"
SIZES = {"cells.csv": 10, "x å.px": 3, "codes/boat.csv": 4, "html/nb/index.html": 5, "sdmx/data.xml": 6}
pytestmark = pytest.mark.filterwarnings("ignore")


def graph(files, name):
    rdflib = pytest.importorskip("rdflib")
    kind = {"catalog.ttl": "turtle", "catalog.jsonld": "json-ld"}[name]
    return rdflib.Graph().parse(data=files[name], format=kind, publicID=BASE)


@pytest.mark.parametrize("cube", [tiny_cube, described_cube])
def test_both_files_hold_the_same_graph(cube):
    compare = pytest.importorskip("rdflib.compare")
    files = dcat(cube(), SIZES)
    assert compare.isomorphic(graph(files, "catalog.ttl"), graph(files, "catalog.jsonld"))


@pytest.mark.parametrize("cube", [tiny_cube, described_cube])
def test_the_entry_fits_the_shapes(cube):
    pyshacl = pytest.importorskip("pyshacl")
    found = graph(dcat(cube(), SIZES), "catalog.ttl")
    valid, _, report = pyshacl.validate(found, shacl_graph=SHAPES.read_text(), shacl_graph_format="turtle")
    assert valid, report


def test_the_shapes_refuse_an_entry_without_a_title():
    pyshacl = pytest.importorskip("pyshacl")
    rdflib = pytest.importorskip("rdflib")
    found = graph(dcat(described_cube(), SIZES), "catalog.ttl")
    found.remove((None, rdflib.DCTERMS.title, None))
    assert not pyshacl.validate(found, shacl_graph=SHAPES.read_text(), shacl_graph_format="turtle")[0]


def test_each_data_file_is_a_distribution_beside_the_entry_with_its_size():
    rdflib = pytest.importorskip("rdflib")
    found = graph(dcat(described_cube(), SIZES), "catalog.ttl")
    sizes = {str(s): int(o) for s, o in found.subject_objects(rdflib.DCAT.byteSize)}
    urls = {str(o): sizes[str(s)] for s, o in found.subject_objects(rdflib.DCAT.downloadURL)}
    folder = "https://example.org/files/"
    assert urls == {f"{folder}cells.csv": 10, f"{folder}x%20%C3%A5.px": 3, f"{folder}sdmx/data.xml": 6}


def test_a_release_lists_its_own_files_with_their_true_sizes():
    rdflib = pytest.importorskip("rdflib")
    files = render(described_cube(formats=["csv", "px", "json-stat", "dcat"]))
    found = graph(files, "catalog.ttl")
    sizes = {str(s).split("#")[1]: int(o) for s, o in found.subject_objects(rdflib.DCAT.byteSize)}
    assert sizes == {
        path: len(c) for path, c in files.items() if not path.startswith(("catalog", "dataset.json"))
    }


def test_the_entry_says_who_when_and_what():
    text = dcat(described_cube(), {})["catalog.ttl"].decode()
    assert "vcard:hasEmail <mailto:havn@example.org>" in text
    assert 'dcat:keyword "båter"@nb, "havn"@nb, "boats"@en' in text
    assert 'dcat:startDate "2024-12-01"^^xsd:date' in text
    assert '"2025-02-20T08:00:00+01:00"^^xsd:dateTime' in text
