"""What else may be asked: groups, steadiness beside an earlier table, people who are alone, and how many work at once."""

import csv
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

import prikk
from prikk.errors import ProtectError, RefusedError
from prikk.protect import suppress as engine
from prikk.protection import AmountRules, Settings, Source, _alone, _run, write_csv
from prikk.protection._check import check
from prikk.protection._run import read_table
from prikk.tabular import Status
from unit.protection import amounts
from unit.protection.kit import DIMS, LEAVES, frame

OPTIONS = {
    "value": "turnover", "contributor": "company", "dominance": (2, 85), "p_percent": 10,
    "min_contributors": 3, "interval": 15,
}  # fmt: skip
RULES = AmountRules(dominance=((2, 85),), p_percent=10, min_contributors=3, interval=15)
REGION = [("T", ""), ("N", "T"), ("S", "T"), *((r, r[0]) for r in ("N1", "N2", "N3", "S1", "S2"))]
AGES = {"region": REGION, "age": [("all", ""), ("young", "all"), ("old", "all")]}
ALONE = {
    ("N1", "young"): 40, ("N1", "old"): 2, ("N2", "young"): 30, ("N2", "old"): 1, ("N3", "young"): 31,
    ("N3", "old"): 30, ("S1", "young"): 20, ("S1", "old"): 15, ("S2", "young"): 11, ("S2", "old"): 12,
}  # fmt: skip
ONE = [g for g in amounts.GIVEN if g[:2] not in {("N1", "B"), ("N2", "A")}]
ONE += [("N1", "B", "q", 300), ("N2", "A", "r", 777)]


def shows(found):
    keys = [c for c in found.frame.column_names if c not in {"freq", "turnover", "contributors", "status"}]
    return {tuple(r[k] for k in keys): r["status"] == "published" for r in found.frame.to_pylist()}


def codes_of(refused):
    return [f.code for f in refused.value.findings]


def found_wrong(rows=None, dims=None, **options):
    with pytest.raises(ProtectError) as caught:
        prikk.suppress(frame(LEAVES) if rows is None else rows, dims or DIMS, **options)
    return {f.code: f"{f.where}: {f.what} {f.fix}" for f in caught.value.findings}


def test_how_many_work_at_once_is_passed_on_and_not_reported(monkeypatch):
    seen = []
    monkeypatch.setattr(_run, "suppress", lambda *a, **k: seen.append(k["processes"]) or engine(*a, **k))
    one, two = (prikk.suppress(frame(LEAVES), DIMS, effort=0, processes=n) for n in (1, 2))
    assert seen == [1, 2]
    assert one.frame.equals(two.frame)
    assert one.report.settings == two.report.settings
    assert "processes" not in one.report.to_json()


def test_settings_that_cannot_be_used_are_told_all_at_once():
    with pytest.raises(ProtectError) as caught:
        prikk.suppress(frame(LEAVES), DIMS, processes=0, steady=1.0)
    assert [f.where for f in caught.value.findings] == ["processes", "steady", "steady"]
    assert "--previous" in caught.value.findings[-1].fix


@pytest.mark.parametrize("group", ["age=young|old", {"age": ["young", "old"]}])
@pytest.mark.parametrize("zeros", ["shown", "hidden"])
def test_cells_of_a_group_are_hidden_together_or_not_at_all(group, zeros):
    found = prikk.suppress(frame(LEAVES), DIMS, together=[group], zeros=zeros, effort=1)
    shown = shows(found)
    assert found.audit.summary.safe == found.audit.summary.primary > 0
    assert not shown["N1", "young"]
    for region, _ in DIMS["region"]:
        assert shown[region, "young"] == shown[region, "old"]


def test_a_star_is_every_code_but_the_total_and_overlapping_groups_are_one():
    found = prikk.suppress(
        frame(LEAVES), DIMS, together=["age=*,region=N1", "region=N1|S1,age=old"], effort=0
    )
    shown = shows(found)
    assert not any(shown[c] for c in (("N1", "young"), ("N1", "old"), ("N1", "older"), ("S1", "old")))
    assert found.report.settings["together"] == ("age=*,region=N1", "region=N1|S1,age=old")


def test_a_zero_that_is_shown_is_in_no_group():
    cells = LEAVES | {("S2", "older"): 0}
    shown = shows(prikk.suppress(frame(cells), DIMS, together=["age=*,region=S2|N1"], effort=0))
    assert shown["S2", "older"]
    assert not shown["S2", "young"]


def test_groups_of_amounts_are_whole():
    rows, asked = amounts.rows(amounts.GIVEN), ["industry=A|B"]
    shown = shows(prikk.suppress(rows, amounts.DIMS, **OPTIONS, together=asked, effort=0))
    assert all(shown[r, "A"] == shown[r, "B"] for r, _ in amounts.DIMS["region"])


def test_a_group_that_is_hidden_in_part_is_refused(monkeypatch):
    def forgetful(task, **options):
        return engine(replace(task, groups=None, hide=None), **options)

    monkeypatch.setattr(_run, "suppress", forgetful)
    with pytest.raises(RefusedError) as caught:
        prikk.suppress(frame(LEAVES), DIMS, together=["region=*"], effort=0)
    assert codes_of(caught) == ["together-half"]


def test_groups_that_cannot_be_are_told_all_at_once():
    wrong = found_wrong(
        together=["agee=young", "age=yung|old", "age=young,region=N1", "age=all"], hide=["age=x"]
    )
    assert set(wrong) == {"selector", "selector-empty", "together-code", "together-empty"}
    assert "Nearest: 'young'" in wrong["together-code"]
    wrong = found_wrong(together=["age=young|old"], keep=["region=N1,age=old"])
    assert set(wrong) == {"together-kept"}
    assert "(N1, old)" in wrong["together-kept"]
    assert "12" not in wrong["together-kept"]


def earlier(**hidden):
    """An earlier table that hides some cells: a whole one, but for its values."""
    statuses = {(r, a): "published" for r, _ in DIMS["region"] for a, _ in DIMS["age"]} | hidden
    region, age = zip(*statuses, strict=True)
    return pl.DataFrame({"region": region, "age": age, "status": list(statuses.values())})


def test_what_an_earlier_table_hid_is_hidden_again_where_that_is_as_safe():
    free = prikk.suppress(frame(LEAVES), DIMS, effort=1, cost="one")
    secondary = {c for c, shown in shows(free).items() if not shown}
    others = {(r, a): "secondary" for r in ("S1", "S2", "N1", "N2") for a in ("old", "older", "young")}
    before = pl.DataFrame([{"region": r, "age": a, "status": s} for (r, a), s in others.items()])
    more = pl.DataFrame(
        [
            {"region": "T", "age": "all", "status": "published"},
            {"region": "ZZ", "age": "all", "status": "primary"},
        ]
    )
    found = prikk.suppress(
        frame(LEAVES), DIMS, effort=1, cost="one", previous=pl.concat([before, more]), steady=0.9
    )
    now = shows(found)
    assert found.audit.summary.safe == found.audit.summary.primary
    assert found.report.loss == pytest.approx(found.report.counts["secondary"])
    assert found.report.lower_bound <= found.report.loss
    assert found.report.counts["changed"] == sum(now[c] for c in others if c in now) + (not now["T", "all"])
    assert sum(c in others for c, shown in now.items() if not shown) >= sum(c in others for c in secondary)
    assert found.report.settings["steady"] == 0.9


def test_the_result_of_one_month_leads_the_next(tmp_path):
    first = prikk.suppress(frame(LEAVES), DIMS, effort=0)
    write_csv(first.frame, tmp_path / "march.csv")
    april = frame({cell: n + (n > 3) for cell, n in LEAVES.items()})
    found = prikk.suppress(april, DIMS, previous=tmp_path / "march.csv", effort=0)
    assert shows(found) == shows(first)
    assert (found.report.counts["changed"], found.report.settings["steady"]) == (0, 0.5)
    assert "changed" not in first.report.counts
    assert "steady" not in first.report.settings


def test_an_earlier_table_of_amounts_leads_the_next():
    rows = amounts.rows(amounts.GIVEN)
    first = prikk.suppress(rows, amounts.DIMS, **OPTIONS, effort=0)
    found = prikk.suppress(rows, amounts.DIMS, **OPTIONS, effort=0, previous=first.frame)
    assert found.report.counts["changed"] == 0


def test_what_is_shown_is_not_taken_for_known():
    """All was shown last month: a cell that is small now is hidden, and what must be hidden beside it too."""
    found = prikk.suppress(frame(LEAVES), DIMS, previous=earlier(), effort=0)
    hidden = sum(not shown for shown in shows(found).values())
    assert found.report.counts["changed"] == hidden > 2


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda t: t.drop("age"), "previous-dimensions"),
        (lambda t: t.with_columns(sex=pl.lit("f")), "previous-dimensions"),
        (lambda t: t.drop("status"), "previous-status"),
        (lambda t: t.with_columns(status=pl.lit("*")), "previous-status"),
        (lambda t: pl.concat([t, t[:1]]), "previous-twice"),
        (lambda t: t.with_columns(region=pl.lit("XX")), "previous-empty"),
        (lambda _: "nowhere.csv", "file-unreadable"),
    ],
)
def test_an_earlier_table_that_cannot_be_used_is_told_with_all_else(change, code):
    assert code in found_wrong(previous=change(earlier()))
    if not code.endswith(("twice", "empty")):  # those need a table to compare with
        assert {code, "setting"} <= set(found_wrong(previous=change(earlier()), effort=-1))


def forgets(monkeypatch):
    """A protector that does not know who is alone."""
    monkeypatch.setattr(_run, "suppress", lambda task, **k: engine(replace(task, alone=None), **k))


def test_counts_hold_for_people_who_are_alone_in_one():
    found = prikk.suppress(frame(ALONE), AGES, zeros="hidden", singletons=True, effort=0)
    counts = found.report.counts
    assert [counts[f"singletons{x}"] for x in ("", "_leaking", "_unavoidable")] == [1, 0, 0]
    assert (
        counts["secondary"]
        > prikk.suppress(frame(ALONE), AGES, zeros="hidden", effort=0).report.counts["secondary"]
    )
    assert found.report.settings["singletons"] is True


def test_counts_that_do_not_hold_for_them_are_refused_without_a_value(monkeypatch):
    forgets(monkeypatch)
    assert prikk.suppress(frame(ALONE), AGES, zeros="hidden", effort=0)
    with pytest.raises(RefusedError) as caught:
        prikk.suppress(frame(ALONE), AGES, zeros="hidden", singletons=True, effort=0, accept_unavoidable=True)
    assert codes_of(caught) == ["singleton"]
    assert "They are (N1, old)." in caught.value.findings[0].what


TWO = ALONE | {("N1", "old"): 1, ("N3", "old"): 0}


def test_what_they_know_whatever_is_hidden_must_be_accepted():
    """The two old of North know each of themselves, and together that they are two."""
    with pytest.raises(RefusedError) as caught:
        prikk.suppress(frame(TWO), AGES, singletons=True, effort=0)
    assert codes_of(caught) == ["singleton-unavoidable"]
    assert "(N, old)" in caught.value.findings[0].what
    found = prikk.suppress(frame(TWO), AGES, singletons=True, effort=0, accept_unavoidable=True)
    assert found.report.counts["singletons_unavoidable"] == 1
    assert [f.code for f in found.unavoidable] == ["singleton-unavoidable"]


def known_to(path, codes):
    """What is left open to a reader who knows the amounts of these cells."""
    rows = list(csv.DictReader(path.read_text().splitlines()))
    for row in rows:
        row["status"] = "published" if (row["region"], row["industry"]) in codes else row["status"]
    told = path.with_name("told.csv")
    told.write_text("\n".join([",".join(rows[0]), *(",".join(r.values()) for r in rows)]) + "\n")
    return told


def test_amounts_hold_for_contributors_who_are_alone_in_one(tmp_path):
    found = prikk.suppress(amounts.rows(ONE), amounts.DIMS, **OPTIONS, singletons=True, effort=0)
    write_csv(found.frame, tmp_path / "out.csv")
    assert [found.report.counts[f"singletons{x}"] for x in ("", "_leaking")] == [2, 0]
    read = amounts.read(amounts.rows(ONE), RULES)
    need, table = read.task.requirement, read.task.table
    alone = {("N1", "B"), ("N2", "A")}
    for cell in np.flatnonzero(need.sensitive):
        codes = table.codes(cell)
        low, high = amounts.left_open(known_to(tmp_path / "out.csv", alone - {codes}), codes)
        assert low <= (read.task.values[cell] - need.down[cell]) * (1 + 1e-9)
        assert high >= (read.task.values[cell] + need.up[cell]) * (1 - 1e-9)


def test_amounts_that_do_not_hold_for_them_are_refused_without_a_value(monkeypatch):
    forgets(monkeypatch)
    assert prikk.suppress(amounts.rows(ONE), amounts.DIMS, **OPTIONS, effort=0)
    with pytest.raises(RefusedError) as caught:
        prikk.suppress(amounts.rows(ONE), amounts.DIMS, **OPTIONS, singletons=True, effort=0)
    assert codes_of(caught) == ["singleton"]
    assert not any(str(g[3]) in str(caught.value) for g in ONE if g[3] > 100)


def test_an_amount_of_two_who_are_alone_in_its_parts_is_known_to_them():
    two = [g for g in amounts.GIVEN if g[:2] not in {("N1", "A"), ("N2", "A")}]
    two += [("N1", "A", "q", 900), ("N2", "A", "r", 777)]
    with pytest.raises(RefusedError) as caught:
        prikk.suppress(amounts.rows(two), amounts.DIMS, **OPTIONS, singletons=True, effort=0)
    assert codes_of(caught) == ["singleton-unavoidable"]
    assert "(N, A)" in caught.value.findings[0].what
    assert prikk.suppress(
        amounts.rows(two), amounts.DIMS, **OPTIONS, singletons=True, effort=0, accept_unavoidable=True
    )


def asked_of_amounts():
    settings = Settings(amounts=RULES, singletons=True)
    task = read_table(amounts.source(amounts.rows(ONE)), settings).task
    return task, settings, engine(task, 0)


def test_a_pattern_holds_for_them_by_attack_where_no_witness_says_so():
    task, settings, found = asked_of_amounts()
    bare = replace(found, starts=found.starts[:1], coords=found.coords[:0], changes=found.changes[:0])
    checked = check(task, bare, settings)
    assert not checked.leaking
    assert not checked.insiders.leaking | checked.insiders.unavoidable


def test_beyond_the_limit_only_witnesses_count(monkeypatch):
    task, settings, found = asked_of_amounts()
    monkeypatch.setattr(_alone, "_MOST", 1)
    assert not check(task, found, settings).insiders.leaking
    bare = replace(found, starts=found.starts[:1], coords=found.coords[:0], changes=found.changes[:0])
    assert len(check(task, bare, settings).insiders.leaking) == 1


def test_a_secondary_that_is_shown_again_leaks_to_somebody():
    task, settings, found = asked_of_amounts()
    for cell in np.flatnonzero(found.status == Status.SECONDARY):
        status = found.status.copy()
        status[cell] = Status.PUBLISHED
        checked = check(task, replace(found, status=status), settings)
        assert checked.leaking or checked.insiders.leaking


def test_categories_that_hold_everybody_stay_open_to_them_too():
    """The nine of N1 might be eight to a stranger if the one of N2 were two; but that one knows better."""
    cells = ALONE | {("N1", "young"): 9, ("N1", "old"): 0, ("N2", "young"): 1, ("N2", "old"): 8}
    asked = {"zeros": "hidden", "group_disclosure": ["age"], "effort": 0}
    found = prikk.suppress(frame(cells), AGES, **asked, singletons=True)
    assert found.report.rules["group-disclosure"] == 1
    keep = ["region=N", "region=N3"]
    assert prikk.suppress(frame(cells), AGES, **asked, keep=keep)
    with pytest.raises(RefusedError) as caught:
        prikk.suppress(frame(cells), AGES, **asked, keep=keep, singletons=True)
    assert codes_of(caught) == ["singleton"]
    assert "(N1, young)" in caught.value.findings[0].what


def test_a_plain_report_says_nothing_of_them():
    report = prikk.suppress(frame(LEAVES), DIMS, effort=0).report
    assert not {"together", "steady", "singletons", "processes"} & set(report.settings)
    assert not {"changed", "singletons"} & set(report.counts)


def test_an_earlier_table_is_no_part_of_a_source_without_one():
    assert read_table(Source(rows=frame(LEAVES), dims=DIMS), Settings()).earlier is None
