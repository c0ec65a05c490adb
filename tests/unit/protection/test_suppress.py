"""``prikk.suppress``: a frame in, the same kind of frame out, and nothing that leaks."""

import json
from dataclasses import replace

import polars as pl
import pyarrow as pa
import pytest

import prikk
from prikk.auditing import Rule, attack, leaks
from prikk.errors import ProtectError, RefusedError
from prikk.protect import Reason, Shortfall
from prikk.protect import suppress as engine
from prikk.protection import Settings, _run
from prikk.protection._check import check, refusals
from prikk.protection._task import publication_of
from prikk.tabular import Status
from unit.protection.kit import AGE, DIMS, LEAVES, REGION, frame, task

COLUMNS = ["region", "age", "freq", "status"]


def test_an_arrow_table_gives_an_arrow_table():
    found = prikk.suppress(frame(LEAVES), DIMS, effort=0).frame
    assert isinstance(found, pa.Table)
    assert (found.column_names, len(found)) == (COLUMNS, 27)


def test_a_frame_of_polars_gives_one_of_polars():
    found = prikk.suppress(pl.from_arrow(frame(LEAVES)), DIMS, effort=0).frame
    assert isinstance(found, pl.DataFrame)
    assert (found.columns, len(found)) == (COLUMNS, 27)


def test_a_frame_of_pandas_gives_one_of_pandas():
    pandas = pytest.importorskip("pandas")
    found = prikk.suppress(frame(LEAVES).to_pandas(), DIMS, effort=0).frame
    assert isinstance(found, pandas.DataFrame)
    assert (list(found.columns), len(found)) == (COLUMNS, 27)


@pytest.mark.parametrize("attacker", ["naive", "threshold", "full"])
@pytest.mark.parametrize("zeros", ["shown", "hidden"])
@pytest.mark.parametrize("width", ["full", "not-exact", 3])
def test_what_is_given_keeps_its_promise(attacker, zeros, width):
    found = prikk.suppress(
        frame(LEAVES), DIMS, zeros=zeros, attacker=attacker, range=width, effort=0, accept_unavoidable=True
    )
    rows = found.frame.to_pylist()
    small = {r["status"] for r in rows if r["freq"] < 4}
    assert small == {"primary"}
    assert all(r["freq"] < 4 for r in rows if r["status"] == "primary")
    assert not leaks(found.audit, width, [c.cell for c in found.audit.hidden if c.unavoidable])
    assert found.report.counts["secondary"] == sum(r["status"] == "secondary" for r in rows) > 0


def test_the_report_has_what_a_benchmark_needs_and_no_true_value():
    report = json.loads(prikk.suppress(frame(LEAVES), DIMS, effort=1).report.to_json())
    assert list(report) == [
        "settings", "finished", "loss", "lower_bound", "gap", "times", "counts", "audit", "shortfalls",
        "programmes", "versions", "findings",
    ]  # fmt: skip
    assert report["counts"]["cells"] == 27
    assert report["audit"]["exact"] == report["audit"]["witnesses_failed"] == 0
    assert set(report["times"]) == {"reading", "protecting", "auditing", "total"}


def test_without_a_sensitive_cell_everything_is_published():
    found = prikk.suppress(frame({k: v + 9 for k, v in LEAVES.items()}), DIMS)
    assert set(found.frame["status"].to_pylist()) == {"published"}
    assert found.report.loss == 0


def test_cells_kept_and_hidden_are_so():
    cell = {"region": "S", "age": "all"}
    found = prikk.suppress(frame(LEAVES), DIMS, keep=["region=T"], hide=[cell], effort=1)
    status = {(r["region"], r["age"]): r["status"] for r in found.frame.to_pylist()}
    assert {s for (region, _), s in status.items() if region == "T"} == {"published"}
    assert status["S", "all"] == "secondary"


def test_what_must_be_kept_and_gives_a_cell_away_is_refused_with_what_to_release():
    with pytest.raises(RefusedError) as caught:
        prikk.suppress(frame(LEAVES), DIMS, keep=["age=old", "age=older", "age=all"], effort=0)
    (finding,) = caught.value.findings
    assert finding.code == "protect-kept"
    assert "(N1, all)" in finding.fix or "(N1, old)" in finding.fix


UNAVOIDABLE = {("N1", "young"): 1, ("N1", "old"): 1, ("N1", "older"): 1, ("S1", "old"): 30}


def test_unavoidable_cells_are_refused_by_name_unless_accepted():
    with pytest.raises(RefusedError, match="protect-unavoidable") as caught:
        prikk.suppress(frame(UNAVOIDABLE), DIMS, effort=0)
    assert "(N1, young)" in caught.value.findings[0].what
    found = prikk.suppress(frame(UNAVOIDABLE), DIMS, effort=0, accept_unavoidable=True)
    assert found.report.counts["unavoidable"] == found.audit.summary.unavoidable > 0


def weakened(found, kind=Status.SECONDARY):
    status = found.status.copy()
    status[(status == kind).nonzero()[0][0]] = Status.PUBLISHED
    return replace(found, status=status)


@pytest.mark.parametrize("kind", [Status.PRIMARY, Status.SECONDARY])
def test_a_planted_weakness_is_refused(monkeypatch, kind):
    monkeypatch.setattr(_run, "suppress", lambda *a, **k: weakened(engine(*a, **k), kind))
    with pytest.raises(RefusedError, match="audit-leak"):
        prikk.suppress(frame(LEAVES), DIMS, accept_unavoidable=True)


def test_a_protector_that_calls_a_cell_unavoidable_is_not_believed():
    asked, settings = task(frame(LEAVES)), Settings()
    found = weakened(engine(asked, 0))
    exposed = [
        c.cell for c in leaks(attack(publication_of(asked, found.status), Rule(threshold=4, zeros="shown")))
    ]
    said = tuple(Shortfall(cell=c, reason=Reason.UNAVOIDABLE) for c in exposed)
    checked = check(asked, replace(found, shortfalls=said), settings)
    assert set(checked.leaking) == set(exposed)
    assert [f.code for f in refusals(checked, found, asked.table)[1]] == ["audit-leak"]


def test_the_same_seed_gives_the_same_pattern():
    one, two = (prikk.suppress(frame(LEAVES), DIMS, seed=7, effort=1).frame for _ in range(2))
    assert one.equals(two)


def test_linked_tables_without_their_common_cells_are_protected():
    found = prikk.suppress(
        frame(LEAVES), DIMS, tables=["region", "age"], threshold=30, effort=1, accept_unavoidable=True
    )
    assert len(found.frame) == 7 + 4 - 1
    assert found.audit.summary.exact == found.audit.summary.unavoidable


def test_what_is_no_frame_is_told():
    with pytest.raises(ProtectError, match="no-frame"):
        prikk.suppress(17, {"region": REGION, "age": AGE})
