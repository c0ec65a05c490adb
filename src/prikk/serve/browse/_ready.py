"""What a release publishes together, as choices of values that are ready to use."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np

from prikk.dissemination import Dataset
from prikk.dissemination.exchange import PERIOD, Axis
from prikk.serve.browse._state import expression
from prikk.serve.browse._writing import Writing

_MOST = 40
Margin = tuple[int, ...]
Chosen = list[tuple[str, str]]


def ready(dataset: Dataset, writing: Writing) -> list[tuple[str, Chosen]]:
    """The combinations of levels that tables show: what each is called, and the parameters that choose it.

    Each has the totals beside its codes that are published with them. Those of fewer dimensions come first.
    """
    margins = [tuple(m) for m in np.argwhere(dataset.figures.margins.shown).tolist()][:_MOST]
    shown = set(margins)
    ordered = sorted(margins, key=lambda m: (sum(level > 0 for level in m), m))
    return [(_name(dataset, m, writing), _chosen(dataset, m, shown)) for m in ordered]


def _name(dataset: Dataset, margin: Margin, writing: Writing) -> str:
    named = [_level(axis, n, writing) for axis, n in zip(dataset.axes, margin, strict=False) if n]
    return " × ".join(named) or writing.say.only_total


def _level(axis: Axis, level: int, writing: Writing) -> str:
    name = writing.variable(axis.name)
    own = axis.level_titles.get(axis.levels[level - 1], {}).get(writing.language)
    if own and len(axis.levels) > 1:
        return own
    return writing.say.level_of.format(name=name, number=level) if len(axis.levels) > 1 else name


def _chosen(dataset: Dataset, margin: Margin, shown: set[Margin]) -> Chosen:
    """The codes of each level, with those above it that are published with all the others of the choice."""
    levels = [{level} for level in margin]
    for i, level in enumerate(margin):
        for above in range(level):
            if all(other in shown for other in product(*levels[:i], (above,), *levels[i + 1 :])):
                levels[i].add(above)
    found = [
        (f"valueCodes[{axis.name}]", expression(axis, _places(axis, of_axis)))
        for axis, of_axis in zip(dataset.axes, levels, strict=False)
    ]
    return [*found, (f"valueCodes[{PERIOD}]", "TOP(1)")]


def _places(axis: Axis, levels: set[int]) -> Sequence[int]:
    return [i for i, depth in enumerate(axis.depths) if depth in levels]
