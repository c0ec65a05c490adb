"""CSV on the Web: the description is valid, and a reader that goes by it finds the cells."""

import csv
import io
import json
import warnings

import pytest

from prikk.dissemination import cells_csv, tables_csv
from prikk.dissemination.exchange import csvw
from unit.dissemination.cubes import published_cube, tiny_cube
from unit.dissemination.exchange.expected import described_cube, expected, listed_only

CUBES = [tiny_cube, described_cube, published_cube]


@pytest.fixture(params=CUBES)
def group(request, tmp_path):
    """The tables of a release as the csvw library knows them, with the folder they are in."""
    library = pytest.importorskip("csvw")
    cube = request.param()
    files = {"cells.csv": cells_csv(cube), "tables.csv": tables_csv(cube, "nb"), **csvw(cube)}
    files["tables.en.csv"] = tables_csv(cube, "en")
    for path, content in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(content)
    return cube, library, tmp_path


def test_the_description_is_valid_and_every_code_is_in_its_list(group):
    _, library, folder = group
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        read = library.CSVW(str(folder / "cells.csv-metadata.json"), validate=True)
        assert read.is_valid, [str(w.message) for w in [*found, *read.warnings]]


def test_the_cells_are_read_with_their_types(group):
    cube, library, folder = group
    tables = library.TableGroup.from_file(folder / "cells.csv-metadata.json")
    cells = next(t for t in tables.tables if str(t.url) == "cells.csv")
    found = {}
    for row in cells.iterdicts():
        key = (*(row[d] for d in cube.spec.dimensions), row["period"])
        assert (row["value"] is None) == (row["status"] == cube.spec.protection.symbol)
        found[key] = "hidden" if row["value"] is None else row["value"]
    assert found == listed_only(expected(cube))


def test_a_symbol_in_a_printed_table_is_no_figure(group):
    cube, library, folder = group
    tables = library.TableGroup.from_file(folder / "cells.csv-metadata.json")
    printed = next(t for t in tables.tables if str(t.url) == "tables.csv")
    figures = [row[p.code] for row in printed.iterdicts() for p in cube.spec.periods]
    assert all(f is None or isinstance(f, int) for f in figures)
    symbols = sum(row.count("*") for row in csv.reader(io.StringIO(tables_csv(cube, "nb").decode())))
    assert figures.count(None) == symbols


def test_columns_are_named_in_every_language():
    (cells, *_) = json.loads(csvw(published_cube())["cells.csv-metadata.json"])["tables"]
    titles = {c["name"]: c["titles"] for c in cells["tableSchema"]["columns"]}
    assert titles["age"] == {"nb": ["age", "Alder"], "en": ["age", "Age"]}


def test_a_code_list_has_parents_levels_and_labels():
    rows = list(csv.DictReader(io.StringIO(csvw(tiny_cube())["codes/boat.csv"].decode())))
    assert rows[0] == {"code": "TOTAL", "parent": "", "level": "", "label_nb": "I alt", "label_en": "Total"}
    assert rows[2] == {
        "code": "KETCH",
        "parent": "SAIL",
        "level": "boat",
        "label_nb": "Ketsj",
        "label_en": "Ketch",
    }
