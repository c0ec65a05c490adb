"""What stays inside: the true values and what became of each cell."""

from __future__ import annotations

import csv
import io

import numpy as np

from prikk.cube import Cube
from prikk.release._gate import Pattern, coordinates
from prikk.tabular import Status


def internal_cells(cube: Cube, pattern: Pattern) -> bytes:
    """Give ``internal/cells.csv``: the columns of the public file, with true values and the full status."""
    codes = coordinates(cube)
    words = np.asarray([status.label for status in Status], dtype=object)[pattern.ravel()]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*codes, "value", "status"])
    columns = [column.to_pylist() for column in codes.values()]
    writer.writerows(zip(*columns, cube.counts.ravel().tolist(), words.tolist(), strict=True))
    return text.getvalue().encode()
