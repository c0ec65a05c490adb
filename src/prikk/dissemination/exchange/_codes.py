"""The codes behind the columns of ``cells.csv``: a small CSV file for each dimension and for the periods."""

from __future__ import annotations

import csv
import io

from prikk.dissemination._cube import PublishedCube
from prikk.dissemination.exchange._axes import Axis, dimension_axes, period_axis

FIXED = ("code", "parent", "level")


def code_path(name: str) -> str:
    """The file of a dimension's codes."""
    return f"codes/{name}.csv"


def code_files(cube: PublishedCube) -> dict[str, bytes]:
    """A file for each axis: its codes in order, the parent of each, its level, and its label in every language."""
    return {code_path(a.name): _written(a) for a in (*dimension_axes(cube), period_axis(cube))}


def _written(axis: Axis) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*FIXED, *(f"label_{language}" for language in axis.labels)])
    depth: list[int] = []
    for i, (code, parent) in enumerate(zip(axis.codes, axis.parents, strict=True)):
        depth.append(0 if parent < 0 else depth[parent] + 1)
        level = axis.levels[depth[i] - 1] if depth[i] else ""
        above = "" if parent < 0 else axis.codes[parent]
        writer.writerow([code, above, level, *(labels[i] for labels in axis.labels.values())])
    return text.getvalue().encode()
