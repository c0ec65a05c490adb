"""The spec is read with every finding at once, each with its place and remedy."""

import pytest

from prikk.errors import SpecError
from prikk.spec import load_spec, read_spec
from support import SPEC, edited, project


def findings(tmp_path, *changes):
    return read_spec(project(tmp_path, spec=edited(SPEC, *changes)))[1]


def test_a_good_spec_gives_a_frozen_value_without_findings(tmp_path):
    spec, found = read_spec(project(tmp_path))
    assert found == []
    assert [p.reference.isoformat() for p in spec.periods] == ["2024-01-31", "2024-02-29"]
    with pytest.raises(ValueError, match="frozen"):
        spec.release.id = "x"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ([("threshold = 4", "treshold = 4")], "protection.treshold: 'treshold' is not a key here. Remove it. Nearest: 'threshold'. [spec-unknown-key]"),
        ([('id = "toy"\n', "")], "release.id: 'id' is missing. Add id = …"),
        ([("threshold = 4", 'threshold = "4"')], "protection.threshold: '4': input should be a valid integer."),
        ([("threshold = 4", "threshold = 1")], "protection.threshold: 1: input should be greater than or equal to 2."),
        ([('method = "primary-only"', 'method = "none"')], "protection.method: 'none': input should be 'suppress' or 'primary-only'."),
        ([("[release]", "[release")], "release.toml: it is not readable TOML: "),
        ([('"2024-01"', '"2024-13"')], "release.periods: '2024-13' is not a month. Write it like from = \"2022-01\". [period-format]"),
        ([('"2024-01"', '"2024-03"')], "release.periods: the first period '2024-03' is after the last, '2024-02'. Swap 'from' and 'to'. [period-order]"),
        ([('["en"]', '["en", "nb"]')], "release.title: there is no text in 'nb', which is one of the release's languages."),
        ([("register.csv", "register.sas7bdat")], "register.source: the source's ending tells no kind that prikk reads."),
        ([("register.csv", "https://example.org/x.csv")], "register.source: the source is not a kind that prikk reads."),
        ([("register.csv", "register.duckdb")], 'register: a database needs the name of a table. Add table = "schema.table".'),
        ([(', end = "end"', "")], "register.columns: 'end' is missing, and spells of unit 'participation' need it."),
        ([('column = "region"\n', "")], "dimensions.region: it needs either 'column' or 'derive'."),
        ([('["county", "region"]', '["age", "region"]')], "dimensions.age: the level 'age' is also a level of 'region'."),
        ([('["county", "region"]', '["value", "region"]')], "dimensions.region: 'value' is the name of a column of the output."),
        ([("threshold = 4", 'threshold = 4\nsymbol = "0"')], "protection.symbol: the symbol '0' can be read as a figure or a blank."),
        ([("threshold = 4", 'threshold = 4\nsymbol = "=x"')], "protection.symbol: the symbol '=x' would be a formula in a spreadsheet."),
        ([('for_each = ["age"]', 'for_each = ["agee"]')], "tables[2]: 'agee' is not a dimension. Use one of the dimensions. Nearest: 'age'."),
        ([('for_each = ["age"]', 'for_each = ["region"]')], "tables[2]: a dimension is used twice."),
        ([('levels = ["county"]', 'levels = ["conty"]')], "tables[2].levels: 'conty' is not a level of 'region'."),
        ([('subtotal = { en = "Total {region}" }', "")], "tables[1]: the stub shows several levels, but 'subtotal' is missing."),
        ([("{age:lower}", "{ages}")], "tables[2].total.en: there is no {ages} to put in. Known here: {age}. Correct the name. Nearest: 'age'."),
        ([("{age:lower}", "{age:upper}")], "tables[2].total.en: 'upper' is not a form."),
    ],
)  # fmt: skip
def test_every_mistake_is_told_with_its_place_and_remedy(tmp_path, changes, message):
    found = findings(tmp_path, *changes)
    assert len(found) >= 1
    assert any(message in str(f) for f in found), [str(f) for f in found]
    assert all(f.fix for f in found)


def test_all_findings_come_at_once(tmp_path):
    spec = edited(SPEC, ('["en"]', '["en", "nb"]'), ('"2024-01"', '"x"'), ("{age:lower}", "{ages}"))
    with pytest.raises(SpecError) as raised:
        load_spec(project(tmp_path, spec=spec))
    assert {f.code for f in raised.value.findings} == {"period-format", "text-language", "text-field"}


def test_a_missing_spec_says_how_to_start_one(tmp_path):
    found = read_spec(tmp_path / "release.toml")[1]
    assert "prikk new" in found[0].fix
