"""What may be published: the cube without the true values of hidden cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from prikk.classifications import Classification
from prikk.spec import ReleaseSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedCube:
    """All cells of a release as anybody may see them.

    ``cells`` is the long form, one row a period and cell, ordered by period and then by the codes of
    the dimensions in classification order (``TOTAL`` first). Its columns: ``period`` (text), one text
    column of codes for each dimension, ``value`` (int64, null where hidden) and ``status`` (text: the
    public symbol where hidden, else empty). Every listed cell is there for every period. Only the
    ``release`` room makes one from true counts.

    ``derived`` is what the tables print beside the cells, a row a figure: ``family`` (int32), ``column`` (its kind), ``period``,
    the codes, ``value`` (decimal128, null where there is none) and ``status`` (text: empty where a value is shown).

    Raises:
        ValueError: The cells are not of that form; above all, a hidden cell has a value. The message
            holds no value.
    """

    spec: ReleaseSpec
    classifications: Mapping[str, Classification]
    cells: pa.Table
    derived: pa.Table | None = None

    def __post_init__(self) -> None:
        """Hold the promise of the type: whoever has one may print all of it."""
        expected = ["period", *self.spec.dimensions, "value", "status"]
        if self.cells.column_names != expected:
            raise ValueError(f"the columns of the cells are not {', '.join(expected)}")
        _check_values(self.cells)
        _check_dense(self.cells, [p.code for p in self.spec.periods], list(self.spec.dimensions))
        if self.derived is not None:
            _check_derived(self.derived, list(self.spec.dimensions))


def _check_values(cells: pa.Table) -> None:
    value, status = cells["value"], cells["status"]
    if not pa.types.is_int64(value.type):
        raise ValueError("the values of the cells are not int64")
    if status.null_count:
        raise ValueError("a cell has no status; a shown one has an empty text")
    hidden = pc.not_equal(status, "")
    if pc.any(pc.and_(hidden, value.is_valid())).as_py():
        raise ValueError("a hidden cell has a value")
    if pc.any(pc.and_(pc.invert(hidden), value.is_null())).as_py():
        raise ValueError("a cell that is not hidden has no value")


def _check_derived(derived: pa.Table, dimensions: list[str]) -> None:
    expected = ["family", "column", "period", *dimensions, "value", "status"]
    if derived.column_names != expected:
        raise ValueError(f"the columns of the derived figures are not {', '.join(expected)}")
    shown = pc.equal(derived["status"], "")
    if derived["status"].null_count or pc.any(pc.not_equal(shown, derived["value"].is_valid())).as_py():
        raise ValueError("a derived figure has a value and a sign, or neither")


def _check_dense(cells: pa.Table, periods: list[str], dimensions: list[str]) -> None:
    count, rest = divmod(cells.num_rows, len(periods))
    if rest:
        raise ValueError("the cells are not the same in every period")
    first = cells.slice(0, count).select(dimensions)
    for number, period in enumerate(periods):
        part = cells.slice(number * count, count)
        if not pc.all(pc.equal(part["period"], period), min_count=0).as_py():
            raise ValueError("the cells are not ordered by period")
        if not part.select(dimensions).equals(first):
            raise ValueError("the cells are not the same in every period")
    if first.group_by(dimensions).aggregate([]).num_rows != count:
        raise ValueError("a cell is there twice")
