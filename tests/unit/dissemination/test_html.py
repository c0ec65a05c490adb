from functools import cache

import pytest

from prikk.dissemination import front_page, html_pages, lay_out, render
from prikk.dissemination._locale import number_writer
from unit.dissemination.cubes import published_cube, tiny_cube
from unit.dissemination.reading import Page


@cache
def pages() -> dict[str, bytes]:
    return html_pages(published_cube(), "nb")


def test_there_is_a_page_for_each_table_one_of_contents_and_a_style_sheet() -> None:
    assert set(pages()) == {"index.html", "style.css", *(f"tabell-{n:02}.html" for n in range(1, 57))}
    assert set(html_pages(tiny_cube(), "en")) == {"index.html", "style.css", "table-01.html", "table-02.html"}


def test_every_figure_of_the_example_is_on_its_page() -> None:
    number = number_writer("nb")
    for table in lay_out(published_cube()):
        page = Page(pages()[f"tabell-{table.number:02}.html"])
        wanted = [
            [row.label["nb"], *(f if isinstance(f, str) else number(f) for f in row.figures)]
            for row in table.rows
        ]
        assert page.rows[1:] == wanted


def test_a_hidden_figure_is_said_in_words_to_who_cannot_see_it() -> None:
    page = Page(html_pages(tiny_cube(), "nb")["tabell-02.html"])
    said = [text for row in page.unseen for text in row if text]
    assert said == ["skjult av hensyn til personvern"] * 3
    assert page.rows[3] == ["=Yawl", "*", "9"]


def test_the_total_is_in_the_head_that_every_printed_page_repeats() -> None:
    text = pages()["tabell-34.html"].decode()
    head = text[text.index("<thead>") : text.index("</thead>")]
    assert "I alt nedsatt arbeidsevne, på tiltak" in head
    assert text.count("<thead>") == 1
    assert "table-header-group" in pages()["style.css"].decode()


def test_a_body_ends_with_its_subtotal() -> None:
    text = html_pages(tiny_cube(), "en")["table-02.html"].decode()
    bodies = [part.split("</tbody>")[0] for part in text.split("<tbody>")[1:]]
    assert [body.rindex('<tr class="subtotal">') > body.rindex("<tr>") for body in bodies] == [True, True]


def test_every_row_and_column_has_a_head_with_its_scope() -> None:
    scopes = [scope for scope, _ in Page(pages()["tabell-34.html"]).heads]
    assert scopes[:8] == ["col"] * 8
    assert set(scopes[8:]) == {"row"}


def test_a_stub_without_a_label_has_no_empty_head() -> None:
    assert '<th scope="col"></th>' not in html_pages(tiny_cube(), "nb")["tabell-01.html"].decode()


@pytest.mark.parametrize(("language", "page"), [("nb", "tabell-02.html"), ("en", "table-02.html")])
def test_a_page_tells_its_language_and_leads_to_the_others(language: str, page: str) -> None:
    read = Page(html_pages(tiny_cube(), language)[page])
    other = {"nb": "../en/table-02.html", "en": "../nb/tabell-02.html"}[language]
    assert read.attributes["html"]["lang"] == language
    assert other in read.links


def test_previous_and_next_lead_through_all_tables() -> None:
    first, second = (Page(html_pages(tiny_cube(), "en")[f"table-0{n}.html"]).links for n in (1, 2))
    assert "table-02.html" in first
    assert "table-01.html" in second


def test_every_link_of_a_release_leads_to_one_of_its_files() -> None:
    files = render(published_cube())
    for path, content in files.items():
        if path.endswith(".html"):
            folder = path.rpartition("/")[0]
            targets = [normal(f"{folder}/{link}") for link in Page(content).links]
            assert not set(targets) - set(files), path


def normal(path: str) -> str:
    parts: list[str] = []
    for part in path.strip("/").split("/"):
        parts = parts[:-1] if part == ".." else [*parts, part]
    return "/".join(parts)


def test_no_page_has_a_script_or_an_address_on_a_network() -> None:
    for content in (*pages().values(), front_page(published_cube())):
        assert b"<script" not in content
        assert b"://" not in content
        assert b"javascript:" not in content


def test_texts_of_the_spec_are_escaped() -> None:
    text = html_pages(tiny_cube(), "nb")["index.html"].decode()
    assert "Oppdiktede båter &amp; &lt;havner&gt;." in text
    assert "<havner>" not in text


def test_the_legend_is_on_every_page_and_described_by_the_table() -> None:
    for name, content in html_pages(tiny_cube(), "nb").items():
        if name != "style.css":
            assert "* = tallet er lavere enn 3 (0 til 2)" in content.decode()
    assert Page(pages()["tabell-01.html"]).attributes["table"]["aria-describedby"] == "legend"


def test_the_front_page_leads_to_every_language() -> None:
    assert Page(front_page(tiny_cube())).links == ["html/nb/index.html", "html/en/index.html"]
