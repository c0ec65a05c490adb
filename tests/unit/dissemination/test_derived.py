"""Changes, shares, means, indices and rates: from shown figures alone, with one rounding."""

import csv
import io
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from prikk.dissemination import (
    cells_csv,
    lay_out,
    render,
    tables_csv,
    tables_parquet,
    with_derived,
    workbook,
)
from prikk.dissemination._columns import column_heads, printed_text
from prikk.dissemination._formula import rounded
from prikk.dissemination.site import site
from prikk.spec import TOTAL, ReleaseSpec
from unit.dissemination.cubes import BOATS, HARBOURS, TINY, make_cube

ALL = ["figure", "change", "percent", "change_year", "percent_year", "share", "index", "rate", "mean"]
LABEL = {"nb": "kaiplasser", "en": "berths"}


def harbours_with_berths():
    berths = {"N": 2000, "S": 500}
    items = tuple(replace(item, bases={"berths": berths[item.code]}) for item in HARBOURS.items)
    return type(HARBOURS)(name=HARBOURS.name, levels=HARBOURS.levels, items=items)


def cube(columns, cells, *, first="2024-12", last="2025-01", periods="all", rate=True):
    table = {
        "title": {"nb": "Havn", "en": "Harbour"},
        "stub": ["harbour"],
        "total": {"nb": "I alt", "en": "Total"},
        "columns": columns,
        "periods": periods,
        "rate": {"of": "berths", "per": 1000, "label": LABEL} if rate else None,
    }
    spec = ReleaseSpec.model_validate(
        {
            **TINY,
            "release": {**TINY["release"], "periods": {"from": first, "to": last}},
            "tables": [table, TINY["tables"][1]],
        }
    )
    return make_cube(spec, {"harbour": harbours_with_berths(), "boat": BOATS}, cells)


TWO = {
    (TOTAL, TOTAL): [1500, 1200],
    ("N", TOTAL): [1499, 1000],
    ("S", TOTAL): [None, 200],
}


def row(made, code):
    return next(r for r in lay_out(made)[0].rows if r.coordinates == (code, TOTAL))


def test_each_kind_is_what_its_name_says():
    made = with_derived(cube(["figure", "change", "percent", "share", "index", "rate"], TWO))
    assert row(made, "N").printed[6:] == (
        1000,
        -499,
        Decimal("-33.3"),
        Decimal("83.3"),
        Decimal("66.7"),
        Decimal("500.0"),
    )
    # The base of the total is what its parts have together.
    assert row(made, TOTAL).printed[11] == Decimal("480.0")


def test_what_has_a_hidden_input_is_hidden_and_what_has_no_input_is_not_possible():
    made = with_derived(cube(["figure", "change", "percent", "share", "index", "rate"], TWO))
    assert row(made, "S").printed == ("*", ".", ".", "*", "*", "*", 200, "*", "*", Decimal("16.7"), "*", 400)
    assert row(made, "S").figures == ("*", 200)


def test_a_base_of_nothing_makes_it_impossible_and_a_hidden_one_never_says_so():
    cells = {(TOTAL, TOTAL): [0, 5], ("N", TOTAL): [None, 5], ("S", TOTAL): [0, 0]}
    made = with_derived(cube(["percent", "share"], cells))
    assert row(made, TOTAL).printed == (".", ".", ".", Decimal("100.0"))
    assert row(made, "N").printed == (".", "*", "*", Decimal("100.0"))
    assert row(made, "S").printed == (".", ".", ".", Decimal("0.0"))


def test_a_year_ago_is_found_by_the_calendar_and_an_average_needs_the_whole_year():
    months = list(range(100, 113))
    cells = {(TOTAL, TOTAL): months, ("N", TOTAL): [*months[:5], None, *months[6:]], ("S", TOTAL): months}
    columns = ["change_year", "percent_year", "mean"]
    made = with_derived(cube(columns, cells, first="2024-01", last="2025-01", periods="latest"))
    assert row(made, TOTAL).printed == (12, Decimal("12.0"), ".")
    of_year = with_derived(cube(["mean"], cells, first="2024-01", last="2025-01", periods="years"))
    assert row(of_year, TOTAL).printed == (106,)  # 105.5, halves up
    assert row(of_year, "N").printed == ("*",)
    assert column_heads(of_year.spec, 1, "nb") == ("Gjennomsnitt 2024",)


@given(
    unit=st.sampled_from([1, 100, 1000, 10_000]),
    total=st.integers(-3000, 3000),
    base=st.integers(1, 3000),
)
def test_rounding_is_to_the_nearest_and_halves_go_away_from_zero(unit, total, base):
    exact, found = Fraction(unit * total, base), rounded(unit, total, base)
    assert abs(exact - found) <= Fraction(1, 2)
    if abs(exact - found) == Fraction(1, 2):
        assert abs(found) > abs(exact)


def test_a_table_without_its_derived_figures_is_not_laid_out():
    with pytest.raises(ValueError, match="derived"):
        lay_out(cube(["figure", "change"], TWO))


@pytest.mark.parametrize(("value", "status"), [(None, ""), (Decimal("1.0"), "*")])
def test_a_derived_figure_has_a_value_or_a_sign(value, status):
    made = with_derived(cube(["change"], TWO))
    lines = made.derived.to_pylist()
    lines[0] |= {"value": value, "status": status}
    with pytest.raises(ValueError, match="neither"):
        replace(made, derived=type(made.derived).from_pylist(lines, schema=made.derived.schema))


def test_heads_say_what_is_compared_with_what():
    spec = cube(ALL, TWO).spec
    assert column_heads(spec, 1, "nb")[9:] == (
        "Januar 2025",
        "Januar 2025: endring fra desember 2024",
        "Januar 2025: endring fra desember 2024, prosent",
        "Januar 2025: endring fra ",
        "Januar 2025: endring fra , prosent",
        "Januar 2025: andel, prosent",
        "Januar 2025: indeks, desember 2024 = 100",
        "Januar 2025: per 1\u00a0000 kaiplasser",
        "Gjennomsnitt 2025",
    )
    latest = cube(["figure", "percent"], TWO, periods="latest").spec
    assert column_heads(latest, 1, "en") == ("January 2025", "Change from December 2024, per cent")


def test_numbers_are_written_as_the_language_does():
    assert printed_text(Decimal("-1234.5"), "nb") == "−1\u00a0234,5"
    assert (printed_text(Decimal("12.0"), "en"), printed_text(12, "en"), printed_text("*", "en")) == (
        "12.0",
        "12",
        "*",
    )


def test_data_files_have_a_column_for_each_and_leave_out_what_a_table_does_not_print():
    made = with_derived(cube(["figure", "percent"], TWO, periods="latest"))
    lines = list(csv.DictReader(io.StringIO(tables_csv(made, "nb").decode())))
    assert list(lines[0])[-3:] == ["2024-12", "2025-01", "2025-01 percent"]
    south = next(line for line in lines if line["harbour"] == "S")
    assert (south["2024-12"], south["2025-01"], south["2025-01 percent"]) == ("", "200", "*")
    table = pq.read_table(io.BytesIO(tables_parquet(made, "nb")))
    assert table["2025-01 percent"].to_pylist()[:3] == [-20.0, -33.3, None]
    files = render(made)
    written = list(csv.DictReader(io.StringIO(files["derived.csv"].decode())))
    assert [(w["harbour"], w["column"], w["value"], w["status"]) for w in written] == [
        (TOTAL, "percent", "-20.0", ""),
        ("N", "percent", "-33.3", ""),
        ("S", "percent", "", "*"),
    ]
    assert "derived.csv" not in render(with_derived(cube(["figure"], TWO)))
    assert cells_csv(made) == files["cells.csv"]


def test_the_workbook_has_numbers_with_their_sign_and_decimals():
    made = with_derived(cube(["figure", "change", "percent"], TWO, periods="latest"))
    sheet = load_workbook(io.BytesIO(workbook(made, "nb")))["Tabell 1"]
    lines = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=6, max_row=9, max_col=4)]
    assert lines[0][1:] == ["Januar 2025", "Endring fra desember 2024", "Endring fra desember 2024, prosent"]
    assert lines[1:] == [
        ["I alt", 1200, -300, -20],
        ["Nordhavn", 1000, -499, -33.3],
        ["Sørhavn", 200, "*", "*"],
    ]
    assert sheet["D7"].number_format == "#,##0.0"
    texts = [cell.value for cell in sheet["A"] if isinstance(cell.value, str)]
    assert any(text.startswith("Endringer, andeler") for text in texts)
    assert any(text.startswith(". = lar seg ikke regne ut") for text in texts)


def test_the_pages_show_the_columns_and_offer_no_other_view():
    made = with_derived(cube(["figure", "percent"], TWO, periods="latest"))
    page = site(made)["html/nb/tabell-1.html"].decode()
    assert "Endring fra desember 2024, prosent</th>" in page
    assert "<td>−33,3</td>" in page
    assert 'name="view"' not in page
    assert "skjult der et av dem er skjult" in page
    assert 'name="view"' in site(made)["html/nb/tabell-2.html"].decode()
