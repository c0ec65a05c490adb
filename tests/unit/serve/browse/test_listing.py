"""Finding tables and their releases."""

import pytest

from prikk.serve import Store
from prikk.serve.browse._languages import WORDS
from unit.dissemination.cubes import tiny_cube
from unit.serve.browse.kit import Client, release, shell


def links(page):
    return [a["href"] for a in page.all("a") if "href" in a]


@pytest.mark.parametrize("query", ["", "harbour", "Båter", "boats havn"])
def test_a_table_is_found_by_title_id_and_variable(http, query):
    page = http.page(f"/nb/?query={query}")
    assert "/nb/tables/boats" in links(page)
    assert "desember 2024 – januar 2025" in page.text


def test_a_table_is_found_by_the_label_of_a_code_and_says_which(http):
    page = http.page("/nb/?query=arbeidstrening")
    assert len(page.all("h3")) == 1
    assert "/nb/tables/tiltak-alder" in links(page)
    assert "Treff iArbeidstrening" in page.text


def test_every_word_of_a_search_must_be_found(http):
    page = http.page("/nb/?query=båter finnesikke")
    assert "Ingen tabeller passer til «båter finnesikke»" in page.text
    assert page.all("h3") == []


def test_only_dates_that_are_to_come_are_announced(http):
    page = http.page("/en/")
    assert [a["datetime"] for a in page.all("time")] == ["2999-03-20"]


def test_the_front_leads_to_the_language_of_the_reader(http):
    assert http.get("/", language="en-GB,nb;q=0.5").headers["location"] == "/en/"
    assert http.get("/", language="fr").headers["location"] == "/nb/"
    assert "Accept-Language" in http.get("/").headers["vary"]


def test_the_address_of_a_table_without_language_leads_to_its_page(http):
    assert http.get("/tables/boats", language="en").headers["location"] == "/en/tables/boats"
    assert http.get("/tables/BOATS@2025-01-20").headers["location"] == "/nb/tables/boats@2025-01-20"


def test_all_releases_are_listed_and_withdrawn_ones_say_why(http):
    page = http.page("/nb/tables/boats/releases")
    assert "/releases/boats/2025-01-20/index.html" in links(page)
    assert "/nb/tables/boats@2025-01-20" in links(page)
    assert "/releases/boats/2024-12-20/index.html" not in links(page)
    assert "Feil i <mars>." in page.text
    assert page.text.index("2025-02-20") < page.text.index("2025-01-20") < page.text.index("2024-12-20")


def test_the_feeds_are_linked(http):
    page = http.page("/en/tables/boats")
    assert "/feeds/releases.atom?lang=en" in links(page)
    assert "/feeds/boats.atom?lang=en" in links(page)
    assert "/feeds/calendar.ics?lang=en" in links(page)
    assert http.get("/feeds/boats.atom?lang=en").status_code == 200


def test_many_tables_are_shown_a_page_at_a_time(tmp_path):
    cube = tiny_cube()
    for i in range(60):
        info = cube.spec.release.model_copy(update={"id": f"t{i:02}"})
        spec = cube.spec.model_copy(update={"release": info})
        release(tmp_path, type(cube)(spec=spec, classifications=cube.classifications, cells=cube.cells), "1")
    client = Client(shell(Store(tmp_path), tmp_path))
    first, second = client.page("/nb/"), client.page("/nb/?page=2")
    assert ("/nb/tables/t00" in links(first), "/nb/tables/t59" in links(first)) == (True, False)
    assert ("/nb/tables/t00" in links(second), "/nb/tables/t59" in links(second)) == (False, True)
    assert "Side 2 av 2" in second.text
    assert client.page("/nb/?page=99999").text == second.text


def test_an_empty_store_says_so(tmp_path):
    assert (
        "Ingen tabeller er publisert ennå"
        in Client(shell(Store(tmp_path), tmp_path, languages=("nb",))).page("/nb/").text
    )


def test_a_release_in_another_language_is_told_in_its_own(tmp_path):
    release(tmp_path, tiny_cube(), "1")
    client = Client(shell(Store(tmp_path), tmp_path, languages=("nn", "nb")))
    page = client.page("/nn/")
    assert [a for a in page.all("li") if a.get("lang") == "nb"]
    assert client.get("/nn/tables/boats?x=1").headers["location"] == "/nb/tables/boats?x=1"


@pytest.mark.parametrize("language", WORDS)
def test_each_language_has_all_words_of_its_own(language):
    words = WORDS[language]
    for name in words.__dataclass_fields__:
        text = getattr(words, name)
        assert text.strip() == text != ""
        places = {part.split("}")[0] for part in text.split("{")[1:]}
        assert places == {part.split("}")[0] for part in getattr(WORDS["en"], name).split("{")[1:]}
