"""The data set: written, read back, cut to parts, and refused when its files are damaged."""

import io
import itertools
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prikk.dissemination import Dataset, cells_parquet, dataset, dataset_json, read_dataset, read_facts
from prikk.dissemination.exchange import Placement, _figures, json_stat, px
from prikk.dissemination.exchange._figures import HIDDEN
from prikk.errors import ReadingError
from unit.dissemination.cubes import published_cube, tiny_cube
from unit.dissemination.exchange.expected import described_cube, expected
from unit.dissemination.exchange.px_reading import WORDS, entries
from unit.dissemination.exchange.px_reading import cells as px_cells
from unit.dissemination.exchange.test_json_stat import cells as json_cells
from unit.dissemination.strategies import cubes

CUBES = [tiny_cube, described_cube, published_cube]
slow = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def stored(folder: Path, cube=described_cube) -> Path:
    made = cube() if callable(cube) else cube
    (folder / "dataset.json").write_bytes(dataset_json(dataset(made)))
    (folder / "cells.parquet").write_bytes(cells_parquet(made))
    return folder


@pytest.mark.parametrize("cube", CUBES)
def test_what_is_read_back_writes_the_same_bytes(cube, tmp_path):
    whole, read = dataset(cube()), read_dataset(stored(tmp_path, cube))
    assert px(read) == px(whole)
    assert [json_stat(read, x) for x in read.facts.languages] == [
        json_stat(whole, x) for x in whole.facts.languages
    ]
    assert dataset_json(read) == dataset_json(whole)
    assert read_facts(tmp_path) == read.facts == whole.facts


@slow
@given(cubes())
def test_whatever_codes_and_texts_there_are_they_are_read_back(tmp_path_factory, cube):
    read = read_dataset(stored(tmp_path_factory.mktemp("public"), cube))
    assert px(read) == px(dataset(cube))


def parts(draw: Callable[[st.SearchStrategy[Any]], Any], whole: Dataset) -> list[list[int]]:
    """Some places of every axis, in any order."""
    return [draw(st.lists(st.integers(0, len(axis) - 1), min_size=1, unique=True)) for axis in whole.axes]


@slow
@given(st.data())
@pytest.mark.parametrize("dense", [True, False])
def test_a_part_has_the_figures_and_signs_of_its_codes(dense, data):
    cube = data.draw(cubes())
    with pytest.MonkeyPatch.context() as patch:
        if not dense:
            patch.setattr(_figures, "_DENSE_LIMIT", 0)
            patch.setattr(_figures, "_DENSE_FACTOR", 0)
        whole = dataset(cube)
        chosen = parts(data.draw, whole)
        part = whole.select(chosen)
    codes = [[a.codes[p] for p in places] for a, places in zip(whole.axes, chosen, strict=True)]
    wanted = {k: v for k, v in expected(cube).items() if all(c in x for c, x in zip(k, codes, strict=True))}
    signs = dict(zip(whole.facts.signs.each, ("hidden", "nil", "absent"), strict=True))
    assert json_cells(json_stat(part, "nb"), signs) == wanted
    assert list(json_cells(json_stat(part, "nb"), signs)) == list(px_cells_of(part, codes))
    assert list(px_cells(px(part)).values()) == [wanted[k] for k in px_cells_of(part, codes)]


def px_cells_of(part: Dataset, codes: list[list[str]]):
    """The keys of a part in the order of its axes."""
    assert [list(a.codes) for a in part.axes] == codes
    keys = [()]
    for axis in codes:
        keys = [(*k, c) for k in keys for c in axis]
    return keys


def test_a_part_of_a_part_is_a_part():
    whole = dataset(described_cube())
    first = whole.select([[0, 1], [5, 2, 0], [1, 0]])
    again = first.select([[1], [2, 0], [0]])
    assert json_stat(again, "en") == json_stat(whole.select([[1], [0, 5], [1]]), "en")


def test_everything_chosen_is_the_whole():
    whole = dataset(published_cube())
    assert px(whole.select([range(len(a)) for a in whole.axes])) == px(whole)


def test_parents_and_remarks_of_codes_that_are_not_chosen_are_dropped():
    whole = dataset(described_cube())
    ketch = whole.axes[1].codes.index("KETCH")
    data = json.loads(json_stat(whole.select([[0], [0, ketch], [0]]), "en"))
    assert data["dimension"]["boat"]["category"].keys() == {"index", "label"}
    assert data["dimension"]["boat"]["note"] == ["All boats."]
    assert "note" not in data["dimension"]["harbour"]["category"]
    assert not any("Northport" in note for note in data["note"])
    assert "An old harbour" not in px(whole.select([[0], [0], [0]])).decode()


def test_a_part_without_the_total_does_not_say_what_stands_for_the_whole():
    part = dataset(described_cube()).select([[0], [3, 1], [0]])
    data = json.loads(json_stat(part, "en"))
    assert data["dimension"]["boat"]["extension"] == {"elimination": False}
    assert data["dimension"]["boat"]["category"].get("child") == {"SAIL": ["YAWL"]}
    assert 'ELIMINATION[en]("boat")' not in px(part).decode()
    assert "HIERARCHIES" not in px(part).decode()


@pytest.mark.parametrize(
    "chosen", [[[0], [0]], [[0], [], [0]], [[0, 0], [0], [0]], [[0], [9], [0]], [[-1], [0], [0]]]
)
def test_what_is_no_part_is_refused(chosen):
    with pytest.raises(ValueError, match=r"ax[ie]s"):
        dataset(tiny_cube()).select(chosen)


def test_a_large_cube_that_lists_little_answers_without_a_table_of_all_combinations(monkeypatch):
    whole = dataset(published_cube())
    chosen = [range(len(a)) for a in whole.axes]
    dense = whole.figures.take([np.asarray(c) for c in chosen])
    monkeypatch.setattr(_figures, "_DENSE_LIMIT", 0)
    monkeypatch.setattr(_figures, "_DENSE_FACTOR", 0)
    sparse = dataset(published_cube()).figures
    assert (sparse.take([np.asarray(c) for c in chosen]) == dense).all()
    assert "_rows" not in vars(sparse)


def edited(folder: Path, edit: Callable[[dict[str, Any]], object]) -> None:
    path = folder / "dataset.json"
    document = json.loads(path.read_bytes())
    edit(document)
    path.write_text(json.dumps(document))


DAMAGE: list[Callable[[dict[str, Any]], object]] = [
    lambda d: d.update(format="other"),
    lambda d: d["facts"].pop("signs"),
    lambda d: d["facts"].update(id="../x"),
    lambda d: d["facts"].update(languages=[]),
    lambda d: d["facts"]["title"].pop("en"),
    lambda d: d["facts"]["signs"].update(nil="*"),
    lambda d: d["facts"].update(published="2025-02-20T08:00:00"),
    lambda d: d["facts"].update(periods=["2024-12"]),
    lambda d: d["axes"].reverse(),
    lambda d: d["axes"].pop(),
    lambda d: d["axes"][0]["codes"].append("X"),
    lambda d: d["axes"][0]["codes"].__setitem__(1, "TOTAL"),
    lambda d: d["axes"][1]["parents"].__setitem__(1, 4),
    lambda d: d["axes"][1]["parents"].__setitem__(1, -1),
    lambda d: d["axes"][1]["labels"].pop("nb"),
    lambda d: d["axes"][1]["levels"].pop(),
    lambda d: d["margins"].append([7, 7]),
    lambda d: d["margins"].append([-1, 0]),
    lambda d: d["remarks"][0]["place"].update(period="1999-01"),
    lambda d: d["remarks"][0]["text"].pop("nb"),
]


@pytest.mark.parametrize("edit", DAMAGE)
def test_a_damaged_document_is_refused(edit, tmp_path):
    edited(stored(tmp_path), edit)
    with pytest.raises(ReadingError) as caught:
        read_dataset(tmp_path)
    assert all(f.where.startswith("dataset.json") and f.fix for f in caught.value.findings)
    assert str(tmp_path) not in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"{" * 100_000])
@pytest.mark.parametrize("name", ["dataset.json", "cells.parquet"])
def test_a_file_that_is_no_file_of_its_kind_is_refused(name, content, tmp_path):
    (stored(tmp_path) / name).write_bytes(content)
    with pytest.raises(ReadingError, match="damaged") as caught:
        read_dataset(tmp_path)
    assert str(tmp_path) not in str(caught.value)


@pytest.mark.parametrize("name", ["dataset.json", "cells.parquet"])
def test_a_file_that_is_missing_is_refused(name, tmp_path):
    (stored(tmp_path) / name).unlink()
    with pytest.raises(ReadingError, match=f"{name}: it cannot be read"):
        read_dataset(tmp_path)


def test_a_file_that_lost_bytes_is_refused(tmp_path):
    path = stored(tmp_path) / "cells.parquet"
    content = path.read_bytes()
    for _ in range(60):
        start = random.Random(_).randrange(len(content))
        path.write_bytes(content[:start] + bytes(8) + content[start + 8 :])
        try:
            found = read_dataset(tmp_path)
        except ReadingError:
            continue
        assert found.figures.count == 7


def tampered(cells: pa.Table, column: str, row: int, value: object) -> pa.Table:
    values = cells[column].to_pylist()
    values[row] = value
    at = cells.column_names.index(column)
    return cells.set_column(at, column, pa.array(values, cells.schema.field(column).type))


CELLS: list[Callable[[pa.Table], pa.Table]] = [
    lambda t: tampered(t, "value", 4, 3),
    lambda t: tampered(t, "value", 0, None),
    lambda t: tampered(t, "value", 0, HIDDEN),
    lambda t: tampered(t, "value", 0, HIDDEN + 1),
    lambda t: tampered(t, "status", 0, "*"),
    lambda t: tampered(t, "status", 4, ":"),
    lambda t: tampered(t, "status", 4, None),
    lambda t: tampered(t, "harbour", 1, "X"),
    lambda t: tampered(t, "harbour", 1, None),
    lambda t: tampered(t, "harbour", 1, "TOTAL"),
    lambda t: tampered(t, "period", 1, "2025-01"),
    lambda t: t.slice(1),
    lambda t: t.slice(2),
    lambda t: t.drop_columns(["status"]),
    lambda t: t.rename_columns(["period", "boat", "harbour", "value", "status"]),
    lambda t: t.set_column(3, "value", t["value"].cast(pa.float64())),
    lambda t: t.take(pa.array([1, 0, *range(2, 8), 7, *range(9, 14)])),
    lambda t: t.take(pa.array([1, 0, *range(2, 7), 8, 7, *range(9, 14)])),
]


@pytest.mark.parametrize("edit", CELLS)
def test_cells_that_keep_no_promise_are_refused(edit, tmp_path):
    path = stored(tmp_path) / "cells.parquet"
    sink = io.BytesIO()
    pq.write_table(edit(pq.read_table(io.BytesIO(path.read_bytes()))), sink)
    path.write_bytes(sink.getvalue())
    with pytest.raises(ReadingError, match="dataset-damaged") as caught:
        read_dataset(tmp_path)
    assert caught.value.findings[0].where == "cells.parquet"


def test_what_lies_under_a_hidden_figure_is_not_taken_along():
    cube = tiny_cube()
    values = cube.cells["value"].combine_chunks()
    secret = np.where(values.is_null().to_numpy(zero_copy_only=False), 918273645546, 1)
    planted = pa.array(secret, pa.int64(), mask=values.is_null().to_numpy(zero_copy_only=False))
    cells = cube.cells.set_column(3, "value", planted)
    figures = dataset(type(cube)(spec=cube.spec, classifications=cube.classifications, cells=cells)).figures
    assert (figures.values == HIDDEN).sum() == values.null_count
    assert 918273645546 not in figures.values


@pytest.mark.parametrize(
    "placed",
    [
        Placement(stub=("boat", "period"), heading=("harbour",)),
        Placement(stub=("period", "ContentsCode", "harbour"), heading=("boat",)),
        Placement(stub=(), heading=("boat", "harbour", "period")),
    ],
)
def test_px_has_its_figures_where_the_variables_are_placed(placed):
    whole = dataset(described_cube())
    content = px(whole, placed)
    names = [n for n in (*placed.stub, *placed.heading) if n != "ContentsCode"]
    axes = {a.name: a for a in whole.axes}
    found, data = entries(content)
    assert found.get(("STUB", "en", ()), []) == [axes[n].title["en"] for n in placed.stub if n in axes]
    keys = itertools.product(*(axes[n].codes for n in names))
    by_name = [dict(zip(names, key, strict=True)) for key in keys]
    codes = [tuple(key[a.name] for a in whole.axes) for key in by_name]
    wanted = expected(described_cube())
    assert [WORDS.get(word) or int(word) for word in data] == [wanted[c] for c in codes]
    assert max(map(len, content.decode().split("\r\n"))) <= 256


def test_a_heading_of_very_many_columns_is_written_like_any_other():
    whole = dataset(published_cube())
    wide = Placement(stub=("main_group",), heading=("age", "measure", "period"))
    numbers = px(whole, wide).decode().split("DATA=\r\n")[1].split()
    assert numbers == px(whole).decode().split("DATA=\r\n")[1].split()


def test_another_language_can_be_the_main_one():
    content = px(dataset(tiny_cube()).in_language("en")).decode()
    assert 'LANGUAGE="en";' in content
    assert 'TITLE="Boats in harbour";' in content
    assert 'TITLE[nb]="Båter i havn";' in content


def test_codes_can_be_told_their_places():
    whole = dataset(tiny_cube())
    text = whole.heads["nb"].written([[0], [4, 1], [1]], keyed=True).decode()
    data = json.loads(text + "}")
    assert data["dimension"]["boat"]["category"]["index"] == {"MOTOR": 0, "SAIL": 1}
    assert data["dimension"]["ContentsCode"]["category"]["index"] == {"value": 0}
    assert data["size"] == [1, 2, 1, 1]
