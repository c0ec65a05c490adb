"""What may be published: the cube without the true values of hidden cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from prikk.classifications import Classification
from prikk.spec import ReleaseSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedCube:
    """All cells of a release as anybody may see them.

    ``cells`` is the long form, one row a period and cell, ordered by period and then by the codes of
    the dimensions in classification order (``TOTAL`` first). Its columns: ``period`` (text), one text
    column of codes for each dimension, ``value`` (int64, null where hidden) and ``status`` (text: the
    public symbol where hidden, else empty). Every listed cell is there for every period. Only the
    ``release`` room makes one from true counts.
    """

    spec: ReleaseSpec
    classifications: Mapping[str, Classification]
    cells: pa.Table
