"""Data frames from Python, and Parquet files."""

import datetime as dt
import io
from decimal import Decimal

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from prikk.errors import ReadingError
from prikk.reading.formats import Limits, from_frame
from unit.reading.formats.kit import opened, refusal, texts, the_frame, the_grid

LONG = {"sex": ["f", "f", "m", "m"], "age": ["a", "b", "a", "b"], "n": [1, 20, None, 4]}
ROWS = (("f", "a", "1"), ("f", "b", "20"), ("m", "a", ""), ("m", "b", "4"))


@pytest.mark.parametrize("make", [pl.DataFrame, pa.table, lambda data: duckdb.from_arrow(pa.table(data))])
def test_any_kind_of_long_frame_gives_the_same(make):
    frame = the_frame(from_frame(make(LONG)))
    assert (frame.columns, frame.rows) == (("sex", "age", "n"), ROWS)


def test_a_frame_of_pandas_keeps_its_index():
    pandas = pytest.importorskip("pandas")
    table = pandas.DataFrame(LONG)
    assert the_frame(from_frame(table)).rows == ROWS
    assert the_frame(from_frame(table.set_index(["sex", "age"]))).columns == ("n", "sex", "age")


def test_a_wide_frame_is_a_grid():
    grid = the_grid(from_frame(pl.DataFrame({"place": ["A", "B"], "2021": [1, 2], "2022": ["*", "4"]})))
    assert texts(grid) == [["place", "2021", "2022"], ["A", "1", "*"], ["B", "2", "4"]]


def test_values_of_every_type_become_texts():
    data = {
        "day": [dt.date(2022, 1, 31), dt.datetime(2022, 1, 31)],
        "share": [0.5, 2.0],
        "exact": [Decimal("1.50"), None],
        "flag": [True, None],
        "list": [[1], [2]],
        "kind": pl.Series(["a", "b"], dtype=pl.Categorical),
    }
    data["day"] = [dt.datetime(2022, 1, 31), dt.datetime(2022, 1, 31, 12)]
    assert texts(the_grid(from_frame(pl.DataFrame(data))))[1:] == [
        ["2022-01-31", "0.5", "1.50", "true", "[1]", "a"],
        ["2022-01-31 12:00:00", "2", None, None, "[2]", "b"],
    ]


def parquet(data):
    buffer = io.BytesIO()
    pq.write_table(pa.table(data), buffer)
    return buffer.getvalue()


def test_a_parquet_file_is_read(tmp_path):
    document = opened(tmp_path, "a.parquet", parquet(LONG))
    assert (document.kind, the_frame(document).rows) == ("parquet", ROWS)


def test_a_broken_parquet_file_is_refused(tmp_path):
    assert "[file-broken]" in refusal(tmp_path, "a.parquet", parquet(LONG)[:100])


def test_a_parquet_file_of_too_many_cells_is_refused_before_it_is_unpacked(tmp_path):
    assert "[cells-limit]" in refusal(
        tmp_path, "a.parquet", parquet({"a": ["x"] * 1000, "b": [1] * 1000}), cells=1500
    )


@pytest.mark.parametrize("wrong", [None, 5, "text", object()])
def test_what_is_no_frame_is_refused(wrong):
    with pytest.raises(ReadingError, match=r"\[no-frame\]"):
        from_frame(wrong)


def test_an_empty_frame_has_no_table():
    with pytest.raises(ReadingError, match=r"\[no-table\]"):
        from_frame(pa.table({"a": pa.array([], pa.string()), "b": pa.array([], pa.int64())}))


def test_a_frame_of_too_many_cells_is_refused():
    with pytest.raises(ReadingError, match=r"\[cells-limit\]"):
        from_frame(pl.DataFrame({"a": range(100), "b": range(100)}), limits=Limits(cells=150))
