"""Long tables, a publisher's own files, and formats that name their dimensions."""

import numpy as np
import pytest

from prikk.tabular import Status
from unit.reading.kit import cells, dataset, frame, grid, reading, sums_of


def test_a_long_table_has_a_dimension_a_column():
    text = "region,sex,year,antall,status\nOslo,M,2020,7,\nOslo,K,2020,,*\nOslo,T,2020,9,\nTotal,T,2020,16,\nTotal,M,2020,9,\nTotal,K,2020,7,"
    found = reading(frame(text))
    assert [h.name for h in found.publication.table.hierarchies] == ["region", "sex", "period"]
    assert cells(found)["Oslo", "K", "2020"] == "primary"


def test_levels_in_columns_of_their_own_are_one_dimension():
    text = "county,town,n\nTOTAL,TOTAL,30\nA,TOTAL,12\nA,A1,7\nA,A2,*\nB,TOTAL,18\nB,B1,9\nB,B2,*"
    found = reading(frame(text))
    assert sums_of(found) == {"TOTAL": {"A", "B"}, "A": {"A1", "A2"}, "B": {"B1", "B2"}}


def test_a_column_that_only_groups_helps_to_find_the_total():
    rows = [
        "Landet,Landet,",
        "Fylker,Ost,",
        "Fylker,Vest,",
        "Kommuner i Ost,O1,",
        "Kommuner i Ost,O2,",
        "Kommuner i Ost,O3,",
    ]
    values = {"M": (900, 500, 400, 200, 190, 110), "K": (777, 444, 333, 111, 122, 211)}
    lines = [f"{r}{s},{v}" for s, own in values.items() for r, v in zip(rows, own, strict=True)]
    found = reading(frame("level,region,sex,n\n" + "\n".join(lines) + "\nFylker,Nord,M,*\nFylker,Nord,K,*"))
    assert sums_of(found)["Ost"] == {"O1", "O2", "O3"}
    assert any("'level' only groups 'region'" in t for t in found.assumptions)


def test_columns_that_number_rows_are_no_dimensions():
    text = "table,row,region,label,bold,2022-01,2022-02\n1,1,TOTAL,I alt,1,12,9\n1,2,A,a a,0,9,*\n1,3,B,b b,0,*,5"
    found = reading(frame(text))
    assert [h.name for h in found.publication.table.hierarchies] == ["region", "period"]


FLAGS = {
    "flags": "g,h,freq,primary,suppressed\nT,T,20,0,0\nT,a,12,0,0\nT,b,8,0,0\nx,T,11,0,0\nx,a,8,0,1\nx,b,3,1,1\ny,T,9,0,0\ny,a,4,0,1\ny,b,5,0,1",
    "R": ',g,h,freq,primary,suppressed\n22,T,T,20,FALSE,FALSE\n23,T,a,12,FALSE,FALSE\n24,T,b,8,FALSE,FALSE\n25,x,T,11,FALSE,FALSE\n26,x,a,8,FALSE,TRUE\n27,x,b,3,TRUE,TRUE\n28,y,T,9,FALSE,FALSE\n29,y,a,4,FALSE,TRUE\n30,y,b,5,FALSE,TRUE',
    "sdcTable": "g,h,Freq,sdcStatus\nT,T,20,s\nT,a,12,s\nT,b,8,s\nx,T,11,s\nx,a,8,x\nx,b,3,u\ny,T,9,s\ny,a,4,x\ny,b,5,x",
    "prikk": "g,h,value,status\nT,T,20,published\nT,a,12,published\nT,b,8,published\nx,T,11,published\nx,a,8,secondary\nx,b,3,primary\ny,T,9,published\ny,a,4,secondary\ny,b,5,secondary",
}  # fmt: skip


@pytest.mark.parametrize("text", FLAGS.values(), ids=FLAGS)
def test_a_publishers_own_file_has_statuses_and_a_truth_apart_from_the_bounds(text):
    found = reading(frame(text))
    publication = found.publication
    hidden = publication.status != Status.PUBLISHED
    assert np.bincount(publication.status, minlength=3).tolist() == [5, 1, 3]
    assert found.truth is not None
    assert found.truth.sum() == 20 * 4
    assert (publication.low[hidden] == 0).all()
    assert (publication.high[hidden] > 1000).all()
    assert found.threshold == 4


@pytest.mark.parametrize("text", FLAGS.values(), ids=FLAGS)
def test_a_publishers_hidden_figures_are_drawn_as_they_will_be_printed(text):
    found = reading(frame(text))
    hidden = {i for i in range(9) if found.publication.status[i] != Status.PUBLISHED}
    drawn = [c for row in found.tables[0].rows for c in row if c is not None and c.cell in hidden]
    assert {c.text for c in drawn} == {"*"}
    assert len(drawn) == 4


def px(**extra):
    values = [20, 21, 12, 11, 8, 10, 15, 16, 9, 8, 6, 8, 5, 5, 3, "..", "..", 2]
    dims = {"Region": ["0", "Oslo", "Bergen"], "Kjønn": ["A", "M", "K"], "Tid": ["2020", "2021"]}
    said = {"Region": {"total": "0"}, "Kjønn": {"total": "A"}, "Tid": {"is_time": True}, **extra}
    return dataset(dims, values, **said, notes=(".. = skjult, mindre enn 4",))


def test_a_dataset_names_its_own_dimensions_and_totals():
    found = reading(px())
    assert found.symbols == ("..",)
    assert sums_of(found)["0"] == {"Oslo", "Bergen"}
    assert cells(found)["Bergen", "M", "2021"] == "primary"
    assert len(found.tables[0].rows) == 19


def test_a_dataset_without_named_totals_has_them_found():
    found = reading(px(Region={}, **{"Kjønn": {}}))
    assert sums_of(found)["0"] == {"Oslo", "Bergen"}
    assert sums_of(found)["A"] == {"M", "K"}


def test_quantities_of_a_dataset_are_counts_and_what_stands_beside_them():
    dims = {"Region": ["T", "Oslo", "Bergen"], "ContentsCode": ["Personer", "Prosent"]}
    found = reading(
        dataset(dims, [20, 100, 15, 75, ":", 25], Region={"total": "T"}, ContentsCode={"is_metric": True})
    )
    assert len(found.publication.table) == 3
    assert any("percentages" in t for t in found.assumptions)


def test_a_format_that_has_parents_gives_the_hierarchy():
    parents = {"A1": "A", "A2": "A", "A": "T", "B": "T"}
    values = [20, 12, 8, ":", ":"]
    found = reading(dataset({"R": ["T", "A", "B", "A1", "A2"]}, values, R={"total": "T", "parents": parents}))
    assert sums_of(found) == {"T": {"A", "B"}, "A": {"A1", "A2"}}


def test_a_status_column_in_a_small_drawn_list_belongs_to_the_figures():
    found = reading(grid("region | year | n | status\nT | 2020 | 10 |\nA | 2020 | 8 |\nB | 2020 | | *"))
    assert cells(found) == {("2020",): 10, ("A", "2020"): 8, ("B", "2020"): "primary"}


def test_an_empty_row_of_labels_in_several_columns_is_no_section():
    found = reading(grid("region | sex | n\nT | M | 10\nT | K | 9\nA | M |\nA | K | 5\nB | M | *"))
    assert cells(found)["A", "M"] == "missing"
