"""Protect a table: read, sum, suppress, audit."""

from __future__ import annotations

import contextlib
import platform
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from importlib.metadata import version
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from prikk.errors import Finding, ProtectError, RefusedError
from prikk.protect import Suppression, Task, in_full, suppress
from prikk.protection._arrow import like
from prikk.protection._check import Checked, check, refusals
from prikk.protection._columns import STATUS, Trees
from prikk.protection._contributions import CONTRIBUTORS, Contributed, read_contributions
from prikk.protection._findings import stop
from prikk.protection._margins import margins_of
from prikk.protection._model import AmountRules, Cells, Ints, Protected, Report, Rows, Settings, Source
from prikk.protection._previous import Earlier, cheaper, on_table, read_previous
from prikk.protection._ranked import amounts_of
from prikk.protection._rows import read_rows
from prikk.protection._rules import ruled
from prikk.protection._settings import OF_COUNTS, check_settings
from prikk.protection._sums import cells_of
from prikk.protection._task import task_of
from prikk.protection._trees import read_tree
from prikk.steps import Steps
from prikk.tabular import Status

_PLAIN = Settings()
_CHOICES = ("group_disclosure", "together", "steady", "singletons", "processes")
"""Settings that are in the report only where something is asked by them."""
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
        read = read_table(source, settings)
    task = read.task
    with clock("protecting"):
        found = _suppressed(read, settings, steps)
    with clock("auditing"), steps.step("Auditing"):
        checked = check(task, found, settings)
    unavoidable, leaks = refusals(checked, found, task.table)
    return Protected(
        frame=like(source.rows, _frame(read, found, source.figure)),
        report=_report(read, found, checked, settings, clock.seconds, (*unavoidable, *leaks)),
        audit=checked.audit,
        unavoidable=unavoidable,
        leaks=leaks,
    )


def refuse(protected: Protected, *, accept_unavoidable: bool) -> None:
    """Raise :class:`~prikk.errors.RefusedError` when the pattern must not be published."""
    findings = (*protected.leaks, *(() if accept_unavoidable else protected.unavoidable))
    if findings:
        raise RefusedError(findings)


class Read(NamedTuple):
    """A table as a task; how many contribute to each amount, how many cells each rule makes sensitive, and an earlier table."""

    task: Task
    contributors: Ints | None
    by_rule: Mapping[str, int]
    earlier: Earlier | None


def _suppressed(read: Read, settings: Settings, steps: Steps) -> Suppression:
    """Protect at costs that follow the earlier table; the loss is that of the plain costs."""
    task = cheaper(read.task, read.earlier, settings.steadiness)
    found = suppress(
        task, effort=settings.effort, seed=settings.seed, steps=steps, processes=settings.processes
    )
    return in_full(found, read.task, task)


def read_task(source: Source, settings: Settings) -> Task:
    """Read a table and write it as a task. Raises :class:`~prikk.errors.ProtectError` with all findings."""
    return read_table(source, settings).task


def read_table(source: Source, settings: Settings) -> Read:
    """Read a table and ask the rules. Raises :class:`~prikk.errors.ProtectError` with all findings."""
    findings = check_settings(settings, source)
    trees = {name: read_tree(name, given, findings) for name, given in source.dims.items()}
    if not trees:
        fix = "Give a hierarchy for each column of codes (--dim NAME=FILE)."
        findings.append(Finding(code="dim-missing", what="there is no dimension.", where="dims", fix=fix))
    previous = read_previous(source, trees, findings)
    cells = _read_cells(source, settings, trees, findings)
    stop(findings)
    asked = ruled(cells, settings, findings)
    task = task_of(cells, asked.requirement, settings, findings)
    earlier = on_table(previous, cells.table, findings)
    stop(findings)
    return Read(task, cells.contributors, asked.by_rule, earlier)


def _read_cells(source: Source, settings: Settings, trees: Trees, findings: list[Finding]) -> Cells:
    rules = settings.amounts or AmountRules()
    given: Rows | Contributed | None
    if settings.amounts is None and source.value is None:
        given = read_rows(source, trees, settings.cost, findings)
    else:
        given = read_contributions(source, rules, trees, settings.cost, findings)
    whole = {name: tree for name, tree in trees.items() if tree is not None}
    margins = margins_of(settings.tables, whole, findings) if len(whole) == len(trees) else ()
    if findings or given is None:
        raise ProtectError(findings)
    if isinstance(given, Rows):
        cells = cells_of(given, whole, margins, settings.zeros, findings)
        _some(cells, given.place, findings)
        return cells
    cells = amounts_of(given, whole, margins, rules.depth, findings)
    _some(cells, given.rows.place, findings)
    return cells


def _some(cells: Cells, place: str, findings: list[Finding]) -> None:
    if not len(cells.table) and not findings:
        fix = "Give the finest cells: rows whose codes have no parts."
        what = "no published cell has a finest row."
        findings.append(Finding(code="table-empty", what=what, where=place, fix=fix))


def _frame(read: Read, found: Suppression, figure: str) -> pa.Table:
    table = read.task.table
    columns: dict[str, Any] = {}
    for d, hierarchy in enumerate(table.hierarchies):
        names = pa.array(hierarchy.codes, type=pa.string())
        columns[hierarchy.name] = names.take(pa.array(table.coords[:, d]))
    columns[figure] = pa.array(read.task.values, type=pa.int64())
    if read.contributors is not None:
        columns[CONTRIBUTORS] = pa.array(read.contributors, type=pa.int64())
    labels = pa.array([s.label for s in Status], type=pa.string())
    columns[STATUS] = labels.take(pa.array(found.status.astype(np.int32)))
    return pa.table(columns)


def _told(settings: Settings, earlier: Earlier | None) -> dict[str, Any]:
    """The settings that say something: those of counts or those of amounts, and choices that were made.

    How many worked at once changes no answer, and so is not in it.
    """
    told = replace(settings, steady=None if earlier is None else settings.steadiness, processes=None)
    plain = [name for name in _CHOICES if getattr(told, name) == getattr(_PLAIN, name)]
    drop = {*plain, *(OF_COUNTS if settings.amounts is not None else ("amounts",))}
    return {name: value for name, value in asdict(told).items() if name not in drop}


def _counts(read: Read, found: Suppression, checked: Checked) -> dict[str, int]:
    primary, secondary = (int((found.status == s).sum()) for s in (Status.PRIMARY, Status.SECONDARY))
    counts = {
        "cells": len(found.status),
        "published": len(found.status) - primary - secondary,
        "primary": primary,
        "secondary": secondary,
        "unavoidable": len(checked.unavoidable),
        "leaking": len(checked.leaking),
    }
    if read.task.alone is not None:
        counts["singletons"] = int(read.task.alone.sum())
        counts["singletons_unavoidable"] = len(checked.insiders.unavoidable)
        counts["singletons_leaking"] = len(checked.insiders.leaking)
    if read.earlier is not None:
        counts["changed"] = read.earlier.changed(found.status != Status.PUBLISHED)
    return counts


def _report(
    read: Read,
    found: Suppression,
    checked: Checked,
    settings: Settings,
    seconds: dict[str, float],
    findings: tuple[Finding, ...],
) -> Report:
    task = read.task
    summary = asdict(checked.audit.summary)
    witnesses = {"witnesses": len(found.starts) - 1, "witnesses_failed": checked.failed}
    return Report(
        settings=_told(settings, read.earlier),
        finished=found.finished,
        loss=round(float(found.loss), 6),
        lower_bound=round(float(found.lower_bound), 6),
        gap=round(float(found.gap), 6),
        times={**seconds, "total": round(sum(seconds.values()), 3)},
        counts=_counts(read, found, checked),
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
        rules=read.by_rule,
    )
