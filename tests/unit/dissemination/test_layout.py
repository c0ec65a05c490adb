import csv

from prikk.dissemination import Table, lay_out
from prikk.spec import TOTAL, ReleaseSpec
from unit.dissemination.cubes import BOATS, HARBOURS, PUBLISHED, TINY, make_cube, published_cube, tiny_cube


def by_number(number: int) -> Table:
    return lay_out(published_cube())[number - 1]


def test_the_example_has_the_published_rows_in_published_order() -> None:
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        published = [
            (int(r["table"]), int(r["family"]), r["label"], r["bold"] == "1") for r in csv.DictReader(file)
        ]
    tables = lay_out(published_cube())
    assert [(t.number, t.family, r.label["nb"], r.bold) for t in tables for r in t.rows] == published
    assert (len(tables), len(published)) == (56, 1063)


def test_every_table_begins_with_its_only_total() -> None:
    for table in lay_out(published_cube()):
        assert [row.kind for row in table.rows].index("total") == 0
        assert sum(row.kind == "total" for row in table.rows) == 1


def test_titles_and_headings_hold_the_labels_of_the_fixed_codes() -> None:
    table = by_number(36)
    assert table.fixed == {"main_group": "ARBEIDSSOKER", "age": "0-19"}
    assert table.title["nb"] == "Arbeidssøkere på tiltak, tiltak og alder"
    assert table.heading == {
        "nb": "19 år og under arbeidssøkere på tiltak",
        "en": "19 years and under, job seekers in measures",
    }


def test_a_table_without_a_heading_has_an_empty_one() -> None:
    assert by_number(1).heading == {}


def test_the_first_for_each_is_the_outermost() -> None:
    fixed = [tuple(t.fixed.values()) for t in lay_out(published_cube()) if t.family == 4]
    assert fixed[:2] == [("ARBEIDSSOKER", "0-19"), ("ARBEIDSSOKER", "20-24")]
    assert fixed[7] == ("NEDSATT", "0-19")


def test_a_dimension_that_a_table_does_not_use_is_at_its_total() -> None:
    assert {row.coordinates[0] for row in by_number(5).rows} == {TOTAL}


def test_a_subtotal_follows_its_parts() -> None:
    rows = lay_out(tiny_cube())[1].rows
    assert [(r.coordinates[1], r.kind) for r in rows] == [
        (TOTAL, "total"),
        ("KETCH", "item"),
        ("YAWL", "item"),
        ("SAIL", "subtotal"),
        ("SJARK", "item"),
        ("MOTOR", "subtotal"),
    ]


def test_a_group_without_its_parts_has_its_plain_label_and_is_not_bold() -> None:
    row = by_number(5).rows[3]
    assert (row.coordinates, row.label["nb"], row.bold) == (
        (TOTAL, "0-19", "LONNTILSKUDD"),
        "Lønnstilskudd",
        False,
    )


def test_a_hidden_figure_is_the_symbol() -> None:
    assert lay_out(tiny_cube())[1].rows[2].figures == ("*", 9)


def test_a_table_whose_total_is_not_in_the_cube_is_left_out_and_not_counted() -> None:
    cells = {("N", TOTAL): [1, 2], ("S", TOTAL): [3, 4], ("S", "KETCH"): [3, 4]}
    cube = make_cube(ReleaseSpec.model_validate(TINY), {"harbour": HARBOURS, "boat": BOATS}, cells)
    assert [(t.number, t.family, t.fixed) for t in lay_out(cube)] == [
        (1, 2, {"harbour": "N"}),
        (2, 2, {"harbour": "S"}),
    ]


def test_a_cube_without_cells_has_no_tables() -> None:
    assert (
        lay_out(make_cube(ReleaseSpec.model_validate(TINY), {"harbour": HARBOURS, "boat": BOATS}, {})) == ()
    )
