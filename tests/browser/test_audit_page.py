"""The page of an audit in a browser: by mouse, by keyboard, without script, on paper and on a small screen."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from prikk.reporting import AuditReport
from unit.reporting.reports import boats, boats_reading, cell_of, every_kind, hostile

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


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as player:
        started = player.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield started
        started.close()


class Opener:
    """Opens reports as files, and keeps what a page should not do: ask a network, complain, fail."""

    def __init__(self, browser: Any, folder: Path) -> None:
        self.browser, self.folder = browser, folder
        self.faults: list[str] = []
        self.contexts: list[Any] = []

    def __call__(self, report: AuditReport, *, width: int = 1280, fragment: str = "", **options: Any) -> Any:
        path = self.folder / f"report-{len(self.contexts)}.html"
        path.write_text(report.to_html(), encoding="utf-8")
        context = self.browser.new_context(viewport={"width": width, "height": 720}, **options)
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: self.faults.append(message.text))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("dialog", lambda dialog: self.faults.append(dialog.message))
        page.on("request", lambda request: self._seen(request.url))
        page.goto(path.as_uri() + fragment)
        return page

    def _seen(self, url: str) -> None:
        if not url.startswith(("file:", "data:")):
            self.faults.append(url)


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Opener]:
    opener = Opener(browser, tmp_path)
    yield opener
    for context in opener.contexts:
        context.close()
    assert opener.faults == []


def mark(page: Any, *codes: str) -> Any:
    return page.locator(f"#c{cell_of(boats(), *codes)} a.open")


def focused(page: Any) -> str:
    return page.evaluate("document.activeElement.id || document.activeElement.getAttribute('href') || ''")


def in_sight(place: Any) -> bool:
    """Whether the middle of an element is what one sees there."""
    return place.evaluate(
        """(e) => { const b = e.getBoundingClientRect();
        const seen = document.elementFromPoint((b.left + b.right) / 2, (b.top + b.bottom) / 2);
        return !!seen && (e.contains(seen) || seen.contains(e)); }"""
    )


def test_a_click_shows_the_derivation_and_marks_the_cells_that_it_reads(opened: Opener) -> None:
    page = opened(boats())
    mark(page, "N", "KETCH", "2024").click()
    panel = page.locator("#panel")
    assert panel.is_visible()
    assert "512 (Boats in all) − 500 (Sloop) − 10 (Yawl) = 2" in panel.inner_text()
    assert page.locator("td.told").count() == 1
    assert [t.strip()[-1] for t in page.locator("#tables .tag").all_inner_texts()] == ["+", "−", "−"]


def test_the_keyboard_opens_and_closes_a_derivation_and_the_focus_comes_back(opened: Opener) -> None:
    page = opened(boats())
    opener = mark(page, "N", "KETCH", "2024")
    for key in ("Enter", "Space"):
        opener.focus()
        page.keyboard.press(key)
        assert opener.get_attribute("aria-expanded") == "true"
        assert focused(page) == "panel-name"
        page.keyboard.press("Escape")
        assert not page.locator("#panel").is_visible()
        assert opener.get_attribute("aria-expanded") == "false"
        assert focused(page) == opener.get_attribute("href")
    assert page.locator(".used, .told").count() == page.locator(".legend .used").count()


def test_all_leaks_are_reached_by_tab_alone(opened: Opener) -> None:
    page = opened(boats())
    found = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        found.add(focused(page))
    assert {f"#d{cell.cell}" for cell in boats().leaks} <= found


def test_j_and_k_step_through_the_leaks_and_round(opened: Opener) -> None:
    page = opened(boats())
    count = page.locator("#panel-count")
    for key, told in (("j", "Leak 1 of 8"), ("j", "Leak 2 of 8"), ("k", "Leak 1 of 8"), ("k", "Leak 8 of 8")):
        page.keyboard.press(key)
        assert count.inner_text() == told
        assert in_sight(page.locator("td.told"))
        assert focused(page) == "panel-name"


def test_j_and_k_can_be_turned_off(opened: Opener) -> None:
    page = opened(boats())
    page.get_by_label("Keys j (next) and k (previous)").uncheck()
    page.keyboard.press("j")
    assert not page.locator("#panel").is_visible()


def test_buttons_step_too_and_the_panel_closes(opened: Opener) -> None:
    page = opened(boats())
    page.locator("#bar").get_by_role("button", name="Next leak").click()
    page.locator("#panel").get_by_role("button", name="Next leak").click()
    assert page.locator("#panel-count").inner_text() == "Leak 2 of 8"
    page.get_by_role("button", name="Close").click()
    assert not page.locator("#panel").is_visible()
    assert focused(page) == f"#d{boats().leaks[1].cell}"


def test_a_figure_of_the_derivation_leads_to_its_place(opened: Opener) -> None:
    page = opened(boats())
    mark(page, "S", "YAWL", "2024").click()
    page.locator("#panel").get_by_role("link", name="Yawl, in “North harbour”").click()
    place = f"c{cell_of(boats(), 'N', 'YAWL', '2024')}"
    assert focused(page) == place
    assert in_sight(page.locator(f"#{place}"))


def test_the_filter_leaves_tables_with_leaks(opened: Opener) -> None:
    page = opened(boats(requirement="not-exact", reading=with_a_clean_table()))
    assert page.locator("section.sheet:visible").count() == 4
    page.get_by_label("Only tables with leaks").check()
    assert page.locator("section.sheet:visible").count() == 3


def with_a_clean_table() -> Any:
    reading = boats_reading()
    first = reading.tables[0]
    clean = replace(first, name="Sloops", rows=(first.rows[0], first.rows[2]))
    return replace(reading, tables=(*reading.tables, clean))


def test_an_address_with_a_leak_opens_it(opened: Opener) -> None:
    page = opened(boats(), fragment=f"#d{cell_of(boats(), 'N', 'KETCH', '2024')}")
    assert "Ketch, 2024" in page.locator("#panel-name").inner_text()


def test_without_script_the_marks_lead_to_the_derivations_below(opened: Opener) -> None:
    page = opened(boats(), java_script_enabled=False)
    mark(page, "N", "KETCH", "2024").click()
    item = page.locator(f"#d{cell_of(boats(), 'N', 'KETCH', '2024')}")
    assert page.url.endswith(f"#d{cell_of(boats(), 'N', 'KETCH', '2024')}")
    assert item.is_visible()
    assert page.locator(".scripted:visible").count() == 0


def test_derivations_below_a_table_open_with_a_button(opened: Opener) -> None:
    page = opened(boats())
    button = page.get_by_role("button", name="How they are worked out (3)").first
    assert page.locator(".how:visible").count() == 0
    button.click()
    assert button.get_attribute("aria-expanded") == "true"
    assert page.locator(".how:visible").count() == 1


def test_a_list_of_leaks_is_stepped_through_without_a_panel(opened: Opener) -> None:
    page = opened(boats(reading=replace(boats_reading(), tables=())))
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert not page.locator("#panel").is_visible()
    assert page.evaluate("document.activeElement.dataset.c") == str(boats().leaks[1].cell)


@pytest.mark.parametrize("width", [320, 768, 1920])
def test_the_page_fits_its_window(opened: Opener, width: int) -> None:
    page = opened(every_kind(), width=width)
    for _ in range(3):
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.keyboard.press("j")
        assert in_sight(page.locator("td.told"))


def test_on_paper_every_derivation_is_printed_and_no_control(opened: Opener) -> None:
    page = opened(boats())
    page.keyboard.press("j")
    page.emulate_media(media="print")
    assert page.locator(".how:visible").count() == 3
    assert page.locator("#panel:visible, #bar:visible, button:visible").count() == 0


def test_hostile_labels_run_nothing(opened: Opener) -> None:
    page = opened(hostile())
    for _ in range(8):
        page.keyboard.press("j")
    page.mouse.move(100, 500)
    assert page.locator("img").count() == 0
    assert "<script>alert(1)</script>" in page.locator("h1").inner_text()


def test_what_is_marked_is_said_in_words_too(opened: Opener) -> None:
    page = opened(boats())
    assert mark(page, "N", "KETCH", "2024").get_by_text("exactly 2").count() == 1
    safe = page.locator("td", has=page.locator(".safe")).first
    assert "safe" in safe.inner_text()
    button = page.get_by_role("button", name="show the derivation").first
    assert button.get_attribute("aria-controls") == "panel"


AXE = importlib.util.find_spec("axe_playwright_python")


@pytest.mark.skipif(AXE is None, reason="axe-playwright-python is not installed")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "report", [every_kind, hostile, lambda: boats(reading=replace(boats_reading(), tables=()))]
)
def test_axe_finds_nothing(opened: Opener, report: Any, scheme: str) -> None:
    assert AXE is not None
    page = opened(report(), color_scheme=scheme)
    script = (Path(str(AXE.origin)).parent / "axe.min.js").read_text(encoding="utf-8")
    for step in ("closed", "j", "open derivations"):
        if step == "j":
            page.keyboard.press("j")
        if step == "open derivations":
            for button in page.locator(".toggle").all():
                button.click()
        page.evaluate(script)
        found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        assert [(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in found] == []
