"""Whatever the rows: none is lost, and every bad one is found."""

import datetime as dt
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from unit.register.kit import kept, project, rejects, spells, write_parquet

D = dt.date
DAYS = st.one_of(st.none(), st.dates(D(2021, 12, 1), D(2022, 5, 1)))
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "pid": st.sampled_from(["T1", "T2", "", None]),
        "who": st.sampled_from(["P1", " ", None]),
        "start": DAYS,
        "end": DAYS,
        "born": st.one_of(st.none(), st.dates(D(1950, 1, 1), D(2022, 6, 1))),
        "region": st.sampled_from(["0301", "3001", "3002", "V", "x", "", None]),
    },
)
PLANTS = {
    "empty-key": {"who": None},
    "date-missing": {"start": None},
    "end-before-start": {"end": D(2000, 1, 1)},
    "birth-after-start": {"born": D(2022, 1, 11)},
    "code-missing": {"region": ""},
    "code-unknown": {"region": "O'x"},
    "code-not-finest": {"region": "O"},
    "code-not-valid": {"region": "3001"},
    "outside-bands": {"born": D(1940, 1, 1)},
    "duplicate": {"pid": "T1"},
}
VALID = {"3001": (D.min, D(2022, 2, 28)), "3002": (D(2022, 3, 1), D.max), "0301": (D.min, D.max)}
DATES = [D(2022, 1, 31), D(2022, 2, 28), D(2022, 3, 31)]
few = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def run(rows):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_parquet(folder / "register.parquet", rows)
        with project(folder).open() as register:
            return register.rows, register.rejected, kept(register), rejects(register, folder)


def expected(rows):
    """The rows to reject, worked out one by one in Python."""
    seen = set()
    for number, row in enumerate(rows, start=1):
        bad = not (row["pid"] or "").strip() or not (row["who"] or "").strip()
        bad |= row["start"] is None or row["born"] is None or row["region"] not in VALID
        bad |= row["pid"] in seen
        seen.add(row["pid"])
        if not bad:
            start, end = row["start"], row["end"] or D.max
            low, high = VALID[row["region"]]
            on = [day for day in DATES if start <= day <= end]
            ages = [
                (d.year - row["born"].year) - ((d.month, d.day) < (row["born"].month, row["born"].day))
                for d in on
            ]
            bad = end < start or row["born"] > start or any(not low <= day <= high for day in on)
            bad |= any(not 16 <= age <= 66 for age in ages)
        if bad:
            yield str(number)


@few
@given(st.lists(CHANGES, min_size=1, max_size=8))
def test_a_row_is_either_kept_or_rejected(changes):
    rows, rejected, good, findings = run(spells(*changes))
    assert rows == len(changes) == len(good) + rejected
    assert rejected == len({f[0] for f in findings})
    assert len(set(findings)) == len(findings)


@few
@given(st.lists(CHANGES, min_size=1, max_size=8))
def test_the_rows_that_are_rejected_are_those_that_the_definitions_say(changes):
    made = spells(*changes)
    assert list(dict.fromkeys(f[0] for f in run(made)[3])) == list(expected(made))


@few
@given(st.sampled_from(sorted(PLANTS)), st.integers(1, 30), st.integers(0, 30))
def test_a_planted_bad_row_is_always_found(reason, before, after):
    rows = spells(*[{}] * before, PLANTS[reason], *[{}] * after)
    assert [(f[0], f[3]) for f in run(rows)[3]] == [(str(before + 1), reason)]
