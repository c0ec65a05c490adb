import re

import pytest

from prikk.dissemination import lay_out
from prikk.dissemination._locale import number_writer
from prikk.dissemination.site import site
from unit.dissemination.cubes import published_cube, tiny_cube
from unit.dissemination.reading import Page
from unit.dissemination.site.kit import CUBES, PATHS, files, pages, target


def family_pages(name: str, language: str) -> list[Page]:
    found = sorted(p for p in pages(name, language) if re.fullmatch(r"tab(ell|le)-\d+\.html", p))
    return [Page(pages(name, language)[p]) for p in found]


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("name", CUBES)
def test_every_figure_shown_is_the_cubes_and_every_hidden_one_is_the_symbol(name, language) -> None:
    number, hidden = number_writer(language), {"nb": "skjult av hensyn til personvern"}.get(language)
    read = {t.section: t for page in family_pages(name, language) for t in page.tables}
    tables = lay_out(CUBES[name]())
    assert list(read) == [f"t{table.number}" for table in tables]
    for table in tables:
        found = read[f"t{table.number}"]
        wanted = [
            [row.label[language], *(f if isinstance(f, str) else number(f) for f in row.figures)]
            for row in table.rows
        ]
        assert found.rows[1] == wanted[0]
        assert sorted(found.rows[1:]) == sorted(wanted)
        for shown, said in zip(found.rows[1:], found.unseen[1:], strict=True):
            words = [(hidden or "hidden to protect privacy") if f == "*" else "" for f in shown[1:]]
            assert said[1:] == words


def test_a_group_stands_above_its_parts() -> None:
    page = Page(pages("tiny")["tabell-2.html"])
    labels = [row[0] for row in page.tables[0].rows[1:]]
    assert labels == [
        "I alt i Nordhavn",
        "I alt seilbåter",
        "Ketsj",
        "=Yawl",
        "I alt motorbåter",
        "Sjark & <co>",
    ]
    assert '<tr class="d0 g sum">' in pages("tiny")["tabell-2.html"].decode()


def test_every_row_and_column_has_a_head_with_its_scope() -> None:
    heads = Page(pages("published")["tabell-5.html"]).heads
    assert heads[:9] == ["col"] * 8 + ["row"]
    assert set(heads) == {"col", "row"}


@pytest.mark.parametrize("name", CUBES)
def test_every_link_leads_to_a_file_and_a_place_of_the_release(name) -> None:
    found = files(name)
    read = {path: Page(content) for path, content in found.items() if path.endswith(".html")}
    for path, page in read.items():
        for link in page.links:
            if not link.startswith(("data:", "mailto:", "https://")):
                file, place = target(path, link)
                assert file in found or file in PATHS, (path, link)
                assert not place or place in read[file].ids, (path, link)


@pytest.mark.parametrize("name", CUBES)
def test_ids_and_titles_are_unique(name) -> None:
    titles = []
    for language in ("nb", "en"):
        for content in pages(name, language).values():
            page = Page(content)
            assert len(set(page.ids)) == len(page.ids)
            assert len(page.texts["h1"]) == 1
            titles.append((language, page.texts["title"][0]))
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("language", ["nb", "en"])
def test_a_page_tells_its_language_and_leads_to_itself_in_the_others(language) -> None:
    pairs = {"index": "index", "tabell-2": "table-2", "figurer": "charts", "om": "about"}
    for nb, en in pairs.items():
        mine, other = (
            (f"{nb}.html", f"../en/{en}.html") if language == "nb" else (f"{en}.html", f"../nb/{nb}.html")
        )
        page = Page(pages("published", language)[mine])
        assert page.attributes["html"]["lang"] == language
        assert other in page.links


def test_the_entrance_leads_to_the_main_language() -> None:
    page = files("published")["index.html"].decode()
    assert 'content="0; url=html/nb/index.html"' in page
    assert Page(page.encode()).attributes["html"]["lang"] == "nb"


@pytest.mark.parametrize("name", CUBES)
def test_nothing_is_inline_and_nothing_comes_from_a_network(name) -> None:
    for path, content in files(name).items():
        text = content.decode()
        if path.endswith((".html", ".svg")):
            assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text), path
            assert "<script>" not in text
            addresses = set(re.findall(r"https?://[^\"'\s<]+", text))
            assert addresses <= {"http://www.w3.org/2000/svg", "https://creativecommons.org/licenses/by/4.0/"}
        if path.endswith(".html"):
            assert "script-src &#39;self&#39;" in text


def test_texts_of_the_spec_are_escaped_everywhere() -> None:
    for path, content in files("tiny").items():
        if path.endswith((".html", ".svg")):
            assert "<co>" not in content.decode()
            assert "<havner>" not in content.decode()
    assert "Oppdiktede båter &amp; &lt;havner&gt;." in pages("tiny")["index.html"].decode()


def test_only_files_that_are_there_are_linked() -> None:
    bare = site(tiny_cube())
    assert "../../" not in bare["html/nb/index.html"].decode()
    assert "Last ned</h2>" not in bare["html/nb/index.html"].decode()
    linked = Page(pages("tiny")["index.html"]).links
    assert {f"../../{path}" for path in PATHS} <= set(linked)


@pytest.mark.parametrize(
    ("method", "told"),
    [("primary-only", "Ubeskyttet"), ("suppress", "eller det er skjult for at slike tall")],
)
def test_what_is_said_of_hidden_figures_is_true_of_the_method(method, told) -> None:
    cube = tiny_cube()
    protection = cube.spec.protection.model_copy(update={"method": method})
    spec = cube.spec.model_copy(update={"protection": protection})
    found = site(type(cube)(spec=spec, classifications=cube.classifications, cells=cube.cells))
    for page in ("index", "om", "tabell-1", "figurer"):
        text = found[f"html/nb/{page}.html"].decode()
        assert told in text
        assert ("lavere enn 3 (0 til 2)" in text) == (method == "primary-only")


def test_the_pages_are_small() -> None:
    found = files("published")
    shared = len(found["html/site.css"]) + len(found["html/site.js"])
    assert len(found["html/nb/index.html"]) + shared < 100_000
    assert max(len(content) for path, content in found.items() if path.endswith(".html")) < 1_200_000


def test_the_same_cube_gives_the_same_bytes() -> None:
    assert site(published_cube(), PATHS) == files("published")
