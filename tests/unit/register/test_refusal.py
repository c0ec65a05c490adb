"""What is said when too many rows were rejected, and what is never said."""

import datetime as dt

import pytest

from prikk.register import refusal
from unit.register.kit import project, spells, write_csv, write_parquet

D = dt.date


def told(made):
    with made.open() as register:
        error = refusal(register, made.spec)
    return None if error is None else [str(f) for f in error.findings]


def test_counts_by_reason_tell_why_a_register_is_refused(tmp_path):
    write_parquet(tmp_path / "register.parquet", spells({}, {"start": None}, {"pid": "T1", "born": None}))
    assert told(project(tmp_path)) == [
        "register: 2 of 3 rows were rejected (date-missing 2, duplicate 1), more than max_rejects = 0. "
        "See internal/rejects.csv. Mend the register or raise register.max_rejects. [rejects]"
    ]


@pytest.mark.parametrize(("allowed", "refused"), [(0, True), (1, True), (2, False), (3, False)])
def test_as_many_rejects_as_are_allowed_are_no_refusal(tmp_path, allowed, refused):
    write_parquet(tmp_path / "register.parquet", spells({}, {"start": None}, {"start": None}))
    assert (told(project(tmp_path, max_rejects=allowed)) is not None) is refused


def test_an_unknown_code_of_three_people_is_named_with_the_nearest(tmp_path):
    write_parquet(tmp_path / "register.parquet", spells(*[{"region": "03O1"}] * 3))
    (_, finding) = told(project(tmp_path))
    assert finding == (
        "register, column region: code '03O1' is not in 'place' (3 rows). "
        "Correct the rows, or add the code to the classification. Nearest: '0301'. [code-unknown]"
    )


@pytest.mark.parametrize(
    "rows",
    [
        [{"region": "Ola Nordmann"}] * 2,
        [{"region": "Ola Nordmann", "who": "P1"}] * 5,
        [{"region": "Ola Nordmann bor i Storgata 1"}] * 5,
        [{"region": "Ola Nordmann"}] * 5 + [{"region": f"name {i}"} for i in range(60)],
    ],
)
def test_what_could_be_a_person_is_not_named(tmp_path, rows):
    write_parquet(tmp_path / "register.parquet", spells(*rows))
    (_, finding) = told(project(tmp_path))
    assert "Ola" not in finding
    assert "not in 'place'" in finding
    assert "check that dimensions.place.column is the right one" in finding


def test_at_most_five_codes_are_named_the_most_frequent_first(tmp_path):
    rows = [{"region": f"X{i}"} for i in range(7) for _ in range(3 + i)]
    write_parquet(tmp_path / "register.parquet", spells(*rows))
    found = told(project(tmp_path))[1:]
    assert [f.split("'")[1] for f in found] == ["X6", "X5", "X4", "X3", "X2"]


def test_no_id_person_or_date_of_anybody_is_in_the_refusal(tmp_path):
    secret = {"pid": "ID-0917", "who": "01029012345"}
    bad = [{"born": "1987-06-05"}, {"start": "2022-02-31"}, {"end": "2011-11-11"}, {"region": "K-77"}, {}, {}]
    write_csv(tmp_path / "register.csv", spells(*[secret | b for b in bad]))
    text = " ".join(told(project(tmp_path, source="register.csv")))
    assert not [s for s in ("0917", "01029", "1987", "02-31", "11-11", "K-77") if s in text]
