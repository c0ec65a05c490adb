"""A register to a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from prikk.errors import EnvironmentFault, Finding, RegisterError, nearest

Writer = Any  # pyarrow has no types; both writers have write_batch and close


def write_register(batches: Iterator[pa.RecordBatch], path: Path) -> int:
    """Write batches to a Parquet or CSV file, by its suffix, and give the number of rows.

    The file is written beside its place and moved there when it is whole, so that what is at ``path``
    is never half a register. Equal batches give equal bytes.

    Raises:
        RegisterError: the suffix is neither ``.parquet`` nor ``.csv``.
        EnvironmentFault: the file cannot be written, for example because the disk is full.
    """
    opened = WRITERS.get(path.suffix)
    if opened is None:
        fix = f"Let it end with {' or '.join(WRITERS)}.{nearest(path.suffix, list(WRITERS))}"
        what = f"'{path.suffix}' is no kind of register that can be written."
        raise RegisterError(Finding(where=str(path), code="register-suffix", what=what, fix=fix))
    part = path.with_name(f".{path.name}.part")
    try:
        rows = _write(batches, part, opened)
        part.replace(path)
    except OSError as error:
        what = f"the register cannot be written: {error.strerror or type(error).__name__}."
        fix = "Check that the folder exists, may be written to and has room."
        raise EnvironmentFault(Finding(where=str(path), code="register-write", what=what, fix=fix)) from error
    finally:
        part.unlink(missing_ok=True)
    return rows


def _write(
    batches: Iterator[pa.RecordBatch], part: Path, opened: Callable[[Path, pa.RecordBatch], Writer]
) -> int:
    first = next(batches)
    rows: int = first.num_rows
    with opened(part, first) as writer:
        writer.write_batch(first)
        for batch in batches:
            writer.write_batch(batch)
            rows += batch.num_rows
    return rows


def _parquet(path: Path, first: pa.RecordBatch) -> Writer:
    # A dictionary of ids, which differ in every row, would cost time and space.
    names = first.schema.names
    repeating = [n for n in names if 2 * pc.count_distinct(first[n]).as_py() < first.num_rows]
    return pq.ParquetWriter(path, first.schema, compression="zstd", use_dictionary=repeating)


def _csv(path: Path, first: pa.RecordBatch) -> Writer:
    return pacsv.CSVWriter(path, first.schema, write_options=pacsv.WriteOptions(quoting_style="needed"))


WRITERS: dict[str, Callable[[Path, pa.RecordBatch], Writer]] = {".parquet": _parquet, ".csv": _csv}
