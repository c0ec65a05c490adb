"""No file of any exchange format holds the value of a hidden cell: unmistakable numbers are planted and looked for."""

import numpy as np
import pytest

from prikk.cube import Cube
from prikk.dissemination import FORMATS, render
from prikk.release import publish
from prikk.tabular import CellTable, Hierarchy
from support import SPEC, edited
from unit.release.test_gate import loaded

WANTED = ("csv", "px", "json-stat", "sdmx", "csvw", "dcat")
PLANTED = [918273645546372819, 827364554637281918, 736455463728191827]
SHOWN = 645546372819182736


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """All files of a release in which three figures are hidden, by the rule or for another."""
    text = edited(
        SPEC, ('languages = ["en"]', f'languages = ["en"]\nformats = {list(WANTED)!r}'.replace("'", '"'))
    )
    spec, classifications = loaded(tmp_path_factory.mktemp("spec"), text)
    hierarchies = [
        Hierarchy(name=n, codes=classifications[n].in_order, parents=classifications[n].parents)
        for n in spec.dimensions
    ]
    table = CellTable.from_codes(hierarchies, [("TOTAL", "TOTAL"), ("N", "TOTAL"), ("S", "TOTAL")])
    counts = np.array([[SHOWN, *PLANTED[:2]], [SHOWN, PLANTED[2], 5]])
    cube = Cube(table=table, periods=spec.periods, counts=counts, additive=True)
    pattern = np.array([[0, 1, 2], [0, 2, 0]], dtype=np.uint8)
    return render(publish(cube, pattern, spec, classifications))


def test_what_is_shown_is_in_every_file_with_figures(files):
    with_figures = [path for path, content in files.items() if str(SHOWN).encode() in content]
    assert sorted(with_figures) == [
        "cells.csv",
        "sdmx/data.csv",
        "sdmx/data.json",
        "sdmx/data.xml",
        "tables.csv",
        "toy.jsonstat.json",
        "toy.px",
    ]


def test_no_file_holds_a_hidden_value_in_any_writing(files):
    assert set(WANTED) <= set(FORMATS)
    for path, content in files.items():
        for number in PLANTED:
            assert str(number).encode() not in content, path
            assert number.to_bytes(8, "little") not in content, path
            # Nor rounded, as a floating-point number would be written.
            assert str(number)[:12].encode() not in content, path
            assert str(SHOWN - number).encode() not in content, path
