"""What stays inside: the true values, what became of each cell and why, and the proof of the pattern."""

from __future__ import annotations

import csv
import io

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from prikk.cube import Cube
from prikk.release._gate import coordinates
from prikk.release._suppress import Protected, with_periods
from prikk.tabular import Status


def internal_cells(cube: Cube, protected: Protected) -> bytes:
    """Give ``internal/cells.csv``: the columns of the public file, with true values, the full status and the reason."""
    codes = coordinates(cube)
    words = np.asarray([status.label for status in Status], dtype=object)[protected.pattern.ravel()]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*codes, "value", "status", "reason"])
    columns = [column.to_pylist() for column in codes.values()]
    values = cube.counts.ravel().tolist()
    writer.writerows(zip(*columns, values, words.tolist(), _reasons(cube, protected), strict=True))
    return text.getvalue().encode()


def _reasons(cube: Cube, protected: Protected) -> list[str]:
    """Why each cell is hidden: the rule, or the figures that it helps to protect, the first of them by its codes."""
    pattern = protected.pattern.ravel()
    found = np.full(len(pattern), "", dtype=object)
    found[pattern == Status.PRIMARY] = "falls under the rule"
    if protected.suppression is not None:
        table = with_periods(cube)
        many, first = protected.suppression.serves, protected.suppression.serves_first
        for cell in np.flatnonzero(pattern == Status.SECONDARY).tolist():
            if many[cell]:
                example = ", ".join(table.codes(int(first[cell])))
                found[cell] = f"helps to protect {many[cell]} figures, one of them ({example})"
            else:
                found[cell] = "asked for in the spec, or one figure with another that is hidden"
    return found.tolist()


def proof_files(cube: Cube, protected: Protected) -> dict[str, bytes]:
    """Give ``internal/witnesses.parquet``: a row a change, with the number of its witness and the codes of the finest cell.

    Every witness is another table that agrees with all that is published (docs/design/suppression.md).
    """
    if protected.witnesses is None:
        return {}
    w = protected.witnesses
    number = np.repeat(np.arange(len(w), dtype=np.int32), np.diff(w.starts))
    columns: dict[str, pa.Array] = {"witness": pa.array(number)}
    for d, hierarchy in enumerate(with_periods(cube).hierarchies):
        codes = pa.array(w.coords[:, d].astype(np.int32))
        columns[hierarchy.name] = pa.DictionaryArray.from_arrays(codes, pa.array(hierarchy.codes))
    columns["change"] = pa.array(w.changes.astype(np.int32))
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table(columns), sink, compression="zstd")
    return {"witnesses.parquet": sink.getvalue().to_pybytes()}
