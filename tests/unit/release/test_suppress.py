"""Suppression of a release: the keys of the spec, what is refused, and what a weakened protector meets."""

from dataclasses import replace

import numpy as np
import pytest

from prikk.errors import RefusedError, SpecError
from prikk.pipeline import build
from prikk.register import EngineSettings
from prikk.release import _steady
from prikk.steps import Silent
from support import REGION, SPEC, csv_rows, edited, project

SETTINGS = EngineSettings(memory_limit=None, threads=None)
SUPPRESS = edited(SPEC, ('method = "primary-only"', 'method = "suppress"'), ("allow_unprotected = true", ""))
# region N, S; people by region and age, so that one small cell stands in a table of ordinary ones
PEOPLE = [
    (40, "N1", "2000-05-05"),
    (2, "N1", "1970-05-05"),
    (30, "N2", "2000-05-05"),
    (25, "N2", "1970-05-05"),
    (20, "S1", "2000-05-05"),
    (15, "S1", "1970-05-05"),
    (11, "S2", "2000-05-05"),
    (12, "S2", "1970-05-05"),
]
REGIONS = REGION + "S2,S,South two\n"
BY_AGE = ('levels = ["county"]\n', "")  # the finest cells are printed


def built(folder, *changes):
    from support import rows  # noqa: PLC0415

    spec = edited(SUPPRESS, BY_AGE, *changes)
    path = project(
        folder,
        spec=edited(spec, ('total = { en = "Total {age:lower}" }', TOTALS)),
        region=REGIONS,
        register=rows(*PEOPLE),
    )
    return build(path, folder / "out", settings=SETTINGS, steps=Silent()), folder / "out"


TOTALS = 'total = { en = "Total {age:lower}" }\nsubtotal = { en = "Total {region}" }'
KEEP = "threshold = 4"


def test_a_suppressed_release_passes_its_audit_and_says_why_each_figure_is_hidden(tmp_path):
    result, out = built(tmp_path)
    assert (result.primary, result.exact, result.narrowed) == (2, 0, 0)
    assert result.secondary > 0
    reasons = {row["status"]: row["reason"] for row in csv_rows(out / "internal" / "cells.csv")}
    assert reasons["primary"] == "falls under the rule"
    assert reasons["secondary"].startswith("helps to protect")
    assert reasons["published"] == ""


def test_finest_cells_that_no_table_prints_are_protected_too(tmp_path):
    spec = edited(SUPPRESS)
    register = [(3, "N1", "2000-05-05"), *PEOPLE[2:]]
    from support import rows  # noqa: PLC0415

    path = project(tmp_path, spec=spec, region=REGIONS, register=rows(*register))
    result = build(path, tmp_path / "out", settings=SETTINGS, steps=Silent())
    assert (result.primary, result.exact, result.narrowed) == (2, 0, 0)


def test_what_must_be_kept_stays_shown(tmp_path):
    plain, _ = built(tmp_path / "plain")
    _, out = built(tmp_path / "kept", (KEEP, 'threshold = 4\nkeep = ["table:1"]'))
    rows = csv_rows(out / "internal" / "cells.csv")
    assert all(row["status"] == "published" for row in rows if row["age"] == "TOTAL")
    assert plain.loss is not None


def test_a_figure_can_be_hidden_by_name(tmp_path):
    _, out = built(
        tmp_path, (KEEP, 'threshold = 4\nhide = [{ region = "S1", age = "old", period = "2024-01" }]')
    )
    rows = csv_rows(out / "public" / "cells.csv")
    named = [r for r in rows if (r["period"], r["region"], r["age"]) == ("2024-01", "S1", "old")]
    assert [r["status"] for r in named] == ["*"]


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ('keep = ["table:3"]', "there is no 'table:3': the spec has 2"),
        ('keep = [{ colour = "red" }]', "'colour' is not a dimension"),
        ('hide = [{ region = "XX" }]', "'XX' is not a code of 'region'"),
    ],
)
def test_a_selector_that_names_nothing_is_told(tmp_path, key, message):
    with pytest.raises(SpecError, match=message):
        built(tmp_path, (KEEP, f"threshold = 4\n{key}"))


def test_a_selector_of_a_code_that_nobody_has_is_told(tmp_path):
    spec = edited(SUPPRESS, (KEEP, f'{KEEP}\nhide = [{{ region = "S3" }}]'))
    path = project(tmp_path, spec=spec, region=f"{REGION}S3,S,South three\n")
    with pytest.raises(SpecError, match="is no published figure"):
        build(path, tmp_path / "out", settings=SETTINGS, steps=Silent())


def test_a_figure_that_what_is_kept_gives_away_stops_the_build_and_names_the_remedy(tmp_path):
    keep = 'threshold = 4\nkeep = [{ region = "N2" }, { region = "N" }, { age = "TOTAL" }]'
    with pytest.raises(RefusedError, match=r"Take out of protection\.keep: \{ period ="):
        built(tmp_path, (KEEP, keep))
    assert not (tmp_path / "out" / "public").exists()


def test_a_weakened_protector_is_caught_by_the_audit(tmp_path, monkeypatch):
    whole = _steady.suppress

    def weakened(*args, **kwargs):
        found = whole(*args, **kwargs)
        status = found.status.copy()
        status[np.flatnonzero(status == 2)[:1]] = 0
        return replace(found, status=status)

    monkeypatch.setattr(_steady, "suppress", weakened)
    with pytest.raises(RefusedError, match="leak"):
        built(tmp_path)
    assert not (tmp_path / "out" / "public").exists()


def test_a_forged_witness_proves_nothing(tmp_path, monkeypatch):
    """Nothing is hidden beside the primaries, and the witnesses claim that all is well."""
    whole = _steady.suppress

    def forged(*args, **kwargs):
        found = whole(*args, **kwargs)
        return replace(found, status=np.where(found.status == 2, 0, found.status).astype(np.uint8))

    monkeypatch.setattr(_steady, "suppress", forged)
    with pytest.raises(RefusedError, match="leak"):
        built(tmp_path)
