"""Words that the modules of the explanations share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from prikk.auditing._model import Step

End = Literal[0, 1]
LOW: Final = 0
HIGH: Final = 1
Interval = tuple[int, int]
Rows = Mapping[int, int]
"""Rows of a system, each with how often it is added."""
Steps = tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainLimits:
    """How far to look for a short derivation; counted, so that the answer does not depend on the machine.

    ``radius`` and ``rows`` bound the ball of rows round a cell, ``visits`` the propagation in it, ``steps`` the
    length of a derivation. A line of more than ``line`` rows is taken only where a chain would be twice as long.
    What propagation cannot prove is looked for in as many of the nearest rows as ``areas`` says in turn,
    with ``programmes`` linear programmes in all, none of more than ``widest`` rows; those that are left look
    for shorter proofs than ``long`` terms and rows, each among the ``near`` rows.
    """

    radius: int = 8
    rows: int = 3_000
    visits: int = 200_000
    steps: int = 100
    line: int = 8
    long: int = 12
    programmes: int = 200
    areas: tuple[int, ...] = (100, 300, 1_000, 3_000)
    wide: tuple[int, ...] = (100, 450)
    near: int = 100


def length(steps: Sequence[Step]) -> int:
    """How much there is to read: the terms of all steps, and the rows they come from."""
    return sum(len(step.terms) + len(step.rows) for step in steps)


def rows_of(steps: Sequence[Step]) -> int:
    """How many different rows steps come from."""
    return len({row for step in steps for row, _ in step.rows})


def proven(steps: Sequence[Step], quantity: int) -> tuple[int | None, int | None]:
    """What steps give for one quantity: its lowest and highest value, None where they leave it open."""
    own = [step for step in steps if step.quantity == quantity]
    lows = [step.low for step in own if step.low is not None]
    highs = [step.high for step in own if step.high is not None]
    return max(lows, default=None), min(highs, default=None)
