from prikk.dissemination import cells_csv, tables_csv
from unit.dissemination.cubes import PUBLISHED, published_cube


def test_the_tables_of_the_example_are_the_published_file_byte_by_byte() -> None:
    assert tables_csv(published_cube(), "nb") == PUBLISHED.read_bytes()


def test_another_language_has_other_labels_only() -> None:
    nb, en = (tables_csv(published_cube(), x).decode().splitlines() for x in ("nb", "en"))
    assert len(nb) == len(en)
    assert nb[0] == en[0]
    assert en[10].startswith("2,2,2,ARBEIDSSOKER,0-19,TOTAL,TOTAL,19 years and under,0,566,")


def test_the_cells_are_in_long_form_with_an_empty_value_where_hidden() -> None:
    lines = cells_csv(published_cube()).decode().split("\n")
    assert lines[0] == "period,main_group,age,measure,value,status"
    assert "2022-01,TOTAL,0-19,ARBEIDSRETTET_REHAB,,*" in lines
    assert "2022-02,TOTAL,0-19,ARBEIDSRETTET_REHAB,4," in lines
    assert (len(lines), lines[-1]) == (6013 + 2, "")
