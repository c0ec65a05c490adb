import io
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from prikk.dissemination import PublishedCube, cells_csv, cells_parquet, tables_csv, tables_parquet
from unit.dissemination.cubes import published_cube, tiny_cube


def test_duckdb_reads_the_tables_as_the_csv_has_them(tmp_path: Path) -> None:
    (tmp_path / "t.parquet").write_bytes(tables_parquet(published_cube(), "nb"))
    (tmp_path / "t.csv").write_bytes(tables_csv(published_cube(), "nb"))
    read = duckdb.sql(f"SELECT * REPLACE (bold::int AS bold) FROM '{tmp_path / 't.parquet'}'").fetchall()
    types = "{" + ", ".join(f"'2022-0{m}': 'BIGINT'" for m in range(1, 8)) + "}"
    text = f"SELECT * FROM read_csv('{tmp_path / 't.csv'}', nullstr='*', types={types})"
    assert read == duckdb.sql(text).fetchall()


def test_duckdb_reads_the_cells_as_the_csv_has_them(tmp_path: Path) -> None:
    (tmp_path / "c.parquet").write_bytes(cells_parquet(published_cube()))
    (tmp_path / "c.csv").write_bytes(cells_csv(published_cube()))
    read = duckdb.sql(f"FROM '{tmp_path / 'c.parquet'}'").fetchall()
    found = duckdb.sql(
        f"SELECT * REPLACE (coalesce(status, '') AS status) FROM '{tmp_path / 'c.csv'}'"
    ).fetchall()
    assert read == found


def test_the_file_says_what_null_means() -> None:
    for content in (cells_parquet(tiny_cube()), tables_parquet(tiny_cube(), "nb")):
        facts = pq.read_schema(io.BytesIO(content)).metadata
        assert facts[b"null"] == b"hidden"
        assert facts[b"symbol"] == b"*"
        assert facts[b"title"].decode() == "Båter i havn"


def test_figures_are_whole_numbers_that_may_be_null_and_nothing_else_may() -> None:
    schema = pq.read_schema(io.BytesIO(tables_parquet(tiny_cube(), "nb")))
    assert {f.name for f in schema if f.nullable} == {"2024-12", "2025-01"}
    assert {f.type for f in schema if f.nullable} == {pa.int64()}
    assert schema.field("bold").type == pa.bool_()


def test_the_chunks_of_the_cells_do_not_change_the_bytes() -> None:
    cube = tiny_cube()
    pieces = pa.concat_tables([cube.cells.slice(0, 5), cube.cells.slice(5)])
    same = PublishedCube(spec=cube.spec, classifications=cube.classifications, cells=pieces)
    assert cells_parquet(same) == cells_parquet(cube)


def test_a_cube_without_cells_is_an_empty_file_with_all_columns() -> None:
    cube = tiny_cube()
    empty = PublishedCube(spec=cube.spec, classifications=cube.classifications, cells=cube.cells.slice(0, 0))
    read = pq.read_table(io.BytesIO(tables_parquet(empty, "en")))
    assert read.num_rows == 0
    assert read.column_names == tables_csv(empty, "en").decode().strip().split(",")
