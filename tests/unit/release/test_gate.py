"""The gate: what leaves it holds no true value of a hidden cell."""

import json

import numpy as np
import pytest

from prikk.classifications import load_classifications
from prikk.cube import Cube
from prikk.dissemination import lay_out
from prikk.errors import RefusedError
from prikk.pipeline import audit_release
from prikk.release import (
    Protected,
    RegisterSummary,
    as_reading,
    internal_cells,
    manifest,
    publish,
    refuse_leaks,
)
from prikk.spec import load_spec
from prikk.steps import Silent
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
    lines = internal_cells(toy_cube(spec, classifications), Protected(pattern=HIDING)).decode().splitlines()
    assert lines[0] == "period,region,age,value,status,reason"
    assert lines[2:4] == ["2024-01,N,TOTAL,968,secondary,", "2024-01,S,TOTAL,3,primary,falls under the rule"]


def test_an_unprotected_release_needs_the_publishers_word(tmp_path):
    spec, classifications = loaded(tmp_path, edited(SPEC, ("allow_unprotected = true", "")))
    with pytest.raises(RefusedError, match="allow_unprotected = true"):
        publish(toy_cube(spec, classifications), HIDING, spec, classifications)


def test_the_manifest_names_the_method_for_what_it_is(tmp_path):
    spec, classifications = loaded(tmp_path)
    cube = publish(toy_cube(spec, classifications), HIDING, spec, classifications)
    register = RegisterSummary(digest="sha256:0", rows=5, rejected=1, reasons={"duplicate": 1})
    report = audit_release(
        cube, Protected(pattern=HIDING), toy_cube(spec, classifications).counts.ravel(), steps=Silent()
    )
    content = json.loads(manifest(cube, register, report, spec_digest="sha256:1", tables=lay_out(cube)))
    assert content["audit"] == {"attacker": "threshold", "requirement": "full", "passed": report.ok}
    assert content["protection"]["protected"] is False
    assert content["protection"]["warning"].startswith("Not protected")
    assert content["counts"] == {"cells": 6, "hidden": 4, "tables": 1, "rows": 3, "figures": 6}
    assert content["input"] == {"digest": "sha256:0", "rows": 5, "rejected": 1, "reasons": {"duplicate": 1}}


def test_statuses_are_named_as_in_the_glossary():
    assert [s.label for s in Status][:3] == ["published", "primary", "secondary"]


def test_a_hierarchy_of_a_classification_is_a_tree(tmp_path):
    _, classifications = loaded(tmp_path)
    region = classifications["region"]
    tree = Hierarchy(name="region", codes=region.in_order, parents=region.parents)
    assert [tree.codes[i] for i in tree.leaves] == list(region.leaves)


def published(tmp_path, pattern):
    spec, classifications = loaded(tmp_path)
    cube = toy_cube(spec, classifications)
    return publish(cube, pattern, spec, classifications), cube


def test_the_audit_reads_what_will_be_published_cell_by_cell(tmp_path):
    cube, true = published(tmp_path, HIDING)
    publication = as_reading(cube, HIDING).publication
    shown = HIDING.ravel() == Status.PUBLISHED
    assert publication.table.codes(0) == ("2024-01", "TOTAL", "TOTAL")
    assert np.array_equal(publication.low[shown], true.counts.ravel()[shown])
    assert np.array_equal(publication.status, HIDING.ravel())


def as_protected(spec):
    """A spec whose method claims to protect."""
    return spec.model_copy(update={"protection": spec.protection.model_copy(update={"method": "suppress"})})


def test_a_planted_leak_is_refused_and_a_pattern_that_holds_passes(tmp_path):
    spec, _ = loaded(tmp_path)
    leaking = np.array([[0, 0, 1], [0, 0, 1]], dtype=np.uint8)
    for pattern, holds in ((HIDING, True), (leaking, False)):
        cube, true = published(tmp_path, pattern)
        report = audit_release(cube, Protected(pattern=pattern), true.counts.ravel(), steps=Silent())
        assert report.ok == holds
        if holds:
            refuse_leaks(report, as_protected(spec))
        else:
            with pytest.raises(RefusedError, match="2 of the 2 figures hidden by the rule leak"):
                refuse_leaks(report, as_protected(spec))


def test_a_refusal_tells_no_value(tmp_path):
    leaking = np.array([[0, 0, 1], [0, 0, 1]], dtype=np.uint8)
    cube, true = published(tmp_path, leaking)
    report = audit_release(cube, Protected(pattern=leaking), true.counts.ravel(), steps=Silent())
    with pytest.raises(RefusedError) as raised:
        refuse_leaks(report, as_protected(loaded(tmp_path)[0]))
    assert not {"3", "968"} & set(str(raised.value).replace(",", " ").replace(".", " ").split())
