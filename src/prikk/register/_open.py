"""Open a register: find the source, check its columns, check its rows, give the view to count."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from duckdb import DuckDBPyConnection

from prikk.classifications import Classification
from prikk.errors import EnvironmentFault, Finding, RegisterError
from prikk.register._faults import explained
from prikk.register._files import open_csv, open_duckdb, open_parquet
from prikk.register._model import EngineSettings, Register
from prikk.register._needs import Need, check_columns, needs_of
from prikk.register._normal import normalise
from prikk.register._postgres import open_postgres
from prikk.register._scan import check_rows
from prikk.register._source import Source
from prikk.spec import ReleaseSpec

_OPENERS: Mapping[str, Callable[[DuckDBPyConnection, ReleaseSpec, Sequence[Need]], Source]] = {
    "postgresql://": open_postgres,  # before the endings: an address may end in any way
    "postgres://": open_postgres,
    ".parquet": open_parquet,
    ".csv": open_csv,
    ".duckdb": open_duckdb,
    ".db": open_duckdb,
}


@contextmanager
def open_register(
    spec: ReleaseSpec,
    classifications: Mapping[str, Classification],
    *,
    workdir: Path,
    settings: EngineSettings,
) -> Iterator[Register]:
    """Read and check the register of a release, and hold it open for counting.

    The view ``register`` has the columns ``id`` (text, where mapped), ``person`` (text), ``start_date``
    and ``end_date`` (dates) or ``reference_date``, and ``dim_<name>`` for each dimension: its code, or the
    date from which its years are counted. Only columns that are needed are read. Parquet and DuckDB tables
    are scanned where they are; CSV, PostgreSQL and DuckDB views are stored first.

    Every row is checked, also one that counts on no reference date. Row numbers are 1-based in the order
    read: of the file in Parquet (``part.parquet:3`` with several), ``rowid`` + 1 in DuckDB; in CSV they are
    lines, so that the first row is 2 (records, where a field has a line break or a line is blank).

    Args:
        spec: The release.
        classifications: The checked classification of every dimension.
        workdir: Where the engine may write: a folder of its own in it, which is removed at the end, holds
            what does not fit in memory.
        settings: Limits of the engine.

    Yields:
        The register. Too many rejected rows do not raise; see :func:`prikk.register.refusal`.

    Raises:
        RegisterError: The source, its columns or their types cannot be used; all findings at once.
        EnvironmentFault: A driver, a server, memory or disk is missing.
    """
    workdir.mkdir(parents=True, exist_ok=True)
    with (
        TemporaryDirectory(prefix="register-", dir=workdir) as folder,
        _engine(Path(folder), settings) as connection,
    ):
        yield _read(connection, spec, classifications)


def _read(
    connection: DuckDBPyConnection, spec: ReleaseSpec, classifications: Mapping[str, Classification]
) -> Register:
    needs = needs_of(spec)
    source = _opener(spec.register_.source)(connection, spec, needs)
    findings = check_columns(needs, source.parts)
    if findings:
        raise RegisterError(findings)
    files = [place for place, _ in source.parts] if len(source.parts) > 1 else []
    with explained(source.place):
        normalise(connection, source, needs)
        return check_rows(connection, spec, classifications, needs, files)


def _opener(source: str) -> Callable[[DuckDBPyConnection, ReleaseSpec, Sequence[Need]], Source]:
    """The spec is checked, so one of the kinds fits."""
    return next(o for sign, o in _OPENERS.items() if source.startswith(sign) or source.endswith(sign))


@contextmanager
def _engine(folder: Path, settings: EngineSettings) -> Iterator[DuckDBPyConnection]:
    """A database in a file, so that stored rows and findings need not fit in memory. It loads nothing from the net."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "temp_directory": str(folder / "spill"),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "preserve_insertion_order": True,  # what is stored keeps the order read, by which rows are numbered
    }
    chosen = {"memory_limit": settings.memory_limit, "threads": settings.threads}
    config.update({name: value for name, value in chosen.items() if value is not None})
    try:
        connection = duckdb.connect(str(folder / "register.duckdb"), config=config)
    except duckdb.Error:
        what = f"DuckDB does not take memory_limit = {settings.memory_limit}, threads = {settings.threads}."
        fix = "Write the memory like 4GB, and at least one thread."
        raise EnvironmentFault(Finding(code="engine-setting", what=what, where="engine", fix=fix)) from None
    try:
        yield connection
    finally:
        connection.close()
