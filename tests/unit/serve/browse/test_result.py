"""Tables and charts of a selection: exactly the published figures, and a sign for everything else."""

import itertools
from dataclasses import fields
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from prikk.dissemination import dataset
from prikk.dissemination.exchange import ABSENT, HIDDEN, NIL
from prikk.serve.browse._state import State
from unit.dissemination.cubes import published_cube, tiny_cube

BOATS = "/nb/tables/boats/view?"
ALL = f"{BOATS}valueCodes[harbour]=*&valueCodes[boat]=*&valueCodes[period]=*"
MEASURES = "/nb/tables/tiltak-alder/view?"


def said(value):
    return {HIDDEN: "*", NIL: "-", ABSENT: ".."}.get(value) or f"{value:,}".replace(",", "\N{NO-BREAK SPACE}")


def figures(page):
    return [row[1:] for row in page.rows if len(row) > 1][1:]


def test_a_table_has_exactly_the_published_figures_and_signs(http):
    page, whole = http.page(ALL), dataset(tiny_cube())
    wanted = whole.values(["harbour", "boat", "period"]).reshape(-1, 2).tolist()
    assert figures(page) == [[said(v) for v in row] for row in wanted]


@pytest.mark.parametrize("measure", ["measure_group", "measure"])
@pytest.mark.parametrize("age", ["*", "TOTAL"])
def test_every_hidden_cell_has_its_sign_and_is_told_to_those_who_hear(http, measure, age):
    page = http.page(
        f"{MEASURES}choose[measure]={measure}&valueCodes[age]={age}&valueCodes[main_group]=*&valueCodes[period]=*"
    )
    whole = dataset(published_cube())
    level = {"measure_group": 1, "measure": 2}[measure]
    axes = whole.axes
    places = [i for i, depth in enumerate(axes[2].depths) if depth == level]
    ages = range(len(axes[1])) if age == "*" else [0]
    part = whole.select([range(len(axes[0])), ages, places, range(len(axes[3]))])
    values = part.values(["main_group", "age", "measure", "period"]).ravel().tolist()
    assert list(itertools.chain(*figures(page))) == [said(v) for v in values]
    heard = [text for text in page.heard if text]
    assert heard.count("skjult av hensyn til personvern") == values.count(HIDDEN) > 0
    assert heard.count("ingen tabell har dette") == values.count(ABSENT)


def test_what_is_left_out_stands_at_its_published_total_and_is_no_sum(http):
    page = http.page(f"{BOATS}valueCodes[boat]=TOTAL,SAIL,MOTOR&valueCodes[period]=2024-12")
    # The published total of all harbours is not that of the harbours shown; of boats there is none.
    assert figures(page) == [["1\N{NO-BREAK SPACE}234"], [".."], [".."]]
    assert "Havn: I alt" in page.text or "harbour: I alt" in page.text
    assert "står på sin publiserte total" in page.text


def test_nothing_on_any_page_is_a_number_that_was_not_published(http):
    page = http.page(ALL)
    known = {said(v) for v in dataset(tiny_cube()).values(["harbour", "boat", "period"]).ravel().tolist()}
    assert set(itertools.chain(*figures(page))) <= known


def test_a_table_is_rotated_by_its_address(http):
    page = http.page(f"{ALL}&stub=period&heading=harbour,boat")
    whole = dataset(tiny_cube()).values(["period", "harbour", "boat"]).reshape(2, -1).tolist()
    assert [row[1:] for row in page.rows if row[0].startswith(("Desember", "Januar"))] == [
        [said(v) for v in row] for row in whole
    ]
    assert [a["colspan"] for a in page.all("th", scope="colgroup")] == ["6", "6", "6"]


def test_links_rotate_and_move_variables(http):
    page = http.page(ALL)
    swap = dict(parse_qsl(urlsplit(page.all("a", id="swap")[0]["href"]).query))
    assert (swap["stub"], swap["heading"]) == ("period", "harbour,boat")
    move = dict(parse_qsl(urlsplit(page.all("a", id="move-boat")[0]["href"]).query))
    assert (move["stub"], move["heading"]) == ("harbour", "period,boat")
    forward = dict(parse_qsl(urlsplit(page.all("a", id="move-boat-forward")[0]["href"]).query))
    assert forward["stub"] == "boat,harbour"
    for link in ("swap", "move-boat", "move-boat-forward"):
        http.page(f"/nb/tables/boats/view{page.all('a', id=link)[0]['href']}")


def test_rows_are_sorted_within_what_they_belong_to_and_hidden_ones_come_last(http):
    wanted = f"{BOATS}valueCodes[harbour]=N&valueCodes[boat]=*&valueCodes[period]=*"
    labels = [row[0] for row in http.page(f"{wanted}&sort=1").rows[1:]]
    assert labels == ["I alt", "Motorbåter", "Sjark & <co>", "Seilbåter", "Ketsj", "=Yawl"]
    page = http.page(f"{wanted}&sort=-2")
    assert [row[0] for row in page.rows[1:]] == [
        "I alt",
        "Seilbåter",
        "Ketsj",
        "=Yawl",
        "Motorbåter",
        "Sjark & <co>",
    ]
    assert [a["aria-sort"] for a in page.all("th", scope="col") if "aria-sort" in a] == ["descending"]


@pytest.mark.parametrize("sort", ["0", "99", "-", "x", "--1", "1e9", "٣"])
def test_a_column_that_is_not_there_sorts_nothing(http, sort):
    assert http.page(f"{ALL}&sort={sort}").rows == http.page(ALL).rows


def test_folded_groups_are_marked_and_there_for_those_without_a_script(http):
    page = http.page(f"{BOATS}valueCodes[harbour]=N&valueCodes[boat]=*&valueCodes[period]=*&folded=SAIL,nope")
    rows = [a["class"] for a in page.all("tr") if "class" in a]
    assert [("away" in c, " g" in c) for c in rows if c.startswith("d")] == [
        (False, False), (False, True), (True, False), (True, False), (False, True), (False, False)
    ]  # fmt: skip
    assert len(figures(page)) == 6


def test_the_addresses_on_a_page_hold_the_whole_view(http):
    page = http.page(f"{ALL}&stub=boat,harbour&heading=period&sort=-1&folded=SAIL")
    (link,) = [a["href"] for a in page.all("a") if "/boats@2025-02-20/view" in a.get("href", "")]
    again = http.page(link.removeprefix("http://test"))
    assert again.rows == page.rows
    assert [a.get("class") for a in again.all("tr")] == [a.get("class") for a in page.all("tr")]


def test_downloads_and_calls_ask_the_api_for_the_same_selection(http):
    page = http.page(f"{BOATS}valueCodes[harbour]=N,S&valueCodes[period]=TOP(1)")
    addresses = [a["href"] for a in page.all("a") if "download" in a]
    formats = [dict(parse_qsl(urlsplit(a).query))["outputFormat"] for a in addresses]
    assert formats == ["xlsx", "csv", "px", "json-stat2", "parquet", "html", "json-px"]
    query = dict(parse_qsl(urlsplit(addresses[0]).query))
    assert urlsplit(addresses[0]).path == "/api/v2/tables/boats/data"
    assert query["valueCodes[harbour]"] == "N,S"
    assert query["valueCodes[boat]"] == "TOTAL"
    assert query["valueCodes[period]"] == "TOP(1)"
    assert "--data-urlencode 'valueCodes[harbour]=N,S'" in page.text
    assert "requests.get(url, params=params" in page.text
    assert "req_url_query(" in page.text


def test_signs_and_notes_stand_beside_the_table(http):
    page = http.page(f"{MEASURES}valueCodes[measure]=*&valueCodes[period]=TOP(1)")
    for line in dataset(published_cube()).facts.must_know["nb"]:
        assert " ".join(line.split()) in page.text


def test_rows_without_figures_are_left_out_when_asked_but_never_hidden_ones(http):
    page, whole = http.page(f"{ALL}&empty=hide"), dataset(tiny_cube())
    rows = whole.values(["harbour", "boat", "period"]).reshape(-1, 2).tolist()
    assert figures(page) == [[said(v) for v in row] for row in rows if not set(row) <= {NIL, ABSENT}]
    assert page.all("a", id="empty")[0]["href"].count("empty") == 0
    nothing = http.page(
        f"{BOATS}valueCodes[harbour]=S&valueCodes[boat]=KETCH,YAWL&valueCodes[period]=*&empty=hide"
    )
    assert "Ingen rader har tall." in nothing.text


def test_every_parameter_of_a_view_is_in_the_documentation():
    page = (Path(__file__).parents[4] / "docs" / "browse.md").read_text(encoding="utf-8")
    names = {field.name for field in fields(State)} - {"table", "asked", "places"}
    assert {name for name in names if f"`{name}`" not in page} == set()


# ---- charts ----


def test_a_line_chart_has_a_gap_where_a_figure_is_hidden_and_says_so(http):
    page = http.page(f"{BOATS}show=line&valueCodes[harbour]=N&valueCodes[boat]=*&valueCodes[period]=*")
    assert "Et opphold i en linje betyr at tallet er skjult" in page.text
    rows = {row[0]: row[1:] for row in page.rows}
    assert (rows["=Yawl"], rows["Motorbåter"]) == (["*", "9"], ["10", "*"])
    lines = [a["d"] for a in page.all("path") if a.get("fill") == "none"]
    assert [line.count("L") for line in lines[:6]] == [1, 1, 1, 0, 0, 0]


def test_lines_without_figures_are_named_and_only_hidden_ones_are_called_hidden(http):
    page = http.page(
        f"{BOATS}show=line&valueCodes[harbour]=*&valueCodes[boat]=TOTAL,SAIL&valueCodes[period]=*"
    )
    assert "Har ingen tall å tegne: Seilbåter, Sørhavn, Sørhavn, Seilbåter." in page.text
    assert "fordi tall er skjult" not in page.text


def test_bars_are_of_one_period_and_a_hidden_one_is_its_sign(http):
    wanted = f"{BOATS}show=bar&valueCodes[harbour]=N&valueCodes[boat]=*&valueCodes[period]=*"
    page = http.page(f"{wanted}&period=2024-12")
    assert {row[0]: row[1] for row in page.rows[1:]}["=Yawl"] == "*"
    assert "«*» i stedet for en søyle" in page.text
    assert len(page.all("rect")) == 2 * 5
    assert next(a for a in page.all("option") if "selected" in a)["value"] == "2024-12"


def test_a_profile_compares_two_codes_over_bands_to_one_scale(http):
    page = http.page(
        f"{MEASURES}show=profile&valueCodes[main_group]=*&valueCodes[age]=*&valueCodes[period]=2022-07"
    )
    whole = dataset(published_cube())
    values = whole.values(["main_group", "age", "measure", "period"])[:, 1:, 0, -1]
    rows = [row for row in page.rows if row[0].endswith(("under", "år", "over"))]
    assert [row[1:] for row in rows] == [[said(int(values[1, i])), said(int(values[2, i]))] for i in range(7)]
    drawn = [(int(a["class"][1]), float(a["width"])) for a in page.all("rect")[: 2 * 7]]
    counts = [int(values[side + 1, 6 - i // 2]) for i, (side, _) in enumerate(drawn)]
    scale = max(width for _, width in drawn) / max(counts)
    assert [width for _, width in drawn] == pytest.approx([n * scale for n in counts], abs=0.06)


def test_the_sides_of_a_profile_are_chosen(http):
    page = http.page(
        f"{MEASURES}show=profile&valueCodes[main_group]=*&valueCodes[age]=*&valueCodes[period]=*&left=TOTAL&right=TOTAL"
    )
    assert len(page.rows[0]) == 2
    assert [a["name"] for a in page.all("select")] == ["period", "left", "right"]


@pytest.mark.parametrize("show", ["line", "profile"])
def test_a_chart_that_cannot_be_says_what_it_needs(http, show):
    page = http.page(f"{BOATS}show={show}&valueCodes[harbour]=N&valueCodes[period]=TOP(1)")
    assert "Endre utvalget." in page.text
    assert page.all("svg") == []


@pytest.mark.parametrize("show", ["table", "line", "bar", "profile"])
def test_a_part_without_a_single_shown_figure_is_a_page_all_the_same(http, show):
    page = http.page(
        f"{BOATS}show={show}&valueCodes[harbour]=S&valueCodes[boat]=KETCH,YAWL&valueCodes[period]=*"
    )
    assert page.all("h1")


def test_a_large_selection_draws_the_first_series_and_says_so(http):
    page = http.page(
        f"{MEASURES}show=line&valueCodes[main_group]=*&valueCodes[measure]=*&valueCodes[period]=*"
    )
    assert "Figuren viser de 24 første av 192 rekker." in page.text
