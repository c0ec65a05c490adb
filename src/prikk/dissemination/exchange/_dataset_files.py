"""A data set from the two files of a public folder that hold it: ``dataset.json`` and ``cells.parquet``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from prikk.dissemination._paths import CELLS_PARQUET, DATASET_JSON
from prikk.dissemination.exchange._dataset import Dataset
from prikk.dissemination.exchange._document import Document, damaged, document_of, outline_of
from prikk.dissemination.exchange._document_checks import check_document, check_facts
from prikk.dissemination.exchange._facts import Facts
from prikk.dissemination.exchange._figures import ABSENT, HIDDEN, Figures, figures
from prikk.dissemination.exchange._grid import Numbers, index_on
from prikk.dissemination.exchange._margins import margins_of
from prikk.errors import Finding, ReadingError


def read_facts(folder: Path) -> Facts:
    """The facts of the release in a public folder; :class:`ReadingError` where they are missing or damaged."""
    facts = outline_of(_content(folder)).facts
    _refuse(check_facts(facts))
    return facts


def read_dataset(folder: Path) -> Dataset:
    """The data set of the release in a public folder.

    Raises:
        ReadingError: A file is missing or damaged, or the two do not belong together. No finding has a figure or a path.
    """
    document = document_of(_content(folder))
    _refuse(check_document(document))
    return Dataset(
        facts=document.facts,
        axes=document.axes,
        remarks=document.remarks,
        figures=_figures(document, _cells(folder)),
    )


def _refuse(findings: Iterator[Finding]) -> None:
    if found := tuple(findings):
        raise ReadingError(found)


def _content(folder: Path) -> bytes:
    try:
        return (folder / DATASET_JSON).read_bytes()
    except OSError as error:
        raise ReadingError(damaged(f"it cannot be read: {error.strerror}.")) from None


def _cells(folder: Path) -> pa.Table:
    try:
        with (folder / CELLS_PARQUET).open("rb") as file:
            return pq.read_table(file)
    except (OSError, pa.ArrowException) as error:
        reason = getattr(error, "strerror", None) or "it is no whole Parquet file"
        raise ReadingError(damaged(f"it cannot be read: {reason}.", file=CELLS_PARQUET)) from None


def _figures(document: Document, cells: pa.Table) -> Figures:
    """The figures in their places, when the cells are those that the document speaks of."""
    axes = document.axes
    dimensions, periods = axes[:-1], len(axes[-1])
    names = [axis.name for axis in dimensions]
    if cells.column_names != [axes[-1].name, *names, "value", "status"]:
        raise _refused("its columns are not the period, the dimensions, value and status")
    count, rest = divmod(cells.num_rows, periods)
    texts = all(pa.types.is_string(t) for t in [f.type for f in cells.schema if f.name != "value"])
    if rest or not texts or not pa.types.is_int64(cells["value"].type):
        raise _refused("its cells are not the same in every period, or its columns have other types")
    places = np.stack([index_on(cells[axis.name].combine_chunks(), axis) for axis in axes])
    if (places < 0).any():
        raise _refused("it has a code that dataset.json does not know")
    values = _values(cells, document.facts.signs.hidden).reshape(periods, count).T
    found = margins_of(document.margins, dimensions)
    return figures(found, _place(places.reshape(len(axes), periods, count), found.sizes), values)


def _values(cells: pa.Table, hidden: str) -> Numbers:
    value, status = cells["value"], cells["status"]
    if status.null_count or not pc.all(pc.is_in(status, pa.array(["", hidden])), min_count=0).as_py():
        raise _refused("it has a status that dataset.json does not know")
    if not pc.all(pc.equal(value.is_null(), pc.equal(status, hidden)), min_count=0).as_py():
        raise _refused("a hidden cell has a value, or a shown one has none")
    found = np.asarray(pc.fill_null(value, HIDDEN).to_numpy(), dtype=np.int64)
    if ((found > HIDDEN) & (found <= ABSENT)).any() or int((found == HIDDEN).sum()) != value.null_count:
        raise _refused("a value is no figure")
    return found


def _place(places: Numbers, sizes: tuple[int, ...]) -> Numbers:
    """The number of each cell among all combinations, from its places on the axes (axis, period, cell)."""
    dimensions, periods = places[:-1], places[-1]
    if (periods != np.arange(len(periods))[:, None]).any() or (dimensions != dimensions[:, :1]).any():
        raise _refused("its cells are not the same in every period, in the order of the periods")
    place = np.zeros(dimensions.shape[2], dtype=np.int64)
    for size, codes in zip(sizes, dimensions[:, 0], strict=True):
        place = place * size + codes
    if (np.diff(place) <= 0).any():
        raise _refused("a cell is there twice, or the cells are not in the order of the codes")
    return place


def _refused(what: str) -> ReadingError:
    return ReadingError(damaged(f"{what}.", file=CELLS_PARQUET))
