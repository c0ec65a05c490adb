"""What the register was, as a digest for the manifest."""

from __future__ import annotations

import hashlib
from pathlib import Path

from prikk.register._files import source_files
from prikk.register._model import Register
from prikk.register._sql import quote
from prikk.spec import ReleaseSpec

_BLOCK = 1 << 20


def input_digest(register: Register, spec: ReleaseSpec) -> str:
    """Give a digest of the input: of the bytes of its files, or of the rows of a database table.

    Rows have no order in a database, so there the MD5 sums of the rows that were kept are added up;
    the sum is the same whatever the order.
    """
    source = spec.register_.source
    if source.endswith((".parquet", ".csv")):
        return _of_files([spec.path(name) for name in source_files(spec)])
    view = quote(register.view)
    columns = register.connection.execute(f"SELECT * FROM {view} LIMIT 0").description or ()
    # A null and an empty text must not be the same row.
    texts = ", ".join(f"coalesce(CAST({quote(c[0])} AS VARCHAR), chr(1))" for c in columns)
    total = f"SELECT CAST(sum(md5_number_lower(concat_ws(chr(31), {texts}))) AS VARCHAR) FROM {view}"
    row = register.connection.execute(total).fetchone()
    return f"md5-sum:{row[0] if row and row[0] else 0}"


def _of_files(paths: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    return f"sha256:{digest.hexdigest()}"
