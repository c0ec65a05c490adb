from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from prikk.reading import DrawnCell, DrawnTable
from prikk.reporting import _page
from unit.reporting.reports import HOSTILE, boats, cell_of, every_kind, hostile, wrong_sum

VOID = {"meta", "link", "input", "br"}


class Read(HTMLParser):
    """A page as a test wants it; fails where tags do not close in order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: Counter[str] = Counter()
        self.links: list[str] = []
        self.tags: Counter[str] = Counter()
        self.attributes: set[str] = set()
        self.refers: list[str] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags[tag] += 1
        self.attributes |= set(found)
        if tag not in VOID:
            self._open.append(tag)
        if found.get("id"):
            self.ids[found["id"] or ""] += 1
        if tag == "a":
            self.links.append(found["href"] or "")
        for name in ("aria-labelledby", "aria-controls"):
            self.refers += (found.get(name) or "").split()

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & set(self._open):
            self.text += data


REPORTS = {
    "drawn": boats,
    "every kind": every_kind,
    "hostile": hostile,
    "listed": lambda: boats(reading=replace(boats().reading, tables=())),
    "nothing hidden": lambda: boats(audit=replace(boats().audit, hidden=())),
}


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("language", ["en", "nb"])
def test_a_page_is_well_formed_and_every_link_leads_to_one_place(name: str, language: str) -> None:
    page = Read(REPORTS[name]().to_html(language=language))
    assert set(page.ids.values()) <= {1}
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert set(page.refers) <= set(page.ids)


@pytest.mark.parametrize("name", REPORTS)
def test_a_page_needs_nothing_beside_it(name: str) -> None:
    text = REPORTS[name]().to_html()
    page = Read(text)
    assert "://" not in text
    assert not {"src", "srcset", "action", "style"} & page.attributes
    assert not {a for a in page.attributes if a.startswith("on")}
    assert (page.tags["script"], page.tags["style"], page.tags["img"]) == (1, 1, 0)


@pytest.mark.parametrize("name", ["hostile", "listed hostile", "snippet"])
def test_labels_of_a_document_are_text_and_never_code(name: str) -> None:
    report = hostile()
    if name == "listed hostile":
        report = replace(report, reading=replace(report.reading, tables=()))
    text = report._repr_html_() if name == "snippet" else report.to_html()
    page = Read(text)
    assert "<script>alert" not in text
    assert not {"b", "i", "img"} & set(page.tags)
    assert "onmouseover" not in page.attributes
    assert all(label in page.text for label in HOSTILE)


def test_the_policy_lets_only_the_own_style_and_script_run() -> None:
    text = boats().to_html()
    assert "default-src &#39;none&#39;" in text
    assert "unsafe" not in text


def test_the_page_tells_its_language() -> None:
    assert '<html lang="nb">' in boats().to_html(language="nb")
    assert '<html lang="en">' in boats().to_html(language="sv")


def test_every_leak_is_a_link_to_its_derivation_below_the_table() -> None:
    report = boats()
    page = Read(report.to_html())
    for cell in report.leaks:
        assert f"#d{cell.cell}" in page.links
        assert page.ids[f"d{cell.cell}"] == 1


def test_a_leak_that_several_tables_print_is_told_once() -> None:
    report = boats()
    reading = replace(report.reading, tables=(*report.reading.tables, report.reading.tables[1]))
    page = Read(boats(reading=reading).to_html())
    cell = cell_of(report, "N", "KETCH", "2024")
    assert page.links.count(f"#d{cell}") == 2
    assert page.ids[f"d{cell}"] == 1


def test_a_table_without_leaks_says_so() -> None:
    report = boats(requirement="not-exact")
    assert Read(report.to_html()).text.count("No leak in this table.") == 0
    clean = replace(report.audit, hidden=tuple(c for c in report.audit.hidden if c.verdict == "safe"))
    assert Read(boats(audit=clean).to_html()).text.count("No leak in this table.") == 3


def test_marks_tell_the_kinds_apart_without_colour() -> None:
    text = Read(every_kind().to_html()).text.replace("\N{NO-BREAK SPACE}", " ")
    assert all(mark in text for mark in ("* = 2", " !", "* 0–2", "* ? 0–3", "* ✓"))


def test_kinds_that_do_not_occur_are_not_in_the_legend() -> None:
    text = Read(boats().to_html()).text
    assert "whatever else is hidden" not in text
    assert "whatever else is hidden" in Read(every_kind().to_html()).text


def test_an_unavoidable_leak_says_what_helps() -> None:
    assert "Only another presentation helps" in Read(every_kind().to_html()).text


def test_contradictions_and_doubts_stand_above_the_tables() -> None:
    text = Read(boats(reading=replace(boats().reading, contradictions=(wrong_sum(),))).to_html()).text
    first = text.index("Boats in all")
    assert text.index(wrong_sum().text) < first
    assert text.index("Unsure: “Ketch” may hold other boats.") < first


def test_without_drawn_tables_leaks_are_listed_by_their_labels() -> None:
    report = boats(reading=replace(boats().reading, tables=()))
    page = Read(report.to_html())
    assert "Leaks by their codes" in page.text
    assert sum(name.startswith("d") for name in page.ids) == len(report.leaks)
    assert "512 (Boats in all) − 500 (Sloop) − 10 (Yawl) = 2" in page.text


def test_a_long_list_is_cut_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_page, "MOST_LISTED", 3)
    page = Read(boats(reading=replace(boats().reading, tables=())).to_html())
    assert "This is the first 3 of 8; all are in the JSON form of this report." in page.text
    assert sum(name.startswith("d") and name[1:].isdigit() for name in page.ids) == 3


def test_a_table_that_is_too_large_is_named_and_its_leaks_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_page, "MOST_DRAWN", 20)
    page = Read(boats().to_html())
    assert "Too large to be drawn on this page:\nNorth harbour\nSouth harbour" in page.text.replace(
        "\n\n", "\n"
    )
    assert "These figures stand in no table that is drawn above." in page.text


def test_a_long_sum_is_broken_into_its_terms() -> None:
    report = boats()
    short = report.to_html()
    cell = cell_of(report, "N", "KETCH", "2024")
    derivation = report.derivations[cell]
    terms = derivation.steps[0].terms * 2
    long = replace(derivation, steps=(replace(derivation.steps[0], terms=terms),))
    text = boats(derivations={**report.derivations, cell: long}).to_html()
    assert 'class="term"' not in short
    assert text.count('<span class="term">') == 7


def test_a_page_of_sixty_tables_stays_small() -> None:
    wide = tuple(DrawnCell(text="1 234", cell=i % 24) for i in range(12))
    rows = (DrawnCell(text="Boat", header=True),), *((DrawnCell(text="Yawl", header=True), *wide),) * 10
    tables = (*boats().reading.tables, *(DrawnTable(name="t", source="s", rows=rows),) * 60)
    assert len(boats(reading=replace(boats().reading, tables=tables)).to_html()) < 1_500_000
