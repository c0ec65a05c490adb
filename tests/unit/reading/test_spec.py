"""``audit.toml``: what it takes, and every finding at once."""

import pytest

from prikk.errors import SpecError
from prikk.reading import load_audit_spec
from unit.reading.kit import cells, grid, reading

WHOLE = """
ignore = "Om tabellene"
[rule]
threshold = 5
zeros = "shown"
symbols = ["*", ":"]
missing = [".."]
nil = "-"
rounding = 1
unit = "additive"
listed = "all"
[dimensions.region]
names = ["Kommune", "Fylke"]
classification = "region.csv"
total = "Hele fylket"
[dimensions."Kjønn"]
labels = { "Herrer" = "M" }
parents = { "M" = "Alle" }
complete = true
absent = "total"
[columns]
"I fjor" = "ignore"
[[percentages]]
columns = "Prosent"
base = "Kjønn"
"""


def write(tmp_path, text):
    path = tmp_path / "audit.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_key_is_taken(tmp_path):
    spec = load_audit_spec(write(tmp_path, WHOLE))
    assert spec.rule.symbols == ("*", ":")
    assert spec.rule.nil == ("-",)
    assert spec.classifications() == (("region", tmp_path / "region.csv"),)
    assert spec.percentages[0].per == 100


def test_all_findings_come_at_once(tmp_path):
    text = '[rule]\nthreshold = 1\nsymbol = "*"\n[dimensions.a]\ncomplet = true\n[columns]\nX = "counts"\n[[percentages]]\ncolumns = "P"'
    with pytest.raises(SpecError) as error:
        load_audit_spec(write(tmp_path, text))
    said = {(f.code, f.where) for f in error.value.findings}
    assert said == {
        ("spec-value", "audit.toml, rule.threshold"),
        ("spec-unknown-key", "audit.toml, rule.symbol"),
        ("spec-unknown-key", "audit.toml, dimensions.a.complet"),
        ("spec-value", "audit.toml, columns.X"),
        ("spec-missing-key", "audit.toml, percentages.0.base"),
    }
    assert any("Nearest: 'symbols'" in f.fix for f in error.value.findings)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[rule", "spec-syntax"),
        ('folder = "x"', "spec-unknown-key"),
        ('[rule]\nsymbols = "*"\nnil = "*"', "sign-twice"),
        ('[dimensions.a]\nnames = "X"\n[dimensions.b]\nnames = "X"', "name-twice"),
    ],
)
def test_what_cannot_be_used_is_a_finding(tmp_path, text, code):
    with pytest.raises(SpecError) as error:
        load_audit_spec(write(tmp_path, text))
    assert [f.code for f in error.value.findings] == [code]


def test_a_missing_file_is_a_finding(tmp_path):
    with pytest.raises(SpecError) as error:
        load_audit_spec(tmp_path / "audit.toml")
    assert error.value.findings[0].code == "spec-missing"


def test_names_labels_and_totals_bind_axes(tmp_path):
    text = '[dimensions.sex]\nnames = ["Hvem", "Gruppe"]\ntotal = "Samlet"\nlabels = { "Herrer" = "M", "Menn" = "M" }'
    spec = load_audit_spec(write(tmp_path, text))
    first = grid("Hvem | 2020\nHerrer | 9\nDamer | *\nSamlet | 12", "A")
    second = grid("Gruppe | 2021\nMenn | 8\nDamer | *\nSamlet | 11", "B")
    found = reading(first, second, spec=spec)
    sexes = next(h for h in found.publication.table.hierarchies if h.name == "sex")
    assert sexes.codes == ("TOTAL", "M", "Damer")
    assert cells(found)["2020",] == 12
