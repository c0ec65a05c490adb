"""The choices of suppression, each through a whole build of a small invented release."""

import json
import shutil

import numpy as np
import pytest

from prikk.errors import RefusedError, SpecError
from prikk.pipeline import build
from prikk.protect import Suppression
from prikk.register import EngineSettings
from prikk.release import _steady
from prikk.release._steady import changes, neighbours
from prikk.steps import Silent
from prikk.tabular import Status
from support import SPEC, csv_rows, edited, project, rows

SETTINGS = EngineSettings(memory_limit=None, threads=None)
TOTALS = 'total = { en = "Total {age:lower}" }\nsubtotal = { en = "Total {region}" }'
SUPPRESS = edited(
    SPEC,
    ('method = "primary-only"', 'method = "suppress"'),
    ("allow_unprotected = true", ""),
    ('levels = ["county"]\n', ""),
    ('total = { en = "Total {age:lower}" }', TOTALS),
)
REGIONS = (
    "code,parent,label_en\nN,,North\nS,,South\nE,,East\nN1,N,North one\nN2,N,North two\nS1,S,South one\n"
)
REGIONS += "S2,S,South two\nE1,E,East one\nE2,E,East two\n"
PEOPLE = [
    (40, "N1", "2000-05-05"),
    (2, "N1", "1970-05-05"),
    (30, "N2", "2000-05-05"),
    (25, "N2", "1970-05-05"),
    (20, "S1", "2000-05-05"),
    (15, "S1", "1970-05-05"),
    (11, "S2", "2000-05-05"),
    (12, "S2", "1970-05-05"),
    (17, "E1", "2000-05-05"),
    (18, "E1", "1970-05-05"),
    (19, "E2", "2000-05-05"),
    (14, "E2", "1970-05-05"),
]


def built(folder, *lines, people=PEOPLE, periods='to = "2024-02"', regions=REGIONS, more="", spec=SUPPRESS):
    text = edited(spec, ("threshold = 4", "\n".join(("threshold = 4", *lines))), ('to = "2024-02"', periods))
    path = project(folder, spec=text, region=regions, register=rows(*people) + more)
    return build(path, folder / "out", settings=SETTINGS, steps=Silent()), folder / "out"


def statuses(out):
    return {
        (r["period"], r["region"], r["age"]): r["status"] for r in csv_rows(out / "internal" / "cells.csv")
    }


def shows(out):
    return {key: status == "published" for key, status in statuses(out).items()}


def test_cells_of_a_group_are_hidden_together_or_not_at_all(tmp_path):
    _, out = built(tmp_path, 'together = [{ age = ["young", "old"] }, { period = "*" }]')
    shown = shows(out)
    for (period, region, age), seen in shown.items():
        assert seen == shown["2024-01", region, age] == shown["2024-02", region, age]
        if age != "TOTAL":
            assert seen == shown[period, region, "young"] == shown[period, region, "old"]
    assert not shown["2024-01", "N1", "young"]


def test_zeros_that_the_rule_shows_are_in_no_group(tmp_path):
    people = [p for p in PEOPLE if p[:2] != (12, "S2")]
    more = "".join(f"X{i},X{i},S2,1970-05-05,2024-02-01,\n" for i in range(9))
    _, out = built(
        tmp_path, 'zeros = "shown"', 'together = [{ region = ["N1", "S2"] }]', people=people, more=more
    )
    shown = shows(out)
    assert not shown["2024-01", "N1", "old"]
    assert shown["2024-01", "S2", "old"]


@pytest.mark.parametrize(
    ("lines", "messages"),
    [
        (
            ('together = [{ age = ["yung", "old"] }, { region = "XX" }]', 'hide = [{ region = "YY" }]'),
            [
                "'yung' is not a code of 'age'",
                "Nearest: 'young'",
                "'XX' is not a code",
                "'YY' is not a code of 'region'",
            ],
        ),
        (('together = [{ age = "young", region = "N1" }]',), ["makes no group"]),
        (('together = [{ period = ["2024-01", "TOTAL"] }]',), ["'TOTAL' is not a code of 'period'"]),
    ],
)
def test_codes_that_are_not_there_are_told_all_at_once(tmp_path, lines, messages):
    with pytest.raises(SpecError) as raised:
        built(tmp_path, *lines)
    for message in messages:
        assert message in str(raised.value)


def test_a_group_that_must_be_hidden_and_kept_is_refused(tmp_path):
    lines = ('together = [{ age = ["young", "old"] }]', 'keep = [{ region = "N1", age = "young" }]')
    with pytest.raises(RefusedError, match=r"2 figures must be kept.*together-kept"):
        built(tmp_path, *lines)


def test_a_group_takes_along_what_is_the_same_figure(tmp_path):
    """East has one region: hiding it and showing East would hide nothing."""
    people = [p for p in PEOPLE if p[1] != "E2"]
    _, out = built(tmp_path, 'together = [{ region = ["N1", "E"] }]', people=people)
    shown = shows(out)
    assert not shown["2024-01", "N1", "old"]
    assert not shown["2024-01", "E", "old"]
    assert not shown["2024-01", "E1", "old"]


def test_a_half_hidden_group_does_not_pass_the_gate(tmp_path, monkeypatch):
    whole = _steady.suppress
    monkeypatch.setattr(
        _steady, "suppress", lambda task, **options: whole(without(task, groups=None, hide=None), **options)
    )
    with pytest.raises(RefusedError, match="together-half"):
        built(tmp_path, 'together = [{ region = ["N1", "S1"] }]')
    assert not (tmp_path / "out" / "public").exists()


def without(task, **fields):
    from dataclasses import replace  # noqa: PLC0415

    return replace(task, **fields)


def test_steadiness_counts_the_neighbours_that_hide_a_cell():
    hidden = np.array([[1, 0], [0, 0], [1, 1]], dtype=bool).ravel()
    assert neighbours(hidden, 3).tolist() == [0, 0, 1, 0.5, 0, 0]
    assert neighbours(hidden[:4], 2).tolist() == [0, 0, 1, 0]
    assert neighbours(hidden[:2], 1).tolist() == [0, 0]
    assert changes(hidden, 3) == 3


def test_a_steady_release_passes_its_audit_and_its_loss_is_in_plain_costs(tmp_path):
    result, out = built(tmp_path, "steady = 0.6", 'cost = "one"')
    found = list(statuses(out).values())
    assert (result.exact, result.narrowed) == (0, 0)
    assert result.loss == pytest.approx(found.count("secondary"), abs=1e-3)
    assert result.lower_bound <= result.loss


def test_each_round_of_steadiness_makes_what_neighbours_hide_cheaper(tmp_path, monkeypatch):
    whole, seen = _steady.suppress, []

    def watched(task, **options) -> Suppression:
        seen.append((task.cost.copy(), options["effort"]))
        return whole(task, **options)

    monkeypatch.setattr(_steady, "suppress", watched)
    built(tmp_path, "steady = 0.5", 'cost = "one"')
    assert [effort for _, effort in seen] == [0, 0, 10]
    assert set(seen[0][0].tolist()) == {1.0}
    assert set(seen[-1][0].tolist()) == {0.5, 1.0}


def after(folder, out):
    """An earlier release, as the next one finds it."""
    shutil.copytree(out / "public", folder / "earlier")
    return 'previous = "earlier"'


def test_a_later_release_keeps_what_an_earlier_one_showed_and_hides_again_what_it_hid(tmp_path):
    _, first = built(tmp_path / "first", periods='to = "2024-01"')
    line = after(tmp_path / "next", first) if (tmp_path / "next").mkdir() is None else ""
    result, out = built(tmp_path / "next", line)
    assert (result.exact, result.narrowed) == (0, 0)
    before, now = shows(first), shows(out)
    assert {k: now[k] for k in before} == before
    assert {k[1:]: v for k, v in now.items() if k[0] == "2024-02"} == {k[1:]: v for k, v in before.items()}
    manifest = json.loads((out / "public" / "manifest.json").read_text())
    assert manifest["protection"]["previous"].startswith("sha256:")


def test_what_an_earlier_release_shows_counts_as_shown_even_where_the_pattern_hides_it(tmp_path, monkeypatch):
    """A pattern that hides other cells than the earlier one is refused: readers have those figures."""
    _, first = built(tmp_path / "first")
    (tmp_path / "next").mkdir()
    line = after(tmp_path / "next", first)
    hidden = {k for k, s in statuses(first).items() if s == "secondary"}
    whole = _steady.suppress

    def forgetful(task, **options):
        cost = np.where([task.table.codes(i) in hidden for i in range(len(task.table))], 1e6, 1.0)
        return whole(without(task, keep=None, cost=cost), **options)

    monkeypatch.setattr(_steady, "suppress", forgetful)
    with pytest.raises(RefusedError, match="leak"):
        built(tmp_path / "next", line)


def added(file, text):
    file.write_text(file.read_text() + text)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (shutil.rmtree, "previous-missing"),
        (lambda f: (f / "manifest.json").unlink(), "previous-release"),
        (
            lambda f: (f / "cells.csv").write_text("period,age,value,status\n"),
            "its dimensions are age, those of",
        ),
        (
            lambda f: (f / "cells.csv").write_text("period,region,age,value,status\n2024-01,N,old,x,\n"),
            "neither",
        ),
        (lambda f: added(f / "cells.csv", "2024-01,ZZ,old,7,\n"), "previous-wider"),
    ],
)
def test_an_earlier_release_that_cannot_be_used_is_told(tmp_path, change, message):
    _, first = built(tmp_path / "first", periods='to = "2024-01"')
    (tmp_path / "next").mkdir()
    line = after(tmp_path / "next", first)
    change(tmp_path / "next" / "earlier")
    with pytest.raises(SpecError, match=message):
        built(tmp_path / "next", line)


def test_a_figure_under_the_rule_that_readers_have_must_be_accepted_by_name(tmp_path):
    _, first = built(tmp_path / "first", periods='to = "2024-01"')
    (tmp_path / "next").mkdir()
    line = after(tmp_path / "next", first)
    cells = tmp_path / "next" / "earlier" / "cells.csv"
    cells.write_text(cells.read_text().replace("2024-01,N1,old,,*", "2024-01,N1,old,2,"))
    with pytest.raises(RefusedError, match="1 figures fall under the rule") as raised:
        built(tmp_path / "next", line)
    assert "previous-shown" in str(raised.value)
    accept = 'accept = [{ period = "2024-01", region = "N1", age = "old" }]'
    result, _ = built(tmp_path / "next", line, accept)
    assert (result.exact, result.narrowed) == (1, 0)


REGIONS_OF_NORTH = REGIONS + "N3,N,North three\n"
ALONE = [
    *((n, region, born) for n, region, born in PEOPLE if (region, born) != ("N2", "1970-05-05")),
    (1, "N2", "1970-05-05"),
    (30, "N3", "1970-05-05"),
    (31, "N3", "2000-05-05"),
]


def test_figures_hold_for_people_who_are_alone_in_one(tmp_path):
    result, out = built(tmp_path, "singletons = true", people=ALONE, regions=REGIONS_OF_NORTH)
    assert (result.exact, result.narrowed) == (0, 0)
    assert json.loads((out / "public" / "manifest.json").read_text())["audit"]["singletons"] is True


def test_a_pattern_that_does_not_hold_for_them_is_refused_without_a_value(tmp_path, monkeypatch):
    """Two regions of North hide their old: 2 and 1, which protect each other for a stranger; all else of North is kept."""
    whole = _steady.suppress
    monkeypatch.setattr(
        _steady, "suppress", lambda task, **options: whole(without(task, alone=None), **options)
    )
    keep = "keep = [" + ", ".join(f'{{ region = "{code}" }}' for code in ("N", "N3")) + "]"
    result, _ = built(tmp_path / "without", keep, people=ALONE, regions=REGIONS_OF_NORTH)
    assert (result.exact, result.narrowed) == (0, 0)
    with pytest.raises(RefusedError, match=r"figures under the rule are not proven.*\[singleton\]") as raised:
        built(tmp_path / "with", "singletons = true", keep, people=ALONE, regions=REGIONS_OF_NORTH)
    assert 'region = "N1", age = "old"' in str(raised.value)
    assert not (tmp_path / "with" / "out" / "public").exists()


EVERYBODY = [p for p in PEOPLE if p[1:] != ("S2", "1970-05-05")]
LATER = "".join(f"X{i},X{i},S2,1970-05-05,2024-02-01,\n" for i in range(9))
"""In January all eleven of S2 are young; in February nine older ones come."""
HOLDS_ALL = ("2024-01", "S2", "young")


KEEP = 'keep = [{ period = "2024-01", region = "S2", age = "young" }]'


@pytest.mark.parametrize("asked", ["true", '["age"]'])
def test_a_category_that_holds_everybody_is_hidden_whatever_is_kept(tmp_path, asked):
    result, out = built(tmp_path, f"group_disclosure = {asked}", KEEP, people=EVERYBODY, more=LATER)
    assert (result.exact, result.narrowed) == (0, 0)
    assert statuses(out)[HOLDS_ALL] == "primary"
    audit = json.loads((out / "public" / "manifest.json").read_text())["audit"]
    assert audit["group_disclosure"] == (["age"] if "age" in asked else ["region", "age"])


@pytest.mark.parametrize("lines", [(), ('group_disclosure = ["region"]',)])
def test_where_it_is_not_asked_for_it_may_be_shown(tmp_path, lines):
    _, out = built(tmp_path, *lines, KEEP, people=EVERYBODY, more=LATER)
    assert shows(out)[HOLDS_ALL]


def test_a_category_that_holds_everybody_may_be_of_distinct_people(tmp_path):
    spec = SUPPRESS.replace('source = "register.csv"', 'source = "register.csv"\nunit = "person"')
    _, out = built(tmp_path, "group_disclosure = true", people=EVERYBODY, more=LATER, spec=spec)
    assert not shows(out)[HOLDS_ALL]


def shown_again(monkeypatch, *wanted):
    """A protector that shows one of its cells again."""
    whole = _steady.suppress

    def weak(task, **options):
        found = whole(task, **options)
        cells = np.array([task.table.codes(i) in wanted for i in range(len(task.table))])
        assert not np.any(found.status[cells] == Status.PUBLISHED)
        return without(found, status=np.where(cells, Status.PUBLISHED, found.status).astype(np.uint8))

    monkeypatch.setattr(_steady, "suppress", weak)


def test_such_a_category_that_is_shown_again_is_refused(tmp_path, monkeypatch):
    shown_again(monkeypatch, HOLDS_ALL)
    with pytest.raises(
        RefusedError, match=r"1 figures that hold everybody.*shown.*\[group-disclosure\]"
    ) as raised:
        built(tmp_path, "group_disclosure = true", people=EVERYBODY, more=LATER)
    assert 'age = "young"' in str(raised.value)
    assert "11" not in str(raised.value).replace("2024", "")
    assert not (tmp_path / "out" / "public").exists()


def test_a_partner_of_such_a_category_that_is_shown_again_is_refused(tmp_path, monkeypatch):
    _, out = built(tmp_path / "whole", "group_disclosure = true", people=EVERYBODY, more=LATER)
    partners = [
        c for c, s in statuses(out).items() if s == "secondary" and c[0] == "2024-01" and c[2] == "young"
    ]
    assert partners
    shown_again(monkeypatch, *partners)
    with pytest.raises(RefusedError, match=r"not proven to stay open.*\[group-disclosure\]"):
        built(tmp_path / "weak", "group_disclosure = true", people=EVERYBODY, more=LATER)


def test_such_a_category_that_an_earlier_release_shows_must_be_accepted_by_name(tmp_path):
    _, first = built(tmp_path / "first", KEEP, people=EVERYBODY, more=LATER)
    (tmp_path / "next").mkdir()
    lines = (after(tmp_path / "next", first), 'group_disclosure = ["age"]')
    with pytest.raises(RefusedError, match="previous-shown"):
        built(tmp_path / "next", *lines, people=EVERYBODY, more=LATER)
    accept = KEEP.replace("keep", "accept")
    _, out = built(tmp_path / "next", *lines, accept, people=EVERYBODY, more=LATER)
    assert statuses(out)[HOLDS_ALL] == "primary"


def test_such_a_category_holds_for_people_who_are_alone_too(tmp_path, monkeypatch):
    """The one of S1 and the none of S2 hide each other from strangers, while all else of South is kept."""
    people = [p for p in EVERYBODY if p[1:] != ("S1", "1970-05-05")]
    people += [(1, "S1", "1970-05-05"), (30, "S3", "2000-05-05"), (9, "S3", "1970-05-05")]
    south = {"people": people, "more": LATER, "regions": REGIONS + "S3,S,South three\n"}
    asked = "group_disclosure = true"
    result, _ = built(tmp_path / "good", asked, "singletons = true", **south)
    assert (result.exact, result.narrowed) == (0, 0)
    keep = "keep = [" + ", ".join(f'{{ region = "{code}" }}' for code in ("S", "S3")) + "]"
    keep += '\nrange = "not-exact"'
    whole = _steady.suppress
    monkeypatch.setattr(
        _steady, "suppress", lambda task, **options: whole(without(task, alone=None), **options)
    )
    assert built(tmp_path / "strangers", asked, keep, **south)
    with pytest.raises(RefusedError, match=r"figures that hold everybody.*alone in.*\[singleton\]"):
        built(tmp_path / "insiders", asked, "singletons = true", keep, **south)
