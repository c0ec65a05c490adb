"""Amounts are protected from end to end: every interval holds to an independent linear programme, and the audit finds less."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

import prikk
from prikk.auditing import Verdict
from prikk.errors import RefusedError
from prikk.protect import suppress as engine
from prikk.protection import AmountRules, Settings, Source, _run, write_csv
from prikk.protection._check import check
from prikk.protection._run import read_task
from prikk.tabular import Status
from unit.protection.amounts import DIMS, GIVEN, left_open, read, rows
from unit.protection.kit import AGE, frame, task

RULES = AmountRules(dominance=((2, 85),), p_percent=10, min_contributors=3, interval=15)
OPTIONS = {
    "value": "turnover", "contributor": "company", "dominance": (2, 85), "p_percent": 10,
    "min_contributors": 3, "interval": 15,
}  # fmt: skip


def asked_of(given):
    """What the rules ask: the sensitive cells by their codes, with the values that must be possible."""
    found = read(rows(given), RULES).task
    need = found.requirement
    return {
        found.table.codes(i): (found.values[i] - need.down[i], found.values[i] + need.up[i])
        for i in np.flatnonzero(need.sensitive)
    }


@pytest.mark.parametrize("scale", [1, 1_000, 10_000_000])
@pytest.mark.parametrize("effort", [0, 1])
def test_every_interval_is_kept_to_a_reader_of_the_written_file(tmp_path, scale, effort):
    given = [(r, i, who, amount * scale) for r, i, who, amount in GIVEN]
    found = prikk.suppress(rows(given), DIMS, **OPTIONS, effort=effort)
    write_csv(found.frame, tmp_path / "out.csv")
    asked = asked_of(given)
    hidden = {(r["region"], r["industry"]) for r in found.frame.to_pylist() if r["status"] == "primary"}
    assert set(asked) == hidden == {("N1", "A"), ("S2", "B")}
    for codes, (low, high) in asked.items():
        least, most = left_open(tmp_path / "out.csv", codes)
        assert least <= low * (1 + 1e-9)
        assert most >= high * (1 - 1e-9)
    assert (found.audit.summary.safe, found.audit.summary.primary) == (2, 2)


def test_the_file_has_amounts_contributors_and_status(tmp_path):
    found = prikk.suppress(pl.from_arrow(rows(GIVEN)), DIMS, **OPTIONS, effort=0)
    assert isinstance(found.frame, pl.DataFrame)
    assert found.frame.columns == ["region", "industry", "turnover", "contributors", "status"]
    cell = found.frame.row(by_predicate=(pl.col("region") == "N1") & (pl.col("industry") == "A"), named=True)
    assert (cell["turnover"], cell["contributors"], cell["status"]) == (970, 3, "primary")
    assert found.report.rules == {"dominance 2,85": 2, "p-percent 10": 2, "min-contributors 3": 1}
    assert "range" not in found.report.settings
    assert "rules" in found.report.to_json()


def shown_again(found):
    """The pattern with one secondary shown, once for each."""
    for cell in np.flatnonzero(found.status == Status.SECONDARY):
        status = found.status.copy()
        status[cell] = Status.PUBLISHED
        yield replace(found, status=status)


def test_a_secondary_that_is_shown_again_is_found():
    asked = read(rows(GIVEN), RULES).task
    found, settings = engine(asked, 0), Settings(amounts=RULES)
    assert not check(asked, found, settings).leaking
    weak = [check(asked, w, settings) for w in shown_again(found)]
    assert len(weak) >= 3
    for checked in weak:
        wrong = [c for c in checked.audit.hidden if c.verdict not in (None, Verdict.SAFE)]
        assert {c.cell for c in wrong} == set(checked.leaking)
        assert checked.leaking
        assert all(c.verdict in (Verdict.EXACT, Verdict.NARROWED) for c in wrong)


def test_a_sensitive_amount_that_is_shown_is_found():
    asked = read(rows(GIVEN), RULES).task
    found = engine(asked, 0)
    status = found.status.copy()
    status[np.flatnonzero(status == Status.PRIMARY)[0]] = Status.PUBLISHED
    assert check(asked, replace(found, status=status), Settings(amounts=RULES)).leaking


def test_the_protector_is_not_believed_without_its_witnesses():
    asked, settings = read(rows(GIVEN), RULES).task, Settings(amounts=RULES)
    found = engine(asked, 0)
    bare = replace(found, starts=found.starts[:1], coords=found.coords[:0], changes=found.changes[:0])
    assert not check(asked, bare, settings).leaking
    assert all(check(asked, replace(w, starts=bare.starts, coords=bare.coords, changes=bare.changes), settings).leaking
               for w in shown_again(found))  # fmt: skip


def test_what_leaks_is_refused_and_no_amount_is_unavoidable(monkeypatch):
    monkeypatch.setattr(_run, "suppress", lambda *a, **k: next(shown_again(engine(*a, **k))))
    with pytest.raises(RefusedError, match="audit-leak"):
        prikk.suppress(rows(GIVEN), DIMS, **OPTIONS, effort=0, accept_unavoidable=True)


def test_amounts_of_linked_tables_are_protected():
    found = prikk.suppress(rows(GIVEN), DIMS, **OPTIONS, tables=["region", "industry"], effort=0)
    assert set(found.frame["status"].to_pylist()) == {"published"}
    strict = OPTIONS | {"dominance": (2, 20)}
    found = prikk.suppress(rows(GIVEN), DIMS, **strict, tables=["region", "industry"], effort=0)
    assert found.audit.summary.safe == found.audit.summary.primary > 0


def test_a_hidden_zero_may_be_more_to_a_reader():
    few = [g for g in GIVEN if g[:2] != ("S1", "C")] + [("S1", "C", "x", 0)]
    found = prikk.suppress(rows(few), DIMS, **OPTIONS, effort=0)
    status = {(r["region"], r["industry"]): r["status"] for r in found.frame.to_pylist()}
    assert status["S1", "C"] == "primary"
    assert found.audit.summary.safe == found.audit.summary.primary


REGION = [("T", None), *((f"N{i}", "T") for i in range(4))]
GROUPS = {"region": REGION, "age": AGE}
PEOPLE = {(f"N{i}", a): n for i, ages in enumerate([(9, 0, 0), (12, 8, 9), (14, 7, 11), (6, 13, 9)])
          for a, n in zip(("young", "old", "older"), ages, strict=True)}  # fmt: skip


def test_a_category_that_holds_everybody_is_hidden_though_it_is_above_the_threshold():
    found = prikk.suppress(frame(PEOPLE), GROUPS, zeros="hidden", group_disclosure=["age"], effort=0)
    status = {(r["region"], r["age"]): r["status"] for r in found.frame.to_pylist()}
    assert status["N0", "young"] == "primary"
    assert found.report.rules == {"threshold": 2, "group-disclosure": 1}
    asked = {c.cell: c for c in found.audit.hidden if c.status == Status.SECONDARY and c.verdict}
    (cell,) = asked.values()
    # A reader who knows the threshold must not take the nine for one of 0 to 3.
    assert (cell.reach_low, cell.reach_high, cell.verdict) == (8, 9, Verdict.SAFE)
    assert found.audit.summary.primary == 3


def test_a_group_that_is_given_away_is_found():
    settings = Settings(zeros="hidden", group_disclosure=("age",), range="not-exact")
    asked = read_task(Source(rows=frame(PEOPLE), dims=GROUPS), settings)
    found = engine(asked, 0)
    assert not check(asked, found, settings).leaking
    hidden = np.flatnonzero(found.status == Status.PRIMARY)
    for status in (Status.PUBLISHED, Status.SECONDARY):
        weak = found.status.copy()
        weak[hidden[asked.values[hidden] == 9]] = status
        assert check(asked, replace(found, status=weak), settings).leaking
    assert any(check(asked, weak, settings).leaking for weak in shown_again(found))


@pytest.mark.parametrize(
    ("more", "word"),
    [({}, "zeros are shown"), ({"zeros": "hidden", "attacker": "full"}, "'full'"),
     ({"zeros": "hidden", "group_disclosure": ("agee",)}, "Nearest: 'age'")],
)  # fmt: skip
def test_groups_that_cannot_be_protected_are_told(more, word):
    with pytest.raises(prikk.errors.ProtectError, match=word):
        task(frame(PEOPLE), GROUPS, **{"group_disclosure": ()} | more)


def test_a_plain_task_is_what_it_was():
    plain = prikk.suppress(frame(PEOPLE), GROUPS, zeros="hidden", effort=0)
    assert not plain.report.rules
    assert "rules" not in plain.report.to_json()
    assert not {"amounts", "group_disclosure"} & set(plain.report.settings)
