"""``manifest.json``: what this release is, from what, by which method, with which versions."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from prikk.dissemination import PublishedCube, Table
from prikk.reporting import AuditReport
from prikk.spec import ReleaseInfo

_LIBRARIES = ("duckdb", "highspy", "numba", "numpy", "pyarrow", "xlsxwriter")
_OPTIONAL = ("pikepdf", "typst")
_UNPROTECTED = (
    "Not protected: method 'primary-only' hides what falls under the rule and nothing else. "
    "Part of the hidden figures can be recomputed from the shown ones."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterSummary:
    """What the manifest tells of the input: a digest and counts, never a row."""

    digest: str
    rows: int
    rejected: int
    reasons: Mapping[str, int]


def manifest(
    cube: PublishedCube,
    register: RegisterSummary,
    report: AuditReport,
    *,
    spec_digest: str,
    tables: Sequence[Table],
    previous: str | None = None,
) -> bytes:
    """Give the manifest; equal input gives equal bytes, so it holds no time of day.

    ``tables`` are those of the cube. ``previous`` is the digest of the
    earlier release's cells that this one was protected beside.
    """
    protection = cube.spec.protection
    hidden = pc.sum(pc.is_null(cube.cells["value"]).cast(pa.int64())).as_py() or 0
    unprotected = protection.method == "primary-only"
    content: dict[str, Any] = {
        "release": cube.spec.release.id,
        "periods": [p.code for p in cube.spec.periods],
        **_dates(cube.spec.release),
        "spec_digest": spec_digest,
        "input": {
            "digest": register.digest,
            "rows": register.rows,
            "rejected": register.rejected,
            "reasons": dict(sorted(register.reasons.items())),
        },
        "counts": {
            "cells": cube.cells.num_rows,
            "hidden": hidden,
            "tables": len(tables),
            "rows": sum(len(table.rows) for table in tables),
            "figures": sum(len(table.rows) * len(table.columns) for table in tables),
        },
        "unit": cube.spec.register_.unit,
        "additive": cube.spec.register_.unit == "participation",
        "protection": {
            "method": protection.method,
            "protected": not unprotected,
            **({"warning": _UNPROTECTED} if unprotected else {}),
            "threshold": protection.threshold,
            "zeros": protection.zeros,
            "symbol": protection.symbol,
            "legal_basis": protection.legal_basis,
            **({} if previous is None else {"previous": previous}),
        },
        "audit": {
            "attacker": report.summary.attacker,
            "requirement": report.requirement,
            **({"singletons": True} if protection.singletons else {}),
            **({"group_disclosure": list(cube.spec.disclosing)} if cube.spec.disclosing else {}),
            "passed": report.ok,
        },
        "versions": {
            "prikk": version("prikk"),
            "python": platform.python_version(),
            **{name: version(name) for name in _LIBRARIES},
            **{name: version(name) for name in _OPTIONAL if find_spec(name) is not None},
        },
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _dates(release: ReleaseInfo) -> dict[str, Any]:
    """From when the release may be shown (before, it is under embargo), when the next one comes, and which figures may still change."""
    moment, due = release.published, release.next_release
    found: dict[str, Any] = {
        "published": None if moment is None else moment.isoformat(),
        "next": None if due is None else due.isoformat(),
        "preliminary": list(release.preliminary),
        "revised": list(release.revised),
    }
    return {key: value for key, value in found.items() if value}
