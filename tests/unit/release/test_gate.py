"""The gate: what leaves it holds no true value of a hidden cell."""

import json

import numpy as np
import pytest

from prikk.classifications import load_classifications
from prikk.cube import Cube
from prikk.errors import RefusedError
from prikk.release import RegisterSummary, internal_cells, manifest, publish
from prikk.spec import load_spec
from prikk.tabular import CellTable, Hierarchy, Status
from support import AGE, REGION, SPEC, edited, project


def loaded(folder, spec=SPEC):
    read = load_spec(project(folder, spec=spec, region=REGION, age=AGE))
    return read, load_classifications(read)


def toy_cube(spec, classifications):
    hierarchies = [
        Hierarchy(name=n, codes=classifications[n].in_order, parents=classifications[n].parents)
        for n in spec.dimensions
    ]
    rows = [("TOTAL", "TOTAL"), ("N", "TOTAL"), ("S", "TOTAL")]
    table = CellTable.from_codes(hierarchies, rows)
    counts = np.array([[971, 968, 3], [972, 970, 2]])
    return Cube(table=table, periods=spec.periods, counts=counts, additive=True)


HIDING = np.array([[0, 2, 1], [0, 2, 1]], dtype=np.uint8)


def test_a_hidden_value_is_absent_and_primary_and_secondary_look_alike(tmp_path):
    spec, classifications = loaded(tmp_path)
    cells = publish(toy_cube(spec, classifications), HIDING, spec, classifications).cells
    assert cells["value"].to_pylist() == [971, None, None, 972, None, None]
    assert cells["status"].to_pylist() == ["", "*", "*", "", "*", "*"]


def test_no_buffer_of_the_published_cube_holds_a_hidden_value(tmp_path):
    spec, classifications = loaded(tmp_path)
    cells = publish(toy_cube(spec, classifications), HIDING, spec, classifications).cells
    numbers = np.concatenate([np.frombuffer(c.buffers()[1], dtype=np.int64) for c in cells["value"].chunks])
    assert not {968, 970, 3, 2} & set(numbers.tolist())


def test_the_internal_file_has_true_values_and_tells_the_statuses_apart(tmp_path):
    spec, classifications = loaded(tmp_path)
    lines = internal_cells(toy_cube(spec, classifications), HIDING).decode().splitlines()
    assert lines[0] == "period,region,age,value,status"
    assert lines[2:4] == ["2024-01,N,TOTAL,968,secondary", "2024-01,S,TOTAL,3,primary"]


def test_an_unprotected_release_needs_the_publishers_word(tmp_path):
    spec, classifications = loaded(tmp_path, edited(SPEC, ("allow_unprotected = true", "")))
    with pytest.raises(RefusedError, match="allow_unprotected = true"):
        publish(toy_cube(spec, classifications), HIDING, spec, classifications)


def test_the_manifest_names_the_method_for_what_it_is(tmp_path):
    spec, classifications = loaded(tmp_path)
    cube = publish(toy_cube(spec, classifications), HIDING, spec, classifications)
    register = RegisterSummary(digest="sha256:0", rows=5, rejected=1, reasons={"duplicate": 1})
    content = json.loads(manifest(cube, register, spec_digest="sha256:1", tables=2, rows=3))
    assert content["protection"]["protected"] is False
    assert content["protection"]["warning"].startswith("Not protected")
    assert content["counts"] == {"cells": 6, "hidden": 4, "tables": 2, "rows": 3, "figures": 6}
    assert content["input"] == {"digest": "sha256:0", "rows": 5, "rejected": 1, "reasons": {"duplicate": 1}}


def test_statuses_are_named_as_in_the_glossary():
    assert [s.label for s in Status][:3] == ["published", "primary", "secondary"]


def test_a_hierarchy_of_a_classification_is_a_tree(tmp_path):
    _, classifications = loaded(tmp_path)
    region = classifications["region"]
    tree = Hierarchy(name="region", codes=region.in_order, parents=region.parents)
    assert [tree.codes[i] for i in tree.leaves] == list(region.leaves)
