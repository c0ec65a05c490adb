"""Invented publications, the example's, and a way to count a register that shares nothing with synth."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

import prikk
from prikk.classifications import Classification, load_classifications
from prikk.spec import TOTAL, ReleaseSpec, load_spec
from prikk.synth import Figures, FittedCounts, fit, read_figures
from support import SPEC, edited, project

EXAMPLE = Path(prikk.__file__).parent / "examples" / "tiltak-alder"
PUBLISHED = EXAMPLE / "published" / "tables.csv"

Key = tuple[str, ...]
"""A code for each dimension."""


class Toy(NamedTuple):
    spec: ReleaseSpec
    classifications: dict[str, Classification]


class Demo(NamedTuple):
    spec: ReleaseSpec
    classifications: dict[str, Classification]
    figures: Figures
    fitted: FittedCounts


@functools.cache
def demo() -> Demo:
    spec = load_spec(EXAMPLE / "release.toml")
    classifications = load_classifications(spec)
    figures = read_figures(PUBLISHED, spec, classifications)
    return Demo(spec, classifications, figures, fit(figures, threshold=4, zeros="hidden"))


@functools.cache
def toy(*changes: tuple[str, str], age: str | None = None, region: str | None = None) -> Toy:
    """The toy project of ``support``, with passages of its spec replaced."""
    files = {name: text for name, text in (("age", age), ("region", region)) if text is not None}
    with tempfile.TemporaryDirectory() as folder:
        spec = load_spec(project(Path(folder), spec=edited(SPEC, *changes), **files))
        return Toy(spec, load_classifications(spec))


def read(text: str, at: Toy) -> Figures:
    """Read figures from the text of a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "figures.csv"
        path.write_text(text, encoding="utf-8")
        return read_figures(path, at.spec, at.classifications)


def above(at: Toy, key: Key) -> Iterable[Key]:
    """All cells that a finest cell is part of."""
    paths = [(TOTAL, *c.ancestors(code)) for c, code in zip(at.classifications.values(), key, strict=True)]
    return itertools.product(*paths)


def summed(at: Toy, counts: Mapping[tuple[str, Key], int]) -> Counter[tuple[str, Key]]:
    """Counts of all cells by (period, codes) from those of the finest."""
    totals: Counter[tuple[str, Key]] = Counter()
    for (period, key), count in counts.items():
        for cell in above(at, key):
            totals[period, cell] += count
    return totals


def long_form(at: Toy, figures: Mapping[tuple[str, Key], int | str]) -> str:
    """The text of a long file."""
    lines = [",".join(["period", *at.classifications, "value"])]
    lines += [",".join([period, *key, str(value)]) for (period, key), value in figures.items()]
    return "\n".join(lines) + "\n"


def publish(at: Toy, counts: Mapping[tuple[str, Key], int]) -> dict[tuple[str, Key], int | str]:
    """What a primary-only publication of all cells shows of finest counts."""
    totals = summed(at, counts)
    listed = sorted({cell for (_, cell), count in totals.items() if count})
    zero_is_hidden = at.spec.protection.zeros == "hidden"
    shown: dict[tuple[str, Key], int | str] = {}
    for period, cell in itertools.product((p.code for p in at.spec.periods), listed):
        count = totals[period, cell]
        small = count < at.spec.protection.threshold and (count > 0 or zero_is_hidden)
        shown[period, cell] = "*" if small else count
    return shown


def rows(batches: Iterable[pa.RecordBatch]) -> list[dict[str, Any]]:
    """A register as plain Python."""
    return [row for batch in batches for row in batch.to_pylist()]


def years(born: dt.date, at: dt.date) -> int:
    """Whole years, as the spec defines them."""
    return (int(at.strftime("%Y%m%d")) - int(born.strftime("%Y%m%d"))) // 10000


def band(classification: Classification, age: int) -> str:
    """The band of an age."""
    return next(
        i.code for i in classification.items if (i.low or 0) <= age <= (999 if i.high is None else i.high)
    )


def on(row: Mapping[str, Any], date: dt.date) -> bool:
    """Whether a spell counts on a date."""
    return bool(row["start"] <= date and (row["end"] is None or row["end"] >= date))


def counted(at: Toy, register: Sequence[Mapping[str, Any]]) -> Counter[tuple[str, Key]]:
    """Count the spells of a toy register by (period, (region, age))."""
    return Counter(
        (p.code, (row["region"], band(at.classifications["age"], years(row["born"], p.reference))))
        for p in at.spec.periods
        for row in register
        if on(row, p.reference)
    )
