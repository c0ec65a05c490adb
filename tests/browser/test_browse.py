"""The pages of the server in a browser: find, choose, look, take away; by mouse, by keyboard, without script, on a small screen."""

from __future__ import annotations

import importlib.util
import json
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from prikk.serve import Config, Store, create_app
from unit.serve.browse.kit import store

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
TABLE = "/nb/tables/tiltak-alder"
CHOICE = "valueCodes[main_group]=NEDSATT&valueCodes[age]=20-24,60%2B&valueCodes[measure]=*&valueCodes[period]=TOP(2)"
SMALL = "valueCodes[main_group]=*&valueCodes[measure]=*&valueCodes[period]=TOP(3)"
AGES = "valueCodes[main_group]=*&valueCodes[age]=*&valueCodes[period]=*"


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return store(tmp_path_factory.mktemp("store"))


@pytest.fixture(scope="module")
def server(held: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server on a port that was free."""
    config = Config(folder=tmp_path_factory.mktemp("empty"), log="none", max_calls=0, title="Testbyrået")
    app = create_app(config, held)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        running = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off", ws="none"))
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not running.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        running.should_exit = True
        thread.join(timeout=10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as player:
        started = player.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield started
        started.close()


class Opener:
    """Opens pages, and keeps what they should not do: ask others, complain, fail, set cookies."""

    def __init__(self, browser: Any, server: str) -> None:
        self.browser, self.server = browser, server
        self.faults: list[str] = []
        self.contexts: list[Any] = []

    def __call__(self, path: str, *, width: int = 1280, **options: Any) -> Any:
        options.setdefault("locale", "nb-NO")
        context = self.browser.new_context(viewport={"width": width, "height": 800}, **options)
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=self.server)
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("dialog", lambda dialog: self.faults.append(dialog.message))
        page.on("request", lambda request: self._seen(request.url))
        page.goto(self.server + path)
        return page

    def _said(self, message: Any) -> None:
        # The browser itself complains of every page with such a status.
        if "the server responded with a status of 4" not in message.text:
            self.faults.append(message.text)

    def _seen(self, url: str) -> None:
        if not url.startswith((self.server, "data:", "blob:")):
            self.faults.append(url)


@pytest.fixture
def opened(browser: Any, server: str) -> Iterator[Opener]:
    opener = Opener(browser, server)
    yield opener
    cookies = [cookie for context in opener.contexts for cookie in context.cookies()]
    for context in opener.contexts:
        context.close()
    assert (opener.faults, cookies) == ([], [])


def shown(page: Any) -> list[list[str]]:
    """The rows that are seen, as they are seen."""
    return page.evaluate(
        """() => [...document.querySelectorAll('table.result tr')].filter((r) => r.offsetParent).map((row) =>
        [...row.cells].map((cell) => (cell.querySelector('[aria-hidden]') || cell).textContent.trim()))"""
    )


def labels(page: Any) -> list[str]:
    return [row[0] for row in shown(page)]


# ---- from a word to a table ----


def test_a_table_is_found_chosen_and_shown(opened: Opener) -> None:
    page = opened("/")
    assert page.url.endswith("/nb/")
    page.get_by_label("Søk i tabeller").fill("oppfølging")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Deltakere i arbeidsrettede tiltak").click()
    page.get_by_role("button", name="Vis tabellen").click()
    page.wait_for_url("**/view?**")
    assert page.locator("table.result").is_visible()
    assert ["I alt", "66\N{NO-BREAK SPACE}432"] in [[row[0], row[-1]] for row in shown(page)]


def test_values_are_searched_picked_and_counted_as_they_are_chosen(opened: Opener) -> None:
    page = opened(TABLE)
    count, ages = page.locator("#count"), page.get_by_role("group", name="Alder")
    assert count.inner_text().startswith("56 celler")
    ages.get_by_role("button", name="Ingen").click()
    assert ages.locator(".chosen").inner_text() == "Ingen valgt: den publiserte totalen vises"
    ages.get_by_role("searchbox").fill("50")
    ages.get_by_role("button", name="Alle").click()
    assert ages.locator("input:checked").evaluate_all("boxes => boxes.map((b) => b.value)") == ["50-59"]
    ages.get_by_role("searchbox").fill("finnesikke")
    assert ages.get_by_text("Ingen verdier passer.").is_visible()
    measures = page.get_by_role("group", name="Tiltak")
    measures.get_by_role("button", name="Tiltaksgrupper").click()
    assert measures.locator("input:checked").count() == 9
    periods = page.get_by_role("group", name="Periode")
    periods.get_by_role("spinbutton").fill("2")
    periods.get_by_role("button", name="Nyeste").click()
    assert count.inner_text().startswith("18 celler")
    page.get_by_role("button", name="Vis tabellen").click()
    page.wait_for_url("**/view?**")
    assert "period%5D=TOP(2)" in page.url
    assert len(shown(page)) == 1 + 9
    page.get_by_role("link", name="Endre utvalget").click()
    assert page.locator("#count").inner_text().startswith("18 celler")


def test_a_choice_of_nothing_or_too_much_is_told_before_it_is_sent(opened: Opener) -> None:
    page = opened("/nb/tables/boats")
    page.get_by_role("group", name="Periode").get_by_role("button", name="Ingen").click()
    assert page.locator("#count").inner_text() == "Velg minst én verdi i Periode."
    page.evaluate("document.getElementById('choose').dataset.most = '3'")
    page.get_by_role("group", name="Periode").get_by_role("button", name="Alle").click()
    assert "er for mange" in page.locator("#count").inner_text()


# ---- the table ----


def test_a_table_is_rotated_sorted_and_put_back_without_a_new_page(opened: Opener) -> None:
    page = opened(f"{TABLE}/view?{SMALL}")
    page.evaluate("window.same = true")
    before = shown(page)
    page.get_by_role("link", name="Bytt rader og kolonner").click()
    page.wait_for_url("**heading=main_group**")
    assert labels(page)[2:] == ["Mai 2022", "Juni 2022", "Juli 2022"]
    assert page.evaluate("document.activeElement.id") == "swap"
    page.get_by_text("Flytt variabler").click()
    page.get_by_role("link", name="Til rader Tiltak").click()
    page.wait_for_url("**stub=period,measure**")
    page.go_back()
    page.go_back()
    playwright.expect(page.locator("table.result thead")).to_contain_text("Juli 2022")
    assert shown(page) == before
    page.get_by_role("link", name="Juli 2022").click()
    page.wait_for_url("**sort=-3**")
    assert page.locator("th[aria-sort=descending]").inner_text().startswith("Juli 2022")
    assert labels(page) != [row[0] for row in before]
    page.get_by_role("link", name="Tabellens rekkefølge").click()
    playwright.expect(page.locator("th[aria-sort]")).to_have_count(0)
    assert shown(page) == before
    assert page.evaluate("window.same")


def test_groups_fold_by_keyboard_and_the_address_remembers(opened: Opener) -> None:
    page = opened(
        f"{TABLE}/view?valueCodes[main_group]=ARBEIDSSOKER&choose[measure]=*&valueCodes[period]=TOP(2)"
    )
    everything = labels(page)
    first = page.locator("tr.g .fold").first
    first.focus()
    page.keyboard.press("Enter")
    assert first.get_attribute("aria-expanded") == "false"
    folded = labels(page)
    assert 0 < len(folded) < len(everything)
    again = opened(page.url.removeprefix(opened.server))
    assert labels(again) == folded
    page.get_by_role("button", name="Skjul undergrupper").click()
    assert len(labels(page)) == 1 + 1 + 9
    page.get_by_role("button", name="Vis undergrupper").click()
    assert labels(page) == everything


def test_rows_without_figures_can_be_left_out(opened: Opener) -> None:
    page = opened(f"{TABLE}/view?{SMALL}")
    everything = shown(page)
    page.get_by_role("link", name="Skjul rader uten tall").click()
    page.wait_for_url("**empty=hide**")
    playwright.expect(page.get_by_role("link", name="Vis rader uten tall")).to_be_focused()
    with_figures = [row for row in everything if not set(row[1:]) <= {"..", "-"} or len(row) == 1]
    assert shown(page) == with_figures
    assert len(with_figures) < len(everything)


def test_head_and_stub_stay_in_sight(opened: Opener) -> None:
    page = opened(f"{TABLE}/view?{SMALL}&stub=measure&heading=main_group,period", width=500)
    region = page.locator(".scroll")
    region.evaluate("(e) => { e.scrollTop = 400; e.scrollLeft = 300; }")
    frame = region.bounding_box()
    assert abs(page.locator("thead").bounding_box()["y"] - frame["y"]) <= 1
    assert abs(page.locator("tbody tr:nth-child(25) th").bounding_box()["x"] - frame["x"]) <= 1


def test_the_table_is_copied_as_it_is_seen(opened: Opener) -> None:
    page = opened("/nb/tables/boats/view?valueCodes[harbour]=N&valueCodes[boat]=*&valueCodes[period]=*")
    page.get_by_role("button", name="Kopier tabellen").click()
    playwright.expect(page.locator("#said")).to_have_text("Kopiert.")
    lines = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert lines[0].split("\t") == ["boat", "Desember 2024", "Januar 2025"]
    assert lines[1:4] == ["I alt\t1230\t1201", "Seilbåter\t1220\t1199", "Ketsj\t1218\t1190"]
    assert lines[4] == "=Yawl\t*\t9"


def test_a_copied_link_shows_the_same_to_somebody_else(opened: Opener) -> None:
    page = opened(f"{TABLE}/view?{SMALL}")
    page.get_by_role("link", name="Bytt rader og kolonner").click()
    page.wait_for_url("**heading=main_group**")
    page.locator("a.sort").nth(3).click()
    page.wait_for_url("**sort=-4**")
    page.get_by_role("button", name="Kopier lenken").click()
    playwright.expect(page.locator("#said")).to_have_text("Kopiert.")
    link = page.evaluate("navigator.clipboard.readText()")
    assert shown(opened(link.removeprefix(opened.server))) == shown(page)


# ---- charts ----


def test_a_selection_is_seen_as_lines_bars_and_a_profile(opened: Opener) -> None:
    page = opened(f"{TABLE}/view?{AGES}")
    for name, marks in (("Linjer over tid", "path"), ("Søyler", "rect"), ("Profil", "rect")):
        page.get_by_role("link", name=name).click()
        # The chart before may have the same marks: wait for the new one.
        page.locator("nav.tabs [aria-current]", has_text=name).wait_for()
        page.wait_for_selector(f"svg.wide {marks}")
        assert page.locator("nav.tabs [aria-current]").inner_text() == name
        assert page.locator("svg:visible").count() == 1
    page.get_by_label("Venstre side").select_option("ANDRE")
    page.get_by_label("Periode").select_option("2022-01")
    page.get_by_role("button", name="Vis", exact=True).click()
    page.wait_for_url("**left=ANDRE**")
    assert page.locator("figcaption h2").inner_text() == "Alder, januar 2022"
    assert page.locator("svg:visible text", has_text="Andre på tiltak").count() == 1
    page.get_by_text("Tallene i figuren").click()
    assert page.locator("table.plain tbody tr").count() == 7


# ---- taking it away ----


@pytest.mark.parametrize(
    ("name", "starts"), [("CSV", b""), ("Excel", b"PK"), ("PX", b"CHARSET"), ("JSON-stat", b"{")]
)
def test_a_selection_is_downloaded(opened: Opener, name: str, starts: bytes) -> None:
    page = opened(f"{TABLE}/view?{SMALL}", accept_downloads=True)
    with page.expect_download() as saved:
        page.get_by_role("link", name=name, exact=True).click()
    content = Path(saved.value.path()).read_bytes()
    assert content.startswith(starts)
    assert len(content) > 1000


def test_the_call_to_copy_is_the_one_of_the_same_figures(opened: Opener) -> None:
    page = opened("/nb/tables/boats/view?valueCodes[harbour]=N&valueCodes[boat]=*&valueCodes[period]=*")
    page.get_by_role("button", name="Kopier URL").click()
    playwright.expect(page.locator("#said")).to_have_text("Kopiert.")
    address = page.evaluate("navigator.clipboard.readText()")
    answer = page.evaluate("(address) => fetch(address).then((a) => a.json())", address)
    assert answer["value"] == [1230, 1201, 1220, 1199, 1218, 1190, None, 9, 10, None, 10, None]
    for kind in ("curl", "Python", "R"):
        page.get_by_text(kind, exact=True).first.click()
    assert page.locator("details.call[open]").count() == 4


# pyjstat warns of a function that it calls itself.
@pytest.mark.filterwarnings("ignore:Shouldn't use this function:DeprecationWarning")
def test_the_calls_that_can_be_copied_work_as_they_are(opened: Opener, tmp_path: Path) -> None:
    page = opened(f"/nb/tables/tiltak-alder/view?{CHOICE}")
    values: dict[str, Any] = {}
    exec(page.locator("#call-python").text_content(), values)
    frame = values["table"]
    assert len(frame) == 2 * 48 * 2
    assert int(frame["value"].isna().sum()) == page.locator("td.h, td.n, td.x").count() > 0
    curl = shutil.which("curl")
    if curl:
        call = page.locator("#call-curl").text_content().replace("curl", f"{curl} --silent", 1)
        answer = subprocess.run(call, shell=True, capture_output=True, check=True, timeout=60)
        assert len(json.loads(answer.stdout)["value"]) == len(frame)


# ---- without script, small, steady, for everybody ----


def test_without_script_values_are_chosen_and_the_table_is_read(opened: Opener) -> None:
    page = opened(TABLE, java_script_enabled=False)
    assert page.locator("button:visible").count() == 1
    measures = page.get_by_role("group", name="Tiltak")
    measures.get_by_label("Hurtigvalg").select_option("measure_group")
    page.get_by_role("group", name="Periode").get_by_label("Hurtigvalg").select_option("TOP(2)")
    page.get_by_role("group", name="Hovedgruppe").get_by_label("Arbeidssøkere på tiltak").check()
    page.get_by_role("button", name="Vis tabellen").click()
    assert page.locator("table.result tbody").count() == 2 * 8
    assert page.locator("table.result thead th").count() == 1 + 2
    page.get_by_role("link", name="Bytt rader og kolonner").click()
    assert page.locator("table.result thead tr").count() == 3
    assert page.locator("button:visible").count() == 0
    page.get_by_role("link", name="Søyler").click()
    assert page.locator("svg:visible").count() == 1


PAGES = {
    "find": "/nb/",
    "search": "/en/?query=age",
    "choose": TABLE,
    "fault": f"{TABLE}/view?valueCodes[age]=x",
    "table": f"{TABLE}/view?{CHOICE}&sort=1",
    "rotated": f"{TABLE}/view?{SMALL}&stub=measure&heading=main_group,period",
    "line": f"{TABLE}/view?{AGES}&show=line",
    "bar": f"{TABLE}/view?{AGES}&show=bar",
    "profile": f"{TABLE}/view?{AGES}&show=profile",
    "releases": "/en/tables/boats/releases",
    "gone": "/en/tables/boats@2024-12-20",
    "missing": "/nb/nothing/here",
    "odd": "/en/tables/evil/view?valueCodes[harbour]=*&valueCodes[period]=*",
}


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_its_window(opened: Opener, name: str, width: int) -> None:
    page = opened(PAGES[name], width=width)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", ["find", "choose", "table", "line"])
def test_nothing_moves_while_a_page_opens(opened: Opener, name: str) -> None:
    page = opened(PAGES[name])
    moved = page.evaluate(
        """() => new Promise((done) => { let sum = 0;
        new PerformanceObserver((l) => l.getEntries().forEach((e) => { sum += e.value; })).observe({type: 'layout-shift', buffered: true});
        setTimeout(() => done(sum), 200); })"""
    )
    assert moved < 0.01


def test_the_first_stop_of_the_keyboard_leads_past_the_menu(opened: Opener) -> None:
    page = opened(f"{TABLE}/view?{SMALL}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Hopp til innholdet"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


AXE = importlib.util.find_spec("axe_playwright_python")


@pytest.mark.skipif(AXE is None, reason="axe-playwright-python is not installed")
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(opened: Opener, name: str, width: int) -> None:
    assert AXE is not None
    page = opened(PAGES[name], width=width)
    page.evaluate((Path(str(AXE.origin)).parent / "axe.min.js").read_text(encoding="utf-8"))
    for step in ("as it opens", "all open"):
        if step == "all open":
            page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        found = page.evaluate("axe.run({resultTypes: ['violations'], preload: false})")["violations"]
        assert [(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in found] == []
