"""Several tables and documents as one system."""

from prikk.reading import ReadingSettings, read
from unit.reading.kit import BELOW_FOUR, cells, document, grid, reading, spec, sums_of

REGION = "| 2020 | 2021\nOslo | 10 | 12\nBergen | 7 | *\nI alt | 17 | 15"
SEX = "| 2020 | 2021\nMenn | 9 | 8\nKvinner | 8 | 7\nTotalt | 17 | 15"


def test_tables_share_the_cells_of_their_totals():
    found = reading(grid(REGION, "Region"), grid(SEX, "Kjønn"), notes=BELOW_FOUR)
    total = next(i for i, p in enumerate(found.places) if p[0].row == "I alt" and p[0].column == "2020")
    assert [p.table for p in found.places[total]] == ["Region", "Kjønn"]
    assert not found.contradictions


def test_tables_whose_totals_differ_much_are_about_different_things():
    other = SEX.replace("17 | 15", "170 | 150").replace("9 | 8", "90 | 80").replace("8 | 7", "80 | 70")
    found = reading(grid(REGION, "Ledige"), grid(other, "Sysselsatte"), notes=BELOW_FOUR)
    assert cells(found)["2020", "Ledige"] == 17
    assert cells(found)["2020", "Sysselsatte"] == 170


def test_headings_tell_tables_apart_and_their_total_is_found():
    def table(name, *figures):
        rows = [
            f"{r} | {a} | {b}"
            for r, a, b in zip(("Oslo", "Bergen", "I alt"), figures[::2], figures[1::2], strict=True)
        ]
        return grid("| 2021 | 2022\n" + "\n".join(rows), "Ledige", name)

    found = reading(
        table("Menn", 10, 5, 7, "*", 17, 8),
        table("Kvinner", 12, 5, 9, 7, 21, 12),
        table("Begge kjønn", 22, 10, 16, "*", 38, 20),
        notes=BELOW_FOUR,
    )
    assert sums_of(found)["Begge kjønn"] == {"Menn", "Kvinner"}
    assert cells(found)["Oslo", "2021", "Menn"] == 10
    assert cells(found)["Oslo", "2021"] == 22


def test_a_title_that_names_a_label_of_another_table_fixes_it():
    parts = "| 2021 | 2022\n0-29 år | 5 | 4\n30+ år | 4 | *\nI alt | 9 | 6"
    first = grid("| 2021 | 2022\nMenn | 9 | 6\nKvinner | 8 | *\nI alt | 17 | 8", "Etter kjønn")
    found = reading(first, grid(parts, "Ledige, menn"), notes=BELOW_FOUR)
    assert cells(found)["Menn", "0-29 år", "2021"] == 5
    assert ("Menn", "2021") in cells(found)


def test_tables_that_nothing_links_stand_apart_and_the_user_can_link_them():
    first, second = (
        grid("| Antall\nMenn | 9\nKvinner | *", "A"),
        grid("Aldersgruppe | Antall\n0-29 | 5\n30+ | *", "B"),
    )
    found = reading(first, second, notes=BELOW_FOUR)
    assert any("stand apart" in t for t in found.unsure)
    said = spec(dimensions={"rows": {"absent": "total"}, "Aldersgruppe": {"absent": "total"}})
    assert not any("stand apart" in t for t in reading(first, second, notes=BELOW_FOUR, spec=said).unsure)


def test_releases_with_overlapping_periods_are_one_system():
    old = grid(
        "| Januar | Februar\nOslo | 10 | *\nBergen | 7 | *\nI alt | 17 | 5",
        "Januar - Februar 2022",
        place="feb.txt",
    )
    new = grid(
        "| Januar | Februar | Mars\nOslo | * | 2 | 9\nBergen | 7 | * | *\nI alt | 17 | 5 | 11",
        "Januar - Mars 2022",
        place="mar.txt",
    )
    found = read(
        [document(old, notes=BELOW_FOUR, place="feb.txt"), document(new, notes=BELOW_FOUR, place="mar.txt")],
        ReadingSettings(),
    )
    assert len(found.publication.table) == 9
    cell = next(i for i, p in enumerate(found.places) if (p[0].row, p[0].column) == ("Oslo", "Februar"))
    assert [p.source for p in found.places[cell]] == ["feb.txt, line 2", "mar.txt, line 2"]
    assert (found.publication.low[cell], found.publication.high[cell]) == (2, 2)
    assert cells(found)["Oslo", "2022-02"] == "primary"
    assert any("hidden in one place and shown in another" in t for t in found.assumptions)


def test_the_period_of_a_document_is_that_of_its_title():
    first = document(grid("| Antall\nOslo | 10\nI alt | 17\nVoss | *", "Ledige oktober 2021"), place="a.txt")
    second = document(grid("| Antall\nOslo | 11\nI alt | 18\nVoss | *", "Ledige oktober 2022"), place="b.txt")
    found = cells(read([first, second], ReadingSettings()))
    assert (found["Oslo", "2021-10"], found["Oslo", "2022-10"]) == (10, 11)


def test_pages_of_one_table_go_on_and_repeat_the_total():
    one = grid("| 2021 | 2022\n**I alt** | 190 | 180\nOslo | 60 | 50\nBergen | 40 | *", "Ledige", "Etter by")
    two = grid("| 2021 | 2022\n**I alt** | 190 | 180\nVoss | 70 | 60\nBø | 20 | *", "Ledige", "Etter by")
    found = reading(one, two, grid(SEX.replace("17 | 15", "190 | 180"), "Ledige", "Kjønn"), notes=BELOW_FOUR)
    assert {"Oslo", "Bergen", "Voss", "Bø"} in sums_of(found).values() or any(
        {"Oslo", "Bergen", "Voss", "Bø"} <= parts for parts in sums_of(found).values()
    )


def test_unlisted_combinations_are_zero_only_if_sums_tell():
    region = "Region | Kjønn | Antall\nOslo | Menn | {a}\nOslo | I alt | 9\nBergen | Menn | 7\nBergen | Kvinner | 5\nBergen | I alt | 12"
    zero = reading(grid(region.format(a=9) + "\nVoss | Kvinner | *\nVoss | I alt | 5\nVoss | Menn | *"))
    assert any("no table lists are zero" in t for t in zero.assumptions)
    unknown = reading(grid(region.format(a="*") + "\nVoss | Kvinner | *\nVoss | I alt | 5\nVoss | Menn | *"))
    assert any("may be anything" in t for t in unknown.unsure)
    unlisted = [i for i, p in enumerate(unknown.places) if not p]
    assert len(unlisted) == 1


def test_a_total_two_dimensions_above_its_parts_is_bridged():
    text = "Region | Kjønn | Antall\nI alt | I alt | 30\nOslo | Menn | 10\nOslo | Kvinner | *\nVoss | Menn | 12\nVoss | Kvinner | *"
    found = reading(grid(text), notes=BELOW_FOUR)
    assert sum(not p for p in found.places) == 2
    assert not any("No total was found" in t for t in found.unsure)


def test_a_table_may_be_left_out():
    said = spec(ignore=["Kjønn"])
    found = reading(grid(REGION, "Region"), grid(SEX, "Kjønn"), notes=BELOW_FOUR, spec=said)
    assert ("Menn", "2020") not in cells(found)


def test_a_figure_rounded_in_one_document_and_exact_in_another_is_exact():
    names = [f"K{i}" for i in range(1, 15)]
    rounded = "\n".join(f"{n} | {5 * i + 40}" for i, n in enumerate(names)) + "\nX | *"
    exact = "\n".join(f"{n} | {5 * i + 41}" for i, n in enumerate(names)) + "\nX | *"
    documents = [
        document(grid(f"| Antall\n{text}", place=place), place=place)
        for place, text in (("a", rounded), ("b", exact))
    ]
    found = read(documents, ReadingSettings())
    assert not found.contradictions
    assert cells(found)["K1",] == 41
    assert any("in some documents" in t for t in found.assumptions)
