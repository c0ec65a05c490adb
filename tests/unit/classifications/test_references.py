"""What a spec names in other files must be there: prikk check finds it, before anybody counts."""

import pytest

from prikk.classifications import load_classifications, read_classifications
from prikk.spec import load_spec
from support import SPEC, edited, project

METHOD = 'method = "primary-only"\nallow_unprotected = true'


def spec_with(folder, *lines, notes=""):
    """The toy spec with some lines in [protection], and notes."""
    text = edited(SPEC, (METHOD, "\n".join(lines)))
    return load_spec(project(folder, spec=text + notes))


def found(folder, *lines, notes=""):
    """The findings of such a spec beyond its own file."""
    return read_classifications(spec_with(folder, *lines, notes=notes))[1]


@pytest.mark.parametrize(
    ("line", "code", "where"),
    [
        ('keep = [{ region = "N9" }]', "selector-code", "release.toml, protection.keep"),
        ('hide = [{ age = "yong" }]', "selector-code", "release.toml, protection.hide"),
        (
            'accept = [{ age = "TOTAL" }, { period = "2024-03" }]',
            "selector-code",
            "release.toml, protection.accept",
        ),
        (
            'together = [{ age = "*" }, { region = ["N1", "N9"] }]',
            "together-code",
            "release.toml, protection.together[2]",
        ),
        ('together = [{ period = ["2024-01", "TOTAL"] }]', "together-code", "release.toml, protection.together[1]"),
    ],
)  # fmt: skip
def test_an_unknown_code_is_told_with_its_place(tmp_path, line, code, where):
    (finding,) = found(tmp_path, line)
    assert (finding.code, finding.where) == (code, where)


def test_a_misspelt_code_is_told_with_the_nearest_one(tmp_path):
    (finding,) = found(tmp_path, 'hide = [{ age = "yong" }]')
    assert finding.what == "'yong' is not a code of 'age'."
    assert finding.fix == "Use a code of its classification, or TOTAL for the total. Nearest: 'young'."


def test_the_codes_of_a_note_are_looked_up_too(tmp_path):
    notes = '\n[[notes]]\ntext = { en = "Closed." }\nat = { region = "N11", period = "2024-01" }\n'
    (finding,) = found(tmp_path, notes=notes)
    assert (finding.code, finding.where) == ("note-code", "release.toml, notes[1].at")
    assert "Nearest: 'N1'." in finding.fix


def test_codes_that_are_there_are_nothing_to_tell(tmp_path):
    lines = (
        'keep = ["table:1", { region = "TOTAL" }]',
        'hide = [{ region = "N", age = "old", period = "2024-02" }]',
        'together = [{ age = ["young", "old"] }, { region = "*" }, { period = "*" }]',
    )
    assert not found(tmp_path, *lines)


def test_all_of_it_is_told_at_once(tmp_path):
    notes = '\n[[notes]]\ntext = { en = "Closed." }\nat = { age = "Old" }\n'
    codes = [f.code for f in found(tmp_path, 'keep = [{ age = "x" }, { region = "x" }]', 'previous = "before"', notes=notes)]  # fmt: skip
    assert codes == ["selector-code", "selector-code", "note-code", "previous-missing"]


@pytest.mark.parametrize(
    ("files", "lacking"),
    [
        ((), ["manifest.json", "cells.csv"]),
        (("manifest.json",), ["cells.csv"]),
        (("manifest.json", "cells.csv"), []),
    ],
)
def test_an_earlier_release_must_hold_cells(tmp_path, files, lacking):
    (tmp_path / "before").mkdir()
    for name in files:
        (tmp_path / "before" / name).write_text("{}", encoding="utf-8")
    findings = found(tmp_path, 'previous = "before"')
    assert [f.code for f in findings] == ["previous-release"] * bool(lacking)
    assert all(name in f.what for f in findings for name in lacking)


def test_classifications_can_be_read_before_the_earlier_release_is_built(tmp_path):
    spec = spec_with(tmp_path, 'previous = "before"')
    assert set(load_classifications(spec)) == set(spec.dimensions)
