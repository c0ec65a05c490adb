"""The patterns that GaussSuppression made, attacked: the counts are those of the benchmark's own prototype."""

from pathlib import Path

import pytest

from prikk.auditing import Rule, attack
from prikk.reading import ReadingSettings, read
from prikk.reading.formats import open_document

BENCH = Path(__file__).parents[3] / "shared" / "bench"
pytestmark = pytest.mark.skipif(not BENCH.exists(), reason="the shared benchmark is not here")


def summary(case, pattern, dims, attacker):
    lists = tuple(BENCH / f"{case}.{d}.hier.csv" for d in dims)
    settings = ReadingSettings(zeros="shown", classifications=lists)
    reading = read([open_document(BENCH / "patterns" / pattern)], settings)
    s = attack(reading.publication, Rule(threshold=4, zeros="shown"), attacker, hint=reading.truth).summary
    return s.exact, s.narrowed, s.safe, s.unavoidable, s.undecided


@pytest.mark.parametrize(
    ("attacker", "counts"), [("threshold", (114, 145, 97, 14, 0)), ("naive", (0, 125, 231, 0, 0))]
)
def test_t1m1_leaks_as_measured(attacker, counts):
    dims = ("main_group", "age", "measure")
    assert summary("T1m1", "gs_T1m1_pzF_default_nolp.csv", dims, attacker) == counts


def test_t2_leaks_as_measured_and_every_cell_is_decided():
    found = summary("T2", "gs_T2_pzF_default_nolp.csv", ("geo", "ind", "measure"), "threshold")
    assert found == (591, 579, 966, 114, 0)
