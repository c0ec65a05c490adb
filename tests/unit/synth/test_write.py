from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from prikk.errors import EnvironmentFault, RegisterError
from prikk.synth import write_register

BATCH = pa.RecordBatch.from_pydict(
    {"id": ["D1", "D2"], "code": ["A", "A"], "end": pa.array([dt.date(2022, 1, 31), None], pa.date32())}
)


def test_parquet_holds_every_batch(tmp_path: Path) -> None:
    path = tmp_path / "r.parquet"
    assert write_register(iter([BATCH, BATCH]), path) == 4
    assert pq.read_table(path) == pa.Table.from_batches([BATCH, BATCH])
    assert pq.ParquetFile(path).metadata.row_group(0).column(0).compression == "ZSTD"


def test_csv_leaves_a_missing_date_empty(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    write_register(iter([BATCH]), path)
    assert path.read_text(encoding="utf-8").splitlines()[1:] == ['"D1","A",2022-01-31', '"D2","A",']


def test_an_unknown_suffix_is_told(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match=r"Nearest: '\.parquet'"):
        write_register(iter([BATCH]), tmp_path / "r.parket")


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="register-write"):
        write_register(iter([BATCH]), tmp_path / "none" / "r.parquet")


def test_what_was_there_stays_when_writing_fails(tmp_path: Path) -> None:
    def broken() -> Iterator[pa.RecordBatch]:
        yield BATCH
        raise RuntimeError("stopped")

    path = tmp_path / "r.csv"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(RuntimeError, match="stopped"):
        write_register(broken(), path)
    assert [(p.name, p.read_text(encoding="utf-8")) for p in tmp_path.iterdir()] == [("r.csv", "old")]
