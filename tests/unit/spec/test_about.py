"""What a release says of itself, and what it may not say."""

import datetime as dt

import pytest

from prikk.spec import read_spec
from support import SPEC, edited, project

ABOUT = """
unit = { en = "People" }
publisher = { en = "The office" }
contact = { name = { en = "The desk" }, email = "desk@example.org" }
licence = { name = "CC BY 4.0", url = "https://creativecommons.org/licenses/by/4.0/" }
url = "https://example.org/x"
keywords = { en = ["work"] }
published = 2024-03-01T08:00:00+01:00
next = 2024-04-01
formats = ["csv", "px"]
preliminary = ["2024-02"]
revised = ["2024-01"]
"""
NOTES = """
[[notes]]
text = { en = "For all." }

[[notes]]
text = { en = "At one figure." }
kind = "break"
at = { region = "N1", period = "2024-02" }

[[definitions]]
term = { en = "Person" }
text = { en = "Somebody." }

[[tables]]"""


def found(folder, about="", notes="[[tables]]"):
    text = edited(SPEC, ("[register]", f"{about}\n[register]"))
    return read_spec(project(folder, spec=text.replace("[[tables]]", notes, 1)))


def test_all_of_it_is_read(tmp_path):
    spec, findings = found(tmp_path, ABOUT, NOTES)
    assert findings == []
    assert spec.release.published == dt.datetime(2024, 3, 1, 7, tzinfo=dt.UTC)
    assert (spec.release.next_release, spec.release.formats) == (dt.date(2024, 4, 1), ("csv", "px"))
    assert [n.kind for n in spec.notes] == ["note", "break"]
    assert spec.definitions[0].term == {"en": "Person"}


@pytest.mark.parametrize(
    ("about", "notes", "code", "what"),
    [
        ('preliminary = ["2024-09"]', "", "about-period", "'2024-09' is no period"),
        ("published = 2024-03-01T08:00:00", "", "spec-value", "timezone"),
        ("published = 2024-03-01T08:00:00Z\nnext = 2024-03-01", "", "about-next", "not after"),
        ('contact = { name = { en = "x" }, email = "nobody" }', "", "spec-value", "nobody"),
        ('licence = { name = "x", url = "javascript:alert(1)" }', "", "spec-value", "javascript"),
        ('formats = ["docx"]', "", "spec-value", "docx"),
        ('agency = "47 NAV"', "", "spec-value", "47 NAV"),
        ('formats = ["csvw"]', "", "about-formats", "'csv'"),
        ('publisher = { nb = "x" }', "", "text-language", "'en'"),
        ("", 'text = { en = "x" }\ntable = 9', "note-table", "no table 9"),
        ("", 'text = { en = "x" }\ndimension = "regio"', "note-dimension", "'regio'"),
        ("", 'text = { en = "x" }\nat = { period = "2030-01" }', "note-period", "2030-01"),
        ("", 'text = { en = "x" }\ntable = 1\ndimension = "age"', "note-place", "table, dimension"),
        ("", 'text = { nb = "x" }', "text-language", "'en'"),
    ],
)
def test_what_cannot_be_is_found_with_its_place(tmp_path, about, notes, code, what):
    _, findings = found(tmp_path, about, f"[[notes]]\n{notes}\n\n[[tables]]" if notes else "[[tables]]")
    assert [f.code for f in findings] == [code]
    assert what in findings[0].what
    assert "release.toml" in findings[0].where


def test_an_invented_column_may_not_be_one_of_the_figures(tmp_path):
    text = edited(SPEC, ("[protection]", "[synth.invented]\nregion = { a = 1 }\n\n[protection]"))
    _, findings = read_spec(project(tmp_path, spec=text))
    assert [f.code for f in findings] == ["synth-column"]
