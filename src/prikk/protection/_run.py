"""Protect a table: read, sum, suppress, audit."""

from __future__ import annotations

import contextlib
import platform
import time
from collections.abc import Iterator
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

import numpy as np
import pyarrow as pa

from prikk.errors import Finding, ProtectError, RefusedError
from prikk.protect import Suppression, Task, suppress
from prikk.protection._arrow import like
from prikk.protection._check import Checked, check, refusals
from prikk.protection._findings import stop
from prikk.protection._margins import margins_of
from prikk.protection._model import Cells, Protected, Report, Settings, Source
from prikk.protection._rows import STATUS, read_rows
from prikk.protection._sums import cells_of
from prikk.protection._task import check_settings, task_of
from prikk.protection._trees import read_tree
from prikk.steps import Steps
from prikk.tabular import Status

_PACKAGES = ("prikk", "numpy", "scipy", "numba", "highspy", "pyarrow")


class _Clock:
    """Seconds by the name of what took them."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextlib.contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - start, 3)


def protect_table(source: Source, settings: Settings, steps: Steps) -> Protected:
    """Protect a table and audit the pattern; what leaks is told in the result, for :func:`refuse`.

    Raises :class:`~prikk.errors.ProtectError` with all findings when the input cannot be used.
    """
    clock = _Clock()
    with clock("reading"), steps.step("Reading"):
        task = read_task(source, settings)
    with clock("protecting"):
        found = suppress(task, effort=settings.effort, seed=settings.seed, steps=steps)
    with clock("auditing"), steps.step("Auditing"):
        checked = check(task, found, settings)
    unavoidable, leaks = refusals(checked, found, task.table)
    return Protected(
        frame=like(source.rows, _frame(task, found, source.count)),
        report=_report(task, found, checked, settings, clock.seconds, (*unavoidable, *leaks)),
        audit=checked.audit,
        unavoidable=unavoidable,
        leaks=leaks,
    )


def refuse(protected: Protected, *, accept_unavoidable: bool) -> None:
    """Raise :class:`~prikk.errors.RefusedError` when the pattern must not be published."""
    findings = (*protected.leaks, *(() if accept_unavoidable else protected.unavoidable))
    if findings:
        raise RefusedError(findings)


def read_task(source: Source, settings: Settings) -> Task:
    """Read a table and write it as a task. Raises :class:`~prikk.errors.ProtectError` with all findings."""
    findings = check_settings(settings)
    trees = {name: read_tree(name, given, findings) for name, given in source.dims.items()}
    if not trees:
        fix = "Give a hierarchy for each column of codes (--dim NAME=FILE)."
        findings.append(Finding(code="dim-missing", what="there is no dimension.", where="dims", fix=fix))
    rows = read_rows(source, trees, settings.cost, findings)
    whole = {name: tree for name, tree in trees.items() if tree is not None}
    margins = margins_of(settings.tables, whole, findings) if len(whole) == len(trees) else ()
    if findings or rows is None:
        raise ProtectError(findings)
    cells = cells_of(rows, whole, margins, settings.zeros, findings)
    _some(cells, rows.place, findings)
    stop(findings)
    task = task_of(cells, settings, findings)
    stop(findings)
    return task


def _some(cells: Cells, place: str, findings: list[Finding]) -> None:
    if not len(cells.table) and not findings:
        fix = "Give the finest cells: rows whose codes have no parts."
        what = "no published cell has a finest row."
        findings.append(Finding(code="table-empty", what=what, where=place, fix=fix))


def _frame(task: Task, found: Suppression, count: str) -> pa.Table:
    columns: dict[str, Any] = {}
    for d, hierarchy in enumerate(task.table.hierarchies):
        names = pa.array(hierarchy.codes, type=pa.string())
        columns[hierarchy.name] = names.take(pa.array(task.table.coords[:, d]))
    columns[count] = pa.array(task.values, type=pa.int64())
    labels = pa.array([s.label for s in Status], type=pa.string())
    columns[STATUS] = labels.take(pa.array(found.status.astype(np.int32)))
    return pa.table(columns)


def _report(
    task: Task,
    found: Suppression,
    checked: Checked,
    settings: Settings,
    seconds: dict[str, float],
    findings: tuple[Finding, ...],
) -> Report:
    primary, secondary = (int((found.status == s).sum()) for s in (Status.PRIMARY, Status.SECONDARY))
    summary = asdict(checked.audit.summary)
    witnesses = {"witnesses": len(found.starts) - 1, "witnesses_failed": checked.failed}
    return Report(
        settings=asdict(settings),
        finished=found.finished,
        loss=round(float(found.loss), 6),
        lower_bound=round(float(found.lower_bound), 6),
        gap=round(float(found.gap), 6),
        times={**seconds, "total": round(sum(seconds.values()), 3)},
        counts={
            "cells": len(task.table),
            "published": len(task.table) - primary - secondary,
            "primary": primary,
            "secondary": secondary,
            "unavoidable": len(checked.unavoidable),
            "leaking": len(checked.leaking),
        },
        audit=summary | witnesses,
        shortfalls=[
            {
                "codes": list(task.table.codes(s.cell)),
                "reason": s.reason.value,
                "release": [list(task.table.codes(c)) for c in s.release],
            }
            for s in found.shortfalls
        ],
        programmes=int(found.programmes),
        versions={"python": platform.python_version()} | {name: version(name) for name in _PACKAGES},
        findings=[f.code for f in findings],
    )
