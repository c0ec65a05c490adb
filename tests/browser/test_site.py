"""The site in a browser, opened from a disk: by mouse, by keyboard, without script, on paper and on a small screen."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from prikk.dissemination import PublishedCube, Row, lay_out, with_derived
from prikk.dissemination.site import site
from unit.dissemination.cubes import make_cube, published_cube, tiny_cube

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="no chromium at /usr/bin/chromium")
SPACE, MINUS = "\N{NO-BREAK SPACE}", "\N{MINUS SIGN}"


def two_years() -> PublishedCube:
    """The tiny cube over fourteen months, with zeros shown and hidden figures in several places."""
    cube = tiny_cube()
    release = cube.spec.release.model_copy(
        update={
            "periods": cube.spec.release.periods.model_copy(update={"first": "2024-01", "last": "2025-02"})
        }
    )
    protection = cube.spec.protection.model_copy(update={"zeros": "shown"})
    spec = cube.spec.model_copy(update={"release": release, "protection": protection})
    rows = {tuple(r.coordinates): r for table in lay_out(cube) for r in table.rows}
    cells = {
        at: [
            None if (i * 5 + j) % 7 == 3 else (i * 137 + j * j * 11) % 2000 * (j % 5 != 4) for j in range(14)
        ]
        for i, at in enumerate(rows)
    }
    return make_cube(spec, cube.classifications, cells)


def own_columns() -> PublishedCube:
    """The published cube with changes and shares of the latest month in print, in two of its families."""
    cube = published_cube()
    columns = {"columns": ("figure", "change", "percent", "share", "index"), "periods": "latest"}
    tables = [t.model_copy(update=columns) if i in (0, 4) else t for i, t in enumerate(cube.spec.tables)]
    spec = cube.spec.model_copy(update={"tables": tuple(tables)})
    return with_derived(PublishedCube(spec=spec, classifications=cube.classifications, cells=cube.cells))


CUBES = {"tiny": tiny_cube, "published": published_cube, "two-years": two_years, "columns": own_columns}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as player:
        started = player.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    found = {}
    for name, cube in CUBES.items():
        found[name] = tmp_path_factory.mktemp(name)
        for path, content in site(cube(), ("cells.csv",)).items():
            (found[name] / path).parent.mkdir(parents=True, exist_ok=True)
            (found[name] / path).write_bytes(content)
    return found


class Opener:
    """Opens pages as files, and keeps what they should not do: ask a network, complain, fail."""

    def __init__(self, browser: Any, folders: dict[str, Path]) -> None:
        self.browser, self.folders = browser, folders
        self.faults: list[str] = []
        self.contexts: list[Any] = []

    def __call__(self, place: str, *, name: str = "published", width: int = 1280, **options: Any) -> Any:
        context = self.browser.new_context(viewport={"width": width, "height": 800}, **options)
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: self.faults.append(message.text))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", lambda request: self._seen(request.url))
        page.goto(f"{self.folders[name].as_uri()}/html/{place}")
        return page

    def _seen(self, url: str) -> None:
        if not url.startswith(("file:", "data:", "blob:")):
            self.faults.append(url)


@pytest.fixture
def opened(browser: Any, folders: dict[str, Path]) -> Iterator[Opener]:
    opener = Opener(browser, folders)
    yield opener
    for context in opener.contexts:
        context.close()
    assert opener.faults == []


def cells(page: Any) -> list[list[str]]:
    """What is seen in the chosen table, without the heads."""
    return page.evaluate(
        """() => [...document.querySelectorAll('.sheet.chosen table.figures tr')].slice(1).map((row) =>
        [...row.cells].slice(1).map((cell) => (cell.querySelector('[aria-hidden]') || cell).textContent))"""
    )


# ---- what is worked out, against another way to work it out ----


def worked_out(view: str, row: Row, total: Row, i: int) -> str:
    back = 12 if view.startswith("year") else 1
    pair = (row.figures[i], total.figures[i]) if view == "share" else (row.figures[i], row.figures[i - back])
    if view != "share" and i < back:
        return "."
    new, old = pair
    if isinstance(new, str) or isinstance(old, str):
        return "*"
    if view in ("change", "year"):
        return written(Fraction(new - old), 0, signed=True)
    if old == 0:
        return "."
    part = new if view == "share" else new - old
    return written(Fraction(part * 100, old), 1, signed=view != "share")


def written(value: Fraction, decimals: int, *, signed: bool) -> str:
    size = int(abs(value) * 10**decimals + Fraction(1, 2))
    text = f"{size:,}" if not decimals else f"{size // 10:,},{size % 10}"
    whole, comma, rest = text.rpartition(",") if decimals else (text, "", "")
    sign = "" if not size else MINUS if value < 0 else "+" if signed else ""
    return sign + whole.replace(",", SPACE) + comma + rest


@pytest.mark.parametrize("view", ["change", "percent", "year", "year-percent", "share"])
@pytest.mark.parametrize("name", ["tiny", "published", "two-years"])
def test_changes_and_shares_are_those_of_the_shown_figures_and_hidden_where_an_input_is(
    opened: Opener, name: str, view: str
) -> None:
    page = opened("nb/tabell-2.html", name=name)
    button = page.locator(f"[name=view][value={view}]")
    if name != "two-years" and view.startswith("year"):
        assert button.count() == 0
        return
    button.check()
    for table in [t for t in lay_out(CUBES[name]()) if t.family == 2]:
        if page.locator("#table-choice").count():
            page.locator("#table-choice").select_option(f"t{table.number}")
        total = table.rows[0]
        wanted = [[worked_out(view, r, total, i) for i in range(len(r.figures))] for r in table.rows]
        found = cells(page)
        assert found[0] == wanted[0]
        assert sorted(found) == sorted(wanted)


def test_the_figures_come_back_as_they_were(opened: Opener) -> None:
    page = opened("nb/tabell-5.html")
    before = page.locator(".sheet.chosen table.figures").inner_html()
    for view in ("percent", "share", "figures"):
        page.locator(f"[name=view][value={view}]").check()
    assert page.locator(".sheet.chosen table.figures").inner_html() == before


# ---- choosing, folding, keyboard ----


def test_a_table_is_chosen_by_list_buttons_and_address(opened: Opener) -> None:
    page = opened("nb/tabell-3.html#t7")
    shown = page.locator("section.sheet:visible")
    assert shown.get_attribute("id") == "t7"
    page.get_by_role("button", name="Neste").click()
    assert shown.get_attribute("id") == "t8"
    assert page.url.endswith("#t8")
    page.locator("#table-choice").select_option("t5")
    assert shown.get_attribute("id") == "t5"
    assert page.get_by_role("button", name="Forrige").is_disabled()
    assert page.locator("#said").inner_text() == "19 år og under"


def test_groups_fold_by_keyboard_one_by_one_and_all_at_once(opened: Opener) -> None:
    page = opened("nb/tabell-5.html")
    rows = page.locator(".sheet.chosen tbody tr:visible")
    everything = rows.count()
    first = page.get_by_role("button", name="Vis eller skjul radene under I alt arbeidspraksis")
    first.focus()
    page.keyboard.press("Enter")
    assert first.get_attribute("aria-expanded") == "false"
    assert 0 < everything - rows.count() < everything - 1
    page.keyboard.press("Space")
    assert rows.count() == everything
    page.get_by_role("button", name="Skjul undergrupper").click()
    assert rows.count() == page.locator(".sheet.chosen tbody tr.d0").count() < everything
    page.get_by_role("button", name="Neste").click()
    assert page.locator(".sheet.chosen tbody tr.d1:visible").count() == 0
    page.get_by_role("button", name="Vis undergrupper").click()
    assert page.locator(".sheet.chosen tbody tr.d1:visible").count() > 0


def test_the_entrance_goes_on_to_the_main_language(opened: Opener) -> None:
    page = opened("../index.html")
    page.wait_for_url("**/html/nb/index.html")
    assert page.locator("html").get_attribute("lang") == "nb"


def test_the_first_stop_of_the_keyboard_leads_past_the_menu(opened: Opener) -> None:
    page = opened("nb/index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Hopp til innholdet"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_head_and_stub_stay_in_sight(opened: Opener) -> None:
    page = opened("nb/tabell-5.html", width=700)
    region = page.locator(".sheet.chosen > .scroll")
    region.evaluate("(e) => { e.scrollTop = 300; e.scrollLeft = 200; }")
    for place in ("thead th", "tbody tr:nth-child(18) th"):
        box, frame = (
            page.locator(f".sheet.chosen > .scroll {place}").first.bounding_box(),
            region.bounding_box(),
        )
        assert abs(box["x"] - frame["x"]) <= 1
    assert (
        abs(page.locator(".sheet.chosen > .scroll thead").bounding_box()["y"] - region.bounding_box()["y"])
        <= 1
    )


def test_a_chart_is_saved_as_a_picture_and_as_a_drawing(opened: Opener) -> None:
    page = opened("nb/figurer.html", accept_downloads=True)
    with page.expect_download() as saved:
        page.locator("button.png").first.click()
    content = Path(saved.value.path()).read_bytes()
    assert saved.value.suggested_filename == "tiltak-alder-main_group-time.png"
    assert content.startswith(b"\x89PNG")
    assert int.from_bytes(content[16:20]) == 1520
    assert page.locator("a[download]").first.get_attribute("href") == "charts/main_group-time.svg"


# ---- without script, on paper, small, dark ----


def test_without_script_every_table_is_read_and_no_dead_control_is_seen(opened: Opener) -> None:
    page = opened("nb/tabell-3.html", java_script_enabled=False)
    assert page.locator("section.sheet:visible").count() == 7
    assert page.locator("button:visible, select:visible, input:visible").count() == 0
    page.locator("nav.unscripted").get_by_role("link", name="60 år og over").click()
    assert page.url.endswith("#t11")


def test_on_paper_the_head_repeats_and_the_controls_are_gone(opened: Opener) -> None:
    page = opened("nb/tabell-5.html")
    page.emulate_media(media="print")
    assert page.locator("thead").first.evaluate("(e) => getComputedStyle(e).display") == "table-header-group"
    assert page.locator("button:visible, select:visible, nav:visible a").count() == 0
    assert page.locator("section.sheet:visible").count() == 1


PAGES = ["index.html", "tabell-1.html", "tabell-6.html", "figurer.html", "om.html"]


@pytest.mark.parametrize("width", [320, 390, 768, 1920])
@pytest.mark.parametrize("place", PAGES)
def test_a_page_fits_its_window(opened: Opener, place: str, width: int) -> None:
    page = opened(f"nb/{place}", width=width)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("place", PAGES)
def test_nothing_moves_while_a_page_opens(opened: Opener, place: str) -> None:
    page = opened(f"nb/{place}")
    moved = page.evaluate(
        """() => new Promise((done) => { let sum = 0;
        new PerformanceObserver((l) => l.getEntries().forEach((e) => { sum += e.value; })).observe({type: 'layout-shift', buffered: true});
        setTimeout(() => done(sum), 200); })"""
    )
    assert moved < 0.01


def test_the_largest_page_is_ready_within_a_second(opened: Opener) -> None:
    page = opened("nb/tabell-6.html")
    times = [page.evaluate("performance.getEntriesByType('navigation')[0].domComplete")]
    for _ in range(2):
        page.reload()
        times.append(page.evaluate("performance.getEntriesByType('navigation')[0].domComplete"))
    assert min(times) < 1000


def test_the_embargo_is_told_until_it_ends(opened: Opener, folders: dict[str, Path]) -> None:
    cube = tiny_cube()
    for year, told in ((2999, True), (2001, False)):
        release = type(cube.spec.release).model_validate(
            {**cube.spec.release.model_dump(by_alias=True), "published": f"{year}-01-02T08:00:00+01:00"}
        )
        spec = cube.spec.model_copy(update={"release": release})
        found = site(PublishedCube(spec=spec, classifications=cube.classifications, cells=cube.cells))
        (folders["tiny"] / "html/nb/embargo.html").write_bytes(found["html/nb/index.html"])
        page = opened("nb/embargo.html", name="tiny")
        assert page.get_by_text("Tallene er under embargo").is_visible() == told


@pytest.mark.parametrize("width", [320, 1280])
def test_a_page_with_columns_of_its_own_is_read_folded_and_fits(opened: Opener, width: int) -> None:
    page = opened("nb/tabell-5.html", name="columns", width=width)
    assert page.locator(".sheet.chosen .heads th").all_inner_texts()[1:] == [
        "Juli 2022",
        "Endring fra juni 2022",
        "Endring fra juni 2022, prosent",
        "Andel, prosent",
        "Indeks, januar 2022 = 100",
    ]
    assert page.locator("[name=view]").count() == 0
    before = page.locator(".sheet.chosen tbody tr:visible").count()
    page.locator("#fold").click()
    assert page.locator(".sheet.chosen tbody tr:visible").count() < before
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if AXE is not None:
        page.evaluate((Path(str(AXE.origin)).parent / "axe.min.js").read_text(encoding="utf-8"))
        found = page.evaluate("axe.run({resultTypes: ['violations'], preload: false})")["violations"]
        assert [v["id"] for v in found] == []


AXE = importlib.util.find_spec("axe_playwright_python")
ENGLISH = ["index.html", "table-3.html", "charts.html", "about.html"]


@pytest.mark.skipif(AXE is None, reason="axe-playwright-python is not installed")
@pytest.mark.parametrize("look", ["light", "dark", "phone"])
@pytest.mark.parametrize("place", [*(f"nb/{p}" for p in PAGES), *(f"en/{p}" for p in ENGLISH)])
def test_axe_finds_nothing(opened: Opener, place: str, look: str) -> None:
    assert AXE is not None
    scheme = "dark" if look == "dark" else "light"
    page = opened(place, width=360 if look == "phone" else 1280, color_scheme=scheme)
    page.evaluate((Path(str(AXE.origin)).parent / "axe.min.js").read_text(encoding="utf-8"))
    for step in ("as it opens", "all open", "worked out"):
        if step == "all open":
            page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        if step == "worked out" and page.locator("[name=view]").count():
            page.locator("[name=view][value=percent]").check()
        found = page.evaluate("axe.run({resultTypes: ['violations'], preload: false})")["violations"]
        assert [(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in found] == []
