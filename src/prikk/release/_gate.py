"""Make the published cube: hidden values are not masked but absent."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from prikk.classifications import Classification
from prikk.cube import Cube
from prikk.dissemination import PublishedCube, with_derived, with_history
from prikk.errors import Finding, RefusedError
from prikk.spec import ReleaseSpec
from prikk.tabular import Status

Pattern = NDArray[np.uint8]


def refuse_unprotected(spec: ReleaseSpec) -> None:
    """Raise :class:`RefusedError` when the method does not protect and the spec does not say it may."""
    if spec.protection.method == "primary-only" and not spec.protection.allow_unprotected:
        raise RefusedError(
            Finding(
                code="unprotected",
                what="the method 'primary-only' hides what falls under the rule and nothing else: many hidden "
                "values can then be worked out by subtraction.",
                where="release.toml, protection",
                fix="Set allow_unprotected = true if that is what you mean to publish.",
            )
        )


def publish(
    cube: Cube, pattern: Pattern, spec: ReleaseSpec, classifications: Mapping[str, Classification]
) -> PublishedCube:
    """Give the public form of a cube under a pattern (periods by cells, of :class:`Status`).

    Where the status is not ``PUBLISHED`` the value is null and the public symbol stands in ``status``,
    the same for primary and secondary cells.
    """
    refuse_unprotected(spec)
    hidden = pattern != Status.PUBLISHED
    symbol = np.where(hidden.ravel(), spec.protection.symbol, "")
    columns = {
        **coordinates(cube),
        "value": pa.array(cube.counts.ravel(), type=pa.int64(), mask=hidden.ravel()),
        "status": pa.array(symbol.tolist(), type=pa.string()),
    }
    # An Arrow mask leaves the masked numbers in the buffer; a take of a fresh array does not.
    columns["value"] = pa.array(columns["value"].to_pylist(), type=pa.int64())
    shown = PublishedCube(
        spec=with_history(spec, classifications), classifications=classifications, cells=pa.table(columns)
    )
    # From what is shown and nothing else: true counts do not reach what is worked out.
    return with_derived(shown)


def coordinates(cube: Cube) -> dict[str, pa.Array]:
    """Give the columns ``period`` and one of codes per dimension, periods outermost."""
    cells, periods = len(cube.table), len(cube.periods)
    codes = {"period": pa.array([p.code for p in cube.periods for _ in range(cells)], type=pa.string())}
    for d, hierarchy in enumerate(cube.table.hierarchies):
        names = np.asarray(hierarchy.codes, dtype=object)[cube.table.coords[:, d]]
        codes[hierarchy.name] = pa.array(names.tolist() * periods, type=pa.string())
    return codes
