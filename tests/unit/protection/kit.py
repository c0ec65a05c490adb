"""Small tables to protect, and what is found wrong with a spoilt one."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from prikk.errors import ProtectError
from prikk.protect import Task
from prikk.protection import Settings, Source
from prikk.protection._run import read_task

REGION = [("T", None), ("N", "T"), ("S", "T"), ("N1", "N"), ("N2", "N"), ("S1", "S"), ("S2", "S")]
AGE = [("all", ""), ("young", "all"), ("old", "all"), ("older", "all")]
DIMS = {"region": REGION, "age": AGE}
LEAVES = {
    ("N1", "young"): 3, ("N1", "old"): 12, ("N1", "older"): 9,
    ("N2", "young"): 25, ("N2", "old"): 2, ("N2", "older"): 14,
    ("S1", "young"): 8, ("S1", "old"): 31, ("S1", "older"): 6,
    ("S2", "young"): 17, ("S2", "old"): 5,
}  # fmt: skip


def frame(cells: dict[tuple[str, str], Any], **more: list[Any]) -> pa.Table:
    """Rows of two dimensions as an Arrow table."""
    region, age = zip(*cells, strict=True)
    return pa.table({"region": region, "age": age, "freq": list(cells.values()), **more})


def task(rows: Any, dims: Any = None, *, ignore: tuple[str, ...] = (), **settings: Any) -> Task:
    """The task of some rows."""
    return read_task(Source(rows=rows, dims=dims or DIMS, ignore=ignore), Settings(**settings))


def findings(rows: Any, dims: Any = None, **settings: Any) -> dict[str, str]:
    """What is wrong, by code."""
    with pytest.raises(ProtectError) as caught:
        task(rows, dims, **settings)
    return {f.code: f"{f.where}: {f.what}" for f in caught.value.findings}


def values(asked: Task) -> dict[tuple[str, ...], int]:
    """The values of a task's cells by their codes."""
    return {asked.table.codes(i): int(v) for i, v in enumerate(asked.values)}
