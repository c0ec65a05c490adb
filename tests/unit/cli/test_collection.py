import gc
import importlib.metadata
import subprocess
import sys

import pytest

import prikk
from prikk.cli._collection import without_collection

AT_START = ("importlib.metadata", "numpy", "numba", "pydantic", "jinja2", "prikk.audits", "prikk.pipeline")


def test_garbage_is_collected_again_afterwards_even_after_a_fault() -> None:
    seen = []

    @without_collection()
    def fails() -> None:
        seen.append(gc.isenabled())
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        fails()
    assert (seen, gc.isenabled()) == ([False], True)


def test_who_has_turned_it_off_finds_it_off() -> None:
    gc.disable()
    try:
        with without_collection():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


@pytest.mark.parametrize("module", AT_START)
def test_the_commands_are_there_before_what_they_need(module: str) -> None:
    code = f"import sys, prikk.cli; sys.exit({module!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_version_is_that_of_the_package() -> None:
    assert prikk.__version__ == importlib.metadata.version("prikk")


def test_a_process_with_a_database_ends_without_a_word():
    """DuckDB's bindings complain on standard error when Python leaves their objects behind."""
    program = (
        "import duckdb\nfrom prikk.cli._collection import leave_the_rest\n"
        "connection = duckdb.connect()\nconnection.sql('select 1').fetchall()\nleave_the_rest()"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr == ""
