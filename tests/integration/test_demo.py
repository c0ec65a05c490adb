"""The main job: published figures to a register and back, figure for figure."""

from pathlib import Path

import pytest

import prikk
from prikk import projects
from prikk.steps import Silent
from support import csv_rows

SHARED = Path(__file__).parents[3] / "shared" / "seed" / "tables.csv"


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "demo"
    return folder, *projects.demo(folder, steps=Silent())


def test_the_demo_equals_the_publication_in_every_row_figure_label_and_bold(demo):
    folder, _, result, _ = demo
    published, made = (
        csv_rows(folder / part / "tables.csv") for part in ("published", "as-published/public")
    )
    assert made == published
    assert list(made[0]) == list(published[0])
    assert (len(made), result.tables, result.figures, result.cells) == (
        1063,
        56,
        7441,
        6013,
    )


@pytest.mark.skipif(not SHARED.exists(), reason="the shared seed is not here")
def test_the_published_figures_in_the_example_are_those_of_the_seed(demo):
    assert (demo[0] / "published" / "tables.csv").read_bytes() == SHARED.read_bytes()


def test_the_synthetic_register_passes_its_own_checks(demo):
    _, made, _, result = demo
    assert (result.rejected, result.register_rows) == (0, made.participations)


def test_no_hidden_value_is_in_a_public_text_file_of_its_row(demo):
    """A hidden cell's line in the long file ends with an empty value and the symbol."""
    _, _, before, after = demo
    for result in (before, after):
        lines = (result.out / "public" / "cells.csv").read_text().splitlines()[1:]
        hidden = [line for line in lines if line.endswith(",*")]
        assert len(hidden) == result.hidden
        assert all(line.endswith(",,*") for line in hidden)


def test_every_star_of_the_publication_is_protected_and_nothing_shown_is_changed(demo):
    _, _, before, after = demo
    assert (before.primary, before.secondary, before.exact > 0) == (1217, 0, True)
    assert (after.primary, after.exact, after.narrowed, after.secondary > 0) == (1217, 0, 0, True)
    one, other = (csv_rows(r.out / "public" / "cells.csv") for r in (before, after))
    assert all(b == a or b["status"] == "*" for a, b in zip(one, other, strict=True))


def test_the_written_release_alone_passes_an_audit(demo):
    """The attack starts from the public file: no witness, no hint, no true value."""
    report = prikk.audit(demo[3].out / "public" / "cells.csv", threshold=4, zeros="hidden")
    assert (report.summary.hidden, report.summary.exact) == (demo[3].hidden, 0)


def test_a_changed_demo_is_not_overwritten(demo, tmp_path):
    folder = tmp_path / "demo"
    folder.mkdir()
    (folder / "release.toml").write_text("my own work")
    with pytest.raises(Exception, match="Choose another folder"):
        projects.demo(folder, steps=Silent())
