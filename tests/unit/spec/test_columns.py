"""Which columns a table can have, and what a release must hold for them."""

import pytest

from prikk.spec import read_spec
from support import SPEC, edited, project

YEARS = ('from = "2024-01", to = "2024-02"', 'from = "2023-01", to = "2024-02"')
RATE = 'rate = { of = "berths", per = 1000, label = { en = "berths" } }'


def found(folder, extra, *changes):
    text = edited(SPEC, *changes, ('total = { en = "Total" }\n', f'total = {{ en = "Total" }}\n{extra}\n'))
    return read_spec(project(folder, spec=text))


@pytest.mark.parametrize(
    ("extra", "changes", "message"),
    [
        ('columns = ["figure", "figure"]', (), "a column is named twice"),
        ('columns = ["change_year"]', (), "'change_year' needs the period a year earlier"),
        ('columns = ["mean"]', (), "'mean' needs a whole calendar year"),
        ('periods = "years"\ncolumns = ["mean"]', (), "the release has none"),
        ('columns = ["change"]', (('to = "2024-02"', 'to = "2024-01"'),), "'change' needs an earlier period"),
        ('columns = ["figure", "rate"]', (), "a rate needs both"),
        (RATE, (), "a rate needs both"),
        (RATE.replace("en =", "nb ="), (), "there is no text in 'en'"),
        ('columns = ["growth"]', (), "tables[1].columns"),
        ("columns = []", (), "tables[1].columns"),
        ('columns = ["mean"]', (('every = "month"', 'every = "month", step = 3'), ('to = "2024-02"', 'to = "2024-03"')), "not a whole number of steps of 3"),
    ],
)  # fmt: skip
def test_what_no_table_could_print_is_found(tmp_path, extra, changes, message):
    _, findings = found(tmp_path, extra, *changes)
    assert any(message in str(f) for f in findings), findings


def test_what_a_table_can_print_is_taken(tmp_path):
    extra = f'columns = ["figure", "mean", "rate"]\nperiods = "years"\n{RATE}'
    spec, findings = found(tmp_path, extra, YEARS)
    assert findings == []
    assert spec.printed(spec.tables[0]) == (11,)
    assert spec.whole_year(11) == tuple(range(12))
    assert spec.whole_year(12) == ()
    assert (spec.a_year_before(12), spec.a_year_before(11)) == (0, None)
    assert spec.printed(spec.tables[1]) == tuple(range(14))


def test_every_so_many_periods(tmp_path):
    spec, findings = found(
        tmp_path,
        'columns = ["change_year"]',
        ('from = "2024-01"', 'from = "2023-02"'),
        ('every = "month"', 'every = "month", step = 12'),
    )
    assert findings == []
    assert [p.code for p in spec.periods] == ["2023-02", "2024-02"]
    assert spec.a_year_before(1) == 0
