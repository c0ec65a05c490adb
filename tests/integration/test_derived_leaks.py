"""A derived figure that gives a hidden one away is found, and the build refuses."""

from dataclasses import replace

import numpy as np
import pytest

from prikk import pipeline
from prikk.errors import RefusedError
from prikk.register import EngineSettings
from prikk.release import publish
from prikk.steps import Silent
from support import SPEC, csv_rows, edited, project, rows

ENGINE = EngineSettings(memory_limit=None, threads=None)
SUPPRESS = (
    ('method = "primary-only"\nallow_unprotected = true\n', 'method = "suppress"\n'),
    ('stub = ["region"]\nlevels = ["county"]\ntotal = { en = "Total {age:lower}" }', 'stub = ["region"]\nlevels = ["county"]\ntotal = { en = "Total {age:lower}" }\ncolumns = ["figure", "share", "percent"]'),
)  # fmt: skip
PEOPLE = rows(
    (41, "N1", "2000-05-05"), (2, "N2", "1970-05-05"), (30, "S1", "1999-01-31"), (3, "S1", "1960-01-31"),
    (20, "N1", "1970-05-05"), (1, "N2", "2000-05-05"),
)  # fmt: skip


def built(folder, register=PEOPLE):
    spec = project(folder / "toy", spec=edited(SPEC, *SUPPRESS), register=register)
    return pipeline.build(spec, folder / "out", settings=ENGINE, steps=Silent())


def leaking(kinds):
    """Publishing that works shares out from true counts, as a careless office does."""

    def published(cube, pattern, spec, classifications):
        shown = publish(cube, pattern, spec, classifications)
        truth = publish(cube, np.zeros_like(pattern), spec, classifications).derived.to_pylist()
        lines = shown.derived.to_pylist()
        mixed = [t if t["column"] in kinds else line for t, line in zip(truth, lines, strict=True)]
        return replace(shown, derived=type(shown.derived).from_pylist(mixed, schema=shown.derived.schema))

    return published


def test_without_the_leak_it_is_published(tmp_path):
    result = built(tmp_path)
    assert (result.exact, result.narrowed) == (0, 0)
    assert result.hidden
    lines = csv_rows(tmp_path / "out" / "public" / "derived.csv")
    assert {line["status"] for line in lines} >= {"", "*"}


@pytest.mark.parametrize("kinds", [("share",), ("percent",)])
def test_a_percentage_from_true_counts_is_refused_and_nothing_is_written(tmp_path, monkeypatch, kinds):
    monkeypatch.setattr(pipeline, "publish", leaking(kinds))
    with pytest.raises(RefusedError) as caught:
        built(tmp_path)
    assert [f.code for f in caught.value.findings] == ["leaks", "derived"]
    assert not (tmp_path / "out" / "public").exists()
    assert (tmp_path / "out" / "internal" / "audit.html").exists()


def test_a_wrong_derived_figure_contradicts_the_others_and_is_refused(tmp_path, monkeypatch):
    def wrong(cube, pattern, spec, classifications):
        shown = publish(cube, pattern, spec, classifications)
        lines = shown.derived.to_pylist()
        place = next(i for i, line in enumerate(lines) if line["value"] not in (None, 100))
        lines[place]["value"] += 1
        return replace(shown, derived=type(shown.derived).from_pylist(lines, schema=shown.derived.schema))

    monkeypatch.setattr(pipeline, "publish", wrong)
    with pytest.raises(RefusedError):
        built(tmp_path)
