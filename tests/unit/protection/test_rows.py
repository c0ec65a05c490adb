"""Rows: what is read, and everything that is wrong with them at once, without a true value."""

import pyarrow as pa
import pytest

from prikk.errors import ProtectError
from unit.protection.kit import AGE, DIMS, LEAVES, REGION, findings, frame, task, values

HEADER = "region,age,freq\n"


def written(folder, text):
    path = folder / "t.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_file_is_read_whatever_separates_its_columns(tmp_path, separator):
    rows = [("region", "age", "freq"), *((*codes, str(v)) for codes, v in LEAVES.items())]
    path = written(tmp_path, "".join(separator.join(row) + "\n" for row in rows))
    assert values(task(path)) == values(task(frame(LEAVES)))


def test_everything_wrong_is_told_at_once_with_its_lines_and_without_a_value(tmp_path):
    text = "N9,young,3\nN1,yung,4\nN1,old,-777\nN2,old,7.25\nS1,old,88x\nS1,young,\nS2,old,9e15\n"
    found = findings(written(tmp_path, HEADER + text))
    assert list(found) == [
        "count-not-number", "count-negative", "count-fractional", "count-too-large", "code-unknown",
    ]  # fmt: skip
    assert "line 6, line 7" in found["count-not-number"]
    assert "line 4" in found["count-negative"]
    assert "Nearest: 'young'" in found["code-unknown"]
    assert not any(value in text for value in ("777", "7.25", "88x", "9e15") for text in found.values())


def test_unknown_codes_of_every_column_are_told():
    found = task_errors(frame({("N9", "x"): 1, ("N1", "old"): 2}))
    assert [f.what.split(" are not")[0] for f in found] == ["1 codes of 'region'", "1 codes of 'age'"]


def task_errors(rows):
    with pytest.raises(ProtectError) as caught:
        task(rows)
    return caught.value.findings


def test_columns_are_missing_unknown_or_double():
    rows = pa.table([["N1"], ["old"], [3], [1]], names=["region", "Age", "n", "n"])
    assert set(findings(rows)) == {"column-missing", "column-twice", "dim-missing"}
    assert findings(frame(LEAVES, sex=["f"] * len(LEAVES)))["dim-missing"].count("'sex'") == 1
    assert len(task(frame(LEAVES, sex=["f"] * len(LEAVES)), ignore=("sex",)).table) == 27


def test_a_torn_line_is_told_by_its_number_and_not_by_its_content(tmp_path):
    path = written(tmp_path, HEADER + "N1,old,5\nN1,young,1,234\n")
    found = findings(path)
    assert list(found) == ["row-torn"]
    assert "line 3" in found["row-torn"]
    assert "234" not in found["row-torn"]


def test_a_row_given_twice_is_told(tmp_path):
    found = findings(written(tmp_path, HEADER + "N1,old,5\nN2,old,7\nN1,old,5\n"))
    assert found == {"row-twice": "t.csv: 1 rows have the codes of an earlier one: line 4 (N1, old)."}


@pytest.mark.parametrize("text", [HEADER, ""])
def test_an_empty_file_is_told(tmp_path, text):
    assert set(findings(written(tmp_path, text))) <= {"table-empty", "file-unreadable"}


def test_rows_of_totals_alone_are_no_table():
    assert set(findings(frame({("T", "all"): 0}))) == {"table-empty"}


def test_faults_of_hierarchies_rows_and_tables_come_together():
    dims = {"region": REGION, "age": [*AGE, ("old", "all")]}
    found = findings(frame({("N9", "old"): -1}), dims, threshold=1)
    assert list(found) == ["setting", "hierarchy-twice", "count-negative", "code-unknown"]


@pytest.mark.parametrize("kind", [pa.int8(), pa.uint32(), pa.float64(), pa.decimal128(25, 2), pa.string()])
def test_counts_may_be_of_any_kind(kind):
    rows = frame(LEAVES)
    rows = rows.set_column(2, "freq", rows["freq"].cast(kind))
    assert values(task(rows)) == values(task(frame(LEAVES)))


def test_codes_may_be_numbers_or_categories():
    rows = pa.table({"a": [1, 2], "b": pa.array(["x", "x"]).dictionary_encode(), "freq": [5, 6]})
    dims = {"a": [(0, None), (1, 0), (2, 0)], "b": [("T", ""), ("x", "T")]}
    assert values(task(rows, dims))["0", "T"] == 11


def test_a_cost_is_a_column_summed_up_and_above_0():
    asked = task(frame(LEAVES, price=[2.0] * len(LEAVES)), cost="price")
    assert asked.cost[asked.table.find(asked.table.coords[:1] * 0)[0]] == 2.0 * len(LEAVES)
    prices = [0.0, -1.0, None, *[1.0] * (len(LEAVES) - 3)]
    assert "3 entries" in findings(frame(LEAVES, price=prices), cost="price")["cost-not-positive"]
    assert set(findings(frame(LEAVES), cost="pirce")) == {"column-missing"}


def test_without_a_dimension_nothing_is_read():
    assert "dim-missing" in findings(frame(LEAVES), {"none": DIMS["age"]})
