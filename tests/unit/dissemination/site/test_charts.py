import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest

from prikk.dissemination.site._charts import charts_of, of_table, overview
from prikk.dissemination.site._plots import NARROW, WIDE, Axis, Bar, Series, bars, columns, lines, multiples
from prikk.dissemination.site._scale import scale
from prikk.dissemination.site._svg import COLOURS, DASHES, wrap
from unit.dissemination.cubes import published_cube, tiny_cube
from unit.dissemination.site.kit import CUBES, files, seen

AXIS = Axis(names=("jan", "feb", "mar", "apr"), second=("2024", "", "", ""), number=str)


def charts(name: str):
    return [chart for _, found in overview(seen(CUBES[name]())) for chart in found]


def test_the_charts_are_chosen_by_what_the_dimensions_are() -> None:
    assert [chart.id for chart in charts("published")] == [
        "main_group-time", "main_group-change", "main_group-by-age",
        "age-time", "age-profile", "age-change",
        *(f"measure-{i}-{kind}" for i in (1, 2, 3) for kind in ("time", "change")),
    ]  # fmt: skip
    assert {chart.id for chart in charts("tiny")} == {
        "harbour-time",
        "harbour-change",
        "boat-1-time",
        "boat-1-change",
    }


def test_a_line_stops_where_a_figure_is_hidden() -> None:
    drawn = lines([Series(label="A", figures=(5, "*", 7, 8))], AXIS, WIDE).marks
    path = re.search(r'class="s0" d="([^"]+)"', drawn)
    assert path is not None
    assert [len(p.split("L")) for p in path[1].split("M")[1:]] == [1, 2]
    assert drawn.count("<circle") == 4  # three figures, and the sign beside the name


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_hidden_figure_has_no_bar_but_its_symbol(width) -> None:
    items = [Bar(label="A", value=None, said="*"), Bar(label="B", value=9, said="9")]
    for drawing in (bars(items, width), columns([("x", items)], width)):
        assert drawing.marks.count("<rect") == 1
        assert ">*</text>" in drawing.marks


@pytest.mark.parametrize("name", CUBES)
def test_the_figures_of_a_chart_are_told_beside_it(name) -> None:
    view = seen(CUBES[name]())
    for table in view.tables:
        subject = of_table(view, table)
        for chart in charts_of(view, subject):
            assert chart.rows
            if chart.id.endswith("-time"):
                wanted = [(s.label, *map(view.shown, s.figures)) for s in subject.series]
                assert list(chart.rows) == wanted


def test_a_change_is_drawn_only_between_two_shown_figures() -> None:
    view = seen(tiny_cube())
    subject = of_table(view, view.tables[1])
    (chart,) = [c for c in charts_of(view, subject) if c.id.endswith("-change")]
    assert [row[0] for row in chart.rows] == ["Seilbåter"]
    assert chart.notes == ("Kan ikke vises, fordi tall er skjult: Motorbåter.",)


@pytest.mark.parametrize("name", CUBES)
def test_every_file_of_a_chart_is_sound_and_has_a_title(name) -> None:
    found = {path: content for path, content in files(name).items() if path.endswith(".svg")}
    assert found
    for content in found.values():
        root = ET.fromstring(content)
        assert root.findtext("{http://www.w3.org/2000/svg}title")
        assert b"NaN" not in content


def test_many_series_have_a_panel_each() -> None:
    series = [Series(label=f"Group {i}", figures=(i, i, i, i)) for i in range(9)]
    for width in (WIDE, NARROW):
        assert multiples(series, AXIS, width).marks.count('class="s0"') == 9


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_series_differ_in_dash_and_have_contrast_on_white() -> None:
    assert len(set(DASHES)) == len(DASHES) == len(COLOURS)
    assert all(1.05 / (luminance(colour) + 0.05) >= 4.5 for colour in COLOURS)


@pytest.mark.parametrize(("low", "high"), [(0, 0), (0, 1), (0, 77818), (-5, 0), (-2500, 37), (0, 10**7)])
def test_an_axis_has_zero_and_all_values_and_few_round_numbers(low, high) -> None:
    found = scale(low, high, 100, 0)
    ticks = list(found.ticks)
    assert 0 in ticks
    assert ticks[0] <= low <= high <= ticks[-1]
    assert len(ticks) <= 7
    assert {b - a for a, b in pairwise(ticks)} == {found.step}


def test_long_names_are_wrapped_and_shortened() -> None:
    assert wrap("a bb ccc", 1000) == ["a bb ccc"]
    assert len(wrap("word " * 50, 100)) == 3
    assert wrap("word " * 50, 100)[-1].endswith("…")


def test_nothing_is_drawn_of_one_period_or_of_nothing() -> None:
    view = seen(published_cube())
    subject = of_table(view, view.tables[0])
    none = type(subject)(id="x", title="x", series=(), banded=False)
    assert charts_of(view, none) == []


def test_names_below_an_axis_are_thinned_and_start_at_a_year() -> None:
    names = tuple(f"m{i % 12}" for i in range(66))
    second = tuple(str(2017 + i // 12) if i % 12 == 0 else "" for i in range(66))
    axis = Axis(names=names, second=second, steps=(1, 2, 3, 6, 12, 24), start=12, number=str)
    drawn = lines([Series(label="A", figures=tuple(range(66)))], axis, NARROW).marks
    assert re.findall(r">(m\d+)<", drawn) == ["m0"] * 6
    assert re.findall(r">(20\d\d)<", drawn) == ["2017", "2018", "2019", "2020", "2021", "2022"]
    assert drawn.count("<circle") < 24


def test_a_lone_figure_between_hidden_ones_always_has_a_mark() -> None:
    figures = tuple(5 if i in (20, 65) else "*" for i in range(66))
    axis = Axis(names=("",) * 66, second=("",) * 66, number=str)
    assert lines([Series(label="A", figures=figures)], axis, WIDE).marks.count("<circle") == 3
