"""A dataset (PX, JSON-stat) to a block: a row for each combination, a column of figures for each quantity."""

from __future__ import annotations

import itertools
from decimal import Decimal

from prikk.reading._block import Block, FigureColumn, LabelColumn
from prikk.reading._grid import Dataset
from prikk.reading._tokens import Kind, kind_of


def block_of_dataset(dataset: Dataset, document: int) -> Block | None:
    """Give the block of a dataset; None when it is empty."""
    metric = next((i for i, d in enumerate(dataset.dimensions) if d.is_metric), None)
    others = [i for i in range(len(dataset.dimensions)) if i != metric]
    lengths = [len(d.codes) for d in dataset.dimensions]
    steps = [_step(lengths, i) for i in range(len(lengths))]
    rows = list(itertools.product(*(range(lengths[i]) for i in others)))
    if not rows or not dataset.values or not others:
        return None
    starts = [sum(k * steps[i] for k, i in zip(row, others, strict=True)) for row in rows]
    columns = []
    for m in range(1 if metric is None else lengths[metric]):
        offset = 0 if metric is None else m * steps[metric]
        head = "" if metric is None else dataset.dimensions[metric].labels[m]
        columns.append(_column(dataset, head, m, [start + offset for start in starts]))
    labels = tuple(
        LabelColumn(
            name=dataset.dimensions[i].label or dataset.dimensions[i].name,
            texts=tuple(dataset.dimensions[i].codes[row[at]] for row in rows),
            dimension=dataset.dimensions[i],
        )
        for at, i in enumerate(others)
    )
    return Block(
        document=document,
        place=dataset.place,
        titles=(dataset.title,) if dataset.title else (),
        notes=dataset.notes,
        labels=labels,
        figures=tuple(columns),
        rows=tuple(range(len(rows))),
        source=dataset,
        drawn=False,
    )


def _step(lengths: list[int], i: int) -> int:
    step = 1
    for length in lengths[i + 1 :]:
        step *= length
    return step


def _column(dataset: Dataset, head: str, column: int, places: list[int]) -> FigureColumn:
    numbers: list[Decimal | None] = []
    texts: list[str] = []
    for at in places:
        value, status = dataset.values[at], dataset.statuses[at] if dataset.statuses else ""
        flagged = status != "" and value == 0 and kind_of(status) == Kind.MARK
        shown = None if value is None or flagged else value
        numbers.append(shown)
        texts.append(status if shown is None else _written(shown))
    return FigureColumn(heads=(head,), column=column, texts=tuple(texts), numbers=tuple(numbers))


def _written(value: Decimal) -> str:
    return str(int(value)) if value == value.to_integral_value() else f"{value.normalize():f}"
