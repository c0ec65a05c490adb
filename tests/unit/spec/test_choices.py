"""The choices of suppression: what the keys take, and what they may stand beside."""

import pytest

from prikk.spec import load_spec, read_spec
from support import SPEC, edited, project

SUPPRESS = edited(SPEC, ('method = "primary-only"', 'method = "suppress"'), ("allow_unprotected = true", ""))
KEY = "threshold = 4"


def found(folder, *lines, spec=SUPPRESS):
    return read_spec(project(folder, spec=edited(spec, (KEY, "\n".join((KEY, *lines))))))


def test_all_choices_together_are_read(tmp_path):
    lines = (
        'together = [{ age = ["young", "old"] }, { region = "*", period = "2024-01" }]',
        "steady = 0.3",
        'previous = "earlier/public"',
        "singletons = true",
    )
    spec, findings = found(tmp_path, *lines)
    assert findings == []
    protection = spec.protection
    assert protection.together == ({"age": ("young", "old")}, {"region": "*", "period": "2024-01"})
    assert (protection.steadiness, protection.previous, protection.singletons) == (
        0.3,
        "earlier/public",
        True,
    )


@pytest.mark.parametrize(
    ("lines", "steadiness"),
    [
        ((), 0.0),
        (('previous = "x"',), 0.5),
        (("steady = 0.2", 'previous = "x"'), 0.2),
        (("steady = 0",), 0.0),
    ],
)
def test_an_earlier_release_asks_for_steadiness_unless_the_spec_says_how_much(tmp_path, lines, steadiness):
    assert found(tmp_path, *lines)[0].protection.steadiness == steadiness


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('together = [{ agee = "*" }]', "protection.together[1]: 'agee' is not a dimension."),
        ("together = [{ age = [] }]", "protection.together[1].age"),
        ("together = [{}]", "protection.together[1]"),
        ("steady = 1", "protection.steady"),
        ("steady = -0.1", "protection.steady"),
        ('previous = ""', "protection.previous"),
        ('singletons = "yes"', "protection.singletons: 'yes': input should be a valid boolean."),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path, line, message):
    findings = found(tmp_path, line)[1]
    assert any(message in str(f) for f in findings), [str(f) for f in findings]
    assert all(f.fix for f in findings)


def test_where_nothing_is_suppressed_every_key_that_says_how_is_told_at_once(tmp_path):
    lines = ('together = [{ age = "*" }]', "steady = 0.5", 'previous = "x"', "singletons = true")
    lines = (*lines, "group_disclosure = true")
    findings = found(tmp_path, *lines, spec=SPEC)[1]
    assert [f.code for f in findings] == ["protection-method"] * 5
    assert "together" in findings[0].where
    assert 'set method = "suppress"' in findings[0].fix


def test_what_people_who_are_alone_know_needs_totals_that_are_sums(tmp_path):
    spec = edited(SUPPRESS, ('source = "register.csv"', 'source = "register.csv"\nunit = "person"'))
    (finding,) = found(tmp_path, "singletons = true", spec=spec)[1]
    assert finding.code == "singletons-unit"


def test_a_spec_without_them_asks_for_nothing_more(tmp_path):
    protection = load_spec(project(tmp_path, spec=SUPPRESS)).protection
    assert (protection.together, protection.steadiness, protection.singletons) == ((), 0.0, False)


def test_the_dimensions_whose_categories_tell_something_are_all_or_those_named(tmp_path):
    assert found(tmp_path, "group_disclosure = true")[0].disclosing == ("region", "age")
    assert found(tmp_path, 'group_disclosure = ["age"]')[0].disclosing == ("age",)
    assert found(tmp_path, "group_disclosure = false")[0].disclosing == found(tmp_path)[0].disclosing == ()


def test_what_group_disclosure_cannot_stand_beside_is_told_at_once(tmp_path):
    lines = ('group_disclosure = ["agee", "period"]', 'zeros = "shown"', 'attacker = "full"')
    findings = found(tmp_path, *lines)[1]
    kinds = ["group-disclosure-dimension"] * 2 + ["group-disclosure-zeros", "group-disclosure-attacker"]
    assert [f.code for f in findings] == kinds
    assert "Nearest: 'age'" in findings[0].fix
    assert found(tmp_path, "group_disclosure = []")[1]
